//! What went wrong, and where.

use serde::de::{self, Expected, Unexpected};
use std::fmt;

/// Why a document could not be read: what is wrong, at which property, and, for text, in which line.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    message: String,
    /// From the inside out: the order in which the steps become known.
    path: Vec<Step>,
    position: Option<(usize, usize)>,
}

/// One step of a path.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Step {
    Property(String),
    Index(usize),
}

impl Error {
    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where in the document: `items[3].action`. Empty for the document as a whole.
    pub fn path(&self) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
        let steps = self.0.path.iter().rev().map(|step| match step {
            Step::Index(index) => format!("[{index}]"),
            Step::Property(name) if !name.is_empty() && name.chars().all(is_plain) => format!(".{name}"),
            Step::Property(name) => format!("[{name:?}]"),
        });
        let path: String = steps.collect();
        path.strip_prefix('.').map(str::to_owned).unwrap_or(path)
    }

    /// Line and column in the text, from 1; `None` when the document was not text.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.0.position
    }

    /// The same error, seen from one step further out.
    #[cold]
    pub(super) fn inside(mut self, step: Step) -> Self {
        self.0.path.push(step);
        self
    }

    /// The same error with its place in the text.
    pub(super) fn at(mut self, line: usize, column: usize) -> Self {
        self.0.position = Some((line, column));
        self
    }

    /// The path from the inside out.
    pub(super) fn steps(&self) -> &[Step] {
        &self.0.path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(&self.0.message)?;
        self.0.position.map_or(Ok(()), |(line, column)| write!(f, " at line {line} column {column}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?})", self.to_string())
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error(Box::new(Inner { message: message.to_string(), path: Vec::new(), position: None }))
    }

    /// `null` is called by its name in JSON.
    #[cold]
    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match unexpected {
            Unexpected::Unit => Self::custom(format_args!("invalid type: null, expected {expected}")),
            other => Self::custom(format_args!("invalid type: {other}, expected {expected}")),
        }
    }
}
