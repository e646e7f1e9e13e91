//! Request bodies, responses and their media types.

use indexmap::IndexMap;

use super::budget;
use super::dialect::Dialect;
use super::hoist::Kind;
use super::inline;
use super::operations;
use super::parameters;
use super::schema::{self, Moved};
use super::swagger2;
use super::{At, Lowering};
use crate::diagnostics::Diagnostic;
use crate::document::{Content, Encoding, Header, Items, MediaType, QueryStyle, Ref, RequestBody, Response};
use crate::load::{Object, Tree};

/// The request body of an operation.
pub fn request_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
) -> Option<Ref<RequestBody>> {
    let body = operations::reference_or(lowering, Kind::RequestBody, tree, at, Moved::No, request_body_item);
    body.or_else(|| {
        // There is a body, though nothing is known of it.
        let mut body = RequestBody::default();
        let schema = Some(schema::unreadable_mark(lowering, at, Moved::Yes).into());
        body.content.insert("*/*".to_owned(), MediaType { schema, ..MediaType::default() });
        Some(Ref::Item(body))
    })
}

/// A request body itself.
pub fn request_body_item<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<RequestBody> {
    if lowering.dialect == Dialect::Swagger2 {
        return swagger2::swagger_body_item(lowering, tree, at, moved);
    }
    let members = object_here(lowering, tree, at, "a request body")?;
    let mut body = RequestBody::default();
    if moved == Moved::Yes {
        body.source = Some(at.location());
    }
    for (key, value) in members.iter() {
        match key {
            "description" => body.description = lowering.text(value, at, key),
            "required" => body.required = lowering.flag(value, at, key),
            "content" => body.content = content(lowering, value, at),
            _ => {}
        }
    }
    Some(body)
}

/// A response itself.
pub fn response_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<Response> {
    let members = object_here(lowering, tree, at, "a response")?;
    let mut response = Response::default();
    if moved == Moved::Yes {
        response.source = Some(at.location());
    }
    for (key, value) in members.iter() {
        match key {
            "description" => response.description = lowering.text(value, at, key).unwrap_or_default(),
            "headers" => response.headers = headers(lowering, value, at),
            "content" => response.content = content(lowering, value, at),
            "schema" if lowering.dialect == Dialect::Swagger2 => {
                response.content = swagger2::swagger_response_content(lowering, value, &at.key(key));
            }
            _ => {}
        }
    }
    Some(response)
}

fn headers<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> IndexMap<String, Ref<Header>> {
    let mut headers = IndexMap::new();
    inline::members(lowering, value, at, "headers", |this, members, here, moved| {
        for (name, tree) in members.iter() {
            let header = operations::reference_or(
                this,
                Kind::Header,
                tree,
                &here.key(name),
                moved,
                parameters::header_body,
            );
            headers.extend(header.map(|header| (name.to_owned(), header)));
        }
    });
    headers
}

/// The media types of a body, a response or a parameter.
pub fn content<'t>(lowering: &mut Lowering<'t, '_>, value: &'t Tree, at: &At<'_>) -> Content {
    let mut content = Content::new();
    inline::members(lowering, value, at, "content", |this, members, here, moved| {
        for (name, tree) in members.iter() {
            let place = here.key(name);
            if !budget::spend(this, &place) {
                break;
            }
            // OpenAPI 3.2 has media types among the components.
            let read = |this: &mut Lowering<'t, '_>, tree, at: &At<'_>, moved| {
                media_type(this, name, tree, at, moved)
            };
            let media_type = inline::read_here(this, tree, &place, moved, read).flatten();
            content.extend(media_type.map(|media_type| (name.to_owned(), media_type)));
        }
    });
    content
}

fn media_type<'t>(
    lowering: &mut Lowering<'t, '_>,
    name: &str,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<MediaType> {
    let members = object_here(lowering, tree, at, "a media type")?;
    let mut media_type = MediaType::default();
    if moved == Moved::Yes {
        media_type.source = Some(at.location());
    }
    let mut items = None;
    for (key, value) in members.iter() {
        match key {
            "schema" => media_type.schema = Some(schema::schema(lowering, value, &at.key(key), Moved::No)),
            "itemSchema" => items = Some(value),
            "encoding" => media_type.encoding = encodings(lowering, value, at),
            _ => {}
        }
    }
    // A sequence of items (3.2 §4.14): the item is the model that people want.
    let essence = modelsmith_runtime::essence(name);
    let is_sequence = modelsmith_runtime::is_sequence(&essence);
    if let Some(items) = items.filter(|_| is_sequence || media_type.schema.is_none()) {
        let place = at.key("itemSchema");
        let (schema, what) = match event_data(items) {
            Some(data) if essence == "text/event-stream" => {
                let (properties, keyword) = (place.key("properties"), "contentSchema");
                let schema = schema::schema(lowering, data, &properties.key("data").key(keyword), Moved::Yes);
                (schema, Items::EventData)
            }
            Some(_) | None => (schema::schema(lowering, items, &place, Moved::Yes), Items::Whole),
        };
        media_type.schema = Some(schema);
        media_type.items = Some(what);
    }
    Some(media_type)
}

fn encodings<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> IndexMap<String, Encoding> {
    let mut encodings = IndexMap::new();
    inline::members(lowering, value, at, "encoding", |this, members, here, moved| {
        for (name, tree) in members.iter() {
            let encoding = inline::read_here(this, tree, &here.key(name), moved, encoding).flatten();
            encodings.extend(encoding.map(|encoding| (name.to_owned(), encoding)));
        }
    });
    encodings
}

fn encoding<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    _moved: Moved,
) -> Option<Encoding> {
    let members = object_here(lowering, tree, at, "an encoding")?;
    let mut encoding = Encoding { content_type: None, style: None, explode: false, allow_reserved: false };
    let mut explode = None;
    for (key, value) in members.iter() {
        match key {
            "contentType" => encoding.content_type = lowering.text(value, at, key),
            "style" => encoding.style = value.as_str().and_then(query_style),
            "explode" => explode = lowering.boolean(value, at, key),
            "allowReserved" => encoding.allow_reserved = lowering.flag(value, at, key),
            _ => {}
        }
    }
    let is_form = matches!(encoding.style, None | Some(QueryStyle::Form));
    encoding.explode = explode.unwrap_or(is_form);
    Some(encoding)
}

/// The members of what should be an object; otherwise a warning.
pub fn object_here<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    what: &str,
) -> Option<&'t Object> {
    let read = tree.as_object();
    if read.is_none() {
        let message = format!("{what} must be an object but this is {}; it is ignored", tree.kind());
        lowering.sink.push(Diagnostic::warning("unreadable-object", at.location(), message));
    }
    read
}

/// The schema of the JSON that the data of an event is, if the schema of the event says so (JSON Schema 2020-12 §8.5).
fn event_data(event: &Tree) -> Option<&Tree> {
    let data = event.get("properties")?.get("data")?;
    let media_type = data.get("contentMediaType")?.as_str()?;
    let essence = modelsmith_runtime::essence(media_type);
    data.get("contentSchema").filter(|_| modelsmith_runtime::is_json(&essence))
}

/// A style of query parameters and form fields.
pub(super) fn query_style(word: &str) -> Option<QueryStyle> {
    Some(match word {
        "form" => QueryStyle::Form,
        "spaceDelimited" => QueryStyle::SpaceDelimited,
        "pipeDelimited" => QueryStyle::PipeDelimited,
        "deepObject" => QueryStyle::DeepObject,
        _ => return None,
    })
}
