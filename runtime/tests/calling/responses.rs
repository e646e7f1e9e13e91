//! How bodies of responses are read by their media types.

use modelsmith_runtime::{Received, string};

/// A sequence of JSON values is not a JSON text.
#[test]
fn sequences_of_json_are_text() {
    let read = |content_type| {
        let received = Received { status: 200, content_type: Some(content_type), body: b"\"x\"" };
        string(received).expect("it can be read")
    };
    for name in ["application/stream+json", "application/jsonl", "application/x-ndjson; charset=utf-8"] {
        assert_eq!(read(name), "\"x\"", "{name}");
    }
    assert_eq!(read("application/problem+json"), "x");
}
