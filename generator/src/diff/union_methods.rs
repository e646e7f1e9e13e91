//! Compares the methods of unions: conversions from the contents of variants, and accessors for shared fields.

use std::collections::BTreeMap;

use super::model::{Change, Effect, Kind, On};
use super::pairing::Pairing;
use super::side::Side;
use crate::ir::{TypeId, TypeRef, Union, When};

/// The changes of the methods, unless a change of a variant implies them. `old_of` contains the old variant of each new
/// one.
pub(super) fn compare(
    pairing: &Pairing<'_>,
    (old_id, old): (TypeId, &Union),
    (new_id, new): (TypeId, &Union),
    old_of: &[Option<usize>],
) -> Vec<Change> {
    let mut changes = conversions(pairing, (old_id, old), (new_id, new), old_of);
    changes.extend(accessors(pairing, old_id, new_id));
    changes
}

/// The changes of `From` for the contents of variants that are unchanged.
fn conversions(
    pairing: &Pairing<'_>,
    (old_id, old): (TypeId, &Union),
    (new_id, new): (TypeId, &Union),
    old_of: &[Option<usize>],
) -> Vec<Change> {
    let converts = |side: &Side<'_>, id, union: &Union| {
        let contents: Vec<Option<TypeRef>> = union.variants.iter().map(|variant| Some(variant.ty)).collect();
        let converts = side.graph.converts(&contents, Some(id));
        converts.into_iter().map(|converts| converts && side.methods.of_unions).collect::<Vec<_>>()
    };
    let (was, is) = (converts(&pairing.old, old_id, old), converts(&pairing.new, new_id, new));
    let mut changes = Vec::new();
    for (index, before) in old_of.iter().enumerate() {
        let Some(before) = *before else { continue };
        let (from, to) = (old.variants[before].ty, new.variants[index].ty);
        if !pairing.same(from, to) {
            continue;
        }
        changes.extend(match (was[before], is[index]) {
            (true, false) => {
                let gone = format!("From<{}>", pairing.old.spell(from));
                let change = Change::new(On::Conversion, Kind::Removed).before(gone);
                Some(change.writing(Effect::breaks("the conversion is gone")))
            }
            (false, true) => {
                let new = format!("From<{}>", pairing.new.spell(to));
                Some(Change::new(On::Conversion, Kind::Added).after(new))
            }
            (true, true) | (false, false) => None,
        });
    }
    changes
}

/// The changes of accessors for fields that all variants share. Their types are compared with the variants' fields.
fn accessors(pairing: &Pairing<'_>, old_id: TypeId, new_id: TypeId) -> Vec<Change> {
    let (was, is) = (named(&pairing.old, old_id), named(&pairing.new, new_id));
    let mut changes = Vec::new();
    for (name, before) in &was {
        let change = |kind| Change::new(On::Accessor, kind).named(name);
        changes.extend(match (before, is.get(name)) {
            (_, None) => {
                let why = if pairing.new.methods.of_unions {
                    "not all variants have it with one type"
                } else {
                    "the settings leave it out"
                };
                Some(change(Kind::Removed).reading(Effect::breaks(why)))
            }
            (When::Always, Some(When::Known | When::Maybe)) => {
                let why = Effect::breaks("it gives an `Option` now");
                Some(change(Kind::MadeOptional).reading(why))
            }
            (When::Known | When::Maybe, Some(When::Always)) => {
                let why = Effect::breaks("it no longer gives an `Option`");
                Some(change(Kind::MadeRequired).reading(why))
            }
            (When::Always, Some(When::Always))
            | (When::Known | When::Maybe, Some(When::Known | When::Maybe)) => None,
        });
    }
    let added = is.keys().filter(|name| !was.contains_key(*name));
    changes.extend(added.map(|name| Change::new(On::Accessor, Kind::Added).named(name)));
    changes
}

fn named<'s>(side: &'s Side<'_>, id: TypeId) -> BTreeMap<&'s str, When> {
    if !side.methods.of_unions {
        return BTreeMap::new();
    }
    let all = side.graph.accessors(id).iter().enumerate();
    all.filter_map(|(index, accessor)| Some((side.names.accessor(id, index)?, accessor.when))).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_variant_that_lacks_what_all_shared() {
        check_diff!(
            "
                Event: { oneOf: [{ $ref: '#/components/schemas/Start' }, { $ref: '#/components/schemas/Stop' }] }
                Start: { type: object, required: [kind, id, at], properties: { kind: { const: start }, id: { type: string }, at: { type: string } } }
                Stop: { type: object, required: [kind, id, at], properties: { kind: { const: stop }, id: { type: string }, at: { type: string } } }
            ",
            "
                Event: { oneOf: [{ $ref: '#/components/schemas/Start' }, { $ref: '#/components/schemas/Stop' }, { $ref: '#/components/schemas/Pause' }] }
                Start: { type: object, required: [kind, id, at], properties: { kind: { const: start }, id: { type: string }, at: { type: string } } }
                Stop: { type: object, required: [kind, id, at], properties: { kind: { const: stop }, id: { type: string }, at: { type: string } } }
                Pause: { type: object, required: [kind, id], properties: { kind: { const: pause }, id: { type: string } } }
            ",
            @"
            Test 1 -> 1: major (source major, wire patch)
            1 change breaks something, 2 do not

            Breaks:
              Event
                accessor `at` removed
                  reading: not all variants have it with one type

            Breaks nothing:
              Event
                variant `Pause` added: `Pause`

            New:
              Pause
            "
        );
    }

    #[test]
    fn a_union_without_a_tag_whose_variants_may_lack_a_property() {
        check_diff!(
            "
                Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fish' }] }
                Cat: { type: object, required: [name, lives], properties: { name: { type: string }, lives: { type: integer } } }
                Fish: { type: object, required: [name, fins], properties: { name: { type: string }, fins: { type: integer } } }
            ",
            "
                Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fish' }] }
                Cat: { type: object, required: [lives], properties: { name: { type: string }, lives: { type: integer } } }
                Fish: { type: object, required: [fins], properties: { name: { type: string }, fins: { type: integer } } }
            ",
            @"
            Test 1 -> 1: major (source major, wire major)
            3 changes break something, 0 do not

            Breaks:
              Pet
                accessor `name` made optional
                  reading: it gives an `Option` now
              Cat
                field `name` made optional: `String` -> `Option<String>`
                  reading, writing: the type is different
                  old code with the new server: what the server sends may lack it, which is an error
                  new code with the old server: what is sent may lack it, which the server refuses
              Fish
                field `name` made optional: `String` -> `Option<String>`
                  reading, writing: the type is different
                  old code with the new server: what the server sends may lack it, which is an error
                  new code with the old server: what is sent may lack it, which the server refuses
            "
        );
    }

    #[test]
    fn two_variants_that_hold_one_type() {
        check_diff!(
            "
                Pet: { oneOf: [{ type: integer }, { title: Small, type: array, items: { type: string } }] }
            ",
            "
                Pet: { oneOf: [{ type: integer }, { title: Small, type: array, maxItems: 3, items: { type: string } }, { title: Large, type: array, minItems: 4, items: { type: string } }] }
            ",
            @"
            Test 1 -> 1: major (source major, wire none)
            1 change breaks something, 1 does not

            Breaks:
              Pet
                conversion removed: `From<Vec<String>>`
                  writing: the conversion is gone

            Breaks nothing:
              Pet
                variant `Large` added: `Vec<String>`
            "
        );
    }
}
