//! Loads a document with overlays from memory.

use std::path::Path;

use modelsmith::config::InputOptions;
use modelsmith::diagnostics::{FileId, Sink, Sources, Style, render};
use modelsmith::load::{Documents, MemoryReader, Tree, load};

/// What a document is with overlays, and what is said of it.
fn loaded(api: &str, overlays: &[&str]) -> (Option<Documents>, String) {
    let mut reader = MemoryReader::new().with("api.yaml", api);
    let mut options = InputOptions::default();
    for (index, overlay) in overlays.iter().enumerate() {
        let path = format!("overlay{}.yaml", index + 1);
        reader = reader.with(&path, *overlay);
        options.overlays.push(path.into());
    }
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let documents = load(Path::new("api.yaml"), &reader, &options, &mut sources, &mut sink);
    (documents, render(&sink.into_vec(), &sources, Style::PLAIN))
}

/// The root document with overlays, whatever is said of it.
pub fn tree(api: &str, overlays: &[&str]) -> Tree {
    let documents = loaded(api, overlays).0.expect("the document can be read");
    documents.get(FileId::new(0)).expect("there is a root").tree.clone()
}

/// The members of the root document that overlays changed, one a line. Nothing may be said of it.
pub fn after(api: &str, overlays: &[&str]) -> String {
    assert_eq!(loaded(api, overlays).1, "");
    let (before, after) = (tree(api, &[]), tree(api, overlays));
    let members = after.as_object().expect("an object").iter();
    let changed = members.filter(|(key, value)| before.get(key) != Some(value));
    changed.map(|(key, value)| format!("{key}: {}\n", Json(value))).collect()
}

/// What is said of a document with an overlay.
pub fn said(api: &str, overlay: &str) -> String {
    loaded(api, &[overlay]).1
}

/// A tree as JSON, in its own order.
struct Json<'t>(&'t Tree);

impl std::fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Tree::Object(object) => {
                let members = object.iter().map(|(key, value)| format!("{key:?}:{}", Json(value)));
                write!(f, "{{{}}}", members.collect::<Vec<_>>().join(","))
            }
            Tree::Array(items) => {
                let items = items.iter().map(|item| Json(item).to_string());
                write!(f, "[{}]", items.collect::<Vec<_>>().join(","))
            }
            Tree::String(text) => write!(f, "{text:?}"),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) => write!(f, "{}", self.0.to_json()),
        }
    }
}
