//! Compares the status, headers and body of responses.

use modelsmith_runtime::client::Event;
use modelsmith_runtime::is_json;
use serde_json::{Map, Value};

use super::bodies::NotRead;
use super::{Call, Examiner, NOTHING, Shown, media_type};
use crate::diagnostics::{Location, excerpt_of};
use crate::ir::{
    Content, EventPart, Response, ResponseContent, Shape, Status, StreamItem, TypeRef, is_sequence,
};
use crate::verify::answer::{self, Answer};
use crate::verify::events::{events, records};
use crate::verify::fault::FaultKind;
use crate::verify::samples::Role;
use crate::verify::secrets::Secrets;
use crate::verify::subject::Part;
use crate::verify::traffic::{Body, Message};
use crate::verify::written::header;

impl<'a> Examiner<'a> {
    /// Compares a response.
    pub(super) fn response(&mut self, call: Call<'a, '_>) {
        let body = &call.exchange.response.body;
        let Some(status) = call.exchange.status else {
            if !matches!(body, Body::NotRecorded | Body::Empty) {
                self.tally.totals.without_status += 1;
            }
            return;
        };
        if status == NOT_MODIFIED && !says_not_modified(&call.operation.responses) {
            self.tally.totals.not_modified += 1;
            return;
        }
        let media_type = media_type(&call.exchange.response);
        let is_empty = matches!(body, Body::Empty);
        let Answer { named, read, is_of_kind } =
            answer::answer(&call.operation.responses, status, media_type.as_deref(), is_empty);
        let Some(named) = named.or(read.map(|(response, _)| response)) else {
            return self.status(call, status);
        };
        let is_named = match named.status {
            Status::Code(code) => code == status,
            Status::Range(_) | Status::Default => true,
        };
        if !is_named {
            self.status(call, status);
        }
        self.headers(call, status, named.status);
        let Some((response, content)) = read else { return };
        if let Some(media_type) = media_type.as_deref().filter(|_| !is_of_kind && !is_empty) {
            if !self.names_media_type(call, &response.location, media_type) {
                let kind = FaultKind::MediaType(media_type.to_owned());
                let (at, value) = (response.location.clone(), self.sample(call));
                self.of_operation(call, Part::Response(status), kind, at, value);
            } else if !matches!(body, Body::NotRecorded) {
                self.tally.totals.other_forms += 1;
            }
            return;
        }
        let name = answer::name_of(&content.media_types, media_type.as_deref());
        let schema = self.checker.schema_of_response(response, name);
        if media_type.as_deref().is_some_and(is_sequence) {
            self.items(call, (status, media_type.as_deref().unwrap_or_default()), &schema);
        } else {
            self.response_body(call, status, (response, content), &schema);
        }
    }

    /// Reports a status that the operation does not declare. The fault has the body, from which a correction is made.
    fn status(&mut self, call: Call<'a, '_>, code: u16) {
        let response = &call.exchange.response;
        let media_type = match response.body {
            Body::NotRecorded | Body::Empty => None,
            Body::Text(_) | Body::Json(_) | Body::Either(_) | Body::Base64(_) | Body::Fields(_) => {
                media_type(response)
            }
        };
        let value = self.sample(call);
        let kind = FaultKind::Status { code, media_type };
        self.of_operation(call, Part::Response(code), kind, call.operation.location.clone(), value);
    }

    /// The value of a body for which the document has no schema: its JSON or its text. The report shows only JSON.
    fn sample(&mut self, call: Call<'a, '_>) -> (Value, Shown) {
        let response = &call.exchange.response;
        let (text, is_text) = match &response.body {
            Body::NotRecorded | Body::Fields(_) => return NOTHING,
            // Nothing is counted: a correction does not need the content.
            Body::Empty | Body::Base64(_) => return (Value::from(""), Shown::Text(String::new())),
            Body::Text(text) | Body::Either(text) => (&**text, true),
            Body::Json(text) => (*text, false),
        };
        let media_type = media_type(response);
        let unread = || Shown::Text(Secrets::of_text(media_type.as_deref(), text));
        let value = match self.parsed(text) {
            Ok(value) => value,
            Err(_) if is_text => return (Value::from(excerpt_of(text)), unread()),
            Err(_) => return NOTHING,
        };
        let is_json = match media_type.as_deref() {
            Some(media_type) => is_json(media_type),
            None => value.is_object() || value.is_array(),
        };
        let shown = match is_json {
            true => Shown::Value(self.shared.secrets.of_bodies(call.operation)),
            false => unread(),
        };
        (value, shown)
    }

    fn headers(&mut self, call: Call<'a, '_>, status: u16, named: Status) {
        if call.exchange.response.headers.is_none() {
            return;
        }
        for found in call.operation.headers.iter().filter(|found| found.statuses.contains(&named)) {
            let part = Part::ResponseHeader(&found.wire);
            let Some(text) = call.exchange.response.header(&found.wire) else {
                if found.required && status < 400 {
                    let kind = FaultKind::MissingHeader(found.wire.clone());
                    self.of_operation(call, part, kind, found.location.clone(), NOTHING);
                }
                continue;
            };
            match header(&mut self.types, found, text) {
                Ok(value) => {
                    let schema = self.checker.schema_of_parameter(&found.location);
                    self.value(Some(call.operation), part, found.ty, &schema, &value);
                }
                Err(_) => self.of_operation(call, part, FaultKind::NotJson, found.location.clone(), NOTHING),
            }
        }
    }

    fn response_body(
        &mut self,
        call: Call<'a, '_>,
        status: u16,
        (response, content): (&Response, &ResponseContent),
        schema: &Location,
    ) {
        let body = &call.exchange.response.body;
        match (content.content, body) {
            (Content::Text | Content::Bytes | Content::Form(_) | Content::Empty, _) => {}
            (Content::Json(_) | Content::String, Body::NotRecorded) => self.tally.totals.left_out += 1,
            (Content::String, _) => self.tally.totals.response_bodies += 1,
            (Content::Json(_), Body::Empty) => {
                let at = response.location.clone();
                self.of_operation(call, Part::Response(status), FaultKind::MissingBody, at, NOTHING);
            }
            (Content::Json(ty), _) => {
                self.tally.totals.response_bodies += 1;
                let part = Part::Response(status);
                let message = &call.exchange.response;
                match self.json(body) {
                    Ok(value) => {
                        if self.is_read_as_json(ty, message) {
                            self.sample_body(Role::Response(status), ty, message, &value);
                        }
                        self.body_value(call.operation, (part, message), ty, schema, &value);
                    }
                    Err(error) => self.read(call, part, ty, schema, Err(error)),
                }
            }
        }
    }

    /// Whether a response is read as JSON. If the schema accepts any JSON value, the media type has to be one of JSON.
    fn is_read_as_json(&self, ty: TypeRef, response: &Message<'_>) -> bool {
        let graph = self.shared.graph;
        let is_any = matches!(graph.get(graph.unaliased(ty).id).shape, Shape::Any(_));
        !is_any || media_type(response).is_none_or(|media_type| is_json(&media_type))
    }

    fn read(
        &mut self,
        call: Call<'a, '_>,
        part: Part<'_>,
        ty: TypeRef,
        schema: &Location,
        value: Result<Value, NotRead>,
    ) {
        let kind = match value {
            Ok(value) => return self.value(Some(call.operation), part, ty, schema, &value),
            Err(NotRead::Left) => return,
            Err(NotRead::NotJson) => FaultKind::NotJson,
            Err(NotRead::TooDeep) => FaultKind::TooDeep,
        };
        self.of_operation(call, part, kind, schema.clone(), NOTHING);
    }

    /// Compares the items of a stream.
    fn items(&mut self, call: Call<'a, '_>, (status, media_type): (u16, &str), schema: &Location) {
        let Some(stream) = &call.operation.stream else { return };
        let StreamItem::Json(ty, of) = stream.item else { return };
        let body = &call.exchange.response.body;
        let Some(bytes) = self.bytes(body) else { return };
        self.tally.totals.response_bodies += 1;
        let part = Part::Item(status);
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return self.of_operation(call, part, FaultKind::NotJson, schema.clone(), NOTHING);
        };
        let schema = self.checker.schema_of_item(schema);
        if media_type != "text/event-stream" {
            for record in records(text) {
                let value = self.parsed(record);
                self.read(call, part, ty, &schema, value);
            }
            return;
        }
        for event in events(text) {
            if stream.done.as_deref() == Some(event.data.as_str()) {
                break;
            }
            let data = self.parsed(&event.data);
            let value = match (of, data) {
                (EventPart::Data, data) => data,
                (EventPart::WithText, _) => Ok(whole(&event, event.data.as_str().into())),
                (EventPart::WithAny, Err(NotRead::NotJson)) => Ok(whole(&event, event.data.as_str().into())),
                (EventPart::WithJson | EventPart::WithAny, data) => data.map(|data| whole(&event, data)),
            };
            self.read(call, part, ty, &schema, value);
        }
    }
}

/// The status of a conditional request whose cached response is still valid (RFC 9110 §15.4.5). It has no body, and
/// only a client that sends a condition gets it, such as the cache of a browser: a `default` response does not mean it.
const NOT_MODIFIED: u16 = 304;

fn says_not_modified(responses: &[Response]) -> bool {
    responses.iter().any(|response| matches!(response.status, Status::Code(NOT_MODIFIED) | Status::Range(3)))
}

/// An event as an object (OpenAPI 3.2 §4.14.2).
fn whole(event: &Event, data: Value) -> Value {
    let mut fields = Map::new();
    if let Some(name) = &event.name {
        fields.insert("event".to_owned(), name.as_str().into());
    }
    if let Some(id) = &event.id {
        fields.insert("id".to_owned(), id.as_str().into());
    }
    if let Some(retry) = event.retry {
        fields.insert("retry".to_owned(), Value::from(retry.as_millis() as u64));
    }
    fields.insert("data".to_owned(), data);
    Value::Object(fields)
}
