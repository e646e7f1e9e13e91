//! Adds recorded values to the graph, for tests, and reports what became of the recordings in the settings.

use std::path::PathBuf;

use crate::config::{Config, Traffic, TrafficOf};
use crate::diagnostics::{Diagnostic, FileId, Location, Sink};
use crate::ir::Graph;
use crate::load::{self, Documents, ReadFile};
use crate::verify::samples::{Counted, Sampled, Source, samples};
use crate::verify::{Target, TargetBody};

/// How many unreadable values are listed per entry.
const UNREADABLE: usize = 10;

/// Adds the values to the graph, and returns the files that were read.
pub(super) fn add(
    graph: Graph,
    documents: &Documents,
    config: &Config,
    reader: &dyn ReadFile,
    settings: Option<FileId>,
    sink: &mut Sink,
) -> (Graph, Vec<PathBuf>) {
    let (mut sources, mut recordings) = (Vec::new(), Vec::new());
    for traffic in &config.input.traffic {
        match load::recordings(&traffic.folder, &traffic.path, reader) {
            Ok(files) => {
                recordings.extend(files.iter().map(|file| file.path.clone()));
                sources.push((traffic, Source { target: target(traffic), files }));
            }
            Err(message) => sink.push(not_found(&message).in_settings(settings, traffic.offset)),
        }
    }
    let (entries, sources): (Vec<&Traffic>, Vec<Source>) = sources.into_iter().unzip();
    let (recorded, reports) = samples(&graph, documents, &sources, &|path| reader.read(path));
    for (traffic, report) in entries.into_iter().zip(reports) {
        for found in diagnostics(traffic, report) {
            sink.push(found.in_settings(settings, traffic.offset));
        }
    }
    (graph.with_recorded(recorded), recordings)
}

fn target(traffic: &Traffic) -> Option<Target> {
    match &traffic.of {
        TrafficOf::Exchanges => None,
        TrafficOf::Schema(name) => Some(Target::Schema(name.clone())),
        TrafficOf::Operation(name) => Some(Target::Operation { name: name.clone(), body: TargetBody::Read }),
    }
}

/// The diagnostics about the recordings of an entry.
fn diagnostics(traffic: &Traffic, report: Sampled) -> Vec<Diagnostic> {
    let Sampled { unknown, unreadable: broken, matched, tested, unfit, secretive, too_large } = report;
    if let Some(unknown) = unknown {
        let found = unreadable(unknown.message);
        return vec![unknown.help.into_iter().fold(found, Diagnostic::help)];
    }
    if let [first, others @ ..] = &broken[..] {
        let mut found = unreadable(format!("a recording cannot be read: {first}"));
        for other in others.iter().take(UNREADABLE) {
            found = found.note(other.clone());
        }
        if others.len() > UNREADABLE {
            found = found.note(format!("and {} more", others.len() - UNREADABLE));
        }
        return vec![found];
    }
    let path = &traffic.path;
    let mut all = Vec::new();
    if let Some(found) = unfit.said("does not fit the document", "do not fit the document") {
        all.push(Diagnostic::warning("traffic-does-not-fit", Location::nowhere(), found).help(
            "what the models do not read is left out of the tests; `modelsmith verify` says why, and with `--overlay` it \
             writes what corrects the document",
        ));
    }
    let unfit_for_tests = [
        secretive
            .said("is refused once its secrets are replaced", "are refused once their secrets are replaced"),
        too_large.said("is too large for a test", "are too large for tests"),
    ];
    for found in unfit_for_tests.into_iter().flatten() {
        let help = "it is left out of the tests; record less, or shorten what was recorded";
        all.push(left_out(found).help(help));
    }
    if all.is_empty() && tested == 0 {
        let message = match (matched, &traffic.of) {
            (0, TrafficOf::Exchanges) => {
                format!("no exchange of `{path}` belongs to an operation of the document")
            }
            (0, TrafficOf::Schema(_) | TrafficOf::Operation(_)) => format!("`{path}` has no payloads"),
            (_, _) => format!("nothing in `{path}` has a JSON body that the models read"),
        };
        all.push(left_out(message).help("the entry adds no tests; remove it"));
    }
    all
}

impl Counted {
    /// A message with the number, if it is not zero.
    fn said(&self, one: &str, several: &str) -> Option<String> {
        match self.count {
            0 => None,
            1 => Some(format!("recorded traffic {one}: {}", self.first)),
            count => Some(format!("{count} values of recorded traffic {several}; the first: {}", self.first)),
        }
    }
}

/// The messages of the search for recordings contain their help.
fn not_found(message: &str) -> Diagnostic {
    match message.split_once("\n  = help: ") {
        Some((message, help)) => unreadable(message.to_owned()).help(help),
        None => unreadable(message.to_owned()),
    }
}

fn unreadable(message: String) -> Diagnostic {
    Diagnostic::error("unreadable-traffic", Location::nowhere(), message)
}

fn left_out(message: String) -> Diagnostic {
    Diagnostic::warning("traffic-left-out", Location::nowhere(), message)
}
