//! Lets one type take the place of another everywhere.

use std::collections::HashMap;

use crate::ir::flow::Flow;
use crate::ir::{Body, Content, PropertyKind, Rest, Shape, StreamItem, TypeId, TypeRef};
use crate::resolve::draft::DraftGraph;
use crate::resolve::union_draft::MappingTarget;

/// Replaces each key of `merged` by its value wherever it is mentioned.
pub(super) fn redirect(draft: &mut DraftGraph, merged: &HashMap<TypeId, TypeId>) {
    if merged.is_empty() {
        return;
    }
    let replace = |id: &mut TypeId| {
        if let Some(target) = merged.get(id) {
            *id = *target;
        }
    };
    for ty in &mut draft.types {
        uses(&mut ty.shape, &mut |used| replace(&mut used.id));
    }
    for component in &mut draft.components {
        replace(&mut component.ty.id);
    }
    redirect_operations(draft, merged, Flow::BOTH);
    for discriminator in draft.unions.values_mut().filter_map(|draft| draft.discriminator.as_mut()) {
        let targets = discriminator.mapping.iter_mut().map(|(_, target)| target);
        for target in targets.chain(discriminator.default.as_mut()) {
            match target {
                MappingTarget::Component(id) => replace(id),
                MappingTarget::Dangling(_) => {}
            }
        }
    }
}

/// The same for the parts of operations that travel one of these ways.
pub(super) fn redirect_operations(draft: &mut DraftGraph, merged: &HashMap<TypeId, TypeId>, ways: Flow) {
    let replace = |id: &mut TypeId| {
        if let Some(target) = merged.get(id) {
            *id = *target;
        }
    };
    for operation in &mut draft.operations {
        if Flow::of_request(operation.kind).and(ways) != Flow::default() {
            let contents =
                operation.body.iter_mut().flat_map(Body::contents_mut).map(|body| &mut body.content);
            contents.filter_map(Content::ty_mut).for_each(|ty| replace(&mut ty.id));
            operation.parameters.iter_mut().for_each(|parameter| replace(&mut parameter.ty.id));
        }
        if Flow::of_response(operation.kind).and(ways) != Flow::default() {
            let contents = operation.responses.iter_mut().flat_map(|response| &mut response.contents);
            let contents = contents.map(|response| &mut response.content);
            contents.filter_map(Content::ty_mut).for_each(|ty| replace(&mut ty.id));
            operation.headers.iter_mut().for_each(|header| replace(&mut header.ty.id));
            match operation.stream.as_mut().map(|stream| &mut stream.item) {
                Some(StreamItem::Json(ty, _)) => replace(&mut ty.id),
                Some(StreamItem::Event | StreamItem::Text) | None => {}
            }
        }
    }
}

/// Visits every use of a type in a shape.
pub(super) fn uses(shape: &mut Shape, visit: &mut dyn FnMut(&mut TypeRef)) {
    match shape {
        Shape::Struct(shape) => {
            for property in &mut shape.properties {
                match &mut property.kind {
                    PropertyKind::Field { ty, .. } => visit(ty),
                    PropertyKind::Constant { .. } => {}
                }
            }
            match &mut shape.rest {
                Rest::Keep(ty) => visit(ty),
                Rest::Ignore | Rest::Deny => {}
            }
        }
        Shape::Union(union) => union.variants.iter_mut().for_each(|variant| visit(&mut variant.ty)),
        Shape::Tuple(tuple) => tuple.places.iter_mut().for_each(visit),
        Shape::List(ty) | Shape::Map(ty) | Shape::Alias(ty) | Shape::Newtype { content: ty, .. } => visit(ty),
        Shape::Enum(_) | Shape::Scalar(_) | Shape::External(_) | Shape::Any(_) => {}
    }
}
