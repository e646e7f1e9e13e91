//! Request bodies, responses and their media types.

use indexmap::IndexMap;
use openapiv3::{Encoding, Header, MediaType, QueryStyle, ReferenceOr, RequestBody, Response};

use super::dialect::Dialect;
use super::hoist::Kind;
use super::schema::Moved;
use super::{At, Lowering};
use crate::diagnostics::Diagnostic;
use crate::document::{Items, Marks as _};
use crate::load::{Object, Tree};

impl<'t> Lowering<'t, '_> {
    /// The request body of an operation.
    pub fn request_body(&mut self, tree: &'t Tree, at: &At<'_>) -> Option<ReferenceOr<RequestBody>> {
        let body = self.reference_or(Kind::RequestBody, tree, at, Moved::No, Self::request_body_item);
        body.or_else(|| {
            // There is a body, though nothing is known of it.
            let mut body = RequestBody::default();
            let schema = ReferenceOr::Item(self.unreadable_mark(at, Moved::Yes));
            body.content.insert("*/*".to_owned(), MediaType { schema: Some(schema), ..MediaType::default() });
            Some(ReferenceOr::Item(body))
        })
    }

    /// A request body itself.
    pub fn request_body_item(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<RequestBody> {
        if self.dialect == Dialect::Swagger2 {
            return self.swagger_body_item(tree, at, moved);
        }
        let members = self.object_here(tree, at, "a request body")?;
        let mut body = RequestBody::default();
        if moved == Moved::Yes {
            body.extensions.mark_source(&at.location());
        }
        for (key, value) in members.iter() {
            match key {
                "description" => body.description = self.text(value, at, key),
                "required" => body.required = self.flag(value, at, key),
                "content" => body.content = self.content(value, at),
                _ => {}
            }
        }
        Some(body)
    }

    /// A response itself.
    pub fn response_body(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<Response> {
        let members = self.object_here(tree, at, "a response")?;
        let mut response = Response::default();
        if moved == Moved::Yes {
            response.extensions.mark_source(&at.location());
        }
        for (key, value) in members.iter() {
            match key {
                "description" => response.description = self.text(value, at, key).unwrap_or_default(),
                "headers" => response.headers = self.headers(value, at),
                "content" => response.content = self.content(value, at),
                "schema" if self.dialect == Dialect::Swagger2 => {
                    response.content = self.swagger_response_content(value, &at.key(key));
                }
                _ => {}
            }
        }
        Some(response)
    }

    fn headers(&mut self, value: &'t Tree, at: &At<'_>) -> IndexMap<String, ReferenceOr<Header>> {
        let mut headers = IndexMap::new();
        self.members(value, at, "headers", |this, members, here, moved| {
            for (name, tree) in members.iter() {
                let header = this.reference_or(Kind::Header, tree, &here.key(name), moved, Self::header_body);
                headers.extend(header.map(|header| (name.to_owned(), header)));
            }
        });
        headers
    }

    /// The media types of a body, a response or a parameter.
    pub fn content(&mut self, value: &'t Tree, at: &At<'_>) -> IndexMap<String, MediaType> {
        let mut content = IndexMap::new();
        self.members(value, at, "content", |this, members, here, moved| {
            for (name, tree) in members.iter() {
                let place = here.key(name);
                if !this.spend(&place) {
                    break;
                }
                // OpenAPI 3.2 has media types among the components.
                let read = |this: &mut Self, tree, at: &At<'_>, moved| this.media_type(name, tree, at, moved);
                let media_type = this.here(tree, &place, moved, read).flatten();
                content.extend(media_type.map(|media_type| (name.to_owned(), media_type)));
            }
        });
        content
    }

    fn media_type(&mut self, name: &str, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<MediaType> {
        let members = self.object_here(tree, at, "a media type")?;
        let mut media_type = MediaType::default();
        if moved == Moved::Yes {
            media_type.extensions.mark_source(&at.location());
        }
        let mut items = None;
        for (key, value) in members.iter() {
            match key {
                "schema" => media_type.schema = Some(self.schema(value, &at.key(key), Moved::No)),
                "itemSchema" => items = Some(value),
                "encoding" => media_type.encoding = self.encodings(value, at),
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
                    let schema = self.schema(data, &properties.key("data").key(keyword), Moved::Yes);
                    (schema, Items::EventData)
                }
                Some(_) | None => (self.schema(items, &place, Moved::Yes), Items::Whole),
            };
            media_type.schema = Some(schema);
            media_type.extensions.mark_items(what);
        }
        Some(media_type)
    }

    fn encodings(&mut self, value: &'t Tree, at: &At<'_>) -> IndexMap<String, Encoding> {
        let mut encodings = IndexMap::new();
        self.members(value, at, "encoding", |this, members, here, moved| {
            for (name, tree) in members.iter() {
                let encoding = this.here(tree, &here.key(name), moved, Self::encoding).flatten();
                encodings.extend(encoding.map(|encoding| (name.to_owned(), encoding)));
            }
        });
        encodings
    }

    fn encoding(&mut self, tree: &'t Tree, at: &At<'_>, _moved: Moved) -> Option<Encoding> {
        let members = self.object_here(tree, at, "an encoding")?;
        let mut encoding = Encoding::default();
        let mut explode = None;
        for (key, value) in members.iter() {
            match key {
                "contentType" => encoding.content_type = self.text(value, at, key),
                "style" => encoding.style = value.as_str().and_then(query_style),
                "explode" => explode = self.boolean(value, at, key),
                "allowReserved" => encoding.allow_reserved = self.flag(value, at, key),
                _ => {}
            }
        }
        let is_form = matches!(encoding.style, None | Some(QueryStyle::Form));
        encoding.explode = explode.unwrap_or(is_form);
        Some(encoding)
    }

    /// The members of what should be an object; otherwise a warning.
    pub fn object_here(&mut self, tree: &'t Tree, at: &At<'_>, what: &str) -> Option<&'t Object> {
        let read = tree.as_object();
        if read.is_none() {
            let message = format!("{what} must be an object but this is {}; it is ignored", tree.kind());
            self.sink.push(Diagnostic::warning("unreadable-object", at.location(), message));
        }
        read
    }
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
