//! Deep objects with something in them that `deepObject` has no form for (OpenAPI 3.1.1 §4.8.12.4): lists and objects.

use super::Context;
use crate::diagnostics::{Diagnostic, Location};
use crate::ir::{
    Body, Content, Operation, OperationKind, ParameterStyle, PropertyKind, Shape, TypeId, TypeRef,
};
use crate::resolve::draft::DraftGraph;

/// Says once where calls write what the specification leaves open.
pub(super) fn run(draft: &mut DraftGraph, cx: &mut Context<'_>) {
    if !cx.options.calls {
        return;
    }
    let called = draft.operations.iter().filter(|operation| operation.kind == OperationKind::Path);
    let places: Vec<Location> = called.flat_map(|operation| nested(draft, operation)).collect();
    let Some(first) = places.first() else { return };
    let more = match places.len() {
        1 => String::new(),
        2 => " (and in 1 more place)".to_owned(),
        count => format!(" (and in {} more places)", count - 1),
    };
    let message =
        format!("the specification does not say how `deepObject` writes lists and nested objects{more}");
    let found = Diagnostic::warning("nested-deep-object", first.clone(), message);
    cx.sink.push(found.help(
        "they are sent as `name[list][0]=…` and `name[object][key]=…`; `deep-arrays = \"brackets\"` in the settings gives \
         `name[list][]=…`",
    ));
}

/// The places of an operation that are written so.
fn nested(draft: &DraftGraph, operation: &Operation) -> Vec<Location> {
    let mut found = Vec::new();
    for parameter in &operation.parameters {
        if parameter.form.style == ParameterStyle::DeepObject && is_nested(draft, parameter.ty) {
            found.push(parameter.location.clone());
        }
    }
    let body = operation.body.iter().flat_map(Body::contents);
    for content in body {
        let Content::Form(form) = content.content else { continue };
        let Shape::Struct(shape) = &draft.get(draft.unaliased(form.id)).shape else { continue };
        for property in &shape.properties {
            let field = content.fields.iter().find(|field| field.property == property.wire);
            let is_deep = field
                .and_then(|field| field.form)
                .is_some_and(|form| form.style == ParameterStyle::DeepObject);
            let PropertyKind::Field { ty, .. } = property.kind else { continue };
            if is_deep && is_nested(draft, ty) {
                found.push(property.location.clone());
            }
        }
    }
    found
}

/// Whether a deep object is a list, or has a list or an object in it.
fn is_nested(draft: &DraftGraph, ty: TypeRef) -> bool {
    let is_composite = |id: TypeId| match draft.get(draft.unaliased(id)).shape {
        Shape::Struct(_) | Shape::List(_) | Shape::Tuple(_) | Shape::Map(_) => true,
        Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => false,
    };
    let shape = &draft.get(draft.unaliased(ty.id)).shape;
    match shape {
        Shape::List(_) | Shape::Tuple(_) => true,
        Shape::Struct(_) | Shape::Map(_) => shape.mentions().into_iter().any(is_composite),
        Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => false,
    }
}
