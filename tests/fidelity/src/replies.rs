//! Replies as a document describes them: its examples and random instances of its schemas, with their media types.

use std::collections::HashMap;

use serde_json::Value;

use crate::equivalence::differences;
use crate::{Dialect, Document, examples, instances, pointer};

/// How many instances of a schema are read.
const INSTANCES: usize = 4;

/// Reads a reply from its status, its media type and its body, and writes the body again. `None` if it is read as one that
/// the document does not describe.
pub type Replier = fn(u16, &str, &[u8]) -> Result<Option<Vec<u8>>, String>;

/// What came of it.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Examples that were read and written the same.
    pub examples: usize,
    /// Instances that were read and written the same.
    pub instances: usize,
    /// Examples that their schema refuses.
    pub invalid: usize,
    /// What was not read, or written otherwise.
    pub wrong: Vec<String>,
}

/// A body that a response of an operation may have.
struct Reply {
    operation: String,
    status: u16,
    media_type: String,
    /// The pointer of its schema.
    schema: String,
}

/// Takes a reply of any emitted crate: each has types of its own.
#[macro_export]
macro_rules! replied {
    ($response:path, $status:ident, $content_type:ident, $body:ident) => {{
        use $response as Response;
        match Response::from_parts($status, Some($content_type), $body) {
            Ok(Response::Other(..)) => Ok(None),
            Ok(read) => read.to_body().map(Some).map_err(|error| format!("not written: {error}")),
            Err(error) => Err(error.to_string()),
        }
    }};
}

/// Reads what the document's schemas of replies allow, and its examples.
pub fn judge(document: &Document, repliers: &[(&str, Replier)]) -> Verdict {
    let repliers: HashMap<&str, Replier> = repliers.iter().copied().collect();
    let examples = examples::of_document(document);
    let mut verdict = Verdict::default();
    for reply in replies(document) {
        let Some(replier) = repliers.get(reply.operation.as_str()) else { continue };
        for example in examples.iter().filter(|example| example.schema == reply.schema) {
            if !document.allows_formats(&reply.schema, &example.value) {
                verdict.invalid += 1;
                continue;
            }
            let is_right = verdict.read(document, &reply, *replier, &example.value);
            verdict.examples += usize::from(is_right);
        }
        let seed =
            reply.schema.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        for value in instances::instances(document, &reply.schema, INSTANCES, seed) {
            if document.allows_formats(&reply.schema, &value) {
                let is_right = verdict.read(document, &reply, *replier, &value);
                verdict.instances += usize::from(is_right);
            }
        }
    }
    verdict
}

impl Verdict {
    fn read(&mut self, document: &Document, reply: &Reply, replier: Replier, value: &Value) -> bool {
        let Reply { operation, status, media_type, schema } = reply;
        let is_json = is_json(media_type);
        // Text is its own text; everything else that has a schema is JSON.
        let body = match value {
            Value::String(text) if !is_json => text.clone(),
            value if is_json => value.to_string(),
            _ => return false,
        };
        let wrong = match replier(*status, media_type, body.as_bytes()) {
            Err(error) => Some(error),
            Ok(None) => Some("it was read as a reply that the document does not describe".to_owned()),
            Ok(Some(written)) if is_json => match serde_json::from_slice::<Value>(&written) {
                Ok(after) => differences(document, schema, value, &after)
                    .into_iter()
                    .find(|difference| !difference.kind.is_allowed_in_a_body())
                    .map(|difference| format!("{difference:?}")),
                Err(error) => Some(format!("it was not written as JSON: {error}")),
            },
            Ok(Some(written)) if written == body.as_bytes() => None,
            Ok(Some(written)) => Some(format!("it was written as {}", String::from_utf8_lossy(&written))),
        };
        let is_right = wrong.is_none();
        let say = |wrong| format!("{operation}, {status} as {media_type}: {body}: {wrong}");
        self.wrong.extend(wrong.map(say));
        is_right
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// The bodies of responses with a schema, except those of Swagger 2.0, which says them in other words.
fn replies(document: &Document) -> Vec<Reply> {
    let mut found = Vec::new();
    if document.dialect() == Dialect::Swagger2 {
        return found;
    }
    let paths = document.raw().get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let item_at = pointer::join("/paths", path);
        for (method, operation) in item.as_object().into_iter().flatten() {
            let at = pointer::join(&item_at, method);
            let responses = operation.get("responses").and_then(Value::as_object);
            for (code, response) in responses.into_iter().flatten() {
                let place = pointer::join(&pointer::join(&at, "responses"), code);
                let (response, place) = followed(document, response, place);
                let Some(status) = status_of(code) else { continue };
                let content = response.get("content").and_then(Value::as_object);
                for (media_type, media) in content.into_iter().flatten() {
                    let schema = pointer::join(&format!("{place}/content"), media_type) + "/schema";
                    if media.get("schema").is_some() && !media_type.contains('*') {
                        let (operation, media_type) = (at.clone(), media_type.clone());
                        found.push(Reply { operation, status, media_type, schema });
                    }
                }
            }
        }
    }
    found
}

/// A status that a response is for. Without a body there is nothing to read.
fn status_of(code: &str) -> Option<u16> {
    match code {
        "default" => Some(599),
        "204" | "205" | "304" => None,
        _ if code.ends_with("XX") => code.get(..1)?.parse::<u16>().ok().map(|hundreds| hundreds * 100 + 99),
        _ => code.parse().ok(),
    }
}

fn followed<'d>(document: &'d Document, value: &'d Value, at: String) -> (&'d Value, String) {
    let target = value.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference);
    match target.and_then(|at| Some((document.raw().pointer(&at)?, at))) {
        Some(found) => found,
        None => (value, at),
    }
}
