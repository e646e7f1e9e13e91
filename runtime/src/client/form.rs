//! `application/x-www-form-urlencoded` bodies.

use super::super::{Error, View};
use super::style::render;
use super::table::{Place, Style};
use super::wire::Wire;

/// Writes a form. By default strings are written unchanged, lists value by value, and objects as JSON
/// (OpenAPI 3.1.1 §4.8.15.1.1); `fields` has the fields that are written otherwise.
pub fn write(value: &dyn View, fields: &[Place]) -> Result<String, Error> {
    let mut out = String::new();
    for (name, value) in members(value)? {
        let place = fields.iter().find(|place| place.name == name);
        let text = match place {
            Some(place) if place.style != Style::Json => rendered(place, &value),
            Some(_) | None => by_default(&name, &value),
        };
        if !text.is_empty() {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(&text);
        }
    }
    Ok(out)
}

/// The fields of a form.
pub fn members(value: &dyn View) -> Result<Vec<(String, Wire)>, Error> {
    match Wire::of(value)? {
        Wire::Fields(fields) => Ok(fields),
        Wire::Absent => Ok(Vec::new()),
        Wire::Text(_) | Wire::Plain(_) | Wire::Many(_) => Err(Error::new("a form must be an object")),
    }
}

fn rendered(place: &Place, value: &Wire) -> String {
    let mut text = String::new();
    render(place, value, &mut text);
    text
}

fn by_default(name: &str, value: &Wire) -> String {
    let texts = match value {
        Wire::Absent => return String::new(),
        Wire::Text(_) | Wire::Plain(_) | Wire::Fields(_) => vec![value.to_text()],
        Wire::Many(items) => items.iter().filter(|item| **item != Wire::Absent).map(Wire::to_text).collect(),
    };
    let mut out = String::new();
    for text in texts {
        if !out.is_empty() {
            out.push('&');
        }
        super::encode::encode(name, &mut out);
        out.push('=');
        super::encode::encode(&text, &mut out);
    }
    out
}
