//! Phrases that all formats of a report share.

use super::{Finding, Report, Stranger};
use crate::verify::matching::Unmatched;

/// How many parts of operations and places in payloads are listed.
const LISTED: usize = 4;

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(count)) }
}

/// A number with commas between groups of three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub(super) fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{} times", grouped(count)),
    }
}

/// The parts of operations in which a fault occurred, the most frequent first.
pub(super) fn parts(finding: &Finding) -> String {
    let mut parts: Vec<&(String, usize)> = finding.parts.iter().collect();
    parts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = parts.iter().take(LISTED).map(|(part, count)| match parts.len() {
        1 => part.clone(),
        _ => format!("{part} ({})", times(*count)),
    });
    joined(named.collect(), parts.len(), "other", "others")
}

/// The places in the payloads; empty if the only place is the whole payload.
pub(super) fn places(finding: &Finding, quote: impl Fn(&str) -> String) -> String {
    let [only] = &finding.places[..] else {
        let shown =
            |place: &String| if place.is_empty() { "the whole body".to_owned() } else { quote(place) };
        let named = finding.places.iter().take(LISTED).map(shown).collect();
        return joined(named, finding.places.len() + finding.more_places, "other place", "other places");
    };
    if only.is_empty() { String::new() } else { quote(only) }
}

/// `a, b and 3 others`.
fn joined(named: Vec<String>, all: usize, one: &str, many: &str) -> String {
    let mut named = named;
    if all > named.len() {
        named.push(counted(all - named.len(), one, many));
    }
    match &named[..] {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A sentence about what was read and compared.
pub(super) fn read(report: &Report) -> String {
    let totals = &report.totals;
    let recordings = counted(totals.recordings, "recording", "recordings");
    if totals.payloads > 0 {
        return format!("{} of {recordings}", counted(totals.payloads, "payload", "payloads"));
    }
    format!(
        "{} of {recordings}, {} of the document's operations; {} and {} compared",
        counted(totals.exchanges, "exchange", "exchanges"),
        grouped(totals.matched),
        counted(totals.response_bodies, "response body", "response bodies"),
        counted(totals.request_bodies, "request body", "request bodies"),
    )
}

/// What was not compared, one clause for each reason.
pub(super) fn not_compared(report: &Report) -> Vec<String> {
    let totals = &report.totals;
    let clauses = [
        (totals.refused_requests, "request that the server refused", "requests that the server refused"),
        (totals.left_out, "body that was not recorded", "bodies that were not recorded"),
        (
            totals.other_forms,
            "body of a media type that the models do not read",
            "bodies of media types that the models do not read",
        ),
        (totals.without_status, "response without a status", "responses without a status"),
        (totals.not_modified, "response 304 (not modified)", "responses 304 (not modified)"),
        (totals.too_large, "value that is too large", "values that are too large"),
        (totals.preflights, "preflight of a browser", "preflights of browsers"),
        (totals.uncounted, "fault after the first 10,000", "faults after the first 10,000"),
    ];
    clauses
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect()
}

/// The number of faults, and how many of them the models tolerate.
pub(super) fn verdict(report: &Report) -> String {
    let all = report.findings.len();
    let read = report.findings.iter().filter(|it| !it.fault.kind.is_refused()).count();
    let faults = counted(all, "fault", "faults");
    match (all, read) {
        (0, _) => "no faults".to_owned(),
        (_, 0) => faults,
        (1, _) => format!("{faults}; the models read the value"),
        (_, _) if all == read => format!("{faults}; the models read the values"),
        (_, _) => format!("{faults}; the models read the values of {} of them", grouped(read)),
    }
}

/// Why a request matches no operation.
pub(super) fn why(stranger: &Stranger) -> &'static str {
    match stranger.why {
        Unmatched::Path => "no operation has this path",
        Unmatched::Method => "no operation has this path and method",
        Unmatched::Server => "the document does not declare this server",
    }
}
