//! Writes a report as JSON.

use serde::Serialize;

use super::{Report, Stranger};
use crate::diagnostics::{Diagnostic, Sources, locate};
use crate::verify::matching::Unmatched;
use crate::verify::tally::Totals;

#[derive(Serialize)]
struct Whole<'a> {
    title: &'a str,
    version: &'a str,
    totals: &'a Totals,
    faults: Vec<Fault<'a>>,
    unmatched: Vec<Unknown<'a>>,
    more_unmatched: usize,
    problems: Vec<Trouble<'a>>,
    more_problems: usize,
}

#[derive(Serialize)]
struct Fault<'a> {
    code: &'static str,
    /// Whether the models refuse the value.
    refused: bool,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: String,
    count: usize,
    parts: Vec<Part<'a>>,
    places: &'a [String],
    more_places: usize,
    example: &'a str,
    recording: &'a str,
    recording_line: usize,
}

#[derive(Serialize)]
struct Part<'a> {
    part: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Unknown<'a> {
    why: &'static str,
    method: &'a str,
    host: &'a str,
    path: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Trouble<'a> {
    recording: &'a str,
    line: usize,
    message: &'a str,
    left_out: bool,
}

/// The report as JSON.
///
/// # Errors
/// Never: JSON can represent every part of a report.
pub fn json(report: &Report, sources: &Sources) -> serde_json::Result<String> {
    let found: Vec<Diagnostic> = report.findings.iter().map(super::text::diagnostic).collect();
    let places = locate(&found.iter().collect::<Vec<_>>(), sources);
    let faults = report.findings.iter().zip(&places).map(|(finding, places)| {
        let place = &finding.fault.place;
        Fault {
            code: finding.fault.kind.code(),
            refused: finding.fault.kind.is_refused(),
            message: &finding.message,
            file: sources.get(place.file).map(|source| source.path.as_str()),
            line: places.primary.map(|place| place.line),
            column: places.primary.map(|place| place.column),
            pointer: place.pointer.to_string(),
            count: finding.count,
            parts: finding.parts.iter().map(|(part, count)| Part { part, count: *count }).collect(),
            places: &finding.places,
            more_places: finding.more_places,
            example: &finding.example,
            recording: &finding.recording,
            recording_line: finding.line,
        }
    });
    let problems = report.problems.iter().map(|problem| Trouble {
        recording: &problem.recording,
        line: problem.line,
        message: &problem.message,
        left_out: problem.is_left_out,
    });
    let whole = Whole {
        title: &report.title,
        version: &report.version,
        totals: &report.totals,
        faults: faults.collect(),
        unmatched: report.strangers.iter().map(unknown).collect(),
        more_unmatched: report.more_strangers,
        problems: problems.collect(),
        more_problems: report.more_problems,
    };
    serde_json::to_string_pretty(&whole).map(|text| text + "\n")
}

fn unknown(stranger: &Stranger) -> Unknown<'_> {
    Unknown {
        why: match stranger.why {
            Unmatched::Path => "path",
            Unmatched::Method => "method",
            Unmatched::Server => "server",
        },
        method: &stranger.method,
        host: &stranger.host,
        path: &stranger.path,
        count: stranger.count,
    }
}
