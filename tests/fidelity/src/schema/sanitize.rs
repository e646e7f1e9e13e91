//! Takes out what the compiler of JSON Schema would stumble over: keywords whose value has the wrong JSON type, patterns
//! that are none, identifiers that would move the base of references.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::places::{LISTS, MAPS, ONE};

const TYPES: [&str; 7] = ["null", "boolean", "object", "array", "number", "string", "integer"];
const SIZES: [&str; 8] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];

/// Leaves in `schema` only what says something.
pub(super) fn sanitize(schema: &mut Map<String, Value>) {
    for key in ["$schema", "$id", "id", "$dynamicRef", "$recursiveRef", "$recursiveAnchor", "$vocabulary"] {
        schema.remove(key);
    }
    for key in ["$anchor", "$dynamicAnchor", "dependencies", "contentMediaType"] {
        schema.remove(key);
    }
    // The older word for it, so that both are known by one.
    if schema.remove("contentEncoding").is_some_and(|encoding| encoding == "base64") {
        schema.entry("format").or_insert_with(|| "byte".into());
    }
    array_items(schema);
    schema.retain(|key, value| keep(key, value));
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        let mut seen = Vec::new();
        required.retain(|name| {
            name.is_string() && !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
    }
    types(schema);
}

fn keep(key: &str, value: &Value) -> bool {
    if ONE.contains(&key) {
        return value.is_object() || value.is_boolean();
    }
    if LISTS.contains(&key) {
        return value.as_array().is_some_and(|schemas| !schemas.is_empty());
    }
    if MAPS.contains(&key) {
        return value.is_object();
    }
    if SIZES.contains(&key) {
        return value.as_u64().is_some();
    }
    match key {
        "required" => value.is_array(),
        "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
        "pattern" => value.as_str().is_some_and(compiles),
        "multipleOf" => value.as_f64().is_some_and(|step| step > 0.0),
        "minimum" | "maximum" => value.is_number(),
        "exclusiveMinimum" | "exclusiveMaximum" => value.is_number() || value.is_boolean(),
        "uniqueItems" | "deprecated" | "readOnly" | "writeOnly" => value.is_boolean(),
        "$ref" | "format" | "title" | "description" | "$comment" => value.is_string(),
        "dependentRequired" => value.is_object(),
        _ => true,
    }
}

/// `items: [a, b]` of older drafts.
fn array_items(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(items)) = schema.get("items").cloned() {
        schema.remove("items");
        if let Some(rest) = schema.remove("additionalItems") {
            schema.insert("items".into(), rest);
        }
        schema.entry("prefixItems").or_insert(Value::Array(items));
    }
}

fn types(schema: &mut Map<String, Value>) {
    let known = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    match schema.get_mut("type") {
        Some(Value::Array(names)) => {
            names.retain(known);
            names.dedup();
            if names.is_empty() {
                schema.remove("type");
            }
        }
        Some(name) if known(name) => {}
        Some(_) => {
            schema.remove("type");
        }
        None => {}
    }
}

/// Whether a pattern compiles, as the compiler of schemas sees it.
fn compiles(pattern: &str) -> bool {
    thread_local! {
        static KNOWN: std::cell::RefCell<HashMap<String, bool>> = std::cell::RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(answer) = known.get(pattern) {
            return *answer;
        }
        let answer = jsonschema::draft202012::new(&json!({"pattern": pattern})).is_ok();
        known.insert(pattern.to_owned(), answer);
        answer
    })
}
