//! Finds the type that bare payloads are compared with: a schema or the body of an operation.

use std::fmt;

use super::exchange::Payload;
use super::faults::Checker;
use super::sites::Sites;
use super::subject::Part;
use crate::diagnostics::closest;
use crate::ir::{Graph, Operation, OperationKind, Owner, Response, Status, TypeRef};
use crate::load::Documents;

/// What the payloads of a recording are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Values of a component schema.
    Schema(String),
    /// Bodies of an operation, by its `operationId` or its method and path.
    Operation {
        /// The operation.
        name: String,
        /// Which of its bodies.
        body: TargetBody,
    },
}

/// Which body of an operation the payloads are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetBody {
    /// The body that the user of the models reads: the success response of an operation, the request of a webhook or a
    /// callback.
    Read,
    /// The request.
    Request,
    /// The response with a status.
    Response(u16),
}

/// The document does not have the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTarget {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  = help: {help}"))
    }
}

impl std::error::Error for UnknownTarget {}

/// Finds the type and the schema of a target.
pub(super) fn find<'a>(
    target: &'a Target,
    graph: &'a Graph,
    documents: &'a Documents,
) -> Result<Payload<'a>, UnknownTarget> {
    match target {
        Target::Schema(name) => {
            let mut components = graph.components().iter().enumerate();
            let Some((index, found)) = components.find(|(_, component)| component.name == *name) else {
                let message = format!("the document has no component schema `{name}`");
                return Err(unknown(message, name, graph.components().iter().map(|it| it.name.as_str())));
            };
            let (ty, schema) = (found.ty, Sites::new(documents).component(found));
            let owner = Owner::Component(index);
            let (part, media_type) = (Part::Payload(name), "");
            Ok(Payload { operation: None, owner, part, media_type, name, ty, schema })
        }
        Target::Operation { name, body } => {
            let operations = graph.operations();
            let is_named = |it: &Operation| it.id.as_deref() == Some(name) || it.place == *name;
            let found = operations.iter().enumerate().find(|(_, operation)| is_named(operation));
            let Some(operation) = found else {
                let message = format!("the document has no operation `{name}`");
                let ids = operations.iter().map(|it| it.id.as_deref().unwrap_or(&it.place));
                return Err(unknown(message, name, ids));
            };
            of_operation(name, operation, *body, graph, documents)
        }
    }
}

fn of_operation<'a>(
    name: &'a str,
    (index, operation): (usize, &'a Operation),
    body: TargetBody,
    graph: &'a Graph,
    documents: &'a Documents,
) -> Result<Payload<'a>, UnknownTarget> {
    let mut checker = Checker::new(graph, documents);
    let (owner, named) = (Owner::Operation(index), Some(operation));
    let is_request = match (body, operation.kind) {
        (TargetBody::Request, _) => true,
        (TargetBody::Response(_), _) | (TargetBody::Read, OperationKind::Path) => false,
        (TargetBody::Read, OperationKind::Webhook | OperationKind::Callback) => true,
    };
    if is_request {
        let found = operation.body.as_ref().and_then(|body| {
            let content = body.contents().find(|content| content.content.ty().is_some())?;
            Some((body, content, content.content.ty()?))
        });
        let Some((body, content, ty)) = found else {
            return Err(bodiless(format!("the request of `{name}` has no JSON body with a schema")));
        };
        let schema = checker.schema_of_body(body, &content.media_type);
        let (part, media_type) = (Part::RequestBody, content.media_type.as_str());
        return Ok(Payload { operation: named, owner, part, media_type, name, ty, schema });
    }
    let (wanted, response) = match body {
        TargetBody::Response(status) => {
            (format!("the {status} response of `{name}`"), of_status(operation, status))
        }
        TargetBody::Read | TargetBody::Request => {
            (format!("the success response of `{name}`"), success(operation))
        }
    };
    let Some((response, media_type, ty)) = response.and_then(content) else {
        return Err(bodiless(format!("{wanted} has no JSON body with a schema")));
    };
    let status = match (body, response.status) {
        (TargetBody::Response(status), _) | (_, Status::Code(status)) => status,
        (_, Status::Range(_) | Status::Default) => 200,
    };
    let schema = checker.schema_of_response(response, media_type);
    let part = Part::Response(status);
    Ok(Payload { operation: named, owner, part, media_type, name, ty, schema })
}

fn of_status(operation: &Operation, status: u16) -> Option<&Response> {
    super::answer::answer(&operation.responses, status, None, false).named
}

/// The first success response with a JSON body, or else the `default` response.
fn success(operation: &Operation) -> Option<&Response> {
    let is_success =
        |response: &&Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
    let mut successes = operation.responses.iter().filter(is_success);
    let default = || operation.responses.iter().find(|response| response.status == Status::Default);
    successes.find(|response| content(response).is_some()).or_else(default)
}

fn content(response: &Response) -> Option<(&Response, &str, TypeRef)> {
    response.contents.iter().find_map(|content| {
        let media_type = content.media_types.first().map_or("", String::as_str);
        Some((response, media_type, content.content.ty()?))
    })
}

fn bodiless(message: String) -> UnknownTarget {
    UnknownTarget { message, help: None }
}

fn unknown<'n>(message: String, name: &str, names: impl Iterator<Item = &'n str>) -> UnknownTarget {
    UnknownTarget { message, help: closest(name, names).map(|other| format!("did you mean `{other}`?")) }
}
