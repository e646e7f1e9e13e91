//! What the bodies of requests and responses hold, by their media types and schemas (OpenAPI 3.0.4 §4.7.14).

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::convert::{Converter, Naming};
use super::form;
use super::form_files;
use super::json_types::JsonTypes;
use super::media::{self, Kind};
use super::site::Site;
use crate::diagnostics::Location;
use crate::document::{self, Keywords, MediaType, SchemaRef};
use crate::ir::{AnyReason, BodyContent, Content, ResponseContent, TypeRef, is_sequence};

/// A media type of a body, and what its schema says before it is converted.
struct Found<'d> {
    name: &'d str,
    essence: String,
    schema: Option<&'d SchemaRef>,
    /// The same for equal schemas, once [`number`] has given them out.
    schema_number: usize,
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
        let place = media.source.clone().unwrap_or_else(|| at.keyword("content").key(name));
        let schema = media.schema.as_ref();
        let site = schema.map(|schema| Site::new(schema, place.keyword("schema")));
        let components = &converter.components;
        let any = site.as_ref().and_then(|site| Some(&components.follow(site)?.0.keywords));
        let is_free = site.as_ref().is_none_or(|site| components.allows_all(site, JsonTypes::all()));
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
        Self { name, essence, schema, schema_number: 0, place, kind, says_nothing, is_string, takes_strings }
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

    /// What it is read into: media types of one form are read in one way into one type.
    fn form(&self) -> Form {
        match self.kind {
            Kind::Json => Form::Json((!self.says_nothing).then_some(self.schema_number)),
            Kind::Text => Form::Text { is_sequence: is_sequence(&self.essence) },
            Kind::Form | Kind::Bytes => Form::Bytes,
        }
    }

    fn convert(&self, converter: &mut Converter<'_, 'd>, naming: &Naming) -> TypeRef {
        match self.schema {
            Some(schema) => converter.site(Site::new(schema, self.place.keyword("schema")), naming),
            None => converter.any(AnyReason::Unconstrained, self.place.clone()),
        }
    }
}

/// What media types are read into.
#[derive(PartialEq, Eq, Hash)]
enum Form {
    /// JSON of a schema, or JSON of which nothing is known.
    Json(Option<usize>),
    Text {
        is_sequence: bool,
    },
    Bytes,
}

/// Gives equal schemas the same number, whatever the order of their keys.
fn number(all: &mut [Found<'_>]) {
    if all.len() < 2 {
        return;
    }
    let mut known = HashMap::new();
    for (index, found) in all.iter_mut().enumerate() {
        let text = found.schema.map(document::schema_text);
        found.schema_number = text.map_or(index, |text| *known.entry(text).or_insert(index));
    }
}

/// What the body of a response may hold. Never empty: where no media type is named it is bytes.
pub(super) fn of_response<'d>(
    converter: &mut Converter<'_, 'd>,
    content: &'d document::Content,
    at: &Location,
    naming: &Naming,
) -> Vec<ResponseContent> {
    let all = content.iter().map(|(name, media)| Found::new(converter, name, media, at)).collect();
    let mut groups: IndexMap<Form, Vec<Found<'d>>> = IndexMap::new();
    for found in told_apart(all) {
        groups.entry(found.form()).or_default().push(found);
    }
    let ranks = groups.values().map(|group| group.iter().map(Found::rank).min());
    let main = ranks.enumerate().min_by_key(|(_, rank)| *rank).map_or(0, |(index, _)| index);
    let mut contents = Vec::with_capacity(groups.len().max(1));
    for (index, group) in groups.values().enumerate() {
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
    number(&mut all);
    let is_json = |found: &&Found<'_>| found.is_json() && found.schema.is_some();
    let json: HashSet<usize> = all.iter().filter(is_json).map(|found| found.schema_number).collect();
    all.retain_mut(|found| {
        let repeats = !found.takes_strings && found.schema.is_some() && json.contains(&found.schema_number);
        if repeats && found.essence == "text/plain" {
            // .NET lists it beside JSON, and means the same.
            found.kind = Kind::Json;
        }
        // The same data in another format, such as XML or YAML, is not requested.
        !repeats || found.is_json() || found.kind == Kind::Json && found.essence == "text/plain"
    });
    all.sort_by_key(|found| found.says_nothing);
    all
}

/// What a request body holds: what is wanted most and, of an operation that can be called, what may be sent instead.
pub(super) fn of_body<'d>(
    converter: &mut Converter<'_, 'd>,
    content: &'d document::Content,
    at: &Location,
    naming: &Naming,
    is_called: bool,
) -> (BodyContent, Vec<BodyContent>) {
    let all = content.iter().map(|(name, media)| Found::new(converter, name, media, at)).collect::<Vec<_>>();
    let best = all.iter().enumerate().min_by_key(|(_, found)| match found.kind {
        Kind::Json if found.says_nothing => 5,
        Kind::Json if found.essence == "application/json" => 0,
        Kind::Json => 1,
        Kind::Form => 2,
        Kind::Text => 3,
        Kind::Bytes => 4,
    });
    let Some((best, found)) = best else { return (empty_body(), Vec::new()) };
    let main = body_content(converter, found, content, naming);
    if !is_called {
        return (main, Vec::new());
    }
    let others = other_forms(all, best);
    let convert = |found: Found<'d>| {
        let naming = naming.beside(found.name);
        body_content(converter, &found, content, &naming)
    };
    (main, others.into_iter().map(convert).collect())
}

/// The media types that a request may be sent as beside the one that is wanted most. Another form of the same data is
/// left out beside `application/json`, and so is a media type without a schema.
fn other_forms(mut all: Vec<Found<'_>>, best: usize) -> Vec<Found<'_>> {
    number(&mut all);
    let json = all.iter().find(|found| found.essence == "application/json" && found.schema.is_some());
    let json = json.map(|found| found.schema_number);
    let repeats = |found: &Found<'_>| !found.takes_strings && Some(found.schema_number) == json;
    let others = all.into_iter().enumerate().filter(|(index, _)| *index != best).map(|(_, found)| found);
    others.filter(|found| !repeats(found) && !found.says_nothing && found.essence != "*/*").collect()
}

fn body_content<'d>(
    converter: &mut Converter<'_, 'd>,
    found: &Found<'d>,
    content: &'d document::Content,
    naming: &Naming,
) -> BodyContent {
    let media = content.get(found.name);
    let files = match media {
        Some(media) if found.essence.starts_with("multipart/") => {
            let site = found.schema.map(|schema| Site::new(schema, found.place.keyword("schema")));
            site.map(|site| form_files::of_form(&converter.components, site, media)).unwrap_or_default()
        }
        Some(_) | None => Vec::new(),
    };
    let fields = media.map(form::of_fields).unwrap_or_default();
    let content = match found.kind {
        // There is a body, though nothing is known of it.
        _ if found.essence == "*/*" && !found.is_string => Content::Json(found.convert(converter, naming)),
        Kind::Json => Content::Json(found.convert(converter, naming)),
        Kind::Form => Content::Form(found.convert(converter, naming)),
        Kind::Text => Content::Text,
        Kind::Bytes => Content::Bytes,
    };
    BodyContent { content, media_type: found.name.to_owned(), files, fields, boxed: false }
}

/// A body of which the document says nothing at all.
fn empty_body() -> BodyContent {
    let (media_type, files, fields) = (String::new(), Vec::new(), Vec::new());
    BodyContent { content: Content::Empty, media_type, files, fields, boxed: false }
}

/// `format: binary`: the value is bytes.
pub(super) fn is_binary(any: &Keywords) -> bool {
    any.format.as_deref() == Some("binary")
}

/// A string of which nothing more is known.
pub(super) fn is_plain_string(any: &Keywords) -> bool {
    any.typ.as_deref() == Some("string") && any.format.is_none() && any.enumeration.is_empty()
}
