//! The lowered document in the words of `openapiv3`: what `modelsmith lower` prints.
//!
//! What that type has no field for stands in extensions and in keys of paths. This module is the one place that knows how.

mod operation;
mod schema;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};
use serde::Serialize;
use serde_json::Value;

use super::{
    Components, Document, Holds, PathItem, PathItems, PathKey, Ref, SchemaRef, SecretLocation, SecurityKind,
    SecurityRequirement, SecurityScheme, Server, ServerVariable, request_line,
};
use crate::diagnostics::{Location, Pointer};
use crate::method::Method;
use crate::number;

/// `"<file index>#<pointer>"`: the place in the source, where it is not the same as in the document.
const SOURCE: &str = "x-modelsmith-source";
/// `true` on what stands for something that could not be read.
const UNREADABLE: &str = "x-modelsmith-unreadable";

/// The members of an object that `openapiv3` has no fields for.
type Extensions = IndexMap<String, Value>;

/// A lowered document as JSON text.
///
/// # Errors
/// Those of `serde_json`, which has none for a document.
pub fn json(document: &Document) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(&OpenAPI::from(document))?;
    Ok(number::without_marks(&text).into_owned() + "\n")
}

/// A text that is the same for schemas that say the same in the same words, whatever the order of their keys.
pub(crate) fn schema_text(schema: &SchemaRef) -> String {
    sorted_text(&schema::schema(schema))
}

/// The same for what a parameter or a header holds.
pub(crate) fn holds_text(holds: &Holds) -> String {
    sorted_text(&operation::holds(holds))
}

fn sorted_text(part: &impl Serialize) -> String {
    let value = serde_json::to_value(part).map(|mut value| {
        value.sort_all_objects();
        value.to_string()
    });
    value.unwrap_or_default()
}

/// The reference to a component, as it is written.
pub(crate) fn reference_to(section: &str, name: &str) -> String {
    format!("#{}", Pointer::root().keyword("components").key(section).key(name))
}

impl From<&Document> for OpenAPI {
    fn from(document: &Document) -> Self {
        Self {
            openapi: "3.0.3".to_owned(),
            info: openapiv3::Info {
                title: document.info.title.clone(),
                version: document.info.version.clone(),
                description: document.info.description.clone(),
                ..Default::default()
            },
            servers: servers(&document.servers),
            paths: openapiv3::Paths {
                paths: items(&document.paths, ReferenceOr::Item).collect(),
                extensions: Extensions::default(),
            },
            components: Some(components(&document.components)),
            security: document.security.as_deref().map(requirements),
            ..Self::default()
        }
    }
}

fn components(components: &Components) -> openapiv3::Components {
    let schemes = components.security_schemes.iter();
    openapiv3::Components {
        schemas: named(&components.schemas, schema::schema),
        responses: references("responses", &components.responses, operation::response),
        parameters: references("parameters", &components.parameters, operation::parameter),
        request_bodies: references("requestBodies", &components.request_bodies, operation::request_body),
        headers: references("headers", &components.headers, operation::header),
        security_schemes: schemes
            .map(|(name, scheme)| (name.clone(), ReferenceOr::Item(security_scheme(scheme))))
            .collect(),
        ..Default::default()
    }
}

fn named<T, U>(all: &IndexMap<String, T>, of: impl Fn(&T) -> U) -> IndexMap<String, U> {
    all.iter().map(|(name, item)| (name.clone(), of(item))).collect()
}

fn references<T, U>(
    section: &str,
    all: &IndexMap<String, Ref<T>>,
    of: impl Fn(&T) -> U,
) -> IndexMap<String, ReferenceOr<U>> {
    named(all, |item| reference(section, item, &of))
}

fn reference<T, U>(section: &str, item: &Ref<T>, of: impl Fn(&T) -> U) -> ReferenceOr<U> {
    match item {
        Ref::To(name) => ReferenceOr::Reference { reference: reference_to(section, name) },
        Ref::Item(item) => ReferenceOr::Item(of(item)),
    }
}

/// Path items with their keys. An operation whose method 3.0 does not have is the `post` of an item of its own, with a
/// request line for a key.
fn items<T>(items: &PathItems, wrap: impl Fn(openapiv3::PathItem) -> T) -> impl Iterator<Item = (String, T)> {
    let of_key = move |(key, item): (&PathKey, &PathItem)| {
        let path = key.shown();
        let new = item.operations.iter().filter(|(method, _)| method.is_new()).map(|(method, operation)| {
            let post = Some(operation::operation(operation));
            let item = openapiv3::PathItem { post, ..common(item) };
            (request_line(method.as_str(), &path), wrap(item))
        });
        let mut found: Vec<(String, T)> = new.collect();
        found.push((path.into_owned(), wrap(path_item(item))));
        found
    };
    items.iter().flat_map(of_key)
}

fn path_item(item: &PathItem) -> openapiv3::PathItem {
    let operation = |method| item.operations.get(&method).map(operation::operation);
    openapiv3::PathItem {
        get: operation(Method::Get),
        put: operation(Method::Put),
        post: operation(Method::Post),
        delete: operation(Method::Delete),
        options: operation(Method::Options),
        head: operation(Method::Head),
        patch: operation(Method::Patch),
        trace: operation(Method::Trace),
        ..common(item)
    }
}

/// A path item without its operations.
fn common(item: &PathItem) -> openapiv3::PathItem {
    openapiv3::PathItem {
        summary: item.summary.clone(),
        description: item.description.clone(),
        servers: servers(&item.servers),
        parameters: operation::parameters(&item.parameters),
        extensions: source(item.source.as_ref()).collect(),
        ..Default::default()
    }
}

fn source(place: Option<&Location>) -> impl Iterator<Item = (String, Value)> {
    let text = |place: &Location| format!("{}#{}", place.file.index(), place.pointer);
    place.map(|place| (SOURCE.to_owned(), Value::String(text(place)))).into_iter()
}

fn flag(key: &str, is_set: bool) -> Option<(String, Value)> {
    is_set.then(|| (key.to_owned(), Value::Bool(true)))
}

fn requirements(alternatives: &[SecurityRequirement]) -> Vec<openapiv3::SecurityRequirement> {
    let requirement =
        |names: &SecurityRequirement| names.iter().map(|name| (name.clone(), Vec::new())).collect();
    alternatives.iter().map(requirement).collect()
}

fn servers(servers: &[Server]) -> Vec<openapiv3::Server> {
    let server = |server: &Server| openapiv3::Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: server.variables.as_ref().map(|variables| named(variables, server_variable)),
        extensions: Extensions::default(),
    };
    servers.iter().map(server).collect()
}

fn server_variable(variable: &ServerVariable) -> openapiv3::ServerVariable {
    openapiv3::ServerVariable {
        default: variable.default.clone(),
        description: variable.description.clone(),
        enumeration: variable.values.clone(),
        extensions: Extensions::default(),
    }
}

fn security_scheme(scheme: &SecurityScheme) -> openapiv3::SecurityScheme {
    use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme as Scheme};
    let (description, extensions) = (scheme.description.clone(), Extensions::default());
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => {
            let location = match location {
                SecretLocation::Query => APIKeyLocation::Query,
                SecretLocation::Header => APIKeyLocation::Header,
                SecretLocation::Cookie => APIKeyLocation::Cookie,
            };
            Scheme::APIKey { location, name: name.clone(), description, extensions }
        }
        SecurityKind::Http { scheme } => {
            Scheme::HTTP { scheme: scheme.clone(), bearer_format: None, description, extensions }
        }
        SecurityKind::OAuth2 => Scheme::OAuth2 { flows: OAuth2Flows::default(), description, extensions },
        SecurityKind::OpenIdConnect { url } => {
            Scheme::OpenIDConnect { open_id_connect_url: url.clone(), description, extensions }
        }
    }
}
