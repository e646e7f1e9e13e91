//! Operations and their responses.

use super::bodies;
use super::budget;
use super::dialect::Dialect;
use super::hoist::{self, Kind};
use super::inline;
use super::parameters;
use super::paths;
use super::refs;
use super::schema::Moved;
use super::security;
use super::servers;
use super::swagger2;
use super::{At, Lowering};
use crate::diagnostics::{Diagnostic, excerpt_of};
use crate::document::{Operation, PAGES, Ref, Response, Responses, StatusCode};
use crate::load::Tree;

/// One operation. `shared` are the parameters of its path item, which stands at `item`.
pub fn operation<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    shared: Option<&'t Tree>,
    item: &At<'_>,
    at: &At<'_>,
    moved: Moved,
) -> Option<Operation> {
    if !budget::spend(lowering, at) {
        return None;
    }
    let read = inline::read_here(lowering, tree, at, moved, |this, tree, at, moved| {
        operation_itself(this, tree, shared, item, at, moved)
    });
    read.flatten()
}

fn operation_itself<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    shared: Option<&'t Tree>,
    item: &At<'_>,
    at: &At<'_>,
    moved: Moved,
) -> Option<Operation> {
    let Some(members) = tree.as_object() else {
        let message = "an operation must be an object; it is ignored";
        lowering.sink.push(Diagnostic::warning("unreadable-operation", at.location(), message));
        return None;
    };
    let mut operation = Operation::default();
    if moved == Moved::Yes {
        operation.source = Some(at.location());
    }
    for (key, value) in members.iter() {
        match key {
            "tags" => operation.tags = lowering.strings(value, at, key),
            "summary" => operation.summary = lowering.text(value, at, key),
            "description" => operation.description = lowering.text(value, at, key),
            "operationId" => operation.id = lowering.text(value, at, key),
            "deprecated" => operation.deprecated = lowering.flag(value, at, key),
            "parameters" => operation.parameters = parameters::parameters(lowering, value, at, Moved::No),
            "requestBody" => operation.request_body = bodies::request_body(lowering, value, &at.key(key)),
            "responses" => operation.responses = responses(lowering, value, members.get("produces"), at),
            "callbacks" => operation.callbacks = paths::callbacks(lowering, value, at),
            "security" => operation.security = Some(security::requirements(lowering, value, at)),
            "servers" => operation.servers = servers::servers(lowering, value, at),
            _ => {
                let known = PAGES.into_iter().find(|known| *known == key);
                operation.pages.extend(known.map(|known| (known, value.to_json())));
            }
        }
    }
    if lowering.dialect == Dialect::Swagger2 {
        operation.request_body = swagger2::swagger_body(lowering, members, shared, item, at);
    }
    Some(operation)
}

fn responses<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    produces: Option<&'t Tree>,
    at: &At<'_>,
) -> Responses {
    let mut responses = Responses::default();
    inline::members(lowering, value, at, "responses", |this, members, here, moved| {
        for (code, tree) in members.iter().filter(|(code, _)| !code.starts_with("x-")) {
            let place = here.key(code);
            let response = response(this, tree, produces, &place, moved);
            if code.eq_ignore_ascii_case("default") {
                responses.default = Some(response);
            } else if let Some(status) = status_of(code) {
                responses.by_status.insert(status, response);
            } else {
                let message = format!("`{}` is not a status code; the response is ignored", excerpt_of(code));
                let help = "status codes are written 404, 4XX or default";
                this.sink.push(Diagnostic::warning("unknown-status", place.location(), message).help(help));
            }
        }
    });
    responses
}

fn response<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    produces: Option<&'t Tree>,
    at: &At<'_>,
    moved: Moved,
) -> Ref<Response> {
    let produces = std::mem::replace(&mut lowering.produces, produces);
    let response = reference_or(lowering, Kind::Response, tree, at, moved, bodies::response_body);
    lowering.produces = produces;
    response.unwrap_or_else(|| Ref::Item(Response { is_unreadable: true, ..Response::default() }))
}

/// A component reference, or the thing itself.
pub fn reference_or<'t, T>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
    body: fn(&mut Lowering<'t, '_>, &'t Tree, &At<'_>, Moved) -> Option<T>,
) -> Option<Ref<T>> {
    if let Some(reference) = tree.get("$ref").and_then(Tree::as_str) {
        let name = refs::reference(lowering, kind, reference, at)?;
        return Some(Ref::To(name.to_string()));
    }
    if let Some(name) = hoist::hoisted(lowering, kind, tree, at) {
        return Some(Ref::To(name.to_string()));
    }
    body(lowering, tree, at, moved).map(Ref::Item)
}

/// `404` or `4XX`.
fn status_of(code: &str) -> Option<StatusCode> {
    match code.trim().as_bytes() {
        [family @ b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => Some(StatusCode::Range(family - b'0')),
        [b'1'..=b'9', _, _] => code.trim().parse().ok().map(StatusCode::Code),
        _ => None,
    }
}
