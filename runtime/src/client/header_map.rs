//! Headers of the crate `http`.

use super::headers::HeaderValues;
use http::{HeaderMap, HeaderValue};

impl HeaderValues for HeaderMap {
    fn value(&self, name: &str) -> Option<String> {
        let lines: Vec<String> = self.get_all(name).iter().map(text).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }
}

/// The value as text. Bytes that are not UTF-8 are read as Latin 1, the former encoding of headers (RFC 9110 §5.5).
fn text(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
