//! Operations, their bodies and their responses.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Content, Header, Parameter, PathItems, Ref, SecurityRequirement, Server};
use crate::diagnostics::Location;

/// The extensions of an operation that say how it answers in pages.
pub(crate) const PAGES: [&str; 3] = ["x-speakeasy-pagination", "x-ms-pageable", "x-dropshot-pagination"];

/// An operation (OpenAPI 3.0.4 §4.7.10).
#[derive(Debug, Clone, Default)]
pub(crate) struct Operation {
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    /// `operationId`.
    pub id: Option<String>,
    pub tags: Vec<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
    pub parameters: Vec<Ref<Parameter>>,
    pub request_body: Option<Ref<RequestBody>>,
    pub responses: Responses,
    pub callbacks: IndexMap<String, PathItems>,
    pub security: Option<Vec<SecurityRequirement>>,
    pub servers: Vec<Server>,
    /// What it has of the extensions [`PAGES`].
    pub pages: IndexMap<&'static str, Value>,
}

/// The responses of an operation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Responses {
    pub by_status: IndexMap<StatusCode, Ref<Response>>,
    pub default: Option<Ref<Response>>,
}

/// The key of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum StatusCode {
    /// `404`.
    Code(u16),
    /// `4` for `4XX`.
    Range(u8),
}

/// A response (OpenAPI 3.0.4 §4.7.17).
#[derive(Debug, Clone, Default)]
pub(crate) struct Response {
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    /// Whether it stands for one that could not be read.
    pub is_unreadable: bool,
    pub description: String,
    pub headers: IndexMap<String, Ref<Header>>,
    pub content: Content,
}

/// A body of requests (OpenAPI 3.0.4 §4.7.13).
#[derive(Debug, Clone, Default)]
pub(crate) struct RequestBody {
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    pub description: Option<String>,
    pub required: bool,
    pub content: Content,
}
