//! What is not an OpenAPI document, and what is hostile.

use modelsmith::diagnostics::{Severity, Sink};
use modelsmith::load::{Object, Tree};
use modelsmith::lower::lower;

use crate::lower_support::{document, documents, line, picture, printed};

/// The findings of a document that is refused.
fn refusal(json: &str) -> String {
    let document = document(json);
    let mut sink = Sink::default();
    assert!(lower(&document, &mut sink).is_none(), "the document was accepted");
    assert!(sink.has_errors());
    sink.into_vec().iter().map(line).collect()
}

#[test]
fn what_is_no_openapi_document_is_refused() {
    let documents = [
        "[]",
        "{}",
        r#"{"asyncapi": "2.6.0", "channels": {}}"#,
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema"}"#,
        r#"{"name": "x", "version": "1", "a": 1, "b": 2, "c": 3, "d": 4}"#,
        r#"{"openapi": "4.0.0"}"#,
        r#"{"openapi": "3.10.0"}"#,
        r#"{"swagger": "1.2"}"#,
        r#"{"openapi": ["3.1.0"]}"#,
    ];
    let text: String = documents.iter().map(|json| format!("{json}\n{}", refusal(json))).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn versions_that_yaml_reads_as_numbers_are_accepted() {
    for json in [r#"{"swagger": 2.0}"#, r#"{"openapi": 3.1}"#, r#"{"openapi": "3.2.0-rc1"}"#] {
        let mut sink = Sink::default();
        assert!(lower(&document(json), &mut sink).is_some(), "{json} was refused");
        assert!(sink.into_vec().is_empty());
    }
}

fn object(members: Vec<(String, Tree)>) -> Tree {
    Tree::Object(members.into_iter().map(|(key, value)| (key.into_boxed_str(), value)).collect::<Object>())
}

fn text(value: &str) -> Tree {
    Tree::String(value.into())
}

fn reference(to: String) -> Tree {
    object(vec![("$ref".to_owned(), Tree::String(to.into_boxed_str()))])
}

fn with_schemas(schemas: Tree) -> Tree {
    let components = object(vec![("schemas".to_owned(), schemas)]);
    object(vec![("openapi".to_owned(), text("3.1.0")), ("components".to_owned(), components)])
}

/// A test has a stack of 2 MiB: whoever follows a reference by recursion would have 80 bytes for each.
const LENGTH: usize = 25_000;

#[test]
fn a_long_chain_of_components_is_followed() {
    let mut members: Vec<_> = (1..LENGTH)
        .map(|number| (format!("S{}", number - 1), reference(format!("#/components/schemas/S{number}"))))
        .collect();
    members.push((format!("S{}", LENGTH - 1), object(vec![("type".to_owned(), text("string"))])));
    let document = with_schemas(object(members));
    let mut sink = Sink::default();
    let lowered = printed(&document, &mut sink).expect("a document");
    assert_eq!(lowered.components.expect("components").schemas.len(), LENGTH);
    assert!(sink.into_vec().is_empty());
}

#[test]
fn a_long_chain_of_definitions_is_followed() {
    let mut members: Vec<_> = (1..LENGTH)
        .map(|number| (format!("S{}", number - 1), reference(format!("#/$defs/S{number}"))))
        .collect();
    members.push((format!("S{}", LENGTH - 1), object(vec![("type".to_owned(), text("string"))])));
    let schemas = object(vec![("Start".to_owned(), reference("#/$defs/S0".to_owned()))]);
    let components = object(vec![("schemas".to_owned(), schemas)]);
    let document = object(vec![
        ("openapi".to_owned(), text("3.1.0")),
        ("components".to_owned(), components),
        ("$defs".to_owned(), object(members)),
    ]);
    insta::assert_snapshot!(picture(&document));
}

#[test]
fn a_long_loop_is_one_finding() {
    let members = (0..LENGTH).map(|number| {
        let next = (number + 1) % LENGTH;
        (format!("S{number}"), reference(format!("#/components/schemas/S{next}")))
    });
    let document = with_schemas(object(members.collect()));
    let mut sink = Sink::default();
    assert!(lower(&document, &mut sink).is_some());
    let found = sink.into_vec();
    assert_eq!(found.len(), 1);
    insta::assert_snapshot!(line(&found[0]));
}

#[test]
fn deep_nesting_ends_in_a_warning() {
    let mut schema = object(vec![("type".to_owned(), text("string"))]);
    for _ in 0..1_000 {
        let properties = object(vec![("p".to_owned(), schema)]);
        schema = object(vec![("properties".to_owned(), properties)]);
    }
    let document = with_schemas(object(vec![("Deep".to_owned(), schema)]));
    let mut sink = Sink::default();
    assert!(lower(&document, &mut sink).is_some());
    let codes: Vec<_> = sink.into_vec().iter().map(|found| found.code).collect();
    assert_eq!(codes, ["too-deep"]);
}

#[test]
fn files_may_refer_to_each_other_in_a_circle() {
    let root = r#"{"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": "a.json"}}}}"#;
    let files =
        [("openapi.json", root), ("a.json", r#"{"$ref": "b.json"}"#), ("b.json", r#"{"$ref": "a.json"}"#)];
    let files = documents(&files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    insta::assert_snapshot!(picture(&files));
}

#[test]
fn the_same_input_gives_the_same_output() {
    let spec = include_str!("../../../spec/agent-server.openapi.json");
    let document = document(spec);
    let first = printed(&document, &mut Sink::default()).expect("a document");
    let second = printed(&document, &mut Sink::default()).expect("a document");
    assert_eq!(serde_json::to_string(&first).ok(), serde_json::to_string(&second).ok());
}

#[test]
fn the_agent_server_lowers_without_a_finding() {
    let mut sink = Sink::default();
    let lowered = printed(&document(include_str!("../../../spec/agent-server.openapi.json")), &mut sink);
    let lowered = lowered.expect("a document");
    assert_eq!(sink.into_vec(), []);
    assert_eq!(lowered.operations().count(), 51);
    assert_eq!(lowered.components.expect("components").schemas.len(), 232);
}

#[test]
fn callbacks_that_multiply_end_in_an_error() {
    // Each of the callbacks calls all of the next level: copies of copies of copies.
    const WIDTH: usize = 40;
    let level = |number: usize| {
        let members = (0..WIDTH)
            .map(|name| (format!("c{name}"), reference(format!("#/components/callbacks/L{number}"))));
        let operation = object(vec![("callbacks".to_owned(), object(members.collect()))]);
        object(vec![("post".to_owned(), operation)])
    };
    let callbacks =
        (0..5).map(|number| (format!("L{number}"), object(vec![("/x".to_owned(), level(number + 1))])));
    let components = object(vec![("callbacks".to_owned(), object(callbacks.collect()))]);
    let document = object(vec![
        ("openapi".to_owned(), text("3.1.0")),
        ("paths".to_owned(), object(vec![("/".to_owned(), level(0))])),
        ("components".to_owned(), components),
    ]);
    let mut sink = Sink::default();
    assert!(lower(&document, &mut sink).is_some());
    let errors = sink.into_vec().into_iter().filter(|found| found.severity == Severity::Error);
    assert_eq!(errors.map(|found| found.code).collect::<Vec<_>>(), ["too-many-copies"]);
}

/// `properties` that are references to the next level's, `width` of them in each.
fn levels_of_properties(depth: usize, width: usize) -> Tree {
    let level = |number: usize| {
        let to = reference(format!("#/components/schemas/L{}/properties", number + 1));
        let inner = object(vec![("type".to_owned(), text("object")), ("properties".to_owned(), to)]);
        let members = (0..width).map(|name| (format!("p{name}"), inner.clone()));
        object(vec![("properties".to_owned(), object(members.collect()))])
    };
    let last = object(vec![("properties".to_owned(), object(Vec::new()))]);
    let mut levels: Vec<_> = (0..depth).map(|number| (format!("L{number}"), level(number))).collect();
    levels.push((format!("L{depth}"), last));
    with_schemas(object(levels))
}

#[test]
fn copied_parts_of_schemas_that_multiply_end_in_an_error() {
    let mut sink = Sink::default();
    assert!(lower(&levels_of_properties(30, 2), &mut sink).is_some());
    let codes: Vec<_> = sink.into_vec().iter().map(|found| found.code).collect();
    assert_eq!(codes, ["too-many-copies"]);
}

#[test]
fn a_long_chain_of_copied_parts_ends_in_a_warning() {
    let mut sink = Sink::default();
    assert!(lower(&levels_of_properties(300, 1), &mut sink).is_some());
    let found = sink.into_vec();
    assert!(!found.is_empty() && found.iter().all(|found| found.code == "too-deep"), "{found:?}");
}
