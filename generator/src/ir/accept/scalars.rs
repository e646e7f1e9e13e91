//! Values without parts: scalars, constants, values of enums.

use std::collections::HashMap;

use serde_json::{Number, Value};

use super::Interpreter;
use super::dates::{self, Refused};
use super::misfit::{Reason, expected};
use crate::ir::{DateLibrary, Enum, EnumKind, Literal, Scalar, TypeId};
use crate::number;

/// From this number of values on, comparing with each costs more than looking one up.
const INDEXED_FROM: usize = 16;

/// Takes a value for a scalar. The text is what is written for it, if that is a different text.
pub(super) fn scalar(kind: Scalar, library: DateLibrary, value: &Value) -> Result<Option<String>, Reason> {
    // An integer beyond 64 bits is a number like others.
    let (wide, any_number) = (number::wide(value), Value::from(0));
    let value = if wide.is_some() { &any_number } else { value };
    let refuse = |what| Err(expected(what, value));
    match (kind, value) {
        (Scalar::Boolean, Value::Bool(_))
        | (Scalar::Float(_), Value::Number(_))
        | (Scalar::String | Scalar::Secret | Scalar::Base64 | Scalar::Binary, Value::String(_))
        | (Scalar::Null, Value::Null) => Ok(None),
        (Scalar::Integer(width), Value::Number(number)) => match wide.or_else(|| integer(number)) {
            Some(value) if width.holds(value) => Ok(None),
            Some(_) => Err(Reason::OutOfRange),
            None => refuse("an integer"),
        },
        (Scalar::Uuid, Value::String(text)) => match uuid::Uuid::parse_str(text) {
            Ok(uuid) => Ok(other_than(text, uuid.to_string())),
            Err(_) => refuse("a UUID"),
        },
        (Scalar::DateTime, Value::String(text)) => match dates::date_time(library, text) {
            Ok(written) => Ok(other_than(text, written)),
            Err(Refused::Form) => refuse("a date-time (RFC 3339)"),
            Err(Refused::Reach) => Err(Reason::OutOfReach),
        },
        (Scalar::Date, Value::String(text)) => match dates::date(library, text) {
            Ok(written) => Ok(other_than(text, written)),
            Err(Refused::Form) => refuse("a date"),
            Err(Refused::Reach) => Err(Reason::OutOfReach),
        },
        (Scalar::Boolean, _) => refuse("a boolean"),
        (Scalar::Integer(_), _) => refuse("an integer"),
        (Scalar::Float(_), _) => refuse("a number"),
        (Scalar::String | Scalar::Secret | Scalar::Base64 | Scalar::Binary, _) => refuse("a string"),
        (Scalar::Uuid, _) => refuse("a UUID"),
        (Scalar::DateTime, _) => refuse("a date-time (RFC 3339)"),
        (Scalar::Date, _) => refuse("a date"),
        (Scalar::Null, _) => refuse("null"),
    }
}

/// Whether a scalar takes a value. What is written for it is not made up.
pub(super) fn takes(kind: Scalar, library: DateLibrary, value: &Value) -> Result<(), Reason> {
    let text = value.as_str();
    let is_taken = match kind {
        Scalar::Uuid => text.is_some_and(|text| uuid::Uuid::parse_str(text).is_ok()),
        Scalar::DateTime => text.is_some_and(|text| dates::is_date_time(library, text)),
        Scalar::Date => text.is_some_and(|text| dates::is_date(library, text)),
        Scalar::Boolean
        | Scalar::Integer(_)
        | Scalar::Float(_)
        | Scalar::String
        | Scalar::Secret
        | Scalar::Base64
        | Scalar::Binary
        | Scalar::Null => false,
    };
    if is_taken { Ok(()) } else { scalar(kind, library, value).map(drop) }
}

fn other_than(text: &str, written: String) -> Option<String> {
    (written != text).then_some(written)
}

/// The integer that a number stands for: `8.0` and `8e0` are integers too. From 2^53 on a number with a point may have
/// been rounded, and is none.
pub(super) fn integer(number: &Number) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let whole = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < EXACT);
    #[allow(clippy::cast_possible_truncation, reason = "it is a whole number below 2^53")]
    exact.or_else(|| whole().map(|float| float as i128))
}

/// The integer that a value is.
pub(super) fn integer_of(value: &Value) -> Option<i128> {
    if let Value::Number(number) = value { integer(number) } else { number::wide(value) }
}

/// Whether a value is this constant: `1` and `1.0` are the same.
pub(super) fn is_constant(wanted: &Literal, value: &Value) -> bool {
    match (wanted, value) {
        (Literal::String(wanted), Value::String(text)) => wanted == text,
        (Literal::Bool(wanted), Value::Bool(value)) => wanted == value,
        (Literal::Integer(wanted), value) => integer_of(value) == Some(*wanted),
        (Literal::Float(wanted), Value::Number(number)) => number.as_f64() == Some(*wanted),
        _ => false,
    }
}

/// The index of a value that an enum names; `None` when the enum keeps it although it does not name it.
///
/// # Errors
/// When the enum refuses the value.
pub fn enum_value(found: &Enum, value: &Value) -> Result<Option<usize>, Reason> {
    match found.values.iter().position(|known| is_constant(&known.wire, value)) {
        Some(index) => Ok(Some(index)),
        None => unnamed(found, value).map(|()| None),
    }
}

/// Whether an enum keeps a value that it does not name, which is not asked here.
///
/// # Errors
/// When the enum refuses the value.
pub fn unnamed(found: &Enum, value: &Value) -> Result<(), Reason> {
    let (fits, what) = match found.kind {
        EnumKind::String => (value.is_string() && number::wide(value).is_none(), "a string"),
        EnumKind::Integer => {
            let integers = found.integers();
            (integer_of(value).is_some_and(|value| integers.holds(value)), "an integer")
        }
        EnumKind::Mixed if found.is_boolean() => (value.is_boolean(), "a boolean"),
        EnumKind::Mixed => (true, "one of the values that the schema names"),
    };
    match (fits, found.open) {
        (true, true) => Ok(()),
        (true, false) => Err(Reason::UnknownValue),
        (false, _) => Err(expected(what, value)),
    }
}

impl<'g> Interpreter<'g> {
    /// The same as [`enum_value`], with an index of the strings of large enums.
    pub(super) fn enumerated(
        &mut self,
        id: TypeId,
        found: &'g Enum,
        value: &Value,
    ) -> Result<Option<usize>, Reason> {
        let text = match value {
            Value::String(text) if found.values.len() >= INDEXED_FROM => text,
            _ => return enum_value(found, value),
        };
        let strings = self.strings.entry(id).or_insert_with(|| {
            let mut strings = HashMap::with_capacity(found.values.len());
            for (index, known) in found.values.iter().enumerate() {
                if let Literal::String(known) = &known.wire {
                    strings.entry(known.as_str()).or_insert(index);
                }
            }
            strings
        });
        match strings.get(text.as_str()) {
            Some(index) => Ok(Some(*index)),
            None => unnamed(found, value).map(|()| None),
        }
    }
}
