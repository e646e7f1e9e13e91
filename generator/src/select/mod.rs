//! Cuts the lowered document down to what `include` and `exclude` keep: operations that are not kept are taken out,
//! the schemas that are kept for their own sake are named, and what those reach is kept with them.

mod entries;
mod known;
mod labels;
mod needed;
mod operations;
mod reach;
mod unused;

use std::collections::{BTreeSet, HashSet};

pub use needed::report_needed;
pub use reach::{Mentioning, Reached, reach};

use crate::config::{Entry, EntryKind, Rule, Selection};
use crate::diagnostics::{FileId, Sink};
use crate::document::{Document, SchemaRef};
use crate::ir::OperationLabel;
use entries::Matcher;
use known::Known;

/// What is kept of a document.
#[derive(Debug, Clone, Default)]
pub struct Selected {
    /// The component schemas that are kept whether anything refers to them or not.
    pub schemas: BTreeSet<String>,
    /// The operations that are not kept, whose names stay theirs.
    pub left_out: Vec<OperationLabel>,
    /// By entry of `exclude`: the component schemas that it names.
    excluded: Vec<Vec<String>>,
}

/// Takes the operations that are not kept out of the document. `None` when everything is kept. `rules` are those that
/// rename operations, among others, and `file` is the settings' text among the sources, where there is one. An `include` that matches nothing at all is an error in `sink`.
pub fn select(
    document: &mut Document,
    selection: &Selection,
    rules: &[Rule],
    file: Option<FileId>,
    sink: &mut Sink,
) -> Option<Selected> {
    if selection.is_everything() {
        return None;
    }
    let mut include = Matcher::new(&selection.include);
    let mut exclude = Matcher::new(&selection.exclude);
    let mut known = Known::default();
    let mut labels = labels::labels(document, rules);
    operations::cut(document, &mut include, &mut exclude, &labels::modules(&labels), &mut known);
    let kept: HashSet<String> =
        labels::labels(document, rules).into_iter().map(|label| label.place).collect();
    labels.retain(|label| !kept.contains(&label.place));
    let mut selected = Selected { left_out: labels, ..Selected::default() };
    selected.excluded.resize(selection.exclude.len(), Vec::new());
    for (name, schema) in &document.components.schemas {
        known.add(EntryKind::Schema, name);
        let is_named = |entry: &Entry| entry.kind == EntryKind::Schema && entry.matches(name);
        let included = include.any(is_named) || selection.include.is_empty() && !is_hoisted(schema);
        let excluded = exclude.all(is_named);
        if excluded.is_empty() && included {
            selected.schemas.insert(name.clone());
        }
        excluded.into_iter().for_each(|entry| selected.excluded[entry].push(name.clone()));
    }
    for (list, matcher) in [("include", &include), ("exclude", &exclude)] {
        unused::report(list, matcher, &known, file, sink);
    }
    unused::refuse_nothing(&include, file, sink);
    Some(selected)
}

/// Whether a component is one only since `lower` found it referred to where it stands, in an operation or in another
/// file.
fn is_hoisted(schema: &SchemaRef) -> bool {
    match schema {
        SchemaRef::Schema(schema) => schema.is_hoisted(),
        SchemaRef::Reference(_) => false,
    }
}
