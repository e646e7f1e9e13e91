//! Integers beyond those of 64 bits. A `serde_json::Value` has no place for them: it would round them to a number with a
//! fraction. Between `load` and `emit` they are strings with a mark, and what looks at numbers asks here.
//! Strings of documents that would pass for one of them are refused where they are read.
//!
//! `serde_json`'s own feature `arbitrary_precision` would do it, but a feature is switched on for all of a build: the
//! programs that use modelsmith as a library would read and compare their own numbers in another way.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// What such a string begins with; in JSON text it is written as [`MARK_IN_JSON`].
const MARK: &str = "\u{0}integer ";
const MARK_IN_JSON: &str = "\\u0000integer ";

/// An integer of this many digits may be beyond 64 bits.
const LONG: usize = 19;

/// An integer as a JSON value.
pub fn value(integer: i128) -> Value {
    Number::from_i128(integer).map_or_else(|| marked(integer).into(), Value::Number)
}

/// An integer beyond 64 bits as a string.
pub fn marked(integer: i128) -> String {
    format!("{MARK}{integer}")
}

/// The integer that such a string stands for.
pub fn of_text(text: &str) -> Option<i128> {
    beyond(text.strip_prefix(MARK)?)
}

/// The integer beyond 64 bits that a value is.
pub fn wide(value: &Value) -> Option<i128> {
    if let Value::String(text) = value { of_text(text) } else { None }
}

/// The integer that a value is, written without fraction and exponent.
pub fn integer(value: &Value) -> Option<i128> {
    match value {
        Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)),
        Value::String(text) => of_text(text),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as JSON text.
pub fn text(value: &Value) -> String {
    without_marks(&value.to_string()).into_owned()
}

/// A JSON text with its marked strings as the integers that they stand for.
pub fn without_marks(json: &str) -> Cow<'_, str> {
    let opening = format!("\"{MARK_IN_JSON}");
    if !json.contains(&opening) {
        return Cow::Borrowed(json);
    }
    let mut parts = json.split(&opening);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('"') {
            // Behind a backslash the quote is one within a string.
            Some((digits, rest)) if beyond(digits).is_some() && !out.ends_with('\\') => {
                out.push_str(digits);
                out.push_str(rest);
            }
            Some(_) | None => {
                out.push_str(&opening);
                out.push_str(part);
            }
        }
    }
    Cow::Owned(out)
}

/// A JSON text with the integers beyond 64 bits as marked strings; `None` without such integers.
pub fn with_marks(json: &str) -> Option<String> {
    if !has_long_number(json.as_bytes()) {
        return None;
    }
    let bytes = json.as_bytes();
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at),
            b'-' | b'0'..=b'9' => {
                let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                let begin = at;
                at += bytes[at..].iter().take_while(|byte| is_part(byte)).count();
                if let Some(integer) = json.get(begin..at).and_then(beyond) {
                    out.push_str(json.get(copied..begin).unwrap_or_default());
                    out.push_str(&format!("\"{MARK_IN_JSON}{integer}\""));
                    copied = at;
                }
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return None;
    }
    out.push_str(json.get(copied..).unwrap_or_default());
    Some(out)
}

/// Whether strings of a JSON text may pass for marked ones: a NUL can be written in one way only.
pub fn may_have_marks(json: &str) -> bool {
    json.contains("\\u0000")
}

/// The integer beyond 64 bits that a JSON number is.
fn beyond(number: &str) -> Option<i128> {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let is_plain = digits.len() >= LONG && digits.starts_with(|first: char| matches!(first, '1'..='9'));
    let integer: i128 = if is_plain { number.parse().ok()? } else { return None };
    (i64::try_from(integer).is_err() && u64::try_from(integer).is_err()).then_some(integer)
}

/// Looks at every nineteenth byte: so many digits in a row have one there.
fn has_long_number(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().step_by(LONG).filter(|(_, byte)| byte.is_ascii_digit()).any(|(at, _)| {
        let before = bytes[..at].iter().rev().take(LONG).take_while(|byte| byte.is_ascii_digit()).count();
        let after = bytes[at..].iter().take(LONG).take_while(|byte| byte.is_ascii_digit()).count();
        before + after >= LONG
    })
}

/// Where the string that begins there ends.
fn end_of_string(bytes: &[u8], begin: usize) -> usize {
    let mut at = begin + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_beyond_64_bits_keep_their_digits() {
        let json = r#"{"a":[18446744073709551616,-9223372036854775809,1],"b":170141183460469231731687303715884105727}"#;
        let marked = with_marks(json).expect("three are beyond");
        assert_eq!(without_marks(&marked), json);
        let read: Value = serde_json::from_str(&marked).expect("it is JSON");
        assert_eq!(wide(&read["a"][0]), Some(18_446_744_073_709_551_616));
        assert_eq!(integer(&read["a"][1]), Some(-9_223_372_036_854_775_809));
        assert_eq!((wide(&read["a"][2]), integer(&read["a"][2])), (None, Some(1)));
        assert_eq!(wide(&read["b"]), Some(i128::MAX));
        assert_eq!(text(&read), json);
    }

    #[test]
    fn nothing_else_is_marked() {
        for json in [
            "18446744073709551615",
            "-9223372036854775808",
            "340282366920938463463374607431768211456",
            "184467440737095516160.5",
            "1e30",
            "018446744073709551616",
            r#"{"18446744073709551616":"\"18446744073709551616 \\"}"#,
        ] {
            assert_eq!(with_marks(json), None, "{json}");
        }
        assert_eq!(value(5), Value::from(5));
        assert_eq!(text(&value(i128::MIN)), i128::MIN.to_string());
        for json in [
            r#"["\u0000integer x"]"#,
            r#"["\u0000integer 5"]"#,
            r#"["\u0000integer 018446744073709551616"]"#,
            r#"["\u0000integer +18446744073709551616"]"#,
            r#"["quoted \"\u0000integer 18446744073709551616"]"#,
        ] {
            assert_eq!(without_marks(json), json);
            let read: Value = serde_json::from_str(json).expect("it is JSON");
            assert_eq!((wide(&read[0]), integer(&read[0])), (None, None), "{json}");
        }
    }
}
