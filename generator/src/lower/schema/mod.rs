//! Schemas: every one becomes an `AnySchema`.

mod discriminator;
mod draft;
mod keywords;
mod maps;
mod nulls;
mod reference;
mod tuples;
mod types;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};

use super::hoist::Kind;
use super::{At, Lowering};
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

impl<'t> Lowering<'t, '_> {
    /// The schema at a place where one is expected.
    pub fn schema(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> ReferenceOr<Schema> {
        if let Some(reference) = self.hoisted(Kind::Schema, tree, at) {
            return ReferenceOr::Reference { reference };
        }
        self.schema_body(tree, at, moved)
    }

    /// The same in a box.
    pub fn boxed_schema(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> ReferenceOr<Box<Schema>> {
        match self.schema(tree, at, moved) {
            ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
            ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        }
    }

    /// The schema itself, even when references lead to it.
    pub fn schema_body(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> ReferenceOr<Schema> {
        if !self.spend(at) {
            return ReferenceOr::Item(self.unreadable_mark(at, moved));
        }
        if at.depth > limits::SCHEMA_STEPS {
            return self.unreadable_schema(at, moved, "too-deep", "the schemas are nested too deeply here");
        }
        match tree {
            Tree::Object(object) => {
                let mut here = *at;
                if let Some(resource) = self.scan.resource_at.get(&super::address(tree)) {
                    here.resource = Some(*resource);
                }
                self.object_schema(object, &here, moved)
            }
            Tree::Bool(allowed) => {
                let mut any = AnySchema::default();
                if !allowed {
                    let everything = schema_of(SchemaData::default(), AnySchema::default());
                    any.not = Some(Box::new(ReferenceOr::Item(everything)));
                }
                ReferenceOr::Item(schema_of(self.new_data(at, moved), any))
            }
            Tree::Null | Tree::Number(_) | Tree::String(_) | Tree::Array(_) => {
                let message = format!("a schema must be an object but this is {}", tree.kind());
                self.unreadable_schema(at, moved, "unreadable-schema", &message)
            }
        }
    }

    /// `{}` with the mark that it stands for something that could not be read.
    pub fn unreadable_schema(
        &mut self,
        at: &At<'_>,
        moved: Moved,
        code: &'static str,
        message: &str,
    ) -> ReferenceOr<Schema> {
        self.sink.push(Diagnostic::warning(code, at.location(), message));
        ReferenceOr::Item(self.unreadable_mark(at, moved))
    }

    /// The same without a warning, for when one was given already.
    pub fn unreadable_mark(&self, at: &At<'_>, moved: Moved) -> Schema {
        let mut data = self.new_data(at, moved);
        data.extensions.mark_unreadable();
        schema_of(data, AnySchema::default())
    }

    /// Empty annotations that know where they come from.
    pub fn new_data(&self, at: &At<'_>, moved: Moved) -> SchemaData {
        let mut data = SchemaData::default();
        // When nothing more may be lowered, places of what is left out are of no use.
        if moved == Moved::Yes && !self.budget.is_spent() {
            data.extensions.mark_source(&at.location());
        }
        data
    }

    /// The schemas of a list such as `allOf`.
    pub fn schema_list(&mut self, value: &'t Tree, at: &At<'_>, key: &str) -> Vec<ReferenceOr<Schema>> {
        let schemas = self.elements(value, at, key, |this, elements, list, moved| {
            let schemas = elements.iter().enumerate();
            schemas.map(|(index, tree)| this.schema(tree, &list.index(index), moved)).collect()
        });
        schemas.unwrap_or_default()
    }
}
