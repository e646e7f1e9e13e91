//! JSON values, numbers and bytes as expressions, whatever their types.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens;
use crate::ir::FloatKind;
use crate::number;

/// Any JSON value as an expression. Not `json!`, whose recursion a long array exhausts.
pub(in crate::emit) fn any(value: &serde_json::Value) -> TokenStream {
    match value {
        serde_json::Value::Null => quote!(serde_json::Value::Null),
        serde_json::Value::Bool(value) => quote!(serde_json::Value::Bool(#value)),
        serde_json::Value::Number(number) => {
            let number = tokens(&match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), _, _) => format!("{value}i64"),
                (None, Some(value), _) => format!("{value}u64"),
                (None, None, value) => float_text(value.unwrap_or_default()),
            });
            quote!(serde_json::Value::from(#number))
        }
        // As `serde_json` reads it.
        serde_json::Value::String(text) if number::of_text(text).is_some() => {
            let number = tokens(&float_text(number::of_text(text).unwrap_or_default() as f64));
            quote!(serde_json::Value::from(#number))
        }
        serde_json::Value::String(value) => quote!(serde_json::Value::from(#value)),
        serde_json::Value::Array(items) => {
            let items = items.iter().map(any);
            quote!(serde_json::Value::Array(Vec::from([#(#items),*])))
        }
        serde_json::Value::Object(entries) => {
            let members = members(entries);
            quote!(serde_json::Value::Object(#members))
        }
    }
}

/// The members of any JSON object as an expression.
pub(super) fn members<'v>(
    members: impl IntoIterator<Item = (&'v String, &'v serde_json::Value)>,
) -> TokenStream {
    let members = members.into_iter().map(|(key, value)| {
        let value = any(value);
        quote!((#key.to_owned(), #value))
    });
    quote!(serde_json::Map::from_iter([#(#members),*]))
}

pub(super) fn float(value: f64, kind: FloatKind) -> TokenStream {
    let text = match kind {
        FloatKind::F64 => float_text(value),
        FloatKind::F32 => format!("{:?}", value as f32),
    };
    tokens(&text)
}

/// A floating-point literal.
pub(in crate::emit) fn float_text(value: f64) -> String {
    format!("{value:?}")
}

/// Said where a number stands outside of the runtime's macros, which say it themselves: the document means 3.14, and
/// clippy would rather have π.
pub(in crate::emit) const NUMBERS: &str =
    "#[allow(clippy::approx_constant, reason = \"the number is the document's\")]";

/// Whether there may be a floating-point literal in a piece of code.
pub(in crate::emit) fn has_float(code: &str) -> bool {
    code.as_bytes().windows(3).any(|at| at[0].is_ascii_digit() && at[1] == b'.' && at[2].is_ascii_digit())
}

/// The bytes of a text in base64 (RFC 4648, both alphabets).
pub(super) fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for char in text.bytes() {
        let six = match char {
            b'A'..=b'Z' => char - b'A',
            b'a'..=b'z' => char - b'a' + 26,
            b'0'..=b'9' => char - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        buffer = (buffer << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_person_would() {
        let text = |value: f64, kind| float(value, kind).to_string();
        for (value, written) in [
            (314.0 / 100.0, "3.14"),
            (2718.0 / 1000.0, "2.718"),
            (0.05, "0.05"),
            (1e21, "1e21"),
            (3.0, "3.0"),
        ] {
            assert_eq!(text(value, FloatKind::F64), written);
            assert_eq!(text(value, FloatKind::F32), written);
        }
        assert_eq!(text(-314.0 / 100.0, FloatKind::F64), "- 3.14");
        assert!(has_float("Some(3.14)") && !has_float("value.0") && !has_float("314"));
    }

    #[test]
    fn base64_of_both_alphabets() {
        assert_eq!(base64("aGVsbG8="), b"hello");
        assert_eq!(base64("-_8"), [0xfb, 0xff]);
        assert_eq!(base64("+/8="), [0xfb, 0xff]);
        assert_eq!(base64(""), [0; 0]);
    }
}
