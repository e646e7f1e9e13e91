//! Visits all types and operations and collects their changes.

use std::collections::HashMap;

use super::Options;
use super::change::Cases;
use super::field::{VALUE_READ, VALUE_WRITTEN};
use super::fits::{Course, Reader, fits_anew};
use super::model::{Api, Change, Diff, Effect, Item, Kind, Level, On, What, Wire};
use super::pairing::Pairing;
use super::side::{Compiled, Is, Named, Side};
use super::{client, constants, documentation, object, operation, overrides, union};
use crate::ir::flow::{Flow, flows};
use crate::ir::{Shape, TypeId, TypeRef};

/// Compares two generations as the users of the emitted models see them.
pub fn compare(old: &Compiled<'_>, new: &Compiled<'_>, options: Options) -> Diff {
    let flows =
        (flows(old.graph.types(), old.graph.operations()), flows(new.graph.types(), new.graph.operations()));
    let pairing = Pairing::new(Side::new(*old), Side::new(*new));
    let comparison = Comparison { pairing: &pairing, options, flows };
    let items = comparison.items();
    let highest = |level: &dyn Fn(&Change) -> Level| {
        items.iter().flat_map(|item| &item.changes).map(level).max().unwrap_or(Level::None)
    };
    let verdict = highest(&|change| change.level);
    let (source, wire) = (
        highest(&|change| change.level.min(Level::Minor).max(change.source.level(options))),
        highest(&|change| change.wire.level()),
    );
    let api = |compiled: &Compiled<'_>| Api {
        title: compiled.graph.api().title.clone(),
        version: compiled.graph.api().version.clone(),
    };
    Diff { format: 1, old: api(old), new: api(new), verdict, source, wire, items }
}

struct Comparison<'p, 'a> {
    pairing: &'p Pairing<'a>,
    options: Options,
    flows: (Vec<Flow>, Vec<Flow>),
}

impl Comparison<'_, '_> {
    fn items(&self) -> Vec<Item> {
        let pairing = self.pairing;
        let old_of = pairing.old_of();
        let mut items = Vec::new();
        for (index, named) in pairing.new.named.iter().enumerate() {
            items.extend(self.split(index, &old_of[index]));
            let (was, changes) = match old_of[index].as_slice() {
                [] => (None, vec![self.appeared(named)]),
                [old] => self.named(*old, named),
                olds => (None, self.united(olds, index)),
            };
            items.extend(self.item(named.path.clone(), was, pairing.new.what(named.is), changes));
        }
        for named in
            pairing.old.named.iter().zip(&pairing.named).filter(|(_, new)| new.is_none()).map(|(old, _)| old)
        {
            let change = Change::new(On::Type, Kind::Removed)
                .before(pairing.old.described(named.is))
                .breaks_source("it is gone");
            items.extend(self.item(named.path.clone(), None, pairing.old.what(named.is), vec![change]));
        }
        items.extend(self.operations());
        for (path, what, changes) in client::compare(&pairing.old, &pairing.new, self.options) {
            items.extend(self.item(path.to_owned(), None, what, changes));
        }
        items
    }

    fn item(&self, path: String, was: Option<String>, what: What, changes: Vec<Change>) -> Option<Item> {
        let changes: Vec<Change> = changes.into_iter().map(|change| change.weighed(self.options)).collect();
        let level = changes.iter().map(|change| change.level).max()?;
        Some(Item { path, was, what, level, changes })
    }

    fn operations(&self) -> Vec<Item> {
        let (old, new) = (&self.pairing.old, &self.pairing.new);
        let path = |module: &str| format!("operations::{module}");
        let mut old_of = vec![None; new.graph.operations().len()];
        for (old, new) in self.pairing.operations.iter().enumerate() {
            if let Some(new) = new {
                old_of[*new] = Some(old);
            }
        }
        let by_module: HashMap<&str, usize> = (0..old.graph.operations().len())
            .map(|index| (old.names.operation(index).module.as_str(), index))
            .collect();
        let mut items = Vec::new();
        for (index, after) in new.graph.operations().iter().enumerate() {
            let module = &new.names.operation(index).module;
            let namesake = by_module.get(module.as_str()).map(|other| &old.graph.operations()[*other]);
            let (was, mut changes) = match old_of[index] {
                Some(other) => {
                    let mut changes = operation::compare(self.pairing, self.options, other, index);
                    let before = &old.graph.operations()[other];
                    changes.extend(documented(documentation::same_operation(before, after)));
                    let was = &old.names.operation(other).module;
                    ((was != module).then(|| path(was)), changes)
                }
                None => (None, vec![operation::added(after)]),
            };
            changes.extend(namesake.and_then(|before| operation::reassigned(before, after)));
            items.extend(self.item(path(module), was, What::Operation, changes));
        }
        for (index, before) in old.graph.operations().iter().enumerate() {
            if self.pairing.operations[index].is_none() {
                let module = path(&old.names.operation(index).module);
                items.extend(self.item(module, None, What::Operation, vec![operation::removed(before)]));
            }
        }
        items
    }

    /// The item for an old type that is now two, reported before the first of the two.
    fn split(&self, new: usize, olds: &[usize]) -> Option<Item> {
        let old = olds.first()?;
        let split = self.pairing.split_of(*old)?;
        if split.two.iter().map(|(index, _)| *index).min() != Some(new) {
            return None;
        }
        let before = &self.pairing.old.named[*old];
        let change = Change::new(On::Type, Kind::Split)
            .before(&*before.path)
            .after(split.roles(&self.pairing.new))
            .breaks_source("the name is gone");
        self.item(before.path.clone(), None, self.pairing.old.what(before.is), vec![change])
    }

    /// The changes of a type that used to be two types.
    fn united(&self, olds: &[usize], new: usize) -> Vec<Change> {
        let after = &self.pairing.new.named[new];
        let names = self.pairing.merge_of(new).map(|merge| merge.roles(&self.pairing.old));
        let change = Change::new(On::Type, Kind::United)
            .before(names.unwrap_or_default())
            .after(&*after.path)
            .breaks_source("the names are gone");
        let mut changes = vec![change];
        for old in olds {
            for change in self.named(*old, after).1 {
                if !changes.contains(&change) {
                    changes.push(change);
                }
            }
        }
        changes
    }

    fn appeared(&self, named: &Named<'_>) -> Change {
        Change::new(On::Type, Kind::Added).after(self.pairing.new.described(named.is))
    }

    /// The changes of an item that both sides have, and its old path if that differs.
    fn named(&self, old: usize, after: &Named<'_>) -> (Option<String>, Vec<Change>) {
        let before = &self.pairing.old.named[old];
        let mut changes = self.meaning(before.is, after.is);
        changes.extend(self.conversions(before.is, after.is));
        if let (Is::Type(old), Is::Type(new)) = (before.is, after.is) {
            changes.extend(self.parted(old, new));
            changes.extend(overrides::compare(self.pairing, self.options, old, new));
        }
        let was = (before.path != after.path).then(|| before.path.clone());
        // A renamed module is reported with its operation.
        let is_told = self.pairing.split_of(old).is_some() || self.is_united(old);
        if was.is_some() && !is_told && self.pairing.expected_path(old) != after.path {
            let why = if changes.is_empty() {
                "it means the same, but has another name"
            } else {
                "the name is different"
            };
            let change = Change::new(On::Type, Kind::Renamed).before(&*before.path).after(&*after.path);
            changes.insert(0, change.breaks_source(why));
        }
        changes.extend(documented(documentation::same(self.pairing, before, after)));
        (was, changes)
    }

    /// The change of a type that used to be read and sent and is now only read, because another type is sent, or the
    /// reverse.
    fn parted(&self, old: TypeId, new: TypeId) -> Option<Change> {
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        let two = |side: &Side<'_>, read, sent| {
            let name = |id| side.spell(TypeRef { id, nullable: false });
            format!("{} (read) and {} (sent)", name(read), name(sent))
        };
        match (before.graph.sent_as(old), after.graph.sent_as(new)) {
            (None, Some(sent)) => {
                let change = Change::new(On::Type, Kind::Split)
                    .before(before.spell_named(Is::Type(old)))
                    .after(two(after, new, sent));
                Some(change.writing(Effect::breaks("the type of what is sent is different")))
            }
            (Some(sent), None) => {
                let change = Change::new(On::Type, Kind::United)
                    .before(two(before, old, sent))
                    .after(after.spell_named(Is::Type(new)));
                Some(change.writing(Effect::breaks("the type of what is sent is different")))
            }
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    /// Whether an old type is one of two that are now one.
    fn is_united(&self, old: usize) -> bool {
        self.pairing.named[old].is_some_and(|new| self.pairing.merge_of(new).is_some())
    }

    /// The changes of the type that a name stands for.
    fn meaning(&self, old: Is, new: Is) -> Vec<Change> {
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        let (was, is) = (before.meaning(old), after.meaning(new));
        let redirected = || {
            let change = Change::new(On::Type, Kind::Redirected)
                .before(before.spell_named(old))
                .after(after.spell_named(new))
                .breaks_source("it stands for another type");
            vec![change.on_wire(self.wire(was, is))]
        };
        if before.is_secret(old) != after.is_secret(new) {
            return redirected();
        }
        match (old, new) {
            (Is::Type(old), Is::Type(new)) => {
                self.shapes(old, new).unwrap_or_else(|| vec![self.reshaped(was, is)])
            }
            (Is::Type(old), Is::Alias(_) | Is::Structure(_)) => {
                // An alias of a type that has everything the old type had breaks nothing.
                let shapes = if is.nullable { None } else { self.shapes(old, is.id) };
                match shapes {
                    Some(mut changes) => {
                        let target = after.spell_named(new);
                        changes.insert(0, Change::new(On::Type, Kind::BecameAlias).after(target));
                        changes
                    }
                    None => vec![self.reshaped(was, is)],
                }
            }
            (Is::Alias(_) | Is::Structure(_), Is::Type(new)) => {
                let shapes = if was.nullable { None } else { self.shapes(was.id, new) };
                match shapes {
                    Some(mut changes) => {
                        let change = Change::new(On::Type, Kind::BecameType).before(before.spell_named(old));
                        changes.insert(0, change.breaks_source("it no longer names the same type"));
                        changes
                    }
                    None => vec![self.reshaped(was, is)],
                }
            }
            (Is::Alias(_) | Is::Structure(_), Is::Alias(_) | Is::Structure(_)) => {
                if self.same_target(old, new) { Vec::new() } else { redirected() }
            }
        }
    }

    fn same_target(&self, old: Is, new: Is) -> bool {
        let whole = |side: &Side<'_>, is| match is {
            Is::Alias(at) => at,
            Is::Type(_) | Is::Structure(_) => side.meaning(is),
        };
        let (was, is) = (whole(&self.pairing.old, old), whole(&self.pairing.new, new));
        match (old, new) {
            (Is::Alias(_), Is::Alias(_)) => self.pairing.same(was, is),
            (Is::Alias(_) | Is::Structure(_) | Is::Type(_), _) => {
                let (was, is) = (self.pairing.old.graph.unaliased(was), self.pairing.new.graph.unaliased(is));
                let is_same =
                    self.pairing.is_successor(was.id, is.id) || self.pairing.same_structure(was.id, is.id);
                was.nullable == is.nullable && is_same
            }
        }
    }

    fn reshaped(&self, was: TypeRef, is: TypeRef) -> Change {
        Change::new(On::Type, Kind::Reshaped)
            .before(self.pairing.old.describe(was))
            .after(self.pairing.new.describe(is))
            .breaks_source("it is another kind of type")
            .on_wire(self.wire(was, is))
    }

    /// The effects on the wire when `is` replaces `was`.
    fn wire(&self, was: TypeRef, is: TypeRef) -> Wire {
        let fit = |course, reader, why| {
            let (from, to) = match course {
                Course::OldByNew => (was, is),
                Course::NewByOld => (is, was),
            };
            let fits = fits_anew(self.pairing, course, reader, from, to);
            if fits { None } else { Effect::breaks(why) }
        };
        let cases = Cases {
            read_by_old: fit(Course::NewByOld, Reader::Models, VALUE_READ),
            read_by_new: fit(Course::OldByNew, Reader::Models, VALUE_READ),
            written_by_old: fit(Course::OldByNew, Reader::Peer, VALUE_WRITTEN),
            written_by_new: fit(Course::NewByOld, Reader::Peer, VALUE_WRITTEN),
        };
        cases.along(self.flow(was.id, is.id))
    }

    fn flow(&self, old: TypeId, new: TypeId) -> Flow {
        let (of_old, of_new) = (self.flows.0[old.0 as usize], self.flows.1[new.0 as usize]);
        // A side of a pair is compared only in the direction in which it is sent.
        let (was, is) = (self.pairing.old.index_of(old), self.pairing.new.index_of(new));
        if was.is_some_and(|old| self.pairing.split_of(old).is_some()) {
            return of_new.or_both();
        }
        if is.is_some_and(|new| self.pairing.merge_of(new).is_some()) {
            return of_old.or_both();
        }
        // The side of a split schema that is only read is compared as such.
        if self.pairing.new.graph.sent_as(new).is_some() {
            return of_new.or_both();
        }
        if self.pairing.old.graph.sent_as(old).is_some() {
            return of_old.or_both();
        }
        // A type that is spelled by its structure is the same type in all places, so this place does not know all its
        // directions.
        match (is_named(self.pairing.old.shape(old)), is_named(self.pairing.new.shape(new))) {
            (true, false) => of_old.or_both(),
            (false, true) => of_new.or_both(),
            (true, true) | (false, false) => of_old.or(of_new).or_both(),
        }
    }

    /// The changes between two types of the same kind; `None` when they are of different kinds.
    fn shapes(&self, old: TypeId, new: TypeId) -> Option<Vec<Change>> {
        let flow = self.flow(old, new);
        match (self.pairing.old.shape(old), self.pairing.new.shape(new)) {
            (Shape::Struct(was), Shape::Struct(is)) => {
                Some(object::compare(self.pairing, flow, (old, was), (new, is)))
            }
            (Shape::Union(was), Shape::Union(is)) => {
                Some(union::compare(self.pairing, self.options, flow, (old, was), (new, is)))
            }
            (Shape::Enum(was), Shape::Enum(is)) => {
                Some(constants::compare(self.pairing, self.options, flow, (old, was), (new, is)))
            }
            (
                Shape::Newtype { content: was, boxed: old_box },
                Shape::Newtype { content: is, boxed: new_box },
            ) => {
                if self.pairing.same(*was, *is) && old_box == new_box {
                    return Some(Vec::new());
                }
                let change = Change::new(On::Type, Kind::Retyped)
                    .before(self.pairing.old.spell(*was))
                    .after(self.pairing.new.spell(*is))
                    .breaks_source("the type of its content is different");
                Some(vec![change.on_wire(self.wire(*was, *is))])
            }
            (
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::Newtype { .. }
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => None,
        }
    }

    /// The changes of `impl From` between the sides of a pair.
    fn conversions(&self, old: Is, new: Is) -> Vec<Change> {
        let (Is::Type(old), Is::Type(new)) = (old, new) else { return Vec::new() };
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        let sources = |side: &Side<'_>, to| -> Vec<TypeId> {
            side.graph.conversions_into(to).iter().map(|conversion| conversion.from).collect()
        };
        let (was, is) = (sources(before, old), sources(after, new));
        let name = |side: &Side<'_>, id| side.spell(TypeRef { id, nullable: false });
        let lost =
            was.iter().filter(|from| !is.iter().any(|other| self.pairing.same_content(**from, *other)));
        let gained =
            is.iter().filter(|from| !was.iter().any(|other| self.pairing.same_content(*other, **from)));
        let lost = lost.map(|id| {
            let change =
                Change::new(On::Conversion, Kind::Removed).before(format!("From<{}>", name(before, *id)));
            change.writing(Effect::breaks("the conversion is gone"))
        });
        let gained = gained
            .map(|id| Change::new(On::Conversion, Kind::Added).after(format!("From<{}>", name(after, *id))));
        lost.chain(gained).collect()
    }
}

fn is_named(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => true,
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => false,
    }
}

fn documented(same: bool) -> Option<Change> {
    (!same).then(|| Change::new(On::Documentation, Kind::Changed))
}
