//! Writes structs: what `object!` shares.

use super::object::Object;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Writes the properties of an object in their order. An error is kept until the end, so that a struct is a plain list
/// of fields: this compiles faster than a branch after each of them.
pub struct Writer<'a, S: Serializer> {
    map: S::SerializeMap,
    error: Option<S::Error>,
    fields: std::iter::Zip<std::slice::Iter<'static, &'static str>, std::slice::Iter<'a, bool>>,
}

impl<'a, S: Serializer> Writer<'a, S> {
    /// Begins with the constants. `written` says for each field whether it will be written, `rest` counts what follows them.
    #[inline]
    pub fn new<T: Object>(serializer: S, written: &'a [bool], rest: usize) -> Result<Self, S::Error> {
        let len = T::CONSTANTS.len() + written.iter().filter(|written| **written).count() + rest;
        let mut map = serializer.serialize_map(Some(len))?;
        for constant in T::CONSTANTS {
            map.serialize_entry(constant.name, &constant.value)?;
        }
        Ok(Writer { map, error: None, fields: T::NAMES.iter().zip(written) })
    }

    /// Writes the next field.
    #[inline]
    pub fn field<T: Serialize>(&mut self, value: &T) {
        if let Some((name, true)) = self.fields.next() {
            self.entry(name, value);
        }
    }

    /// Writes the properties that the schema does not name.
    #[inline]
    pub fn rest<'m, T: Serialize + 'm>(&mut self, rest: impl IntoIterator<Item = (&'m String, &'m T)>) {
        for (name, value) in rest {
            self.entry(name, value);
        }
    }

    #[inline]
    fn entry<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Ends the object.
    #[inline]
    pub fn end(self) -> Result<S::Ok, S::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.map.end(),
        }
    }
}
