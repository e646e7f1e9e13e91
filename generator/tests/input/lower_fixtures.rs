//! One small document per rule of lowering; the snapshots beside it show what becomes of it.
//!
//! A folder is a document in several files whose root is `openapi.json`.

#[path = "../lower_support/places.rs"]
mod places;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use modelsmith::diagnostics::Sink;
use modelsmith::load::Documents;
use places::lost_places;

use crate::lower_support::{document, documents, picture, printed};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lower")
}

fn sorted(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).expect("the folder of fixtures");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The files of a folder with their paths in it, those of the folders inside it too.
fn files(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let entries = sorted(folder).into_iter().flat_map(|path| {
        let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            return files(&path, &format!("{name}/"));
        }
        vec![(name, fs::read_to_string(&path).expect("a fixture"))]
    });
    entries.collect()
}

fn fixture(path: &Path) -> Documents {
    if path.is_file() {
        return documents(&[("openapi.json".to_owned(), fs::read_to_string(path).expect("a fixture"))]);
    }
    let mut files = files(path, "");
    files.sort_by_key(|(name, _)| (name != "openapi.json", name.clone()));
    documents(&files)
}

#[test]
fn fixtures() {
    let paths = sorted(&folder());
    assert!(paths.len() > 20, "the fixtures are missing");
    // A fixture that differs does not hide the others.
    let differs = |path: &PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        catch_unwind(|| insta::assert_snapshot!(name, picture(&fixture(path)))).is_err()
    };
    let differing: Vec<PathBuf> = paths.into_iter().filter(differs).collect();
    assert!(differing.is_empty(), "these differ from what is pinned: {differing:#?}");
}

/// Diagnostics of later stages point into the source by the places of the lowered document.
#[test]
fn every_schema_has_a_place_in_the_source() {
    let agent_server = include_str!("../../../spec/agent-server.openapi.json");
    let mut all: Vec<_> = sorted(&folder()).iter().map(|path| fixture(path)).collect();
    all.push(document(agent_server));
    for document in &all {
        let lowered = printed(document, &mut Sink::default()).expect("a document");
        let lowered = serde_json::to_value(&lowered).expect("it serialises");
        let sources: Vec<_> = document.iter().map(|file| file.tree.to_json()).collect();
        assert_eq!(lost_places(&lowered, &sources), Vec::<String>::new(), "in {document:?}");
    }
}

#[test]
fn a_wrong_place_would_be_found() {
    let lowered = serde_json::json!({"components": {"schemas": {"A": {"type": "string"}}}});
    let source = serde_json::json!({"definitions": {"A": {"type": "string"}}});
    assert_eq!(lost_places(&lowered, &[source]), ["0#/components/schemas/A"]);
}
