//! Overrides from the settings. The texts here are passed on as the settings have them, and
//! nothing before `naming` and `emit` looks into them.

use super::SchemaTrait;

/// Overrides of one type or property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Its name.
    pub name: Option<String>,
    /// Traits to derive, beside those that it has. Types only.
    pub derives: Vec<String>,
    /// Traits that describe it. They are implemented, not derived. Types only.
    pub described: Vec<SchemaTrait>,
    /// Attributes to put before it.
    pub attributes: Vec<String>,
}

impl Overrides {
    /// Whether nothing is overridden.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A type of the user's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct External {
    /// The type as the settings write it.
    pub path: String,
    /// The JSON type that its values have, where the schema says it.
    pub json: Option<JsonType>,
}

/// The types of JSON (JSON Schema core §4.2.1); integers and other numbers are two types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The types of libraries that emitted code uses where there is a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Libraries {
    /// What date-times and dates are.
    pub dates: DateLibrary,
    /// The type of maps, as the settings write it; that of the standard library if they do not.
    pub map: Option<String>,
}

/// Whose types stand for date-times and dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateLibrary {
    /// `chrono`.
    #[default]
    Chrono,
    /// `time`, in wrappers of the runtime.
    Time,
    /// `jiff`.
    Jiff,
}

/// Where the times of jiff end, in seconds of the Unix epoch: some hours before the year 10000.
pub const JIFF_END: i64 = 253_402_207_200;
