//! Excluded schemas that are there all the same.

use std::collections::HashMap;

use super::Selected;
use crate::config::Selection;
use crate::diagnostics::{Diagnostic, FileId, Location, Sink};
use crate::ir::{Graph, Owner};

/// Warns of each entry of `exclude` that names schemas which what is kept refers to. `graph` is what became of the
/// document that was selected from.
pub fn report_needed(
    selected: &Selected,
    selection: &Selection,
    graph: &Graph,
    file: Option<FileId>,
    sink: &mut Sink,
) {
    let kept: HashMap<&str, usize> = graph
        .components()
        .iter()
        .enumerate()
        .map(|(index, component)| (component.name.as_str(), index))
        .collect();
    for (entry, names) in selection.exclude.iter().zip(&selected.excluded) {
        let needed: Vec<&String> = names
            .iter()
            .filter(|name| kept.get(name.as_str()).is_some_and(|index| has_own_type(graph, *index)))
            .collect();
        let Some(first) = needed.first() else { continue };
        let more = match needed.len() {
            1 => String::new(),
            count => format!(" ({} more like it)", count - 1),
        };
        let message = format!("`{first}` is excluded, but something that is kept refers to it{more}");
        let found = Diagnostic::warning("excluded-but-needed", Location::nowhere(), message)
            .help("it is still emitted; also exclude what refers to it, or remove this entry");
        sink.push(found.in_settings(file, entry.offset));
    }
}

/// Whether the component is not merely the other side of one that is kept (`X-Input` and `X-Output` as one type).
fn has_own_type(graph: &Graph, index: usize) -> bool {
    let hint = graph.get(graph.components()[index].ty.id).name.as_ref();
    match hint.map(|hint| hint.owner) {
        Some(Owner::Component(owner)) => owner == index,
        Some(Owner::Operation(_)) | None => true,
    }
}
