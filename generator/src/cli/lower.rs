//! `modelsmith lower`.

use modelsmith::diagnostics::{Sink, Sources};
use modelsmith::load::{self, DiskReader};

use super::arguments::Lower;
use super::terminal::Terminal;
use super::{Failed, settings};

/// Prints the lowered document as JSON.
pub(super) fn run(options: &Lower) -> Result<(), Failed> {
    let terminal = Terminal::new(options.input.message_format);
    let config = settings::load(&options.input, &terminal)?;
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let documents = load::load(&options.input.spec, &DiskReader, &config.input, &mut sources, &mut sink);
    let document = documents.and_then(|documents| modelsmith::lower::lower(&documents, &mut sink));
    let failed = sink.has_errors();
    terminal.show(&sink.into_vec(), &sources);
    match document {
        Some(document) if !failed => {
            let text = modelsmith::document::json(&document).map_err(|error| {
                terminal.error(&format!("the result cannot be written as JSON: {error}"));
                Failed
            })?;
            terminal.print(&text)
        }
        Some(_) | None => Err(Failed),
    }
}
