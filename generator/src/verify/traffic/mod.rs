//! Reads recorded traffic: what is in a recording, one exchange at a time.
//!
//! | file | idea |
//! |---|---|
//! | `frames` | cuts a recording of any length into values |
//! | `har` | entries of HAR 1.2 |
//! | `lines` | exchanges as modelsmith itself records them, and as others write them |
//! | `wrong` | what is wrong with a text |

mod frames;
mod har;
mod lines;
mod wrong;

pub(super) use frames::{Broken, Frame, Frames, Layout};
pub(super) use wrong::wrong;

use std::borrow::Cow;

use modelsmith_runtime::Base64;
use serde::Deserialize;

/// A request and what became of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Exchange<'a> {
    pub(super) method: Cow<'a, str>,
    /// The URL, or a path with its query.
    pub(super) url: Cow<'a, str>,
    /// The operation, where the recording names it.
    pub(super) operation: Option<Cow<'a, str>>,
    pub(super) request: Message<'a>,
    /// The status code of the response. `None` if there was no response, or it was not recorded.
    pub(super) status: Option<u16>,
    pub(super) response: Message<'a>,
}

/// Headers, in their order. `None` if none were recorded.
pub(super) type Headers<'a> = Option<Vec<(Cow<'a, str>, Cow<'a, str>)>>;

/// The headers and the body of a request or a response.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Message<'a> {
    pub(super) headers: Headers<'a>,
    /// The media type, where it stands outside of the headers.
    pub(super) media_type: Option<Cow<'a, str>>,
    pub(super) body: Body<'a>,
}

impl Message<'_> {
    /// The media type with its parameters.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.header("content-type").or(self.media_type.as_deref()).filter(|text| !text.trim().is_empty())
    }

    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_deref().unwrap_or_default();
        headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }
}

/// A body as it was recorded.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Body<'a> {
    /// Nothing is known of it.
    #[default]
    NotRecorded,
    /// There was none.
    Empty,
    /// Its text.
    Text(Cow<'a, str>),
    /// The JSON that it is.
    Json(&'a str),
    /// Its text, or a string that is all of its JSON: recordings do not say which.
    Either(Cow<'a, str>),
    /// Its bytes in base64.
    Base64(Cow<'a, str>),
    /// The fields of a form.
    Fields(Vec<Field<'a>>),
}

/// A field of a form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Field<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Cow<'a, str>,
    /// Whether it is a file.
    pub(super) is_file: bool,
    pub(super) media_type: Option<Cow<'a, str>>,
}

impl Field<'_> {
    /// The same field with texts of its own.
    pub(super) fn into_owned<'o>(self) -> Field<'o> {
        Field {
            name: self.name.into_owned().into(),
            value: self.value.into_owned().into(),
            is_file: self.is_file,
            media_type: self.media_type.map(|text| text.into_owned().into()),
        }
    }
}

impl<'a> Body<'a> {
    /// A text; an empty one is none.
    fn of_text(text: Cow<'a, str>) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Bytes in base64; an empty text is none.
    fn of_base64(text: Cow<'a, str>) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Base64(text) }
    }
}

/// The bytes of a text in base64.
///
/// # Errors
/// When the text is not base64: what is wrong.
pub(super) fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let found = Base64::from(text.to_owned()).decode();
    found.map_err(|error| format!("the body is not base64 from its byte {} on", error.at))
}

/// Reads an exchange.
///
/// # Errors
/// When the value is not one: what is wrong.
pub(super) fn exchange(text: &str, is_entry: bool) -> Result<Exchange<'_>, String> {
    if !text.starts_with('{') {
        return Err("the value is not an object".to_owned());
    }
    if is_entry { har::entry(text) } else { lines::exchange(text) }
}

/// A text that is borrowed where it can be, also within an `Option`.
#[derive(Debug, Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// A status code. HAR has 0 for requests that got no response.
fn status(number: Option<i64>) -> Option<u16> {
    number.and_then(|number| u16::try_from(number).ok()).filter(|status| (100..=999).contains(status))
}
