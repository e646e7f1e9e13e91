//! Keeps messages short whatever a document holds: what is quoted from it is cut.

use std::borrow::Cow;

/// How many characters of a value are shown.
const EXCERPT: usize = 64;

/// From this length on a quoted name or reference is cut too, to an excerpt. Names of real schemas are shorter.
const LONGEST_NAME: usize = 200;

/// How many characters a whole message may have, should a value bring its own backticks along.
const LONGEST_MESSAGE: usize = 4_000;

/// The start of a value, for a message: at most 64 characters, and `…` for the rest.
pub(crate) fn excerpt_of(text: &str) -> Cow<'_, str> {
    cut(text, EXCERPT)
}

fn cut(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((end, _)) => Cow::Owned(text.get(..end).unwrap_or_default().to_owned() + "…"),
        None => Cow::Borrowed(text),
    }
}

/// A message in which what stands between backticks is an excerpt if it is long.
pub(super) fn bounded(message: String) -> String {
    if message.len() <= LONGEST_NAME {
        return message;
    }
    // More pieces than a message of the greatest length has are cut with it.
    let pieces = message.split('`').take(LONGEST_MESSAGE).enumerate().map(|(number, piece)| {
        let is_quoted = number % 2 == 1;
        if is_quoted && piece.chars().nth(LONGEST_NAME).is_some() { excerpt_of(piece) } else { piece.into() }
    });
    let whole = pieces.collect::<Vec<_>>().join("`");
    match cut(&whole, LONGEST_MESSAGE) {
        Cow::Owned(short) => short,
        Cow::Borrowed(_) => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_MESSAGE, bounded, excerpt_of};

    #[test]
    fn values_are_cut_after_64_characters() {
        let exact = "ä".repeat(64);
        assert_eq!(excerpt_of(&exact), exact);
        assert_eq!(excerpt_of(&format!("{exact}b")), format!("{exact}…"));
    }

    #[test]
    fn long_quotations_in_a_message_are_cut() {
        let name = "n".repeat(200);
        assert_eq!(bounded(format!("`{name}` and `b`")), format!("`{name}` and `b`"));
        let long = "ä".repeat(5_000_000);
        assert_eq!(bounded(format!("`{long}` and `b`")), format!("`{}…` and `b`", "ä".repeat(64)));
    }

    #[test]
    fn a_value_with_backticks_does_not_make_a_message_long() {
        for value in ["`".repeat(5_000_000), "a`".repeat(5_000_000), "a".repeat(5_000_000) + "`"] {
            let length = bounded(format!("`{value}` is not a number")).chars().count();
            assert!(length <= LONGEST_MESSAGE + 1, "{length}");
        }
    }
}
