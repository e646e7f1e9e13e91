//! Examples: values that the document brings along.

use super::{Owner, TypeRef};
use crate::diagnostics::Location;

/// A value of a type, from the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it is tested with.
    pub owner: Owner,
    /// What it is a value of.
    pub ty: TypeRef,
    /// Where it stands.
    pub location: Location,
    /// The value as JSON.
    pub json: String,
    /// JSON pointers into the value to what is not written as it was read: properties that the schema does not name,
    /// texts that have several forms.
    pub except: Vec<String>,
}
