//! Bodies: JSON, forms, text, bytes.

use super::super::{Error, Upload, View, Viewed, to_string};
use super::choice::{self, Choice};
use super::form;
use super::multipart;
use super::outgoing::Outgoing;
use super::table::Place;
use std::borrow::Cow;
use std::fmt;
use std::io::Read;

/// A body as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    /// Its media type, with parameters.
    pub content_type: String,
    /// Its pieces, which are sent in this order. A body without uploads is a single piece.
    pub pieces: Vec<Piece>,
}

/// A piece of a body.
#[derive(Clone, PartialEq, Eq)]
pub enum Piece {
    /// Bytes.
    Bytes(Vec<u8>),
    /// Content that is read while it is sent.
    Upload(Upload),
}

impl Body {
    /// A body that is in memory.
    pub fn new(content_type: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Body { content_type: content_type.into(), pieces: vec![Piece::Bytes(bytes.into())] }
    }

    /// Whether a piece of it is read while it is sent.
    pub fn has_uploads(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Upload(_)))
    }

    /// The whole body in memory. Reads the uploads.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, Error> {
        if let [Piece::Bytes(bytes)] = &self.pieces[..] {
            return Ok(Cow::Borrowed(bytes));
        }
        let mut bytes = Vec::new();
        let read = self.open()?.read_to_end(&mut bytes);
        read.map_err(|error| Error::new(format_args!("the upload cannot be read: {error}")))?;
        Ok(Cow::Owned(bytes))
    }

    /// The body as a reader, which reads uploads piece by piece. An upload from a reader can be opened once.
    pub fn open(&self) -> Result<Outgoing, Error> {
        Outgoing::open(&self.pieces)
    }
}

/// Shows the length only, since a body may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut length, mut uploads) = (0, 0);
        for piece in &self.pieces {
            match piece {
                Piece::Bytes(bytes) => length += bytes.len(),
                Piece::Upload(_) => uploads += 1,
            }
        }
        let more = if uploads == 0 { String::new() } else { format!(" and {uploads} uploads") };
        write!(f, "Body({}, {length} bytes{more})", self.content_type)
    }
}

/// A body before it is written: its media type and its content.
pub struct Sent<'a> {
    /// The media type.
    pub media_type: &'static str,
    /// The content.
    pub content: Content<'a>,
}

/// The content of a body.
pub enum Content<'a> {
    /// JSON.
    Json(&'a dyn View),
    /// The fields of a form, and how fields are written that do not have the default style.
    Form(&'a dyn View, &'static [Place]),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// One of several media types, which the value names.
    Choice(&'a dyn Choice),
}

impl Sent<'_> {
    /// Writes the body.
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
            Content::Choice(body) => return choice::write(body),
        };
        Ok(Body::new(content_type, bytes))
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
