//! Enums whose values are not all strings.

use super::enums::{Enum, Keep, UnknownValue, parse_enum, unknown_value};
use super::scalar::Scalar;
use serde_json::Value;

/// Implements reading, writing and conversions for an enum of integers, like `string_enum!`.
///
/// ```text
/// runtime::integer_enum!(Level { Low = 1, High = 2, ..Unknown });              // of `i64`
/// runtime::integer_enum!(Size: u64 { Most = 18446744073709551615, ..Unknown }); // or of `i128`
/// ```
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! integer_enum {
    ($name:ident { $($values:tt)* }) => { runtime::integer_enum!($name: i64 as_i64 { $($values)* }); };
    ($name:ident: u64 { $($values:tt)* }) => { runtime::integer_enum!($name: u64 as_u64 { $($values)* }); };
    ($name:ident: i128 { $($values:tt)* }) => { runtime::integer_enum!($name: i128 as_i128 { $($values)* }); };
    ($name:ident: $int:ident $as_int:ident { $($variant:ident = $value:literal),* $(, ..$unknown:ident)? $(,)? }) => {
        impl $name {
            /// The integer itself.
            pub fn $as_int(&self) -> $int {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(value) => *value,)?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.$as_int().fmt(f)
            }
        }

        runtime::scalar_enum!($name: Integers { $($variant = $value,)* $(..$unknown)? });
        runtime::integer_conversions!($name $int $($unknown)?);
    };
}
pub(crate) use integer_enum;

/// Implements reading and writing for an enum of constants of several types, like `string_enum!`.
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! value_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(, ..$unknown:ident)? $(,)? }) => {
        runtime::scalar_enum!($name: Values { $($variant = $value,)* $(..$unknown)? });
    };
}
pub(crate) use value_enum;

/// Implements reading and writing for an enum of constants of any type.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! scalar_enum {
    ($name:ident: $type:ident { $($variant:ident = $value:literal,)* $(..$unknown:ident)? }) => {
        runtime::enum_impls!($name $($unknown)?: $type [$(runtime::Literal($value).get()),*] {
            fn known(value: runtime::Scalar<'_>) -> Option<Self> {
                match value {
                    $(value if value.same(const { runtime::Literal($value).get() }) => Some(Self::$variant),)*
                    _ => None,
                }
            }
        });

        #[allow(clippy::approx_constant, reason = "the numbers are the document's")]
        impl runtime::View for $name {
            fn view(&self) -> runtime::Viewed<'_> {
                runtime::Viewed::Scalar(match self {
                    $(Self::$variant => const { runtime::Literal($value).get() },)*
                    $(Self::$unknown(value) => return runtime::View::view(value),)?
                })
            }
        }
    };
}
pub(crate) use scalar_enum;

/// Conversions into an enum of integers, like [`enum_conversions!`](super::enum_conversions).
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! integer_conversions {
    ($name:ident $int:ident $unknown:ident) => {
        runtime::enum_conversions!(From<$int> $name $unknown value: runtime::Scalar::Int(value.into()));
        runtime::enum_conversions!(FromStr $name runtime::UnknownValue, value: runtime::parse_integer_enum(value));
    };
    ($name:ident $int:ident) => {
        impl TryFrom<$int> for $name {
            type Error = runtime::UnknownValue;

            fn try_from(value: $int) -> Result<Self, runtime::UnknownValue> {
                runtime::parse_integer(value.into())
            }
        }

        runtime::enum_conversions!(FromStr $name runtime::UnknownValue, value: runtime::parse_integer_enum(value));
    };
}
pub(crate) use integer_conversions;

macro_rules! keep_integers {
    ($($int:ident $get:ident),*) => {$(
        impl Keep for $int {
            fn keep(value: Value) -> Result<Self, Value> {
                value.$get().ok_or(value)
            }

            fn keep_integer(int: i128) -> Option<Self> {
                int.try_into().ok()
            }
        }
    )*};
}
keep_integers!(i64 as_i64, u64 as_u64);

impl Keep for i128 {
    fn keep(value: Value) -> Result<Self, Value> {
        value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from)).ok_or(value)
    }

    fn keep_integer(int: i128) -> Option<Self> {
        Some(int)
    }
}

impl Keep for bool {
    fn keep(value: Value) -> Result<Self, Value> {
        value.as_bool().ok_or(value)
    }
}

impl Keep for Value {
    fn keep(value: Value) -> Result<Self, Value> {
        Ok(value)
    }
}

/// Converts an integer into an enum.
pub fn parse_integer<T: Enum>(int: i128) -> Result<T, UnknownValue> {
    let found = T::known(Scalar::Int(int)).or_else(|| T::unknown_integer(int));
    found.ok_or_else(|| UnknownValue::of(&unknown_value(&int, T::NAME, T::KNOWN)))
}

/// Converts a text with an integer into an enum.
pub fn parse_integer_enum<T: Enum>(text: &str) -> Result<T, UnknownValue> {
    text.parse::<i128>().map_or_else(|_| parse_enum(text.into()), parse_integer)
}
