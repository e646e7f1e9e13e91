//! Types that contain themselves: which edges need a `Box`.

use crate::ir::{PropertyKind, Shape, TypeId};
use crate::resolve::draft::DraftGraph;

/// An edge from a type to what lies in it by value: its place among the fields or variants, and the type.
type Edge = (usize, TypeId);

/// Boxes what closes a cycle: an edge back to a type that is still open, walking depth first in the order of the ids.
pub(in crate::resolve::passes) fn run(draft: &mut DraftGraph) {
    let mut state = vec![State::New; draft.types.len()];
    let mut back = Vec::new();
    for index in 0..draft.types.len() {
        let root = crate::resolve::convert::type_id(index);
        if state[index] != State::New {
            continue;
        }
        state[index] = State::Open;
        let mut stack: Vec<(TypeId, std::vec::IntoIter<Edge>)> = vec![(root, edges(draft, root).into_iter())];
        while let Some((from, rest)) = stack.last_mut() {
            match rest.next() {
                None => {
                    state[from.0 as usize] = State::Done;
                    stack.pop();
                }
                Some((place, to)) => match state[to.0 as usize] {
                    State::Open => back.push((*from, place)),
                    State::Done => {}
                    State::New => {
                        state[to.0 as usize] = State::Open;
                        stack.push((to, edges(draft, to).into_iter()));
                    }
                },
            }
        }
    }
    for (id, place) in back {
        set_boxed(&mut draft.get_mut(id).shape, place);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
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
        Shape::Newtype { content, .. } => {
            by_value(draft, content.id, &mut |target| found.push((0, target)));
        }
        Shape::Enum(_)
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
    fn an_edge_that_closes_a_cycle_is_boxed() {
        check!(
            "cycles",
            "
                Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' }, all: { type: array, items: { $ref: '#/components/schemas/Node' } } } }
                A: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }
                B: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }
            ",
            @r"
            cycles
              Node: struct
            -   next: Node, optional
            +   next: Node, optional, boxed
                all: [Node], optional
              A: struct
                b: B, optional
              B: struct
            -   a: A, optional
            +   a: A, optional, boxed
            "
        );
    }
}
