//! Types that contain themselves: which edges need a `Box`, which aliases cannot be aliases.

use super::{Settle, custom};
use crate::diagnostics::Diagnostic;
use crate::ir::{AnyReason, Docs, PropertyKind, Shape, Type, TypeId, TypeRef};

/// Settles loops of aliases, then boxes.
pub(super) fn settle(settle: &mut Settle<'_>) {
    for index in 0..settle.types.len() {
        break_alias_loop(settle, crate::resolve::convert::type_id(index));
    }
    custom::boxes(settle);
    box_back_edges(settle);
}

/// A type that is spelled by structure cannot mention itself in its own spelling.
fn break_alias_loop(settle: &mut Settle<'_>, id: TypeId) {
    if settle.get(id).name.is_none() || !spells_itself(settle, id) {
        return;
    }
    let ty = settle.get(id);
    if leads_only_to_aliases(settle, id) {
        let location = ty.location.clone();
        settle.get_mut(id).shape = Shape::Any(AnyReason::ReferenceLoop);
        settle.sink.push(
            Diagnostic::warning("reference-loop", location, "this schema is only another name for itself")
                .help("it is emitted as any JSON value; let one of the references end at a schema"),
        );
        return;
    }
    let inner = Type { name: None, docs: Docs::default(), ..ty.clone() };
    let inner_id = crate::resolve::convert::type_id(settle.types.len());
    settle.types.push(inner);
    settle.get_mut(id).shape =
        Shape::Newtype { content: TypeRef { id: inner_id, nullable: false }, boxed: false };
}

/// Whether following only what is spelled out in place leads back to `id`.
fn spells_itself(settle: &Settle<'_>, id: TypeId) -> bool {
    let mut seen = Vec::new();
    let mut todo = spelled(&settle.get(id).shape);
    while let Some(at) = todo.pop() {
        if at == id {
            return true;
        }
        if !seen.contains(&at) {
            seen.push(at);
            todo.extend(spelled(&settle.get(at).shape));
        }
    }
    false
}

fn leads_only_to_aliases(settle: &Settle<'_>, id: TypeId) -> bool {
    let mut at = id;
    for _ in 0..settle.types.len() {
        match settle.get(at).shape.as_alias() {
            Some(target) => at = target.id,
            None => return false,
        }
    }
    true
}

/// The types that stand in the spelling of a type without a name of its own.
fn spelled(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::List(ty) | Shape::Map(ty) | Shape::Alias(ty) => vec![ty.id],
        Shape::Tuple(items) => items.iter().map(|item| item.id).collect(),
        Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Scalar(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => Vec::new(),
    }
}

/// An edge from a type to what lies in it by value: its place among the fields or variants, and the type.
type Edge = (usize, TypeId);

/// Walks depth first, in the order of the ids; an edge back to a type that is still open closes a cycle.
fn box_back_edges(settle: &mut Settle<'_>) {
    let mut state = vec![State::New; settle.types.len()];
    let mut back = Vec::new();
    for index in 0..settle.types.len() {
        let root = crate::resolve::convert::type_id(index);
        if state[index] != State::New {
            continue;
        }
        state[index] = State::Open;
        let mut stack: Vec<(TypeId, std::vec::IntoIter<Edge>)> =
            vec![(root, edges(settle, root).into_iter())];
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
                        stack.push((to, edges(settle, to).into_iter()));
                    }
                },
            }
        }
    }
    for (id, place) in back {
        set_boxed(&mut settle.get_mut(id).shape, place);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// What a struct, a union or a newtype holds by value; lists and maps hold nothing by value.
fn edges(settle: &Settle<'_>, id: TypeId) -> Vec<Edge> {
    let mut found = Vec::new();
    match &settle.get(id).shape {
        Shape::Struct(shape) => {
            for (place, property) in shape.properties.iter().enumerate() {
                if let PropertyKind::Field { ty, boxed: false, .. } = &property.kind {
                    by_value(settle, ty.id, &mut |target| found.push((place, target)));
                }
            }
        }
        Shape::Union(union) => {
            for (place, variant) in union.variants.iter().enumerate().filter(|(_, variant)| !variant.boxed) {
                by_value(settle, variant.ty.id, &mut |target| found.push((place, target)));
            }
        }
        Shape::Newtype { content, .. } => {
            by_value(settle, content.id, &mut |target| found.push((0, target)));
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
fn by_value(settle: &Settle<'_>, id: TypeId, found: &mut dyn FnMut(TypeId)) {
    let mut seen = Vec::new();
    let mut todo = vec![id];
    while let Some(at) = todo.pop() {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        match &settle.get(at).shape {
            Shape::Struct(_) | Shape::Union(_) | Shape::Newtype { .. } => found(at),
            Shape::Alias(ty) => todo.push(ty.id),
            Shape::Tuple(items) => todo.extend(items.iter().map(|item| item.id)),
            Shape::Enum(_)
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::External(_)
            | Shape::Any(_) => {}
        }
    }
}

pub(super) fn set_boxed(shape: &mut Shape, place: usize) {
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
