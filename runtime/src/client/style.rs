//! OpenAPI's styles: how a list or an object becomes a part of a path, a query or a header.

use super::encode::{Part, encode, encode_reserved};
use super::table::{Place, Style, Target};
use super::wire::Wire;

/// Writes a value in the style of its place (OpenAPI 3.1.1 §4.8.12.4). Nothing is written for an undefined value.
pub fn render(place: &Place, value: &Wire, out: &mut String) {
    if value.is_undefined() {
        return;
    }
    match (place.style, value) {
        (Style::Json, value) => named(place, &value.to_text(), out),
        (_, Wire::Absent) => {}
        (Style::Deep | Style::Brackets, Wire::Fields(fields)) => deep_fields(place, place.name, fields, out),
        (Style::Deep | Style::Brackets, Wire::Many(items)) => deep_items(place, place.name, items, out),
        (_, Wire::Text(text) | Wire::Plain(text)) => single(place, text, out),
        (_, Wire::Many(items)) => list(place, items, out),
        (_, Wire::Fields(fields)) => object(place, fields, out),
    }
}

/// The prefix of a value, the separator between two values, and whether values are named.
struct Form {
    first: &'static str,
    between: &'static str,
    is_named: bool,
}

fn form(place: &Place) -> Form {
    let form = |first, between, is_named| Form { first, between, is_named };
    match (place.style, place.explode) {
        (Style::Simple, _) => form("", ",", false),
        (Style::Label, true) => form(".", ".", false),
        (Style::Label, false) => form(".", ",", false),
        (Style::Matrix, true) => form(";", ";", true),
        (Style::Matrix, false) => form(";", ",", true),
        (Style::Form, false) => form("", ",", true),
        (Style::Space, false) => form("", "%20", true),
        (Style::Pipe, false) => form("", "%7C", true),
        (Style::Form | Style::Space | Style::Pipe | Style::Deep | Style::Brackets | Style::Json, _) => {
            form("", "&", true)
        }
    }
}

fn single(place: &Place, text: &str, out: &mut String) {
    let form = form(place);
    out.push_str(form.first);
    if !form.is_named {
        return value(place, text, out);
    }
    // A path-style parameter with an empty value is written as its name alone (RFC 6570 §3.2.7).
    if place.style == Style::Matrix && text.is_empty() {
        return encode(place.name, out);
    }
    named(place, text, out);
}

fn list(place: &Place, items: &[Wire], out: &mut String) {
    let form = form(place);
    out.push_str(form.first);
    if form.is_named && !place.explode {
        encode(place.name, out);
        out.push('=');
    }
    let texts = items.iter().filter(|item| **item != Wire::Absent).map(Wire::to_text);
    for (index, text) in texts.enumerate() {
        if index > 0 {
            out.push_str(form.between);
        }
        if form.is_named && place.explode { named(place, &text, out) } else { value(place, &text, out) }
    }
}

fn object(place: &Place, fields: &[(String, Wire)], out: &mut String) {
    let form = form(place);
    out.push_str(form.first);
    if form.is_named && !place.explode {
        encode(place.name, out);
        out.push('=');
    }
    let fields = fields.iter().filter(|(_, value)| *value != Wire::Absent);
    let texts =
        fields.flat_map(|(key, field)| texts_of(place, field).into_iter().map(move |text| (key, text)));
    for (index, (key, text)) in texts.enumerate() {
        if index > 0 {
            out.push_str(form.between);
        }
        value(place, key, out);
        out.push_str(if place.explode { "=" } else { form.between });
        value(place, &text, out);
    }
}

/// What a field of an object is written as. The specification says nothing of a list in an object; where each field
/// has its own name, each item has it, as if the list were a parameter.
fn texts_of(place: &Place, field: &Wire) -> Vec<String> {
    match (place.style, field) {
        (Style::Form, Wire::Many(items)) if place.explode => {
            items.iter().filter(|item| **item != Wire::Absent).map(Wire::to_text).collect()
        }
        (_, field) => vec![field.to_text()],
    }
}

/// `name[key]=value`, and `name[key][inner]=value` for deeper values, which the specification does not define.
fn deep_fields(place: &Place, path: &str, fields: &[(String, Wire)], out: &mut String) {
    for (key, field) in fields {
        deep(place, &format!("{path}[{key}]"), field, out);
    }
}

fn deep_items(place: &Place, path: &str, items: &[Wire], out: &mut String) {
    for (index, item) in items.iter().filter(|item| **item != Wire::Absent).enumerate() {
        let path = match place.style {
            Style::Brackets => format!("{path}[]"),
            Style::Simple
            | Style::Label
            | Style::Matrix
            | Style::Form
            | Style::Space
            | Style::Pipe
            | Style::Deep
            | Style::Json => format!("{path}[{index}]"),
        };
        deep(place, &path, item, out);
    }
}

fn deep(place: &Place, path: &str, field: &Wire, out: &mut String) {
    match field {
        Wire::Absent => {}
        Wire::Fields(fields) => deep_fields(place, path, fields, out),
        Wire::Many(items) => deep_items(place, path, items, out),
        Wire::Text(text) | Wire::Plain(text) => {
            if !out.is_empty() {
                out.push('&');
            }
            encode(path, out);
            out.push('=');
            value(place, text, out);
        }
    }
}

fn named(place: &Place, text: &str, out: &mut String) {
    if matches!(place.to, Target::Query | Target::Cookie | Target::Field) || place.style == Style::Matrix {
        encode(place.name, out);
        out.push('=');
    }
    value(place, text, out);
}

/// Headers have no percent-encoding.
fn value(place: &Place, text: &str, out: &mut String) {
    match (place.to, place.reserved) {
        (Target::Header, _) => out.push_str(text),
        (Target::Path, true) => encode_reserved(text, Part::Path, out),
        (Target::Query | Target::Cookie | Target::Field, true) => encode_reserved(text, Part::Query, out),
        (Target::Path | Target::Query | Target::Cookie | Target::Field, false) => encode(text, out),
    }
}
