//! Writes a report as text: each fault with its line in the document.

use std::fmt::Write as _;

use super::phrase::{counted, not_compared, parts, places, read, times, verdict, why};
use super::{Finding, Report};
use crate::diagnostics::{Diagnostic, Sources, Style, render};
use crate::verify::fault::FaultKind;
use crate::verify::matching::Unmatched;

/// How many requests without an operation, and how many problems, are listed by default.
const LISTED: usize = 10;

/// The report as text. `all` lists everything; otherwise the first ten of each kind are listed.
pub fn text(report: &Report, sources: &Sources, colour: bool, all: bool) -> String {
    let limit = if all { usize::MAX } else { LISTED };
    let found: Vec<Diagnostic> = report.findings.iter().map(diagnostic).collect();
    let mut out = render(&found, sources, Style::Human { colour, per_code: limit });
    if !out.is_empty() {
        out.push('\n');
    }
    strangers(&mut out, report, limit);
    problems(&mut out, report, limit);
    let _ = writeln!(out, "{}", read(report));
    let rest = not_compared(report);
    if !rest.is_empty() {
        let _ = writeln!(out, "not compared: {}", rest.join(", "));
    }
    let _ = writeln!(out, "{}", verdict(report));
    out
}

/// The diagnostic of a fault, at its place in the document.
pub(super) fn diagnostic(finding: &Finding) -> Diagnostic {
    let place = finding.fault.place.clone();
    let kind = &finding.fault.kind;
    let (code, message) = (kind.code(), finding.message.clone());
    let found = match kind.is_refused() {
        true => Diagnostic::error(code, place, message),
        false => Diagnostic::warning(code, place, message),
    };
    let at = places(finding, |place| format!("`{place}`"));
    let at = if at.is_empty() { at } else { format!(", at {at}") };
    let met = format!("{} in {}{at}", times(finding.count), parts(finding));
    let example = if has_example(finding) { format!(": {}", finding.example) } else { String::new() };
    found.note(met).note(format!("first in {}, line {}{example}", finding.recording, finding.line))
}

/// Whether there is an example to show in addition to the message.
pub(super) fn has_example(finding: &Finding) -> bool {
    let is_of_status = matches!(finding.fault.kind, FaultKind::Status { .. });
    let is_empty_body = is_of_status && finding.example == "\"\"";
    !is_empty_body && !matches!(finding.example.as_str(), "null" | "{}" | "")
}

fn strangers(out: &mut String, report: &Report, limit: usize) {
    let all = report.strangers.len() + report.more_strangers;
    if all == 0 {
        return;
    }
    let requests: usize = report.strangers.iter().map(|it| it.count).sum::<usize>() + report.more_strangers;
    let _ = writeln!(out, "{} without an operation:", counted(requests, "request", "requests"));
    for stranger in report.strangers.iter().take(limit) {
        let request = match stranger.why {
            Unmatched::Server => stranger.host.clone(),
            Unmatched::Path | Unmatched::Method => {
                format!("{} {}{}", stranger.method, stranger.host, stranger.path)
            }
        };
        let often = if stranger.count == 1 { String::new() } else { format!(" ({})", times(stranger.count)) };
        let _ = writeln!(out, "  {request}{often}: {}", why(stranger));
    }
    if all > limit.min(report.strangers.len()) {
        let _ = writeln!(out, "  and {} more", all - limit.min(report.strangers.len()));
    }
    let is_elsewhere = |it: &super::Stranger| it.why == Unmatched::Server;
    if report.strangers.iter().any(is_elsewhere) {
        let _ = writeln!(out, "  = help: use `--server URL` for a server that the document does not declare");
    }
    out.push('\n');
}

fn problems(out: &mut String, report: &Report, limit: usize) {
    let all = report.problems.len() + report.more_problems;
    for problem in report.problems.iter().take(limit) {
        let severity = if problem.is_left_out { "warning" } else { "error" };
        let line = if problem.line > 0 { format!(":{}", problem.line) } else { String::new() };
        let _ = writeln!(out, "{severity}: {}{line}: {}", problem.recording, problem.message);
    }
    let shown = limit.min(report.problems.len());
    if all > shown {
        let _ = writeln!(out, "and {} more of these", all - shown);
    }
    if all > 0 {
        out.push('\n');
    }
}
