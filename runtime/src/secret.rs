//! Values that must not be shown.

use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{View, Viewed};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A value that is written as it is, but that `Debug` does not show: a password, a key, whatever JSON type it has. The
/// errors of reading it do not show what was found in its place.
///
/// What is not a `Secret` is shown: what the document does not call one, and what [`expose`](Self::expose) hands out.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// The value itself.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, taken out.
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

/// Messages show neither what was found nor where in the secret: names of properties may be a part of it.
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

/// Through `serde` too: what the value's own type says of what it cannot read may show it.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
            .map(Secret)
            .map_err(|_| D::Error::custom("the value of a secret cannot be read"))
    }
}
