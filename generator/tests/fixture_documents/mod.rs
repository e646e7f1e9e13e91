//! The documents among the workspace's fixtures, and how much of what can be done to them is tried.

use std::fs;
use std::path::{Path, PathBuf};

/// Of all that can be tried one in so many is: all of it takes minutes. A prime, so that every document and every kind of
/// change has its turn. `MODELSMITH_EVERY=1` tries all of it.
const EVERY: usize = 11;

pub fn every() -> usize {
    std::env::var("MODELSMITH_EVERY").ok().and_then(|text| text.parse().ok()).unwrap_or(EVERY)
}

/// Those in one file, by name.
pub fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut documents: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "json"))
        .collect();
    documents.sort();
    documents
}
