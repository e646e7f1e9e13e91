//! Which entries of a list match, and which have not matched anything yet.

use crate::config::Entry;

/// A list of entries, and whether each has matched.
pub(super) struct Matcher<'s> {
    entries: &'s [Entry],
    used: Vec<bool>,
}

impl<'s> Matcher<'s> {
    pub fn new(entries: &'s [Entry]) -> Self {
        Self { entries, used: vec![false; entries.len()] }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries that match. All are asked: an entry is of use even if an earlier entry has matched.
    pub fn all(&mut self, is_match: impl Fn(&Entry) -> bool) -> Vec<usize> {
        let found: Vec<usize> =
            (0..self.entries.len()).filter(|index| is_match(&self.entries[*index])).collect();
        found.iter().for_each(|index| self.used[*index] = true);
        found
    }

    /// Whether an entry matches.
    pub fn any(&mut self, is_match: impl Fn(&Entry) -> bool) -> bool {
        !self.all(is_match).is_empty()
    }

    /// Whether no entry has matched anything.
    pub fn has_matched_nothing(&self) -> bool {
        !self.used.contains(&true)
    }

    /// The entries that have matched nothing.
    pub fn unused(&self) -> impl Iterator<Item = &'s Entry> {
        self.entries.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(entry, _)| entry)
    }
}
