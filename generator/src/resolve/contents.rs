//! What the bodies of requests and responses hold, by their media types and schemas (OpenAPI 3.0.4 §4.7.14).

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AnySchema, MediaType, ReferenceOr, Schema};

use super::convert::{Converter, Naming};
use super::json_types::JsonTypes;
use super::media::{self, Kind};
use super::site::{Site, keywords, moved};
use crate::diagnostics::Location;
use crate::ir::{AnyReason, Content, ResponseContent, TypeRef, is_sequence};

/// A media type of a body, and what its schema says before it is converted.
struct Found<'d> {
    name: &'d str,
    essence: String,
    schema: Option<&'d ReferenceOr<Schema>>,
    place: Location,
    kind: Kind,
    /// Whether it is JSON of which nothing is known.
    says_nothing: bool,
    /// Whether its schema is a string and says no more.
    is_string: bool,
    /// Whether its schema allows strings.
    takes_strings: bool,
}

impl<'d> Found<'d> {
    fn new(converter: &Converter<'_, 'd>, name: &'d str, media: &'d MediaType, at: &Location) -> Self {
        let essence = media::essence(name);
        let place = moved(&media.extensions, at.keyword("content").key(name));
        let schema = media.schema.as_ref();
        let site = schema.map(|schema| Site::new(schema, place.keyword("schema")));
        let components = &converter.components;
        let any = site.as_ref().and_then(|site| keywords(components.follow(site)?.0));
        let is_free = site.as_ref().is_none_or(|site| components.allows_all(site, JsonTypes::ALL));
        let takes_strings = site.as_ref().is_none_or(|site| components.json_types(site).has_strings());
        let is_string = any.is_some_and(is_plain_string);
        let kind = match media::kind(&essence) {
            Some(Kind::Form) => Kind::Form,
            _ if any.is_some_and(is_binary) => Kind::Bytes,
            Some(kind) => kind,
            // How Java's frameworks call everything: JSON, unless it is a string.
            None if essence == "*/*" && is_string => Kind::Text,
            None if essence.ends_with("/*") && !is_free => Kind::Json,
            // A schema of objects describes JSON, whatever the media type is called.
            None if !takes_strings => Kind::Json,
            None => Kind::Bytes,
        };
        let says_nothing = kind == Kind::Json && is_free;
        Self { name, essence, schema, place, kind, says_nothing, is_string, takes_strings }
    }

    /// How far it is from what people want: JSON with a schema comes first, JSON without one last.
    fn rank(&self) -> u8 {
        match self.kind {
            Kind::Json if self.says_nothing => 6,
            Kind::Json if self.is_string => 4,
            Kind::Json if self.essence == "application/json" => 0,
            Kind::Json => 1,
            Kind::Text if is_sequence(&self.essence) => 5,
            Kind::Text => 2,
            Kind::Form | Kind::Bytes => 3,
        }
    }

    /// Whether the media type itself is one of JSON.
    fn is_json(&self) -> bool {
        media::kind(&self.essence) == Some(Kind::Json)
    }

    /// Whether both are read in one way into one type.
    fn is_like(&self, other: &Self) -> bool {
        let is_sequence = |found: &Self| is_sequence(&found.essence);
        match (self.kind, other.kind) {
            (Kind::Json, Kind::Json) => {
                self.schema == other.schema || self.says_nothing && other.says_nothing
            }
            (Kind::Text, Kind::Text) => is_sequence(self) == is_sequence(other),
            (Kind::Form | Kind::Bytes, Kind::Form | Kind::Bytes) => true,
            (Kind::Json | Kind::Form | Kind::Text | Kind::Bytes, _) => false,
        }
    }

    fn convert(&self, converter: &mut Converter<'_, 'd>, naming: &Naming) -> TypeRef {
        match self.schema {
            Some(schema) => converter.site(Site::new(schema, self.place.keyword("schema")), naming),
            None => converter.any(AnyReason::Unconstrained, self.place.clone()),
        }
    }
}

/// What the body of a response may hold. Never empty: where no media type is named it is bytes.
pub(super) fn of_response<'d>(
    converter: &mut Converter<'_, 'd>,
    content: &'d IndexMap<String, MediaType>,
    at: &Location,
    naming: &Naming,
) -> Vec<ResponseContent> {
    let all = content.iter().map(|(name, media)| Found::new(converter, name, media, at)).collect();
    let mut groups: Vec<Vec<Found<'d>>> = Vec::new();
    for found in told_apart(all) {
        match groups.iter_mut().find(|group| group.iter().any(|other| other.is_like(&found))) {
            Some(group) => group.push(found),
            None => groups.push(vec![found]),
        }
    }
    let ranks = groups.iter().map(|group| group.iter().map(Found::rank).min());
    let main = ranks.enumerate().min_by_key(|(_, rank)| *rank).map_or(0, |(index, _)| index);
    let mut contents = Vec::with_capacity(groups.len().max(1));
    for (index, group) in groups.iter().enumerate() {
        let Some(first) = group.first() else { continue };
        let is_main = index == main;
        let content = match first.kind {
            Kind::Json if is_main => Content::Json(first.convert(converter, naming)),
            Kind::Json => Content::Json(first.convert(converter, &naming.beside(first.name))),
            Kind::Text if group.iter().any(Found::is_json) => Content::String,
            Kind::Text => Content::Text,
            // What a server sends as a form is handed on as it is.
            Kind::Form | Kind::Bytes => Content::Bytes,
        };
        let media_types = group.iter().map(|found| found.name.to_owned()).collect();
        contents.push(ResponseContent { content, media_types, is_main, boxed: false });
    }
    if contents.is_empty() {
        contents.push(without_media_type(Content::Bytes));
    }
    contents
}

/// What a response holds of which no media type is known.
pub(super) fn without_media_type(content: Content) -> ResponseContent {
    ResponseContent { content, media_types: Vec::new(), is_main: true, boxed: false }
}

/// The media types that are read in ways of their own, in the order of the document; JSON without a schema, which
/// frameworks add to everything, comes last.
fn told_apart(mut all: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let is_text = |found: &Found<'_>| found.kind == Kind::Text && !is_sequence(&found.essence);
    if all.iter().any(is_text) {
        // A string is one thing, whether it comes as JSON or as text.
        let strings = all.iter_mut().filter(|found| found.kind == Kind::Json && found.is_string);
        strings.for_each(|found| found.kind = Kind::Text);
    }
    let json: Vec<_> = all.iter().filter(|found| found.is_json()).filter_map(|found| found.schema).collect();
    all.retain_mut(|found| {
        let repeats = !found.takes_strings && found.schema.is_some_and(|schema| json.contains(&schema));
        if repeats && found.essence == "text/plain" {
            // .NET lists it beside JSON, and means the same.
            found.kind = Kind::Json;
        }
        // The same data in another form, as XML or YAML, is not asked for.
        !repeats || found.is_json() || found.kind == Kind::Json && found.essence == "text/plain"
    });
    all.sort_by_key(|found| found.says_nothing);
    all
}

/// What a request body holds, its media type, and which properties of a multipart form are files.
pub(super) fn of_body<'d>(
    converter: &mut Converter<'_, 'd>,
    content: &'d IndexMap<String, MediaType>,
    at: &Location,
    naming: &Naming,
) -> (Content, String, Vec<String>) {
    let all = content.iter().map(|(name, media)| Found::new(converter, name, media, at));
    let best = all.min_by_key(|found| match found.kind {
        Kind::Json if found.says_nothing => 5,
        Kind::Json if found.essence == "application/json" => 0,
        Kind::Json => 1,
        Kind::Form => 2,
        Kind::Text => 3,
        Kind::Bytes => 4,
    });
    let Some(found) = best else { return (Content::Empty, String::new(), Vec::new()) };
    let files = match content.get(found.name) {
        Some(media) if found.essence.starts_with("multipart/") => files(converter, &found, media),
        Some(_) | None => Vec::new(),
    };
    let content = match found.kind {
        // There is a body, though nothing is known of it.
        _ if found.essence == "*/*" && !found.is_string => Content::Json(found.convert(converter, naming)),
        Kind::Json => Content::Json(found.convert(converter, naming)),
        Kind::Form => Content::Form(found.convert(converter, naming)),
        Kind::Text => Content::Text,
        Kind::Bytes => Content::Bytes,
    };
    (content, found.name.to_owned(), files)
}

/// The properties of a multipart form that are files.
fn files<'d>(converter: &Converter<'_, 'd>, form: &Found<'d>, media: &MediaType) -> Vec<String> {
    let Some(schema) = form.schema else { return Vec::new() };
    let mut files = Vec::new();
    let mut open = vec![Site::new(schema, form.place.keyword("schema"))];
    let mut seen = HashSet::new();
    while let Some(site) = open.pop() {
        let Some((schema, at)) = converter.components.follow(&site) else { continue };
        let Some(any) = keywords(schema).filter(|_| seen.insert(std::ptr::from_ref(schema))) else {
            continue;
        };
        for (name, property) in &any.properties {
            let property = Site::boxed(property, at.keyword("properties").key(name));
            let encoding = media.encoding.get(name).and_then(|encoding| encoding.content_type.as_deref());
            if is_file(converter, &property, encoding, 0) && !files.contains(name) {
                files.push(name.clone());
            }
        }
        open.extend(any.all_of.iter().map(|part| Site::new(part, at.clone())));
    }
    files
}

/// Whether what is sent for a property is a file, or a list of files.
fn is_file<'d>(converter: &Converter<'_, 'd>, site: &Site<'d>, encoding: Option<&str>, depth: usize) -> bool {
    let Some((schema, at)) = converter.components.follow(site).filter(|_| depth < DEEPEST) else {
        return false;
    };
    let Some(any) = keywords(schema) else { return false };
    let inner = |schema: &'d ReferenceOr<Schema>| {
        is_file(converter, &Site::new(schema, at.clone()), encoding, depth + 1)
    };
    let is_encoded =
        |types: &str| types.split(',').all(|name| media::kind(&media::essence(name)) == Some(Kind::Bytes));
    let all_are = |branches: &'d [ReferenceOr<Schema>]| !branches.is_empty() && branches.iter().all(inner);
    match any.typ.as_deref() {
        Some("array") => any
            .items
            .as_ref()
            .is_some_and(|items| is_file(converter, &Site::boxed(items, at.clone()), encoding, depth + 1)),
        Some("string") => is_binary(any) || any.format.is_none() && encoding.is_some_and(is_encoded),
        Some(_) => false,
        None => {
            is_binary(any) || any.all_of.iter().any(inner) || all_are(&any.any_of) || all_are(&any.one_of)
        }
    }
}

/// How deep the schemas of a property may lie inside one another where files are looked for.
const DEEPEST: usize = 16;

/// `format: binary`: the value is bytes.
fn is_binary(any: &AnySchema) -> bool {
    any.format.as_deref() == Some("binary")
}

fn is_plain_string(any: &AnySchema) -> bool {
    any.typ.as_deref() == Some("string") && any.format.is_none() && any.enumeration.is_empty()
}
