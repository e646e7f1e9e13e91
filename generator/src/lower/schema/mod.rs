//! Schemas.

mod discriminator;
pub(super) mod draft;
pub(super) mod keywords;
mod maps;
mod nulls;
mod reference;
mod tuples;
mod types;

use super::budget;
use super::hoist::{self, Kind};
use super::inline;
use super::{At, Lowering, NodeId};
use crate::diagnostics::Diagnostic;
use crate::document::{Reference, Schema, SchemaRef};
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

/// The schema at a place where one is expected.
pub fn schema<'t>(lowering: &mut Lowering<'t, '_>, tree: &'t Tree, at: &At<'_>, moved: Moved) -> SchemaRef {
    match hoist::hoisted(lowering, Kind::Schema, tree, at) {
        Some(name) => reference_to(lowering, name.to_string()),
        None => schema_body(lowering, tree, at, moved),
    }
}

/// A reference to the component schema `component`.
pub fn reference_to(lowering: &mut Lowering<'_, '_>, component: String) -> SchemaRef {
    SchemaRef::Reference(Reference { id: lowering.ids.next(), component })
}

/// The schema itself, even when references lead to it.
pub fn schema_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> SchemaRef {
    if !budget::spend(lowering, at) {
        return unreadable_mark(lowering, at, moved).into();
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
            let mut schema = new_schema(lowering, at, moved);
            if !allowed {
                schema.keywords.not = Some(Schema::new(lowering.ids.next()).into());
            }
            schema.into()
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
) -> SchemaRef {
    lowering.sink.push(Diagnostic::warning(code, at.location(), message));
    unreadable_mark(lowering, at, moved).into()
}

/// The same without a warning, for when one was given already.
pub fn unreadable_mark(lowering: &mut Lowering<'_, '_>, at: &At<'_>, moved: Moved) -> Schema {
    Schema { is_unreadable: true, ..new_schema(lowering, at, moved) }
}

/// The same for what has no place of its own.
pub fn unreadable(lowering: &mut Lowering<'_, '_>) -> Schema {
    Schema { is_unreadable: true, ..Schema::new(lowering.ids.next()) }
}

/// A schema that says nothing yet and knows where it comes from.
pub fn new_schema(lowering: &mut Lowering<'_, '_>, at: &At<'_>, moved: Moved) -> Schema {
    let mut schema = Schema::new(lowering.ids.next());
    // When nothing more may be lowered, places of what is left out are of no use.
    if moved == Moved::Yes && !lowering.budget.is_spent() {
        schema.source = Some(at.location());
    }
    schema
}

/// The schemas of a list such as `allOf`.
pub fn schema_list<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    key: &str,
) -> Vec<SchemaRef> {
    let schemas = inline::elements(lowering, value, at, key, |this, elements, list, moved| {
        let schemas = elements.iter().enumerate();
        schemas.map(|(index, tree)| schema(this, tree, &list.index(index), moved)).collect()
    });
    schemas.unwrap_or_default()
}
