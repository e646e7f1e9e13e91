//! Defaults and examples that are made to take long: the time grows with the document, not with the number of ways in
//! which a value may be read or the number of schemas that inherit it.

use modelsmith::Output;
use serde_json::{Map, Value, json};

use crate::hostile_support::{codes, emitted};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// What is emitted for a document with these schemas.
#[track_caller]
fn schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> Output {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "components": { "schemas": schemas }
    });
    emitted("a.json", document.to_string())
}

/// `Shape`, which two of its branches contain, and `Holder` with a default and an example of so many levels of it.
fn nested(levels: usize, leaf: &Value) -> Vec<(String, Value)> {
    let branch = |own: &str| {
        let properties = json!({ "x": reference("Shape"), own: { "type": "integer" } });
        json!({ "type": "object", "required": ["x"], "properties": properties })
    };
    let value = (0..levels).fold(leaf.clone(), |value, _| json!({ "x": value }));
    let shape = json!({ "anyOf": [reference("A"), reference("B"), { "type": "string" }] });
    let holder = json!({
        "type": "object",
        "properties": { "shape": { "allOf": [reference("Shape")], "default": value } },
        "example": { "shape": value }
    });
    [("Shape", shape), ("A", branch("p")), ("B", branch("q")), ("Holder", holder)]
        .map(|(name, schema)| (name.to_owned(), schema))
        .to_vec()
}

/// Each level could be either of two branches: there are 2^levels ways.
#[test]
fn defaults_nested_in_unions_that_contain_themselves() {
    for levels in [4, 32, 60] {
        let output = schemas(nested(levels, &json!("end")));
        assert_eq!(codes(&output), Vec::<&str>::new());
        let holder = output.files.get("src/models/holder.rs").expect("every name has its file");
        assert_eq!(holder.matches("Shape::A(").count(), levels, "{holder}");
        let output = schemas(nested(levels, &json!(1)));
        assert_eq!(codes(&output), ["default-does-not-fit", "example-does-not-fit"]);
        let place = "/x".repeat(levels);
        let message = format!(
            "`{place}`: no variant of the union accepts a number (1 other branch does not fit either)"
        );
        assert!(output.warnings[0].message.ends_with(&message), "{}", output.warnings[0].message);
    }
}

/// A parent with this property, and children that inherit it.
fn inherited(children: usize, property: Value) -> Vec<(String, Value)> {
    let parent = json!({ "type": "object", "properties": { "inherited": property } });
    let child = |number: usize| {
        let own = json!({ "type": "object", "properties": { format!("p{number}"): { "type": "integer" } } });
        (format!("C{number}"), json!({ "allOf": [reference("Parent"), own] }))
    };
    (0..children).map(child).chain([("Parent".to_owned(), parent)]).collect()
}

#[test]
fn a_large_default_that_many_inherit_is_left_out_with_one_warning() {
    let items: Vec<usize> = (0..100_000).collect();
    let property = json!({ "type": "array", "items": { "type": "integer" }, "default": items });
    let output = schemas(inherited(300, property));
    let said: Vec<_> = output.warnings.iter().map(|found| (found.code, found.message.as_str())).collect();
    assert_eq!(said, [("large-default", "the default has more than 10000 values")]);
    assert_eq!(
        output.warnings[0].location.pointer.to_string(),
        "/components/schemas/Parent/properties/inherited/default"
    );
}

#[test]
fn defaults_that_are_large_together_are_left_out_from_some_point_on() {
    let items: Vec<usize> = (0..9_000).collect();
    let property = json!({ "type": "array", "items": { "type": "integer" }, "default": items });
    let output = schemas(inherited(300, property));
    let said: Vec<_> = output.warnings.iter().map(|found| (found.code, found.message.as_str())).collect();
    assert_eq!(said, [("large-default", "the large defaults of the document have more than 250000 values")]);
}

#[test]
fn a_default_that_does_not_fit_is_warned_of_once_however_many_inherit_it() {
    let output = schemas(inherited(300, json!({ "type": "integer", "default": "none" })));
    assert_eq!(codes(&output), ["default-does-not-fit"]);
}
