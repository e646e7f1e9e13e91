//! Sets of constants.

use super::replay::REPLAY;
use super::scalar::{Scalar, list};
use super::visit::visit_scalars;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// Implements `Serialize`, `Deserialize` and conversions for an enum of strings.
///
/// ```text
/// runtime::string_enum!(Risk { Low = "LOW", High = "HIGH", ..Unknown });
/// ```
///
/// `..Unknown` keeps a string that no variant names; without it such a string is an error.
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(, ..$unknown:ident)? $(,)? }) => {
        impl $name {
            /// The string itself.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(value) => value,)?
                }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        runtime::enum_impls!($name $($unknown)?: Strings [$(runtime::Scalar::Str($value)),*] {
            fn named(name: &str) -> Option<Self> {
                Some(match name {
                    $($value => Self::$variant,)*
                    _ => return None,
                })
            }
        });

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        runtime::enum_conversions!(str $name $($unknown)?);
    };
}
pub(crate) use string_enum;

/// What all enums have in common, around the method that finds a variant.
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! enum_impls {
    ($name:ident $($unknown:ident)?: $type:ident [$($known:expr),*] { $($find:item)* }) => {
        impl runtime::Enum for $name {
            const NAME: &'static str = stringify!($name);
            const KNOWN: &'static [runtime::Scalar<'static>] = &[$($known),*];
            const TYPE: runtime::EnumType = runtime::EnumType::$type;

            $($find)*

            $(fn unknown(value: ::serde_json::Value) -> Result<Self, ::serde_json::Value> {
                runtime::Keep::keep(value).map(Self::$unknown)
            })?
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::read_enum(deserializer)
            }
        }
    };
}
pub(crate) use enum_impls;

/// Conversions into an enum. They cannot fail when a variant keeps what is not known.
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! enum_conversions {
    (str $name:ident $unknown:ident) => {
        runtime::enum_conversions!(From<String> $name $unknown value: runtime::Scalar::Str(&value));

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                value.to_owned().into()
            }
        }

        runtime::enum_conversions!(FromStr $name ::std::convert::Infallible, value: Ok(value.into()));
    };
    (str $name:ident) => {
        runtime::enum_conversions!(FromStr $name runtime::UnknownValue, value: runtime::parse_enum(value.into()));
    };
    (From<$from:ty> $name:ident $unknown:ident $value:ident: $scalar:expr) => {
        impl From<$from> for $name {
            fn from($value: $from) -> Self {
                runtime::Enum::known($scalar).unwrap_or(Self::$unknown($value))
            }
        }
    };
    (FromStr $name:ident $error:ty, $value:ident: $parsed:expr) => {
        impl ::std::str::FromStr for $name {
            type Err = $error;

            fn from_str($value: &str) -> Result<Self, $error> {
                $parsed
            }
        }
    };
}
pub(crate) use enum_conversions;

/// An enum that one of the macros implements `serde` for.
pub trait Enum: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The values that it names.
    const KNOWN: &'static [Scalar<'static>];
    /// What type they have.
    const TYPE: EnumType;

    /// The variant of a value that the enum names.
    fn known(value: Scalar<'_>) -> Option<Self> {
        if let Scalar::Str(text) = value { Self::named(text) } else { None }
    }

    /// The variant of a string that the enum names; of use only when all that it names are strings.
    fn named(_: &str) -> Option<Self> {
        None
    }

    /// Keeps a value that it does not name, or gives it back.
    fn unknown(value: Value) -> Result<Self, Value> {
        Err(value)
    }
}

/// What type the values of an enum have.
#[allow(missing_docs, reason = "the names say it")]
pub enum EnumType {
    Strings,
    Integers,
    Values,
}

/// What a variant for other values holds.
pub trait Keep: Sized {
    /// Keeps a value, or gives it back.
    fn keep(value: Value) -> Result<Self, Value>;
}

impl Keep for String {
    fn keep(value: Value) -> Result<Self, Value> {
        if let Value::String(text) = value { Ok(text) } else { Err(value) }
    }
}

/// A value that an enum does not name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    message: String,
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for UnknownValue {}

/// Keeps a value that an enum does not name, if it keeps such values.
fn keep<T: Enum>(value: Value) -> Result<T, UnknownValue> {
    T::unknown(value).map_err(|value| {
        let known = list(T::KNOWN.iter().copied());
        UnknownValue { message: format!("unknown value {value} of {}, expected one of {known}", T::NAME) }
    })
}

/// Turns a string or an integer into an enum.
pub fn parse_enum<T: Enum>(value: Value) -> Result<T, UnknownValue> {
    let scalar = value.as_str().map(Scalar::Str).or_else(|| value.as_i64().map(Scalar::Int));
    scalar.and_then(T::known).map_or_else(|| keep(value), Ok)
}

/// Reads an enum.
#[inline]
pub fn read_enum<'de, T: Enum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(REPLAY, Values(PhantomData)).map(|(value, _)| value)
}

/// Reads a value of an enum, and whether it is one that the enum names.
struct Values<T>(PhantomData<T>);

impl<T: Enum> Values<T> {
    #[inline]
    fn scalar<E: de::Error>(self, value: Scalar<'_>) -> Result<(T, bool), E> {
        let fits = match T::TYPE {
            EnumType::Strings => matches!(value, Scalar::Str(_)),
            EnumType::Integers => value.as_i64().is_some(),
            EnumType::Values => true,
        };
        if !fits {
            return Err(value.refuse(&self));
        }
        T::known(value).map_or_else(|| self.other(value.to_value()), |known| Ok((known, true)))
    }

    fn other<E: de::Error>(self, value: Value) -> Result<(T, bool), E> {
        keep(value).map(|value| (value, false)).map_err(E::custom)
    }

    fn parts<E>(self, type_: Unexpected<'_>, read: impl FnOnce() -> Result<Value, E>) -> Result<(T, bool), E>
    where
        E: de::Error,
    {
        match T::TYPE {
            EnumType::Values => self.other(read()?),
            EnumType::Strings | EnumType::Integers => Err(E::invalid_type(type_, &self)),
        }
    }
}

impl<'de, T: Enum> DeserializeSeed<'de> for Values<T> {
    type Value = (T, bool);

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(T, bool), D::Error> {
        match const { T::TYPE } {
            EnumType::Strings => deserializer.deserialize_str(self),
            EnumType::Integers => deserializer.deserialize_i64(self),
            EnumType::Values => deserializer.deserialize_any(self),
        }
    }
}

impl<'de, T: Enum> Visitor<'de> for Values<T> {
    type Value = (T, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match T::TYPE {
            EnumType::Strings => write!(f, "a string ({})", T::NAME),
            EnumType::Integers => write!(f, "an integer ({})", T::NAME),
            EnumType::Values => write!(f, "one of {} ({})", list(T::KNOWN.iter().copied()), T::NAME),
        }
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(T, bool), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, replay: A) -> Result<(T, bool), A::Error> {
        let ((value, known), replay) = replay.variant_seed(self)?;
        if !known {
            replay.unit_variant()?;
        }
        Ok((value, known))
    }

    visit_scalars!((T, bool) => scalar);

    #[inline]
    fn visit_str<E: de::Error>(self, value: &str) -> Result<(T, bool), E> {
        self.scalar(Scalar::Str(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(T, bool), A::Error> {
        self.parts(Unexpected::Seq, || Value::deserialize(SeqAccessDeserializer::new(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(T, bool), A::Error> {
        self.parts(Unexpected::Map, || Value::deserialize(MapAccessDeserializer::new(map)))
    }
}
