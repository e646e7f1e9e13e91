//! Schemas.

use std::fmt;

use indexmap::IndexMap;
use serde_json::Value;

use super::{SchemaId, UnionId, UnionKeyword, reference_to};
use crate::diagnostics::{FileId, Location};

/// A schema or a reference to one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SchemaRef {
    Reference(Reference),
    Schema(Box<Schema>),
}

impl From<Schema> for SchemaRef {
    fn from(schema: Schema) -> Self {
        Self::Schema(Box::new(schema))
    }
}

/// A reference to a component schema.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reference {
    pub id: SchemaId,
    /// The name of the component.
    pub component: String,
}

/// A schema that is not a reference.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Schema {
    pub id: SchemaId,
    /// Where it stands in the source, if that is not its place in the document. What lies below counts on from there.
    pub source: Option<Location>,
    /// Whether it stands for one that could not be read.
    pub is_unreadable: bool,
    /// Whether its properties are the elements of an array by position.
    pub is_tuple: bool,
    /// Whether it depends on the names of its further properties what they have to keep (`patternProperties`).
    pub values_differ: bool,
    pub title: Option<String>,
    pub description: Option<String>,
    pub default: Option<Value>,
    /// What is said of its `enum` values, in the order in which the document says it.
    pub value_texts: Vec<ValueTexts>,
    pub discriminator: Option<Discriminator>,
    pub is_nullable: bool,
    pub is_read_only: bool,
    pub is_write_only: bool,
    pub is_deprecated: bool,
    pub keywords: Keywords,
}

impl Schema {
    /// One that allows everything.
    pub fn new(id: SchemaId) -> Self {
        Self {
            id,
            source: None,
            is_unreadable: false,
            is_tuple: false,
            values_differ: false,
            title: None,
            description: None,
            default: None,
            value_texts: Vec::new(),
            discriminator: None,
            is_nullable: false,
            is_read_only: false,
            is_write_only: false,
            is_deprecated: false,
            keywords: Keywords::default(),
        }
    }

    /// Where it stands in the source, when it stands at this place in the document.
    pub fn place(&self, in_document: Location) -> Location {
        self.source.clone().unwrap_or(in_document)
    }

    /// What tells the branches under a keyword of it from others.
    pub fn union_id(&self, keyword: UnionKeyword) -> UnionId {
        UnionId { schema: self.id, keyword }
    }

    /// The names of its `enum` values.
    pub fn value_names(&self) -> Option<&[Value]> {
        self.value_texts.iter().find_map(|texts| match texts {
            ValueTexts::Names(names) => Some(&names[..]),
            ValueTexts::Descriptions(_) => None,
        })
    }

    /// The descriptions of its `enum` values.
    pub fn value_descriptions(&self) -> Option<&[Value]> {
        self.value_texts.iter().find_map(|texts| match texts {
            ValueTexts::Descriptions(descriptions) => Some(&descriptions[..]),
            ValueTexts::Names(_) => None,
        })
    }

    /// Takes down what is said of the `enum` values, in place of what was said of the same kind before.
    pub fn set_value_texts(&mut self, texts: ValueTexts) {
        let kind = std::mem::discriminant(&texts);
        match self.value_texts.iter_mut().find(|known| std::mem::discriminant(*known) == kind) {
            Some(known) => *known = texts,
            None => self.value_texts.push(texts),
        }
    }

    /// Whether what stands beside its keywords decides nothing about its type.
    pub fn is_annotated_only(&self) -> bool {
        self.discriminator.is_none() && !self.is_write_only && !self.has_marks()
    }

    /// Whether it constrains nothing, and stands where the document says.
    pub fn is_annotation(&self) -> bool {
        self.discriminator.is_none() && self.source.is_none() && !self.has_marks() && self.keywords.is_empty()
    }

    /// Whether it is the schema that allows nothing, which `lower` writes as `not: {}`.
    pub fn is_false(&self) -> bool {
        match &self.keywords.not {
            Some(SchemaRef::Schema(not)) => not.keywords.is_empty(),
            Some(SchemaRef::Reference(_)) | None => false,
        }
    }

    /// Whether a component that it is, is one only since `lower` found it referred to where it stands, in an operation or
    /// in another file.
    pub fn is_hoisted(&self) -> bool {
        let Some(source) = &self.source else { return false };
        let tokens = source.pointer.tokens();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let is_component = matches!(&tokens[..], ["components", "schemas", _, ..] | ["definitions", _, ..]);
        !(source.file == FileId(0) && is_component)
    }

    fn has_marks(&self) -> bool {
        self.is_unreadable || self.is_tuple || self.values_differ || !self.value_texts.is_empty()
    }
}

/// A text for each value of an `enum`, in their order, as far as the list goes. What is not a string is not read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ValueTexts {
    Names(Vec<Value>),
    Descriptions(Vec<Value>),
}

impl ValueTexts {
    pub fn list_mut(&mut self) -> &mut Vec<Value> {
        match self {
            ValueTexts::Names(list) | ValueTexts::Descriptions(list) => list,
        }
    }
}

/// The keywords that decide which values a schema allows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Keywords {
    /// `type`.
    pub typ: Option<String>,
    pub format: Option<String>,
    /// `enum`; `const` is one, too.
    pub enumeration: Vec<Value>,
    pub pattern: Option<String>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub exclusive_minimum: Option<bool>,
    pub exclusive_maximum: Option<bool>,
    pub multiple_of: Option<Number>,
    pub properties: IndexMap<String, SchemaRef>,
    pub required: Vec<String>,
    pub additional_properties: Option<AdditionalProperties>,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
    pub items: Option<SchemaRef>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: Option<bool>,
    pub one_of: Vec<SchemaRef>,
    pub all_of: Vec<SchemaRef>,
    pub any_of: Vec<SchemaRef>,
    pub not: Option<SchemaRef>,
}

impl Keywords {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The branches under a keyword.
    pub fn union(&self, keyword: UnionKeyword) -> &[SchemaRef] {
        match keyword {
            UnionKeyword::OneOf => &self.one_of,
            UnionKeyword::AnyOf => &self.any_of,
        }
    }
}

/// A number under a keyword.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub double: f64,
    /// The integer that it is, where the double only comes close to it.
    pub exact: Option<i128>,
}

/// `additionalProperties`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AdditionalProperties {
    Any(bool),
    Schema(SchemaRef),
}

/// A `discriminator` (OpenAPI 3.0.4 §4.7.25).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Discriminator {
    /// What tells it from others: the id of the schema that it was written in.
    pub id: SchemaId,
    /// `propertyName`.
    pub property: String,
    pub mapping: IndexMap<String, MappingTarget>,
    /// `defaultMapping`, for tags that no mapping names (OpenAPI 3.2 §4.25).
    pub default_mapping: Option<MappingTarget>,
}

/// What a tag of a `mapping` leads to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum MappingTarget {
    /// The component schema of this name.
    Component(String),
    /// A text that leads nowhere, as it is written.
    Text(String),
}

impl fmt::Display for MappingTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MappingTarget::Component(name) => f.write_str(&reference_to("schemas", name)),
            MappingTarget::Text(text) => f.write_str(text),
        }
    }
}
