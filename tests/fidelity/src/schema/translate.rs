//! Schemas of OpenAPI 3.0 and Swagger 2.0 in the words of JSON Schema 2020-12.

use serde_json::{Map, Value, json};

/// What a reference of 3.0 keeps beside itself: everything that asserts is ignored there.
const ANNOTATIONS: [&str; 8] =
    ["$ref", "title", "description", "default", "example", "deprecated", "readOnly", "writeOnly"];

/// Translates one schema whose inner schemas are translated already.
pub(super) fn translate(schema: &mut Map<String, Value>) {
    if schema.contains_key("$ref") {
        schema.retain(|key, _| ANNOTATIONS.contains(&key.as_str()));
        return;
    }
    exclusive_bounds(schema);
    if let Some(Value::String(property)) = schema.get("discriminator").cloned() {
        schema.insert("discriminator".into(), json!({"propertyName": property}));
    }
    let nullable = ["nullable", "x-nullable"].iter().any(|key| schema.get(*key) == Some(&Value::Bool(true)));
    schema.remove("nullable");
    // The words of later drafts mean nothing here, except `const`, which can only be meant in one way.
    for key in ["prefixItems", "if", "then", "else", "contains", "propertyNames", "patternProperties"] {
        schema.remove(key);
    }
    if nullable {
        allow_null(schema);
    }
}

/// A list of `items` without `type: array`: Swagger 2.0 has no unions, and this is how some documents say one.
pub(super) fn choice_of_items(schema: &mut Map<String, Value>) {
    let is_array = schema.get("type").is_some_and(|name| name == "array");
    if !is_array
        && !schema.contains_key("anyOf")
        && schema.get("items").is_some_and(Value::is_array)
        && let Some(branches) = schema.remove("items")
    {
        schema.insert("anyOf".into(), branches);
    }
}

/// A branch that says nothing but `nullable: true`: by the letter it allows anything, but what is meant is `null`.
pub(super) fn null_branches(schema: &mut Map<String, Value>) {
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(key) else { continue };
        for branch in branches.iter_mut().filter_map(Value::as_object_mut) {
            let says = |key: &&String| !matches!(key.as_str(), "title" | "description");
            let nullable =
                branch.get("nullable").or_else(|| branch.get("x-nullable")) == Some(&Value::Bool(true));
            if nullable && branch.keys().filter(says).count() == 1 {
                *branch = Map::from_iter([("type".to_owned(), "null".into())]);
            }
        }
    }
}

/// `exclusiveMinimum: true` as a number. Documents that say 3.1 write it, too.
pub(super) fn exclusive_bounds(schema: &mut Map<String, Value>) {
    exclusive(schema, "minimum", "exclusiveMinimum");
    exclusive(schema, "maximum", "exclusiveMaximum");
}

fn exclusive(schema: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    match schema.remove(exclusive) {
        Some(Value::Bool(true)) => {
            if let Some(limit) = schema.remove(bound) {
                schema.insert(exclusive.into(), limit);
            }
        }
        // A number is not 3.0, but can only be meant in one way.
        Some(limit @ Value::Number(_)) => {
            schema.insert(exclusive.into(), limit);
        }
        _ => {}
    }
}

/// `nullable: true`. By the letter of 3.0.3 it needs a `type` beside it and does not widen `enum`; documents, and the servers
/// behind them, mean that `null` is allowed.
fn allow_null(schema: &mut Map<String, Value>) {
    let composed = ["allOf", "anyOf", "oneOf", "not"].iter().any(|key| schema.contains_key(*key));
    if composed {
        let outer = ["default", "example", "readOnly", "writeOnly"];
        let (outer, inner): (Map<_, _>, Map<_, _>) =
            std::mem::take(schema).into_iter().partition(|(key, _)| outer.contains(&key.as_str()));
        *schema = outer;
        schema.insert("anyOf".into(), json!([inner, {"type": "null"}]));
        return;
    }
    if let Some(Value::String(name)) = schema.get("type").cloned() {
        schema.insert("type".into(), json!([name, "null"]));
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}
