//! Writes JSON.

use super::error::Error;
use super::view::{Shown, View};

/// Writes a value as JSON in UTF-8.
pub fn to_vec<T: View>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(&Shown(value)).map_err(serde::ser::Error::custom)
}

/// Writes a value as JSON.
pub fn to_string<T: View>(value: &T) -> Result<String, Error> {
    serde_json::to_string(&Shown(value)).map_err(serde::ser::Error::custom)
}

/// Writes a value as JSON in UTF-8 to a writer.
pub fn to_writer<T: View>(writer: impl std::io::Write, value: &T) -> Result<(), Error> {
    serde_json::to_writer(writer, &Shown(value)).map_err(serde::ser::Error::custom)
}
