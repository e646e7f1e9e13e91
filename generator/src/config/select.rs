//! The entries of `include` and `exclude`, which select a part of the document.

use std::fmt;
use std::str::FromStr;

/// Selects a part of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// What to keep, with everything that it reaches; everything if empty.
    pub include: Vec<Entry>,
    /// What to drop, unless something that is kept needs it.
    pub exclude: Vec<Entry>,
}

impl Selection {
    /// Whether the whole document is kept.
    pub(crate) fn is_everything(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// An entry `kind:pattern`. In the pattern `*` matches any text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// What the pattern is compared with.
    pub kind: EntryKind,
    /// The pattern.
    pub pattern: String,
    /// The byte offset in the text of the settings, if the entry is from there.
    pub offset: Option<usize>,
}

/// What the pattern of an [`Entry`] is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The `operationId`, the name of the emitted module, or the method and path: `GET /pets`.
    Operation,
    /// Each of an operation's tags.
    Tag,
    /// The path; `webhook:<name>` for a webhook, the expression for a callback.
    Path,
    /// The name of a component schema.
    Schema,
}

impl EntryKind {
    /// All kinds, in the order in which they are documented.
    pub const ALL: [Self; 4] = [Self::Operation, Self::Tag, Self::Path, Self::Schema];

    /// The word before the colon.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Tag => "tag",
            Self::Path => "path",
            Self::Schema => "schema",
        }
    }
}

impl Entry {
    /// Whether the pattern matches the whole text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        super::glob::matches(&self.pattern, text)
    }
}

impl FromStr for Entry {
    type Err = InvalidEntry;

    fn from_str(text: &str) -> Result<Self, InvalidEntry> {
        let found = text.split_once(':').and_then(|(prefix, pattern)| {
            let kind = EntryKind::ALL.into_iter().find(|kind| kind.prefix() == prefix)?;
            Some(Self { kind, pattern: pattern.to_owned(), offset: None })
        });
        found.ok_or_else(|| InvalidEntry(text.to_owned()))
    }
}

/// The error for an entry without a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidEntry(String);

impl fmt::Display for InvalidEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.0;
        write!(f, "`{text}` has no kind: write `operation:…`, `tag:…`, `path:…` or `schema:…`")
    }
}

impl std::error::Error for InvalidEntry {}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.prefix(), self.pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_what_it_names() {
        let entry: Entry = "path:webhook:new*".parse().expect("the entry is right");
        assert_eq!((entry.kind, entry.pattern.as_str()), (EntryKind::Path, "webhook:new*"));
        assert_eq!(entry.to_string(), "path:webhook:new*");
        for wrong in ["Pet", "pets:Pet", ""] {
            assert!(wrong.parse::<Entry>().is_err(), "{wrong}");
        }
    }
}
