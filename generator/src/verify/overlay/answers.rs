//! Corrections of operations: statuses, media types, optional parts, parameters.

use std::collections::HashMap;

use serde_json::Value;

use super::plan::{Plan, reason_of};
use super::{Action, Dialect, object, path, schema, string};
use crate::diagnostics::{Location, Pointer};
use crate::ir::{Content, Operation, Response, ResponseContent, Status, is_sequence};
use crate::load::{Object, Tree};
use crate::verify::answer;
use crate::verify::fault::{Counted, Fault, FaultKind};
use crate::verify::learn::Learned;

/// The faults of undeclared statuses, by the operation's place and the status.
pub(super) type Statuses<'f> = HashMap<(String, u16), Vec<&'f Counted>>;

/// Groups the faults of each status of an operation: there is one fault per media type.
pub(super) fn by_status<'f>(faults: &[&'f Counted]) -> Statuses<'f> {
    let mut found = Statuses::new();
    for counted in faults {
        if let FaultKind::Status { code, .. } = &counted.fault.kind {
            let key = (counted.fault.place.pointer.to_string(), *code);
            found.entry(key).or_default().push(*counted);
        }
    }
    found
}

/// Adds a status to an operation. The response is a copy of another one of the same class (2xx, 4xx), if that accepts
/// the recorded bodies, or else is made from them.
pub(super) fn status(plan: &mut Plan<'_, '_>, met: &[&Counted], code: u16) {
    let Some(first) = met.first() else { return };
    let place = first.fault.place.clone();
    let is_known = |counted: &&Counted| is_plain(counted) || media_type_of(counted).is_some();
    let same = if met.iter().any(is_known) { alike(plan, &place, code, met) } else { None };
    let added = match same {
        Some(same) => same,
        None => response(plan.dialect, met, code),
    };
    let responses: Object = [(code.to_string().into(), added)].into_iter().collect();
    let target = path::of(plan.root, &place.pointer);
    let action = Action::update(target, vec![("responses", Tree::Object(responses))]);
    let reason = reason_of(&first.fault.kind, met.iter().map(|counted| counted.count).sum());
    if let Some(edit) = plan.edit(&place) {
        edit.others.push((vec![action], reason));
    }
}

/// The operation's response of another status of the same class that accepts the recorded bodies.
fn alike(plan: &mut Plan<'_, '_>, place: &Location, code: u16, met: &[&Counted]) -> Option<Tree> {
    let graph = plan.checker.graph();
    let operation: &Operation = graph.operations().iter().find(|one| one.location == *place)?;
    let is_same_hundred = |response: &&Response| match response.status {
        Status::Code(other) => other / 100 == code / 100,
        Status::Range(_) | Status::Default => false,
    };
    let mut others = operation.responses.iter().filter(is_same_hundred);
    let same = others.find(|response| met.iter().all(|counted| takes(plan, response, counted)))?;
    let at = place.keyword("responses").key(&same.status.to_string());
    plan.checker.sites().documents().at(&at).cloned()
}

/// Whether a response accepts a recorded body. Faults in parts of the body do not count: they are corrected on their
/// own.
fn takes(plan: &mut Plan<'_, '_>, response: &Response, counted: &Counted) -> bool {
    let says_nothing = response.contents.iter().all(|content| content.media_types.is_empty());
    let Some(name) = media_type_of(counted) else { return says_nothing || !is_plain(counted) };
    if says_nothing {
        return response.contents.iter().any(|content| content.content != Content::Empty);
    }
    let fits = |content: &&ResponseContent| answer::fit(content.content, &content.media_types, name);
    let best = response.contents.iter().rev().max_by_key(fits);
    let Some(content) = best.filter(|content| fits(content) > answer::OF_BYTES) else { return false };
    match content.content {
        Content::String | Content::Text | Content::Bytes => true,
        Content::Json(_) if is_sequence(name) => true,
        Content::Json(ty) => {
            let known = answer::name_of(&content.media_types, Some(name));
            let schema = plan.checker.schema_of_response(response, known);
            let (value, root) = (&counted.fault.value, Pointer::root());
            let faults = plan.checker.faults(ty, &schema, value);
            let is_whole = |fault: &Fault| fault.at == root && fault.kind.is_refused();
            !faults.iter().any(is_whole) && is_one_type(value, &counted.learned)
        }
        Content::Form(_) | Content::Empty => false,
    }
}

/// Whether all values have the same JSON type as this one.
fn is_one_type(value: &Value, learned: &Learned) -> bool {
    let types = |of: &Learned| {
        let parts = (of.array.is_some(), of.object.is_some());
        (of.null, of.boolean, of.integer || of.number, of.string, parts)
    };
    types(&Learned::of(value)) == types(learned)
}

fn media_type_of(counted: &Counted) -> Option<&str> {
    let FaultKind::Status { media_type, .. } = &counted.fault.kind else { return None };
    media_type.as_deref()
}

/// Whether a body is empty, or a text without a media type. A body that was not recorded is neither.
fn is_plain(counted: &Counted) -> bool {
    media_type_of(counted).is_none() && counted.learned.string
}

/// A response made from the recorded bodies. OpenAPI cannot declare an optional response body: if some responses have
/// none, the response has no `content`, which accepts any body.
fn response(dialect: Dialect, met: &[&Counted], code: u16) -> Tree {
    let mut members = vec![("description", string(&format!("Recorded with the status {code}.")))];
    let bodies = met.iter().filter_map(|counted| Some((media_type_of(counted)?, *counted)));
    let bodies: Vec<(&str, &Counted)> = bodies.collect();
    if !met.iter().any(|counted| is_plain(counted)) && !bodies.is_empty() {
        match dialect {
            Dialect::V20 => members.extend(one_schema(&bodies).map(|schema| ("schema", schema))),
            Dialect::V30 | Dialect::V31 => {
                let media = bodies.iter().map(|(name, met)| {
                    let schema = body(name, &met.learned, dialect);
                    ((*name).into(), Tree::Object(object(vec![("schema", schema)])))
                });
                members.push(("content", Tree::Object(media.collect())));
            }
        }
    }
    Tree::Object(object(members))
}

/// The schema of a response in Swagger 2.0, which has one schema for all media types. `None` if the bodies have no
/// common schema.
fn one_schema(bodies: &[(&str, &Counted)]) -> Option<Tree> {
    let (name, _) = bodies.first()?;
    if bodies.len() > 1 && !bodies.iter().all(|(name, _)| is_structured(name)) {
        return None;
    }
    let mut learned = Learned::default();
    bodies.iter().for_each(|(_, met)| learned.merge(met.learned.clone()));
    Some(body(name, &learned, Dialect::V20))
}

fn is_structured(media_type: &str) -> bool {
    let essence = modelsmith_runtime::essence(media_type);
    essence.contains("json") || essence.ends_with("urlencoded") || essence.starts_with("multipart/")
}

/// The schema of a body of this media type: that of the recorded JSON, of text, or of bytes.
fn body(media_type: &str, learned: &Learned, dialect: Dialect) -> Tree {
    if is_structured(media_type) {
        return schema::of(learned, dialect);
    }
    let essence = modelsmith_runtime::essence(media_type);
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

/// Adds a media type to a body. JSON has the schema of the body's other JSON media type, if there is one; otherwise the
/// schema is made from the recorded bodies.
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
    let schema = schema.unwrap_or_else(|| body(name, &counted.learned, plan.dialect));
    let action =
        Action::update(path::of(plan.root, &place.pointer), vec![("content", content(name, schema))]);
    if let Some(edit) = plan.edit(&place) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}

/// Makes a parameter, a header or a request body optional. Path parameters are always required.
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

/// Adds a query parameter to an operation: a string, which accepts any recorded text.
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

/// Adds a media type in Swagger 2.0, which lists media types in the operation or once for the whole document.
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
        // A list in the operation replaces that of the document.
        names.extend(plan.root.get(key).and_then(Tree::as_array).unwrap_or_default().iter().cloned());
    }
    names.push(string(name));
    let action = Action::update(path::of(plan.root, &operation.pointer), vec![(key, Tree::Array(names))]);
    if let Some(edit) = plan.edit(&operation) {
        edit.others.push((vec![action], reason.to_owned()));
    }
}
