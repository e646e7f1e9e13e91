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

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_needs_nothing_that_has_no_default_has_one() {
        check!(
            "default_trait",
            "
                Free: { type: object, properties: { text: { type: string } } }
                Needs: { type: object, required: [free], properties: { free: { $ref: '#/components/schemas/Free' } } }
                Kind: { type: string, enum: [a, b] }
                Picky: { type: object, required: [kind], properties: { kind: { $ref: '#/components/schemas/Kind' } } }
                Itself: { type: object, required: [inner], properties: { inner: { $ref: '#/components/schemas/Itself' } } }
            ",
            @r#"
            default_trait
            - Free: struct
            + Free: struct, has a default
                text: string, optional
            - Needs: struct
            + Needs: struct, has a default
                free: Free, required
              Kind: enum of string
                "a"
                "b"
                and unknown ones
              Picky: struct
                kind: Kind, required
              Itself: struct
                inner: Itself, required, boxed
            "#
        );
    }
}
