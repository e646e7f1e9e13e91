//! Compares structs.

use std::collections::{HashMap, HashSet};

use super::change::Cases;
use super::constructor;
use super::field::{self, Slot};
use super::fits::{Course, Reader, fits, refuses_strangers};
use super::fixed::{self, Fixed, OTHER_VALUE};
use super::model::{Change, Effect, Kind, On, Wire};
use super::pairing::Pairing;
use super::side::Side;
use super::values;
use crate::ir::flow::Flow;
use crate::ir::{Literal, Need, Property, PropertyKind, Rest, Struct, TypeId};
use crate::naming;
use crate::number;

const NO_FIELD: &str = "it is no longer a field";
const OTHER_NAME: &str = "the expected name is different";
const LACKS: &str = "the other side lacks it, or does not expect it";
const STRANGER_READ: &str = "properties that the schema does not declare are refused";
const STRANGER_WRITTEN: &str = "the server refuses properties that it does not declare";

/// The changes of a struct.
pub(super) fn compare(
    pairing: &Pairing<'_>,
    flow: Flow,
    (old_id, old): (TypeId, &Struct),
    (new_id, new): (TypeId, &Struct),
) -> Vec<Change> {
    let has_rest = has_rest(pairing, old_id, new_id);
    let object = Object { pairing, flow, old_id, new_id, old, new, has_rest };
    let old_of = object.old_of();
    let mut changes = Vec::new();
    for (index, property) in new.properties.iter().enumerate() {
        match old_of[index] {
            Some(other) => changes.extend(object.both(other, index)),
            None => changes.push(object.added(index, property)),
        }
    }
    let mut stayed = vec![false; old.properties.len()];
    old_of.iter().flatten().for_each(|index| stayed[*index] = true);
    for (index, property) in old.properties.iter().enumerate().filter(|(index, _)| !stayed[*index]) {
        changes.push(object.removed(index, property));
    }
    changes.extend(object.rest());
    let has = (pairing.old.graph.get(old_id).has_default, pairing.new.graph.get(new_id).has_default);
    changes.extend(default_trait(has));
    changes.extend(constructor::compare(
        slots(&pairing.old, old_id, old).as_deref(),
        slots(&pairing.new, new_id, new).as_deref(),
    ));
    changes
}

/// The fields of a struct as arguments of `new`, or `None` if structs have no `new`.
fn slots(side: &Side<'_>, id: TypeId, shape: &Struct) -> Option<Vec<constructor::Slot>> {
    let all = shape.properties.iter().enumerate().filter_map(|(index, property)| {
        let PropertyKind::Field { presence, .. } = &property.kind else { return None };
        Some(constructor::Slot {
            name: side.names.member(id, index).to_owned(),
            is_given: side.graph.is_given(property),
            is_bare: constructor::is_bare(presence),
        })
    });
    side.methods.constructors.then(|| all.collect())
}

/// The change of `impl Default`.
pub(super) fn default_trait(has: (bool, bool)) -> Option<Change> {
    match has {
        (true, false) => {
            let change = Change::new(On::Default, Kind::Removed);
            Some(change.writing(Effect::breaks("`Default` is no longer implemented")))
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
    /// Whether `..Default::default()`, or `..` with the same call of `new`, works on both sides.
    has_rest: bool,
}

/// Whether `..` with the same expression completes a literal on both sides.
fn has_rest(pairing: &Pairing<'_>, old_id: TypeId, new_id: TypeId) -> bool {
    let given = |side: &Side<'_>, id: TypeId| -> Vec<String> {
        let given = side.graph.given(id).into_iter();
        given.map(|index| side.names.member(id, index).to_owned()).collect()
    };
    let (old, new) = (&pairing.old, &pairing.new);
    let have_base = old.graph.has_base(old_id) && new.graph.has_base(new_id);
    have_base && given(old, old_id) == given(new, new_id)
}

impl Object<'_, '_> {
    fn both(&self, old: usize, new: usize) -> Vec<Change> {
        let (before, after) = (&self.old.properties[old], &self.new.properties[new]);
        let (was, is) = (self.flow_of_old(before), self.flow_of_new(after));
        // If only one version has it in a direction, it appears or disappears there.
        let flow = was.and(is);
        let mut changes = self.pair(flow, (old, before), (new, after));
        let appears = Flow { read: is.read && !was.read, written: is.written && !was.written };
        let disappears = Flow { read: was.read && !is.read, written: was.written && !is.written };
        let (Ok(old), Ok(new)) = (
            slot(&self.pairing.old, self.old_id, old, before),
            slot(&self.pairing.new, self.new_id, new, after),
        ) else {
            return changes;
        };
        let more = [field::appears(new).along(appears), field::disappears(old).along(disappears)];
        for wire in more.into_iter().filter(|wire| *wire != Wire::default()) {
            match changes.first_mut() {
                Some(change) => change.wire = change.wire.or(wire),
                None => changes.push(Change::new(On::Field, Kind::Changed).named(new.ident).on_wire(wire)),
            }
        }
        changes
    }

    /// The directions in which an old property is sent. A side of a pair may not have it.
    fn flow_of_old(&self, property: &Property) -> Flow {
        present(self.flow, self.pairing.old.needs(self.old_id, property))
    }

    fn flow_of_new(&self, property: &Property) -> Flow {
        present(self.flow, self.pairing.new.needs(self.new_id, property))
    }

    fn pair(
        &self,
        flow: Flow,
        (old, before): (usize, &Property),
        (new, after): (usize, &Property),
    ) -> Vec<Change> {
        let was_needed = self.pairing.old.needs(self.old_id, before);
        let is_needed = self.pairing.new.needs(self.new_id, after);
        match (
            slot(&self.pairing.old, self.old_id, old, before),
            slot(&self.pairing.new, self.new_id, new, after),
        ) {
            (Ok(old), Ok(new)) => {
                let mut changes = field::changed(self.pairing, On::Field, flow, old, new);
                if before.wire != after.wire {
                    changes.push(self.renamed_on_wire(flow, new.ident, &before.wire, &after.wire));
                }
                changes
            }
            (Err(old), Err(new)) => {
                let reads = (was_needed.1, is_needed.1);
                self.constants(flow, &after.wire, old, new, reads).into_iter().collect()
            }
            (Ok(old), Err((value, required))) => {
                let value = &self.pairing.new.json(value);
                let change = Change::new(On::Field, Kind::Removed)
                    .named(old.ident)
                    .before(old.shown(&self.pairing.old))
                    .after(format!("always {value}"))
                    .breaks_source(NO_FIELD);
                let cases =
                    |required| fixed::became_constant(&self.pairing.old, &old, Fixed { value, required });
                let (sent, read) = is_needed;
                let cases = Cases {
                    read_by_old: cases(read == Need::Required).read_by_old,
                    written_by_old: cases(sent == Need::Required).written_by_old,
                    ..cases(required)
                };
                vec![change.on_wire(cases.along(flow))]
            }
            (Err((value, required)), Ok(new)) => {
                let value = &self.pairing.old.json(value);
                let change = field::added(self.pairing, On::Field, new, self.has_rest);
                let cases =
                    |required| fixed::became_field(&self.pairing.new, Fixed { value, required }, &new);
                // The models read and write the type of both sides, while the server has the single side.
                let (sent, read) = was_needed;
                let cases = Cases {
                    read_by_new: cases(read == Need::Required).read_by_new,
                    written_by_new: cases(sent == Need::Required).written_by_new,
                    ..cases(required)
                };
                vec![change.before(format!("always {value}")).on_wire(cases.along(flow))]
            }
        }
    }

    /// For each new property the old one with the same name on the wire, or else the one with the same field name.
    fn old_of(&self) -> Vec<Option<usize>> {
        let old = self.old.properties.iter().enumerate();
        let by_wire: HashMap<&str, usize> =
            old.map(|(index, property)| (property.wire.as_str(), index)).collect();
        let kept: HashSet<&str> = self.new.properties.iter().map(|property| property.wire.as_str()).collect();
        // A constant has no Rust name.
        let by_ident: HashMap<&str, usize> = (0..self.old.properties.len())
            .rev()
            .filter(|&index| !kept.contains(self.old.properties[index].wire.as_str()))
            .map(|index| (self.pairing.old.names.member(self.old_id, index), index))
            .filter(|(ident, _)| !ident.is_empty())
            .collect();
        let properties = self.new.properties.iter().enumerate();
        properties
            .map(|(index, property)| {
                let ident = self.pairing.new.names.member(self.new_id, index);
                by_wire.get(property.wire.as_str()).or_else(|| by_ident.get(ident)).copied()
            })
            .collect()
    }

    fn renamed_on_wire(&self, flow: Flow, ident: &str, was: &str, is: &str) -> Change {
        let cases = Cases {
            read_by_old: Effect::breaks(OTHER_NAME),
            read_by_new: Effect::breaks(OTHER_NAME),
            written_by_old: Effect::breaks(OTHER_NAME),
            written_by_new: Effect::breaks(OTHER_NAME),
        };
        let change = Change::new(On::Field, Kind::ValueChanged).named(ident);
        change.before(format!("{was:?}")).after(format!("{is:?}")).on_wire(cases.along(flow))
    }

    fn constants(
        &self,
        flow: Flow,
        wire: &str,
        old: (&Literal, bool),
        new: (&Literal, bool),
        reads: (Need, Need),
    ) -> Option<Change> {
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
            return Some(change.on_wire(cases.along(flow)));
        }
        // It is always written, so whether it is required matters only to readers: to the models when a server of the
        // other version sends it.
        let lacks = |is_required: bool, sent: Need| {
            if is_required && sent != Need::Required { Effect::breaks(LACKS) } else { None }
        };
        let cases = Cases {
            read_by_old: lacks(old.1, reads.1),
            read_by_new: lacks(new.1, reads.0),
            ..Cases::default()
        };
        let kind = match (old.1, new.1) {
            (true, false) => Kind::MadeOptional,
            (false, true) => Kind::MadeRequired,
            (true, true) | (false, false) => return None,
        };
        Some(Change::new(On::Constant, kind).named(wire).on_wire(cases.along(flow)))
    }

    fn added(&self, index: usize, property: &Property) -> Change {
        let (change, cases) = match slot(&self.pairing.new, self.new_id, index, property) {
            Ok(new) => (field::added(self.pairing, On::Field, new, self.has_rest), field::appears(new)),
            Err((value, required)) => {
                let (sent, _) = self.pairing.new.needs(self.new_id, property);
                let lacked = required.then_some(LACKS).and_then(Effect::breaks);
                let change = Change::new(On::Constant, Kind::Added).named(&property.wire);
                let change = change.after(number::text(&self.pairing.new.json(value)));
                (change, Cases { read_by_new: lacked, written_by_old: lacks(sent), ..Cases::default() })
            }
        };
        let stranger = |reader| self.stranger(Course::NewByOld, reader, property);
        // A program that does not know the property omits it if possible.
        let written = always_written(property);
        let strange = Cases {
            read_by_old: stranger(Reader::Models),
            written_by_new: stranger(Reader::Peer).filter(|_| written),
            ..Cases::default()
        };
        change.on_wire(cases.and(strange).along(self.flow_of_new(property)))
    }

    fn removed(&self, index: usize, property: &Property) -> Change {
        let (change, cases) = match slot(&self.pairing.old, self.old_id, index, property) {
            Ok(old) => (field::removed(self.pairing, On::Field, old), field::disappears(old)),
            Err((value, required)) => {
                let (sent, _) = self.pairing.old.needs(self.old_id, property);
                let lacked = required.then_some(LACKS).and_then(Effect::breaks);
                let change = Change::new(On::Constant, Kind::Removed).named(&property.wire);
                let change = change.before(number::text(&self.pairing.old.json(value)));
                (change, Cases { read_by_old: lacked, written_by_new: lacks(sent), ..Cases::default() })
            }
        };
        let stranger = |reader| self.stranger(Course::OldByNew, reader, property);
        let strange = Cases {
            read_by_new: stranger(Reader::Models),
            written_by_old: stranger(Reader::Peer),
            ..Cases::default()
        };
        change.on_wire(cases.and(strange).along(self.flow_of_old(property)))
    }

    /// The effect on a reader that does not have the property.
    fn stranger(&self, course: Course, reader: Reader, property: &Property) -> Option<Effect> {
        let (source, target, to) = match course {
            Course::OldByNew => (&self.pairing.old, &self.pairing.new, self.new),
            Course::NewByOld => (&self.pairing.new, &self.pairing.old, self.old),
        };
        let (refused, other) = match reader {
            Reader::Models => (STRANGER_READ, field::VALUE_READ),
            Reader::Peer => (STRANGER_WRITTEN, field::VALUE_WRITTEN),
        };
        let fits = match (to.rest, &property.kind) {
            (Rest::Ignore | Rest::Deny, _) => {
                return if refuses_strangers(to, reader) { Effect::breaks(refused) } else { None };
            }
            (Rest::Keep(to), PropertyKind::Field { ty, .. }) => fits(self.pairing, course, reader, *ty, to),
            (Rest::Keep(to), PropertyKind::Constant { value, .. }) => {
                values::constant_fits(target, reader, &source.json(value), to)
            }
        };
        if fits { None } else { Effect::breaks(other) }
    }

    /// The change in how undeclared properties are handled.
    fn rest(&self) -> Option<Change> {
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        let change = Change::new(On::UnknownFields, Kind::Treated)
            .before(rest_text(before, self.old.rest))
            .after(rest_text(after, self.new.rest));
        let refuses = Effect::breaks(STRANGER_READ);
        match (self.old.rest, self.new.rest) {
            (Rest::Ignore, Rest::Ignore) | (Rest::Deny, Rest::Deny) => None,
            (Rest::Keep(old), Rest::Keep(new)) => {
                let same_name = before.names.extra(self.old_id) == after.names.extra(self.new_id);
                if same_name && self.pairing.same_map() && self.pairing.same(old, new) {
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
                Some(change.breaks_source("the type is different").on_wire(cases.along(self.flow)))
            }
            (Rest::Keep(_), Rest::Ignore | Rest::Deny) => {
                let change = change.breaks_source("the field that kept them is gone");
                let refuses = |reader, why| {
                    if refuses_strangers(self.new, reader) { Effect::breaks(why) } else { None }
                };
                let cases = Cases {
                    read_by_new: refuses(Reader::Models, STRANGER_READ),
                    written_by_old: refuses(Reader::Peer, STRANGER_WRITTEN),
                    ..Cases::default()
                };
                Some(change.on_wire(cases.along(self.flow)))
            }
            (Rest::Ignore | Rest::Deny, Rest::Keep(_)) => {
                let writing = if self.has_rest {
                    Effect::without_rest("literals without `..` lack the field that keeps them")
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

/// Those of the directions in which a property is sent.
fn present(flow: Flow, (sent, read): (Need, Need)) -> Flow {
    flow.and(Flow { read: read != Need::Absent, written: sent != Need::Absent })
}

fn lacks(need: Need) -> Option<Effect> {
    if need == Need::Required { Effect::breaks(LACKS) } else { None }
}

/// Whether a program that has the property always writes it.
fn always_written(property: &Property) -> bool {
    match &property.kind {
        PropertyKind::Constant { .. } => true,
        PropertyKind::Field { presence, .. } => constructor::is_bare(presence),
    }
}

fn rest_text(side: &Side<'_>, rest: Rest) -> String {
    match rest {
        Rest::Ignore => "ignored".to_owned(),
        Rest::Deny => "refused".to_owned(),
        Rest::Keep(ty) => {
            let map = naming::map_type(side.graph.libraries()).rsplit("::").next().unwrap_or_default();
            format!("kept as {map}<String, {}>", side.spell(ty))
        }
    }
}

/// The property as a field, or else its constant value and whether it is required.
fn slot<'s>(
    side: &'s Side<'_>,
    id: TypeId,
    index: usize,
    property: &'s Property,
) -> Result<Slot<'s>, (&'s Literal, bool)> {
    match &property.kind {
        PropertyKind::Field { ty, presence, boxed } => Ok(Slot {
            ident: side.names.member(id, index),
            ty: *ty,
            presence,
            initial: property.initial.as_ref(),
            boxed: *boxed,
            omits_default: property.omits_default,
        }),
        PropertyKind::Constant { value, required } => Err((value, *required)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_new_optional_property() {
        check_diff!(
            "
                Pet: { type: object, properties: { name: { type: string } } }
            ",
            "
                Pet: { type: object, properties: { name: { type: string }, age: { type: integer } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire none)
            1 change breaks something, 0 do not

            Breaks code that names every field:
              Pet: field `age` added
                reading: patterns without `..` lack them
                writing: literals without `..` lack them
            "
        );
    }

    #[test]
    fn a_property_that_is_gone() {
        check_diff!(
            "
                Pet: { type: object, properties: { name: { type: string }, age: { type: integer } } }
            ",
            "
                Pet: { type: object, properties: { name: { type: string } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire none)
            1 change breaks something, 0 do not

            Breaks:
              Pet
                field `age` removed: `Option<i64>`
                  reading, writing: it is gone
            "
        );
    }
}
