//! Keywords that would change the shape of a model and are not followed: one warning each, with a count.

use super::{At, Lowering};
use crate::diagnostics::{Diagnostic, Location};

/// How often each keyword was met, and where first; in the order in which they were met.
#[derive(Default)]
pub(super) struct Counts(Vec<(&'static str, Location, usize)>);

/// Notes a keyword that is not followed.
pub fn unsupported(lowering: &mut Lowering<'_, '_>, keyword: &'static str, at: &At<'_>) {
    match lowering.unsupported.0.iter_mut().find(|(known, _, _)| *known == keyword) {
        Some((_, _, count)) => *count += 1,
        None => lowering.unsupported.0.push((keyword, at.key(keyword).location(), 1)),
    }
}

/// Puts the notes into the sink.
pub fn report_unsupported(lowering: &mut Lowering<'_, '_>) {
    for (keyword, location, count) in std::mem::take(&mut lowering.unsupported.0) {
        let more = match count {
            1 => String::new(),
            2 => " (and in 1 more place)".to_owned(),
            _ => format!(" (and in {} more places)", count - 1),
        };
        let what =
            if keyword == "required" { "`required` as a boolean".to_owned() } else { format!("`{keyword}`") };
        let message = format!("{what} is not taken into account{more}");
        let mut found = Diagnostic::warning("unsupported-keyword", location, message);
        if keyword == "required" {
            found = found.help("list the property in the `required` of the object that has it");
        }
        lowering.sink.push(found);
    }
}
