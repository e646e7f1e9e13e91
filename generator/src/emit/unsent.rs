//! Writes the defaults that are not sent, as JSON with which values are compared.

use serde_json::Value;

use super::file::File;
use super::text::{is_harmless, quoted};
use crate::ir::Literal;
use crate::number;

/// ` => …` for the macro call: the default as JSON.
pub(super) fn omitted(file: &File<'_>, default: &Literal) -> String {
    let value = default.whole_json(file.cx.graph);
    match &value {
        Value::Bool(value) => format!(" => {value}"),
        Value::String(text) if number::of_text(text).is_none() => format!(" => {}", quoted(text)),
        Value::Number(_) | Value::String(_) => match default_float(&value) {
            Some(float) => format!(" => {}", super::literal::float_text(float)),
            None => format!(" => {}", number::text(&value)),
        },
        // A default is never `null`: such a property is optional.
        Value::Null | Value::Array(_) | Value::Object(_) => {
            format!(" => {} as json", json_literal(&number::text(&value)))
        }
    }
}

/// The number, if it is written with a fraction or an exponent.
fn default_float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) if number.is_f64() => number.as_f64(),
        Value::Number(_)
        | Value::Null
        | Value::Bool(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => None,
    }
}

/// JSON as a string literal, raw if that is easier to read.
fn json_literal(text: &str) -> String {
    if !text.contains('"') || !text.chars().all(is_harmless) {
        return quoted(text);
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

#[cfg(test)]
mod tests {
    use super::json_literal;

    #[test]
    fn quotes_stand_as_they_are() {
        assert_eq!(json_literal("[1,2]"), r#""[1,2]""#);
        assert_eq!(json_literal(r#"{"a":1}"#), r##"r#"{"a":1}"#"##);
        assert_eq!(json_literal(r##"{"#":1}"##), r###"r##"{"#":1}"##"###);
        assert_eq!(json_literal("{\"\u{202e}\":1}"), r#""{\"\u{202e}\":1}""#);
    }
}
