//! Values of parameters and forms: texts, lists and objects of texts.

use super::super::{Entries, Error, Fields, Parts, Scalar, View, Viewed};
use serde::ser::Error as _;
use serde_json::Value;

/// A value on its way into a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Wire {
    /// `null`, which styles and forms cannot express: nothing is written.
    Absent,
    /// A string.
    Text(String),
    /// A number or a boolean.
    Plain(String),
    /// A list.
    Many(Vec<Wire>),
    /// An object.
    Fields(Vec<(String, Wire)>),
}

impl Wire {
    /// Converts the view of a model.
    pub fn of(value: &dyn View) -> Result<Self, Error> {
        Ok(match value.view() {
            Viewed::Scalar(scalar) => Wire::of_scalar(scalar)?,
            Viewed::Single(float) => {
                check_finite(float.into())?;
                // As in JSON: `0.1`, and not its value as an `f64`.
                Wire::Plain(serde_json::to_string(&float).map_err(Error::custom)?)
            }
            Viewed::Unsigned(int) => Wire::Plain(int.to_string()),
            Viewed::Text(text) => {
                let mut out = String::new();
                text.write(&mut out).map_err(Error::custom)?;
                Wire::Text(out)
            }
            Viewed::Bytes(bytes) => Wire::Text(String::from_utf8(bytes.to_vec()).map_err(Error::custom)?),
            Viewed::Value(value) => Wire::of_json(value),
            Viewed::Map(map) => Wire::Fields(of_map(map)),
            Viewed::Items(items) => {
                let items = (0..items.len()).filter_map(|index| items.at(index)).map(Wire::of);
                Wire::Many(items.collect::<Result<_, _>>()?)
            }
            Viewed::Entries(entries) => {
                let mut fields = Vec::with_capacity(entries.len());
                add_entries(entries, &mut fields)?;
                Wire::Fields(fields)
            }
            Viewed::Object(object) => Wire::Fields(of_object(object)?),
            Viewed::Ruled(_, value) => Wire::of(value)?,
            Viewed::Foreign(foreign) => {
                let mut found = Ok(Wire::Absent);
                foreign.content(true, &mut |content| found = Wire::of(content))?;
                found?
            }
        })
    }

    fn of_scalar(scalar: Scalar<'_>) -> Result<Self, Error> {
        if let Scalar::Float(float) = scalar {
            check_finite(float)?;
        }
        Ok(match scalar {
            Scalar::Null => Wire::Absent,
            Scalar::Str(text) => Wire::Text(text.to_owned()),
            Scalar::Bool(_) | Scalar::Int(_) | Scalar::Float(_) => Wire::Plain(scalar.to_string()),
        })
    }

    fn of_json(value: &Value) -> Self {
        match value {
            Value::Null => Wire::Absent,
            Value::String(text) => Wire::Text(text.clone()),
            Value::Bool(_) | Value::Number(_) => Wire::Plain(value.to_string()),
            Value::Array(items) => Wire::Many(items.iter().map(Wire::of_json).collect()),
            Value::Object(map) => Wire::Fields(of_map(map)),
        }
    }

    /// The value as one text. Lists and objects are JSON.
    pub fn to_text(&self) -> String {
        match self {
            Wire::Absent => String::new(),
            Wire::Text(text) | Wire::Plain(text) => text.clone(),
            Wire::Many(_) | Wire::Fields(_) => {
                let mut out = String::new();
                self.write_json(&mut out);
                out
            }
        }
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Wire::Absent => out.push_str("null"),
            Wire::Text(text) => quote(text, out),
            // It was written as JSON.
            Wire::Plain(text) => out.push_str(text),
            Wire::Many(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    item.write_json(out);
                }
                out.push(']');
            }
            Wire::Fields(fields) => {
                out.push('{');
                let fields = fields.iter().filter(|(_, value)| *value != Wire::Absent);
                for (index, (name, value)) in fields.enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    quote(name, out);
                    out.push(':');
                    value.write_json(out);
                }
                out.push('}');
            }
        }
    }

    /// Whether nothing is written for the value. RFC 6570 §2.3 treats an empty list as undefined, too.
    pub fn is_undefined(&self) -> bool {
        match self {
            Wire::Absent => true,
            Wire::Many(items) => items.iter().all(|item| *item == Wire::Absent),
            Wire::Fields(fields) => fields.iter().all(|(_, value)| *value == Wire::Absent),
            Wire::Text(_) | Wire::Plain(_) => false,
        }
    }
}

/// Refuses numbers that JSON does not have: styles and forms have no text for them.
fn check_finite(float: f64) -> Result<(), Error> {
    if float.is_finite() {
        return Ok(());
    }
    Err(Error::new(format_args!("the number {float} cannot be sent: it is not finite")))
}

/// Writes a text as a JSON string.
fn quote(text: &str, out: &mut String) {
    out.push_str(&Value::from(text).to_string());
}

fn of_map(map: &serde_json::Map<String, Value>) -> Vec<(String, Wire)> {
    map.iter().map(|(name, value)| (name.clone(), Wire::of_json(value))).collect()
}

fn of_object(object: &dyn Fields) -> Result<Vec<(String, Wire)>, Error> {
    let mut found = Vec::new();
    let mut result = Ok(());
    object.fields(&mut |parts, fields, others| result = add_object(parts, fields, others, &mut found));
    result.map(|()| found)
}

fn add_object(
    parts: &Parts,
    fields: &[Option<&dyn View>],
    others: Option<&dyn Entries>,
    found: &mut Vec<(String, Wire)>,
) -> Result<(), Error> {
    for constant in parts.constants {
        found.push((constant.name.to_owned(), Wire::of_scalar(constant.value)?));
    }
    for (name, field) in parts.written(fields) {
        found.push((name.to_owned(), Wire::of(field)?));
    }
    others.map_or(Ok(()), |others| add_entries(others, found))
}

fn add_entries(entries: &dyn Entries, found: &mut Vec<(String, Wire)>) -> Result<(), Error> {
    let mut result = Ok(());
    entries.each(&mut |name, value| match Wire::of(value) {
        Ok(value) => {
            found.push((name.to_owned(), value));
            true
        }
        Err(error) => {
            result = Err(error);
            false
        }
    });
    result
}
