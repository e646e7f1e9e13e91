//! Whether what was read is what was given.

use serde_json::{Map, Value};

use super::style::Decoded;
use crate::Document;
use crate::equivalence::differences;

/// Compares a value with what was read of it. `None` when they are the same.
pub(super) fn difference(
    document: &Document,
    schema: Option<&str>,
    given: &Value,
    found: Option<&Decoded>,
) -> Option<String> {
    let given = without_nulls(given);
    let Some(found) = found else {
        // Neither `null` nor an empty list has a text (RFC 6570 §2.3).
        let is_nothing = match &given {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        };
        return (!is_nothing).then(|| format!("{given} was not sent"));
    };
    // A text does not say of what nobody gave, a default that is always written, whether it is a string. An empty list
    // inside of an object has a text only where it is JSON.
    let bare = without_empty_members(&given);
    let wrong = |given, reading| json_difference(document, schema, given, &typed(given, found, reading));
    let first = wrong(&given, Reading::Typed)?;
    let others = [(&given, Reading::Text), (&bare, Reading::Typed), (&bare, Reading::Text)];
    others.into_iter().all(|(given, reading)| wrong(given, reading).is_some()).then_some(first)
}

/// Compares a value with what was read of it as JSON. `None` when they are the same.
pub(super) fn json_difference(
    document: &Document,
    schema: Option<&str>,
    given: &Value,
    found: &Value,
) -> Option<String> {
    let is_same = match schema {
        Some(schema) => {
            differences(document, schema, given, found).iter().all(|found| found.kind.is_allowed_in_a_body())
        }
        None => given == found,
    };
    (!is_same).then(|| format!("{given} was read as {found}"))
}

/// The value without `null` in lists and objects, which no style has a text for. What lies deeper is JSON.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            items.iter().filter(|item| !item.is_null()).map(without_null_members).collect()
        }
        Value::Object(_) => without_null_members(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn without_null_members(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            fields
                .map(|(name, value)| (name.clone(), without_null_members(value)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(without_null_members).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The value without empty lists and objects in objects, as deep as objects go.
fn without_empty_members(value: &Value) -> Value {
    let Value::Object(fields) = value else { return value.clone() };
    let fields = fields.iter().map(|(name, value)| (name.clone(), without_empty_members(value)));
    let is_nothing = |value: &Value| match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    fields.filter(|(_, value)| !is_nothing(value)).collect::<Map<_, _>>().into()
}

#[derive(Clone, Copy)]
enum Reading {
    Typed,
    Text,
}

/// What was read, with the types of what was given: a text may be a number, and what is nested is JSON.
fn typed(given: &Value, found: &Decoded, reading: Reading) -> Value {
    match (given, found) {
        (Value::String(_), Decoded::Text(text)) => Value::from(text.as_str()),
        (Value::Array(_) | Value::Object(_) | Value::Bool(_) | Value::Number(_), Decoded::Text(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))
        }
        (Value::Null, found) => untyped(found, reading),
        (Value::Array(items), Decoded::List(found)) => {
            let item = |index: usize| items.get(index).unwrap_or(&Value::Null);
            found.iter().enumerate().map(|(index, found)| typed(item(index), found, reading)).collect()
        }
        (Value::Object(fields), Decoded::Object(found)) => {
            let field = |name: &str| fields.get(name).unwrap_or(&Value::Null);
            let found = found.iter().map(|(name, found)| (name.clone(), typed(field(name), found, reading)));
            found.collect::<Map<_, _>>().into()
        }
        // The keys of an object may look like places.
        (Value::Object(_), Decoded::List(found)) => {
            let found = found.iter().enumerate().map(|(index, found)| (index.to_string(), found.clone()));
            typed(given, &Decoded::Object(found.collect()), reading)
        }
        (_, found) => untyped(found, reading),
    }
}

fn untyped(found: &Decoded, reading: Reading) -> Value {
    match found {
        Decoded::Text(text) => match reading {
            Reading::Typed => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str())),
            Reading::Text => Value::from(text.as_str()),
        },
        Decoded::List(items) => items.iter().map(|item| untyped(item, reading)).collect(),
        Decoded::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), untyped(value, reading)));
            fields.collect::<Map<_, _>>().into()
        }
    }
}
