//! The kinds of faults: the code of each, whether the models refuse the value, and which keyword does.

use std::fmt;

/// What is wrong. Recorded values in a kind are JSON texts, and distinguish faults. If
/// [`Fault::is_redacted`](super::Fault::is_redacted) is set, the kind has the text that replaces the secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// A required property with this name is missing.
    Missing(String),
    /// `null` where the schema does not allow it.
    Null,
    /// The value has another JSON type.
    Type {
        /// The type that the schema allows, with its article.
        expected: &'static str,
        /// The type of the value, with its article.
        found: &'static str,
    },
    /// A string that does not have the form that `format` requires: the form, with its article.
    Format(&'static str),
    /// A time that the configured date library cannot represent.
    Time,
    /// An integer outside the range of the type.
    OutOfRange,
    /// A value that a closed enum does not list.
    Value(String),
    /// A value other than the only one that the schema allows.
    Constant(String),
    /// A tag value that no variant of a union has.
    Tag {
        /// The discriminator property.
        property: String,
        /// Its value.
        value: String,
    },
    /// The tag of a union is not a string, a number or a boolean: its type, with its article.
    TagType(&'static str),
    /// No variant of a union accepts this JSON type: the type, with its article.
    NoBranch(&'static str),
    /// An array has another length than the tuple.
    Length {
        /// The number of elements that the tuple has.
        expected: usize,
        /// The number of elements that the array has.
        found: usize,
    },
    /// A property that the schema does not declare, where unknown properties are refused.
    UnknownProperty(String),
    /// The value nests too deeply to be read.
    TooDeep,
    /// The schema is a reference to itself.
    Loop,
    /// A property that the schema does not declare. The models skip it.
    UnnamedProperty(String),
    /// A value that an open enum does not list. The models keep it.
    UnnamedValue(String),
    /// A tag value that no variant of an open union has. The models keep the object.
    UnnamedTag {
        /// The discriminator property.
        property: String,
        /// Its value.
        value: String,
    },
    /// A status that the operation does not declare.
    Status {
        /// The status.
        code: u16,
        /// The media type of the body, if there is a body.
        media_type: Option<String>,
    },
    /// A media type that the response or the request does not declare.
    MediaType(String),
    /// A required parameter with this name is missing.
    MissingParameter(String),
    /// A required response header with this name is missing.
    MissingHeader(String),
    /// A required body is missing.
    MissingBody,
    /// A body, an item of a stream or a parameter has to be JSON and is not.
    NotJson,
    /// A parameter with this name, which the operation does not declare.
    UnnamedParameter(String),
}

/// What the models do with a value that has the fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// The models refuse it.
    Refused,
    /// The models keep what the document does not declare.
    Kept,
    /// The models skip what the document does not declare. The fault is reported only with `Options::unknown`.
    Skipped,
}

/// One row of the table of kinds.
struct Row {
    code: &'static str,
    effect: Effect,
    /// The keywords that may refuse the value. The first one that a schema has is the place of the fault.
    keywords: &'static [&'static str],
    is_of_use: bool,
}

impl Row {
    const fn new(effect: Effect, code: &'static str, keywords: &'static [&'static str]) -> Self {
        Self { code, effect, keywords, is_of_use: false }
    }

    const fn of_use(self) -> Self {
        Self { is_of_use: true, ..self }
    }
}

/// The text of a recording that a kind repeats.
pub(in crate::verify) enum Quoted<'k> {
    /// Nothing: the message has only texts of the document.
    Nothing,
    /// A value, as JSON.
    Value(&'k mut String),
    /// The value of a tag, as JSON.
    Tag { property: &'k str, value: &'k mut String },
    /// The name of a property or a parameter that the document does not declare.
    Name(&'k mut String),
}

impl FaultKind {
    /// The table of the kinds.
    fn row(&self) -> Row {
        use Effect::{Kept, Refused, Skipped};
        const TYPE: &[&str] = &["type", "oneOf", "anyOf", "enum", "const"];
        const FORMAT: &[&str] = &["format", "type"];
        const VALUES: &[&str] = &["enum", "const"];
        const TAG: &[&str] = &["discriminator", "oneOf", "anyOf"];
        const ITEMS: &[&str] = &["prefixItems", "items"];
        const PROPERTIES: &[&str] = &["properties"];
        match self {
            Self::Missing(_) => Row::new(Refused, "absent-property", &[]),
            Self::Null => Row::new(Refused, "null", &[]).of_use(),
            Self::Type { .. } | Self::NoBranch(_) => Row::new(Refused, "other-type", TYPE).of_use(),
            Self::TagType(_) => Row::new(Refused, "other-type", TAG),
            Self::Format(_) | Self::Time => Row::new(Refused, "other-format", FORMAT),
            Self::OutOfRange => Row::new(Refused, "out-of-range", FORMAT),
            Self::Value(_) => Row::new(Refused, "refused-value", VALUES),
            Self::Constant(_) => Row::new(Refused, "other-constant", VALUES),
            Self::Tag { .. } => Row::new(Refused, "refused-tag", TAG),
            Self::Length { .. } => Row::new(Refused, "other-length", ITEMS),
            Self::UnknownProperty(_) => Row::new(Refused, "refused-property", PROPERTIES),
            Self::TooDeep => Row::new(Refused, "nested-too-deeply", &[]),
            Self::Loop => Row::new(Refused, "reference-loop", &[]),
            Self::UnnamedProperty(_) => Row::new(Skipped, "unnamed-property", PROPERTIES),
            Self::UnnamedValue(_) => Row::new(Kept, "unnamed-value", VALUES),
            Self::UnnamedTag { .. } => Row::new(Kept, "unnamed-tag", TAG),
            Self::Status { .. } => Row::new(Refused, "unnamed-status", &[]),
            Self::MediaType(_) => Row::new(Refused, "unnamed-media-type", &[]),
            Self::MissingParameter(_) => Row::new(Refused, "absent-parameter", &[]),
            Self::MissingHeader(_) => Row::new(Refused, "absent-header", &[]),
            Self::MissingBody => Row::new(Refused, "absent-body", &[]),
            Self::NotJson => Row::new(Refused, "not-json", &[]),
            Self::UnnamedParameter(_) => Row::new(Skipped, "unnamed-parameter", &[]),
        }
    }

    /// The text of the recording that the message repeats.
    pub(in crate::verify) fn quoted(&mut self) -> Quoted<'_> {
        match self {
            Self::Value(text) | Self::Constant(text) | Self::UnnamedValue(text) => Quoted::Value(text),
            Self::Tag { property, value } | Self::UnnamedTag { property, value } => {
                Quoted::Tag { property, value }
            }
            Self::UnknownProperty(name) | Self::UnnamedProperty(name) | Self::UnnamedParameter(name) => {
                Quoted::Name(name)
            }
            Self::Missing(_)
            | Self::Null
            | Self::Type { .. }
            | Self::Format(_)
            | Self::Time
            | Self::OutOfRange
            | Self::TagType(_)
            | Self::NoBranch(_)
            | Self::Length { .. }
            | Self::TooDeep
            | Self::Loop
            | Self::Status { .. }
            | Self::MediaType(_)
            | Self::MissingParameter(_)
            | Self::MissingHeader(_)
            | Self::MissingBody
            | Self::NotJson => Quoted::Nothing,
        }
    }

    /// Whether the models refuse a value with this fault.
    pub fn is_refused(&self) -> bool {
        self.row().effect == Effect::Refused
    }

    /// Whether the fault is reported only with `Options::unknown`.
    pub(in crate::verify) fn is_optional(&self) -> bool {
        self.row().effect == Effect::Skipped
    }

    /// The code of its diagnostic.
    pub(in crate::verify) fn code(&self) -> &'static str {
        self.row().code
    }

    /// The keywords that may refuse the value, the most specific one first.
    pub(in crate::verify) fn keywords(&self) -> &'static [&'static str] {
        self.row().keywords
    }

    /// Whether a correction changes one use of a schema, so that the uses are counted apart.
    pub(in crate::verify) fn is_of_use(&self) -> bool {
        self.row().is_of_use
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the required property `{name}` is missing"),
            Self::Null => f.write_str("`null` is not allowed"),
            Self::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Format(what) => write!(f, "the string is not {what}"),
            Self::Time => f.write_str("the configured date library cannot represent this time"),
            Self::OutOfRange => f.write_str("the integer is out of range"),
            Self::Value(value) => write!(f, "the enum does not list {value}"),
            Self::Constant(value) => write!(f, "{value} is not the constant that the schema requires"),
            Self::Tag { property, value } => {
                write!(f, "no variant of the union has the `{property}` {value}")
            }
            Self::TagType(found) => {
                write!(f, "expected a string, a number or a boolean as the tag, found {found}")
            }
            Self::NoBranch(found) => write!(f, "no variant of the union accepts {found}"),
            Self::Length { expected, found } => write!(f, "expected {expected} items, found {found}"),
            Self::UnknownProperty(name) => write!(f, "the schema does not allow the property `{name}`"),
            Self::TooDeep => f.write_str("the value nests too deeply"),
            Self::Loop => f.write_str("the schema is a reference to itself"),
            Self::UnnamedProperty(name) => write!(f, "the schema does not declare the property `{name}`"),
            Self::UnnamedValue(value) => write!(f, "the open enum does not list {value}"),
            Self::UnnamedTag { property, value } => {
                write!(f, "no variant of the open union has the `{property}` {value}")
            }
            Self::Status { code, .. } => write!(f, "the operation does not declare the status {code}"),
            Self::MediaType(name) => write!(f, "the document does not declare the media type `{name}`"),
            Self::MissingParameter(name) => write!(f, "the required parameter `{name}` is missing"),
            Self::MissingHeader(name) => write!(f, "the required header `{name}` is missing"),
            Self::MissingBody => f.write_str("the required body is missing"),
            Self::NotJson => f.write_str("the text is not JSON"),
            Self::UnnamedParameter(name) => {
                write!(f, "the operation does not declare the parameter `{name}`")
            }
        }
    }
}
