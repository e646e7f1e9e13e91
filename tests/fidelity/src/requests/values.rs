//! Random parameters and bodies, and which of them a style can express.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::operation::{Body, Operation, Parameter, Place, Style};
use crate::{Document, instances};

/// How many values of a schema are made, from which one is taken.
const CHOICES: usize = 8;

/// What one value is, and where its schema is, for a parameter or a body.
pub(super) struct Choices {
    /// By parameter: the values that can be sent.
    pub(super) parameters: Vec<Vec<Value>>,
    /// By body.
    pub(super) bodies: Vec<Vec<Value>>,
}

impl Choices {
    pub(super) fn of(document: &Document, operation: &Operation, seed: u64) -> Self {
        let of_parameter = |parameter: &Parameter| {
            let mut values = made(document, parameter.schema.as_deref(), seed);
            values.retain(|value| is_expressible(parameter, value, operation));
            values
        };
        let of_body = |body: &Body| match kind(document, body) {
            BodyKind::Json | BodyKind::Form => made(document, body.schema.as_deref(), seed),
            BodyKind::Text => vec![json!("a,b\n\"é\""), json!("")],
        };
        Self {
            parameters: operation.parameters.iter().map(of_parameter).collect(),
            bodies: operation.bodies.iter().map(of_body).collect(),
        }
    }

    /// What is given to the operation this time. `None` where something that is required has no value.
    pub(super) fn pick(&self, operation: &Operation, rng: &mut Rng) -> Option<Value> {
        let mut parameters = Map::new();
        for (parameter, values) in operation.parameters.iter().zip(&self.parameters) {
            let value = if parameter.required || rng.u8(0..3) > 0 { rng.choice(values) } else { None };
            match value.cloned().or_else(|| parameter.default.clone()) {
                Some(value) => drop(parameters.insert(parameter.key(), value)),
                None if parameter.required => return None,
                None => {}
            }
        }
        let mut given = json!({ "parameters": parameters });
        let bodies: Vec<(&Body, &Vec<Value>)> =
            operation.bodies.iter().zip(&self.bodies).filter(|(_, values)| !values.is_empty()).collect();
        if let Some((body, values)) = rng.choice(bodies)
            && (operation.body_required || rng.u8(0..4) > 0)
        {
            given["body"] = json!({ "media_type": body.media_type, "value": rng.choice(values)? });
        } else if operation.body_required {
            return None;
        }
        Some(given)
    }
}

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyKind {
    Json,
    Form,
    Text,
}

/// How a body is read. What may be sent as anything and is not a string is JSON.
pub(super) fn kind(document: &Document, body: &Body) -> BodyKind {
    let essence = body.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_string = |at: &str| document.allows(at, &json!("a string"));
    if essence.contains('*') && body.schema.as_deref().is_some_and(|at| !is_string(at)) {
        return BodyKind::Json;
    }
    if essence == "application/json" || essence == "text/json" || essence.ends_with("+json") {
        BodyKind::Json
    } else if essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/") {
        BodyKind::Form
    } else {
        BodyKind::Text
    }
}

fn made(document: &Document, schema: Option<&str>, seed: u64) -> Vec<Value> {
    let Some(schema) = schema else { return vec![json!("text"), json!("two words")] };
    // What is random in a document of formats may not be what a reader takes.
    let mut values = instances::instances(document, schema, CHOICES, seed);
    values.retain(|value| document.allows_formats(schema, value));
    values
}

/// Whether a style can say the value without saying another one as well: RFC 6570 leaves delimiters in unencoded values
/// to those who write templates.
fn is_expressible(parameter: &Parameter, value: &Value, operation: &Operation) -> bool {
    let is_list_or_object = value.is_array() || value.is_object();
    let forbidden: &[char] = match (parameter.place, parameter.style) {
        (Place::Header, Style::Json) => &['\n', '\r'],
        (Place::Header, _) if is_list_or_object => &['\n', '\r', ',', '='],
        (Place::Header, _) => &['\n', '\r'],
        (_, Style::Space) if is_list_or_object => &[' '],
        (_, Style::Pipe) if is_list_or_object => &['|'],
        (_, Style::Label) if is_list_or_object && parameter.explode => &['.'],
        (_, Style::Deep) => &['[', ']'],
        (_, _) if parameter.reserved => &['%', ','],
        (_, _) => &[],
    };
    let has_forbidden = |text: &str| text.contains(forbidden) || text.starts_with(' ') || text.ends_with(' ');
    let is_said = |text: &str| match parameter.place {
        Place::Path => !matches!(text, "" | "." | ".."),
        Place::Header => !has_forbidden(text),
        Place::Query | Place::Cookie => true,
    };
    let own_names: Vec<&str> = operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    match value {
        Value::Null => parameter.place != Place::Path,
        Value::Bool(_) | Value::Number(_) => !value.to_string().contains(forbidden),
        Value::String(text) => is_said(text) && !text.contains(forbidden),
        Value::Array(items) if parameter.place == Place::Path && items.is_empty() => false,
        Value::Object(fields) if parameter.place == Place::Path && fields.is_empty() => false,
        // What is nested in a header is JSON, which has commas in it.
        Value::Array(items) => items.iter().all(|item| {
            let is_plain = !item.is_array() && !item.is_object();
            let can_nest = parameter.place != Place::Header || parameter.style == Style::Json;
            !item.is_null() && (is_plain || can_nest) && is_expressible(parameter, item, operation)
        }),
        Value::Object(fields) => fields.iter().all(|(key, field)| {
            let is_plain = !field.is_array() && !field.is_object();
            let can_nest = parameter.place != Place::Header || parameter.style == Style::Json;
            let is_own = parameter.explode && own_names.contains(&key.as_str());
            let has_place = parameter.place != Place::Path || !field.is_null();
            !is_own
                && has_place
                && !key.is_empty()
                && !key.contains(forbidden)
                && (is_plain || can_nest)
                && (field.is_null() || is_expressible(parameter, field, operation))
        }),
    }
}
