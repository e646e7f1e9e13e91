//! What entries could have named, for suggestions.

use std::collections::BTreeSet;

use crate::config::{Entry, EntryKind};
use crate::diagnostics::closest;

/// The texts that the document has for each kind of entry.
#[derive(Default)]
pub(super) struct Known {
    operations: BTreeSet<String>,
    tags: BTreeSet<String>,
    paths: BTreeSet<String>,
    schemas: BTreeSet<String>,
}

impl Known {
    pub fn add(&mut self, kind: EntryKind, text: &str) {
        let texts = match kind {
            EntryKind::Operation => &mut self.operations,
            EntryKind::Tag => &mut self.tags,
            EntryKind::Path => &mut self.paths,
            EntryKind::Schema => &mut self.schemas,
        };
        if !texts.contains(text) {
            texts.insert(text.to_owned());
        }
    }

    fn of(&self, kind: EntryKind) -> &BTreeSet<String> {
        match kind {
            EntryKind::Operation => &self.operations,
            EntryKind::Tag => &self.tags,
            EntryKind::Path => &self.paths,
            EntryKind::Schema => &self.schemas,
        }
    }

    /// What an entry that matches nothing was probably meant to be.
    pub fn suggestion(&self, entry: &Entry) -> Option<Entry> {
        let elsewhere = EntryKind::ALL
            .into_iter()
            .filter(|kind| *kind != entry.kind)
            .find(|kind| self.of(*kind).iter().any(|text| entry.matches(text)));
        if let Some(kind) = elsewhere {
            return Some(Entry { kind, ..entry.clone() });
        }
        let pattern = closest(&entry.pattern, self.of(entry.kind).iter().map(String::as_str))?.to_owned();
        Some(Entry { pattern, ..entry.clone() })
    }
}
