//! What is read and what is sent of a schema: a `readOnly` property is not part of what is sent, and a `writeOnly` one need
//! not be in what is read, where the schema requires such a property (OpenAPI 3.0.4 §4.7.24.2).
//!
//! A schema that is only sent loses what is only read, and one that is only read keeps what is only sent as optional. One
//! that travels both ways becomes two types, of which the one that is read keeps the name. Where nothing of the kind is
//! required one type serves both ways: who sends it leaves out what only the server writes.

use std::collections::HashSet;

use super::split::{Twins, split};
use crate::config::ReadWrite;
use crate::ir::flow::{Flow, flows};
use crate::ir::{
    Access, Candidate, Half, Pair, PairOrigin, Presence, Property, PropertyKind, Rest, Shape, Side, Struct,
    TypeId, VariantSelection,
};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// Splits the types that travel both ways, unless the settings say otherwise, and takes out what does not travel.
pub(super) fn run(draft: &mut DraftGraph, read_write: ReadWrite) {
    let flows = flows(&draft.types, &draft.operations);
    let tags = tags(draft);
    let partial: Vec<bool> = (0..draft.types.len())
        .map(|index| {
            draft.types[index].shape.as_struct().is_some_and(|it| is_partial(type_id(index), it, &tags))
        })
        .collect();
    if !partial.contains(&true) {
        return;
    }
    let twins = match read_write {
        ReadWrite::Split => split(draft, &flows, &partial),
        ReadWrite::One => Twins::default(),
    };
    for index in (0..partial.len()).filter(|index| partial[*index]) {
        let id = type_id(index);
        let halves = match (twins.of(id), flows[index]) {
            (Some(sent), _) => vec![Half { ty: id, side: Side::Read }, Half { ty: sent, side: Side::Sent }],
            (None, Flow::READ) => vec![Half { ty: id, side: Side::Read }],
            (None, Flow::WRITTEN) => vec![Half { ty: id, side: Side::Sent }],
            // No operation leads to it, or it is to be one type.
            (None, _) => Vec::new(),
        };
        for half in halves {
            trim(draft, half, id, &tags);
            draft.halves.push(half);
        }
    }
    let pairs = twins.pairs().map(|(read, sent)| Pair { read, sent, origin: PairOrigin::Split });
    draft.pairs.extend(pairs);
    recount(draft);
}

/// Properties that name the variant of a union which their struct is.
type Tags = HashSet<(TypeId, String)>;

/// They travel both ways whatever the document says: without its tag a value could not be read by the other side.
pub(super) fn tags(draft: &DraftGraph) -> Tags {
    let mut todo: Vec<(TypeId, String)> = Vec::new();
    for ty in &draft.types {
        let Shape::Union(union) = &ty.shape else { continue };
        if let VariantSelection::Tagged(tagged) = &union.reading.object {
            todo.extend(union.variants.iter().map(|variant| (variant.ty.id, tagged.property.clone())));
        }
    }
    let mut found = Tags::new();
    while let Some((id, property)) = todo.pop() {
        let id = draft.unaliased(id);
        if !found.insert((id, property.clone())) {
            continue;
        }
        if let Shape::Union(union) = &draft.get(id).shape {
            todo.extend(union.variants.iter().map(|variant| (variant.ty.id, property.clone())));
        }
    }
    found
}

/// Whether a struct requires a property that travels one way only, and has something left either way.
fn is_partial(id: TypeId, shape: &Struct, tags: &Tags) -> bool {
    let is_required = |property: &Property| match &property.kind {
        PropertyKind::Field { presence, .. } => {
            *presence == Presence::Required || property.required_when_sent
        }
        PropertyKind::Constant { .. } => false,
    };
    let travels = |side| {
        let takes_others = match shape.rest {
            Rest::Keep(_) => true,
            Rest::Ignore | Rest::Deny => false,
        };
        takes_others || shape.properties.iter().any(|property| travels(property, side, id, tags))
    };
    let is_one_way = |property: &Property| {
        [Side::Read, Side::Sent].into_iter().any(|side| !self::travels(property, side, id, tags))
    };
    shape.properties.iter().any(|property| is_required(property) && is_one_way(property))
        && travels(Side::Read)
        && travels(Side::Sent)
}

/// Whether a property of the type travels that way.
fn travels(property: &Property, side: Side, of: TypeId, tags: &Tags) -> bool {
    match property.kind {
        PropertyKind::Constant { .. } => true,
        PropertyKind::Field { .. } => match (property.access, side) {
            (Access::Both, _) | (Access::ReadOnly, Side::Read) | (Access::WriteOnly, Side::Sent) => true,
            (Access::ReadOnly, Side::Sent) | (Access::WriteOnly, Side::Read) => {
                tags.contains(&(of, property.wire.clone()))
            }
        },
    }
}

/// Takes out what does not travel, and requires what is sent. `of` is the type whose tags are known.
fn trim(draft: &mut DraftGraph, half: Half, of: TypeId, tags: &Tags) {
    let Shape::Struct(shape) = &mut draft.get_mut(half.ty).shape else { return };
    match half.side {
        // Some servers send what is `writeOnly`, masked or to those who may see it. It is not required.
        Side::Read => {}
        Side::Sent => {
            shape.properties.retain(|property| travels(property, half.side, of, tags));
            shape.properties.iter_mut().for_each(super::sent::require);
        }
    }
}

/// Settles again which properties the candidates of unions require.
fn recount(draft: &mut DraftGraph) {
    for index in 0..draft.types.len() {
        let Shape::Union(union) = &draft.types[index].shape else { continue };
        let mut object = union.reading.object.clone();
        let renew = |candidates: &mut Vec<Candidate>| {
            for candidate in candidates {
                *candidate = draft.candidate(union, candidate.variant);
            }
        };
        match &mut object {
            VariantSelection::None | VariantSelection::Single(_) => {}
            VariantSelection::BestMatch(candidates) => renew(candidates),
            VariantSelection::Tagged(tagged) => {
                renew(&mut tagged.missing);
                // With a single candidate, its required properties do not matter.
                let arms = tagged.arms.iter_mut().filter(|arm| arm.variants.len() > 1);
                arms.for_each(|arm| renew(&mut arm.variants));
            }
        }
        if let Shape::Union(union) = &mut draft.types[index].shape {
            union.reading.object = object;
        }
    }
}

#[cfg(test)]
#[path = "halves/tests.rs"]
mod tests;
