//! What the settings ask for beyond what the document says.

/// What the settings ask for of one type or property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Custom {
    /// Its Rust name, as asked for.
    pub name: Option<String>,
    /// Traits to derive, beside those that it has. Types only.
    pub derives: Vec<String>,
    /// Attributes to put before it, without `#[` and `]`.
    pub attributes: Vec<String>,
}

impl Custom {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A Rust type of the user's. It must be `Serialize`, `Deserialize`, `Clone`, `Debug` and `PartialEq`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct External {
    /// The type as it is written (`crate::Money`).
    pub path: String,
    /// The JSON type that its values have, where the schema says it.
    pub json: Option<JsonType>,
}

/// The types of JSON (JSON Schema core §4.2.1); integers are told apart from other numbers.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Libraries {
    /// What date-times and dates are.
    pub dates: DateLibrary,
    /// The type of maps, without its arguments.
    pub map: String,
}

impl Default for Libraries {
    fn default() -> Self {
        Self { dates: DateLibrary::Chrono, map: "std::collections::BTreeMap".to_owned() }
    }
}

/// Whose types stand for date-times and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateLibrary {
    /// `chrono::DateTime<FixedOffset>`, `chrono::NaiveDate`.
    Chrono,
    /// `time::OffsetDateTime`, `time::Date`, in wrappers of the runtime.
    Time,
    /// `jiff::Timestamp`, `jiff::civil::Date`.
    Jiff,
}

/// Where the times of jiff end, in seconds of the Unix epoch: some hours before the year 10000.
pub const JIFF_END: i64 = 253_402_207_200;
