//! Which types can be made from nothing.

use super::Settle;
use crate::ir::{Presence, PropertyKind, Shape, TypeRef};

/// Settles `has_default`: the least set that holds, so that a struct which needs itself has none.
pub(super) fn settle(settle: &mut Settle<'_>) {
    let mut mentioned_by: Vec<Vec<usize>> = vec![Vec::new(); settle.types.len()];
    for (index, ty) in settle.types.iter().enumerate() {
        ty.shape.mentions().iter().for_each(|id| mentioned_by[id.0 as usize].push(index));
    }
    let mut todo: Vec<usize> = (0..settle.types.len()).collect();
    while let Some(index) = todo.pop() {
        if !settle.types[index].has_default && can_be_made(settle, &settle.types[index].shape) {
            settle.types[index].has_default = true;
            // Who needs this one may be made now.
            todo.extend(&mentioned_by[index]);
        }
    }
}

fn can_be_made(settle: &Settle<'_>, shape: &Shape) -> bool {
    let has_default = |ty: &TypeRef| ty.nullable || settle.get(ty.id).has_default;
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
