//! Writes structs.
//!
//! The fields are handed over as trait objects, as for reading: see `properties`.

use super::object::Parts;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A field of a struct and how it is written, by its mode in `object!`.
#[allow(non_camel_case_types, missing_docs, reason = "named after the modes")]
pub enum Field<'a, M> {
    required(&'a dyn Property<M>),
    default(&'a dyn Property<M>),
    optional(&'a dyn OptionalProperty<M>),
    patch(&'a dyn OptionalProperty<M>),
}

/// The value of a property.
pub trait Property<M: SerializeMap> {
    /// Writes the property.
    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Property<M> for T {
    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

/// The value of a property that may be absent.
pub trait OptionalProperty<M: SerializeMap>: Property<M> {
    /// Whether the property is left out.
    fn is_absent(&self) -> bool;
}

impl<M: SerializeMap, T: Serialize> OptionalProperty<M> for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<M: SerializeMap> Field<'_, M> {
    fn is_absent(&self) -> bool {
        match self {
            Field::required(_) | Field::default(_) => false,
            Field::optional(property) | Field::patch(property) => property.is_absent(),
        }
    }

    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Field::required(property) | Field::default(property) => property.write(name, map),
            Field::optional(property) | Field::patch(property) => property.write(name, map),
        }
    }
}

/// Writes an object.
pub fn write_object<S: Serializer>(
    serializer: S,
    parts: &Parts,
    fields: &[Field<'_, S::SerializeMap>],
) -> Result<S::Ok, S::Error> {
    write_with_others(serializer, parts, fields, std::iter::empty::<(_, &())>())
}

/// Writes an object with the properties that its schema does not name.
pub fn write_with_others<'m, S: Serializer, T: Serialize + 'm>(
    serializer: S,
    parts: &Parts,
    fields: &[Field<'_, S::SerializeMap>],
    others: impl ExactSizeIterator<Item = (&'m String, &'m T)>,
) -> Result<S::Ok, S::Error> {
    let present = fields.iter().filter(|field| !field.is_absent()).count();
    let mut map = serializer.serialize_map(Some(parts.constants.len() + present + others.len()))?;
    for constant in parts.constants {
        map.serialize_entry(constant.name, &constant.value)?;
    }
    for (name, field) in parts.names.iter().zip(fields).filter(|(_, field)| !field.is_absent()) {
        field.write(name, &mut map)?;
    }
    for (name, value) in others {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
