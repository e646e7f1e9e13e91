//! How a reader picks the variant of each union: rungs 2 to 5 of the ladder.

use super::Settle;
use super::branch_tag::BranchTags;
use super::kinds::{Kinds, kinds};
use super::tagged::{tag_property, tagged};
use crate::ir::{ObjectReading, Reading, Scalar, Shape, TypeId, Union};

/// Settles the reading of every union.
pub(super) fn settle(settle: &mut Settle<'_>) {
    let kinds = kinds(settle);
    let mut tags = BranchTags::new(settle);
    for index in 0..settle.types.len() {
        let id = crate::resolve::convert::type_id(index);
        let Shape::Union(union) = &settle.get(id).shape else { continue };
        let reading = reading(settle, id, union, &kinds, &mut tags);
        if let Shape::Union(union) = &mut settle.get_mut(id).shape {
            union.reading = reading;
        }
    }
}

fn reading(
    settle: &Settle<'_>,
    id: TypeId,
    union: &Union,
    kinds: &[Kinds],
    tags: &mut BranchTags,
) -> Reading {
    let all: Vec<Kinds> = union.variants.iter().map(|variant| kinds[variant.ty.id.0 as usize]).collect();
    let takers = |takes: fn(&Kinds) -> bool| -> Vec<usize> {
        let mut found: Vec<_> = (0..all.len()).filter(|index| takes(&all[*index])).collect();
        // Most constrained first; document order among equals.
        found.sort_by_key(|index| rank(settle, union.variants[*index].ty.id));
        found
    };
    let objects: Vec<_> = (0..all.len()).filter(|index| all[*index].object).collect();
    Reading {
        boolean: takers(|kinds| kinds.boolean),
        integer: takers(|kinds| kinds.integer),
        number: takers(|kinds| kinds.number),
        string: takers(|kinds| kinds.string),
        array: takers(|kinds| kinds.array),
        object: object_reading(settle, id, union, &objects, tags),
    }
}

fn object_reading(
    settle: &Settle<'_>,
    id: TypeId,
    union: &Union,
    objects: &[usize],
    tags: &mut BranchTags,
) -> ObjectReading {
    if let Some(property) = tag_property(settle, id, objects, tags)
        && let Some(tagged) = tagged(settle, id, objects, property, tags)
    {
        return ObjectReading::Tagged(tagged);
    }
    match objects {
        [] => ObjectReading::Refuse,
        [only] => ObjectReading::One(*only),
        several => ObjectReading::Fit(several.iter().map(|index| settle.candidate(union, *index)).collect()),
    }
}

/// How much a type constrains a value of the JSON type that it takes: less comes first.
fn rank(settle: &Settle<'_>, id: TypeId) -> u8 {
    match &settle.get(settle.unaliased(id)).shape {
        Shape::Enum(found) if !found.open => 0,
        Shape::Scalar(scalar) => match scalar {
            Scalar::Uuid | Scalar::DateTime | Scalar::Date | Scalar::Boolean | Scalar::Null => 1,
            Scalar::Base64 => 2,
            Scalar::Integer(_) => 3,
            Scalar::Float(_) => 4,
            Scalar::Secret | Scalar::String | Scalar::Binary => 7,
        },
        Shape::Tuple(_) => 1,
        Shape::Struct(_) | Shape::Map(_) | Shape::List(_) | Shape::Union(_) => 5,
        Shape::Enum(_) => 6,
        // Its values are some of those that its JSON type has.
        Shape::External(found) if found.json.is_some() => 2,
        Shape::External(_) | Shape::Any(_) | Shape::Alias(_) | Shape::Newtype { .. } => 8,
    }
}
