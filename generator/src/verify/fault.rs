//! What is wrong with a recorded value, or not named by the document: once, and counted.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostics::{FileId, Location, Pointer};

/// One way in which a recorded value does not fit the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The place in the document that refuses it, through references: a keyword of a schema where there is one.
    pub place: Location,
    /// The schemas that hold at once for what does not fit, as the document refers to them: of a property that is
    /// missing or not named, those of the object. Of an operation, what the document says of it.
    pub schemas: Arc<[Location]>,
    /// The place in the value.
    pub at: Pointer,
    /// What is there, with its secrets. Of a property that is missing, the object without its members.
    pub value: Value,
    /// Whether the kind leaves a secret out. No overlay corrects such a fault: it would have the secret in it.
    pub is_redacted: bool,
}

/// What is wrong. Values of the kind are JSON texts, and part of what tells two faults apart. What [`Fault::is_redacted`]
/// says of is in them as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// A required property is absent: its name.
    Missing(String),
    /// `null` where the schema does not allow it.
    Null,
    /// The value has another JSON type.
    Type {
        /// What should be there, with its article.
        expected: &'static str,
        /// What is there, with its article.
        found: &'static str,
    },
    /// A text that does not have the form that `format` names: what it should be, with its article.
    Format(&'static str),
    /// A time that the configured library for dates does not have.
    Time,
    /// An integer beyond those of the type.
    OutOfRange,
    /// A value that a closed enum does not name.
    Value(String),
    /// Another value than the only one that the schema allows.
    Constant(String),
    /// A tag that no branch of a union has.
    Tag {
        /// The property that is the tag.
        property: String,
        /// Its value.
        value: String,
    },
    /// The tag of a union is not a string, a number or a boolean: what is there, with its article.
    TagType(&'static str),
    /// No branch of a union takes this JSON type: what is there, with its article.
    NoBranch(&'static str),
    /// An array has another length than the tuple.
    Length {
        /// The number of elements that the tuple has.
        expected: usize,
        /// The number of elements that the array has.
        found: usize,
    },
    /// A property that the schema does not name, where others are refused.
    UnknownProperty(String),
    /// The value nests too deeply to be read.
    TooDeep,
    /// The schema is a reference to itself.
    Loop,
    /// A property that the schema does not name; it is skipped.
    UnnamedProperty(String),
    /// A value that an open enum does not name; it is kept.
    UnnamedValue(String),
    /// A tag that no branch of an open union has; the object is kept.
    UnnamedTag {
        /// The property that is the tag.
        property: String,
        /// Its value.
        value: String,
    },
    /// A status that the operation does not name.
    Status {
        /// The status.
        code: u16,
        /// The media type of the body, if there is a body.
        media_type: Option<String>,
    },
    /// A media type that the response or the request does not name.
    MediaType(String),
    /// A required parameter is absent: its name.
    MissingParameter(String),
    /// A header that every response has is absent: its name.
    MissingHeader(String),
    /// There is no body where there must be one.
    MissingBody,
    /// A body, an item of a stream or a parameter is not JSON where it must be.
    NotJson,
    /// A parameter that the operation does not name: its name.
    UnnamedParameter(String),
}

impl FaultKind {
    /// Whether the models cannot read the value because of it.
    pub fn is_refused(&self) -> bool {
        match self {
            Self::Missing(_)
            | Self::Null
            | Self::Type { .. }
            | Self::Format(_)
            | Self::Time
            | Self::OutOfRange
            | Self::Value(_)
            | Self::Constant(_)
            | Self::Tag { .. }
            | Self::TagType(_)
            | Self::NoBranch(_)
            | Self::Length { .. }
            | Self::UnknownProperty(_)
            | Self::TooDeep
            | Self::Loop
            | Self::Status { .. }
            | Self::MediaType(_)
            | Self::MissingParameter(_)
            | Self::MissingHeader(_)
            | Self::MissingBody
            | Self::NotJson => true,
            Self::UnnamedProperty(_)
            | Self::UnnamedValue(_)
            | Self::UnnamedTag { .. }
            | Self::UnnamedParameter(_) => false,
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the required property `{name}` is absent"),
            Self::Null => f.write_str("`null` is not allowed"),
            Self::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Format(what) => write!(f, "the text is not {what}"),
            Self::Time => f.write_str("the configured library for dates does not have this time"),
            Self::OutOfRange => f.write_str("the integer is out of range"),
            Self::Value(value) => write!(f, "the enum does not name {value}"),
            Self::Constant(value) => write!(f, "{value} is not the only value that the schema allows"),
            Self::Tag { property, value } => write!(f, "no branch of the union has the `{property}` {value}"),
            Self::TagType(found) => {
                write!(f, "expected a string, a number or a boolean as the tag, found {found}")
            }
            Self::NoBranch(found) => write!(f, "no branch of the union takes {found}"),
            Self::Length { expected, found } => write!(f, "expected {expected} items, found {found}"),
            Self::UnknownProperty(name) => write!(f, "the schema refuses the property `{name}`"),
            Self::TooDeep => f.write_str("the value nests too deeply"),
            Self::Loop => f.write_str("the schema is a reference to itself"),
            Self::UnnamedProperty(name) => write!(f, "the schema does not name the property `{name}`"),
            Self::UnnamedValue(value) => write!(f, "the open enum does not name {value}"),
            Self::UnnamedTag { property, value } => {
                write!(f, "no branch of the open union has the `{property}` {value}")
            }
            Self::Status { code, .. } => write!(f, "the operation does not name the status {code}"),
            Self::MediaType(name) => write!(f, "the document does not name the media type `{name}`"),
            Self::MissingParameter(name) => write!(f, "the required parameter `{name}` is absent"),
            Self::MissingHeader(name) => write!(f, "the required header `{name}` is absent"),
            Self::MissingBody => f.write_str("the body is absent"),
            Self::NotJson => f.write_str("the text is not JSON"),
            Self::UnnamedParameter(name) => write!(f, "the operation does not name the parameter `{name}`"),
        }
    }
}

/// A fault, and how often it was met.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// As it was met first.
    pub fault: Fault,
    /// How often.
    pub count: usize,
    /// What all values were that were there.
    pub learned: super::learn::Learned,
}

/// Faults, each kind at each place once, in the order in which they were met first.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    found: Vec<Counted>,
    known: HashMap<Key, usize>,
}

/// What tells faults apart. Two uses of one schema are told apart where the use would be corrected.
type Key = (FaultKind, FileId, String, Option<String>);

impl Faults {
    /// Counts a fault. The number is its place among the others.
    pub fn add(&mut self, fault: Fault) -> usize {
        let learned = super::learn::Learned::of(&fault.value);
        self.merge_one(Counted { fault, count: 1, learned })
    }

    /// Counts what others met after these. The numbers are the places of their faults among these, in their order.
    pub fn merge(&mut self, others: Self) -> Vec<usize> {
        others.found.into_iter().map(|counted| self.merge_one(counted)).collect()
    }

    /// Whether a fault was met before.
    pub(super) fn knows(&self, fault: &Fault) -> bool {
        self.known.contains_key(&key(fault))
    }

    /// The faults, in the order in which they were met first.
    pub(super) fn into_vec(self) -> Vec<Counted> {
        self.found
    }

    /// Counts what others met after these, of one fault. The number is its place among these.
    pub(super) fn merge_one(&mut self, counted: Counted) -> usize {
        let next = self.found.len();
        match self.known.entry(key(&counted.fault)) {
            std::collections::hash_map::Entry::Occupied(known) => {
                let at = *known.get();
                if let Some(same) = self.found.get_mut(at) {
                    same.count += counted.count;
                    same.learned.merge(counted.learned);
                }
                at
            }
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(next);
                self.found.push(counted);
                next
            }
        }
    }

    /// The faults in the order in which they were met first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Counted> {
        self.found.iter()
    }

    /// The fault with this number.
    pub fn get(&self, number: usize) -> Option<&Counted> {
        self.found.get(number)
    }

    /// How many different faults there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether some value was refused.
    pub fn has_refused(&self) -> bool {
        self.found.iter().any(|counted| counted.fault.kind.is_refused())
    }
}

fn key(fault: &Fault) -> Key {
    let site = match &fault.kind {
        FaultKind::Null | FaultKind::Type { .. } | FaultKind::NoBranch(_) => {
            fault.schemas.first().map(|site| site.pointer.to_string())
        }
        FaultKind::Missing(_)
        | FaultKind::Format(_)
        | FaultKind::Time
        | FaultKind::OutOfRange
        | FaultKind::Value(_)
        | FaultKind::Constant(_)
        | FaultKind::Tag { .. }
        | FaultKind::TagType(_)
        | FaultKind::Length { .. }
        | FaultKind::UnknownProperty(_)
        | FaultKind::TooDeep
        | FaultKind::Loop
        | FaultKind::UnnamedProperty(_)
        | FaultKind::UnnamedValue(_)
        | FaultKind::UnnamedTag { .. }
        | FaultKind::Status { .. }
        | FaultKind::MediaType(_)
        | FaultKind::MissingParameter(_)
        | FaultKind::MissingHeader(_)
        | FaultKind::MissingBody
        | FaultKind::NotJson
        | FaultKind::UnnamedParameter(_) => None,
    };
    (fault.kind.clone(), fault.place.file, fault.place.pointer.to_string(), site)
}
