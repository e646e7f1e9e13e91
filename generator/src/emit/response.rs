//! Emits the responses of an operation: an enum, and the macro call that reads and writes it.

use super::file::File;
use super::spelling::is_read_by_serde;
use super::text::{Group, braced, code, quoted};
use crate::ir::{Content, Docs, Operation, Response, ResponseContent, Shape, Status};

/// `Response`.
pub(super) fn responses(file: &mut File<'_>, index: usize, operation: &Operation) {
    let names = &file.cx.names.operation(index).responses;
    file.line(0, "#[derive(Clone)]");
    file.line(0, "#[non_exhaustive]");
    file.line(0, "pub enum Response {");
    let mut entries: Vec<(Status, String)> = Vec::new();
    for (response, names) in operation.responses.iter().zip(names) {
        for (found, name) in response.contents.iter().zip(names) {
            file.docs(1, &with_status(response, found), &[]);
            let content = response_type(file, found);
            let code = match response.status {
                Status::Code(_) => None,
                Status::Range(_) | Status::Default => Some("u16".to_owned()),
            };
            let parts: Vec<String> = code.into_iter().chain(content).collect();
            let parts = if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
            file.line(1, format!("{name}{parts},"));
            entries.push((response.status, entry(file, response.status, name, found)));
        }
    }
    file.line(1, "Other(u16, Vec<u8>),");
    file.line(0, "}");
    // Single codes come before ranges, and ranges before the default, which is the order of matching in the
    // specification.
    entries.sort_by_key(|(status, _)| match status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    let runtime = file.runtime();
    let secret = secret_response(file, operation);
    let groups: Vec<Group> =
        entries.iter().map(|(_, entry)| Group { head: "", items: vec![entry] }).collect();
    file.body.push_str(&braced(&format!("{runtime}::response!({secret}Response {{"), &groups, ";", "});"));
}

/// The type of a response's body, in the variant.
fn response_type(file: &mut File<'_>, found: &ResponseContent) -> Option<String> {
    let content = response_content(file, found)?;
    Some(if found.boxed { format!("Box<{content}>") } else { content })
}

/// The type of a response's body.
pub(super) fn response_content(file: &mut File<'_>, found: &ResponseContent) -> Option<String> {
    Some(match found.content {
        Content::Json(ty) => file.type_ref(ty),
        Content::String | Content::Text => "String".to_owned(),
        Content::Bytes | Content::Form(_) => "Vec<u8>".to_owned(),
        Content::Empty => return None,
    })
}

/// An entry of the macro call: the statuses, the variant, how the body is read, and its media types.
fn entry(file: &File<'_>, status: Status, name: &str, found: &ResponseContent) -> String {
    let kind = match found.content {
        Content::Json(ty) if is_read_by_serde(file.cx.graph, ty) => "serde",
        Content::Json(ty)
            if matches!(file.cx.graph.get(file.cx.graph.unaliased(ty).id).shape, Shape::Any(_)) =>
        {
            "any"
        }
        Content::Json(_) => "json",
        Content::String => "string",
        Content::Text => "text",
        Content::Bytes | Content::Form(_) => "bytes",
        Content::Empty => "empty",
    };
    let mut entry = format!("{} {name}: {kind}", pattern(status));
    if !is_plain_json(found) {
        for media_type in &found.media_types {
            entry.push(' ');
            entry.push_str(&quoted(media_type));
        }
    }
    entry
}

/// `[secret] ` if a body can contain secrets: then an unread body must not be shown.
fn secret_response(file: &File<'_>, operation: &Operation) -> &'static str {
    let contents = operation.responses.iter().flat_map(|response| &response.contents);
    let secrets = contents.filter_map(|found| found.content.ty()).map(|ty| file.secret(ty.id));
    secrets.max().unwrap_or_default()
}

fn is_plain_json(found: &ResponseContent) -> bool {
    let is_json = matches!(found.content, Content::Json(_));
    is_json && matches!(&found.media_types[..], [only] if only == "application/json")
}

/// The description, preceded by the status code, and by the media type if it is not JSON.
fn with_status(response: &Response, found: &ResponseContent) -> Docs {
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}00 to {hundreds}99"),
        Status::Default => "Every other status".to_owned(),
    };
    let media_types: Vec<String> = found.media_types.iter().map(|name| code(name)).collect();
    let form = match &media_types[..] {
        [] => String::new(),
        _ if is_plain_json(found) => String::new(),
        [only] => format!(", as {only}"),
        [first @ .., last] => format!(", as {} or {last}", first.join(", ")),
    };
    let description = match &response.docs.description {
        Some(description) => format!("{status}{form}: {description}"),
        None => format!("{status}{form}."),
    };
    Docs { description: Some(description), ..response.docs.clone() }
}

fn pattern(status: Status) -> String {
    match status {
        Status::Code(code) => format!("{code} =>"),
        Status::Range(hundreds) => format!("in {hundreds}00..={hundreds}99 =>"),
        Status::Default => "default".to_owned(),
    }
}
