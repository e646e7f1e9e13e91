//! The stream of items that an operation answers with: event streams, JSON lines, JSON sequences (OpenAPI 3.2 §4.14).

use std::collections::HashSet;

use super::contents::{is_binary, is_plain_string};
use super::convert::{Converter, Naming};
use super::media;
use super::operations::look_up;
use super::rules::OperationAsked;
use super::site::{Components, Site};
use crate::diagnostics::{Location, closest};
use crate::document::{self, Document, Items, MediaType, SchemaId, SchemaRef, StatusCode};
use crate::ir::{AnyReason, EventPart, Stream, StreamItem, is_sequence};
use crate::limits;

/// The stream of an operation, by the settings or by the document.
pub(super) fn of_operation<'d>(
    converter: &mut Converter<'_, 'd>,
    document: &'d Document,
    operation: &'d document::Operation,
    asked: &OperationAsked<'_>,
    at: &Location,
    naming: &Naming,
) -> Option<Stream> {
    let found = documented(document, operation, at);
    let item = match asked.stream {
        Some((rule, name)) => component(converter, rule, name, &found)?,
        None => item(converter, &found, naming)?,
    };
    // Without calls nobody reads the stream.
    if let (Some((rule, _)), true) = (asked.done, converter.options.calls) {
        converter.rules.used(rule);
    }
    Some(Stream {
        item,
        media_types: found.into_iter().map(|found| found.name.to_owned()).collect(),
        done: asked.done.map(|(_, marker)| marker.to_owned()),
    })
}

/// A media type of a success that stands for many values.
struct Found<'d> {
    name: &'d str,
    media: &'d MediaType,
    at: Location,
}

impl Found<'_> {
    fn is_events(&self) -> bool {
        media::essence(self.name) == "text/event-stream"
    }

    /// Whether its schema is that of an item.
    fn is_of_items(&self) -> bool {
        self.media.items.is_some()
    }

    /// Whether it is that of the data of events, of which the document has one of the whole event too.
    fn is_of_data(&self) -> bool {
        self.media.items == Some(Items::EventData)
    }
}

/// The media types of the first success that has some; `default` is a success if nothing else is.
fn documented<'d>(
    document: &'d Document,
    operation: &'d document::Operation,
    at: &Location,
) -> Vec<Found<'d>> {
    let base = at.keyword("responses");
    let successes = operation.responses.by_status.iter().filter_map(|(code, response)| match code {
        StatusCode::Code(code @ 200..=299) => Some((code.to_string(), response)),
        StatusCode::Range(2) => Some(("2XX".to_owned(), response)),
        StatusCode::Code(_) | StatusCode::Range(_) => None,
    });
    let successes: Vec<_> = successes.collect();
    let default = operation.responses.default.iter().filter(|_| successes.is_empty());
    let default: Vec<_> = default.map(|response| ("default".to_owned(), response)).collect();
    for (key, response) in successes.into_iter().chain(default) {
        let found = look_up(response, base.key(&key), "responses", &document.components.responses);
        let Some((response, at)) = found else { continue };
        let content = response.source.clone().unwrap_or(at).keyword("content");
        let sequences = response.content.iter().filter(|(name, _)| is_sequence(name));
        let found: Vec<_> = sequences
            .map(|(name, media)| Found {
                name,
                media,
                at: media.source.clone().unwrap_or_else(|| content.key(name)),
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The item that the settings name.
fn component(
    converter: &mut Converter<'_, '_>,
    rule: usize,
    name: &str,
    found: &[Found<'_>],
) -> Option<StreamItem> {
    let Some(index) = converter.components.find_named(name) else {
        let count = converter.components.len();
        let names = (0..count).map(|index| converter.components.name(index));
        let help = match closest(name, names) {
            Some(other) => format!("did you mean `{other}`?"),
            None => "`stream` is the name of a component schema".to_owned(),
        };
        converter.rules.fault(rule, format!("`{name}` is not a component schema of the document"), help);
        return None;
    };
    converter.rules.used(rule);
    let site = converter.components.site(index).clone();
    let part = part(&converter.components, &site, found, false);
    Some(StreamItem::Json(converter.component_ref(index), part))
}

/// The item that the document describes.
fn item<'d>(converter: &mut Converter<'_, 'd>, found: &[Found<'d>], naming: &Naming) -> Option<StreamItem> {
    let first = found.first()?;
    let described = found.iter().find_map(|found| Some((found, found.media.schema.as_ref()?)));
    let site = described.and_then(|(found, schema)| of_item(&converter.components, found, schema));
    let Some((site, is_of_items)) = site else {
        let only_events = found.iter().all(Found::is_events);
        return Some(match only_events {
            true => StreamItem::Event,
            false => {
                StreamItem::Json(converter.any(AnyReason::Unconstrained, first.at.clone()), EventPart::Data)
            }
        });
    };
    let schema = converter.components.follow(&site).map(|(schema, _)| &schema.keywords);
    if found.iter().all(Found::is_events) && schema.is_some_and(is_plain_string) {
        return Some(StreamItem::Text);
    }
    let part = part(&converter.components, &site, found, is_of_items);
    Some(StreamItem::Json(converter.site(site, &naming.step("item")), part))
}

/// The schema of an item, and whether the document says that it is one. A schema of the whole content is a list of items, or
/// a string, which says nothing of them; what is neither of them is meant for an item.
fn of_item<'d>(
    components: &Components<'d>,
    found: &Found<'_>,
    schema: &'d SchemaRef,
) -> Option<(Site<'d>, bool)> {
    let site = Site::new(schema, found.at.keyword("schema"));
    if found.is_of_items() {
        return Some((site, true));
    }
    let (schema, at) = components.follow(&site)?;
    let any = &schema.keywords;
    if is_plain_string(any) || is_binary(any) {
        return None;
    }
    match &any.items {
        Some(items) if any.typ.as_deref() == Some("array") => {
            Some((Site::new(items, at.keyword("items")), false))
        }
        Some(_) | None => Some((site, false)),
    }
}

/// What of an event an item is: all of it if the schema has the fields of an event and no others. A schema that is not said
/// to be that of an item has to name both the event and the data.
fn part(components: &Components<'_>, site: &Site<'_>, found: &[Found<'_>], is_of_items: bool) -> EventPart {
    let mut fields = Fields::default();
    fields.look(components, site, 0, &mut HashSet::new());
    let is_event = match is_of_items {
        true => fields.has_data || fields.has_name,
        false => fields.has_data && fields.has_name,
    };
    let has_events = found.is_empty() || found.iter().any(Found::is_events);
    let is_data = found.iter().any(Found::is_of_data);
    if is_data || !has_events || !is_event || fields.has_others {
        return EventPart::Data;
    }
    match (fields.has_text, fields.has_json) {
        (true, false) => EventPart::WithText,
        (false, true) => EventPart::WithJson,
        (true, true) | (false, false) => EventPart::WithAny,
    }
}

/// What the branches of a schema say of the fields of an event.
#[derive(Default)]
struct Fields {
    has_name: bool,
    has_data: bool,
    /// Whether its data can be a string, or something else.
    has_text: bool,
    has_json: bool,
    /// Whether there are other properties.
    has_others: bool,
}

impl Fields {
    fn look<'d>(
        &mut self,
        components: &Components<'d>,
        site: &Site<'d>,
        depth: usize,
        seen: &mut HashSet<SchemaId>,
    ) {
        let Some((schema, at)) = components.follow(site) else { return };
        if components.is_beyond(&limits::EVENT_FIELDS, depth, &at) || !seen.insert(schema.id) {
            return;
        }
        let any = &schema.keywords;
        for (name, property) in &any.properties {
            match name.as_str() {
                "event" => self.has_name = true,
                "data" => {
                    let site = Site::new(property, at.keyword("properties").key(name));
                    let types = components.json_types(&site);
                    self.has_data = true;
                    self.has_text |= types.has_strings();
                    self.has_json |= types.has_others_than_strings();
                }
                "id" | "retry" => {}
                _ => self.has_others = true,
            }
        }
        for part in any.one_of.iter().chain(&any.any_of).chain(&any.all_of) {
            self.look(components, &Site::new(part, at.clone()), depth + 1, seen);
        }
    }
}
