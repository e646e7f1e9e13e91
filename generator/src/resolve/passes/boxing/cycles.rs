//! Types that contain themselves: which edges need a `Box`.
//!
//! What is boxed depends on the cycle alone, and not on where it is entered: another schema, or another order of schemas,
//! moves no box. So every variant whose content may hold the union again is boxed; then every field of the cycles that are
//! left, and last what newtypes hold.

use super::components;
use crate::ir::{PropertyKind, Shape, TypeId};
use crate::resolve::draft::DraftGraph;

/// An edge from a type to what lies in it by value: its place among the fields or variants, and the type.
type Edge = (usize, TypeId);

/// Boxes what is on a cycle.
pub(in crate::resolve::passes) fn run(draft: &mut DraftGraph) {
    let kinds: [fn(&Shape) -> bool; 3] = [
        |shape| matches!(shape, Shape::Union(_)),
        |shape| matches!(shape, Shape::Struct(_)),
        |shape| matches!(shape, Shape::Newtype { .. }),
    ];
    for is_kind in kinds {
        let edges: Vec<Vec<Edge>> = (0..draft.types.len())
            .map(|index| edges(draft, crate::resolve::convert::type_id(index)))
            .collect();
        let to: Vec<Vec<usize>> =
            edges.iter().map(|edges| edges.iter().map(|(_, to)| to.0 as usize).collect()).collect();
        let component = components::of(&to);
        for (from, edges) in edges.iter().enumerate() {
            let ty = &mut draft.types[from];
            let is_on_cycle = |to: TypeId| component[from] == component[to.0 as usize];
            if is_kind(&ty.shape) {
                let boxed = edges.iter().filter(|(_, to)| is_on_cycle(*to));
                boxed.for_each(|(place, _)| set_boxed(&mut ty.shape, *place));
            }
        }
    }
}

/// What a struct, a union or a newtype holds by value; lists and maps hold nothing by value.
fn edges(draft: &DraftGraph, id: TypeId) -> Vec<Edge> {
    let mut found = Vec::new();
    match &draft.get(id).shape {
        Shape::Struct(shape) => {
            for (place, property) in shape.properties.iter().enumerate() {
                if let PropertyKind::Field { ty, boxed: false, .. } = &property.kind {
                    by_value(draft, ty.id, &mut |target| found.push((place, target)));
                }
            }
        }
        Shape::Union(union) => {
            for (place, variant) in union.variants.iter().enumerate().filter(|(_, variant)| !variant.boxed) {
                by_value(draft, variant.ty.id, &mut |target| found.push((place, target)));
            }
        }
        Shape::Newtype { content, boxed: false } => {
            by_value(draft, content.id, &mut |target| found.push((0, target)));
        }
        Shape::Newtype { boxed: true, .. }
        | Shape::Enum(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => {}
    }
    found
}

/// The types with a definition of their own that lie in a value of the type without an indirection.
fn by_value(draft: &DraftGraph, id: TypeId, found: &mut dyn FnMut(TypeId)) {
    let mut seen = Vec::new();
    let mut todo = vec![id];
    while let Some(at) = todo.pop() {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        match &draft.get(at).shape {
            Shape::Struct(_) | Shape::Union(_) | Shape::Newtype { .. } => found(at),
            Shape::Alias(ty) => todo.push(ty.id),
            Shape::Tuple(tuple) => todo.extend(tuple.places.iter().map(|item| item.id)),
            Shape::Enum(_)
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::External(_)
            | Shape::Any(_) => {}
        }
    }
}

pub(in crate::resolve::passes) fn set_boxed(shape: &mut Shape, place: usize) {
    match shape {
        Shape::Struct(shape) => {
            if let PropertyKind::Field { boxed, .. } = &mut shape.properties[place].kind {
                *boxed = true;
            }
        }
        Shape::Union(union) => union.variants[place].boxed = true,
        Shape::Newtype { boxed, .. } => *boxed = true,
        Shape::Enum(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_fields_on_a_cycle_are_boxed() {
        check!(
            "cycles",
            "
                Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' }, all: { type: array, items: { $ref: '#/components/schemas/Node' } } } }
                A: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }
                B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }
                User: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }
            ",
            @r"
            cycles
              Node: struct
            -   next: Node, optional
            +   next: Node, optional, boxed
                all: [Node], optional
              A: struct
            -   b: B, optional
            +   b: B, optional, boxed
              B: struct
            -   a: A, optional
            +   a: A, optional, boxed
              User: struct
                b: B, optional
            "
        );
    }

    #[test]
    fn a_cycle_through_a_union_is_boxed_in_its_variants() {
        check!(
            "cycles",
            "
                Not: { type: object, required: [filter], properties: { filter: { $ref: '#/components/schemas/Filter' } } }
                Filter: { oneOf: [{ $ref: '#/components/schemas/Not' }, { type: string }] }
            ",
            @r"
            cycles
              Not: struct
                filter: Filter, required
              Filter: union
            -   | Not
            +   | Not, boxed
                | string: string
                string: string
                object: Not
            "
        );
    }
}
