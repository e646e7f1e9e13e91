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

/// What becomes of a document.
enum Outcome {
    Emitted,
    Refused,
    Fault(String),
}

fn outcome(document: &Value) -> Outcome {
    let reader = MemoryReader::new().with("a.json", document.to_string());
    let run = || modelsmith::generate(Path::new("a.json"), &reader, &without_runtime());
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(_) => Outcome::Fault("it panicked".to_owned()),
        Ok(Ok(output)) => parse(&output).err().map_or(Outcome::Emitted, Outcome::Fault),
        Ok(Err(failure)) => {
            let is_error = failure.diagnostics.iter().any(|found| found.severity == Severity::Error);
            if is_error { Outcome::Refused } else { Outcome::Fault("it failed without an error".to_owned()) }
        }
    }
}

/// A node of a document, and what stands there instead.
type Replacement<'a> = (&'a str, &'a Value);

/// How many nodes are replaced at a time.
const GROUP: usize = 8;

/// Whether a document is refused with nearly anything in this place, so that nobody looks at the rest of it.
fn is_decisive(place: &str) -> bool {
    ["", "/openapi", "/swagger"].contains(&place)
}

/// The document with these nodes replaced, as far as none lies in another one.
fn replaced(document: &Value, replacements: &[Replacement<'_>]) -> Option<Value> {
    let mut changed = document.clone();
    for (place, odd) in replacements {
        *changed.pointer_mut(place)? = (*odd).clone();
    }
    Some(changed)
}

/// What is wrong with any of these replacements. They are made together; one by one where the document is refused, since
/// nobody looks at the rest of it then, where something is wrong, and where one contains another.
fn faults(document: &Value, replacements: &[Replacement<'_>]) -> Vec<String> {
    let together = replaced(document, replacements).map(|changed| outcome(&changed));
    match (&together, replacements) {
        (Some(Outcome::Emitted), _) | (Some(Outcome::Refused), [_]) => return Vec::new(),
        (Some(Outcome::Refused | Outcome::Fault(_)) | None, _) => {}
    }
    let mut faults = Vec::new();
    for &(place, odd) in replacements {
        let changed = replaced(document, &[(place, odd)]).expect("a place of this document");
        if let Outcome::Fault(fault) = outcome(&changed) {
            faults.push(format!("#{place} = {odd}: {fault}"));
        }
    }
    if let (Some(Outcome::Fault(fault)), true) = (together, faults.is_empty()) {
        faults.push(format!("{replacements:?} together: {fault}"));
    }
    faults
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
    let all: Vec<Replacement<'_>> =
        places.iter().flat_map(|place| odd.iter().map(move |odd| (place.as_str(), odd))).collect();
    // Not the same kinds of values in each document.
    let chosen: Vec<Replacement<'_>> =
        all.iter().skip(name.len() % every()).step_by(every()).copied().collect();
    let (alone, chosen): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|(place, _)| is_decisive(place));
    // The nodes of a group come from all over the document, so that they have little to do with each other.
    let groups = chosen.len().div_ceil(GROUP);
    let groups = (0..groups).map(|group| chosen.iter().skip(group).step_by(groups).copied().collect());
    let groups: Vec<Vec<Replacement<'_>>> = alone.iter().map(|one| vec![*one]).chain(groups).collect();
    let faults = groups.iter().flat_map(|members| faults(&document, members));
    (all.len(), faults.map(|fault| format!("{name}{fault}")).collect())
}

#[test]
fn whatever_stands_at_a_node() {
    let (counts, faults): (Vec<usize>, Vec<Vec<String>>) = with_each(tried).into_iter().unzip();
    let (count, faults) = (counts.iter().sum::<usize>(), faults.concat());
    assert!(count > 10_000, "the fixtures have {count} replacements only");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
