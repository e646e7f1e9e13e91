//! Reads recorded traffic, one exchange at a time.
//!
//! | file | what it does |
//! |---|---|
//! | `frames` | splits a recording of any length into values |
//! | `har` | reads entries of HAR 1.2 |
//! | `lines` | reads exchanges as modelsmith records them, and similar notations |
//! | `wrong` | describes errors in a text |

mod frames;
mod har;
mod lines;
mod wrong;

pub(super) use frames::{Broken, Frame, Frames, Layout};
pub(super) use wrong::wrong;

use std::borrow::Cow;

use modelsmith_runtime::Base64;
use serde::Deserialize;

/// A request and its response.
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
    /// The media type, if the recording has it outside of the headers.
    pub(super) media_type: Option<Cow<'a, str>>,
    pub(super) body: Body<'a>,
}

impl Message<'_> {
    /// The media type, with its parameters.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.header("content-type").or(self.media_type.as_deref()).filter(|text| !text.trim().is_empty())
    }

    /// The value of a header. The name is in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_deref().unwrap_or_default();
        headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }
}

/// A recorded body.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Body<'a> {
    /// Unknown.
    #[default]
    NotRecorded,
    /// No body.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A JSON text.
    Json(&'a str),
    /// A text, or the content of a JSON string: the recording does not say which.
    Either(Cow<'a, str>),
    /// Bytes in base64.
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
    /// The field with owned texts.
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
    /// A body that is a text; an empty text is no body.
    fn of_text(text: Cow<'a, str>) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A body that is base64; an empty text is no body.
    fn of_base64(text: Cow<'a, str>) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Base64(text) }
    }
}

/// Decodes base64.
///
/// # Errors
/// If the text is not base64: what is wrong.
pub(super) fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let found = Base64::from(text.to_owned()).decode();
    found.map_err(|error| format!("the body is not base64 from byte {} on", error.at))
}

/// Reads an exchange.
///
/// # Errors
/// If the value is not an exchange: what is wrong.
pub(super) fn exchange(text: &str, is_entry: bool) -> Result<Exchange<'_>, String> {
    if !text.starts_with('{') {
        return Err("the value is not an object".to_owned());
    }
    if is_entry { har::entry(text) } else { lines::exchange(text) }
}

/// A text that is borrowed if possible, also inside of an `Option`.
#[derive(Debug, Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// A status code. HAR has 0 for requests without a response.
fn status(number: Option<i64>) -> Option<u16> {
    number.and_then(|number| u16::try_from(number).ok()).filter(|status| (100..=999).contains(status))
}
