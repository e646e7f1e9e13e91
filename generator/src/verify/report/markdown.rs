//! Writes a report as Markdown, for a comment on a pull request.

use std::fmt::Write as _;

use super::phrase::{counted, not_compared, parts, places, read, times, verdict, why};
use super::text::{diagnostic, has_example};
use super::{Finding, Report};
use crate::diagnostics::{Diagnostic, Sources, locate};
use crate::verify::matching::Unmatched;

/// How many requests without an operation, and how many problems, are listed.
const LISTED: usize = 20;

/// The report as Markdown.
pub fn markdown(report: &Report, sources: &Sources) -> String {
    let mut out = format!("### Recorded traffic: {}\n\n{}.\n", verdict(report), read(report));
    let found: Vec<Diagnostic> = report.findings.iter().map(diagnostic).collect();
    let located = locate(&found.iter().collect::<Vec<_>>(), sources);
    let lines = report.findings.iter().zip(&located).map(|(finding, places)| {
        let line = places.primary.map_or(String::new(), |place| format!(":{}", place.line));
        let file = sources.get(finding.fault.place.file).map_or("", |source| source.path.as_str());
        (finding, format!("{file}{line}"))
    });
    let (refused, read_anyway): (Vec<_>, Vec<_>) = lines.partition(|(it, _)| it.fault.kind.is_refused());
    table(&mut out, "The models refuse or do not know", &refused);
    table(&mut out, "The models read it, the document does not name it", &read_anyway);
    if !report.strangers.is_empty() {
        out.push_str("\n#### Requests without an operation\n\n");
        for stranger in report.strangers.iter().take(LISTED) {
            let request = match stranger.why {
                Unmatched::Server => stranger.host.clone(),
                Unmatched::Path | Unmatched::Method => {
                    format!("{} {}{}", stranger.method, stranger.host, stranger.path)
                }
            };
            let _ = writeln!(out, "- {} ({}): {}", code(&request), times(stranger.count), why(stranger));
        }
        let more = (report.strangers.len() + report.more_strangers).saturating_sub(LISTED);
        if more > 0 {
            let _ = writeln!(out, "- and {more} more");
        }
    }
    if !report.problems.is_empty() {
        out.push_str("\n#### Not read\n\n");
        for problem in report.problems.iter().take(LISTED) {
            let at = format!("{}:{}", problem.recording, problem.line);
            let _ = writeln!(out, "- {}: {}", code(&at), escaped(&problem.message));
        }
        let more = (report.problems.len() + report.more_problems).saturating_sub(LISTED);
        if more > 0 {
            let _ = writeln!(out, "- and {more} more");
        }
    }
    let rest = not_compared(report);
    if !rest.is_empty() {
        let _ = writeln!(out, "\nNot compared: {}.", rest.join(", "));
    }
    out
}

fn table(out: &mut String, title: &str, findings: &[(&Finding, String)]) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n#### {title}\n\n| what | document | how often | in | at | example |\n|---|---|--:|---|---|---|"
    );
    for (finding, place) in findings {
        let example = if has_example(finding) { code(&finding.example) } else { String::new() };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {example} |",
            escaped(&finding.message),
            code(place),
            counted(finding.count, "time", "times"),
            escaped(&parts(finding)),
            places(finding, code),
        );
    }
}

/// A text, escaped for a cell of a table.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "&lt;")
}

/// A code span in a cell of a table (GitHub Flavored Markdown §4.10): `|` needs a backslash even there.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    let runs = text.split(|char| char != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{}{gap}{fence}", text.replace('|', "\\|"))
}
