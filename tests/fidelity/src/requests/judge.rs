//! Gives random parameters to operations and reads their requests.

use std::collections::HashMap;

use fastrand::Rng;
use serde_json::{Map, Value};

use super::compare::{difference, json_difference};
use super::decode::Request;
use super::form;
use super::operation::{Body, Operation, operations};
use super::style::Decoded;
use super::values::{BodyKind, Choices, kind};
use super::{Caller, Given, Sent};
use crate::Document;

/// What came of it.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Operations of which requests were read.
    pub operations: usize,
    /// Those without a value for something that is required.
    pub barren: Vec<String>,
    /// Requests that were read.
    pub requests: usize,
    /// Parameters that were sent and read the same.
    pub parameters: usize,
    /// Bodies that were sent and read the same.
    pub bodies: usize,
    /// What was not read as it was given.
    pub wrong: Vec<String>,
}

/// Reads `rounds` requests of each operation that has a caller, which stands by its pointer.
pub fn judge(document: &Document, rounds: usize, callers: &[(&str, Caller)]) -> Verdict {
    let callers: HashMap<&str, Caller> = callers.iter().copied().collect();
    let mut verdict = Verdict::default();
    for operation in operations(document) {
        let Some(caller) = callers.get(operation.at.as_str()) else {
            verdict.wrong.push(format!("{}: it cannot be called", operation.at));
            continue;
        };
        let seed =
            operation.at.bytes().fold(1, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        let choices = Choices::of(document, &operation, seed);
        let mut rng = Rng::with_seed(seed);
        let mut read = 0;
        for _ in 0..rounds {
            let Some(given) = choices.pick(&operation, &mut rng) else { continue };
            read += 1;
            let outcome =
                caller(&given).and_then(|sent| verdict.request(document, &operation, &given, &sent));
            if let Err(error) = outcome {
                verdict.wrong.push(format!("{}: {given}: {error}", operation.at));
            }
        }
        verdict.requests += read;
        match read {
            0 => verdict.barren.push(operation.at),
            _ => verdict.operations += 1,
        }
    }
    verdict
}

impl Verdict {
    fn request(
        &mut self,
        document: &Document,
        operation: &Operation,
        given: &Given,
        sent: &Sent,
    ) -> Result<(), String> {
        if sent.method != operation.method {
            return Err(format!("it was sent as {}", sent.method));
        }
        let mut request = Request::of(sent)?;
        request.take_fixed(&operation.path)?;
        // What has names of its own is taken first: an exploded object takes what is left.
        let mut parameters: Vec<_> = operation.parameters.iter().collect();
        let is_open = |value: Option<&Value>| value.is_some_and(Value::is_object);
        parameters.sort_by_key(|parameter| is_open(given["parameters"].get(parameter.key())));
        for parameter in parameters {
            let value = given["parameters"].get(parameter.key()).unwrap_or(&Value::Null);
            let found = request.take(operation, parameter, form::shape(value))?;
            // What the absence means need not be sent.
            if found.is_none() && parameter.default.as_ref() == Some(value) {
                continue;
            }
            match difference(document, parameter.schema.as_deref(), value, found.as_ref()) {
                Some(wrong) => return Err(format!("{}: {wrong}, in {sent:?}", parameter.key())),
                None => self.parameters += usize::from(found.is_some()),
            }
        }
        request.rest()?;
        self.body(document, operation, given, sent)
    }

    fn body(
        &mut self,
        document: &Document,
        operation: &Operation,
        given: &Given,
        sent: &Sent,
    ) -> Result<(), String> {
        let (content_type, bytes) = match (given.get("body"), &sent.body) {
            (None, None) => return Ok(()),
            (Some(_), Some((content_type, bytes))) => (content_type, bytes),
            (Some(_), None) => return Err("the body was not sent".to_owned()),
            (None, Some(_)) => return Err("nobody gave a body".to_owned()),
        };
        let media_type = super::media_type(given);
        let body = operation.bodies.iter().find(|body| body.media_type == media_type);
        let body = body.ok_or_else(|| format!("the operation has no body {media_type}"))?;
        if !is_sent_as(content_type, media_type) {
            return Err(format!("it was sent as {content_type}, not as {media_type}"));
        }
        let value = &given["body"]["value"];
        match body_difference(document, body, value, (content_type, bytes))? {
            Some(wrong) => Err(format!("the body: {wrong}, in {}", String::from_utf8_lossy(bytes))),
            None => {
                self.bodies += 1;
                Ok(())
            }
        }
    }
}

/// Whether a media type is the one of the document, or one of its range.
fn is_sent_as(content_type: &str, media_type: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (sent, named) = (essence(content_type), essence(media_type));
    match named.strip_suffix('*') {
        Some(family) => {
            !sent.contains('*')
                && (family == "*/" || sent.starts_with(family) || sent == "application/octet-stream")
        }
        None => sent == named,
    }
}

/// Reads a body and compares it with what was given.
fn body_difference(
    document: &Document,
    body: &Body,
    value: &Value,
    (content_type, bytes): (&str, &[u8]),
) -> Result<Option<String>, String> {
    let text = || std::str::from_utf8(bytes).map_err(|error| error.to_string());
    let schema = body.schema.as_deref();
    let found = match kind(document, body) {
        BodyKind::Json => {
            let read: Value = serde_json::from_str(text()?).map_err(|error| error.to_string())?;
            return Ok(json_difference(document, schema, value, &read));
        }
        BodyKind::Form => {
            let nothing = Map::new();
            let expected = value.as_object().unwrap_or(&nothing);
            form::fields(content_type, bytes, body, expected).map(Decoded::Object)?
        }
        BodyKind::Text => Decoded::Text(text()?.to_owned()),
    };
    Ok(difference(document, schema, value, Some(&found)))
}
