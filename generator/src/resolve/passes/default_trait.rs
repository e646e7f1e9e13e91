//! Which types can be made from nothing.

use crate::ir::{Presence, PropertyKind, Shape, TypeRef};
use crate::resolve::draft::DraftGraph;

/// Settles `has_default`: the least set that holds, so that a struct which needs itself has none.
pub(super) fn run(draft: &mut DraftGraph) {
    let mut mentioned_by: Vec<Vec<usize>> = vec![Vec::new(); draft.types.len()];
    for (index, ty) in draft.types.iter().enumerate() {
        ty.shape.mentions().iter().for_each(|id| mentioned_by[id.0 as usize].push(index));
    }
    let mut todo: Vec<usize> = (0..draft.types.len()).collect();
    while let Some(index) = todo.pop() {
        if !draft.types[index].has_default && can_be_made(draft, &draft.types[index].shape) {
            draft.types[index].has_default = true;
            // Who needs this one may be made now.
            todo.extend(&mentioned_by[index]);
        }
    }
}

fn can_be_made(draft: &DraftGraph, shape: &Shape) -> bool {
    let has_default = |ty: &TypeRef| ty.nullable || draft.get(ty.id).has_default;
    match shape {
        Shape::Struct(shape) => shape.properties.iter().all(|property| match &property.kind {
            PropertyKind::Constant { .. } => true,
            PropertyKind::Field { ty, presence, .. } => match presence {
                Presence::Required => property.initial.is_some() || has_default(ty),
                Presence::Optional | Presence::Default(_) | Presence::ThreeState => true,
            },
        }),
        Shape::Tuple(tuple) => tuple.places.iter().all(has_default),
        Shape::Alias(ty) => has_default(ty),
        Shape::List(_) | Shape::Map(_) | Shape::Scalar(_) | Shape::Any(_) => true,
        Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } | Shape::External(_) => false,
    }
}
