//! Hides the warnings that the settings allow, and reports entries of `allow` that hide nothing.

use std::collections::HashSet;

use crate::config::{Allow, Config, glob_matches, is_place};
use crate::diagnostics::{Diagnostic, FileId, Location, Severity};
use crate::ir::Graph;

/// This warning appears only if tests are emitted, which the command line can enable: an unused entry for it is not
/// reported.
const ONLY_WITH_TESTS: &str = "example-does-not-fit";

/// These warnings appear only if recorded traffic is tested, which not every command does.
const ONLY_WITH_TRAFFIC: [&str; 2] = ["traffic-does-not-fit", "traffic-left-out"];

/// The warnings that are not hidden, and those about unused entries.
pub(super) fn apply(
    warnings: Vec<Diagnostic>,
    graph: &Graph,
    config: &Config,
    settings: Option<FileId>,
) -> Vec<Diagnostic> {
    if config.allow.is_empty() {
        return warnings;
    }
    let mut entries: Vec<Entry> = config.allow.iter().map(|allow| Entry::new(allow, graph)).collect();
    let mut left = without(warnings, &mut entries, graph);
    let may_be_found = |code: &str| {
        (code != ONLY_WITH_TESTS || config.rust.tests)
            && (!ONLY_WITH_TRAFFIC.contains(&code) || !config.input.traffic.is_empty())
    };
    let unused = |entry: &&Entry<'_>| !entry.used && may_be_found(&entry.allow.code);
    let found =
        entries.iter().filter(unused).map(|entry| entry.unused().in_settings(settings, entry.allow.offset));
    let found: Vec<Diagnostic> = found.collect();
    left.extend(without(found, &mut entries, graph));
    left
}

/// The diagnostics of a failed run that are not hidden. The types are not known.
pub(super) fn of_failure(found: Vec<Diagnostic>, config: &Config) -> Vec<Diagnostic> {
    let is_allowed = |found: &Diagnostic| {
        let named = |allow: &Allow| allow.within.is_none() && allow.code == found.code;
        found.severity == Severity::Warning && config.allow.iter().any(named)
    };
    found.into_iter().filter(|found| !is_allowed(found)).collect()
}

fn without(found: Vec<Diagnostic>, entries: &mut [Entry<'_>], graph: &Graph) -> Vec<Diagnostic> {
    let mut left = Vec::with_capacity(found.len());
    for warning in found {
        let mut is_allowed = false;
        for entry in entries.iter_mut().filter(|entry| entry.allow.code == warning.code) {
            if warning.severity == Severity::Warning && entry.covers(&warning.location, graph) {
                entry.used = true;
                is_allowed = true;
            }
        }
        if !is_allowed {
            left.push(warning);
        }
    }
    left
}

/// An entry of `allow`.
struct Entry<'a> {
    allow: &'a Allow,
    /// The places of the component schemas that the entry names.
    components: HashSet<String>,
    used: bool,
}

impl<'a> Entry<'a> {
    fn new(allow: &'a Allow, graph: &Graph) -> Self {
        let pattern = allow.within.as_deref().filter(|pattern| !is_place(pattern));
        let named = |pattern| graph.components().iter().filter(move |one| glob_matches(pattern, &one.name));
        let places = pattern.into_iter().flat_map(named).filter_map(|one| place(&one.location, graph));
        Self { allow, components: places.collect(), used: false }
    }

    /// Whether the entry covers a location.
    fn covers(&self, location: &Location, graph: &Graph) -> bool {
        let Some(pattern) = self.allow.within.as_deref() else { return true };
        let Some(place) = place(location, graph) else { return false };
        // The place itself and its parents, up to the whole file.
        let start = place.find('#').map_or(0, |at| at + 1);
        let ends = place.match_indices('/').map(|(at, _)| at).filter(|at| *at >= start).chain([place.len()]);
        let is_named = |around: &str| match is_place(pattern) {
            true => glob_matches(pattern, around),
            false => self.components.contains(around),
        };
        ends.into_iter().any(|end| is_named(&place[..end]))
    }

    fn unused(&self) -> Diagnostic {
        let code = &self.allow.code;
        let message = match &self.allow.within {
            None => format!("`allow` hides nothing: there is no warning `{code}`"),
            Some(within) => format!("`allow` hides nothing: there is no warning `{code}` in `{within}`"),
        };
        Diagnostic::warning("unused-setting", Location::nowhere(), message).help("remove it")
    }
}

/// A location in the notation of the settings; `None` if it is not in a file of the document.
fn place(location: &Location, graph: &Graph) -> Option<String> {
    let file = graph.api().files.get(&location.file).map_or("", String::as_str);
    let is_named = location.file == FileId(0) || !file.is_empty();
    is_named.then(|| format!("{file}#{}", location.pointer))
}
