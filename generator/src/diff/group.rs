//! Groups the changes of a type or operation that have the same effects, so that the effects are reported once.

use super::model::{Change, Kind, On, Severity};
use super::phrase::{Mark, counted, effects, noun, plural, sentence};

/// How much is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Breaking changes by type. If there are many other changes, only their number.
    Summary,
    /// All changes.
    Full,
}

impl Detail {
    /// The number of similar changes to list.
    pub(super) fn most(self, few: usize) -> usize {
        match self {
            Self::Summary => few,
            Self::Full => usize::MAX,
        }
    }
}

/// The number of similar changes that are listed by name, and the number that are listed as clauses.
const MOST_NAMES: usize = 8;
const MOST_CLAUSES: usize = 8;

/// Changes of one item with the same effects, in order.
pub(super) struct Group<'d> {
    changes: Vec<&'d Change>,
}

/// The changes of an item, grouped.
pub(super) fn groups<'d>(changes: &[&'d Change]) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    for change in changes {
        // The list stays short, because there is a fixed number of effects.
        match groups.iter_mut().find(|group| is_alike(group.changes[0], change)) {
            Some(group) => group.changes.push(change),
            None => groups.push(Group { changes: vec![change] }),
        }
    }
    groups
}

fn is_alike(a: &Change, b: &Change) -> bool {
    (a.on, a.change, a.source, a.wire) == (b.on, b.change, b.source, b.wire)
}

impl Group<'_> {
    /// The changes, one line each.
    pub(super) fn clauses(&self, mark: Mark, detail: Detail) -> Vec<String> {
        let first = self.changes[0];
        let is_list = match first.change {
            Kind::Added | Kind::Removed => first.name.is_some(),
            Kind::Renamed
            | Kind::Retyped
            | Kind::MadeOptional
            | Kind::MadeRequired
            | Kind::MadeNullable
            | Kind::MadeNonNull
            | Kind::DefaultChanged
            | Kind::Boxed
            | Kind::Unboxed
            | Kind::ValueChanged
            | Kind::Reshaped
            | Kind::Redirected
            | Kind::BecameAlias
            | Kind::BecameType
            | Kind::Treated
            | Kind::Split
            | Kind::United
            | Kind::Reassigned
            | Kind::Changed => false,
        };
        if self.changes.len() > 1 && is_list {
            let what = counted(self.changes.len(), noun(first.on), &plural(first.on));
            let happened = if first.change == Kind::Added { "added" } else { "removed" };
            return vec![format!("{what} {happened}: {}", names(&self.changes, mark, detail))];
        }
        let most = detail.most(MOST_CLAUSES);
        let mut clauses: Vec<String> =
            self.changes.iter().take(most).map(|change| sentence(change, mark)).collect();
        if self.changes.len() > most {
            clauses.push(format!("and {} more", self.changes.len() - most));
        }
        clauses
    }

    /// The effects, one line each.
    pub(super) fn effects(&self) -> Vec<String> {
        let effects = effects(self.changes[0]).into_iter();
        if self.changes.len() == 1 {
            return effects.collect();
        }
        let of_many = |line: String| match line.strip_suffix(" lack it") {
            Some(start) => format!("{start} lack them"),
            None => line,
        };
        effects.map(of_many).collect()
    }
}

/// The names of the changed members, as many as are listed.
pub(super) fn names(changes: &[&Change], mark: Mark, detail: Detail) -> String {
    let most = detail.most(MOST_NAMES);
    let all = changes.iter().filter_map(|change| change.name.as_deref());
    let shown: Vec<String> = all.take(most).map(mark).collect();
    match changes.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether a change breaks only code that names every field of a struct.
pub(super) fn is_mere_addition(change: &Change) -> bool {
    let is_field = change.on == On::Field || change.on == On::Parameter;
    let breaks = |severity: Severity| severity == Severity::Breaks;
    let wire = [change.wire.old_code, change.wire.new_code];
    let is_read = change.source.reading.is_some_and(|effect| effect.severity == Severity::BreaksWithoutRest);
    is_field
        && change.change == Kind::Added
        && change.before.is_none()
        && is_read
        && !wire.iter().flatten().any(|effect| breaks(effect.severity))
}

/// Whether every literal of the struct has to contain the field.
pub(super) fn is_in_every_literal(change: &Change) -> bool {
    change.source.writing.is_some_and(|effect| effect.severity == Severity::Breaks)
}
