//! In which order people are told.

use super::group::is_mere_addition;
use super::model::{Change, Diff, Item, Kind, Level, On, What};
use super::phrase::counted;

/// So many types and operations that are new are named.
pub(super) const MOST_NEW: usize = 24;

/// The changes, sorted by what people look for first.
pub(super) struct Outline<'d> {
    /// Whole types and operations that are gone.
    pub(super) removed: Vec<&'d Item>,
    /// What else breaks something, by type and operation.
    pub(super) breaking: Vec<(&'d Item, Vec<&'d Change>)>,
    /// Fields and parameters that are new and break only code that names every one.
    pub(super) additions: Vec<(&'d Item, Vec<&'d Change>)>,
    /// What breaks nothing.
    pub(super) compatible: Vec<(&'d Item, Vec<&'d Change>)>,
    /// Whole types and operations that are new.
    pub(super) added: Vec<&'d Item>,
    /// How many types and operations only read differently.
    pub(super) documented: usize,
    /// How many changes break something, and how many other changes there are, without those of documentation.
    pub(super) counts: (usize, usize),
}

impl<'d> Outline<'d> {
    /// How many types and operations are new.
    pub(super) fn added_in_short(&self) -> String {
        let operations = self.added.iter().filter(|item| item.what == What::Operation).count();
        let types = self.added.len() - operations;
        let counts = [(types, "type", "types"), (operations, "operation", "operations")];
        let counts = counts.iter().filter(|(count, ..)| *count > 0);
        counts.map(|(count, one, many)| counted(*count, one, many)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn of(diff: &'d Diff) -> Self {
        let mut outline = Self {
            removed: Vec::new(),
            breaking: Vec::new(),
            additions: Vec::new(),
            compatible: Vec::new(),
            added: Vec::new(),
            documented: 0,
            counts: (0, 0),
        };
        for item in &diff.items {
            outline.item(item);
        }
        outline
    }

    fn item(&mut self, item: &'d Item) {
        let (mut breaking, mut additions, mut compatible) = (Vec::new(), Vec::new(), Vec::new());
        for change in &item.changes {
            if change.on == On::Documentation {
                self.documented += 1;
                continue;
            }
            match change.level {
                Level::Major => self.counts.0 += 1,
                Level::None | Level::Patch | Level::Minor => self.counts.1 += 1,
            }
            if is_whole(change) && change.change == Kind::Added {
                self.added.push(item);
            } else if is_whole(change) && change.change == Kind::Removed {
                self.removed.push(item);
            } else if change.level == Level::Major && is_mere_addition(change) {
                additions.push(change);
            } else if change.level == Level::Major {
                breaking.push(change);
            } else {
                compatible.push(change);
            }
        }
        if !breaking.is_empty() {
            self.breaking.push((item, breaking));
        }
        if !additions.is_empty() {
            self.additions.push((item, additions));
        }
        if !compatible.is_empty() {
            self.compatible.push((item, compatible));
        }
    }
}

/// Whether the change is about the item itself and not a part of it.
fn is_whole(change: &Change) -> bool {
    change.on == On::Type || change.on == On::Operation
}
