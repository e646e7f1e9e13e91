//! What can be read, and the entry points.

use super::error::Error;
use super::source::Source;
use super::tape::Tape;
use serde_json::Value;

/// A type that can be read: every emitted type, and the types of the standard library and of other libraries, for
/// dates and the like, that emitted types contain.
#[diagnostic::on_unimplemented(
    message = "the runtime cannot read `{Self}`",
    note = "types that implement `serde::Deserialize` only are read by `serde_json`"
)]
pub trait Read: Sized {
    /// Whether the value or a part of it is secret. Messages must not show what was found in place of a secret.
    const SECRET: bool = false;

    /// Reads a value.
    fn read(source: &mut Source<'_>) -> Result<Self, Error>;

    /// The value of a missing element at the end of a tuple.
    fn missing() -> Option<Self> {
        None
    }

    /// Finds out whether a value could be read, without making it.
    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        Self::read(source).map(drop)
    }
}

/// Reads a JSON text. The error names the property, the line and the column.
pub fn from_str<T: Read>(text: &str) -> Result<T, Error> {
    read_text(text, T::read)
}

/// Reads a JSON text in UTF-8. The error names the property, the line and the column.
pub fn from_slice<T: Read>(text: &[u8]) -> Result<T, Error> {
    read_text(unicode(text)?, T::read)
}

/// Reads a JSON value. The error names the property.
pub fn from_value<T: Read>(value: &Value) -> Result<T, Error> {
    read_tape(&recorded(value)?, T::read)
}

/// Reads a whole text.
pub(super) fn read_text<T>(
    text: &str,
    read: impl FnOnce(&mut Source<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut source = Source::of_text(text);
    match read(&mut source).and_then(|value| source.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(error) => Err(first_fault(text, error)),
    }
}

/// Reads a tape.
pub(super) fn read_tape<T>(
    tape: &Tape<'_>,
    read: impl FnOnce(&mut Source<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    read(&mut Source::of_tape(tape))
}

fn recorded(value: &Value) -> Result<Tape<'_>, Error> {
    Tape::of_value(value).ok_or_else(Error::too_deep)
}

fn unicode(text: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(text).map_err(|error| {
        let valid = text.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
        // The place where the next character would be.
        let next = format!("{} ", valid.unwrap_or_default());
        let source = Source::of_text(&next);
        Error::new("invalid unicode code point").at(next.len() - 1).placed(|at| source.line(at))
    })
}

/// The error with its place. If the text is not JSON, that is reported instead, wherever it is wrong.
#[cold]
fn first_fault(text: &str, error: Error) -> Error {
    let mut source = Source::of_text(text);
    let error = source.skip().and_then(|()| source.end()).err().unwrap_or(error);
    error.placed(|at| source.line(at))
}
