//! Splits a stream that was recorded as a whole into items: event streams (WHATWG HTML §9.2), JSON lines, JSON
//! sequences.

use std::convert::Infallible;

use modelsmith_runtime::Error;
use modelsmith_runtime::client::{Answers, Decoder, Event, Format, Frame, Streamed, Streams};
use serde::de::Error as _;

/// An item type that reads any event without interpreting it.
enum AnyEvents {}

impl Answers for AnyEvents {
    type Success = Infallible;

    fn read(_: u16, _: Option<&str>, _: &[u8]) -> Result<Self, Error> {
        Err(Error::custom("a stream is read one event at a time"))
    }

    fn success(self) -> Result<Infallible, Self> {
        Err(self)
    }
}

impl Streams for AnyEvents {
    type Item = Event;

    const STREAM: &'static Streamed = &Streamed { media_types: &[], done: None, secret: false };

    fn item(frame: &Frame) -> Result<Event, Error> {
        Ok(frame.event())
    }
}

/// The complete events of an event stream, decoded by the runtime's client.
pub(super) fn events(text: &str) -> impl Iterator<Item = Event> {
    let mut decoder = Decoder::<AnyEvents>::new(Format::Events).limit(usize::MAX);
    decoder.push(text.as_bytes());
    decoder.end();
    std::iter::from_fn(move || decoder.item()?.ok())
}

/// The values of JSON lines or of a JSON sequence (RFC 7464).
pub(super) fn records(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\u{1e}']).map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn events_have_names_and_lines_of_data() {
        let text = "\u{feff}: hello\nevent: a\ndata: 1\r\ndata:2\n\ndata\rid: 7\rretry: 5\r\revent: none\n\ndata: cut";
        let events: Vec<Event> = events(text).collect();
        let first = Event { name: Some("a".to_owned()), data: "1\n2".to_owned(), ..Event::default() };
        let retry = Some(Duration::from_millis(5));
        assert_eq!(events, [first, Event { id: Some("7".to_owned()), retry, ..Event::default() }]);
        assert_eq!(records("{}\n\n\u{1e}[1]\n\u{1e}2").collect::<Vec<_>>(), ["{}", "[1]", "2"]);
    }
}
