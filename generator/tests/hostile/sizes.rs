//! Documents that are wide, and those that grow by inheritance or by combination: the time grows with the document, and
//! what would grow beyond reason is refused with its place.

use std::fmt::Write as _;

use modelsmith::config::Config;
use modelsmith::load::MemoryReader;
use serde_json::{Map, Value, json};

use crate::hostile_support::{codes, emitted_in_linear_time, generate_with, refused, said};

/// A document with these schemas, each on a line of its own.
fn document(schemas: impl IntoIterator<Item = (String, Value)>) -> String {
    let mut text =
        r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": {"schemas": {"#
            .to_owned();
    for (index, (name, schema)) in schemas.into_iter().enumerate() {
        let _ = write!(text, "{}\n{}: {schema}", if index == 0 { "" } else { "," }, json!(name));
    }
    text + "\n}}}\n"
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// `count` children of one parent.
fn children(count: usize, parent: Value) -> String {
    let child = |number: usize| {
        (
            format!("Child{number}"),
            json!({ "allOf": [reference("Parent"), { "properties": { format!("own{number}"): {} } }] }),
        )
    };
    document([("Parent".to_owned(), parent)].into_iter().chain((0..count).map(child)))
}

#[test]
fn a_million_brackets_of_yaml_are_refused() {
    insta::assert_snapshot!(refused("deep.yaml", "{a: ".repeat(1_000_000)), @r#"
    error[too-deep]: values are nested more than 256 levels deep
     --> deep.yaml:1:1025
      |
    1 | …{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a…
      |                                                              ^
    "#);
    let document = |brackets: String| "openapi: 3.1.0\npaths:\n  ".to_owned() + &brackets;
    insta::assert_snapshot!(refused("deep.yaml", document("[".repeat(1_000_000))), @r#"
    error[too-deep]: values are nested more than 256 levels deep
     --> deep.yaml:3:260
      |
    3 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                                              ^
    "#);
    insta::assert_snapshot!(refused("deep.yaml", document("[\n   ".repeat(1_000_000))), @r#"
    error[too-deep]: values are nested more than 256 levels deep
       --> deep.yaml:260:4
        |
    260 |    [
        |    ^
    "#);
    insta::assert_snapshot!(refused("deep.yaml", document("- ".repeat(1_000_000))), @r#"
    error[too-deep]: values are nested more than 256 levels deep
     --> deep.yaml:3:513
      |
    3 | …- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - …
      |                                                              ^
    "#);
    insta::assert_snapshot!(refused("deep.yaml", document("? ".repeat(1_000_000))), @r#"
    error[syntax]: invalid YAML: the key of a mapping must be a scalar
     --> deep.yaml:3:5
      |
    3 |   ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? ? …
      |     ^
    "#);
}

/// Each has a quarter of its values in common with the next.
#[test]
fn a_union_of_very_many_enums() {
    let part = |part: usize| {
        let values: Vec<String> = (0..200).map(|number| format!("v{}", part * 150 + number)).collect();
        json!({ "type": "string", "enum": values })
    };
    let union = |count: usize| {
        let parts: Vec<Value> = (0..count).map(part).collect();
        document([("E".to_owned(), json!({ "anyOf": parts }))])
    };
    emitted_in_linear_time(20, union, |count, output| {
        assert_eq!(codes(output), Vec::<&str>::new());
        let text = output.files.get("src/models/e.rs").expect("it has its file");
        let has = |number: usize| text.contains(&format!("V{number}"));
        let end = count * 150 + 50;
        assert!(has(end - 1) && !has(end), "the enum has not all values once");
    });
}

#[test]
fn very_many_patterns() {
    for value in [json!({ "type": "string" }), json!({ "properties": { "a": {} } }), reference("Thing")] {
        let map = |count: usize| {
            let patterns: Map<String, Value> =
                (0..count).map(|number| (format!("^p{number}"), value.clone())).collect();
            let map = ("Map".to_owned(), json!({ "type": "object", "patternProperties": patterns }));
            let thing = ("Thing".to_owned(), json!({ "type": "object", "properties": { "x": {} } }));
            document([map, thing])
        };
        emitted_in_linear_time(500, map, |_, output| {
            assert!(codes(output).iter().all(|code| *code == "union-too-wide"), "{:?}", codes(output));
        });
    }
}

#[test]
fn long_misspelt_references_among_long_names() {
    let long = "x".repeat(2_000);
    let misspelt = |count: usize| {
        let names = (0..count).map(|number| (format!("{long}{number}"), json!({})));
        let wrong = (0..count).map(|number| {
            (format!("W{number}"), json!({ "properties": { "a": reference(&format!("{long}y{number}")) } }))
        });
        document(names.chain(wrong))
    };
    emitted_in_linear_time(25, misspelt, |count, output| {
        assert_eq!(codes(output), vec!["dangling-reference"; count]);
    });
}

/// What an overlay makes of a document of `paths` paths.
fn overlaid(paths: usize, target: &str) -> String {
    let paths: Map<String, Value> = (0..paths)
        .map(|number| {
            let schema = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
            let content = json!({ "application/json": { "schema": schema } });
            let responses = json!({ "200": { "description": "an answer", "content": content } });
            (
                format!("/p{number}"),
                json!({ "get": { "operationId": format!("op{number}"), "responses": responses } }),
            )
        })
        .collect();
    let document = json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths });
    let action = json!({ "target": target, "remove": true });
    let overlay =
        json!({ "overlay": "1.0.0", "info": { "title": "O", "version": "1" }, "actions": [action] });
    let reader = MemoryReader::new().with("a.json", document.to_string()).with("o.json", overlay.to_string());
    let mut config = Config::default();
    config.input.overlays.push("o.json".into());
    said(&generate_with("a.json", &reader, config))
}

#[test]
fn descendants_of_descendants_in_an_overlay() {
    let said = overlaid(2_000, "$..*..*..*..*..*..*..*..*..nothing");
    assert!(said.contains("matches nothing"), "{said}");
}

#[test]
fn a_large_regular_expression_in_an_overlay() {
    let said = overlaid(2_000, "$..[?match(@.description, '(an? answer|[a-z]{1,40}){1,40}x')]");
    assert!(said.contains("matches nothing"), "{said}");
}

#[test]
fn three_thousand_properties_inherited_by_very_many_children() {
    let properties: Map<String, Value> =
        (0..3_000).map(|number| (format!("property{number}"), json!({ "type": "string" }))).collect();
    let text = children(120, json!({ "type": "object", "properties": properties }));
    insta::assert_snapshot!(refused("a.json", text), @r##"
    error[too-many-copies]: what schemas inherit and combine by `allOf` is too much to emit
      --> a.json:93:1
       |
    93 | "Child90": {"allOf":[{"$ref":"#/components/schemas/Parent"},{"properties":{"own90":{}}}]},
       | ^^^^^^^^^
       |
       = help: every type has a copy of what it is made of: hold large common parts in a property instead, or leave schemas out with `exclude`
    "##);
}

#[test]
fn a_long_description_inherited_by_three_thousand_children() {
    let of_property =
        json!({ "properties": { "p": { "type": "string", "description": "d".repeat(500_000) } } });
    insta::assert_snapshot!(refused("a.json", children(3_000, of_property)), @r##"
    error[too-many-copies]: what schemas inherit and combine by `allOf` is too much to emit
       --> a.json:369:1
        |
    369 | "Child366": {"allOf":[{"$ref":"#/components/schemas/Parent"},{"properties":{"own366":{}}}]},
        | ^^^^^^^^^^
        |
        = help: every type has a copy of what it is made of: hold large common parts in a property instead, or leave schemas out with `exclude`
    "##);
    let of_parent = json!({ "properties": { "p": {} }, "description": "d".repeat(500_000) });
    insta::assert_snapshot!(refused("a.json", children(3_000, of_parent)), @r##"
    error[too-many-copies]: what schemas inherit and combine by `allOf` is too much to emit
       --> a.json:369:1
        |
    369 | "Child366": {"allOf":[{"$ref":"#/components/schemas/Parent"},{"properties":{"own366":{}}}]},
        | ^^^^^^^^^^
        |
        = help: every type has a copy of what it is made of: hold large common parts in a property instead, or leave schemas out with `exclude`
    "##);
}

/// Whatever is lowered says where it stood.
#[test]
fn a_long_key_above_many_schemas() {
    let long = "k".repeat(200_000);
    let schemas: Map<String, Value> =
        (0..10_000).map(|number| (format!("p{number}"), json!({ "properties": { "a": {} } }))).collect();
    let text = document([(long, json!({ "patternProperties": schemas }))]);
    insta::assert_snapshot!(refused("a.json", text), @r#"
    error[too-many-copies]: keys are too long for the number of values below them
     --> a.json:2:210194
      |
    2 | …83":{"properties":{"a":{}}},"p1284":{"properties":{"a":{}}},"p1285":{"properties":{"a":{}}},"p1286":{"properties":{"a":{}}},"p1287…
      |                                                              ^^^^^^^
      = help: use shorter names
    "#);
}

#[test]
fn combinations_of_unions_in_many_schemas() {
    let branch = |union: usize, branch: usize| {
        let name = format!("u{union}b{branch}");
        json!({ "required": [name], "properties": { name.as_str(): {} } })
    };
    let union = |number: usize| {
        let branches: Vec<Value> = (0..10).map(|at| branch(number, at)).collect();
        (format!("Union{number}"), json!({ "oneOf": branches }))
    };
    let all: Vec<Value> = (0..4).map(|number| reference(&format!("Union{number}"))).collect();
    let combined = |number: usize| {
        let mut parts = all.clone();
        parts.push(json!({ "properties": { format!("own{number}"): {} } }));
        (format!("Combined{number}"), json!({ "allOf": parts }))
    };
    let text = document((0..4).map(union).chain((0..61).map(combined)));
    insta::assert_snapshot!(refused("a.json", text), @r##"
    error[too-many-copies]: what schemas inherit and combine by `allOf` is too much to emit
     --> a.json:7:1
      |
    7 | "Combined1": {"allOf":[{"$ref":"#/components/schemas/Union0"},{"$ref":…
      | ^^^^^^^^^^^
      |
      = help: every type has a copy of what it is made of: hold large common parts in a property instead, or leave schemas out with `exclude`
    "##);
}
