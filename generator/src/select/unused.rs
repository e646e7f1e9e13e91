//! Entries that match nothing.

use super::at_entry;
use super::entries::Matcher;
use super::known::Known;
use crate::diagnostics::{Diagnostic, FileId, Location, Sink};

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
        let found = at_entry(found, entry, file);
        sink.push(match known.suggestion(entry) {
            Some(other) => found.help(format!("did you mean `{other}`?")),
            None => found,
        });
    }
}
