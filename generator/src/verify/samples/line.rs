//! Writes a tested exchange as one line of JSON.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Role, Taken};

/// A tested exchange or payload.
pub(super) struct Line<'t> {
    /// Where it was recorded.
    pub(super) place: &'t str,
    pub(super) taken: &'t [Taken],
}

impl Line<'_> {
    /// The line, without a line break.
    pub(super) fn text(&self) -> String {
        let mut out = format!("{{\"recorded\":{}", quoted(self.place));
        for one in self.taken {
            if let Role::Response(status) = one.role {
                let _ = write!(out, ",\"status\":{status}");
                if let Some(media_type) = &one.media_type {
                    let _ = write!(out, ",\"media_type\":{}", quoted(media_type));
                }
            }
            let _ = write!(out, ",\"{}\":{}", one.role.member(), one.json);
        }
        let except: Vec<String> = self
            .taken
            .iter()
            .flat_map(|one| one.except.iter().map(|at| quoted(&format!("/{}{at}", one.role.member()))))
            .collect();
        if !except.is_empty() {
            let _ = write!(out, ",\"except\":[{}]", except.join(","));
        }
        out + "}"
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A JSON text without white space between tokens. Characters that are invisible or break lines are escaped: they can
/// only be inside of strings.
pub(super) fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_string, mut is_escaped) = (false, false);
    for char in json.chars() {
        match char {
            ' ' | '\t' | '\n' | '\r' if !in_string => continue,
            '"' if !is_escaped => in_string = !in_string,
            _ => {}
        }
        is_escaped = char == '\\' && !is_escaped;
        if is_plain(char) {
            out.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// Whether a character is visible as itself everywhere: it neither breaks a line nor changes the direction of text.
fn is_plain(char: char) -> bool {
    let is_hidden = matches!(
        char,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    !char.is_control() && !is_hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_becomes_one_line() {
        for (json, expected) in [
            ("{\n  \"a b\" : [ 1.0 , 2 ]\r\n}", "{\"a b\":[1.0,2]}"),
            (r#""a\" b" "#, r#""a\" b""#),
            (r#"["\\", " "]"#, r#"["\\"," "]"#),
            ("\"a\u{2028}b\u{202e}\u{7f}\"", r#""a\u2028b\u202e\u007f""#),
            ("\"\u{1f600}ä\"", "\"\u{1f600}ä\""),
        ] {
            assert_eq!(compact(json), expected);
            let value = |text: &str| serde_json::from_str::<Value>(text).expect("it is JSON");
            assert_eq!(value(&compact(json)), value(json));
        }
    }
}
