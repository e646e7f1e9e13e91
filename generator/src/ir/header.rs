//! Headers of responses.

use super::{Docs, Status, TypeRef};
use crate::diagnostics::Location;

/// A header of the responses of an operation (OpenAPI 3.0.4 §4.7.21).
#[derive(Debug, Clone)]
pub struct ResponseHeader {
    /// Its name, as the first response that has it writes it.
    pub wire: String,
    /// The responses that have it, in document order.
    pub statuses: Vec<Status>,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: TypeRef,
    /// How its value is written.
    pub form: HeaderForm,
    /// Whether every documented response must have it.
    pub required: bool,
    /// Where it is defined.
    pub location: Location,
}

/// How the value of a header is written (OpenAPI 3.0.4 §4.7.21, style `simple`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderForm {
    /// As it is.
    Text,
    /// `a,b`.
    List,
    /// `name,a,other,b`, or `name=a,other=b`.
    Object,
    /// One JSON text: the header has `content`.
    Json,
}
