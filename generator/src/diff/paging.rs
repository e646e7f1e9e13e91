//! Compares how the next page and the end of a stream are found.

use super::model::{Change, Effect, Kind, On, Wire};
use super::pairing::Pairing;
use crate::ir::{Moves, Operation, PageSource, Pages, Paging, Stream, StreamItem, Way};

const OTHERWISE: &str = "the next page is found differently";
const OTHER_END: &str = "the end marker is different";
const OTHER_PART: &str = "an item is another part of an event";

/// The changes of an operation that both sides have. There are none without calls, which page and stream.
pub(super) fn compare(pairing: &Pairing<'_>, before: &Operation, after: &Operation) -> Vec<Change> {
    if !pairing.old.graph.calls() || !pairing.new.graph.calls() {
        return Vec::new();
    }
    let mut changes: Vec<Change> = pages(before, after).into_iter().collect();
    if let (Some(was), Some(is)) = (&before.stream, &after.stream) {
        changes.extend(end(was, is));
        changes.extend(part(was, is));
    }
    changes
}

fn pages(before: &Operation, after: &Operation) -> Option<Change> {
    let text = |operation: &Operation| operation.pages.as_ref().map(|pages| pages_text(operation, pages));
    match (text(before), text(after)) {
        (None, None) => None,
        (None, Some(is)) => Some(Change::new(On::Pages, Kind::Added).after(is)),
        (Some(was), None) => {
            let change = Change::new(On::Pages, Kind::Removed).before(was);
            Some(change.breaks_source("`Pages` cannot get them"))
        }
        (Some(was), Some(is)) => {
            let otherwise = Effect::breaks(OTHERWISE);
            let is_other = was != is;
            let change = Change::new(On::Pages, Kind::Changed).before(was).after(is);
            is_other.then(|| change.on_wire(Wire { old_code: otherwise, new_code: otherwise }))
        }
    }
}

/// The change of the end marker. An unknown marker would be read as an item.
fn end(before: &Stream, after: &Stream) -> Option<Change> {
    let text = |stream: &Stream| stream.done.clone().unwrap_or_else(|| "the end of the body".to_owned());
    let unknown = |sent: &Stream| if sent.done.is_some() { Effect::breaks(OTHER_END) } else { None };
    let change = Change::new(On::Response, Kind::Changed).named("Item");
    let change = change.before(format!("until {}", text(before))).after(format!("until {}", text(after)));
    let wire = Wire { old_code: unknown(after), new_code: unknown(before) };
    (before.done != after.done).then(|| change.on_wire(wire))
}

/// The change of the part of an event that is an item. A new type of the same part is reported with the types.
fn part(before: &Stream, after: &Stream) -> Option<Change> {
    let part = |stream: &Stream| match stream.item {
        StreamItem::Json(_, part) => Some(part),
        StreamItem::Event | StreamItem::Text => None,
    };
    let (was, is) = (part(before)?, part(after)?);
    let other = Effect::breaks(OTHER_PART);
    let change = Change::new(On::Response, Kind::Changed).named("Item");
    let change = change.before(was.words()).after(is.words());
    (was != is).then(|| change.on_wire(Wire { old_code: other, new_code: other }))
}

/// The pagination in the syntax of the settings.
fn pages_text(operation: &Operation, pages: &Pages) -> String {
    let name = |index: usize| operation.parameters.get(index).map_or("", |it| it.wire.as_str());
    let moves = pages.moves.as_ref().map_or_else(String::new, |moves| match moves {
        Moves::Parameter(index) => name(*index).to_owned(),
        Moves::Property(property) => format!("body.{property}"),
    });
    let mut entries: Vec<(&str, String)> = Vec::new();
    let mut add = |key: &'static str, text: Option<String>| entries.extend(text.map(|text| (key, text)));
    let way = |way: &Option<Way>| way.as_ref().map(|way| way_text(way));
    let size = |size: &Option<usize>| size.map(|index| name(index).to_owned());
    match &pages.paging {
        Paging::Cursor { next, more } => {
            add("cursor", Some(moves));
            match next {
                PageSource::Property(found) => add("next", Some(way_text(found))),
                PageSource::Header(name) => add("header", Some(name.clone())),
            }
            add("more", way(more));
        }
        Paging::Number { first, items, size: length, pages, more } => {
            add("page", Some(moves));
            add("first", Some(first.to_string()));
            add("items", way(items));
            add("size", size(length));
            add("pages", way(pages));
            add("more", way(more));
        }
        Paging::Offset { items, size: length, total, more } => {
            add("offset", Some(moves));
            add("items", Some(way_text(items)));
            add("size", size(length));
            add("total", way(total));
            add("more", way(more));
        }
        Paging::Link(PageSource::Property(found)) => add("link", Some(way_text(found))),
        Paging::Link(PageSource::Header(name)) => add("header", Some(name.clone())),
    }
    let entries = entries.into_iter().filter(|(_, text)| !text.is_empty());
    entries.map(|(key, text)| format!("{key} = {text}")).collect::<Vec<_>>().join(", ")
}

fn way_text(way: &[String]) -> String {
    way.join(".")
}
