//! Emits the macro calls for the stream and the pages of an operation.

use super::file::File;
use super::operation;
use super::spelling::is_read_by_serde;
use super::text::{Group, braced, quoted};
use crate::ir::{
    Content, EventPart, Moves, Operation, PageSource, Pages, Paging, Response, Status, Stream, StreamItem,
    Way,
};

/// Emits `Item`, the type of the items of the stream.
pub(super) fn item(file: &mut File<'_>, stream: &Stream) {
    let content = match stream.item {
        StreamItem::Json(ty, _) if !ty.nullable && operation::is_called(file, ty.id, "Item") => return,
        StreamItem::Json(ty, _) => file.type_ref(ty),
        // These are types of the runtime, which has them only with the client.
        StreamItem::Event | StreamItem::Text if !file.cx.client => return,
        StreamItem::Event => format!("{}::client::Event", file.runtime()),
        StreamItem::Text => "String".to_owned(),
    };
    file.gap();
    file.line(0, "/// An item of the stream that the server answers with.");
    file.allow_complex(0, &content);
    file.line(0, format!("pub type Item = {content};"));
}

/// Emits the macro call for a stream.
pub(super) fn stream(file: &mut File<'_>, stream: &Stream) {
    let runtime = file.runtime();
    let (kind, part, secret) = match stream.item {
        StreamItem::Event => ("event", EventPart::Data, ""),
        StreamItem::Text => ("text", EventPart::Data, ""),
        StreamItem::Json(ty, part) if is_read_by_serde(file.cx.graph, ty) => {
            ("serde", part, file.secret(ty.id))
        }
        StreamItem::Json(ty, part) => ("json", part, file.secret(ty.id)),
    };
    let part = match part {
        EventPart::Data => "Data",
        EventPart::WithText => "Text",
        EventPart::WithJson => "Json",
        EventPart::WithAny => "Any",
    };
    let media_types: Vec<String> = stream.media_types.iter().map(|name| quoted(name)).collect();
    let done = stream.done.iter().map(|marker| format!(" done {}", quoted(marker)));
    let done: String = done.collect();
    file.gap();
    file.line(
        0,
        format!(
            "{runtime}::stream!({secret}Response => Item: {kind} {part} [{}]{done});",
            media_types.join(", ")
        ),
    );
}

/// Emits the macro call for pages.
pub(super) fn pages(file: &mut File<'_>, index: usize, operation: &Operation, pages: &Pages) {
    let names = file.cx.names.operation(index).parameters.clone();
    let field = |parameter: usize| names[parameter].as_str();
    let (of, moves) = match &pages.moves {
        Some(Moves::Parameter(parameter)) => ("Params", format!(" {}", field(*parameter))),
        Some(Moves::Property(property)) => ("Body", format!(" {}", quoted(property))),
        None => ("Params", String::new()),
    };
    let mut parts: Vec<String> = Vec::new();
    let mut add = |word: &str, way: &Option<Way>| {
        parts.extend(way.iter().map(|way| format!("{word} {}", spelled(way))));
    };
    let kind = match &pages.paging {
        Paging::Cursor { next, more } => {
            add("more", more);
            parts.insert(0, source(next));
            "cursor"
        }
        Paging::Number { first, items, size, pages, more } => {
            add("items", items);
            add("pages", pages);
            add("more", more);
            let place = usize::from(items.is_some());
            if let Some(size) = size {
                parts.insert(place, format!("size {}", field(*size)));
            }
            parts.insert(0, format!("from {first}"));
            "number"
        }
        Paging::Offset { items, size, total, more } => {
            add("total", total);
            add("more", more);
            if let Some(size) = size {
                parts.insert(0, format!("size {}", field(*size)));
            }
            parts.insert(0, format!("items {}", spelled(items)));
            "offset"
        }
        Paging::Link(from) => {
            parts.push(source(from));
            "link"
        }
    };
    let how = if page_is_foreign(file, operation) { "[serde] " } else { "" };
    let runtime = file.runtime();
    file.gap();
    let open = format!("{runtime}::pages!({how}{of} {kind}{moves}:");
    let last = parts.len().saturating_sub(1);
    let groups: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| format!("{part}{}", if at < last { ";" } else { "" }))
        .collect();
    let groups: Vec<Group> = groups.iter().map(|part| Group { head: "", items: vec![part] }).collect();
    let text = braced(&open, &groups, "", ");").replace(" );", ");");
    file.body.push_str(&text);
}

/// Whether the type of a page only implements `serde`'s traits.
fn page_is_foreign(file: &File<'_>, operation: &Operation) -> bool {
    let is_success =
        |response: &&Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
    let page = operation.responses.iter().find(is_success).and_then(|response| response.contents.first());
    match page.map(|page| page.content) {
        Some(Content::Json(ty)) => is_read_by_serde(file.cx.graph, ty),
        Some(Content::Form(_) | Content::String | Content::Text | Content::Bytes | Content::Empty) | None => {
            false
        }
    }
}

fn source(source: &PageSource) -> String {
    match source {
        PageSource::Property(way) => format!("property {}", spelled(way)),
        PageSource::Header(name) => format!("header {}", quoted(name)),
    }
}

fn spelled(way: &Way) -> String {
    let names: Vec<String> = way.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}
