//! `X-Input` and `X-Output` that stay two types: which of them can be made from the other field by field.

use std::collections::HashMap;

use crate::ir::{Conversion, Presence, Property, PropertyKind, Rest, Struct, TypeId};
use crate::resolve::draft::DraftGraph;

/// The conversions between the two sides of each pair, in document order.
pub(super) fn conversions(draft: &DraftGraph) -> Vec<Conversion> {
    let by_name: HashMap<&str, TypeId> =
        draft.components.iter().map(|component| (component.name.as_str(), component.ty.id)).collect();
    let mut found = Vec::new();
    for component in &draft.components {
        let Some(stem) = component.name.strip_suffix("-Input") else { continue };
        let Some(output) = by_name.get(format!("{stem}-Output").as_str()) else { continue };
        let input = component.ty.id;
        for (from, to) in [(input, *output), (*output, input)] {
            if from != to && converts(draft, from, to) {
                found.push(Conversion { from, to });
            }
        }
    }
    found
}

fn converts(draft: &DraftGraph, from: TypeId, to: TypeId) -> bool {
    let (Some(from), Some(to)) = (draft.get(from).shape.as_struct(), draft.get(to).shape.as_struct()) else {
        return false;
    };
    let same_rest = match (from.rest, to.rest) {
        (Rest::Keep(from), Rest::Keep(to)) => from == to,
        // What is kept on one side only would be lost on the other.
        (Rest::Keep(_), Rest::Ignore | Rest::Deny) => false,
        (Rest::Ignore | Rest::Deny, Rest::Ignore | Rest::Deny | Rest::Keep(_)) => true,
    };
    let nothing_is_lost = from.properties.iter().all(|property| match &property.kind {
        PropertyKind::Field { .. } => find(to, &property.wire).is_some(),
        PropertyKind::Constant { .. } => true,
    });
    same_rest && nothing_is_lost && to.properties.iter().all(|property| can_be_made(from, property))
}

/// Whether a property can be taken over as it is, or left out.
fn can_be_made(from: &Struct, property: &Property) -> bool {
    match (&property.kind, find(from, &property.wire).map(|source| &source.kind)) {
        (PropertyKind::Constant { .. }, _) => true,
        (PropertyKind::Field { presence, .. }, None) => *presence != Presence::Required,
        (
            PropertyKind::Field { ty, presence, boxed },
            Some(PropertyKind::Field { ty: other, presence: from, boxed: other_boxed }),
        ) => {
            ty == other
                && boxed == other_boxed
                && (same_rust(presence, from) || wraps(ty.nullable, presence, from))
        }
        (PropertyKind::Field { .. }, Some(PropertyKind::Constant { .. })) => false,
    }
}

/// Whether fields of one type and these presences are spelled alike.
fn same_rust(a: &Presence, b: &Presence) -> bool {
    let is_plain = |presence: &Presence| match presence {
        Presence::Required | Presence::Default(_) => true,
        Presence::Optional | Presence::ThreeState => false,
    };
    let is_patch = |presence: &Presence| *presence == Presence::ThreeState;
    is_plain(a) == is_plain(b) && is_patch(a) == is_patch(b)
}

/// Whether what is always there on one side may be absent on the other.
fn wraps(nullable: bool, to: &Presence, from: &Presence) -> bool {
    match (to, from) {
        (Presence::Optional, Presence::Required | Presence::Default(_)) => !nullable,
        (Presence::Optional, Presence::Optional | Presence::ThreeState)
        | (Presence::Required | Presence::Default(_) | Presence::ThreeState, _) => false,
    }
}

fn find<'s>(of: &'s Struct, wire: &str) -> Option<&'s Property> {
    of.properties.iter().find(|property| property.wire == wire)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_side_with_fewer_demands_is_made_from_the_other() {
        check!(
            "conversions",
            "
                Pet-Input: { type: object, properties: { name: { type: string }, age: { type: integer } } }
                Pet-Output: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } }
            ",
            @r"
            conversions
              Pet-Input: struct, has a default
                name: string, optional
                age: integer, optional
              Pet-Output: struct
                name: string, required
                age: integer, optional
            + Pet-Input from Pet-Output
            "
        );
    }
}
