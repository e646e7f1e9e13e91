//! Statuses and media types for operations.

use super::plan::Plan;
use super::{Action, Dialect, object, path, schema, string};
use crate::diagnostics::Location;
use crate::ir::{Operation, Response, Status};
use crate::load::{Object, Tree};
use crate::verify::answer::answer;
use crate::verify::fault::Counted;

/// Adds a status to an operation: as another success or failure says, if that takes the body, or with what was learned.
pub(super) fn status(
    plan: &mut Plan<'_, '_>,
    counted: &Counted,
    (code, media_type): (u16, Option<&str>),
    reason: &str,
) {
    let place = counted.fault.place.clone();
    let added = match alike(plan, &place, (code, media_type), counted) {
        Some(same) => same,
        None => response(plan, counted, code, media_type),
    };
    let responses: Object = [(code.to_string().into(), added)].into_iter().collect();
    let target = path::of(plan.root, &place.pointer);
    let action = Action::update(target, vec![("responses", Tree::Object(responses))]);
    if let Some(edit) = plan.edit(&place) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}

/// What the operation says of another status: the success that the models read it as, or one of the same hundred whose body
/// takes the recorded one.
fn alike(
    plan: &mut Plan<'_, '_>,
    place: &Location,
    (code, media_type): (u16, Option<&str>),
    counted: &Counted,
) -> Option<Tree> {
    let graph = plan.checker.graph();
    let operation: &Operation = graph.operations().iter().find(|one| one.location == *place)?;
    let is_same_hundred = |response: &&Response| match response.status {
        Status::Code(other) => other / 100 == code / 100,
        Status::Range(_) | Status::Default => false,
    };
    let fits = |response: &&Response| {
        response.contents.iter().any(|content| {
            content.content.ty().is_some_and(|ty| crate::ir::accept(graph, ty, &counted.fault.value).is_ok())
        })
    };
    // What does not fit it is a fault of its own.
    let read = answer(&operation.responses, code, media_type, media_type.is_none()).read;
    let same = read.map(|(response, _)| response);
    let same = same.or_else(|| operation.responses.iter().filter(is_same_hundred).find(fits))?;
    let at = place.keyword("responses").key(&same.status.to_string());
    plan.checker.sites().documents().at(&at).cloned()
}

fn response(plan: &Plan<'_, '_>, counted: &Counted, code: u16, media_type: Option<&str>) -> Tree {
    let mut members = vec![("description", string(&format!("Recorded with the status {code}.")))];
    if let Some(name) = media_type {
        let schema = body(name, counted, plan.dialect);
        match plan.dialect {
            Dialect::V20 => members.push(("schema", schema)),
            Dialect::V30 | Dialect::V31 => members.push(("content", content(name, schema))),
        }
    }
    Tree::Object(object(members))
}

/// What a body of this media type is: JSON as it was recorded, text, or bytes.
fn body(media_type: &str, counted: &Counted, dialect: Dialect) -> Tree {
    let essence = modelsmith_runtime::essence(media_type);
    if essence.contains("json") || essence.ends_with("urlencoded") || essence.starts_with("multipart/") {
        return schema::of(&counted.learned, dialect);
    }
    let mut members = vec![("type", string("string"))];
    if !essence.starts_with("text/") && !essence.ends_with("xml") {
        members.push(("format", string("binary")));
    }
    Tree::Object(object(members))
}

fn content(media_type: &str, schema: Tree) -> Tree {
    let media = Tree::Object(object(vec![("schema", schema)]));
    Tree::Object([(media_type.into(), media)].into_iter().collect())
}

/// Adds a media type to a body: with the schema of another one of JSON, if there is one, or with what was learned.
pub(super) fn media_type(plan: &mut Plan<'_, '_>, counted: &Counted, name: &str, reason: &str) {
    let place = plan.checker.sites().follow(&counted.fault.place);
    let Some(tree) = plan.checker.sites().documents().at(&place) else { return };
    if plan.dialect == Dialect::V20 {
        return produces(plan, &place, name, reason);
    }
    let is_json = |name: &str| name.contains("json");
    let known = tree.get("content").and_then(Tree::as_object);
    let same = known.and_then(|known| known.iter().find(|(other, _)| is_json(name) && is_json(other)));
    let schema = same.and_then(|(_, media)| media.get("schema").cloned());
    let schema = schema.unwrap_or_else(|| body(name, counted, plan.dialect));
    let action =
        Action::update(path::of(plan.root, &place.pointer), vec![("content", content(name, schema))]);
    if let Some(edit) = plan.edit(&place) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}

/// Lets a parameter, a header or the body of a request be absent. Those of a path must be there.
pub(super) fn optional(plan: &mut Plan<'_, '_>, place: &Location, reason: &str) {
    let place = plan.checker.sites().follow(place);
    let tree = plan.checker.sites().documents().at(&place);
    let is_required = tree.and_then(|tree| tree.get("required")?.as_bool()) == Some(true);
    let is_path = tree.and_then(|tree| tree.get("in")?.as_str()) == Some("path");
    if !is_required || is_path {
        return;
    }
    let action = Action::update(path::of(plan.root, &place.pointer), vec![("required", Tree::Bool(false))]);
    if let Some(edit) = plan.edit(&place) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}

/// Adds a parameter to the query of an operation: a text, which takes whatever was recorded.
pub(super) fn parameter(plan: &mut Plan<'_, '_>, operation: &Location, name: &str, reason: &str) {
    let text = || vec![("type", string("string"))];
    let mut members = vec![("name", string(name)), ("in", string("query"))];
    match plan.dialect {
        Dialect::V20 => members.extend(text()),
        Dialect::V30 | Dialect::V31 => members.push(("schema", Tree::Object(object(text())))),
    }
    let added = Tree::Array(vec![Tree::Object(object(members))]);
    let action = Action::update(path::of(plan.root, &operation.pointer), vec![("parameters", added)]);
    if let Some(edit) = plan.edit(operation) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}

/// Swagger 2.0 lists media types beside the responses, or once for the whole document.
fn produces(plan: &mut Plan<'_, '_>, place: &Location, name: &str, reason: &str) {
    let tokens = place.pointer.tokens();
    let Some(end) = tokens.iter().rposition(|token| token == "responses" || token == "parameters") else {
        return;
    };
    let key = if tokens.get(end).is_some_and(|token| token == "responses") { "produces" } else { "consumes" };
    let pointer =
        tokens.iter().take(end).fold(crate::diagnostics::Pointer::root(), |at, token| at.key(token));
    let operation = Location::new(place.file, pointer);
    let own = plan.checker.sites().documents().at(&operation).and_then(|tree| tree.get(key));
    let mut names = Vec::new();
    if own.is_none() {
        // A list of its own stands for that of the document.
        names.extend(plan.root.get(key).and_then(Tree::as_array).unwrap_or_default().iter().cloned());
    }
    names.push(string(name));
    let action = Action::update(path::of(plan.root, &operation.pointer), vec![(key, Tree::Array(names))]);
    if let Some(edit) = plan.edit(&operation) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}
