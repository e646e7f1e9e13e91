//! The error of reading and writing.

use serde::de::{self, Expected, Unexpected};
use std::fmt;
use std::ops::Range;

/// How many characters of a value a message shows.
const SHOWN: usize = 64;

/// Why a document could not be read: what is wrong, at which property, and, for text, in which line.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    message: String,
    /// The part of the message that shows a value, and the text that replaces it if the value is secret.
    shown: Option<(Range<usize>, &'static str)>,
    /// From the inside out: the order in which the steps become known.
    path: Vec<Step>,
    /// The place in the text, as an offset.
    offset: Option<usize>,
    position: Option<(usize, usize)>,
    /// Whether the message names the variant of a union that came closest.
    names_variant: bool,
    /// Whether the path is left out because it is too long to be of use.
    is_deep: bool,
}

/// One step of a path.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Step {
    Property(String),
    Index(usize),
}

impl Step {
    /// A property, whose name is cut when it is long.
    #[cold]
    pub(super) fn property(name: &str) -> Self {
        Step::Property(cut(name))
    }
}

/// The beginning of a text, at most [`SHOWN`] characters of it.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl Error {
    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where in the document: `items[3].action`. Empty for the document as a whole.
    pub fn path(&self) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@' | '…');
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

    /// An error whose message does not show a value of the document.
    #[cold]
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Error(Box::new(Inner {
            message: message.to_string(),
            shown: None,
            path: Vec::new(),
            offset: None,
            position: None,
            names_variant: false,
            is_deep: false,
        }))
    }

    /// The error for a value that is nested too deeply.
    #[cold]
    pub(super) fn too_deep() -> Self {
        let mut error = Self::new("recursion limit exceeded");
        error.0.is_deep = true;
        error
    }

    /// An error whose message shows a value between two texts, and `instead` where the value is secret.
    #[cold]
    pub(super) fn showing(
        before: &str,
        value: &str,
        instead: &'static str,
        after: impl fmt::Display,
    ) -> Self {
        let value = cut(value);
        let mut error = Self::new(format_args!("{before}{value}{after}"));
        error.0.shown = Some((before.len()..before.len() + value.len(), instead));
        error
    }

    /// The error for a value of the wrong type.
    #[cold]
    pub(super) fn wrong_type(found: Unexpected<'_>, expected: impl fmt::Display) -> Self {
        Self::unexpected("invalid type: ", found, expected)
    }

    /// The error for a value of the right type that is not allowed.
    #[cold]
    pub(super) fn wrong_value(found: Unexpected<'_>, expected: impl fmt::Display) -> Self {
        Self::unexpected("invalid value: ", found, expected)
    }

    fn unexpected(fault: &str, found: Unexpected<'_>, expected: impl fmt::Display) -> Self {
        let (kind, value) = match found {
            Unexpected::Bool(value) => ("boolean", format!(" `{value}`")),
            Unexpected::Unsigned(value) => ("integer", format!(" `{value}`")),
            Unexpected::Signed(value) => ("integer", format!(" `{value}`")),
            Unexpected::Float(value) => (
                "floating point",
                format!(
                    " `{}`",
                    Unexpected::Float(value)
                        .to_string()
                        .trim_start_matches("floating point ")
                        .trim_matches('`')
                ),
            ),
            Unexpected::Char(value) => ("character", format!(" `{value}`")),
            Unexpected::Str(value) => ("string", format!(" {:?}", cut(value))),
            Unexpected::Unit => ("null", String::new()),
            Unexpected::Other(value) => ("", value.to_owned()),
            other => return Self::new(format_args!("{fault}{other}, expected {expected}")),
        };
        let mut error = Self::new(format_args!("{fault}{kind}{value}, expected {expected}"));
        let begin = fault.len() + kind.len();
        error.0.shown = Some((begin..begin + value.len(), if kind.is_empty() { "value" } else { "" }));
        error
    }

    /// The error for a missing property.
    #[cold]
    pub(super) fn missing(name: &str) -> Self {
        Self::new(format_args!("missing field `{name}`"))
    }

    /// Adds an outer step to the path of the error.
    #[cold]
    pub(super) fn inside(mut self, step: Step) -> Self {
        if !self.0.is_deep {
            self.0.path.push(step);
        }
        self
    }

    /// Sets the place in the text, unless the error already has one.
    #[cold]
    pub(super) fn or_at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// Moves the place in the text by an offset.
    #[cold]
    pub(super) fn at(mut self, offset: usize) -> Self {
        self.0.offset = Some(offset);
        self
    }

    /// The same error with line and column: `line` finds them for an offset.
    #[cold]
    pub(super) fn placed(mut self, line: impl FnOnce(usize) -> Option<(usize, usize)>) -> Self {
        self.0.position = self.0.offset.and_then(line);
        self
    }

    /// The same error without the value that its message shows.
    #[cold]
    pub(super) fn redacted(mut self) -> Self {
        if let Some((range, instead)) = self.0.shown.take() {
            self.0.message.replace_range(range, instead);
        }
        self
    }

    /// The same error without the value and without the path, whose names are part of the secret.
    #[cold]
    pub(super) fn of_secret(mut self) -> Self {
        self.0.path.clear();
        self.redacted()
    }

    /// Adds the variant of a union that came closest. Only the innermost union is named.
    #[cold]
    pub(super) fn of_variant(mut self, union: &str, variant: &str, others: usize) -> Self {
        if !std::mem::replace(&mut self.0.names_variant, true) {
            let others = match others {
                0 => format!(" ({variant} of {union})"),
                1 => format!(" ({variant} is the closest variant of {union}; 1 other does not fit either)"),
                _ => format!(
                    " ({variant} is the closest variant of {union}; {others} others do not fit either)"
                ),
            };
            self.0.message.push_str(&others);
        }
        self
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

/// Errors of foreign types: their message may show a value, so the whole message is treated as a value.
impl de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error::showing("", &message.to_string(), "invalid value", "")
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::wrong_type(found, expected)
    }

    #[cold]
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::wrong_value(found, expected)
    }

    #[cold]
    fn missing_field(name: &'static str) -> Self {
        Error::missing(name)
    }
}

impl serde::ser::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error::showing("", &message.to_string(), "a value cannot be written", "")
    }
}
