//! Writes down what was decided: one walk along the variants that were chosen.

use serde_json::Value;

use super::content::{Content, Member};
use super::decide::{Choice, Decider, is_absent};
use super::nodes::NodeId;
use super::scalars;
use crate::ir::{PropertyKind, Rest, Shape, Struct, TypeId, TypeRef};

/// What becomes of a value that its type takes.
pub(super) fn describe(decider: &mut Decider<'_, '_, '_>, ty: TypeRef) -> Content {
    usage(decider, 0, ty)
}

fn usage(decider: &mut Decider<'_, '_, '_>, node: NodeId, ty: TypeRef) -> Content {
    let ty = decider.types.unaliased(ty);
    let (id, value) = (ty.id, decider.nodes.value(node));
    if value.is_null() && ty.nullable {
        return Content::Null;
    }
    match decider.types.shape(id) {
        Shape::Scalar(kind) => {
            let written = scalars::scalar(*kind, decider.types.dates, value).ok().flatten();
            Content::Scalar { kind: *kind, written }
        }
        Shape::Enum(found) => match decider.types.enumerated(id, found, value) {
            Ok(Some(index)) => Content::Enum(id, index),
            Ok(None) | Err(_) => Content::UnknownValue(id),
        },
        Shape::Struct(shape) => structure(decider, node, id, shape),
        Shape::Union(union) => match decider.choice(node, id) {
            Some(Choice::Variant(index)) => {
                Content::Variant(id, index, Box::new(usage(decider, node, union.variants[index].ty)))
            }
            Some(Choice::Unknown) | None => Content::UnknownVariant(id),
        },
        Shape::List(item) => {
            let count = value.as_array().map_or(0, Vec::len);
            Content::List((0..count).map(|at| part(decider, node, at, *item)).collect())
        }
        Shape::Tuple(tuple) => {
            let count = value.as_array().map_or(0, Vec::len);
            let places = tuple.places.iter().enumerate().take(count);
            Content::List(places.map(|(at, ty)| part(decider, node, at, *ty)).collect())
        }
        Shape::Map(values) => {
            let count = value.as_object().map_or(0, serde_json::Map::len);
            Content::Map((0..count).map(|at| part(decider, node, at, *values)).collect())
        }
        Shape::Newtype { content, .. } => usage(decider, node, *content),
        Shape::External(_) => Content::External(id),
        Shape::Any(_) | Shape::Alias(_) => Content::Any,
    }
}

fn part(decider: &mut Decider<'_, '_, '_>, node: NodeId, position: usize, ty: TypeRef) -> Content {
    usage(decider, decider.nodes.part(node, position), ty)
}

fn structure<'g>(decider: &mut Decider<'_, 'g, '_>, node: NodeId, id: TypeId, shape: &'g Struct) -> Content {
    let Value::Object(members) = decider.nodes.value(node) else { return Content::Any };
    let properties = decider.types.properties(id, shape);
    let mut found = Vec::with_capacity(members.len());
    for (position, (name, value)) in members.iter().enumerate() {
        let index = properties.by_name.get(name.as_str()).copied();
        found.push(match (index.map(|index| (index, &shape.properties[index].kind)), shape.rest) {
            (Some((index, PropertyKind::Constant { .. })), _) => Member::Constant(index),
            (Some((index, PropertyKind::Field { presence, .. })), _) if is_absent(presence, value) => {
                Member::Absent(index)
            }
            (Some((index, PropertyKind::Field { ty, .. })), _) => {
                Member::Field(index, part(decider, node, position, *ty))
            }
            (None, Rest::Keep(ty)) => Member::Rest(part(decider, node, position, ty)),
            (None, Rest::Ignore | Rest::Deny) => Member::Unread,
        });
    }
    Content::Struct(id, found)
}
