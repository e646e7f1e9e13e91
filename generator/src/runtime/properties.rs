//! Reads the properties of an object into the fields of a struct.
//!
//! The fields are handed over as trait objects: so there is one loop for all structs, and next to nothing for the
//! compiler to do for each of them.

use super::object::Parts;
use super::visit::{Any, Key};
use serde::de::{Deserialize, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// A field of a struct while the object is read.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the property at hand.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether there has to be a value and is none.
    fn is_missing(&self) -> bool;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Option<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = Some(map.next_value()?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        self.is_none()
    }
}

/// A field that need not be read.
pub struct Defaulted<T>(pub Option<T>);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Defaulted<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0.fill(map)
    }

    fn is_missing(&self) -> bool {
        false
    }
}

/// What becomes of the properties that a struct does not name.
#[allow(missing_docs, reason = "the names say it")]
pub enum Others<'a, A, E> {
    Skip,
    Refuse,
    /// Reads the value of the one with this name.
    Keep(&'a mut dyn FnMut(String, &mut A) -> Result<(), E>),
}

/// Reads the properties of an object. It fails when one that is required is missing.
pub fn read_properties<'de, A: MapAccess<'de>>(
    parts: &'static Parts,
    mut map: A,
    slots: &mut [&mut dyn Slot<'de, A>],
    mut others: Others<'_, A, A::Error>,
) -> Result<(), A::Error> {
    let named = !matches!(others, Others::Skip);
    let mut keys = Keys { names: parts.names, next: 0, named, unknown: String::new() };
    // One bit for each constant that was read.
    let mut seen = 0_u64;
    while let Some(at) = map.next_key_seed(Key(&mut keys))? {
        if let Some(slot) = slots.get_mut(at) {
            slot.fill(&mut map)?;
        } else if let Some(constant) = parts.constants.get(at - slots.len()) {
            map.next_value_seed(Any(constant))?;
            seen |= 1_u64.checked_shl((at - slots.len()) as u32).unwrap_or(0);
        } else {
            match &mut others {
                Others::Skip => drop(map.next_value::<IgnoredAny>()?),
                Others::Refuse => return Err(A::Error::unknown_field(&keys.unknown, parts.names)),
                Others::Keep(read) => read(std::mem::take(&mut keys.unknown), &mut map)?,
            }
        }
    }
    // Constants beyond the 64th, which no schema has, may be absent.
    let mut constants = parts.constants.iter().enumerate().take(64);
    let constant = constants.find(|(index, constant)| constant.required && seen & (1 << index) == 0);
    let missing = match constant {
        Some((_, constant)) => Some(constant.name),
        None => parts.names.iter().zip(slots).find(|(_, slot)| slot.is_missing()).map(|(name, _)| *name),
    };
    missing.map_or(Ok(()), |name| Err(A::Error::missing_field(name)))
}

/// The error for a struct of which not every field has a value when all is read, which does not happen.
#[cold]
pub fn incomplete<E: Error>(parts: &Parts) -> E {
    E::custom(format_args!("{} is not complete", parts.name))
}

/// Finds the index of each property of an object. Servers write properties in the order of their schema, so the
/// search begins where the last one ended.
struct Keys {
    names: &'static [&'static str],
    next: usize,
    /// Whether the names of unknown properties matter.
    named: bool,
    /// The name of the property at hand, when it is unknown and matters.
    unknown: String,
}

impl Keys {
    fn search(&mut self, key: &str) -> usize {
        let (before, after) = self.names.split_at(self.next.min(self.names.len()));
        let after = after.iter().position(|name| *name == key).map(|index| before.len() + index);
        match after.or_else(|| before.iter().position(|name| *name == key)) {
            Some(found) => {
                self.next = found + 1;
                found
            }
            None => {
                if self.named {
                    key.clone_into(&mut self.unknown);
                }
                self.names.len()
            }
        }
    }
}

impl Visitor<'_> for &mut Keys {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        let next = self.next;
        if self.names.get(next).is_some_and(|name| *name == key) {
            self.next += 1;
            return Ok(next);
        }
        Ok(self.search(key))
    }
}
