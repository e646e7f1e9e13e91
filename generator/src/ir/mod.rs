//! The frozen type graph: what every schema is, once references, `allOf`, unions, presence and cycles are
//! decided. Plain data; nothing here knows OpenAPI's dialects or Rust's syntax.

pub mod accept;
mod accessor;
mod body;
mod client;
mod constraints;
mod constructor;
mod description;
#[cfg(test)]
pub(crate) mod dump;
mod example;
pub(crate) mod flow;
mod graph;
mod header;
mod methods;
mod operation;
mod overrides;
mod recorded;
mod same_rust;
mod secrets;
mod shape;
mod sides;
mod stream;
mod union;
mod value;

pub use crate::method::Method;
pub use accept::accept;
pub use accessor::{Accessor, AccessorSource, When, accessors};
pub use body::{Body, BodyContent, Content, FormField};
pub use client::{SecretPlace, SecurityScheme, Server, ServerVariable};
pub use constraints::{Constrained, Constraint, Constraints, Number};
pub use constructor::{MOST_ARGUMENTS, fills_itself};
pub use description::{Description, Keyword, SchemaNode, SchemaTrait, SchemaTraitKind};
pub use example::Example;
pub use graph::{Graph, GraphParts};
pub use header::{HeaderForm, ResponseHeader};
pub use methods::TagSource;
pub use operation::{
    Operation, OperationKind, OperationLabel, Parameter, ParameterForm, ParameterPlace, ParameterStyle,
    Response, ResponseContent, Status, is_sequence,
};
pub use overrides::{DateLibrary, External, JIFF_END, JsonType, Libraries, Overrides};
pub use recorded::{Recorded, RecordedValue};
pub use secrets::{SecretTypes, compared_name, secret_names};
pub use shape::{
    Access, AnyReason, Enum, EnumKind, EnumValue, FloatKind, IntegerKind, Presence, Property, PropertyKind,
    Rest, Scalar, Shape, Struct, Tuple,
};
pub use sides::{Half, Need, Pair, PairOrigin, Side, SideProperty, Sides};
pub use stream::{EventPart, Moves, PageSource, Pages, Paging, Stream, StreamItem, Way};
pub use union::{
    Candidate, Otherwise, TagArm, TagValue, Tagged, TypeSelection, Union, Variant, VariantName,
    VariantSelection,
};
pub use value::{Literal, PlainLiteral};

use std::collections::BTreeMap;

use crate::diagnostics::{FileId, Location};

/// A type of the graph: an index into [`Graph::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);

/// A use of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TypeRef {
    /// The type.
    pub id: TypeId,
    /// Whether `null` is a value here too.
    pub nullable: bool,
}

/// A type that can be made from another type. Each field of a struct has a field of the same name there, of the same type
/// or of one that can be converted too, or may be left out; unions have the same variants. Nothing is lost that travels
/// the way of the type that is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    /// The type that is given.
    pub from: TypeId,
    /// The type that is made of it.
    pub to: TypeId,
}

/// `info` of the document (OpenAPI 3.0.4 §4.7.2) and where it came from.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// The document's file name, without folders.
    pub source: String,
    /// The paths of the other files that it consists of, from its folder.
    pub files: BTreeMap<FileId, String>,
    /// The servers, the one that is taken by default first.
    pub servers: Vec<Server>,
    /// The security schemes that operations require, in document order.
    pub schemes: Vec<SecurityScheme>,
}

impl Api {
    /// The file of a place, as a reference in the document would name it.
    pub fn file_of(&self, place: &Location) -> &str {
        self.files.get(&place.file).unwrap_or(&self.source)
    }
}

/// A component schema: a name that the document gives to a type.
#[derive(Debug, Clone)]
pub struct Component {
    /// The key under `components.schemas`.
    pub name: String,
    /// What it became. Several components may share a type (`X-Input` and `X-Output` that mean the same).
    pub ty: TypeRef,
    /// Where it is defined.
    pub location: Location,
}

/// One type.
#[derive(Debug, Clone)]
pub struct Type {
    /// Where its Rust name comes from. Types that are spelled by structure (lists, maps, scalars) have none.
    pub name: Option<NameHint>,
    /// Its documentation.
    pub docs: Docs,
    /// Where the document defines it.
    pub location: Location,
    /// What it is.
    pub shape: Shape,
    /// Whether it is a struct that can be made from nothing, with nothing invented: each field may be absent, has a default
    /// in the document, or is of a struct that has this too.
    pub has_default: bool,
    /// Overrides from the settings.
    pub overrides: Overrides,
    /// Whether its values must not be shown. Only aliases say so: in Rust they are a `Secret` around what they are
    /// aliases of, on the wire nothing is different. Strings that are secret are [`Scalar::Secret`].
    pub secret: bool,
    /// What its values have to keep beside what they are made of, if they are to be checked. A scalar that has some is an
    /// alias without a name that says so, since all uses of a scalar are one type.
    pub constraints: Constraints,
}

/// Where the Rust name of a named type comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameHint {
    /// Whose file the type is emitted into.
    pub owner: Owner,
    /// For a type written inside its owner: the steps that lead to it, outermost first (property names, `item`,
    /// `value`, a title). Empty for the owner's own type.
    pub path: Vec<String>,
}

/// What a named type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// Index into [`Graph::components`].
    Component(usize),
    /// Index into [`Graph::operations`].
    Operation(usize),
}

/// Documentation of a type, a property, a variant, an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title`, when it says more than the name does.
    pub title: Option<String>,
    /// `description` (CommonMark), or `summary` and `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
}
