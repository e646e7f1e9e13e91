//! Properties that are not written if they are equal to their default.
//!
//! A struct has a table of such defaults. When an object is written, the views of its fields are compared with the
//! table. No type needs code for this, and reading is not affected.

use super::object::Parts;
use super::scalar::{Scalar, integral};
use super::view::{Entries, Fields, View, Viewed};
use serde_json::{Map, Value};

/// A default that is not written.
pub enum Unsent {
    /// A value without parts.
    Scalar(Scalar<'static>),
    /// A JSON text, with every property.
    Json(&'static str),
}

impl Unsent {
    /// Whether a value is this default.
    fn is(&self, value: &dyn View) -> bool {
        match (self, value.view()) {
            (Unsent::Scalar(default), Viewed::Scalar(scalar)) => scalar.same(*default),
            (Unsent::Scalar(default), _) => same(value, &default.to_value()),
            // A longer value need not be looked into.
            (Unsent::Json(text), Viewed::Items(items)) if (items.len() == 0) != (*text == "[]") => false,
            (Unsent::Json(text), Viewed::Entries(entries)) if (entries.len() == 0) != (*text == "{}") => {
                false
            }
            (Unsent::Json(text), _) => serde_json::from_str(text).is_ok_and(|default| same(value, &default)),
        }
    }
}

impl Parts {
    /// The fields that are written, with their names: those that are present and not equal to a default in the table.
    pub(super) fn written<'f, 'v>(
        &'f self,
        fields: &'f [Option<&'v dyn View>],
    ) -> impl Iterator<Item = (&'static str, &'v dyn View)> + 'f {
        let named = self.names.iter().zip(fields).enumerate();
        named.filter_map(|(index, (name, field))| {
            let field = (*field)?;
            let unsent = self.unsent.get(index).copied().flatten();
            (!unsent.is_some_and(|default| default.is(field))).then_some((*name, field))
        })
    }
}

/// Whether a view is equal to a JSON value.
fn same(value: &dyn View, expected: &Value) -> bool {
    match value.view() {
        Viewed::Scalar(scalar) => same_scalar(scalar, expected),
        Viewed::Single(float) => expected.as_f64() == Some(float.into()),
        Viewed::Unsigned(int) => expected.as_u64().map(u128::from) == Some(int),
        Viewed::Text(text) => {
            let mut shown = String::new();
            text.write(&mut shown).is_ok() && expected.as_str() == Some(&shown)
        }
        Viewed::Bytes(_) => false,
        Viewed::Value(value) => value == expected,
        Viewed::Map(map) => expected.as_object() == Some(map),
        Viewed::Items(items) => {
            let Value::Array(expected) = expected else { return false };
            let mut expected_items = expected.iter().enumerate();
            items.len() == expected.len()
                && expected_items
                    .all(|(index, expected)| items.at(index).is_some_and(|item| same(item, expected)))
        }
        Viewed::Entries(entries) => {
            expected.as_object().is_some_and(|it| entries.len() == it.len() && same_entries(entries, it))
        }
        Viewed::Object(object) => expected.as_object().is_some_and(|expected| same_object(object, expected)),
        Viewed::Ruled(_, value) => same(value, expected),
        Viewed::Foreign(foreign) => {
            let mut text = Vec::new();
            foreign.json(&mut text).is_ok()
                && serde_json::from_slice::<Value>(&text).is_ok_and(|value| value == *expected)
        }
    }
}

fn same_scalar(scalar: Scalar<'_>, expected: &Value) -> bool {
    match (scalar, expected) {
        (Scalar::Null, Value::Null) => true,
        (Scalar::Bool(bool), Value::Bool(expected)) => bool == *expected,
        (Scalar::Str(text), Value::String(expected)) => text == expected,
        (Scalar::Int(int), Value::Number(expected)) => {
            expected.as_i128() == Some(int) || expected.as_f64().and_then(integral) == Some(int)
        }
        (Scalar::Float(float), Value::Number(expected)) => expected.as_f64() == Some(float),
        (Scalar::Null | Scalar::Bool(_) | Scalar::Str(_) | Scalar::Int(_) | Scalar::Float(_), _) => false,
    }
}

fn same_entries(entries: &dyn Entries, expected: &Map<String, Value>) -> bool {
    let mut is_same = true;
    entries.each(&mut |name, value| {
        is_same = expected.get(name).is_some_and(|expected| same(value, expected));
        is_same
    });
    is_same
}

/// Absent fields are absent or `null` in the default. Constants are compared because they distinguish the variants of
/// a union.
fn same_object(object: &dyn Fields, expected: &Map<String, Value>) -> bool {
    let mut is_same = false;
    object.fields(&mut |parts, fields, others| {
        let mut found = 0;
        let mut named = parts.names.iter().zip(fields);
        let fields_are_same = named.all(|(name, field)| match (field, expected.get(*name)) {
            (Some(field), Some(expected)) => {
                found += 1;
                same(*field, expected)
            }
            (None, Some(expected)) => {
                found += 1;
                expected.is_null()
            }
            (None, None) => true,
            (Some(_), None) => false,
        });
        let constants =
            parts.constants.iter().filter(|constant| expected.contains_key(constant.name)).count();
        let constants_are_same = parts.constants.iter().all(|constant| {
            expected.get(constant.name).is_none_or(|expected| same_scalar(constant.value, expected))
        });
        let kept = others.map_or(0, Entries::len);
        is_same = fields_are_same
            && constants_are_same
            && found + constants + kept == expected.len()
            && others.is_none_or(|others| same_entries(others, expected));
    });
    is_same
}
