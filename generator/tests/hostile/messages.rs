//! Documents with enormous values and keys: no message shows one whole.

use std::path::Path;

use modelsmith::config::Config;
use modelsmith::diagnostics::{Diagnostic, Style, render};
use modelsmith::load::MemoryReader;
use serde_json::{Value, json};

const HUGE: usize = 400_000;

/// The findings about a document, and all of them as they are shown.
fn found(document: &Value) -> (Vec<Diagnostic>, String) {
    let reader = MemoryReader::new().with("a.json", document.to_string());
    let (found, sources) = match modelsmith::generate(Path::new("a.json"), &reader, &Config::default()) {
        Ok(output) => (output.warnings, output.sources),
        Err(failure) => (failure.diagnostics, failure.sources),
    };
    let shown = render(&found, &sources, Style::PLAIN) + &render(&found, &sources, Style::JsonLines);
    (found, shown)
}

/// A document in which `schema` is the only one, beside an operation.
fn document(schema: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": { "description": "" } } } } },
        "components": { "schemas": { "A": schema, "B": { "type": "object", "properties": { "k": { "const": "b" } } } } }
    })
}

#[test]
fn enormous_values_and_keys_are_cut() {
    let huge = "h".repeat(HUGE);
    let key = |value: Value| Value::Object([(huge.clone(), value)].into_iter().collect());
    let mut documents: Vec<Value> = [
        json!({ "type": huge }),
        json!({ "type": [huge, "string"] }),
        json!({ "$ref": format!("#/components/schemas/{huge}") }),
        json!({ "$ref": format!("{huge}.json") }),
        json!({ "$ref": format!("https://example.com/{huge}") }),
        json!({ "properties": { "a": { "type": "integer", "default": huge } } }),
        json!({ "properties": { "a": { "enum": ["x"], "type": "string", "default": huge } } }),
        json!({ "properties": { "a": { "type": "object", "default": key(json!(1)) } } }),
        json!({ "properties": { "a": { "type": "string", "format": "date-time", "default": huge } } }),
        json!({ "properties": { "a": { "type": "integer", "enum": [huge, huge] } } }),
        json!({ "properties": key(json!(1)) }),
        json!({ "properties": key(json!({ "type": "nothing" })) }),
        json!({ "required": [1, huge] }),
        json!({ "discriminator": { "propertyName": huge }, "oneOf": [{ "$ref": "#/components/schemas/B" }, {}] }),
        json!({ "discriminator": { "propertyName": "k", "mapping": key(json!("#/components/schemas/B")) },
            "oneOf": [{ "$ref": "#/components/schemas/B" }, { "properties": { "k": { "const": "c" } } }] }),
        json!({ "discriminator": { "propertyName": "k", "mapping": { "x": huge } },
            "oneOf": [{ "$ref": "#/components/schemas/B" }, { "properties": { "k": { "const": "c" } } }] }),
        json!({ "allOf": [{ "type": "string" }, { "type": huge }] }),
        json!({ "allOf": [{ "properties": key(json!({ "type": "string" })) },
            { "properties": key(json!({ "type": "integer" })) }] }),
        key(json!(1)),
    ]
    .iter()
    .map(document)
    .collect();
    let whole = document(&json!({}));
    let changed = |pointer: &str, value: Value| {
        let mut document = whole.clone();
        *document.pointer_mut(pointer).expect("a place of the document") = value;
        document
    };
    documents.extend([
        changed("/openapi", json!(huge)),
        changed("/openapi", key(json!(1))),
        changed("/info", json!(huge)),
        changed("/paths", key(json!(1))),
        changed("/paths", key(json!({ "get": 1 }))),
        changed("/paths/~1a", key(json!({ "responses": {} }))),
        changed("/paths/~1a/get/operationId", json!({ "a": huge })),
        changed("/paths/~1a/get/responses", key(json!({ "description": "" }))),
        changed("/paths/~1a/get/responses", json!({ "200": { "content": key(json!({ "schema": 1 })) } })),
        changed("/components/schemas", key(json!({ "type": "nothing" }))),
        changed("/components/schemas", key(json!({ "$ref": "#/nothing" }))),
        key(json!(1)),
    ]);
    for (number, document) in documents.iter().enumerate() {
        let (found, shown) = found(document);
        for text in found.iter().flat_map(|found| [Some(&found.message), found.help.as_ref()]).flatten() {
            assert!(text.len() < 5_000, "document {number}: {} bytes", text.len());
        }
        assert!(shown.len() < 20_000, "document {number}: {} bytes", shown.len());
    }
}

#[test]
fn a_value_is_cut_after_64_characters() {
    let (found, _) = found(&document(&json!({ "type": "ä".repeat(65) })));
    let message = format!("`{}…` is not a type of JSON Schema; it is ignored", "ä".repeat(64));
    assert_eq!(found.iter().map(|found| &found.message).collect::<Vec<_>>(), [&message]);
}
