//! A schema of the lowered document, as the stages after `lower` read it.

use indexmap::IndexMap;
use openapiv3::{AnySchema, ReferenceOr, SchemaKind};
use serde_json::Value;

use super::{
    DEFAULT_MAPPING, ENUM_DESCRIPTIONS, ENUM_NAMES, EXACT, Extensions, SOURCE, TUPLE, UNREADABLE,
    VALUES_DIFFER, source,
};
use crate::diagnostics::Location;
use crate::number;

/// What tells one schema, reference, list of branches or discriminator of a document from another. Nothing in a document is
/// moved while it is read, so the id is where it lies in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(usize);

impl SchemaId {
    /// Of a reference.
    pub fn of_reference(reference: &str) -> Self {
        Self(reference.as_ptr() as usize)
    }

    /// Of the branches of a `oneOf` or `anyOf`.
    pub fn of_branches(branches: &[ReferenceOr<openapiv3::Schema>]) -> Self {
        Self(branches.as_ptr() as usize)
    }
}

/// A schema that is not a reference.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schema<'d>(&'d openapiv3::Schema);

impl<'d> From<&'d openapiv3::Schema> for Schema<'d> {
    fn from(schema: &'d openapiv3::Schema) -> Self {
        Self(schema)
    }
}

impl<'d> Schema<'d> {
    /// What tells it from others.
    pub fn id(self) -> SchemaId {
        SchemaId(std::ptr::from_ref(self.0) as usize)
    }

    /// Its keywords. `lower` writes no schemas without.
    pub fn keywords(self) -> Option<&'d AnySchema> {
        match &self.0.schema_kind {
            SchemaKind::Any(any) => Some(any),
            SchemaKind::Type(_)
            | SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => None,
        }
    }

    /// Where it stands in the source, when it stands at this place in the document.
    pub fn place(self, in_document: Location) -> Location {
        source(self.extensions(), in_document)
    }

    /// Whether it stands for one that could not be read.
    pub fn is_unreadable(self) -> bool {
        self.extensions().contains_key(UNREADABLE)
    }

    /// Whether its properties are the elements of an array by position.
    pub fn is_tuple(self) -> bool {
        self.extensions().contains_key(TUPLE)
    }

    /// Whether it depends on the names of its further properties what they have to keep.
    pub fn values_differ(self) -> bool {
        self.extensions().contains_key(VALUES_DIFFER)
    }

    /// The integer under a keyword for numbers, where the number in the document is only close to it.
    pub fn exact(self, keyword: &str) -> Option<i128> {
        number::integer(self.extensions().get(EXACT)?.get(keyword)?)
    }

    /// The names of its `enum` values.
    pub fn value_names(self) -> Option<&'d Value> {
        self.extensions().get(ENUM_NAMES)
    }

    /// The descriptions of its `enum` values.
    pub fn value_descriptions(self) -> Option<&'d Value> {
        self.extensions().get(ENUM_DESCRIPTIONS)
    }

    pub fn title(self) -> Option<&'d str> {
        self.0.schema_data.title.as_deref()
    }

    pub fn description(self) -> Option<&'d str> {
        self.0.schema_data.description.as_deref()
    }

    pub fn default(self) -> Option<&'d Value> {
        self.0.schema_data.default.as_ref()
    }

    pub fn discriminator(self) -> Option<Discriminator<'d>> {
        self.0.schema_data.discriminator.as_ref().map(Discriminator)
    }

    pub fn is_deprecated(self) -> bool {
        self.0.schema_data.deprecated
    }

    pub fn is_nullable(self) -> bool {
        self.0.schema_data.nullable
    }

    pub fn is_write_only(self) -> bool {
        self.0.schema_data.write_only
    }

    /// `readOnly`.
    pub fn is_read_only(self) -> bool {
        self.0.schema_data.read_only
    }

    /// Whether what stands beside its keywords decides nothing about its type.
    pub fn is_annotated_only(self) -> bool {
        let is_place = |key: &String| key == SOURCE;
        self.discriminator().is_none() && !self.is_write_only() && self.extensions().keys().all(is_place)
    }

    /// Whether it constrains nothing.
    pub fn is_annotation(self) -> bool {
        self.discriminator().is_none()
            && self.extensions().is_empty()
            && self.keywords().is_some_and(|any| *any == AnySchema::default())
    }

    /// Whether it is the schema that allows nothing, which `lower` writes as `not: {}`.
    pub fn is_false(self) -> bool {
        match self.keywords().and_then(|any| any.not.as_deref()) {
            Some(ReferenceOr::Item(not)) => {
                Schema(not).keywords().is_some_and(|not| *not == AnySchema::default())
            }
            Some(ReferenceOr::Reference { .. }) | None => false,
        }
    }

    fn extensions(self) -> &'d Extensions {
        &self.0.schema_data.extensions
    }
}

/// A `discriminator` (OpenAPI 3.0.4 §4.7.25).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Discriminator<'d>(&'d openapiv3::Discriminator);

impl<'d> Discriminator<'d> {
    /// What tells it from others.
    pub fn id(self) -> SchemaId {
        SchemaId(std::ptr::from_ref(self.0) as usize)
    }

    /// `propertyName`.
    pub fn property(self) -> &'d str {
        &self.0.property_name
    }

    /// `mapping`: references where those lead somewhere.
    pub fn mapping(self) -> &'d IndexMap<String, String> {
        &self.0.mapping
    }

    /// `defaultMapping` (OpenAPI 3.2 §4.25).
    pub fn default_mapping(self) -> Option<&'d str> {
        self.0.extensions.get(DEFAULT_MAPPING).and_then(Value::as_str)
    }
}
