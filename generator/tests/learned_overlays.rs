//! Overlays that are learned from values: documents whose values fit need none, and of documents in which one fact was
//! made stricter exactly this fact is restored.
//!
//! With `MODELSMITH_DOCUMENTS` the same is tried with the documents of a folder, and GitHub's webhooks in its
//! `payloads/github-webhooks` are read.

mod fixture_documents;
mod learned_support;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use fidelity::{Document, examples};
use fixture_documents::for_all;
use learned_support::{Recorded, Subject, faults, read_count, subject, subjects};
use modelsmith::config::{Config, UnknownValues};
use modelsmith::verify::FaultKind;
use serde_json::Value;

/// How many instances each component has.
const INSTANCES: usize = 6;

/// How many facts of each kind are made stricter in a document: the first, and one from the middle.
const FACTS: usize = 2;

/// What no overlay corrects, beside tags that are neither texts nor numbers: parents whose children make the union, when
/// they are read as another JSON type themselves, and two schemas that pin one property by `allOf`.
const LEFT: &[(&str, &str)] = &[
    ("inheritance-levels.yaml", "/components/schemas/Either/"),
    ("tags-beside.yaml", "/components/schemas/Names/"),
    ("union-implicit-tag.yaml", "/components/schemas/North/"),
    ("union-implicit-tag.yaml", "/components/schemas/South/"),
];

/// Where instances are refused: settings say another type, and one tag has values of several branches.
const REFUSED: &[(&str, &str)] = &[
    ("rules-unions.yaml", "/components/schemas/Weights/"),
    ("rules.yaml", "/components/schemas/LegacyInvoice/"),
    ("tags-shared-enum.yaml", "/components/schemas/Raft/"),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures")
}

fn folders() -> Vec<PathBuf> {
    [Some(fixtures()), std::env::var_os("MODELSMITH_DOCUMENTS").map(PathBuf::from)]
        .into_iter()
        .flatten()
        .collect()
}

/// A fact of a document made stricter.
#[derive(Debug)]
struct Stricter {
    what: String,
    raw: Value,
}

/// Documents with one fact that is stricter: a property that is required, `null` that is not allowed, a value that an enum
/// does not name.
fn stricter(raw: &Value) -> Vec<Stricter> {
    let section = if raw.get("swagger").is_some() { "/definitions" } else { "/components/schemas" };
    let Some(schemas) = raw.pointer(section).and_then(Value::as_object) else { return Vec::new() };
    let mut found: [Vec<Stricter>; 3] = Default::default();
    for name in schemas.keys() {
        let at = format!("{section}/{}", name.replace('~', "~0").replace('/', "~1"));
        let Some(schema) = raw.pointer(&at) else { continue };
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { continue };
        if schema.get("type").is_some_and(|typ| typ != "object") {
            continue;
        }
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let change = |change: &dyn Fn(&mut Value)| {
            let mut raw = raw.clone();
            change(raw.pointer_mut(&at).expect("it is there"));
            raw
        };
        for (property, of) in properties {
            if !required.contains(&property.as_str()) {
                let raw = change(&|schema| match schema.get_mut("required").and_then(Value::as_array_mut) {
                    Some(names) => names.push(property.as_str().into()),
                    None => schema["required"] = serde_json::json!([property]),
                });
                found[0].push(Stricter { what: format!("{name}.{property} required"), raw });
            }
            if required.contains(&property.as_str()) && without_null(of).is_some() {
                let raw = change(&|schema| {
                    schema["properties"][property] = without_null(of).unwrap_or_default();
                });
                found[1].push(Stricter { what: format!("{name}.{property} not null"), raw });
            }
            if let Some([_, .., last]) = of.get("enum").and_then(Value::as_array).map(Vec::as_slice)
                && last.is_string()
            {
                let raw = change(&|schema| {
                    let values = schema["properties"][property]["enum"].as_array_mut();
                    values.map(Vec::pop);
                });
                found[2].push(Stricter { what: format!("{name}.{property} without {last}"), raw });
            }
        }
    }
    found.into_iter().flat_map(spread).collect()
}

/// Some of many, from all over the document.
fn spread(facts: Vec<Stricter>) -> Vec<Stricter> {
    let step = (facts.len() / FACTS).max(1);
    facts.into_iter().step_by(step).take(FACTS).collect()
}

fn without_null(schema: &Value) -> Option<Value> {
    let mut schema = schema.clone();
    let members = schema.as_object_mut()?;
    if members.get("enum").is_some() {
        return None;
    }
    for key in ["nullable", "x-nullable"] {
        if members.get(key) == Some(&Value::Bool(true)) {
            members.remove(key);
            return Some(schema);
        }
    }
    let names = members.get_mut("type")?.as_array_mut()?;
    let count = names.len();
    names.retain(|name| name != "null");
    (names.len() < count && names.len() == 1).then_some(schema)
}

fn all_subjects() -> Vec<Subject> {
    folders().iter().flat_map(|folder| subjects(folder)).collect()
}

/// Does the same with each document that the judge can read, on all processors.
fn with_each<R: Send>(subjects: &[Subject], work: impl Fn(Subject, &Document) -> R + Sync) -> Vec<R> {
    let found = for_all(subjects, |subject| {
        let document = Document::new(subject.raw.clone()).ok()?;
        Some(work(subject.clone(), &document))
    });
    found.into_iter().flatten().collect()
}

#[test]
fn values_that_fit_have_no_faults() {
    let found = with_each(&all_subjects(), |subject, document| {
        let recorded = subject.instances(document, INSTANCES);
        let mut refused = Vec::new();
        let found = faults(&subject.read(), &recorded);
        for counted in found.iter().filter(|counted| counted.fault.kind.is_refused()) {
            let (kind, at) = (&counted.fault.kind, counted.fault.place.pointer.to_string());
            if !REFUSED.iter().any(|(name, known)| *name == subject.name && at.starts_with(known)) {
                refused.push(format!("{}: {kind} at {at}", subject.name));
            }
        }
        (recorded.len(), refused)
    });
    let (counts, refused): (Vec<usize>, Vec<Vec<String>>) = found.into_iter().unzip();
    let (count, refused) = (counts.iter().sum::<usize>(), refused.concat());
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(count > 500, "{count}");
}

/// How many facts were made stricter in a way that matters, how many were restored, and what is wrong.
#[derive(Default)]
struct Restored {
    tried: usize,
    restored: usize,
    wrong: Vec<String>,
}

fn restored(subject: Subject, document: &Document) -> Restored {
    let mut found = Restored::default();
    let recorded = subject.instances(document, INSTANCES);
    let mut config = subject.config.clone();
    config.types.enums = UnknownValues::Closed;
    let original = Subject { config: config.clone(), ..subject };
    if faults(&original.read(), &recorded).has_refused() {
        return found;
    }
    let emitted = original.emitted(None);
    for Stricter { what, raw } in stricter(&original.raw) {
        let strict = Subject { name: original.name.clone(), raw, config: config.clone() };
        if strict.emitted(None) == emitted {
            continue;
        }
        found.tried += 1;
        let corrected = strict.corrected(&recorded, None);
        let text = corrected.text.as_deref();
        if !corrected.left.is_empty() {
            found.wrong.push(format!("{} {what}: {:#?}", strict.name, corrected.left));
        } else if let Some(text) = text {
            found.restored += 1;
            if strict.emitted(Some(text)) != emitted {
                found.wrong.push(format!("{} {what}: it is another document with\n{text}", strict.name));
            }
            let again = strict.corrected(&recorded, Some(text.to_owned()));
            assert_eq!(again.text.as_deref(), Some(text), "{}: a second run changes nothing", strict.name);
        }
    }
    found
}

#[test]
fn a_fact_that_was_made_stricter_is_restored() {
    let found = with_each(&all_subjects(), restored);
    let (tried, restored) = found
        .iter()
        .fold((0, 0), |(tried, restored), found| (tried + found.tried, restored + found.restored));
    let wrong: Vec<&str> = found.iter().flat_map(|found| &found.wrong).map(String::as_str).collect();
    println!("{restored} of {tried} facts were contradicted and restored");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
    assert!(restored > 20, "{restored} of {tried}");
}

/// The documents that differ in more than their descriptions and settings.
fn different_subjects() -> Vec<Subject> {
    let mut seen = HashSet::new();
    let mut subjects = all_subjects();
    subjects.retain(|subject| {
        let mut raw = subject.raw.clone();
        raw.as_object_mut().map(|members| members.remove("info"));
        seen.insert(raw.to_string())
    });
    subjects
}

/// How many values there are, how many corrections were made, and what is wrong.
fn spoiled(subject: Subject, document: &Document) -> (usize, usize, Vec<String>) {
    let recorded = subject.spoiled(document);
    // Settings may say what spoiled values do not have.
    let mut config = Config::default();
    config.types.enums = UnknownValues::Closed;
    config.types.unions = UnknownValues::Closed;
    let subject = Subject { config, ..subject };
    let corrected = subject.corrected(&recorded, None);
    let mut wrong = Vec::new();
    for left in &corrected.left {
        let (kind, at) = (&left.fault.kind, &left.fault.place.pointer);
        let is_known = |(name, at): &(&str, &str)| {
            *name == subject.name && left.fault.place.pointer.to_string().starts_with(at)
        };
        if matches!(kind, FaultKind::TagType(_)) || LEFT.iter().any(is_known) {
            continue;
        }
        wrong.push(format!("{}: {kind} at {at:?}, {:?}", subject.name, left.fault.value));
    }
    let read = subject.read_with(corrected.text.as_deref());
    if corrected.left.is_empty() {
        assert_eq!(read_count(&read, &recorded), recorded.len(), "{}", subject.name);
        let again = subject.corrected(&recorded, corrected.text.clone());
        assert_eq!(again.text, corrected.text, "{}: a second run changes nothing", subject.name);
    }
    (recorded.len(), corrected.corrections, wrong)
}

#[test]
fn spoiled_values_are_read_after_their_overlay() {
    let (mut count, mut corrections) = (0, 0);
    let mut wrong = Vec::new();
    for (values, made, faults) in with_each(&different_subjects(), spoiled) {
        count += values;
        corrections += made;
        wrong.extend(faults);
    }
    println!("{count} values, {corrections} corrections");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 500 && corrections > 100, "{count} {corrections}");
}

#[test]
fn recorded_webhooks_are_read_after_their_overlay() {
    let Some(folder) = std::env::var_os("MODELSMITH_DOCUMENTS").map(PathBuf::from) else { return };
    let subject = subject(&folder.join("github-webhooks.json")).expect("it is a document");
    let document = Document::new(subject.raw.clone()).expect("it is a document");
    let mut recorded = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("payloads/github-webhooks"))
        .expect("there are payloads")
        .map(|entry| entry.expect("it is readable").path())
        .collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("it is readable");
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        let found = examples::of_github_webhooks(&document, &value).into_iter();
        recorded.extend(found.map(|it| Recorded { schema: it.schema, source: it.source, value: it.value }));
    }
    let before = read_count(&subject.read(), &recorded);
    let started = std::time::Instant::now();
    let corrected = subject.corrected(&recorded, None);
    let text = corrected.text.clone().unwrap_or_default();
    let after = read_count(&subject.read_with(Some(&text)), &recorded);
    println!(
        "{before} of {} before, {after} after {} corrections with {} actions, {} rounds, {:?}",
        recorded.len(),
        corrected.corrections,
        corrected.actions,
        corrected.rounds,
        started.elapsed()
    );
    if let Some(out) = std::env::var_os("MODELSMITH_OUT").map(PathBuf::from) {
        std::fs::write(out.join("github-webhooks.overlay.yaml"), &text).expect("it can be written");
        let read = subject.read_with(Some(&text));
        let tree = &read.documents.iter().next().expect("there is a document").tree;
        let json = serde_json::to_string(&tree.to_json()).expect("it is JSON");
        std::fs::write(out.join("github-webhooks.json"), json).expect("it can be written");
    }
    assert_eq!(corrected.left, []);
    assert_eq!(after, recorded.len());
}
