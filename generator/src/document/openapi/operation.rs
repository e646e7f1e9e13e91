//! Operations, parameters, bodies and responses.

use indexmap::IndexMap;
use openapiv3::{CookieStyle, HeaderStyle, ParameterData, ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

use super::{
    Extensions, UNREADABLE, flag, items, named, reference, references, requirements, schema, servers, source,
};
use crate::document::{
    Content, Encoding, Header, Holds, Items, MediaType, Operation, Parameter, ParameterPlace, PathStyle,
    QueryStyle, Ref, RequestBody, Response, Responses, StatusCode,
};

/// Of a media type whose schema is not that of its whole content: what it is the schema of.
const ITEMS: &str = "x-modelsmith-items";

pub(super) fn operation(operation: &Operation) -> openapiv3::Operation {
    let pages = operation.pages.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    let body = operation.request_body.as_ref();
    openapiv3::Operation {
        tags: operation.tags.clone(),
        summary: operation.summary.clone(),
        description: operation.description.clone(),
        operation_id: operation.id.clone(),
        parameters: parameters(&operation.parameters),
        request_body: body.map(|body| reference("requestBodies", body, request_body)),
        responses: responses(&operation.responses),
        callbacks: named(&operation.callbacks, |callback| items(callback, |item| item).collect()),
        deprecated: operation.deprecated,
        security: operation.security.as_deref().map(requirements),
        servers: servers(&operation.servers),
        extensions: source(operation.source.as_ref()).chain(pages).collect(),
        ..openapiv3::Operation::default()
    }
}

fn responses(responses: &Responses) -> openapiv3::Responses {
    let found = |found: &Ref<Response>| reference("responses", found, response);
    let by_status = responses.by_status.iter().map(|(status, response)| {
        let status = match *status {
            StatusCode::Code(code) => openapiv3::StatusCode::Code(code),
            StatusCode::Range(range) => openapiv3::StatusCode::Range(range.into()),
        };
        (status, found(response))
    });
    openapiv3::Responses {
        default: responses.default.as_ref().map(found),
        responses: by_status.collect(),
        extensions: Extensions::default(),
    }
}

pub(super) fn response(response: &Response) -> openapiv3::Response {
    openapiv3::Response {
        description: response.description.clone(),
        headers: references("headers", &response.headers, header),
        content: content(&response.content),
        links: IndexMap::default(),
        extensions: source(response.source.as_ref())
            .chain(flag(UNREADABLE, response.is_unreadable))
            .collect(),
    }
}

pub(super) fn request_body(body: &RequestBody) -> openapiv3::RequestBody {
    openapiv3::RequestBody {
        description: body.description.clone(),
        content: content(&body.content),
        required: body.required,
        extensions: source(body.source.as_ref()).collect(),
    }
}

pub(super) fn parameters(parameters: &[Ref<Parameter>]) -> Vec<ReferenceOr<openapiv3::Parameter>> {
    parameters.iter().map(|found| reference("parameters", found, parameter)).collect()
}

pub(super) fn parameter(parameter: &Parameter) -> openapiv3::Parameter {
    let parameter_data = ParameterData {
        name: parameter.name.clone(),
        description: parameter.description.clone(),
        required: parameter.required,
        deprecated: parameter.deprecated,
        format: holds(&parameter.holds),
        example: None,
        examples: IndexMap::default(),
        explode: parameter.explode,
        extensions: source(parameter.source.as_ref()).collect(),
    };
    match &parameter.place {
        ParameterPlace::Query { style, allow_reserved, allow_empty_value } => openapiv3::Parameter::Query {
            parameter_data,
            allow_reserved: *allow_reserved,
            style: query_style(*style),
            allow_empty_value: *allow_empty_value,
        },
        ParameterPlace::Header => openapiv3::Parameter::Header { parameter_data, style: HeaderStyle::Simple },
        ParameterPlace::Path(style) => {
            let style = match style {
                PathStyle::Simple => openapiv3::PathStyle::Simple,
                PathStyle::Label => openapiv3::PathStyle::Label,
                PathStyle::Matrix => openapiv3::PathStyle::Matrix,
            };
            openapiv3::Parameter::Path { parameter_data, style }
        }
        ParameterPlace::Cookie => openapiv3::Parameter::Cookie { parameter_data, style: CookieStyle::Form },
    }
}

pub(super) fn header(header: &Header) -> openapiv3::Header {
    openapiv3::Header {
        description: header.description.clone(),
        style: HeaderStyle::Simple,
        required: header.required,
        deprecated: header.deprecated,
        format: holds(&header.holds),
        example: None,
        examples: IndexMap::default(),
        extensions: source(header.source.as_ref()).collect(),
    }
}

pub(super) fn holds(holds: &Holds) -> ParameterSchemaOrContent {
    match holds {
        Holds::Schema(found) => ParameterSchemaOrContent::Schema(schema::schema(found)),
        Holds::Content(found) => ParameterSchemaOrContent::Content(content(found)),
    }
}

fn content(content: &Content) -> openapiv3::Content {
    named(content, media_type)
}

fn media_type(media_type: &MediaType) -> openapiv3::MediaType {
    let items = media_type.items.map(|items| {
        let word = match items {
            Items::Whole => "whole",
            Items::EventData => "event-data",
        };
        (ITEMS.to_owned(), Value::from(word))
    });
    openapiv3::MediaType {
        schema: media_type.schema.as_ref().map(schema::schema),
        encoding: named(&media_type.encoding, encoding),
        extensions: source(media_type.source.as_ref()).chain(items).collect(),
        ..openapiv3::MediaType::default()
    }
}

fn encoding(encoding: &Encoding) -> openapiv3::Encoding {
    openapiv3::Encoding {
        content_type: encoding.content_type.clone(),
        style: encoding.style.map(query_style),
        explode: encoding.explode,
        allow_reserved: encoding.allow_reserved,
        ..openapiv3::Encoding::default()
    }
}

fn query_style(style: QueryStyle) -> openapiv3::QueryStyle {
    match style {
        QueryStyle::Form => openapiv3::QueryStyle::Form,
        QueryStyle::SpaceDelimited => openapiv3::QueryStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => openapiv3::QueryStyle::PipeDelimited,
        QueryStyle::DeepObject => openapiv3::QueryStyle::DeepObject,
    }
}
