//! Looking for all faults of a value takes time in proportion to it, however unions nest.

mod growth_support;

use std::time::Duration;

use growth_support::{assert_linear, timed};
use modelsmith::config::Config;
use modelsmith::load::MemoryReader;
use modelsmith::read_document;
use modelsmith::verify::Checker;
use serde_json::{Value, json};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Test, version: "1" }
components:
  schemas:
    Node:
      oneOf:
        - { type: object, required: [a, x], properties: { a: { $ref: "#/components/schemas/Node" }, x: { type: string } } }
        - { type: object, required: [a, y], properties: { a: { $ref: "#/components/schemas/Node" }, y: { type: string } } }
        - { type: object, required: [a, z], properties: { a: { $ref: "#/components/schemas/Node" }, z: { type: string } } }
        - { type: "null" }
    List: { type: array, items: { $ref: "#/components/schemas/Item" } }
    Item: { type: object, required: [p, q, r], properties: { p: { type: string }, q: { type: integer }, r: { type: boolean } } }
"##;

/// How long the faults of a value take, and how many there are; with the stack that a checker needs.
fn faults(schema: &'static str, value: &Value) -> (Duration, usize) {
    let value = value.clone();
    let worker = std::thread::Builder::new().stack_size(64 << 20).spawn(move || faults_here(schema, &value));
    worker.expect("a thread can be started").join().expect("it does not panic")
}

fn faults_here(schema: &str, value: &Value) -> (Duration, usize) {
    let reader = MemoryReader::new().with("test.yaml", DOCUMENT);
    let read = read_document("test.yaml".as_ref(), &reader, &Config::default()).expect("it is right");
    let component = read.graph.components().iter().find(|component| component.name == schema);
    let component = component.expect("there is such a schema");
    let mut checker = Checker::new(&read.graph, &read.documents);
    let (time, found) = timed(|| checker.faults(component.ty, &component.location, value));
    (time, found.len())
}

#[test]
fn unions_in_unions_are_looked_at_once() {
    // With every branch of every level looked into again, it would take 3^100 steps.
    let mut value = Value::Null;
    for level in 0..100 {
        value = json!({ "a": value, "w": level });
    }
    let (_, count) = faults("Node", &value);
    // On each level a property is missing, and one is not named.
    assert_eq!(count, 200);
}

#[test]
fn long_lists_take_as_long_as_they_are() {
    let items = |count: usize| (count, Value::Array(vec![json!({ "p": "x", "q": 1 }); count]));
    assert_linear(1_000, items, |(expected, items)| {
        let (time, count) = faults("List", items);
        assert_eq!(count, *expected);
        [time]
    });
}

#[test]
fn no_more_faults_are_told_than_can_be_read() {
    let items = Value::Array(vec![json!({}); 20_000]);
    assert_eq!(faults("List", &items).1, 10_000);
}
