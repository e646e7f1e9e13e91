//! Sets of constants that are not all strings.

use super::enums::{Enum, Keep, UnknownValue, parse_enum};
use serde_json::Value;

/// Implements reading, writing and conversions for an enum of integers, like [`string_enum!`].
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(, ..$unknown:ident)? $(,)? }) => {
        impl $name {
            /// The integer itself.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(value) => *value,)?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.as_i64().fmt(f)
            }
        }

        runtime::scalar_enum!($name: Integers { $($variant = $value,)* $(..$unknown)? });
        runtime::integer_conversions!($name $($unknown)?);
    };
}
pub(crate) use integer_enum;

/// Implements reading and writing for an enum of constants of several types, like [`string_enum!`].
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
    ($name:ident $unknown:ident) => {
        runtime::enum_conversions!(From<i64> $name $unknown value: runtime::Scalar::Int(value.into()));
        runtime::enum_conversions!(FromStr $name runtime::UnknownValue, value: runtime::parse_integer_enum(value));
    };
    ($name:ident) => {
        impl TryFrom<i64> for $name {
            type Error = runtime::UnknownValue;

            fn try_from(value: i64) -> Result<Self, runtime::UnknownValue> {
                runtime::parse_enum(value.into())
            }
        }

        runtime::enum_conversions!(FromStr $name runtime::UnknownValue, value: runtime::parse_integer_enum(value));
    };
}
pub(crate) use integer_conversions;

impl Keep for i64 {
    fn keep(value: Value) -> Result<Self, Value> {
        value.as_i64().ok_or(value)
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

/// Turns a text that is an integer into an enum.
pub fn parse_integer_enum<T: Enum>(text: &str) -> Result<T, UnknownValue> {
    parse_enum(text.parse::<i64>().map_or_else(|_| text.into(), Value::from))
}
