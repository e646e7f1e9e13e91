//! Prints results to standard output, and everything else to standard error.

use std::io::{IsTerminal, Write};

use modelsmith::diagnostics::{Diagnostic, Sources, Style, render};
use serde::Serialize;

use super::Failed;
use super::arguments::MessageFormat;

/// Where and how to print.
pub(super) struct Terminal {
    format: MessageFormat,
    colour: bool,
}

impl Terminal {
    /// Colours are used on a terminal, unless `NO_COLOR` (no-color.org) is set.
    pub fn new(format: MessageFormat) -> Self {
        let colour =
            std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
        Self { format, colour }
    }

    /// Whether to colour results.
    pub fn colours_results(&self) -> bool {
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
    }

    /// The width for results: that of the terminal, or `COLUMNS`.
    pub fn width(&self) -> Option<u16> {
        let said = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let of_terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
        said.or_else(of_terminal).filter(|width| *width > 0)
    }

    /// Shows diagnostics.
    pub fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if diagnostics.is_empty() {
            return;
        }
        match self.format {
            MessageFormat::Human if self.colour => {
                self.note(render(diagnostics, sources, Style::COLOURED).trim_end())
            }
            MessageFormat::Human => self.note(render(diagnostics, sources, Style::PLAIN).trim_end()),
            // A reader that closed the pipe is not an error here.
            MessageFormat::Json => drop(self.print(&render(diagnostics, sources, Style::JsonLines))),
        }
    }

    /// Shows the diagnostics of a failed run.
    pub fn failed(&self, failure: &modelsmith::Failure) -> Failed {
        self.show(&failure.diagnostics, &failure.sources);
        Failed
    }

    /// Prints a text to standard error.
    pub fn note(&self, text: &str) {
        drop(writeln!(std::io::stderr(), "{text}"));
    }

    /// Prints an error that has no place in a document.
    pub fn error(&self, message: &str) {
        match self.format {
            MessageFormat::Human => self.note(&format!("error: {message}")),
            MessageFormat::Json => {
                let line = serde_json::json!({ "code": "io", "severity": "error", "message": message });
                drop(self.print(&format!("{line}\n")));
            }
        }
    }

    /// Prints a result. A reader that closes the pipe (`| head`) is not an error.
    pub fn print(&self, text: &str) -> Result<(), Failed> {
        match std::io::stdout().write_all(text.as_bytes()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(_) => Err(Failed),
        }
    }

    /// Prints a result as JSON.
    pub fn print_json(&self, value: &impl Serialize) -> Result<(), Failed> {
        self.print(&self.json(value)?)
    }

    /// A result as JSON.
    pub fn json(&self, value: &impl Serialize) -> Result<String, Failed> {
        serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|error| {
            self.error(&format!("the result cannot be written as JSON: {error}"));
            Failed
        })
    }
}
