//! The candidate names of component schemas, best first.
//!
//! - `pkg__mod__Tool`, `io.k8s.api.core.v1.Pod`: generators put a module path before the name. The shortest tail that
//!   nobody claimed yet is taken; it is a module path only when the last segment starts with a capital
//!   (`checkout.session` is two words).
//! - `Page[Item]`, `A«B»`: the brackets of generics separate, and each part has its own module path.
//! - `X-Input`, `X-Output`: FastAPI's two sides of one model.

use super::words::{self, Case};

/// The suffixes by which FastAPI distinguishes the two sides of a model.
const SIDES: [(&str, &str); 2] = [("-Input", "Input"), ("-Output", "Output")];

/// Splits a name into the model and its side.
pub(super) fn side(name: &str) -> Option<(&str, &'static str)> {
    SIDES.iter().find_map(|&(suffix, side)| Some((name.strip_suffix(suffix)?, side)))
}

/// Whether the two names are the two sides of one model.
pub(super) fn are_sides_of_one(one: &str, other: &str) -> bool {
    match (side(one), side(other)) {
        (Some((base, side)), Some((other_base, other_side))) => base == other_base && side != other_side,
        _ => false,
    }
}

/// Whether the name is a valid type name.
pub(super) fn is_exact(name: &str) -> bool {
    words::spell(name, Case::Type) == name
}

/// The candidate names of a component, best first. `one_type` says whether both sides of the model are this type.
pub(super) fn candidates(name: &str, one_type: bool) -> Vec<String> {
    let (base, side) = match side(name) {
        Some((base, _)) if one_type => (base, ""),
        Some((base, side)) => (base, side),
        None => (name, ""),
    };
    let mut out = Vec::new();
    let mut push = |candidate: String| {
        if !out.contains(&candidate) {
            out.push(candidate);
        }
    };
    let parts: Vec<Vec<&str>> =
        base.split(is_bracket).filter(|part| !part.trim().is_empty()).map(segments).collect();
    let longest = parts.iter().map(Vec::len).max().unwrap_or(1);
    for length in 1..=longest.min(MOST_SEGMENTS) {
        push(words::joined([tail(&parts, length).as_str(), side]));
    }
    push(words::spell(name, Case::Type));
    push(words::spell_out(name, Case::Type));
    push(words::joined([tail(&parts, 1).as_str(), side, "Model"]));
    out
}

/// Longer module paths are not tried segment by segment.
const MOST_SEGMENTS: usize = 12;

fn is_bracket(char: char) -> bool {
    matches!(char, '[' | ']' | '<' | '>' | '«' | '»' | '(' | ')' | '{' | '}' | ',' | ' ' | '`')
}

/// The last segments of each part, as one name.
fn tail(parts: &[Vec<&str>], length: usize) -> String {
    let names: Vec<String> = parts
        .iter()
        .flat_map(|part| &part[part.len().saturating_sub(length)..])
        .map(|segment| words::spell(segment, Case::Type))
        .collect();
    if names.is_empty() {
        words::spell("", Case::Type)
    } else {
        words::joined(names.iter().map(String::as_str))
    }
}

/// The segments of a module path and name; a single segment if the part is not a path.
fn segments(part: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    for dotted in part.split(['.', '/', ':']) {
        segments.extend(dotted.split("__").filter(|segment| !segment.is_empty()));
    }
    let is_path = segments.len() > 1
        && segments.last().is_some_and(|last| {
            last.starts_with(|first: char| first.is_ascii_uppercase()) && !is_version(last)
        });
    if is_path { segments } else { vec![part] }
}

/// `V1`, `V2beta1`: a part of a name, not a name.
fn is_version(segment: &str) -> bool {
    segment.len() > 1
        && segment.starts_with('V')
        && segment[1..].starts_with(|digit: char| digit.is_ascii_digit())
}
