//! What went wrong, where, and what to do about it.
//!
//! Stages collect diagnostics in a [`Sink`] and go on; the driver stops at a border between
//! stages when one of them is an error. A place is a file and a JSON pointer; line and column are
//! looked up in the text only when a diagnostic is shown, so the good path pays nothing for them.

mod excerpt;
mod json_lines;
mod locate;
mod location;
mod quoted;
mod render;
mod sink;
mod source;
mod suggest;

pub use locate::{Place, Places, locate};
pub use location::{FileId, Location, Pointer};
pub(crate) use quoted::excerpt_of;
pub use render::{Style, render};
#[doc(hidden)]
pub use sink::Sink;
pub use source::{Source, Sources, Syntax};
pub(crate) use suggest::{closest, likeness};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The output is complete and usable, but the document says something that was not taken literally.
    Warning,
    /// Nothing is emitted.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// A stable identifier such as `dangling-reference`; kebab-case, documented in `docs/diagnostics.md`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower-case, without a full stop.
    pub message: String,
    /// Where the finding is.
    pub location: Location,
    /// Byte offset into the file, for faults that have no JSON pointer (syntax errors).
    pub offset: Option<usize>,
    /// Other places that matter, each with a short label.
    pub related: Vec<(Location, String)>,
    /// What else there is to say, a sentence each.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `location`.
    #[doc(hidden)]
    pub fn error(code: &'static str, location: Location, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, location, message.into())
    }

    /// A warning at `location`.
    #[doc(hidden)]
    pub fn warning(code: &'static str, location: Location, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, location, message.into())
    }

    fn new(code: &'static str, severity: Severity, location: Location, message: String) -> Self {
        let message = quoted::bounded(message);
        let (related, notes) = (Vec::new(), Vec::new());
        Self { code, severity, message, location, offset: None, related, notes, help: None }
    }

    /// Adds another place with a label.
    #[doc(hidden)]
    #[must_use]
    pub fn also(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, quoted::bounded(label.into())));
        self
    }

    /// Says something else about it.
    #[doc(hidden)]
    #[must_use]
    #[doc(hidden)]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(quoted::bounded(text.into()));
        self
    }

    /// Says what to do about it.
    #[doc(hidden)]
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(quoted::bounded(text.into()));
        self
    }

    /// Points at a byte of the settings, where there is a text of them.
    #[must_use]
    pub(crate) fn in_settings(self, file: Option<FileId>, offset: Option<usize>) -> Self {
        match (file, offset) {
            (Some(file), Some(offset)) => {
                Self { location: Location { file, ..Location::default() }, ..self }.at_offset(offset)
            }
            (None, _) | (_, None) => self,
        }
    }

    /// Points at a byte of the file rather than at a JSON pointer.
    #[doc(hidden)]
    #[must_use]
    pub fn at_offset(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }
}
