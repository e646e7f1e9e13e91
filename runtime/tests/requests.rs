//! Parts of requests that are the same for all operations: boundaries, numbers, `Accept`.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use modelsmith_runtime::{Content, Place, Sent, View};

fn sent(media_type: &'static str, value: &dyn View) -> Result<String, String> {
    let content = Content::Form(value, const { &[Place::field("list").form().joined()] });
    let body = Sent { media_type, content }.write().map_err(|error| error.to_string())?;
    Ok(String::from_utf8(body.bytes).expect("it is text"))
}

/// A file may list the boundaries that would be chosen.
#[test]
fn the_boundary_is_in_no_part() {
    let list =
        |count: u64| -> String { (0..count).map(|number| format!("modelsmith-{number:016x}\n")).collect() };
    let parts = BTreeMap::from([
        ("a".to_owned(), list(10_000)),
        ("b".to_owned(), "modelsmith-+000000000000001 modelsmith-0000000000002711".to_owned()),
    ]);
    let start = Instant::now();
    let body = sent("multipart/form-data", &parts).expect("it can be sent");
    assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    assert!(body.starts_with("--modelsmith-0000000000002710\r\n"), "{}", &body[..40]);
    assert!(body.ends_with("--modelsmith-0000000000002710--\r\n"));
}
