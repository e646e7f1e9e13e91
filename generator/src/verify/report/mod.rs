//! What was found in recordings.

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

/// What was found in recordings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The title of the document.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What was read.
    pub totals: Totals,
    /// What does not fit the document, in the order in which it was met first.
    pub faults: Faults,
    /// The same with where it was met: what the models refuse first, then by how often.
    pub findings: Vec<Finding>,
    /// The requests that no operation takes.
    pub strangers: Vec<Stranger>,
    /// How many more there are.
    pub more_strangers: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more_problems: usize,
    /// Whether something in the recordings could not be read, except for being too large.
    pub is_broken: bool,
}

/// One thing that does not fit the document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// Its number in [`Report::faults`].
    pub number: usize,
    /// What is wrong, and where in the document. Its value is not shortened, and may be a secret.
    pub fault: Fault,
    /// What is wrong, in words, without secrets.
    pub message: String,
    /// How often it was met.
    pub count: usize,
    /// In which operations and in what of them, and how often.
    pub parts: Vec<(String, usize)>,
    /// The places in the payloads, with `*` for the numbers of elements.
    pub places: Vec<String>,
    /// How many occurrences were at further places.
    pub more_places: usize,
    /// What is there, shortened, without secrets.
    pub example: String,
    /// The recording in which it was met first.
    pub recording: String,
    /// The line of that recording in which the exchange or the payload begins.
    pub line: usize,
}

/// Requests that no operation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stranger {
    /// Why not.
    pub why: Unmatched,
    /// The method. Empty where the document does not name the server.
    pub method: String,
    /// The host, if it was recorded.
    pub host: String,
    /// The path. Empty where the document does not name the server.
    pub path: String,
    /// How many requests there are.
    pub count: usize,
}

/// Something that could not be read, or was not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The recording.
    pub recording: String,
    /// The line in which it begins; 0 where there is none.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// Whether nothing is wrong with it except that it is too large.
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

    /// Whether all that was recorded fits the document.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether nothing in the recordings belongs to the document.
    pub fn is_foreign(&self) -> bool {
        self.totals.matched == 0 && self.totals.payloads == 0
    }
}

/// What is wrong, in words. A long value is cut.
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
