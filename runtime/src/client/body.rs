//! Bodies: JSON, forms, text, bytes.

use super::super::{Error, View, Viewed, to_string};
use super::choice::Choice;
use super::form;
use super::multipart;
use super::table::Place;
use std::fmt;

/// A body as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    /// Its media type, with the parameters that it needs.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Bodies may be secret: only the length is shown.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

/// A body before it is written: its media type, and what it is made of.
pub struct Sent<'a> {
    /// The media type.
    pub media_type: &'static str,
    /// What it is made of.
    pub content: Content<'a>,
}

/// What a body is made of.
pub enum Content<'a> {
    /// JSON.
    Json(&'a dyn View),
    /// The fields of a form, and how those are written that are not written by default.
    Form(&'a dyn View, &'static [Place]),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// One of several media types, which it names itself.
    Choice(&'a dyn Choice),
}

impl Sent<'_> {
    /// Writes it.
    pub fn write(&self) -> Result<Body, Error> {
        let content_type = self.media_type.to_owned();
        let bytes = match self.content {
            Content::Json(value) => json(value)?.into_bytes(),
            Content::Form(value, fields) if self.media_type.starts_with("multipart/") => {
                return multipart::write(self.media_type, value, fields);
            }
            Content::Form(value, fields) => form::write(value, fields)?.into_bytes(),
            Content::Text(text) => text.as_bytes().to_vec(),
            Content::Bytes(bytes) => bytes.to_vec(),
            Content::Choice(body) => return body.write(),
        };
        Ok(Body { content_type, bytes })
    }
}

/// JSON of any value.
pub fn json(value: &dyn View) -> Result<String, Error> {
    /// A value behind a pointer.
    struct Shown<'a>(&'a dyn View);

    impl View for Shown<'_> {
        fn view(&self) -> Viewed<'_> {
            self.0.view()
        }
    }

    to_string(&Shown(value))
}
