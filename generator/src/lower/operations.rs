//! Operations and their responses.

use openapiv3::{Operation, ReferenceOr, Response, Responses, StatusCode};

use super::dialect::Dialect;
use super::hoist::Kind;
use super::schema::Moved;
use super::{At, Lowering};
use crate::diagnostics::{Diagnostic, excerpt_of};
use crate::document::{Marks as _, PAGES};
use crate::load::Tree;

impl<'t> Lowering<'t, '_> {
    /// One operation. `shared` are the parameters of its path item, which stands at `item`.
    pub fn operation(
        &mut self,
        tree: &'t Tree,
        shared: Option<&'t Tree>,
        item: &At<'_>,
        at: &At<'_>,
        moved: Moved,
    ) -> Option<Operation> {
        if !self.spend(at) {
            return None;
        }
        let read = self.here(tree, at, moved, |this, tree, at, moved| {
            this.operation_itself(tree, shared, item, at, moved)
        });
        read.flatten()
    }

    fn operation_itself(
        &mut self,
        tree: &'t Tree,
        shared: Option<&'t Tree>,
        item: &At<'_>,
        at: &At<'_>,
        moved: Moved,
    ) -> Option<Operation> {
        let Some(members) = tree.as_object() else {
            let message = "an operation must be an object; it is ignored";
            self.sink.push(Diagnostic::warning("unreadable-operation", at.location(), message));
            return None;
        };
        let mut operation = Operation::default();
        if moved == Moved::Yes {
            operation.extensions.mark_source(&at.location());
        }
        for (key, value) in members.iter() {
            match key {
                "tags" => operation.tags = self.strings(value, at, key),
                "summary" => operation.summary = self.text(value, at, key),
                "description" => operation.description = self.text(value, at, key),
                "operationId" => operation.operation_id = self.text(value, at, key),
                "deprecated" => operation.deprecated = self.flag(value, at, key),
                "parameters" => operation.parameters = self.parameters(value, at, Moved::No),
                "requestBody" => operation.request_body = self.request_body(value, &at.key(key)),
                "responses" => operation.responses = self.responses(value, members.get("produces"), at),
                "callbacks" => operation.callbacks = self.callbacks(value, at),
                "security" => operation.security = Some(self.requirements(value, at)),
                "servers" => operation.servers = self.servers(value, at),
                _ if PAGES.contains(&key) => {
                    operation.extensions.insert(key.to_owned(), value.to_json());
                }
                _ => {}
            }
        }
        if self.dialect == Dialect::Swagger2 {
            operation.request_body = self.swagger_body(members, shared, item, at);
        }
        Some(operation)
    }

    fn responses(&mut self, value: &'t Tree, produces: Option<&'t Tree>, at: &At<'_>) -> Responses {
        let mut responses = Responses::default();
        self.members(value, at, "responses", |this, members, here, moved| {
            for (code, tree) in members.iter().filter(|(code, _)| !code.starts_with("x-")) {
                let place = here.key(code);
                let response = this.response(tree, produces, &place, moved);
                if code.eq_ignore_ascii_case("default") {
                    responses.default = Some(response);
                } else if let Some(status) = status_of(code) {
                    responses.responses.insert(status, response);
                } else {
                    let message =
                        format!("`{}` is not a status code; the response is ignored", excerpt_of(code));
                    let help = "status codes are written 404, 4XX or default";
                    this.sink
                        .push(Diagnostic::warning("unknown-status", place.location(), message).help(help));
                }
            }
        });
        responses
    }

    fn response(
        &mut self,
        tree: &'t Tree,
        produces: Option<&'t Tree>,
        at: &At<'_>,
        moved: Moved,
    ) -> ReferenceOr<Response> {
        let produces = std::mem::replace(&mut self.produces, produces);
        let response = self.reference_or(Kind::Response, tree, at, moved, Self::response_body);
        self.produces = produces;
        response.unwrap_or_else(|| {
            let mut empty = Response::default();
            empty.extensions.mark_unreadable();
            ReferenceOr::Item(empty)
        })
    }

    /// A component reference, or the thing itself.
    pub fn reference_or<T>(
        &mut self,
        kind: Kind,
        tree: &'t Tree,
        at: &At<'_>,
        moved: Moved,
        body: fn(&mut Self, &'t Tree, &At<'_>, Moved) -> Option<T>,
    ) -> Option<ReferenceOr<T>> {
        if let Some(reference) = tree.get("$ref").and_then(Tree::as_str) {
            let reference = self.reference(kind, reference, at)?;
            return Some(ReferenceOr::Reference { reference });
        }
        if let Some(reference) = self.hoisted(kind, tree, at) {
            return Some(ReferenceOr::Reference { reference });
        }
        body(self, tree, at, moved).map(ReferenceOr::Item)
    }
}

/// `404` or `4XX`.
fn status_of(code: &str) -> Option<StatusCode> {
    match code.trim().as_bytes() {
        [family @ b'1'..=b'9', b'x' | b'X', b'x' | b'X'] => Some(StatusCode::Range(u16::from(family - b'0'))),
        [b'1'..=b'9', _, _] => code.trim().parse().ok().map(StatusCode::Code),
        _ => None,
    }
}
