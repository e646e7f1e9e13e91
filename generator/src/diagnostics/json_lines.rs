//! Writes diagnostics down for machines.

use serde::Serialize;

use super::{Diagnostic, Location, Place, Places, Severity, Sources};

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: Option<String>,
}

/// How many bytes a pointer that is written may have.
const LONGEST_POINTER: usize = 4_096;

impl<'a> Spot<'a> {
    fn new(location: &Location, place: Option<Place>, sources: &'a Sources) -> Self {
        let file = sources.get(location.file).map(|source| &*source.path);
        let (line, column) = (place.map(|place| place.line), place.map(|place| place.column));
        // What is in no file has no place in it either, and a pointer through a key of megabytes helps nobody.
        let pointer = file.map(|_| location.pointer.to_string()).filter(|text| text.len() <= LONGEST_POINTER);
        Self { file, line, column, pointer }
    }
}

/// One JSON object a line.
pub(super) fn render(diagnostics: &[&Diagnostic], places: &[Places], sources: &Sources) -> String {
    let mut text = String::new();
    for (diagnostic, places) in diagnostics.iter().zip(places) {
        let mut spot = Spot::new(&diagnostic.location, places.primary, sources);
        if diagnostic.offset.is_some() {
            // The place is a byte of the text, not a value.
            spot.pointer = None;
        }
        let related = diagnostic.related.iter().zip(&places.related);
        let line = Line {
            code: diagnostic.code,
            severity: match diagnostic.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
            message: &diagnostic.message,
            spot,
            related: related
                .map(|((at, message), place)| Related { message, spot: Spot::new(at, *place, sources) })
                .collect(),
            notes: &diagnostic.notes,
            help: diagnostic.help.as_deref(),
        };
        if let Ok(line) = serde_json::to_string(&line) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
