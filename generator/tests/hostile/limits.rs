//! Beyond each bound on how far schemas are looked into there is a warning.

use serde_json::{Value, json};

use crate::hostile_support::emitted;

/// A schema in `depth` others.
fn nested(depth: usize, around: impl Fn(Value) -> Value, inner: Value) -> Value {
    (0..depth).fold(inner, |inner, _| around(inner))
}

fn said(paths: &Value, schemas: &Value) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas }
    });
    let output = emitted("a.json", document.to_string());
    let too_deep = output.warnings.iter().filter(|found| found.code == "too-deep");
    let lines =
        too_deep.map(|found| format!("{}\n  {}", found.message, found.help.as_deref().unwrap_or("-")));
    lines.collect::<Vec<_>>().join("\n")
}

fn of_schema(schema: Value) -> String {
    said(
        &json!({}),
        &json!({ "A": schema, "Thing": { "type": "object", "properties": { "x": { "type": "string" } } } }),
    )
}

fn in_all_of(schema: Value) -> Value {
    json!({ "allOf": [schema] })
}

fn thing() -> Value {
    json!({ "$ref": "#/components/schemas/Thing" })
}

#[test]
fn wrappers() {
    insta::assert_snapshot!(
        of_schema(json!({ "properties": { "a": nested(70, in_all_of, thing()) } })),
        @r"
        `allOf` nests too deeply here for titles, descriptions and defaults
          those that lie deeper are left out; write them further outside
        schemas nest too deeply here to tell whether `null` is allowed
          what lies deeper does not allow it; say `null` further outside
        schemas wrap a reference too deeply here
          the type is not the one that is referred to, but one of its own; refer to the schema directly
        "
    );
}

#[test]
fn what_is_said_of_a_property() {
    let property = nested(9, in_all_of, json!({ "type": "string", "title": "Deep" }));
    insta::assert_snapshot!(
        of_schema(json!({ "properties": { "a": property } })),
        @r"
        `allOf` nests too deeply here for titles, descriptions and defaults
          those that lie deeper are left out; write them further outside
        "
    );
}

#[test]
fn unions_in_unions() {
    let union = |inner| json!({ "anyOf": [inner, { "type": "integer" }] });
    insta::assert_snapshot!(
        of_schema(nested(18, union, thing())),
        @r"
        unions nest too deeply in each other here
          the inner one is emitted as a union of its own; write one list of branches
        "
    );
}

#[test]
fn branches_of_types() {
    let types = |inner| json!({ "anyOf": [inner, { "type": "string" }] });
    let beside = nested(10, types, json!({ "type": "object" }));
    insta::assert_snapshot!(
        of_schema(json!({ "properties": { "a": { "allOf": [thing(), beside] } } })),
        @r"
        branches that only name types nest too deeply here
          they are taken to say more than types; write one `type`
        "
    );
}

#[test]
fn files_of_forms() {
    let file = nested(17, in_all_of, json!({ "type": "string", "format": "binary" }));
    let form = json!({ "type": "object", "properties": { "file": file } });
    let body = json!({ "content": { "multipart/form-data": { "schema": form } } });
    let answer = json!({ "204": { "description": "Done" } });
    let paths = json!({ "/a": { "post": { "requestBody": body, "responses": answer } } });
    insta::assert_snapshot!(
        said(&paths, &json!({})),
        @r"
        schemas nest too deeply here to tell whether the field is a file
          it is emitted as text; write the field's schema in place
        `allOf` nests too deeply here for titles, descriptions and defaults
          those that lie deeper are left out; write them further outside
        "
    );
}

#[test]
fn callbacks_of_callbacks() {
    let around = |inner: Value| {
        let answer = json!({ "204": { "description": "Done" } });
        json!({ "{$url}": { "post": { "responses": answer, "callbacks": { "again": inner } } } })
    };
    let innermost = json!({ "{$url}": { "post": { "responses": { "204": { "description": "Done" } } } } });
    let operation = json!({ "responses": {}, "callbacks": { "first": nested(5, around, innermost) } });
    insta::assert_snapshot!(
        said(&json!({ "/a": { "get": operation } }), &json!({})),
        @r"
        callbacks nest too deeply in each other's operations here
          the callback is left out
        "
    );
}
