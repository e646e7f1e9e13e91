//! The items of a stream: what a document says about it, and how an item is read.

use super::super::{Error, essence, is_sequence};
use super::call::Answers;
use super::events::Event;

/// The responses of an operation that answers with a stream of items.
pub trait Streams: Answers {
    /// The type of an item.
    type Item;

    /// What the document says about the stream.
    const STREAM: &'static Streamed;

    /// Reads an item.
    fn item(frame: &Frame) -> Result<Self::Item, Error>;
}

/// What a document says about a stream.
#[derive(Debug, PartialEq, Eq)]
pub struct Streamed {
    /// The media types of the stream.
    pub media_types: &'static [&'static str],
    /// The marker that ends the stream in place of an item, if any.
    pub done: Option<&'static str>,
    /// Whether items may contain secrets.
    pub secret: bool,
}

impl Streamed {
    /// The format of a response, if it is the stream: a success with content whose media type is a sequence of values.
    pub fn format(&self, status: u16, content_type: Option<&str>) -> Option<Format> {
        let named = content_type.filter(|name| !name.trim().is_empty());
        let media_type = named.or(self.media_types.first().copied())?;
        let has_content = (200..300).contains(&status) && !matches!(status, 204 | 205);
        if has_content { Format::of(media_type) } else { None }
    }
}

/// How the items of a stream are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `text/event-stream`.
    Events,
    /// One JSON value in each line.
    Lines,
    /// JSON values behind record separators (RFC 7464).
    Sequence,
}

impl Format {
    /// The format of a media type, if that is a sequence of values.
    pub fn of(media_type: &str) -> Option<Self> {
        let essence = essence(media_type);
        match essence.as_str() {
            "text/event-stream" => Some(Format::Events),
            _ if essence.ends_with("json-seq") && is_sequence(&essence) => Some(Format::Sequence),
            _ if is_sequence(&essence) => Some(Format::Lines),
            _ => None,
        }
    }
}

/// An item before it is read.
#[derive(Debug)]
pub enum Frame {
    /// An event.
    Event(Event),
    /// JSON.
    Json(Vec<u8>),
}

/// Which part of an event an item is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The data, which is JSON.
    Data,
    /// The whole event, whose data is a string.
    Text,
    /// The whole event, whose data is JSON.
    Json,
    /// The whole event, whose data is JSON or, if that does not fit, a string.
    Any,
}

impl Frame {
    /// Reads JSON from it.
    pub fn read<T>(&self, source: Source, read: impl Fn(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
        let event = match self {
            Frame::Json(text) => return read(text),
            Frame::Event(event) => event,
        };
        let text = || event.object(&serde_json::Value::from(event.data.as_str()).to_string());
        let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(&event.data).is_ok();
        match source {
            Source::Data => read(event.data.as_bytes()),
            Source::Text => read(text().as_bytes()),
            Source::Json if is_json() => read(event.object(&event.data).as_bytes()),
            // The error of reading the data is the one to report.
            Source::Json => read(event.data.as_bytes()),
            Source::Any if is_json() => read(event.object(&event.data).as_bytes())
                .or_else(|error| read(text().as_bytes()).map_err(|_| error)),
            Source::Any => read(text().as_bytes()),
        }
    }

    /// The event. A value of another format is its data.
    pub fn event(&self) -> Event {
        match self {
            Frame::Event(event) => event.clone(),
            Frame::Json(text) => {
                Event { data: String::from_utf8_lossy(text).into_owned(), ..Event::default() }
            }
        }
    }

    /// The item as a text.
    pub(super) fn text(&self) -> String {
        self.event().data
    }

    /// Whether it is the end marker.
    pub(super) fn is(&self, marker: &str) -> bool {
        match self {
            Frame::Event(event) => event.data == marker,
            Frame::Json(text) => text.trim_ascii() == marker.as_bytes(),
        }
    }
}
