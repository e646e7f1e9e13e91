//! Commands to type into a shell.

use std::borrow::Cow;

/// A word of a command, in quotes where a POSIX shell needs them. Paths have no NUL, which is all that cannot be quoted.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    shlex::try_quote(text).unwrap_or(Cow::Borrowed(text))
}
