//! Forgets types that nothing mentions: what a later pass took the place of.

use super::Settle;
use crate::ir::{Content, Literal, Presence, PropertyKind, Scalar, Shape, TypeId};

/// Empties unreachable types, so that they are neither named nor emitted. Ids stay as they are.
pub(super) fn prune(settle: &mut Settle<'_>) {
    let mut reached = vec![false; settle.types.len()];
    let mut todo: Vec<TypeId> = settle.components.iter().map(|component| component.ty.id).collect();
    for operation in &settle.operations {
        let body = operation.body.as_ref().map(|body| body.content);
        let contents = body.into_iter().chain(operation.responses.iter().map(|response| response.content));
        todo.extend(contents.filter_map(|content| match content {
            Content::Json(ty) | Content::Form(ty) => Some(ty.id),
            Content::Text | Content::Bytes | Content::Empty => None,
        }));
        for parameter in &operation.parameters {
            todo.push(parameter.ty.id);
            if let Presence::Default(value) = &parameter.presence {
                mentioned(value, &mut todo);
            }
        }
    }
    while let Some(id) = todo.pop() {
        let index = id.0 as usize;
        if std::mem::replace(&mut reached[index], true) {
            continue;
        }
        todo.extend(settle.types[index].shape.mentions());
        if let Shape::Struct(shape) = &settle.types[index].shape {
            for property in &shape.properties {
                if let PropertyKind::Field { presence: Presence::Default(value), .. } = &property.kind {
                    mentioned(value, &mut todo);
                }
            }
        }
    }
    for (ty, reached) in settle.types.iter_mut().zip(reached) {
        if !reached {
            ty.name = None;
            ty.shape = Shape::Scalar(Scalar::Null);
        }
    }
}

/// The types that a literal names.
fn mentioned(value: &Literal, found: &mut Vec<TypeId>) {
    match value {
        Literal::EnumValue(id, _) | Literal::UnknownEnumValue(id, _) => found.push(*id),
        Literal::List(items) => items.iter().for_each(|item| mentioned(item, found)),
        Literal::Map(entries) => entries.iter().for_each(|(_, value)| mentioned(value, found)),
        Literal::Struct(id, fields) => {
            found.push(*id);
            fields.iter().for_each(|(_, value)| mentioned(value, found));
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
