//! Entries that match nothing.

use super::entries::Matcher;
use super::known::Known;
use crate::diagnostics::{Diagnostic, FileId, Location, Sink};

/// Refuses a list of which no entry matches: the output would be empty, and take the place of what was there.
pub(super) fn refuse_nothing(matcher: &Matcher<'_>, file: Option<FileId>, sink: &mut Sink) {
    if let Some(first) = matcher.unused().next().filter(|_| matcher.has_matched_nothing()) {
        let message = "no entry of `include` matches anything: nothing would be emitted";
        let found = Diagnostic::error("nothing-included", Location::nowhere(), message);
        sink.push(
            found
                .in_settings(file, first.offset)
                .help("correct the entries, or drop `include` to keep everything"),
        );
    }
}

/// Warns of each entry of `list` that has matched nothing.
pub(super) fn report(
    list: &str,
    matcher: &Matcher<'_>,
    known: &Known,
    file: Option<FileId>,
    sink: &mut Sink,
) {
    for entry in matcher.unused() {
        let message = format!("`{entry}` in `{list}` matches nothing in the document");
        let found = Diagnostic::warning("unused-setting", Location::nowhere(), message);
        let found = found.in_settings(file, entry.offset);
        sink.push(match known.suggestion(entry) {
            Some(other) => found.help(format!("did you mean `{other}`?")),
            None => found,
        });
    }
}
