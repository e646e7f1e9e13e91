//! Names what is compared with the document: an operation and a part of it, or a schema.

use crate::ir::{Operation, ParameterPlace};

/// A part of an exchange, or a bare payload.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    Parameter(ParameterPlace, &'a str),
    RequestBody,
    /// The response with this status.
    Response(u16),
    ResponseHeader(&'a str),
    /// An item of the stream with this status.
    Item(u16),
    /// A value of this schema.
    Payload(&'a str),
}

/// The name of the operation, followed by the part.
pub(super) fn label(operation: Option<&Operation>, part: Part<'_>) -> String {
    let of = operation.map(name).unwrap_or_default();
    match part {
        Part::Parameter(place, name) => {
            let place = match place {
                ParameterPlace::Path => "path",
                ParameterPlace::Query => "query",
                ParameterPlace::Header => "header",
                ParameterPlace::Cookie => "cookie",
            };
            format!("{of} {place} parameter `{name}`")
        }
        Part::RequestBody => format!("{of} request body"),
        Part::Response(status) => format!("{of} response {status}"),
        Part::ResponseHeader(name) => format!("{of} response header `{name}`"),
        Part::Item(status) => format!("{of} response {status}, item of the stream"),
        Part::Payload(schema) => format!("schema {schema}"),
    }
}

/// The name of an operation: its `operationId`, or its method and path.
pub(super) fn name(operation: &Operation) -> String {
    operation.id.clone().unwrap_or_else(|| operation.place.clone())
}
