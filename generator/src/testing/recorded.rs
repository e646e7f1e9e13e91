//! Values as if they had been recorded, for tests of `verify`.

use std::sync::Arc;

use serde_json::Value;

use crate::config::Config;
use crate::diagnostics::{FileId, Location, Pointer};
use crate::load::MemoryReader;
use crate::verify::overlay::{self, Asked, Header};
use crate::verify::{Checker, Fault, FaultKind, Faults, Options, Recording, verify};
use crate::{OverlayFile, ReadDocument, correct, read_document, settings, unneeded};

/// Values, each of a component schema.
pub(crate) type Recorded<'v> = &'v [(&'v str, Value)];

/// A document of these schemas.
pub(crate) fn whole(version: &str, document: &str) -> String {
    let key = if version == "2.0" { "swagger" } else { "openapi" };
    let section = if version == "2.0" { "definitions:\n" } else { "components:\n  schemas:\n" };
    let lines: Vec<&str> = document.lines().filter(|line| !line.trim().is_empty()).collect();
    let shared = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let schemas = lines.iter().map(|line| format!("    {}\n", &line[shared..])).collect::<String>();
    format!("{key}: \"{version}\"\ninfo: {{ title: Test, version: \"1\" }}\npaths: {{}}\n{section}{schemas}")
}

fn config(text: &str) -> Config {
    if text.is_empty() {
        return Config::default();
    }
    settings::parse(text.to_owned(), "modelsmith.toml".to_owned(), "".as_ref())
        .expect("the settings are right")
}

fn faults(document: &ReadDocument, recorded: Recorded<'_>) -> Faults {
    let mut checker = Checker::new(&document.graph, &document.documents);
    let mut faults = Faults::default();
    for (name, value) in recorded {
        let component = document.graph.components().iter().find(|component| component.name == *name);
        let component = component.unwrap_or_else(|| panic!("the schema {name} does not exist"));
        let place = checker.sites().component(component);
        for fault in checker.faults(component.ty, &place, value) {
            faults.add(fault);
        }
        let is_taken = crate::ir::accept(&document.graph, component.ty, value).is_ok();
        let found = checker.faults(component.ty, &place, value);
        assert_eq!(is_taken, !found.iter().any(|fault| fault.kind.is_refused()), "{name} {value}: {found:?}");
    }
    faults
}

/// The overlay, after which all values are read.
pub(crate) fn corrected(
    document: &str,
    settings: &str,
    text: Option<&str>,
    recorded: Recorded<'_>,
    asked: Asked,
) -> String {
    let reader = MemoryReader::new().with("test.yaml", document);
    let config = config(settings);
    let overlay = OverlayFile { path: "fix.yaml".into(), text: text.map(str::to_owned) };
    let run = |overlay: &OverlayFile| {
        let mut look = |document: &ReadDocument| Ok::<_, ()>(faults(document, recorded));
        correct("test.yaml".as_ref(), &reader, &config, overlay, asked, &mut look)
            .expect("the document is right")
    };
    let first = run(&overlay);
    assert!(first.left.is_empty(), "{:#?}\n{}", first.left, first.text.unwrap_or_default());
    let text = first.text.unwrap_or_default();
    if !text.is_empty() {
        let second = run(&OverlayFile { text: Some(text.clone()), ..overlay });
        assert_eq!(second.text.as_deref(), Some(&*text), "a second run changes nothing");
        assert_eq!(second.corrections, 0);
    }
    text
}

/// The actions of a new overlay, after which all values are read.
pub(crate) fn actions(document: &str, settings: &str, recorded: Recorded<'_>, asked: Asked) -> String {
    let text = corrected(document, settings, None, recorded, asked);
    text.split_once("actions:\n").map_or(String::new(), |(_, actions)| actions.to_owned())
}

/// The corrections of an overlay that are not needed: the first action, the number of actions, the target and the reason.
pub(crate) fn unneeded_lines(document: &str, overlay: &str, recorded: Recorded<'_>) -> String {
    let reader = MemoryReader::new().with("test.yaml", document);
    let overlay = OverlayFile { path: "fix.yaml".into(), text: Some(overlay.to_owned()) };
    let mut look = |document: &ReadDocument| Ok::<_, ()>(faults(document, recorded));
    let found = unneeded("test.yaml".as_ref(), &reader, &Config::default(), &overlay, &mut look);
    let found = found.expect("the document is right");
    let line = |one: &crate::Unneeded| {
        let (kept, why) = (&one.correction, one.why);
        format!("{}+{} {} {why:?}\n", kept.first, kept.count, kept.target)
    };
    found.iter().map(line).collect()
}

/// The actions that correct faults of operations, each given by its kind, its place and what was there.
pub(crate) fn corrections_of(document: &str, faults: Vec<(FaultKind, &str, Value)>) -> String {
    let reader = MemoryReader::new().with("test.yaml", document);
    let read =
        read_document("test.yaml".as_ref(), &reader, &Config::default()).expect("the document is right");
    let mut found = Faults::default();
    for (kind, place, value) in faults {
        let place = Location::new(FileId(0), Pointer::parse(place));
        let schemas = Arc::from([place.clone()]);
        found.add(Fault { kind, place, schemas, at: Pointer::root(), value, is_redacted: false });
    }
    let mut checker = Checker::new(&read.graph, &read.documents);
    let corrections = overlay::corrections(&mut checker, &found, Asked::default());
    let text =
        overlay::appended("fix.yaml".as_ref(), None, &Header::default(), &corrections).unwrap_or_default();
    text.split_once("actions:\n").map_or(String::new(), |(_, actions)| actions.to_owned())
}

/// The actions of a new overlay of a document in several files, and what it does not correct.
pub(crate) fn with_what_is_left(
    root: &str,
    files: &[(&str, &str)],
    recorded: Recorded<'_>,
) -> (String, Vec<String>) {
    let reader = MemoryReader::new().with("test.yaml", root);
    let reader = files.iter().fold(reader, |reader, (path, text)| reader.with(path, *text));
    let overlay = OverlayFile { path: "fix.yaml".into(), text: None };
    let mut look = |document: &ReadDocument| Ok::<_, ()>(faults(document, recorded));
    let asked = Asked::default();
    let found = correct("test.yaml".as_ref(), &reader, &Config::default(), &overlay, asked, &mut look);
    let found = found.expect("the document is right");
    let text = found.text.unwrap_or_default();
    let actions = text.split_once("actions:\n").map_or(String::new(), |(_, actions)| actions.to_owned());
    (actions, found.left.iter().map(|left| left.fault.kind.to_string()).collect())
}

/// The actions of a new overlay, after which the models read all exchanges. A second run changes nothing.
pub(crate) fn learned_of(document: &str, traffic: &str) -> String {
    let reader = MemoryReader::new().with("test.yaml", document);
    let mut config = Config::default();
    config.rust.client = true;
    config.rust.tests = false;
    let mut look = |document: &ReadDocument| {
        let input = Box::new(std::io::Cursor::new(traffic.as_bytes().to_vec())) as Box<dyn std::io::Read>;
        let recording = Recording { name: "a.jsonl".to_owned(), input: Ok(input) };
        let options = Options::default();
        let report = verify(&document.graph, &document.documents, &options, &mut [recording].into_iter());
        report.map(|report| report.faults)
    };
    let overlay = OverlayFile { path: "fix.yaml".into(), text: None };
    let mut run = |overlay: &OverlayFile| {
        let asked = Asked::default();
        correct("test.yaml".as_ref(), &reader, &config, overlay, asked, &mut look)
            .expect("the document is right")
    };
    let first = run(&overlay);
    let text = first.text.unwrap_or_default();
    assert!(first.left.is_empty(), "{:#?}\n{text}", first.left);
    let second = run(&OverlayFile { text: Some(text.clone()), ..overlay });
    assert_eq!(
        (second.text.as_deref(), second.left.len()),
        (Some(&*text), 0),
        "a second run changes nothing"
    );
    text.split_once("actions:\n").map_or(String::new(), |(_, actions)| actions.to_owned())
}
