//! The findings of a comparison.

mod json;
mod markdown;
mod phrase;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::fault::{Fault, FaultKind, Faults, Quoted};
use super::matching::Unmatched;
use super::tally::{Tally, Totals};
use crate::diagnostics::excerpt_of;
use crate::ir::Graph;

/// The findings of a comparison.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The title of the document.
    pub title: String,
    /// The version of the document.
    pub version: String,
    /// How much was read and compared.
    pub totals: Totals,
    /// The faults, in the order of their first occurrence.
    pub faults: Faults,
    /// The faults with their occurrences: those that the models refuse first, then by frequency.
    pub findings: Vec<Finding>,
    /// The requests that match no operation.
    pub strangers: Vec<Stranger>,
    /// How many more there are.
    pub more_strangers: usize,
    /// The values that could not be read.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more_problems: usize,
    /// Whether a value could not be read for another reason than its size.
    pub is_broken: bool,
}

/// A fault and its occurrences.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// The index in [`Report::faults`].
    pub number: usize,
    /// The fault. Its value is complete and may contain secrets.
    pub fault: Fault,
    /// The message, without secrets.
    pub message: String,
    /// The number of occurrences.
    pub count: usize,
    /// The parts of operations in which it occurred, and how often in each.
    pub parts: Vec<(String, usize)>,
    /// The places in the payloads, with `*` for indices of elements.
    pub places: Vec<String>,
    /// The number of occurrences at places that are not listed.
    pub more_places: usize,
    /// The recorded value, shortened and without secrets.
    pub example: String,
    /// The recording of the first occurrence.
    pub recording: String,
    /// The line in that recording where the exchange or the payload begins.
    pub line: usize,
}

/// Requests that match no operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stranger {
    /// The reason.
    pub why: Unmatched,
    /// The method. Empty if the document does not declare the server.
    pub method: String,
    /// The host, if it was recorded.
    pub host: String,
    /// The path. Empty if the document does not declare the server.
    pub path: String,
    /// The number of requests.
    pub count: usize,
}

/// A value of a recording that could not be read or was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The recording.
    pub recording: String,
    /// The line in which it begins; 0 if there is none.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// Whether it was skipped only because it is too large.
    pub is_left_out: bool,
}

impl Report {
    pub(super) fn of(graph: &Graph, tally: Tally, names: Vec<String>) -> Self {
        let name = |source: usize| names.get(source).cloned().unwrap_or_default();
        let mut findings: Vec<Finding> = tally
            .faults
            .iter()
            .zip(tally.seen)
            .enumerate()
            .map(|(number, (counted, seen))| Finding {
                number,
                fault: counted.fault.clone(),
                message: message(&counted.fault),
                count: counted.count,
                parts: seen.parts.into_iter().collect(),
                places: seen.places,
                more_places: seen.more_places,
                example: seen.example,
                recording: name(seen.first.source),
                line: seen.first.line,
            })
            .collect();
        findings.sort_by_key(|it| (!it.fault.kind.is_refused(), std::cmp::Reverse(it.count), it.number));
        let mut strangers: Vec<Stranger> = tally
            .strangers
            .into_iter()
            .map(|(found, count)| Stranger {
                why: found.why,
                method: found.method,
                host: found.host,
                path: found.path,
                count,
            })
            .collect();
        strangers.sort_by_key(|it| std::cmp::Reverse(it.count));
        let problem = |found: super::tally::Unreadable| Problem {
            recording: name(found.at.source),
            line: found.at.line,
            message: found.message,
            is_left_out: found.is_left_out,
        };
        Self {
            title: graph.api().title.clone(),
            version: graph.api().version.clone(),
            totals: tally.totals,
            faults: tally.faults,
            findings,
            strangers,
            more_strangers: tally.more_strangers,
            problems: tally.unreadable.into_iter().map(problem).collect(),
            more_problems: tally.more_unreadable,
            is_broken: tally.is_broken,
        }
    }

    /// Whether everything that was compared fits the document.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether nothing in the recordings belongs to an operation of the document.
    pub fn is_foreign(&self) -> bool {
        self.totals.matched == 0 && self.totals.payloads == 0
    }
}

/// The message of a fault. Long values are cut.
fn message(fault: &Fault) -> String {
    let message = shortened(&fault.kind);
    if fault.is_redacted {
        return message + "; no overlay corrects this, since it would show a secret";
    }
    message
}

fn shortened(kind: &FaultKind) -> String {
    let mut kind = kind.clone();
    if let Quoted::Value(text) | Quoted::Tag { value: text, .. } = kind.quoted() {
        *text = excerpt_of(text).into_owned();
    }
    kind.to_string()
}
