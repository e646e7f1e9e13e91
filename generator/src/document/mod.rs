//! The lowered document: what `lower` gives and the stages after it take.
//!
//! Its types are plain data. They have fields for all that `lower` finds out, also for what OpenAPI 3.0 has no words for:
//! where things stand in the source, what could not be read, which integers a double only comes close to. `openapi` says it in
//! the words of `openapiv3`, with extensions and keys of paths of its own, which is what `modelsmith lower` prints.

mod copy;
mod ids;
mod openapi;
mod operation;
mod parameter;
mod paths;
mod schema;
mod server;

use indexmap::{IndexMap, IndexSet};

pub(crate) use copy::Copied;
pub(crate) use ids::{Ids, SchemaId, UnionId, UnionKeyword};
pub use openapi::json;
pub(crate) use openapi::{holds_text, reference_to, schema_text};
pub(crate) use operation::{Operation, PAGES, RequestBody, Response, Responses, StatusCode};
pub(crate) use parameter::{
    Content, Encoding, Header, Holds, Items, MediaType, Parameter, ParameterPlace, PathStyle, QueryStyle,
};
pub(crate) use paths::{PathItem, PathItems, PathKey, request_line};
pub(crate) use schema::{
    AdditionalProperties, Discriminator, Keywords, MappingTarget, Number, Reference, Schema, SchemaRef,
    ValueTexts,
};
pub(crate) use server::{SecretLocation, SecurityKind, SecurityScheme, Server, ServerVariable};

/// A document in any dialect, under one set of conventions (ARCHITECTURE.md, "What `lower` promises").
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) paths: PathItems,
    pub(crate) components: Components,
    pub(crate) security: Option<Vec<SecurityRequirement>>,
}

/// What a document says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
}

/// What other parts of the document refer to by its name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Components {
    pub schemas: IndexMap<String, SchemaRef>,
    pub responses: IndexMap<String, Ref<Response>>,
    pub parameters: IndexMap<String, Ref<Parameter>>,
    pub request_bodies: IndexMap<String, Ref<RequestBody>>,
    pub headers: IndexMap<String, Ref<Header>>,
    pub security_schemes: IndexMap<String, SecurityScheme>,
}

/// The security schemes that a call needs together.
pub(crate) type SecurityRequirement = IndexSet<String>;

/// Something that is not a schema, or a reference to the component that it is.
#[derive(Debug, Clone)]
pub(crate) enum Ref<T> {
    /// The component of this name.
    To(String),
    Item(T),
}
