//! Every node of the small documents replaced by something that has no business there: no panic, and Rust or an error.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use modelsmith::diagnostics::Severity;
use modelsmith::load::{MemoryReader, Tree};
use serde_json::{Value, json};

use crate::fixture_documents::{every, with_each, without_runtime};
use crate::hostile_support::parse;

fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
        json!([null]),
        json!({"$ref": "#"}),
    ]
}

/// The pointers of all nodes below and with `value`.
fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pointers(item, format!("{at}/{index}"), all));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all.push(at);
}

/// What is wrong with what becomes of a document.
fn fault(document: &Value) -> Option<String> {
    let reader = MemoryReader::new().with("a.json", document.to_string());
    let run = || modelsmith::generate(Path::new("a.json"), &reader, &without_runtime());
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(_) => Some("it panicked".to_owned()),
        Ok(Ok(output)) => parse(&output).err(),
        Ok(Err(failure)) => {
            let is_error = failure.diagnostics.iter().any(|found| found.severity == Severity::Error);
            (!is_error).then(|| "it failed without an error".to_owned())
        }
    }
}

/// How many replacements there are in a document, and what is wrong with those that are tried.
fn tried(path: &Path) -> (usize, Vec<String>) {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let text = fs::read_to_string(path).expect("a readable fixture");
    let tree: Tree = serde_yaml::from_str(&text).expect("a fixture is YAML");
    let document = tree.to_json();
    let mut places = Vec::new();
    pointers(&document, String::new(), &mut places);
    let odd = odd_values();
    let all: Vec<(&String, &Value)> =
        places.iter().flat_map(|place| odd.iter().map(move |odd| (place, odd))).collect();
    let mut faults = Vec::new();
    // Not the same kinds of values in each document.
    for (place, odd) in all.iter().skip(name.len() % every()).step_by(every()) {
        let mut changed = document.clone();
        *changed.pointer_mut(place).expect("a place of this document") = (*odd).clone();
        faults.extend(fault(&changed).map(|fault| format!("{name}#{place} = {odd}: {fault}")));
    }
    (all.len(), faults)
}

#[test]
fn whatever_stands_at_a_node() {
    let (counts, faults): (Vec<usize>, Vec<Vec<String>>) = with_each(tried).into_iter().unzip();
    let (count, faults) = (counts.iter().sum::<usize>(), faults.concat());
    assert!(count > 10_000, "the fixtures have {count} replacements only");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
