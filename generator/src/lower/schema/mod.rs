//! Schemas: every one becomes an `AnySchema`.

mod discriminator;
pub(super) mod draft;
pub(super) mod keywords;
mod maps;
mod nulls;
mod reference;
mod tuples;
mod types;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};

use super::budget;
use super::hoist::{self, Kind};
use super::inline;
use super::{At, Lowering, NodeId};
use crate::diagnostics::Diagnostic;
use crate::document::Marks as _;
use crate::limits;
use crate::load::Tree;
pub(super) use draft::Draft;

/// Whether the pointer in the lowered document is the one in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// The same step leads here in both.
    No,
    /// It is not: the schema says where it comes from.
    Yes,
}

impl Moved {
    /// `Yes` when the positions differ.
    pub fn when(differs: bool) -> Self {
        if differs { Moved::Yes } else { Moved::No }
    }
}

/// A schema of the two halves.
pub(super) fn schema_of(data: SchemaData, any: AnySchema) -> Schema {
    Schema { schema_data: data, schema_kind: SchemaKind::Any(any) }
}

/// The schema at a place where one is expected.
pub fn schema<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> ReferenceOr<Schema> {
    if let Some(reference) = hoist::hoisted(lowering, Kind::Schema, tree, at) {
        return ReferenceOr::Reference { reference };
    }
    schema_body(lowering, tree, at, moved)
}

/// The same in a box.
pub fn boxed_schema<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> ReferenceOr<Box<Schema>> {
    match schema(lowering, tree, at, moved) {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}

/// The schema itself, even when references lead to it.
pub fn schema_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> ReferenceOr<Schema> {
    if !budget::spend(lowering, at) {
        return ReferenceOr::Item(unreadable_mark(lowering, at, moved));
    }
    if at.depth > limits::SCHEMA_STEPS {
        return unreadable_schema(lowering, at, moved, "too-deep", "the schemas are nested too deeply here");
    }
    match tree {
        Tree::Object(object) => {
            let mut here = at.clone();
            if let Some(resource) = lowering.scan.resource_at.get(&NodeId(tree)) {
                here.resource = Some(*resource);
            }
            draft::object_schema(lowering, object, &here, moved)
        }
        Tree::Bool(allowed) => {
            let mut any = AnySchema::default();
            if !allowed {
                let everything = schema_of(SchemaData::default(), AnySchema::default());
                any.not = Some(Box::new(ReferenceOr::Item(everything)));
            }
            ReferenceOr::Item(schema_of(new_data(lowering, at, moved), any))
        }
        Tree::Null | Tree::Number(_) | Tree::String(_) | Tree::Array(_) => {
            let message = format!("a schema must be an object but this is {}", tree.kind());
            unreadable_schema(lowering, at, moved, "unreadable-schema", &message)
        }
    }
}

/// `{}` with the mark that it stands for something that could not be read.
pub fn unreadable_schema(
    lowering: &mut Lowering<'_, '_>,
    at: &At<'_>,
    moved: Moved,
    code: &'static str,
    message: &str,
) -> ReferenceOr<Schema> {
    lowering.sink.push(Diagnostic::warning(code, at.location(), message));
    ReferenceOr::Item(unreadable_mark(lowering, at, moved))
}

/// The same without a warning, for when one was given already.
pub fn unreadable_mark(lowering: &Lowering<'_, '_>, at: &At<'_>, moved: Moved) -> Schema {
    let mut data = new_data(lowering, at, moved);
    data.extensions.mark_unreadable();
    schema_of(data, AnySchema::default())
}

/// Empty annotations that know where they come from.
pub fn new_data(lowering: &Lowering<'_, '_>, at: &At<'_>, moved: Moved) -> SchemaData {
    let mut data = SchemaData::default();
    // When nothing more may be lowered, places of what is left out are of no use.
    if moved == Moved::Yes && !lowering.budget.is_spent() {
        data.extensions.mark_source(&at.location());
    }
    data
}

/// The schemas of a list such as `allOf`.
pub fn schema_list<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    key: &str,
) -> Vec<ReferenceOr<Schema>> {
    let schemas = inline::elements(lowering, value, at, key, |this, elements, list, moved| {
        let schemas = elements.iter().enumerate();
        schemas.map(|(index, tree)| schema(this, tree, &list.index(index), moved)).collect()
    });
    schemas.unwrap_or_default()
}
