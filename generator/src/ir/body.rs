//! Request bodies: what they hold, and as which media types they are sent.

use super::{Docs, ParameterForm, TypeRef};
use crate::diagnostics::Location;

/// A request body (OpenAPI 3.0.4 §4.7.13).
#[derive(Debug, Clone)]
pub struct Body {
    /// Its documentation.
    pub docs: Docs,
    /// What it holds, by preference JSON.
    pub main: BodyContent,
    /// What it may hold instead, in the order of the document: media types that are not the same data in another form.
    /// Empty unless operations can be called.
    pub others: Vec<BodyContent>,
    /// Whether it must be sent.
    pub required: bool,
    /// Where it is defined.
    pub location: Location,
}

impl Body {
    /// Everything that it may hold, what is wanted most first.
    pub fn contents(&self) -> impl Iterator<Item = &BodyContent> + Clone {
        std::iter::once(&self.main).chain(&self.others)
    }

    /// The same, to be changed.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = &mut BodyContent> {
        std::iter::once(&mut self.main).chain(&mut self.others)
    }

    /// Whether the user chooses among several media types.
    pub fn is_choice(&self) -> bool {
        !self.others.is_empty()
    }
}

/// What a request body holds as one media type (OpenAPI 3.0.4 §4.7.14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyContent {
    /// What it holds.
    pub content: Content,
    /// The media type that `content` describes.
    pub media_type: String,
    /// The properties of a multipart form that are files.
    pub files: Vec<String>,
    /// The fields of a form of which the document says how they are written.
    pub fields: Vec<FormField>,
    /// Whether it is so much larger than what else the body may hold that it is boxed.
    pub boxed: bool,
}

/// What the encoding object says of a field of a form (OpenAPI 3.0.4 §4.7.15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// The property.
    pub property: String,
    /// Its media type, if the document gives it one.
    pub media_type: Option<String>,
    /// How it is written, if the document says it.
    pub form: Option<ParameterForm>,
}

/// What a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// JSON (also `+json`, and media types with a schema that nothing better is known of).
    Json(TypeRef),
    /// A form: `application/x-www-form-urlencoded` or `multipart/form-data`.
    Form(TypeRef),
    /// A string, which is JSON or plain text by the media type.
    String,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
}

impl Content {
    /// The type of what has one of the document's own.
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Content::Json(ty) | Content::Form(ty) => Some(ty),
            Content::String | Content::Text | Content::Bytes | Content::Empty => None,
        }
    }

    /// The same, to be changed.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Content::Json(ty) | Content::Form(ty) => Some(ty),
            Content::String | Content::Text | Content::Bytes | Content::Empty => None,
        }
    }
}
