//! Which scalar a schema is, by `type` and `format` (JSON Schema validation §7, OpenAPI format registry).

use serde_json::Value;

use super::merged_schema::MergedSchema;
use crate::config::{DateTimes, Integers, TypeOptions};
use crate::ir::{FloatKind, IntegerKind, Scalar};
use crate::number;

/// The scalar, if the schema is one: no enum, no union.
pub(super) fn plain(merged: &MergedSchema<'_>, options: &TypeOptions) -> Option<Scalar> {
    if merged.unreadable || merged.nothing || merged.values.is_some() || !merged.groups.is_empty() {
        return None;
    }
    by_type(merged, options)
}

/// The scalar by the type and the format alone, when constants and unions beside them decide nothing.
pub(super) fn by_type(merged: &MergedSchema<'_>, options: &TypeOptions) -> Option<Scalar> {
    match merged.typ.as_ref().map(|(typ, _)| *typ) {
        Some("string") => Some(string(merged, options)),
        Some("integer") => Some(Scalar::Integer(integer(merged, options))),
        // Generators of documents write what they know of the server's type into `format`.
        Some("number") if merged.format.and_then(named).is_some() => {
            Some(Scalar::Integer(integer(merged, options)))
        }
        Some("number") => Some(Scalar::Float(FloatKind::F64)),
        Some("boolean") => Some(Scalar::Boolean),
        Some("null") => Some(Scalar::Null),
        Some(_) => None,
        None => untyped(merged, options),
    }
}

/// Without a type only keywords that make no sense elsewhere tell.
fn untyped(merged: &MergedSchema<'_>, options: &TypeOptions) -> Option<Scalar> {
    let is_structured =
        !merged.properties.is_empty() || !merged.items.is_empty() || !merged.required.is_empty();
    if is_structured {
        return None;
    }
    if merged.format == Some("password")
        && let Some(scalar) = of_constants(merged, options)
    {
        return Some(scalar);
    }
    if merged.has_string_keyword || merged.format.is_some_and(|format| STRING_FORMATS.contains(&format)) {
        return Some(string(merged, options));
    }
    match merged.format {
        Some("int32" | "int64") => Some(Scalar::Integer(integer(merged, options))),
        Some("float" | "double") => Some(Scalar::Float(FloatKind::F64)),
        _ => merged.has_number_keyword.then_some(Scalar::Float(FloatKind::F64)),
    }
}

/// What the values of a password are, where they are listed and are not strings.
fn of_constants(merged: &MergedSchema<'_>, options: &TypeOptions) -> Option<Scalar> {
    let (values, _) = merged.values.as_ref()?;
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| is(value));
    if all(Value::is_boolean) {
        return Some(Scalar::Boolean);
    }
    if all(|value| number::integer(value).is_some()) {
        return Some(Scalar::Integer(integer(merged, options)));
    }
    all(Value::is_number).then_some(Scalar::Float(FloatKind::F64))
}

const STRING_FORMATS: &[&str] = &["uuid", "date-time", "date", "byte", "password", "email", "uri", "binary"];

fn string(merged: &MergedSchema<'_>, options: &TypeOptions) -> Scalar {
    match merged.format {
        Some("password") => Scalar::Secret,
        _ if merged.write_only => Scalar::Secret,
        Some("uuid") => Scalar::Uuid,
        Some("date-time" | "date") if options.date_time == DateTimes::String => Scalar::String,
        Some("date-time") => Scalar::DateTime,
        Some("date") => Scalar::Date,
        Some("byte") => Scalar::Base64,
        _ => Scalar::String,
    }
}

/// The kind that the format names, unless the bounds say that values lie outside of it.
fn integer(merged: &MergedSchema<'_>, options: &TypeOptions) -> IntegerKind {
    match options.integers {
        Integers::Format => by_format(merged),
        // Bounds beyond 64 bits are there because values are.
        Integers::I64 => by_bounds(merged),
        Integers::Unsigned if merged.minimum.is_some_and(|low| low >= 0.0) => unsigned(by_format(merged)),
        Integers::Unsigned => by_format(merged),
    }
}

/// The type as wide as this one that has no values below zero.
fn unsigned(kind: IntegerKind) -> IntegerKind {
    match kind {
        IntegerKind::I8 | IntegerKind::U8 => IntegerKind::U8,
        IntegerKind::I16 | IntegerKind::U16 => IntegerKind::U16,
        IntegerKind::I32 | IntegerKind::U32 => IntegerKind::U32,
        IntegerKind::I64 | IntegerKind::U64 => IntegerKind::U64,
        IntegerKind::I128 | IntegerKind::U128 => IntegerKind::U128,
    }
}

fn by_format(merged: &MergedSchema<'_>) -> IntegerKind {
    if let Some(kind) = merged.format.and_then(named) {
        let (low, high) = bounds(merged);
        let (least, most) = range(kind);
        if low.is_none_or(|low| low >= least) && high.is_none_or(|high| high <= most) {
            return kind;
        }
    }
    by_bounds(merged)
}

/// The kind that a format names.
fn named(format: &str) -> Option<IntegerKind> {
    match format {
        "int8" => Some(IntegerKind::I8),
        "int16" => Some(IntegerKind::I16),
        "int32" => Some(IntegerKind::I32),
        "int64" => Some(IntegerKind::I64),
        "int128" => Some(IntegerKind::I128),
        "uint8" => Some(IntegerKind::U8),
        "uint16" => Some(IntegerKind::U16),
        "uint32" => Some(IntegerKind::U32),
        "uint" | "uint64" => Some(IntegerKind::U64),
        "uint128" => Some(IntegerKind::U128),
        _ => None,
    }
}

/// The lower and the upper bound. A default beyond an `i64` is one, too: there are such values.
fn bounds(merged: &MergedSchema<'_>) -> (Option<f64>, Option<f64>) {
    let (low, high) = (merged.minimum, merged.maximum);
    let default = merged.default.as_ref().and_then(|(value, _)| number::integer(value));
    match default {
        Some(default) if default > i128::from(u64::MAX) => (low, Some(f64::MAX)),
        Some(default) if default > i128::from(i64::MAX) => {
            (low, Some(high.unwrap_or(U64_MOST).max(U64_MOST)))
        }
        Some(default) if default < i128::from(i64::MIN) => (Some(f64::MIN), high),
        Some(_) | None => (low, high),
    }
}

/// Bounds beyond an `i64` are there because values are.
fn by_bounds(merged: &MergedSchema<'_>) -> IntegerKind {
    match bounds(merged) {
        (Some(low), Some(high)) if low >= 0.0 && high > I64_MOST => {
            if high > U64_MOST {
                IntegerKind::U128
            } else {
                IntegerKind::U64
            }
        }
        (Some(low), _) if low < -I64_MOST => IntegerKind::I128,
        (_, Some(high)) if high > I64_MOST => IntegerKind::I128,
        _ => IntegerKind::I64,
    }
}

const I64_MOST: f64 = 9_223_372_036_854_775_808.0;
// Documents round 2^64 - 1 up in several ways; 2^65 is meant as more than 64 bits.
const U64_MOST: f64 = 18_446_744_073_709_560_000.0;

fn range(kind: IntegerKind) -> (f64, f64) {
    match kind {
        IntegerKind::I8 => (-128.0, 127.0),
        IntegerKind::I16 => (-32_768.0, 32_767.0),
        IntegerKind::I32 => (-2_147_483_648.0, 2_147_483_647.0),
        IntegerKind::I64 => (-I64_MOST, I64_MOST),
        IntegerKind::U8 => (0.0, 255.0),
        IntegerKind::U16 => (0.0, 65_535.0),
        IntegerKind::U32 => (0.0, 4_294_967_295.0),
        IntegerKind::U64 => (0.0, U64_MOST),
        IntegerKind::I128 => (f64::MIN, f64::MAX),
        IntegerKind::U128 => (0.0, f64::MAX),
    }
}
