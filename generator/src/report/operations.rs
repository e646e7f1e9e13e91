//! The table of operations in `modelsmith types`.

use std::fmt;

use serde::Serialize;

use super::types::spell;
use crate::ir::{Body, Content, Graph, Operation, OperationKind, Shape, Status, StreamItem, TypeRef};
use crate::naming::Names;

/// What an operation, webhook or callback became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OperationRow {
    /// The operation's JSON pointer in the document.
    pub pointer: String,
    /// The module's path from the root of the emitted crate.
    pub rust_path: String,
    /// `operation`, `webhook` or `callback`.
    pub kind: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The path template; for a webhook its name, for a callback its expression.
    pub path: String,
    /// The request body, if there is one.
    pub body: Option<ContentRow>,
    /// The responses, in document order. A response with several media types can have several rows.
    pub responses: Vec<ResponseRow>,
    /// The type of an item, if a success is a stream of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// A note about undeclared statuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

/// One response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseRow {
    /// The status code, `4XX` or `default`.
    pub status: String,
    /// The content.
    #[serde(flatten)]
    pub content: ContentRow,
}

/// The content of a body or a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContentRow {
    /// The type, as Rust spells it in outline; `None` without content.
    pub rust_type: Option<String>,
    /// The media type; `None` without content.
    pub media_type: Option<String>,
    /// Whether it is any JSON value, because the document does not restrict it.
    pub untyped: bool,
}

/// One row per operation, webhook and callback, in document order.
pub fn operation_rows(graph: &Graph, names: &Names) -> Vec<OperationRow> {
    let row = |(index, operation): (usize, &Operation)| {
        let rust_path = format!("operations::{}", names.operation(index).module);
        let content = |content, media_type: &str| content_row(graph, names, content, media_type, &rust_path);
        OperationRow {
            pointer: format!("#{}", operation.location.pointer),
            kind: match operation.kind {
                OperationKind::Path => "operation",
                OperationKind::Webhook => "webhook",
                OperationKind::Callback => "callback",
            },
            method: operation.method.as_str().to_owned(),
            path: operation.path.clone(),
            body: operation.body.as_ref().map(|body| match body.is_choice() {
                false => content(body.main.content, &body.main.media_type),
                true => choice_row(body),
            }),
            responses: operation
                .responses
                .iter()
                .flat_map(|response| response.contents.iter().map(move |found| (response.status, found)))
                .map(|(status, found)| ResponseRow {
                    status: status.to_string(),
                    content: content(found.content, &found.media_types.join(", ")),
                })
                .collect(),
            item: operation.stream.as_ref().map(|stream| match stream.item {
                StreamItem::Json(ty, _) => spell(graph, names, ty).replace(&format!("{rust_path}::"), ""),
                StreamItem::Text => "String".to_owned(),
                StreamItem::Event => "client::Event".to_owned(),
            }),
            note: note(operation),
            rust_path,
        }
    };
    graph.operations().iter().enumerate().map(row).collect()
}

/// The row of a body with several media types.
fn choice_row(body: &Body) -> ContentRow {
    let media_types: Vec<&str> = body.contents().map(|it| it.media_type.as_str()).collect();
    ContentRow {
        rust_type: Some("Body".to_owned()),
        media_type: Some(media_types.join(", ")),
        untyped: false,
    }
}

fn content_row(graph: &Graph, names: &Names, content: Content, media_type: &str, module: &str) -> ContentRow {
    let rust_type = match content {
        // A type of the operation itself is named as in its module.
        Content::Json(ty) | Content::Form(ty) => {
            Some(spell(graph, names, ty).replace(&format!("{module}::"), ""))
        }
        Content::String | Content::Text => Some("String".to_owned()),
        Content::Bytes => Some("Vec<u8>".to_owned()),
        Content::Empty => None,
    };
    let media_type = rust_type.as_ref().map(|_| media_type.to_owned()).filter(|text| !text.is_empty());
    ContentRow { rust_type, media_type, untyped: is_untyped(graph, content) }
}

/// Whether a content is any JSON value.
pub(super) fn is_untyped(graph: &Graph, content: Content) -> bool {
    let is_any = |ty: TypeRef| matches!(graph.get(graph.unaliased(ty).id).shape, Shape::Any(_));
    content.ty().is_some_and(is_any)
}

/// A note about undeclared statuses, if their handling is unusual.
fn note(operation: &Operation) -> Option<&'static str> {
    let is_success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let statuses = || operation.responses.iter().map(|response| response.status);
    let has_default = statuses().any(|status| status == Status::Default);
    match (operation.kind, statuses().filter(|status| is_success(*status)).count()) {
        (OperationKind::Webhook | OperationKind::Callback, _) | (_, 1..) => None,
        (OperationKind::Path, 0) if has_default => Some("names a success only by `default`"),
        (OperationKind::Path, 0) => Some("names no success"),
    }
}

impl OperationRow {
    /// The cells of the table: method and path, module, body, responses.
    pub fn cells(&self) -> [String; 4] {
        let name = match self.kind {
            "operation" => format!("{} {}", self.method, self.path),
            kind => format!("{kind} {} {}", self.method, self.path),
        };
        let body = self.body.as_ref().map_or_else(|| "no body".to_owned(), ContentRow::to_string);
        let responses: Vec<String> = self
            .responses
            .iter()
            .map(|response| format!("{} {}", response.status, response.content))
            .collect();
        let module = self.rust_path.trim_start_matches("operations::").to_owned();
        let note = self.note.map(|note| format!("({note})"));
        let item = self.item.iter().map(|item| format!("stream of {item}"));
        let responses: Vec<String> = responses.into_iter().chain(item).collect();
        let responses = [responses.join(", ")].into_iter().filter(|text| !text.is_empty()).chain(note);
        [name, module, body, responses.collect::<Vec<_>>().join(" ")]
    }
}

impl fmt::Display for ContentRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.rust_type, self.untyped) {
            (None, _) => return f.write_str("empty"),
            (Some(_), true) => f.write_str("untyped")?,
            (Some(text), false) => f.write_str(text)?,
        }
        match self.media_type.as_deref() {
            None | Some("application/json") => Ok(()),
            Some(other) => write!(f, " ({other})"),
        }
    }
}
