//! Which OpenAPI version a document is written in.

use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, Sink, excerpt_of};
use crate::load::{Object, Tree};

/// The versions that differ in meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0.x.
    V30,
    /// OpenAPI 3.1.x and 3.2.x, whose schemas are JSON Schema 2020-12.
    V31,
}

impl Dialect {
    /// Whether the keywords beside a `$ref` count.
    pub fn reads_siblings(self) -> bool {
        match self {
            Dialect::V31 => true,
            Dialect::Swagger2 | Dialect::V30 => false,
        }
    }
}

const EXPECTED: &str = "an OpenAPI document is an object with the member `openapi` (3.0.x, 3.1.x or 3.2.x) or \
                        `swagger` (2.0)";

/// Reads the version of the root document; an error goes into the sink.
pub(super) fn detect<'t>(root: &'t Tree, sink: &mut Sink) -> Option<(Dialect, &'t Object)> {
    let place = Location::new(FileId(0), Pointer::root());
    let Some(object) = root.as_object() else {
        let message = format!("this is not an OpenAPI document but {}", root.kind());
        sink.push(Diagnostic::error("not-openapi", place, message).help(EXPECTED));
        return None;
    };
    for key in ["openapi", "swagger"] {
        let Some(version) = object.get(key) else { continue };
        let text = match version {
            Tree::String(text) => text.to_string(),
            Tree::Number(number) => number.to_string(),
            Tree::Null | Tree::Bool(_) | Tree::Array(_) | Tree::Object(_) => {
                let message = format!("`{key}` must be a version but is {}", version.kind());
                sink.push(Diagnostic::error("unsupported-version", place.key(key), message).help(EXPECTED));
                return None;
            }
        };
        return match by_version(key, text.trim()) {
            Some(dialect) => Some((dialect, object)),
            None => {
                let text = excerpt_of(&text);
                let message = format!("`{key}: {text}` is a version that modelsmith does not know");
                sink.push(Diagnostic::error("unsupported-version", place.key(key), message).help(EXPECTED));
                None
            }
        };
    }
    sink.push(Diagnostic::error("not-openapi", place, not_openapi(object)).help(EXPECTED));
    None
}

fn by_version(key: &str, text: &str) -> Option<Dialect> {
    let is =
        |line: &str| text == line || text.strip_prefix(line).is_some_and(|rest| rest.starts_with(['.', '-']));
    match key {
        "swagger" if is("2.0") || text == "2" => Some(Dialect::Swagger2),
        "openapi" if is("3.0") || text == "3" => Some(Dialect::V30),
        "openapi" if is("3.1") || is("3.2") => Some(Dialect::V31),
        _ => None,
    }
}

fn not_openapi(object: &Object) -> String {
    let kind = if object.get("asyncapi").is_some() {
        "it is an AsyncAPI document"
    } else if object.get("$schema").is_some() || object.get("$defs").is_some() {
        "it looks like a bare JSON Schema"
    } else if object.is_empty() {
        "it is an empty object"
    } else {
        let keys: Vec<_> = object.iter().take(5).map(|(key, _)| format!("`{key}`")).collect();
        let more = if object.len() > 5 { ", …" } else { "" };
        return format!("this is not an OpenAPI document: it has the members {}{more}", keys.join(", "));
    };
    format!("this is not an OpenAPI document: {kind}")
}
