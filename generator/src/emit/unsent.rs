//! Defaults that are left out when they are written, as the JSON that values are compared with.

use serde_json::Value;

use super::file::File;
use super::text::quoted;
use crate::ir::Literal;
use crate::number;

impl File<'_> {
    /// ` => …` for the macro call: the default on the wire.
    pub(super) fn omitted(&self, default: &Literal) -> String {
        let value = default.whole_json(self.cx.graph);
        match &value {
            Value::Bool(value) => format!(" => {value}"),
            Value::String(text) if number::of_text(text).is_none() => format!(" => {}", quoted(text)),
            Value::Number(_) | Value::String(_) => match default_float(&value) {
                Some(float) => format!(" => {}", super::literal::float_text(float)),
                None => format!(" => {}", number::text(&value)),
            },
            // A default is never `null`: such a property is optional.
            Value::Null | Value::Array(_) | Value::Object(_) => {
                format!(" => {} as json", quoted(&number::text(&value)))
            }
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
