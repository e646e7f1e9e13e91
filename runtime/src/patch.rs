//! Properties for which absent and `null` mean different things.

use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{MayBeAbsent, View, Viewed};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property of a merge patch (RFC 7396): absent leaves what is there, `null` removes it, a value replaces it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Patch<T> {
    /// Leave it as it is; the property is not written.
    #[default]
    Absent,
    /// Remove it; the property is written as `null`.
    Null,
    /// Replace it.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the property is not written.
    pub fn is_absent(&self) -> bool {
        matches!(self, Patch::Absent)
    }

    /// The value, if it has one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Patch::Value(value) => Some(value),
            Patch::Absent | Patch::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Patch::Value(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Patch::Null, Patch::Value))
    }
}

impl<T> MayBeAbsent for Patch<T> {
    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}

impl<T: Read> Read for Patch<T> {
    const SECRET: bool = T::SECRET;

    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        Option::read(source).map(|value| value.map_or(Patch::Null, Patch::Value))
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        Option::<T>::probe(source)
    }
}

impl<T: View> View for Patch<T> {
    fn view(&self) -> Viewed<'_> {
        match self {
            Patch::Value(value) => value.view(),
            Patch::Absent | Patch::Null => Viewed::Scalar(super::Scalar::Null),
        }
    }
}
