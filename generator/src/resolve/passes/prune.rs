//! Forgets what nothing mentions: types that a later pass took the place of, and components that are not kept.

use crate::ir::{Literal, Owner, Scalar, Shape, TypeId};
use crate::resolve::draft::DraftGraph;

/// Empties unreachable types, so that they are neither named nor emitted, and drops their components. Ids of types
/// stay as they are.
pub(super) fn prune(draft: &mut DraftGraph) {
    let reached = reached(draft);
    for (ty, reached) in draft.types.iter_mut().zip(&reached) {
        if !reached {
            ty.name = None;
            ty.shape = Shape::Scalar(Scalar::Null);
        }
    }
    let is_reached = |id: TypeId| reached[id.0 as usize];
    draft.pairs.retain(|pair| is_reached(pair.read) && is_reached(pair.sent));
    draft.halves.retain(|half| is_reached(half.ty));
    drop_components(draft, &reached);
}

/// By type: whether a component that is kept for its own sake or an operation leads to it.
fn reached(draft: &DraftGraph) -> Vec<bool> {
    let mut reached = vec![false; draft.types.len()];
    let roots = draft.components.iter().zip(&draft.roots).filter(|(_, is_root)| **is_root);
    let mut todo: Vec<TypeId> = roots.map(|(component, _)| component.ty.id).collect();
    for operation in &draft.operations {
        todo.extend(operation.mentions());
        for parameter in &operation.parameters {
            if let Some(value) = parameter.default_value() {
                mentioned(value, &mut todo);
            }
        }
    }
    while let Some(id) = todo.pop() {
        let index = id.0 as usize;
        if std::mem::replace(&mut reached[index], true) {
            continue;
        }
        let ty = &draft.types[index];
        todo.extend(ty.shape.mentions());
        // A type stands in the file of the component that it was written inside of first, and is named after it.
        if let Some(Owner::Component(owner)) = ty.name.as_ref().map(|hint| hint.owner) {
            todo.push(draft.components[owner].ty.id);
        }
        if let Shape::Struct(shape) = &ty.shape {
            for property in &shape.properties {
                if let Some(value) = property.default_value() {
                    mentioned(value, &mut todo);
                }
            }
        }
    }
    reached
}

/// Drops the components whose types are not reached; owners count on among those that stay.
fn drop_components(draft: &mut DraftGraph, reached: &[bool]) {
    let mut place = Vec::with_capacity(draft.components.len());
    let mut next = 0;
    draft.components.retain(|component| {
        let is_kept = reached[component.ty.id.0 as usize];
        place.push(next);
        next += usize::from(is_kept);
        is_kept
    });
    for hint in draft.types.iter_mut().filter_map(|ty| ty.name.as_mut()) {
        if let Owner::Component(owner) = &mut hint.owner {
            *owner = place[*owner];
        }
    }
}

/// The types that a literal names.
fn mentioned(value: &Literal, found: &mut Vec<TypeId>) {
    match value {
        Literal::EnumValue(id, _) | Literal::UnknownEnumValue(id, _) | Literal::UnknownVariant(id, _) => {
            found.push(*id);
        }
        Literal::List(items) => items.iter().for_each(|item| mentioned(item, found)),
        Literal::Map(entries) => entries.iter().for_each(|(_, value)| mentioned(value, found)),
        Literal::Struct(id, fields, rest) => {
            found.push(*id);
            fields.iter().for_each(|(_, value)| mentioned(value, found));
            rest.iter().for_each(|(_, value)| mentioned(value, found));
        }
        Literal::Variant(id, _, content) => {
            found.push(*id);
            mentioned(content, found);
        }
        Literal::Null
        | Literal::Bool(_)
        | Literal::Integer(_)
        | Literal::Float(_)
        | Literal::String(_)
        | Literal::Any(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_nothing_mentions_any_more_is_gone() {
        check!(
            "prune",
            "
                Pet-Input: { type: object, properties: { tag: { type: object, properties: { a: { type: string } } } } }
                Pet-Output: { type: object, properties: { tag: { type: object, properties: { a: { type: string } } } } }
            ",
            @r"
            prune
              Pet-Input -> Pet-Output
            - Pet-Input: struct, has a default
            -   tag: Pet-Output.tag, optional
              Pet-Output: struct, has a default
                tag: Pet-Output.tag, optional
            - Pet-Input.tag: struct, has a default
            -   a: string, optional
              Pet-Output.tag: struct, has a default
                a: string, optional
            "
        );
    }
}
