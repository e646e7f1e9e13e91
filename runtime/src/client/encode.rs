//! Percent-encoding (RFC 3986 §2), as OpenAPI's styles want it.

/// The place of a text, which decides which characters need no encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// In a segment of the path.
    Path,
    /// In the query or in a form.
    Query,
}

/// Writes a text and encodes every character that is not unreserved.
pub fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if is_unreserved(byte) { out.push(char::from(byte)) } else { escape(byte, out) }
    }
}

/// Writes a text in which the document allows reserved characters (`allowReserved`). Characters that would end the
/// value are still encoded, and what is already encoded is kept.
pub fn encode_reserved(text: &str, part: Part, out: &mut String) {
    let bytes = text.as_bytes();
    for (index, byte) in bytes.iter().copied().enumerate() {
        let keeps = match byte {
            b'%' => {
                let hex = bytes.get(index + 1..index + 3);
                hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
            }
            b'/' | b'?' | b'[' | b']' => part == Part::Query,
            byte => is_unreserved(byte) || b":@!$'()*,;".contains(&byte),
        };
        if keeps { out.push(char::from(byte)) } else { escape(byte, out) }
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn escape(byte: u8, out: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    out.push('%');
    out.extend([byte >> 4, byte & 15].into_iter().filter_map(|digit| DIGITS.get(usize::from(digit))));
}
