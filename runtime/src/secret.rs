//! Values that must not be shown.

use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{View, Viewed};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A value that is written unchanged but that `Debug` does not show, such as a password or a key of any JSON type.
/// Errors of reading it do not show what was found in its place.
///
/// Values that are not a `Secret` are shown: values that the document does not mark as secret, and what
/// [`expose`](Self::expose) returns.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// The value itself.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Unwraps the value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Secret(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Secret(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Messages show neither what was found nor where in the secret: names of properties may be part of the secret.
impl<T: Read> Read for Secret<T> {
    const SECRET: bool = true;

    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        T::read(source).map(Secret).map_err(Error::of_secret)
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        T::probe(source).map_err(Error::of_secret)
    }
}

impl<T: View> View for Secret<T> {
    fn view(&self) -> Viewed<'_> {
        self.0.view()
    }
}

/// The message of the value's own type may show what it cannot read, so it is replaced here, too.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
            .map(Secret)
            .map_err(|_| D::Error::custom("the value of a secret cannot be read"))
    }
}
