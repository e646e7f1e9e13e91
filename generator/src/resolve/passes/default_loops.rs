//! Defaults that contain themselves: a node whose next node is by default a node made from nothing has no end.

use std::collections::HashSet;

use super::loops::Loops;
use crate::diagnostics::{Diagnostic, Sink};
use crate::ir::{Literal, Presence, PropertyKind, Rest, Shape, TypeId};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// Takes away each default that closes such a circle.
pub(super) fn run(draft: &mut DraftGraph, sink: &mut Sink) {
    let loops = Loops::of((0..draft.types.len()).map(|index| made_with(draft, type_id(index))).collect());
    for index in (0..draft.types.len()).filter(|index| loops.may_lead_through(type_id(*index))) {
        for (place, made) in made_by_defaults(draft, type_id(index)) {
            if leads_to(draft, made, type_id(index)) {
                take_away(draft, index, place, sink);
            }
        }
    }
}

/// What making a type from nothing makes with it.
fn made_with(draft: &DraftGraph, id: TypeId) -> Vec<TypeId> {
    let by_defaults = made_by_defaults(draft, id).into_iter().flat_map(|(_, made)| made);
    by_defaults.chain(required_structs(draft, id)).collect()
}

/// For each field with a default, the structs of which it leaves something to their own defaults.
fn made_by_defaults(draft: &DraftGraph, id: TypeId) -> Vec<(usize, Vec<TypeId>)> {
    let Shape::Struct(shape) = &draft.get(id).shape else { return Vec::new() };
    let mut found = Vec::new();
    for (place, property) in shape.properties.iter().enumerate() {
        if let Some(value) = property.default_value() {
            let mut made = Vec::new();
            left_open(draft, value, &mut made);
            if !made.is_empty() {
                found.push((place, made));
            }
        }
    }
    found
}

fn left_open(draft: &DraftGraph, value: &Literal, made: &mut Vec<TypeId>) {
    match value {
        Literal::Struct(of, given, rest) => {
            if let Shape::Struct(shape) = &draft.get(*of).shape {
                let is_field = |kind: &PropertyKind| matches!(kind, PropertyKind::Field { .. });
                let fields = shape.properties.iter().filter(|property| is_field(&property.kind)).count();
                if given.len() < fields || rest.is_empty() && matches!(shape.rest, Rest::Keep(_)) {
                    made.push(*of);
                }
            }
            given.iter().for_each(|(_, value)| left_open(draft, value, made));
            rest.iter().for_each(|(_, value)| left_open(draft, value, made));
        }
        Literal::List(items) => items.iter().for_each(|item| left_open(draft, item, made)),
        Literal::Map(entries) => entries.iter().for_each(|(_, value)| left_open(draft, value, made)),
        Literal::Variant(_, _, content) => left_open(draft, content, made),
        Literal::Null
        | Literal::Bool(_)
        | Literal::Integer(_)
        | Literal::Float(_)
        | Literal::String(_)
        | Literal::EnumValue(..)
        | Literal::UnknownEnumValue(..)
        | Literal::UnknownVariant(..)
        | Literal::Any(_) => {}
    }
}

/// Whether making these structs from nothing makes `id`.
fn leads_to(draft: &DraftGraph, made: Vec<TypeId>, id: TypeId) -> bool {
    let mut seen = HashSet::new();
    let mut todo = made;
    while let Some(at) = todo.pop() {
        if at == id {
            return true;
        }
        if seen.insert(at) {
            todo.extend(made_with(draft, at));
        }
    }
    false
}

/// What a struct that is made from nothing makes of its required fields.
fn required_structs(draft: &DraftGraph, id: TypeId) -> Vec<TypeId> {
    let Shape::Struct(shape) = &draft.get(id).shape else { return Vec::new() };
    let without_default = shape.properties.iter().filter(|property| property.initial.is_none());
    let fields = without_default.filter_map(|property| match &property.kind {
        PropertyKind::Field { ty, presence: Presence::Required, .. } if !ty.nullable => Some(ty.id),
        PropertyKind::Field { .. } | PropertyKind::Constant { .. } => None,
    });
    fields.map(|id| draft.unaliased(id)).collect()
}

fn take_away(draft: &mut DraftGraph, index: usize, place: usize, sink: &mut Sink) {
    let Shape::Struct(shape) = &mut draft.types[index].shape else { return };
    let property = &mut shape.properties[place];
    let location = property.location.keyword("default");
    property.initial = None;
    if let PropertyKind::Field { presence: presence @ Presence::Default(_), .. } = &mut property.kind {
        *presence = Presence::Optional;
    }
    let message = "the default does not fit: it contains itself";
    sink.push(
        Diagnostic::warning("default-does-not-fit", location, message)
            .help("the property is emitted without a default; write the inner values out"),
    );
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_default_that_makes_itself_is_taken_away() {
        check!(
            "default_loops",
            "
                Node: { type: object, properties: { next: { default: {}, allOf: [{ $ref: '#/components/schemas/Node' }] } } }
                Leaf: { type: object, properties: { twig: { default: {}, allOf: [{ $ref: '#/components/schemas/Twig' }] } } }
                Twig: { type: object, properties: { length: { type: integer } } }
            ",
            @r"
            default_loops
              Node: struct
            -   next: Node, default Node {}
            +   next: Node, optional
              Leaf: struct
                twig: Twig, default Twig {}
              Twig: struct
                length: integer, optional
            ! default-does-not-fit at /components/schemas/Node/properties/next/default: the default does not fit: it contains itself
            "
        );
    }
}
