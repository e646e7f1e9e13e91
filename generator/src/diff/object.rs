//! Structs.

use super::change::Cases;
use super::field::{self, Slot};
use super::fits::{Course, Reader, fits};
use super::flow::Flow;
use super::model::{Change, Effect, Kind, On};
use super::pairing::Pairing;
use super::side::Side;
use crate::ir::{Literal, Property, PropertyKind, Rest, Struct, TypeId};

const OTHER_VALUE: &str = "the value that is expected is another";
const NO_FIELD: &str = "it is no field any more";
const OTHER_NAME: &str = "the name that is expected is another";
const LACKS: &str = "the other side lacks it, or does not expect it";

/// The changes of a struct.
pub(super) fn compare(
    pairing: &Pairing<'_>,
    flow: Flow,
    (old_id, old): (TypeId, &Struct),
    (new_id, new): (TypeId, &Struct),
) -> Vec<Change> {
    let object = Object { pairing, flow, old_id, new_id, old, new };
    let mut changes = Vec::new();
    for (index, property) in new.properties.iter().enumerate() {
        let same_wire = old.properties.iter().position(|other| other.wire == property.wire);
        match same_wire.or_else(|| object.same_ident(index)) {
            Some(other) => changes.extend(object.both(other, index)),
            None => changes.push(object.added(index, property)),
        }
    }
    let stayed: Vec<usize> = (0..new.properties.len()).filter_map(|index| object.same_ident(index)).collect();
    for (index, property) in old.properties.iter().enumerate() {
        let same_wire = new.properties.iter().any(|other| other.wire == property.wire);
        if !same_wire && !stayed.contains(&index) {
            changes.push(object.removed(index, property));
        }
    }
    changes.extend(object.rest());
    let has = (pairing.old.graph.get(old_id).has_default, pairing.new.graph.get(new_id).has_default);
    changes.extend(default_trait(has));
    changes
}

/// What became of `impl Default`.
pub(super) fn default_trait(has: (bool, bool)) -> Option<Change> {
    match has {
        (true, false) => {
            let change = Change::new(On::Default, Kind::Removed);
            Some(change.writing(Effect::breaks("there is no `Default` any more")))
        }
        (false, true) => Some(Change::new(On::Default, Kind::Added)),
        (true, true) | (false, false) => None,
    }
}

struct Object<'p, 'a> {
    pairing: &'p Pairing<'a>,
    flow: Flow,
    old_id: TypeId,
    new_id: TypeId,
    old: &'p Struct,
    new: &'p Struct,
}

impl Object<'_, '_> {
    fn both(&self, old: usize, new: usize) -> Vec<Change> {
        let (before, after) = (&self.old.properties[old], &self.new.properties[new]);
        match (
            slot(&self.pairing.old, self.old_id, old, before),
            slot(&self.pairing.new, self.new_id, new, after),
        ) {
            (Ok(old), Ok(new)) => {
                let mut changes = field::changed(self.pairing, On::Field, self.flow, old, new);
                if before.wire != after.wire {
                    changes.push(self.renamed_on_wire(new.ident, &before.wire, &after.wire));
                }
                changes
            }
            (Err(old), Err(new)) => self.constants(&after.wire, old, new).into_iter().collect(),
            (Ok(old), Err((value, _))) => {
                let cases = Cases {
                    read_by_new: Effect::breaks(OTHER_VALUE),
                    written_by_old: Effect::breaks(OTHER_VALUE),
                    ..Cases::default()
                };
                let change = Change::new(On::Field, Kind::Removed)
                    .named(old.ident)
                    .before(old.shown(&self.pairing.old))
                    .after(format!("always {}", self.pairing.new.json(value)));
                vec![change.breaks_source(NO_FIELD).on_wire(cases.along(self.flow))]
            }
            (Err((value, _)), Ok(new)) => {
                let cases = Cases { read_by_old: Effect::breaks(OTHER_VALUE), ..Cases::default() };
                let change = field::added(self.pairing, On::Field, self.flow, new, self.has_rest());
                let before = format!("always {}", self.pairing.old.json(value));
                vec![change.before(before).on_wire(cases.along(self.flow))]
            }
        }
    }

    /// The old property that is the field of the same name although it is called otherwise on the wire.
    fn same_ident(&self, new: usize) -> Option<usize> {
        let wire = &self.new.properties[new].wire;
        if self.old.properties.iter().any(|other| other.wire == *wire) {
            return None;
        }
        // A constant has no name in Rust.
        let ident =
            Some(self.pairing.new.names.member(self.new_id, new)).filter(|ident| !ident.is_empty())?;
        (0..self.old.properties.len()).find(|&old| {
            let gone = &self.old.properties[old].wire;
            self.pairing.old.names.member(self.old_id, old) == ident
                && !self.new.properties.iter().any(|other| other.wire == *gone)
        })
    }

    fn renamed_on_wire(&self, ident: &str, was: &str, is: &str) -> Change {
        let cases = Cases {
            read_by_old: Effect::breaks(OTHER_NAME),
            read_by_new: Effect::breaks(OTHER_NAME),
            written_by_old: Effect::breaks(OTHER_NAME),
            written_by_new: Effect::breaks(OTHER_NAME),
        };
        let change = Change::new(On::Field, Kind::ValueChanged).named(ident);
        change.before(format!("{was:?}")).after(format!("{is:?}")).on_wire(cases.along(self.flow))
    }

    /// Whether `..Default::default()` works on both sides.
    fn has_rest(&self) -> bool {
        let (old, new) = (&self.pairing.old.graph, &self.pairing.new.graph);
        old.get(self.old_id).has_default && new.get(self.new_id).has_default
    }

    fn constants(&self, wire: &str, old: (&Literal, bool), new: (&Literal, bool)) -> Option<Change> {
        let (was, is) = (self.pairing.old.json(old.0), self.pairing.new.json(new.0));
        if was != is {
            let cases = Cases {
                read_by_old: Effect::breaks(OTHER_VALUE),
                read_by_new: Effect::breaks(OTHER_VALUE),
                written_by_old: Effect::breaks(OTHER_VALUE),
                written_by_new: Effect::breaks(OTHER_VALUE),
            };
            let change = Change::new(On::Constant, Kind::ValueChanged).named(wire);
            let change = change.before(was.to_string()).after(is.to_string());
            return Some(change.on_wire(cases.along(self.flow)));
        }
        let lacks = Effect::breaks(LACKS);
        // It is always written; whether it must be there matters to who reads.
        let (kind, cases) = match (old.1, new.1) {
            (true, false) => (Kind::MadeOptional, Cases { read_by_old: lacks, ..Cases::default() }),
            (false, true) => (Kind::MadeRequired, Cases { read_by_new: lacks, ..Cases::default() }),
            (true, true) | (false, false) => return None,
        };
        Some(Change::new(On::Constant, kind).named(wire).on_wire(cases.along(self.flow)))
    }

    fn added(&self, index: usize, property: &Property) -> Change {
        match slot(&self.pairing.new, self.new_id, index, property) {
            Ok(new) => {
                let mut change = field::added(self.pairing, On::Field, self.flow, new, self.has_rest());
                let refused =
                    Cases { read_by_old: Effect::breaks(LACKS), ..Cases::default() }.along(self.flow);
                if self.old.rest == Rest::Deny && refused.old_code.is_some() {
                    change.wire.old_code = refused.old_code;
                }
                change
            }
            Err((value, required)) => {
                let lacks = if required { Effect::breaks(LACKS) } else { None };
                let cases = Cases { read_by_new: lacks, written_by_old: lacks, ..Cases::default() };
                let change = Change::new(On::Constant, Kind::Added).named(&property.wire);
                change.after(self.pairing.new.json(value).to_string()).on_wire(cases.along(self.flow))
            }
        }
    }

    fn removed(&self, index: usize, property: &Property) -> Change {
        match slot(&self.pairing.old, self.old_id, index, property) {
            Ok(old) => {
                let mut change = field::removed(self.pairing, On::Field, self.flow, old);
                let refused =
                    Cases { read_by_new: Effect::breaks(LACKS), ..Cases::default() }.along(self.flow);
                if self.new.rest == Rest::Deny && refused.new_code.is_some() {
                    change.wire.new_code = refused.new_code;
                }
                change
            }
            Err((value, required)) => {
                let lacks = if required { Effect::breaks(LACKS) } else { None };
                let cases = Cases { read_by_old: lacks, written_by_new: lacks, ..Cases::default() };
                let change = Change::new(On::Constant, Kind::Removed).named(&property.wire);
                change.before(self.pairing.old.json(value).to_string()).on_wire(cases.along(self.flow))
            }
        }
    }

    /// Properties that the schema does not name.
    fn rest(&self) -> Option<Change> {
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        let change = Change::new(On::UnknownFields, Kind::Treated)
            .before(rest_text(before, self.old.rest))
            .after(rest_text(after, self.new.rest));
        let refuses = Effect::breaks("properties that the schema does not name are refused");
        match (self.old.rest, self.new.rest) {
            (Rest::Ignore, Rest::Ignore) | (Rest::Deny, Rest::Deny) => None,
            (Rest::Keep(old), Rest::Keep(new)) => {
                let same_name = before.names.extra(self.old_id) == after.names.extra(self.new_id);
                if same_name && self.pairing.same(old, new) {
                    return None;
                }
                let fit = |course, reader, why| {
                    let (from, to) = match course {
                        Course::OldByNew => (old, new),
                        Course::NewByOld => (new, old),
                    };
                    if fits(self.pairing, course, reader, from, to) { None } else { Effect::breaks(why) }
                };
                let cases = Cases {
                    read_by_old: fit(Course::NewByOld, Reader::Models, field::VALUE_READ),
                    read_by_new: fit(Course::OldByNew, Reader::Models, field::VALUE_READ),
                    written_by_old: fit(Course::OldByNew, Reader::Peer, field::VALUE_WRITTEN),
                    written_by_new: fit(Course::NewByOld, Reader::Peer, field::VALUE_WRITTEN),
                };
                Some(change.breaks_source("the type is another").on_wire(cases.along(self.flow)))
            }
            (Rest::Keep(_), Rest::Ignore | Rest::Deny) => {
                let change = change.breaks_source("the field that kept them is gone");
                let refuses = if self.new.rest == Rest::Deny { refuses } else { None };
                let cases = Cases { read_by_new: refuses, ..Cases::default() };
                Some(change.on_wire(cases.along(self.flow)))
            }
            (Rest::Ignore | Rest::Deny, Rest::Keep(_)) => {
                let writing = if self.has_rest() {
                    Effect::without_rest(
                        "literals without `..Default::default()` lack the field that keeps them",
                    )
                } else {
                    Effect::breaks("literals lack the field that keeps them")
                };
                let reading = Effect::without_rest("patterns without `..` lack the field that keeps them");
                Some(change.reading(reading).writing(writing))
            }
            (Rest::Ignore, Rest::Deny) => {
                let cases = Cases { read_by_new: refuses, ..Cases::default() };
                Some(change.on_wire(cases.along(self.flow)))
            }
            (Rest::Deny, Rest::Ignore) => Some(change),
        }
    }
}

fn rest_text(side: &Side<'_>, rest: Rest) -> String {
    match rest {
        Rest::Ignore => "ignored".to_owned(),
        Rest::Deny => "refused".to_owned(),
        Rest::Keep(ty) => format!("kept as BTreeMap<String, {}>", side.spell(ty)),
    }
}

/// The property as a field, or else its constant value and whether that must be there.
fn slot<'s>(
    side: &'s Side<'_>,
    id: TypeId,
    index: usize,
    property: &'s Property,
) -> Result<Slot<'s>, (&'s Literal, bool)> {
    match &property.kind {
        PropertyKind::Field { ty, presence, boxed } => {
            Ok(Slot { ident: side.names.member(id, index), ty: *ty, presence, boxed: *boxed })
        }
        PropertyKind::Constant { value, required } => Err((value, *required)),
    }
}
