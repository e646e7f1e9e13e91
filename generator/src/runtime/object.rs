//! Structs: JSON objects with named properties.

use super::scalar::Scalar;
use super::visit::{Any, Key, visit_scalars};
use serde::de::{self, Deserialize, IgnoredAny, MapAccess, Visitor};
use std::{fmt, marker::PhantomData};

/// Implements `Serialize`, `Deserialize` and, if asked to, `Default` for a struct.
///
/// ```text
/// runtime::object!(Pet: Default {
///     "kind" = "Pet";                    // a constant: always written, checked on reading
///     "version" = 1 or absent;           // a constant that may be absent
///     required id, owner: "pet-owner";   // absent is an error; the property is called like the field, or else
///     optional note;                     // `Option`, left out when `None`
///     default alive = true;              // this value when absent
///     patch name;                        // `Patch`: absent, null or a value
///     ..keep rest                        // unknown properties are kept in this map; or `..deny`
/// });
/// ```
#[allow(unused_macros, reason = "an API may have no struct")]
macro_rules! object {
    (
        $object:ident $(: $default:ident)? {
            $($constant:literal = $value:literal $(or $absent:ident)?;)*
            $($mode:ident $($field:ident $(: $name:literal)? $(= $initial:expr)?),+;)*
            $(..$rest:ident $($keep:ident)?)?
        }
    ) => {
        impl runtime::Object for $object {
            const NAME: &'static str = stringify!($object);
            const NAMES: &'static [&'static str] = &[$($(runtime::object_part!(name $field $($name)?),)+)* $($constant,)*];
            const CONSTANTS: &'static [runtime::Constant] = &[$(runtime::Constant {
                name: $constant,
                value: runtime::Literal($value).get(),
                required: runtime::object_part!(required $($absent)?),
            }),*];

            #[allow(clippy::disallowed_names, reason = "named after the fields")]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                #[allow(non_camel_case_types, clippy::enum_variant_names, dead_code, reason = "named after the fields, of which there may be none")]
                enum At { $($($field,)+)* }
                const FIELDS: &[At] = &[$($(At::$field,)+)*];
                #[allow(non_camel_case_types, clippy::builtin_type_shadow, reason = "named after the fields")]
                struct Partial<$($($field),+),*> { $($($field: Option<$field>),+),* }
                #[allow(unused_mut, reason = "there may be no field")]
                let mut partial = Partial { $($($field: None),+),* };
                $($(let mut $keep = Default::default();)?)?
                let mut keys = runtime::Keys::new::<Self>(runtime::object_part!(named $($rest)?));
                while let Some(at) = keys.next(&mut map)? {
                    match FIELDS.get(at) {
                        $($(Some(At::$field) => runtime::fill(&mut partial.$field, &mut map),)+)*
                        _ => runtime::object_part!(other keys at map $($rest $($keep)?)?),
                    }?;
                }
                keys.end()?;
                #[allow(irrefutable_let_patterns, reason = "there may be no required field")]
                let Partial { $($($field: runtime::object_part!(pattern $mode $field)),+),* } = partial else {
                    return Err(runtime::missing::<Self, _>(&[$($((stringify!($mode), partial.$field.is_none())),+),*]));
                };
                Ok(Self {
                    $($($field: runtime::object_part!(take $mode $field $($initial)?),)+)*
                    $($($keep,)?)?
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map(runtime::Fields::<Self>::NEW)
            }
        }

        impl ::serde::Serialize for $object {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let written = [$($(runtime::object_part!(written $mode self $field)),+),*];
                #[allow(unused_mut, reason = "there may be no field")]
                let mut writer = runtime::Writer::new::<Self>(serializer, &written, 0 $($(+ self.$keep.len())?)?)?;
                $($(writer.field(&self.$field);)+)*
                $($(writer.rest(&self.$keep);)?)?
                writer.end()
            }
        }

        runtime::object_part!(default [$($default)?] $object {
            $($($field: runtime::object_part!(initial $mode $($initial)?),)+)*
            $($($keep: Default::default(),)?)?
        });
    };
}
pub(crate) use object;

/// The parts of [`object!`] that depend on the kind of a field, or on a word that may be there.
#[allow(unused_macros, reason = "an API may have no struct")]
macro_rules! object_part {
    (name $field:ident) => { stringify!($field) };
    (name $field:ident $name:literal) => { $name };
    (required) => { true };
    (required absent) => { false };
    (named) => { false };
    (named $rest:ident) => { true };
    (other $keys:ident $at:ident $map:ident) => { $keys.skip($at, &mut $map) };
    (other $keys:ident $at:ident $map:ident deny) => { $keys.refuse($at, &mut $map) };
    (other $keys:ident $at:ident $map:ident keep $rest:ident) => { $keys.keep($at, &mut $map, &mut $rest) };
    (pattern required $field:ident) => { Some($field) };
    (pattern $mode:ident $field:ident) => { $field };
    (take required $field:ident) => { $field };
    (take default $field:ident $initial:expr) => {
        match $field {
            Some(value) => value,
            None => $initial,
        }
    };
    (take $mode:ident $field:ident) => { $field.unwrap_or_default() };
    (written optional $this:ident $field:ident) => { $this.$field.is_some() };
    (written patch $this:ident $field:ident) => { !$this.$field.is_absent() };
    (written $mode:ident $this:ident $field:ident) => { true };
    (initial default $initial:expr) => { $initial };
    (initial $mode:ident) => { Default::default() };
    (default [] $object:ident $fields:tt) => {};
    (default [Default] $object:ident $fields:tt) => {
        impl Default for $object {
            fn default() -> Self {
                Self $fields
            }
        }
    };
}
pub(crate) use object_part;

/// Implements `Serialize` and `Deserialize` for a struct with one unnamed field: what it holds, nothing around it.
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! newtype {
    ($newtype:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $newtype {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer).map($newtype)
            }
        }

        impl ::serde::Serialize for $newtype {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}
pub(crate) use newtype;

/// A struct that `object!` implements `serde` for.
pub trait Object: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The names of its properties: first the fields, then the constants.
    const NAMES: &'static [&'static str];
    /// Its constants.
    const CONSTANTS: &'static [Constant];

    /// Reads the properties.
    fn read<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// A property with one value; whether it is required, or else may be absent.
#[allow(missing_docs, reason = "the names say it")]
pub struct Constant {
    pub name: &'static str,
    pub value: Scalar<'static>,
    pub required: bool,
}

/// Reads an [`Object`].
pub struct Fields<T>(PhantomData<T>);

impl<T> Fields<T> {
    /// The only one.
    pub const NEW: Self = Fields(PhantomData);
}

impl<'de, T: Object> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

/// Finds the index of each property of an object. Servers write properties in the order of their schema, so the
/// search begins where the last one ended.
pub struct Keys {
    names: &'static [&'static str],
    constants: &'static [Constant],
    next: usize,
    /// One bit for each constant that was read.
    seen: u64,
    /// Whether the names of unknown properties matter.
    named: bool,
    /// The name of the property at hand, when it is unknown and matters.
    unknown: String,
}

impl Keys {
    /// The keys of a struct.
    #[inline]
    pub fn new<T: Object>(named: bool) -> Self {
        Keys { names: T::NAMES, constants: T::CONSTANTS, next: 0, seen: 0, named, unknown: String::new() }
    }

    /// The index of the next property: beyond all names when it is unknown.
    #[inline]
    pub fn next<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<usize>, A::Error> {
        map.next_key_seed(Key(self))
    }

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

    /// Checks a constant, when the property at hand is one.
    fn check<'de, A: MapAccess<'de>>(&mut self, at: usize, map: &mut A) -> Result<bool, A::Error> {
        let fields = self.names.len() - self.constants.len();
        let Some(index) = at.checked_sub(fields) else { return Ok(false) };
        let Some(constant) = self.constants.get(index) else { return Ok(false) };
        self.seen |= 1_u64.checked_shl(index as u32).unwrap_or(0);
        map.next_value_seed(Any(constant))?;
        Ok(true)
    }

    /// Checks a constant, or skips an unknown property.
    #[inline]
    pub fn skip<'de, A: MapAccess<'de>>(&mut self, at: usize, map: &mut A) -> Result<(), A::Error> {
        if !self.check(at, map)? {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    /// Checks a constant, or refuses an unknown property.
    #[inline]
    pub fn refuse<'de, A: MapAccess<'de>>(&mut self, at: usize, map: &mut A) -> Result<(), A::Error> {
        if self.check(at, map)? { Ok(()) } else { Err(de::Error::unknown_field(&self.unknown, self.names)) }
    }

    /// Checks a constant, or keeps an unknown property.
    #[inline]
    pub fn keep<'de, A, M, V>(&mut self, at: usize, map: &mut A, rest: &mut M) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
        M: Extend<(String, V)>,
        V: Deserialize<'de>,
    {
        if !self.check(at, map)? {
            rest.extend([(std::mem::take(&mut self.unknown), map.next_value()?)]);
        }
        Ok(())
    }

    /// Refuses an object without one of its constants. Those beyond the 64th, which no schema has, may be absent.
    #[inline]
    pub fn end<E: de::Error>(&self) -> Result<(), E> {
        let mut constants = self.constants.iter().enumerate().take(64);
        match constants.find(|(index, constant)| constant.required && self.seen & (1 << index) == 0) {
            Some((_, constant)) => Err(E::missing_field(constant.name)),
            None => Ok(()),
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

impl Constant {
    fn expect<E: de::Error>(&self, found: Scalar<'_>) -> Result<(), E> {
        match found {
            Scalar::Null | Scalar::Big(_) => Err(found.refuse(&self)),
            _ if found.same(self.value) => Ok(()),
            _ => Err(E::custom(format_args!("`{}` is {found}, expected {}", self.name, self.value))),
        }
    }
}

impl<'de> Visitor<'de> for &Constant {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for `{}`", self.value, self.name)
    }

    visit_scalars!(() => expect);

    #[inline]
    fn visit_str<E: de::Error>(self, found: &str) -> Result<(), E> {
        self.expect(Scalar::Str(found))
    }
}

/// Reads the value of a property.
#[inline]
pub fn fill<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    field: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = Some(map.next_value()?);
    Ok(())
}

/// The error for the first required field that is missing, by the modes of the fields and whether they are missing.
#[cold]
pub fn missing<T: Object, E: de::Error>(fields: &[(&str, bool)]) -> E {
    let mut fields = T::NAMES.iter().zip(fields);
    let first = fields.find(|(_, field)| **field == ("required", true));
    E::missing_field(first.map_or("", |(name, _)| name))
}
