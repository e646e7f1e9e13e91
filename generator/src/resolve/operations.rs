//! Operations, webhooks and callbacks (OpenAPI 3.0.4 §4.7.8 to §4.7.18).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use indexmap::IndexMap;

use super::client;
use super::contents;
use super::convert::{Converter, Naming};
use super::enumeration::spelled_default;
use super::form;
use super::headers;
use super::object::Annotations;
use super::pages;
use super::path_parameters;
use super::site::Site;
use super::streams;
use crate::diagnostics::{FileId, Location, Pointer};
use crate::document::{self, Document, Holds, PathItem, PathKey, Ref, StatusCode, request_line};
use crate::ir::{
    AnyReason, Body, Content, Docs, Method, Operation, OperationKind, Owner, ParameterPlace, Response, Status,
};
use crate::limits;
use crate::words::{operation_name, same_words};

/// Converts all operations in document order.
pub(super) fn operations<'d>(converter: &mut Converter<'_, 'd>, document: &'d Document) -> Vec<Operation> {
    let mut walk = Walk { converter, document, found: Vec::new(), before: String::new() };
    let root = Location::new(FileId(0), Pointer::root());
    for (key, item) in &document.paths {
        let (kind, at) = match key.is_webhook {
            true => (OperationKind::Webhook, root.keyword("webhooks").key(&key.path)),
            false => (OperationKind::Path, root.keyword("paths").key(&key.path)),
        };
        walk.before.clear();
        let at = item.source.clone().unwrap_or(at);
        walk.item(kind, &key.path, item, at);
    }
    walk.found
}

struct Walk<'w, 'a, 'd> {
    converter: &'w mut Converter<'a, 'd>,
    document: &'d Document,
    found: Vec<Operation>,
    /// In a callback: the place of its operation, and its name.
    before: String,
}

impl<'d> Walk<'_, '_, 'd> {
    fn item(&mut self, kind: OperationKind, path: &str, item: &'d PathItem, at: Location) {
        for (method, operation) in &item.operations {
            let place = operation.source.clone().unwrap_or_else(|| at.key(method.key()));
            self.operation(kind, path, method, item, operation, (&at, place));
        }
    }

    fn operation(
        &mut self,
        kind: OperationKind,
        path: &str,
        method: &Method,
        item: &'d PathItem,
        operation: &'d document::Operation,
        (item_at, at): (&Location, Location),
    ) {
        let index = self.found.len();
        let naming = Naming { owner: Owner::Operation(index), path: Vec::new() };
        let line = match kind {
            OperationKind::Webhook => request_line(method.as_str(), &PathKey::webhook(path).shown()),
            OperationKind::Path | OperationKind::Callback => request_line(method.as_str(), path),
        };
        let asked = self.converter.rules.operation(operation.id.as_deref(), &line);
        let place = format!("{}{line}", self.before);
        let mut head = self.head(kind, path, method, operation, at.clone());
        head.rename = asked.rename.map(str::to_owned);
        head.place = place.clone();
        head.server = own_server(item, operation);
        // The place in the list is taken before callbacks of this operation take theirs.
        self.found.push(head);
        let parameters = self.parameters((item, item_at), (operation, &at), &naming);
        let is_called = kind == OperationKind::Path && self.converter.options.calls;
        let body = operation.request_body.as_ref().and_then(|body| self.body(body, &at, &naming, is_called));
        let responses = self.responses(operation, (kind, method), &at, &naming);
        let headers = match is_called {
            true => headers::of_operation(self.converter, self.document, operation, &at, &naming),
            false => Vec::new(),
        };
        let stream = match kind {
            OperationKind::Path => {
                streams::of_operation(self.converter, self.document, operation, &asked, &at, &naming)
            }
            OperationKind::Webhook | OperationKind::Callback => None,
        };
        if kind == OperationKind::Path {
            self.converter.pages.extend(pages::asked(index, operation, &asked, &at));
        }
        let entry = &mut self.found[index];
        entry.headers = headers;
        entry.parameters = parameters;
        entry.body = body;
        entry.responses = responses;
        entry.stream = stream;
        if kind == OperationKind::Path {
            path_parameters::settle(entry, self.converter);
        }
        self.callbacks(operation, &place, &at);
    }

    /// An operation with what the document says of it as a whole.
    fn head(
        &self,
        kind: OperationKind,
        path: &str,
        method: &Method,
        operation: &'d document::Operation,
        location: Location,
    ) -> Operation {
        let name = operation_name(operation.id.as_deref(), method.as_str(), path);
        // A summary that only repeats the name says nothing.
        let summary = operation.summary.as_deref().filter(|summary| !same_words(summary, &name));
        let docs = docs(summary, operation.description.as_deref(), operation.deprecated);
        Operation {
            name,
            id: operation.id.clone(),
            rename: None,
            place: String::new(),
            kind,
            method: method.clone(),
            path: path.to_owned(),
            docs,
            tags: operation.tags.clone(),
            parameters: Vec::new(),
            body: None,
            responses: Vec::new(),
            headers: Vec::new(),
            stream: None,
            pages: None,
            security: client::alternatives(self.document, operation.security.as_deref()),
            is_open: client::is_open(self.document, operation.security.as_deref()),
            server: None,
            location,
        }
    }

    fn callbacks(&mut self, operation: &'d document::Operation, place: &str, at: &Location) {
        let outer = std::mem::take(&mut self.before);
        for (name, callback) in &operation.callbacks {
            for (key, item) in callback {
                let at = || at.keyword("callbacks").key(name).key(&key.path);
                let at = item.source.clone().unwrap_or_else(at);
                self.before = format!("{place} {name} ");
                self.item(OperationKind::Callback, &key.path, item, at);
            }
        }
        self.before = outer;
    }

    /// The parameters of a path item, with those of an operation in the place of those of the same name and place.
    fn parameters(
        &mut self,
        (item, item_at): (&'d PathItem, &Location),
        (operation, at): (&'d document::Operation, &Location),
        naming: &Naming,
    ) -> Vec<crate::ir::Parameter> {
        let shared =
            item.parameters.iter().enumerate().map(|(n, p)| (p, item_at.keyword("parameters").index(n)));
        let own =
            operation.parameters.iter().enumerate().map(|(n, p)| (p, at.keyword("parameters").index(n)));
        let mut parameters: Vec<crate::ir::Parameter> = Vec::new();
        let mut known: HashMap<(ParameterPlace, String), usize> = HashMap::new();
        for (parameter, place) in shared.chain(own) {
            let Some(found) = self.parameter(parameter, place, naming) else { continue };
            match known.entry((found.place, found.wire.clone())) {
                Entry::Occupied(other) => parameters[*other.get()] = found,
                Entry::Vacant(free) => {
                    free.insert(parameters.len());
                    parameters.push(found);
                }
            }
        }
        parameters
    }

    fn parameter(
        &mut self,
        parameter: &'d Ref<document::Parameter>,
        at: Location,
        naming: &Naming,
    ) -> Option<crate::ir::Parameter> {
        let (parameter, at) = look_up(parameter, at, "parameters", &self.document.components.parameters)?;
        let place = match parameter.place {
            document::ParameterPlace::Query { .. } => ParameterPlace::Query,
            document::ParameterPlace::Header => ParameterPlace::Header,
            document::ParameterPlace::Path(_) => ParameterPlace::Path,
            document::ParameterPlace::Cookie => ParameterPlace::Cookie,
        };
        let at = parameter.source.clone().unwrap_or(at);
        let naming = naming.step(&parameter.name);
        let (ty, default) = match &parameter.holds {
            Holds::Schema(schema) => {
                let site = Site::new(schema, at.keyword("schema"));
                let default =
                    Annotations::of(&self.converter.components, std::slice::from_ref(&site)).default;
                let sites = std::slice::from_ref(&site);
                let default = default.map(|value| spelled_default(&self.converter.components, sites, value));
                (self.converter.site(site, &naming), default)
            }
            Holds::Content(content) => {
                let schema = content.iter().find_map(|(name, media)| Some((name, media.schema.as_ref()?)));
                match schema {
                    Some((name, schema)) => {
                        let at = at.keyword("content").key(name).keyword("schema");
                        (self.converter.site(Site::new(schema, at), &naming), None)
                    }
                    None => (self.converter.any(AnyReason::Unconstrained, at.clone()), None),
                }
            }
        };
        let required = parameter.required || place == ParameterPlace::Path;
        let schema = at.keyword("schema");
        let converter = &mut self.converter;
        let (presence, initial) =
            converter.defaults.presence(required, default.as_deref(), &schema, converter.sink);
        let docs = docs(None, parameter.description.as_deref(), parameter.deprecated.unwrap_or_default());
        Some(crate::ir::Parameter {
            wire: parameter.name.clone(),
            place,
            form: form::of_parameter(parameter),
            docs,
            ty,
            presence,
            initial,
            location: at,
        })
    }

    fn body(
        &mut self,
        body: &'d Ref<document::RequestBody>,
        operation_at: &Location,
        naming: &Naming,
        is_called: bool,
    ) -> Option<Body> {
        let at = operation_at.keyword("requestBody");
        let (body, at) = look_up(body, at, "requestBodies", &self.document.components.request_bodies)?;
        let at = body.source.clone().unwrap_or(at);
        let naming = naming.step("body");
        let (main, others) = contents::of_body(self.converter, &body.content, &at, &naming, is_called);
        let docs = docs(None, body.description.as_deref(), false);
        Some(Body { docs, main, others, required: body.required, location: at })
    }

    fn responses(
        &mut self,
        operation: &'d document::Operation,
        (kind, method): (OperationKind, &Method),
        operation_at: &Location,
        naming: &Naming,
    ) -> Vec<Response> {
        let mut responses = Vec::new();
        for (status, key, response, at) in found_responses(self.document, operation, operation_at) {
            let naming = naming.step(&if status == Status::Code(200) || status == Status::Code(201) {
                "response".to_owned()
            } else {
                format!("response {key}")
            });
            let contents = if has_no_body(method, status) {
                vec![contents::without_media_type(Content::Empty)]
            } else if response.content.is_empty() && kind != OperationKind::Path {
                // The program answers, and has nothing to say.
                vec![contents::without_media_type(Content::Empty)]
            } else {
                contents::of_response(self.converter, &response.content, &at, &naming)
            };
            let docs = docs(None, Some(response.description.as_str()), false);
            responses.push(Response { status, docs, contents, location: at });
        }
        responses
    }
}

/// The responses of an operation behind their references, `default` last: the status, its key, and the place.
pub(super) fn found_responses<'d>(
    document: &'d Document,
    operation: &'d document::Operation,
    operation_at: &Location,
) -> Vec<(Status, String, &'d document::Response, Location)> {
    let base = operation_at.keyword("responses");
    let numbered = operation.responses.by_status.iter().filter_map(|(code, response)| match *code {
        StatusCode::Code(code) => Some((Status::Code(code), code.to_string(), response)),
        StatusCode::Range(range @ 1..=5) => Some((Status::Range(range), format!("{range}XX"), response)),
        StatusCode::Range(_) => None,
    });
    let default = operation.responses.default.iter();
    let default = default.map(|response| (Status::Default, "default".to_owned(), response));
    let follow = |(status, key, response): (Status, String, &'d Ref<document::Response>)| {
        let (response, at) = look_up(response, base.key(&key), "responses", &document.components.responses)?;
        Some((status, key, response, response.source.clone().unwrap_or(at)))
    };
    numbered.chain(default).filter_map(follow).collect()
}

/// Follows references to the components of a section, at most as many as there can be.
pub(super) fn look_up<'d, T>(
    mut found: &'d Ref<T>,
    mut at: Location,
    section: &'static str,
    components: &'d IndexMap<String, Ref<T>>,
) -> Option<(&'d T, Location)> {
    for _ in 0..limits::REFERENCES {
        match found {
            Ref::Item(item) => return Some((item, at)),
            Ref::To(name) => {
                found = components.get(name)?;
                let root = Location::new(FileId(0), Pointer::root());
                at = root.keyword("components").keyword(section).key(name);
            }
        }
    }
    None
}

/// The first server of an operation or its path item.
fn own_server(item: &PathItem, operation: &document::Operation) -> Option<String> {
    let servers = if operation.servers.is_empty() { &item.servers } else { &operation.servers };
    client::servers(servers).first().map(crate::ir::Server::default_url)
}

/// Whether a response never has a body (RFC 9110 §9.3.2, §15.2, §15.3.5, §15.3.6, §15.4.5).
fn has_no_body(method: &Method, status: Status) -> bool {
    *method == Method::Head || matches!(status, Status::Range(1) | Status::Code(100..=199 | 204 | 205 | 304))
}

pub(super) fn docs(summary: Option<&str>, description: Option<&str>, deprecated: bool) -> Docs {
    let text = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    Docs { title: text(summary), description: text(description), deprecated }
}
