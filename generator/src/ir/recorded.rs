//! Recorded values that are tested.

use super::{Owner, TypeRef};

/// What is tested of an exchange, or a payload.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its operation, or the component that a payload is a value of.
    pub owner: Owner,
    /// What the request, or the payload, is read as.
    pub value: Option<RecordedValue>,
    /// Whether there is a response.
    pub has_response: bool,
    /// All of it as JSON, in one line: what `emit/traffic/helpers.rs` reads.
    pub line: String,
}

/// A value that is read as a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedValue {
    /// The member of the line that it is.
    pub member: &'static str,
    /// Its type.
    pub ty: TypeRef,
}
