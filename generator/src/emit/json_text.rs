//! Writes schemas as JSON text.

use super::text::{WIDTH, is_harmless};
use crate::ir::{Keyword, SchemaNode, TypeId};
use crate::number;

/// JSON before it is laid out.
enum Json {
    /// A scalar, or a value that is not broken into lines.
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// A schema as a raw string. `word` returns the word for a reference.
pub(super) fn raw_string(schema: &SchemaNode, word: &dyn Fn(TypeId) -> String) -> String {
    let mut text = String::new();
    lay_out(&json(schema, word), 0, &mut text);
    raw(&text)
}

/// A text as a raw string.
pub(super) fn raw(text: &str) -> String {
    let runs = text.split('"').skip(1).map(|after| after.len() - after.trim_start_matches('#').len());
    let hashes = "#".repeat(runs.max().unwrap_or_default() + 1);
    format!("r{hashes}\"{text}\"{hashes}")
}

fn json(schema: &SchemaNode, word: &dyn Fn(TypeId) -> String) -> Json {
    let keywords = match schema {
        SchemaNode::Boolean(allowed) => return Json::Text(allowed.to_string()),
        SchemaNode::Reference(id) => {
            return Json::Object(vec![("$ref".to_owned(), Json::Text(quoted(&word(*id))))]);
        }
        SchemaNode::Keywords(keywords) => keywords,
    };
    let members = keywords.iter().filter_map(|(key, keyword)| {
        let value = match keyword {
            Keyword::Value(value) => Json::Text(escaped(&number::text(value))),
            Keyword::Schema(schema) => json(schema, word),
            Keyword::List(schemas) => Json::List(schemas.iter().map(|schema| json(schema, word)).collect()),
            Keyword::Named(schemas) => {
                let named = schemas.iter().map(|(name, schema)| (name.clone(), json(schema, word)));
                Json::Object(named.collect())
            }
            // JSON Schema has none.
            Keyword::Discriminator(..) => return None,
        };
        Some(((*key).to_owned(), value))
    });
    Json::Object(members.collect())
}

/// A string in JSON.
fn quoted(text: &str) -> String {
    escaped(&serde_json::Value::from(text).to_string())
}

/// The same JSON, with characters escaped that rustc refuses in literals, or that end a line.
fn escaped(json: &str) -> String {
    if json.chars().all(is_harmless) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for char in json.chars() {
        match is_harmless(char) {
            true => out.push(char),
            false => {
                char.encode_utf16(&mut units).iter().for_each(|unit| out += &format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

/// Writes a value: on one line if it fits, otherwise with one line per part.
fn lay_out(value: &Json, depth: usize, out: &mut String) {
    let line = one_line(value);
    let column = out.chars().rev().take_while(|char| *char != '\n').count();
    let (open, close, parts): (char, char, Vec<(Option<&String>, &Json)>) = match value {
        Json::List(items) => ('[', ']', items.iter().map(|item| (None, item)).collect()),
        Json::Object(members) => ('{', '}', members.iter().map(|(key, part)| (Some(key), part)).collect()),
        Json::Text(_) => (' ', ' ', Vec::new()),
    };
    if parts.is_empty() || depth > 0 && column + line.chars().count() < WIDTH {
        out.push_str(&line);
        return;
    }
    out.push(open);
    for (index, (key, part)) in parts.into_iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        if let Some(key) = key {
            out.push_str(&format!("{}: ", quoted(key)));
        }
        lay_out(part, depth + 1, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn one_line(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        Json::List(items) => {
            let items: Vec<String> = items.iter().map(one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) if members.is_empty() => "{}".to_owned(),
        Json::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(key, part)| format!("{}: {}", quoted(key), one_line(part))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}
