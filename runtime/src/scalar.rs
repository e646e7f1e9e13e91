//! Values without parts: tags, constant properties and values of enums.

use super::error::Error;
use serde::de::Unexpected;
use serde::{Serialize, Serializer};
use serde_json::{Number, Value};
use std::fmt;

/// A JSON value without parts.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Scalar<'a> {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Str(&'a str),
}

/// Turns a literal of any kind into a [`Scalar`], in constants too, where traits do not reach.
pub struct Literal<T>(pub T);

macro_rules! literals {
    ($($ty:ty => $scalar:ident),*) => {$(
        impl Literal<$ty> {
            /// The literal as a scalar.
            #[inline]
            pub const fn get(self) -> Scalar<'static> {
                Scalar::$scalar(self.0)
            }
        }
    )*};
}
literals!(&'static str => Str, i128 => Int, f64 => Float, bool => Bool);

impl Scalar<'_> {
    /// Whether both are the same JSON value, as `1` and `1.0` are. From 2^53 on this is certain only if the integer is
    /// written as an integer: the digits of `1e16` are not known here.
    #[inline]
    pub fn same(self, other: Scalar<'_>) -> bool {
        match (self, other) {
            (Scalar::Str(text), Scalar::Str(other)) => text == other,
            (Scalar::Int(int), Scalar::Float(float)) | (Scalar::Float(float), Scalar::Int(int)) => {
                integral(float) == Some(int)
            }
            _ => self == other,
        }
    }

    /// The scalar as a JSON value. An integer outside the range of `serde_json` becomes the closest number.
    pub(super) fn to_value(self) -> Value {
        match self {
            Scalar::Null => Value::Null,
            Scalar::Bool(bool) => bool.into(),
            Scalar::Int(int) => Number::from_i128(int).map_or_else(|| (int as f64).into(), Value::Number),
            Scalar::Float(float) => float.into(),
            Scalar::Str(text) => text.into(),
        }
    }

    /// The error that something else was expected.
    #[cold]
    pub(super) fn refuse(self, expected: impl fmt::Display) -> Error {
        let unexpected = match self {
            Scalar::Null => Unexpected::Unit,
            Scalar::Bool(bool) => Unexpected::Bool(bool),
            Scalar::Int(int) => match i64::try_from(int) {
                Ok(int) => Unexpected::Signed(int),
                Err(_) => {
                    return Error::showing(
                        "invalid value: integer",
                        &format!(" `{int}`"),
                        "",
                        format_args!(", expected {expected}"),
                    );
                }
            },
            Scalar::Float(float) => Unexpected::Float(float),
            Scalar::Str(text) => Unexpected::Str(text),
        };
        Error::wrong_type(unexpected, expected)
    }
}

/// The integer that a floating-point number stands for (`8.0` is a JSON Schema integer), where that is certain: from
/// 2^53 on a number may have been rounded.
pub(super) fn integral(float: f64) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    (float.fract() == 0.0 && float.abs() < EXACT).then_some(float as i128)
}

impl fmt::Display for Scalar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Int(int) => int.fmt(f),
            Scalar::Null | Scalar::Bool(_) | Scalar::Float(_) | Scalar::Str(_) => self.to_value().fmt(f),
        }
    }
}

impl Serialize for Scalar<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Scalar::Null => serializer.serialize_unit(),
            Scalar::Bool(bool) => serializer.serialize_bool(bool),
            Scalar::Int(int) => match (i64::try_from(int), u64::try_from(int)) {
                (Ok(int), _) => serializer.serialize_i64(int),
                (_, Ok(int)) => serializer.serialize_u64(int),
                _ => serializer.serialize_i128(int),
            },
            Scalar::Float(float) => serializer.serialize_f64(float),
            Scalar::Str(text) => serializer.serialize_str(text),
        }
    }
}

/// Scalars separated by commas, for messages.
pub(super) fn list(scalars: impl Iterator<Item = Scalar<'static>>) -> String {
    scalars.map(|scalar| scalar.to_string()).collect::<Vec<_>>().join(", ")
}
