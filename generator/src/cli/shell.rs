//! Quotes words of shell commands.

use std::borrow::Cow;

/// A word of a command, quoted for a POSIX shell if necessary. Only NUL cannot be quoted, and paths do not contain it.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    shlex::try_quote(text).unwrap_or(Cow::Borrowed(text))
}
