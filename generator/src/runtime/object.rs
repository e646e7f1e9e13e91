//! Structs: JSON objects with named properties.

use super::scalar::Scalar;
use super::visit::visit_scalars;
use serde::de::{self, Deserializer, MapAccess, Visitor};
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
            const PARTS: &'static runtime::Parts = &runtime::Parts {
                name: stringify!($object),
                names: &[$($(runtime::object_part!(name $field $($name)?),)+)* $($constant,)*],
                constants: &[$(runtime::Constant {
                    name: $constant,
                    value: runtime::Literal($value).get(),
                    required: runtime::object_part!(constant $($absent)?),
                }),*],
            };

            #[allow(clippy::disallowed_names, reason = "named after the fields")]
            #[allow(clippy::question_mark, reason = "to look for a conversion of each error takes the compiler time")]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
                $($(let mut $field = runtime::object_part!(slot $mode $field);)+)*
                $($(let mut $keep = Default::default();)?)?
                let parts = <Self as runtime::Object>::PARTS;
                let others = runtime::object_part!(others $($rest $($keep)?)?);
                if let Err(error) = runtime::read_properties(parts, map, &mut [$($(&mut $field),+),*], others) {
                    return Err(error);
                }
                $($($(let $field = match $field.0 {
                    None => Some($initial),
                    read => read,
                };)?)+)*
                #[allow(irrefutable_let_patterns, reason = "there may be no field")]
                let ($($(Some($field),)+)*) = ($($($field,)+)*) else {
                    return Err(runtime::incomplete(parts));
                };
                Ok(Self { $($($field,)+)* $($($keep,)?)? })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_object(deserializer)
            }
        }

        impl ::serde::Serialize for $object {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let fields = &[$($(runtime::Field::$mode(&self.$field)),+),*];
                runtime::object_part!(write serializer, fields $($(, self.$keep)?)?)
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
    (constant) => { true };
    (constant absent) => { false };
    (slot optional $field:ident) => { Some(None) };
    (slot patch $field:ident) => { Some(runtime::Patch::Absent) };
    (slot default $field:ident) => { runtime::Defaulted(None) };
    (slot $mode:ident $field:ident) => { None };
    (others) => { runtime::Others::Skip };
    (others deny) => { runtime::Others::Refuse };
    (others keep $rest:ident) => {
        runtime::Others::Keep(&mut |name, map| {
            Extend::extend(&mut $rest, [(name, ::serde::de::MapAccess::next_value(map)?)]);
            Ok(())
        })
    };
    (write $serializer:ident, $fields:ident) => {
        runtime::write_object($serializer, <Self as runtime::Object>::PARTS, $fields)
    };
    (write $serializer:ident, $fields:ident, $rest:expr) => {
        runtime::write_with_others($serializer, <Self as runtime::Object>::PARTS, $fields, $rest.iter())
    };
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
    /// What it consists of.
    const PARTS: &'static Parts;

    /// Reads the properties.
    fn read<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// What a struct consists of.
#[allow(missing_docs, reason = "the names say it")]
pub struct Parts {
    pub name: &'static str,
    /// The names of its properties: first the fields, then the constants.
    pub names: &'static [&'static str],
    pub constants: &'static [Constant],
}

/// A property with one value; whether it is required, or else may be absent.
#[allow(missing_docs, reason = "the names say it")]
pub struct Constant {
    pub name: &'static str,
    pub value: Scalar<'static>,
    pub required: bool,
}

/// Reads an [`Object`].
#[inline]
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Fields(PhantomData))
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::PARTS.name)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
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
