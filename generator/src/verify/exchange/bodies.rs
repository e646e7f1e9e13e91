//! Compares request bodies, and parses the bodies of requests and responses.

use std::borrow::Cow;

use serde_json::Value;

use super::{Call, Examiner, NOTHING, Shown, media_type};
use crate::diagnostics::Location;
use crate::ir::{BodyContent, Content, Operation, TypeRef};
use crate::limits::BODY;
use crate::number;
use crate::verify::answer;
use crate::verify::fault::FaultKind;
use crate::verify::samples::Role;
use crate::verify::secrets::Secrets;
use crate::verify::subject::Part;
use crate::verify::traffic::{Body, Field, Message, decoded};
use crate::verify::written::{Fields, of_form, parts, urlencoded};

/// Why a body is not read as JSON.
pub(super) enum NotRead {
    /// It is not JSON.
    NotJson,
    /// It nests too deeply.
    TooDeep,
    /// It was not recorded or is too large. This was counted.
    Left,
}

impl<'a> Examiner<'a> {
    /// Compares the body of a request.
    pub(super) fn request_body(&mut self, call: Call<'a, '_>) {
        let Some(body) = &call.operation.body else { return };
        let message = &call.exchange.request;
        match message.body {
            Body::NotRecorded => {
                self.tally.totals.left_out += 1;
                return;
            }
            Body::Empty if body.required => {
                let kind = FaultKind::MissingBody;
                return self.of_operation(call, Part::RequestBody, kind, body.location.clone(), NOTHING);
            }
            Body::Empty => return,
            Body::Text(_) | Body::Json(_) | Body::Either(_) | Body::Base64(_) | Body::Fields(_) => {}
        }
        let media_type = media_type(message);
        let fit = |content: &BodyContent| {
            let names = std::slice::from_ref(&content.media_type);
            media_type.as_deref().map_or(0, |media_type| answer::fit(content.content, names, media_type))
        };
        let mut best = (&body.main, fit(&body.main));
        for content in &body.others {
            let fit = fit(content);
            if fit > best.1 {
                best = (content, fit);
            }
        }
        let (content, fit) = best;
        if let Some(media_type) = media_type.filter(|_| fit == 0) {
            if !content.media_type.is_empty() && !self.names_media_type(call, &body.location, &media_type) {
                let kind = FaultKind::MediaType(media_type);
                self.of_operation(call, Part::RequestBody, kind, body.location.clone(), NOTHING);
            } else {
                self.tally.totals.other_forms += 1;
            }
            return;
        }
        self.tally.totals.request_bodies += 1;
        let schema = self.checker.schema_of_body(body, &content.media_type);
        match content.content {
            Content::Json(ty) => match self.json(&message.body) {
                Ok(value) => {
                    self.body_value(call.operation, (Part::RequestBody, message), ty, &schema, &value);
                    self.sample_body(Role::Request, ty, message, &value);
                }
                Err(NotRead::Left) => {}
                Err(NotRead::NotJson) => {
                    self.of_operation(call, Part::RequestBody, FaultKind::NotJson, schema, NOTHING);
                }
                Err(NotRead::TooDeep) => {
                    self.of_operation(call, Part::RequestBody, FaultKind::TooDeep, schema, NOTHING);
                }
            },
            Content::Form(ty) => {
                if let Some(form) = self.form(call, content) {
                    let value = of_form(&mut self.types, ty, &form);
                    self.value(Some(call.operation), Part::RequestBody, ty, &schema, &value);
                }
            }
            Content::String | Content::Text | Content::Bytes | Content::Empty => {}
        }
    }

    /// Compares the JSON of a body. A text where the schema allows no string is not shown in the report: it may be
    /// anything.
    pub(super) fn body_value(
        &mut self,
        operation: &'a Operation,
        (part, message): (Part<'_>, &Message<'_>),
        ty: TypeRef,
        schema: &Location,
        value: &Value,
    ) {
        let text = match &message.body {
            Body::Either(text) if value.as_str() == Some(text) => &**text,
            Body::Either(_)
            | Body::NotRecorded
            | Body::Empty
            | Body::Text(_)
            | Body::Json(_)
            | Body::Base64(_)
            | Body::Fields(_) => return self.value(Some(operation), part, ty, schema, value),
        };
        let secrecy = self.shared.secrets.of_type(ty);
        for fault in self.checker.faults(ty, schema, value) {
            let is_no_text = matches!(fault.kind, FaultKind::Type { .. } | FaultKind::NoBranch(_));
            let shown = match is_no_text {
                true => Shown::Text(Secrets::of_text(media_type(message).as_deref(), text)),
                false => Shown::Value(secrecy),
            };
            self.fault(Some(operation), part, fault, shown);
        }
    }

    /// The fields of a form. `None` if they were not recorded: browsers leave out files, and sometimes whole forms.
    fn form<'x>(&mut self, call: Call<'a, 'x>, content: &'x BodyContent) -> Option<Fields<'x>> {
        let message = &call.exchange.request;
        if let Body::Fields(fields) = &message.body {
            return Some(Fields { fields: fields.clone(), rules: &content.fields });
        }
        let bytes = self.bytes(&message.body)?;
        let content_type = message.content_type().unwrap_or_default();
        let is_multipart = answer::essence(content_type).starts_with("multipart/");
        let fields = |bytes: &'_ [u8]| match is_multipart {
            true => parts(content_type, bytes).map(owned),
            false => std::str::from_utf8(bytes).ok().map(|text| owned(urlencoded(text))),
        };
        let found = fields(&bytes);
        if found.is_none() {
            self.tally.totals.left_out += 1;
        }
        Some(Fields { fields: found?, rules: &content.fields })
    }

    /// Collects the body of a message for tests, if tests are to be made.
    pub(super) fn sample_body(&mut self, role: Role, ty: TypeRef, message: &Message<'_>, value: &Value) {
        if self.samples.is_none() {
            return;
        }
        let text = match &message.body {
            // The text is not JSON: it is the content of a JSON string.
            Body::Either(_) if value.is_string() && number::wide(value).is_none() => {
                Cow::Owned(value.to_string().into_bytes())
            }
            other => match self.bytes(other) {
                Some(bytes) => bytes,
                None => return,
            },
        };
        if let Ok(text) = std::str::from_utf8(&text) {
            let media_type = message.content_type().map(str::to_owned).or_else(|| media_type(message));
            self.take_sample(role, ty, (text, value), media_type.as_deref());
        }
    }

    /// Parses the JSON of a body. Integers beyond 64 bits have the form of `number`.
    pub(super) fn json(&mut self, body: &Body<'_>) -> Result<Value, NotRead> {
        if let Body::Either(text) = body {
            // Recordings do not say whether a string is a text or a JSON string.
            return match self.parsed(text) {
                Err(NotRead::NotJson) => Ok(Value::from(&**text)),
                other => other,
            };
        }
        let Some(bytes) = self.bytes(body) else { return Err(NotRead::Left) };
        let text = std::str::from_utf8(&bytes).map_err(|_| NotRead::NotJson)?;
        self.parsed(text)
    }

    /// Parses a text as JSON.
    pub(super) fn parsed(&mut self, text: &str) -> Result<Value, NotRead> {
        if text.len() > BODY {
            self.tally.totals.too_large += 1;
            return Err(NotRead::Left);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let found = match number::with_marks(text) {
            Some(marked) => serde_json::from_str(&marked),
            None => serde_json::from_str(text),
        };
        // `serde_json` has no category for this error: only its text tells it apart.
        let is_too_deep =
            |error: &serde_json::Error| error.to_string().starts_with("recursion limit exceeded");
        found.map_err(|error| if is_too_deep(&error) { NotRead::TooDeep } else { NotRead::NotJson })
    }

    /// The bytes of a body. `None`, and counted, if they were not recorded, cannot be decoded or are too many.
    pub(super) fn bytes<'x>(&mut self, body: &'x Body<'_>) -> Option<Cow<'x, [u8]>> {
        let bytes = match body {
            Body::Text(text) | Body::Either(text) => Cow::Borrowed(text.as_bytes()),
            Body::Json(text) => Cow::Borrowed(text.as_bytes()),
            Body::Empty => Cow::Borrowed(&[][..]),
            Body::Base64(text) => match decoded(text) {
                Ok(bytes) => Cow::Owned(bytes),
                Err(message) => {
                    self.tally.unreadable(self.origin, message);
                    return None;
                }
            },
            Body::NotRecorded | Body::Fields(_) => {
                self.tally.totals.left_out += 1;
                return None;
            }
        };
        if bytes.len() > BODY {
            self.tally.totals.too_large += 1;
            return None;
        }
        Some(bytes)
    }
}

fn owned<'o>(fields: Vec<Field<'_>>) -> Vec<Field<'o>> {
    fields.into_iter().map(Field::into_owned).collect()
}
