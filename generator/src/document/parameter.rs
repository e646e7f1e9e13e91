//! Parameters, headers, and what media types say of contents.

use indexmap::IndexMap;

use super::SchemaRef;
use crate::diagnostics::Location;

/// A parameter of an operation (OpenAPI 3.0.4 §4.7.12).
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    pub name: String,
    pub place: ParameterPlace,
    pub description: Option<String>,
    pub required: bool,
    pub deprecated: Option<bool>,
    pub holds: Holds,
    pub explode: Option<bool>,
}

/// Where a parameter is sent, and how it is written there.
#[derive(Debug, Clone)]
pub(crate) enum ParameterPlace {
    Query { style: QueryStyle, allow_reserved: bool, allow_empty_value: Option<bool> },
    Header,
    Path(PathStyle),
    Cookie,
}

/// A style of query parameters and of fields of forms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum QueryStyle {
    #[default]
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A style of parameters of paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathStyle {
    Simple,
    Label,
    Matrix,
}

/// What says which values a parameter or a header has.
#[derive(Debug, Clone)]
pub(crate) enum Holds {
    /// `schema`.
    Schema(SchemaRef),
    /// `content`.
    Content(Content),
}

/// A header of a response (OpenAPI 3.0.4 §4.7.21).
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    pub description: Option<String>,
    pub required: bool,
    pub deprecated: Option<bool>,
    pub holds: Holds,
}

/// Media types with what they say.
pub(crate) type Content = IndexMap<String, MediaType>;

/// What a media type says of a content (OpenAPI 3.0.4 §4.7.14).
#[derive(Debug, Clone, Default)]
pub(crate) struct MediaType {
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    pub schema: Option<SchemaRef>,
    /// What the schema is that of, if not of the whole content.
    pub items: Option<Items>,
    pub encoding: IndexMap<String, Encoding>,
}

/// What the schema of a media type describes of each item of a sequence (OpenAPI 3.2 §4.14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Items {
    /// The item.
    Whole,
    /// The JSON in the data of an event.
    EventData,
}

/// How a field of a form is written (OpenAPI 3.0.4 §4.7.15).
#[derive(Debug, Clone)]
pub(crate) struct Encoding {
    pub content_type: Option<String>,
    pub style: Option<QueryStyle>,
    pub explode: bool,
    pub allow_reserved: bool,
}
