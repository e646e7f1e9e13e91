//! Streams: event streams, JSON lines and JSON sequences, cut at every byte; what of an event an item is; limits, errors
//! and the end.

use std::io::{self, Read};
use std::time::Duration;

use modelsmith_runtime as runtime;
use modelsmith_runtime::client::{
    BadItem, Decoder, Event, Format, Frame, Position, Retry, Source, StreamError, Streamed, Streams,
};
use modelsmith_runtime::{Answers, Call, Endpoint, Error, from_slice};
use serde_json::{Value, json};

/// The responses of an operation whose items are `T`, as `macro_rules! stream` implements them.
macro_rules! responses {
    ($($name:ident: $item:ty = $read:expr, $stream:expr;)+) => {
        $(struct $name;

        impl Answers for $name {
            type Success = ();

            fn read(_: u16, _: Option<&str>, _: &[u8]) -> Result<Self, Error> {
                Ok($name)
            }

            fn success(self) -> Result<(), Self> {
                Ok(())
            }
        }

        impl Streams for $name {
            type Item = $item;
            const STREAM: &'static Streamed = &$stream;

            fn item(frame: &Frame) -> Result<$item, Error> {
                $read(frame)
            }
        })+
    };
}

const OPEN: Streamed = Streamed { media_types: &["text/event-stream"], done: None, secret: false };

responses! {
    Raw: Event = |frame: &Frame| Ok(frame.event()), OPEN;
    Json: Value = |frame: &Frame| frame.read(Source::Data, from_slice), OPEN;
    Done: Value = |frame: &Frame| frame.read(Source::Data, from_slice), Streamed { done: Some("[DONE]"), ..OPEN };
    Secret: i64 = |frame: &Frame| frame.read(Source::Data, from_slice), Streamed { secret: true, ..OPEN };
    Whole: Value = |frame: &Frame| frame.read(Source::Json, from_slice), OPEN;
    WholeText: Value = |frame: &Frame| frame.read(Source::Text, from_slice), OPEN;
    WholeAny: (String, i64) = |frame: &Frame| frame.read(Source::Any, |text| {
        let value: Value = from_slice(text)?;
        let data = value["data"].as_i64().ok_or_else(|| from_slice::<i64>(b"\"no\"").expect_err("no integer"));
        let text = value["data"].as_str().map(str::len);
        data.or_else(|error| text.map(|length| -(length as i64)).ok_or(error))
            .map(|data| (value["event"].as_str().unwrap_or_default().to_owned(), data))
    }), OPEN;
}

/// The items of a text that comes in these pieces, errors as texts.
fn items<R: Streams>(decoder: Decoder<R>, pieces: &[&[u8]]) -> Vec<Result<R::Item, String>> {
    let mut decoder = decoder;
    let mut found = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        while let Some(item) = decoder.item() {
            found.push(item.map_err(|error| error.to_string()));
        }
    }
    decoder.end();
    while let Some(item) = decoder.item() {
        found.push(item.map_err(|error| error.to_string()));
    }
    found
}

/// The items of a text, which must be the same wherever it is cut.
fn cut<R: Streams>(format: Format, text: &[u8]) -> Vec<Result<R::Item, String>>
where
    R::Item: PartialEq + std::fmt::Debug,
{
    let whole = items(Decoder::<R>::new(format), &[text]);
    for at in 0..=text.len() {
        let (before, after) = text.split_at(at);
        assert_eq!(items(Decoder::<R>::new(format), &[before, after]), whole, "cut at {at}");
    }
    let single: Vec<&[u8]> = text.chunks(1).collect();
    assert_eq!(items(Decoder::<R>::new(format), &single), whole, "byte by byte");
    whole
}

fn events(text: &str) -> Vec<Event> {
    cut::<Raw>(Format::Events, text.as_bytes()).into_iter().map(|event| event.expect("an event")).collect()
}

fn data(text: &str) -> Vec<String> {
    events(text).into_iter().map(|event| event.data).collect()
}

#[test]
fn lines_of_an_event_stream_end_in_three_ways() {
    for text in [
        "data: a\ndata: b\n\ndata: c\n\n",
        "data: a\rdata: b\r\rdata: c\r\r",
        "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n",
        "\u{FEFF}data: a\r\ndata: b\n\r\ndata: c\n\r",
    ] {
        assert_eq!(data(text), ["a\nb", "c"], "{text:?}");
    }
    // Only the mark at the very beginning is none of the text.
    assert_eq!(data("\u{FEFF}\u{FEFF}data: a\n\ndata: b\n\n"), ["b"]);
    assert_eq!(data("data: \u{FEFF}a\n\n"), ["\u{FEFF}a"]);
}

/// The examples of WHATWG HTML §9.2.6, and what it says of each field.
#[test]
fn events_are_those_of_the_standard() {
    assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
    let read =
        events(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n");
    // The third one is not complete.
    assert_eq!(
        read,
        [
            Event { data: "first event".to_owned(), id: Some("1".to_owned()), ..Event::default() },
            Event { data: "second event".to_owned(), id: Some(String::new()), ..Event::default() },
        ]
    );
    // Empty data is data.
    assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
    assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    // An event without data has no name for the next one.
    let read = events("event: a\n\nevent: b\ndata: 1\n\ndata: 2\n\nevent:\ndata: 3\n\n");
    let names: Vec<Option<&str>> = read.iter().map(|event| event.name.as_deref()).collect();
    assert_eq!(names, [Some("b"), None, None]);
    assert_eq!(data("dat: 1\nDATA: 2\n data: 3\ndata : 4\nfoo\ndata: 5\n\n"), ["5"]);
    assert_eq!(data("data: a:b: c\n\n"), ["a:b: c"]);
    let retries =
        |text: &str| events(text).pop().and_then(|event| event.retry).map(|retry| retry.as_millis());
    assert_eq!(retries("retry: 1500\ndata: 1\n\n"), Some(1_500));
    for wrong in ["retry: 1.5", "retry: -1", "retry:", "retry: 1s", "retry: 99999999999999999999999"] {
        assert_eq!(retries(&format!("{wrong}\ndata: 1\n\n")), None, "{wrong}");
    }
    // What is not UTF-8 is replaced.
    let read = cut::<Raw>(Format::Events, b"data: a\xFFb\n\n");
    assert_eq!(read[0].as_ref().map(|event| event.data.as_str()), Ok("a\u{FFFD}b"));
    assert_eq!(data("data: žluťoučký 🐎\n\n"), ["žluťoučký 🐎"]);
}

#[test]
fn a_stream_knows_where_it_stands() {
    let position = |text: &str, from: Position| {
        let mut decoder = Decoder::<Raw>::at(Format::Events, from);
        decoder.push(text.as_bytes());
        while decoder.item().is_some() {}
        decoder.position()
    };
    let at = |id: &str| Position { last_event_id: Some(id.to_owned()), retry: None };
    assert_eq!(position("data: 1\n\n", at("7")), at("7"));
    assert_eq!(position("id: 8\ndata: 1\n\ndata: 2\n\n", at("7")), at("8"));
    // An event without data counts too, an event that is not complete does not, and NUL is in no ID.
    assert_eq!(position("id: 9\n\nid: 10\ndata: 1\n", at("7")), at("9"));
    assert_eq!(position("id: a\0b\ndata: 1\n\n", at("7")), at("7"));
    assert_eq!(position("id\ndata: 1\n\n", at("7")), Position::default());
    let retry = Some(Duration::from_millis(20));
    assert_eq!(position("retry: 20\n\n", at("7")), Position { retry, ..at("7") });
}

#[test]
fn items_of_events_are_their_data_or_all_of_them() {
    let text = b"event: a\nid: \"1\"\nretry: 5\ndata: {\"x\":\ndata: 1}\n\ndata: oh\n\n";
    let read = cut::<Json>(Format::Events, text);
    assert_eq!(read[0], Ok(json!({ "x": 1 })));
    assert_eq!(
        read[1],
        Err("item 2 is not what the document says: expected value at line 1 column 1".to_owned())
    );
    let read = cut::<Whole>(Format::Events, text);
    assert_eq!(read[0], Ok(json!({ "event": "a", "id": "\"1\"", "retry": 5, "data": { "x": 1 } })));
    assert!(read[1].is_err());
    let read = cut::<WholeText>(Format::Events, text);
    assert_eq!(read[0], Ok(json!({ "event": "a", "id": "\"1\"", "retry": 5, "data": "{\"x\":\n1}" })));
    assert_eq!(read[1], Ok(json!({ "data": "oh" })));
    // JSON first, then a string, and the error is that of the JSON.
    let read = cut::<WholeAny>(Format::Events, b"event: e\ndata: 3\n\ndata: [DONE]\n\ndata: 1.5\n\n");
    assert_eq!(read, [Ok(("e".to_owned(), 3)), Ok((String::new(), -6)), Ok((String::new(), -3))]);
}

#[test]
fn the_marker_ends_a_stream() {
    let text = b"data: 1\n\ndata: [DONE]\n\ndata: 2\n\n";
    assert_eq!(cut::<Done>(Format::Events, text), [Ok(json!(1))]);
    assert_eq!(cut::<Done>(Format::Lines, b"1\n [DONE]\n2\n"), [Ok(json!(1))]);
    let mut decoder = Decoder::<Done>::new(Format::Events);
    decoder.push(text);
    assert!(decoder.item().is_some() && !decoder.is_done() && !decoder.is_over());
    assert!(decoder.item().is_none() && decoder.is_done() && decoder.is_over());
    assert_eq!(decoder.items(), 1);
    // Where nobody said that it is one it is an item that cannot be read.
    let read = cut::<Json>(Format::Events, text);
    assert!(
        read[1].as_ref().is_err_and(|error| error.starts_with("item 2 is not")) && read[2] == Ok(json!(2))
    );
}

#[test]
fn json_lines_may_be_cut_inside_of_a_character() {
    let text = "{\"a\":\"ž\"}\r\n\n  \n[1,\t2]\n\"🐎\"".as_bytes();
    assert_eq!(
        cut::<Json>(Format::Lines, text),
        [Ok(json!({ "a": "ž" })), Ok(json!([1, 2])), Ok(json!("🐎"))]
    );
    assert_eq!(cut::<Json>(Format::Lines, b""), []);
    assert_eq!(cut::<Json>(Format::Lines, b"\n\r\n"), []);
    assert_eq!(cut::<Json>(Format::Lines, "\u{FEFF}1\n".as_bytes()), [Ok(json!(1))]);
    // A line that cannot be read is an error, and the next one is read.
    let read = cut::<Json>(Format::Lines, b"{\n\"\xFF\"\n3\n");
    assert!(read[0].is_err() && read[2] == Ok(json!(3)), "{read:?}");
    assert_eq!(
        read[1],
        Err("item 2 is not what the document says: invalid unicode code point at line 1 column 2".to_owned())
    );
}

#[test]
fn json_sequences_have_separators() {
    let text = b"\x1E{\"a\":\n \"}\\\"\n\"}\n\x1E[1,\n2]\n\x1E\x1E\n\x1E3\n\x1E\"x\"";
    let read =
        cut::<Json>(Format::Sequence, b"\x1E{\"a\":\n \"}\\\"]\"}\n\x1E[1,\n2]\n\x1E\x1E\n\x1E3\n\x1E\"x\"");
    assert_eq!(read, [Ok(json!({ "a": "}\"]" })), Ok(json!([1, 2])), Ok(json!(3)), Ok(json!("x"))]);
    // A line break in a string is not JSON, and the next line is read.
    let read = cut::<Json>(Format::Sequence, text);
    assert!(read[0].is_err() && read[1..] == [Ok(json!([1, 2])), Ok(json!(3)), Ok(json!("x"))], "{read:?}");
    // A number may go on where nothing stands behind it; an object shows its end.
    let read = cut::<Json>(Format::Sequence, b"\x1E12\x1E{}\x1Etrue");
    let missing = "the end of the value may be missing: no white space follows it (RFC 7464 §2.4)";
    let wrong = |number: u32| Err(format!("item {number} is not what the document says: {missing}"));
    assert_eq!(read, [wrong(1), Ok(json!({})), wrong(3)]);
    // One that was cut short is an error, and the next one is read.
    let read = cut::<Json>(Format::Sequence, b"\x1E{\"a\":\x1E[]\n");
    assert!(read[0].is_err() && read[1] == Ok(json!([])), "{read:?}");
}

/// A value is there with its line, before the next one comes.
#[test]
fn items_do_not_wait_for_the_next_one() {
    for (format, text) in [
        (Format::Events, "data: [1,\rdata: 2]\r\r"),
        (Format::Lines, "[1,2]\n"),
        (Format::Sequence, "\x1E[1,\n2]\n"),
    ] {
        let mut decoder = Decoder::<Json>::new(format);
        decoder.push(text.as_bytes());
        assert_eq!(decoder.item().and_then(Result::ok), Some(json!([1, 2])), "{format:?}");
    }
}

#[test]
fn items_are_limited() {
    for (format, before, after) in [
        (Format::Events, "data: ", "\n\n"),
        (Format::Events, ": ", "\n\n"),
        (Format::Lines, "", "\n"),
        (Format::Sequence, "\x1E", "\n"),
    ] {
        let text = format!("{before}\"{}\"{after}", "x".repeat(40));
        let limited = |text: &str, size: usize| {
            let chunks: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
            items(Decoder::<Json>::new(format).limit(30), &chunks)
        };
        let short = text.replace(&"x".repeat(40), "x");
        for size in [1, 7, 1_000] {
            let read = limited(&format!("{short}{text}{short}"), size);
            assert_eq!(read.last(), Some(&Err(format!("item {} is longer than 30 bytes", read.len()))));
            assert!(read.len() <= 2, "{read:?}");
        }
        // An item that never ends.
        let read = limited(text.trim_end(), 7);
        assert_eq!(read, [Err("item 1 is longer than 30 bytes".to_owned())], "{format:?}");
    }
    // Of several lines the sum counts.
    let lines = "data: 0123456789\n".repeat(4) + "\n";
    let read = items(Decoder::<Raw>::new(Format::Events).limit(30), &[lines.as_bytes()]);
    assert!(matches!(&read[..], [Err(_)]), "{read:?}");
    // Short items may be as many as there are.
    let many = "data: 0123456789\n\n".repeat(1_000);
    let read = items(Decoder::<Raw>::new(Format::Events).limit(30), &[many.as_bytes()]);
    assert!(read.len() == 1_000 && read.iter().all(Result::is_ok));
}

#[test]
fn what_cannot_be_read_is_kept() {
    let error = |text: &str| {
        let mut decoder = Decoder::<Json>::new(Format::Events);
        decoder.push(text.as_bytes());
        match decoder.item() {
            Some(Err(StreamError::Item(item))) => *item,
            other => panic!("{other:?}"),
        }
    };
    let bad: BadItem = error("data: {\"a\"\ndata: 1}\n\n");
    assert_eq!((bad.number, bad.text.as_str()), (1, "{\"a\"\n1}"));
    assert_eq!(bad.error.position(), Some((2, 1)));
    assert!(format!("{bad:?}").contains("text: \"{\\\"a\\\"\\n1}\""), "{bad:?}");
    let mut decoder = Decoder::<Secret>::new(Format::Lines);
    decoder.push(b"\"hunter2\"\n");
    let found = decoder.item().expect("an item").expect_err("not an integer");
    let StreamError::Item(bad) = &found else { panic!("{found:?}") };
    assert_eq!(bad.text, "\"hunter2\"");
    assert!(
        !format!("{:?}", bad.as_ref()).split("error").next().expect("some").contains("hunter2"),
        "{bad:?}"
    );
}

/// A reader that gives single bytes, is interrupted, and breaks off.
struct Broken<'a>(&'a [u8], u32);

impl Read for Broken<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1 += 1;
        if self.1.is_multiple_of(3) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match self.0.split_first() {
            Some((byte, rest)) => {
                into[0] = *byte;
                self.0 = rest;
                Ok(1)
            }
            None => Err(io::Error::other("the line is dead")),
        }
    }
}

#[test]
fn any_reader_is_an_iterator_of_items() {
    let mut read = Decoder::<Json>::new(Format::Lines).read(&b"1\n2"[..]);
    assert_eq!(read.by_ref().map(Result::ok).collect::<Vec<_>>(), [Some(json!(1)), Some(json!(2))]);
    assert_eq!(read.decoder().items(), 2);
    let mut read = Decoder::<Json>::new(Format::Events).read(Broken(b"id: 4\ndata: 1\n\ndata: 2\n", 0));
    assert!(matches!(read.next(), Some(Ok(_))));
    let lost = read.next().expect("the end").expect_err("it broke off");
    assert_eq!(lost.to_string(), "the stream broke off after 1 items: the line is dead");
    assert!(std::error::Error::source(&lost).is_some());
    assert!(read.next().is_none());
    assert_eq!(read.decoder().position().last_event_id.as_deref(), Some("4"));
    // After the marker nothing is read.
    let body = io::Cursor::new(b"data: 1\n\ndata: [DONE]\n\n").chain(Broken(b"", 0));
    assert_eq!(Decoder::<Done>::new(Format::Events).read(body).count(), 1);
}

#[test]
fn a_response_is_a_stream_by_status_and_media_type() {
    let format = |status, content_type| OPEN.format(status, content_type);
    assert_eq!(format(200, Some("Text/Event-Stream; charset=utf-8")), Some(Format::Events));
    for lines in
        ["application/x-ndjson", "application/jsonl", "application/stream+json", "application/ndjson"]
    {
        assert_eq!(format(201, Some(lines)), Some(Format::Lines), "{lines}");
    }
    for sequence in ["application/json-seq", "application/geo+json-seq"] {
        assert_eq!(format(200, Some(sequence)), Some(Format::Sequence), "{sequence}");
    }
    assert_eq!([format(200, None), format(200, Some(""))], [Some(Format::Events); 2]);
    for (status, content_type) in [
        (400, Some("text/event-stream")),
        (400, None),
        (302, None),
        (204, None),
        (205, Some("text/event-stream")),
        (200, Some("application/json")),
        (200, Some("text/plain")),
    ] {
        assert_eq!(format(status, content_type), None, "{status} {content_type:?}");
    }
    assert_eq!(Streamed { media_types: &[], ..OPEN }.format(200, None), None);
}

pub static ENDPOINT: Endpoint = Endpoint {
    id: "listen",
    method: "GET",
    path: "/events",
    parameters: &[],
    answers: &[],
    security: &[],
    server: None,
    success: None,
    rules: &runtime::rules!(),
};

#[test]
fn a_call_continues_where_its_stream_broke_off() {
    let call = || Call::<Raw>::new(&ENDPOINT, &[], None).expect("it can be made");
    assert_eq!(call().accept_stream(), "text/event-stream, */*;q=0.1");
    assert!(call().decoder(200, Some("text/event-stream")).is_some());
    assert!(call().decoder(200, Some("application/json")).is_none());
    let at = |id: &str| Position { last_event_id: Some(id.to_owned()), retry: None };
    let header = |id: &str| ("Last-Event-ID".to_owned(), id.to_owned());
    assert_eq!(call().resumed(&Position::default()).headers, []);
    assert_eq!(call().resumed(&at("7")).resumed(&at("8")).headers, [header("8")]);
    assert_eq!(call().resumed(&at("7")).resumed(&Position::default()).headers, []);
    // Where it goes on is where it stands until the server says otherwise.
    let saved = Position { last_event_id: Some("7".to_owned()), retry: Some(Duration::from_secs(2)) };
    let mut decoder = call().resumed(&saved).decoder(200, None).expect("it is a stream");
    assert_eq!(decoder.position(), saved);
    decoder.push(b"data: a\n\n");
    assert!(decoder.item().is_some_and(|item| item.is_ok()));
    assert_eq!(decoder.position(), saved);
    decoder.push(b"id: 8\nretry: 300\ndata: b\n\n");
    assert!(decoder.item().is_some_and(|item| item.is_ok()));
    let moved = Position { last_event_id: Some("8".to_owned()), retry: Some(Duration::from_millis(300)) };
    assert_eq!(decoder.position(), moved);
}

#[test]
fn streams_are_requested_again_after_a_while() {
    let retry = Retry::default();
    let at = |retry: Option<u64>| Position { last_event_id: None, retry: retry.map(Duration::from_millis) };
    let wait =
        |method, attempt, position| retry.reconnect(method, attempt, &position).map(|wait| wait.as_millis());
    assert_eq!([1, 2, 3, 4].map(|n| wait("GET", n, at(None))), [Some(500), Some(1_000), Some(2_000), None]);
    // The server knows better, but each failure doubles the time.
    assert_eq!([1, 2, 3, 4].map(|n| wait("GET", n, at(Some(110)))), [Some(110), Some(220), Some(440), None]);
    // It is not waited longer than the program wants, and not so short that the server is asked all the time.
    assert_eq!(wait("GET", 1, at(Some(120_000))), Some(60_000));
    assert_eq!([0, 99, 100].map(|millis| wait("GET", 1, at(Some(millis)))), [Some(100); 3]);
    assert_eq!(wait("GET", 2, at(Some(0))), Some(200));
    let quick = Retry { first: Duration::from_millis(1), ..retry };
    assert_eq!(quick.reconnect("GET", 1, &at(Some(0))), Some(Duration::from_millis(1)));
    assert_eq!(wait("GET", 2, at(Some(59_000))), Some(60_000));
    // What a POST does may be done twice.
    assert_eq!(wait("POST", 1, at(None)), None);
    let any = Retry { any_method: true, ..retry };
    assert_eq!(any.reconnect("POST", 1, &at(None)), Some(Duration::from_millis(500)));
}
