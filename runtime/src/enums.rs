//! Sets of constants.

use super::error::Error;
use super::number;
use super::read::{Read, read_tape};
use super::scalar::{Scalar, list};
use super::serde_impls::reads_text;
use super::source::{DEPTH, Found, Source};
use super::tape::{Recorder, Tape};
use serde::de::{Deserializer, Error as _, Visitor};
use serde_json::Value;
use std::fmt;

/// Implements reading, writing and conversions for an enum of strings.
///
/// ```text
/// runtime::string_enum!(Risk { Low = "LOW", High = "HIGH", ..Unknown });
/// ```
///
/// `..Unknown` keeps a string that no variant names; without it such a string is an error.
#[macro_export]
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

        impl runtime::View for $name {
            fn view(&self) -> runtime::Viewed<'_> {
                runtime::Viewed::Scalar(runtime::Scalar::Str(self.as_str()))
            }
        }

        runtime::enum_conversions!(str $name $($unknown)?);
    };
}
pub(crate) use string_enum;

/// The implementations that all enums share; only the method that finds a variant differs.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! enum_impls {
    ($name:ident $($unknown:ident)?: $type:ident [$($known:expr),*] { $($find:item)* }) => {
        #[allow(clippy::approx_constant, reason = "the numbers are the document's")]
        impl runtime::Enum for $name {
            const NAME: &'static str = stringify!($name);
            const KNOWN: &'static [runtime::Scalar<'static>] = &[$($known),*];
            const TYPE: runtime::EnumType = runtime::EnumType::$type;

            $($find)*

            $(fn unknown(value: ::serde_json::Value) -> Result<Self, ::serde_json::Value> {
                runtime::Keep::keep(value).map(Self::$unknown)
            }

            fn unknown_integer(int: i128) -> Option<Self> {
                runtime::Keep::keep_integer(int).map(Self::$unknown)
            })?
        }

        impl runtime::Read for $name {
            fn read(source: &mut runtime::Source<'_>) -> Result<Self, runtime::Error> {
                runtime::read_enum(source)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize_enum(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use enum_impls;

/// Conversions into an enum. They are infallible if a variant keeps unknown values.
#[doc(hidden)]
#[macro_export]
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

/// An enum that one of the macros implements reading and writing for.
pub trait Enum: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The values that it lists.
    const KNOWN: &'static [Scalar<'static>];
    /// The type of its values.
    const TYPE: EnumType;

    /// The variant for a listed value.
    fn known(value: Scalar<'_>) -> Option<Self> {
        if let Scalar::Str(text) = value { Self::named(text) } else { None }
    }

    /// The variant for a listed string. Used only if all values are strings.
    fn named(_: &str) -> Option<Self> {
        None
    }

    /// Keeps an unknown value, or returns it.
    fn unknown(value: Value) -> Result<Self, Value> {
        Err(value)
    }

    /// Keeps an unknown integer: a `Value` cannot represent integers beyond 64 bits.
    fn unknown_integer(_: i128) -> Option<Self> {
        None
    }
}

/// The type of the values of an enum.
#[allow(missing_docs, reason = "the names say it")]
pub enum EnumType {
    Strings,
    Integers,
    Values,
}

/// The content of a variant for unknown values.
pub trait Keep: Sized {
    /// Keeps a value, or returns it.
    fn keep(value: Value) -> Result<Self, Value>;

    /// Keeps an integer, if it is of that type.
    fn keep_integer(_: i128) -> Option<Self> {
        None
    }
}

impl Keep for String {
    fn keep(value: Value) -> Result<Self, Value> {
        if let Value::String(text) = value { Ok(text) } else { Err(value) }
    }
}

/// The error for a value that an enum does not list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    message: String,
}

impl UnknownValue {
    pub(super) fn of(error: &Error) -> Self {
        UnknownValue { message: error.message().to_owned() }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for UnknownValue {}

/// The message for a value that an enum does not list.
#[cold]
pub(super) fn unknown_value(
    value: &dyn fmt::Display,
    name: &str,
    known: &'static [Scalar<'static>],
) -> Error {
    let known = list(known.iter().copied());
    Error::showing(
        "unknown value",
        &format!(" {value}"),
        "",
        format_args!(" of {name}, expected one of {known}"),
    )
}

/// Turns a string or an integer into an enum.
pub fn parse_enum<T: Enum>(value: Value) -> Result<T, UnknownValue> {
    let scalar = match &value {
        Value::String(text) => Some(Scalar::Str(text)),
        Value::Number(number) => number.as_i128().map(Scalar::Int),
        _ => None,
    };
    match scalar.and_then(T::known) {
        Some(known) => Ok(known),
        None => {
            T::unknown(value).map_err(|value| UnknownValue::of(&unknown_value(&value, T::NAME, T::KNOWN)))
        }
    }
}

/// Reads an enum.
pub fn read_enum<T: Enum>(source: &mut Source<'_>) -> Result<T, Error> {
    let expects = Expects { name: T::NAME, known: T::KNOWN, type_: T::TYPE };
    let (found, at) = expects.read(source)?;
    let known = match &found {
        FoundValue::Scalar(found) => T::known(found.get()),
        FoundValue::Other(_) => None,
    };
    if let Some(known) = known {
        return Ok(known);
    }
    source.unread += 1;
    if let (FoundValue::Scalar(found), EnumType::Integers) = (&found, T::TYPE)
        && let Scalar::Int(int) = found.get()
    {
        return T::unknown_integer(int).ok_or_else(|| unknown_value(&int, T::NAME, T::KNOWN).or_at(at));
    }
    T::unknown(found.into_value()).map_err(|value| unknown_value(&value, T::NAME, T::KNOWN).or_at(at))
}

/// Reads an enum from any format. Formats other than JSON text get the expected type, since some of them have only
/// strings: the keys of a map, for example.
pub fn deserialize_enum<'de, T: Enum + Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if reads_text::<D>() || T::SECRET {
        return super::deserialize(deserializer);
    }
    let mut tape = Tape::new(deserializer.is_human_readable());
    let recorder = Recorder { tape: &mut tape, depth: DEPTH };
    let expects = Expects { name: T::NAME, known: T::KNOWN, type_: T::TYPE };
    match T::TYPE {
        EnumType::Strings => deserializer.deserialize_str(Hinted { recorder, expects })?,
        EnumType::Integers => deserializer.deserialize_i64(Hinted { recorder, expects })?,
        EnumType::Values => deserializer.deserialize_any(recorder)?,
    }
    read_tape(&tape, T::read).map_err(D::Error::custom)
}

/// Records a scalar, and has its expected type.
struct Hinted<'a, 'de> {
    recorder: Recorder<'a, 'de>,
    expects: Expects,
}

/// Defines the methods of a visitor that record their argument.
macro_rules! record {
    ($($method:ident: $ty:ty;)*) => {$(
        fn $method<E: serde::de::Error>(self, value: $ty) -> Result<(), E> {
            self.recorder.$method(value)
        }
    )*};
}

impl<'de> Visitor<'de> for Hinted<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.expects, f)
    }

    record! {
        visit_bool: bool;
        visit_i64: i64;
        visit_u64: u64;
        visit_i128: i128;
        visit_u128: u128;
        visit_f64: f64;
        visit_str: &str;
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.recorder.visit_unit()
    }
}

/// The value that was read.
enum FoundValue<'a> {
    Scalar(Found<'a>),
    Other(Value),
}

impl FoundValue<'_> {
    fn into_value(self) -> Value {
        match self {
            FoundValue::Scalar(found) => found.get().to_value(),
            FoundValue::Other(value) => value,
        }
    }
}

/// The expected values of an enum, for messages.
struct Expects {
    name: &'static str,
    known: &'static [Scalar<'static>],
    type_: EnumType,
}

impl Expects {
    fn read<'a>(&self, source: &mut Source<'a>) -> Result<(FoundValue<'a>, usize), Error> {
        let next = source.peek();
        let at = source.at;
        if matches!(next, b'[' | b'{') && matches!(self.type_, EnumType::Values) {
            return Ok((FoundValue::Other(Value::read(source)?), at));
        }
        let found = source.scalar(self)?;
        let integer = match (&self.type_, found.get()) {
            (EnumType::Strings, Scalar::Str(_)) | (EnumType::Values, _) => {
                return Ok((FoundValue::Scalar(found), at));
            }
            (EnumType::Integers, Scalar::Str(text)) if source.name => match number::whole(text) {
                Some(Scalar::Int(int)) => Some(int),
                _ => None,
            },
            (EnumType::Integers, Scalar::Int(int)) => Some(int),
            (EnumType::Integers, Scalar::Float(float)) => source.exact(at, float),
            (EnumType::Strings | EnumType::Integers, _) => None,
        };
        match integer {
            Some(int) => Ok((FoundValue::Scalar(Found::Scalar(Scalar::Int(int))), at)),
            None => Err(found.get().refuse(self).or_at(at)),
        }
    }
}

impl fmt::Display for Expects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.type_ {
            EnumType::Strings => write!(f, "a string ({})", self.name),
            EnumType::Integers => write!(f, "an integer ({})", self.name),
            EnumType::Values => write!(f, "one of {} ({})", list(self.known.iter().copied()), self.name),
        }
    }
}
