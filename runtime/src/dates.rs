//! Reads dates and times in the form of RFC 3339, and in similar forms that servers write.

use super::error::{Error, cut};
use super::source::Source;
use serde::de::Unexpected;
use std::borrow::Cow;

/// A date and time in the form of RFC 3339. Some servers leave out the offset, which is then UTC, write a space instead
/// of `T`, or write lower-case letters.
pub(super) fn rfc3339(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_usual = bytes.get(10) == Some(&b'T') && (bytes.last() == Some(&b'Z') || has_offset(bytes));
    if is_usual || !text.is_ascii() || bytes.len() < 11 {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    if matches!(bytes.get(10), Some(b't' | b' ')) {
        text.replace_range(10..11, "T");
    }
    match bytes.last() {
        Some(b'z') => text.replace_range(bytes.len() - 1.., "Z"),
        Some(b'Z') => {}
        _ if !has_offset(bytes) => text.push('Z'),
        _ => {}
    }
    Cow::Owned(text)
}

/// Whether the text ends with an offset in hours and minutes.
fn has_offset(text: &[u8]) -> bool {
    text.len().checked_sub(6).and_then(|at| text.get(at)).is_some_and(|sign| matches!(sign, b'+' | b'-'))
}

/// Reads a string with a function that can refuse it.
pub(super) fn parsed<T>(
    source: &mut Source<'_>,
    expected: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, Error> {
    if source.peek() != b'"' {
        return Err(source.refuse(&expected));
    }
    let at = source.at;
    let text = source.string()?;
    parse(&text).ok_or_else(|| Error::wrong_value(Unexpected::Str(&cut(&text)), expected).or_at(at))
}

/// What a date and time should look like.
pub(super) const DATE_TIME: &str = "a date and time (RFC 3339, as 2024-01-31T12:30:00Z)";

/// What a date should look like.
pub(super) const DATE: &str = "a date (RFC 3339, as 2024-01-31)";

/// Whether a text has the form of a date, which is ten characters long: libraries read other forms too.
pub(super) fn is_full_date(text: &str) -> bool {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    text.len() == 10
        && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(is_digit)
        && text.as_bytes().get(4) == Some(&b'-')
        && text.as_bytes().get(7) == Some(&b'-')
}

/// Implements reading and writing for a type of a library that is a string in JSON.
#[allow(unused_macros, reason = "an API may have no texts that are dates")]
macro_rules! text {
    ($ty:ty, $expected:expr, $parse:expr, $write:expr) => {
        impl Read for $ty {
            fn read(source: &mut Source<'_>) -> Result<Self, Error> {
                parsed(source, $expected, $parse)
            }
        }

        impl View for $ty {
            fn view(&self) -> Viewed<'_> {
                Viewed::Text(self)
            }
        }

        impl Text for $ty {
            fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
                let write: fn(&$ty, &mut dyn fmt::Write) -> fmt::Result = $write;
                write(self, out)
            }
        }
    };
}
pub(super) use text;
