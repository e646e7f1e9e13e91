//! Describes errors in a text of a recording in terms of JSON. The messages of `serde_json` use the terms of Rust, and
//! quote values, which can be secrets.

use serde_json::error::Category;

/// What is wrong with a text, and at which byte or line.
pub(in crate::verify) fn wrong(error: &serde_json::Error) -> String {
    let message = error.to_string();
    // The place in the message counts from the start of the value.
    let end = message.rfind(" at line ").unwrap_or(message.len());
    let said = message.get(..end).unwrap_or_default();
    let message = match error.classify() {
        Category::Data => of_data(said),
        Category::Eof => "the value ends too early".to_owned(),
        Category::Syntax | Category::Io => of_syntax(said),
    };
    match (error.line(), error.column()) {
        (0 | 1, column) => format!("{message} (byte {column} of the value)"),
        (line, column) => format!("{message} (line {line} of the value, column {column})"),
    }
}

/// Describes JSON of another shape than expected.
fn of_data(message: &str) -> String {
    let name = |start: &str| message.strip_prefix(start)?.split_once('`').map(|(name, _)| name);
    if let Some(name) = name("missing field `") {
        return format!("`{name}` is missing");
    }
    if let Some(name) = name("duplicate field `") {
        return format!("`{name}` is there twice");
    }
    let found = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    // A quoted string can contain anything, even the separator: it is split at the last one.
    match found.and_then(|found| found.rsplit_once(", expected ")) {
        Some((found, expected)) => format!("expected {}, found {}", in_json(expected), kind(found)),
        // Only headers have several notations.
        None => "the headers are neither an object nor an array of names and values".to_owned(),
    }
}

/// The expected JSON type, from `serde_json`'s description.
fn in_json(expected: &str) -> &'static str {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "i128" | "u8" | "u16" | "u32" | "u64" | "u128" => "an integer",
        "f32" | "f64" => "a number",
        "a boolean" => "a boolean",
        "a sequence" => "an array",
        "a map" => "an object",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.contains("string") => "a string",
        _ => "another value",
    }
}

/// The JSON type of the value, from `serde_json`'s description.
fn kind(found: &str) -> &'static str {
    match found.split([' ', '`']).next().unwrap_or_default() {
        "string" | "character" => "a string",
        "integer" => "an integer",
        "floating" => "a number",
        "boolean" => "a boolean",
        "null" => "`null`",
        "sequence" => "an array",
        "map" => "an object",
        _ => "another value",
    }
}

/// Describes a syntax error.
fn of_syntax(message: &str) -> String {
    if message.starts_with("recursion limit exceeded") {
        return "the value nests too deeply".to_owned();
    }
    let why = match message {
        "expected value" => "a value is missing",
        "expected ident" => "a word is not `true`, `false` or `null`",
        "expected `:`" => "`:` is missing",
        "expected `,` or `}`" => "`,` or `}` is missing",
        "expected `,` or `]`" => "`,` or `]` is missing",
        "key must be a string" => "the name of a member is not a string",
        "trailing comma" => "`,` is the last character in an array or an object",
        "trailing characters" => "more text follows it",
        "invalid number" | "number out of range" => "a number is not valid in JSON",
        "invalid escape" => "a string has an invalid escape after `\\`",
        _ if message.starts_with("control character") => "a string contains a control character",
        // Lone surrogates.
        _ => "a string contains an invalid character",
    };
    format!("the value is not JSON: {why}")
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::super::exchange;
    use super::wrong;

    #[test]
    fn what_is_not_an_exchange_is_said_in_words_of_json() {
        for (text, expected) in [
            (
                r#"{"method":"GET","url":"/","status":"hunter2, expected i64"}"#,
                "expected an integer, found a string (byte 58 of the value)",
            ),
            (r#"{"method":["GET"]}"#, "expected a string, found an array (byte 10 of the value)"),
            (r#"{"method":"GET","url":1.5}"#, "expected a string, found a number (byte 25 of the value)"),
            (
                r#"{"method":"GET","url":"/","request_headers":"hunter2"}"#,
                "the headers are neither an object nor an array of names and values (byte 54 of the value)",
            ),
            (r#"{"method":"GET","method":"GET"}"#, "`method` is there twice (byte 24 of the value)"),
            (
                r#"{"request":{"method":"GET","url":"/","text":true}}"#,
                "`request`: expected a string, found a boolean (byte 37 of the value)",
            ),
        ] {
            assert_eq!(exchange(text, false).map(|_| ()), Err(expected.to_owned()), "{text}");
        }
        for (text, expected) in [
            (r#"{"request":1}"#, "expected an object, found an integer (byte 12 of the value)"),
            (r#"{"request":{"url":"/"}}"#, "`method` is missing (byte 22 of the value)"),
            (
                r#"{"request":{"method":"GET","url":"/","headers":{"a":"b"}}}"#,
                "expected an array, found an object (byte 47 of the value)",
            ),
        ] {
            assert_eq!(exchange(text, true).map(|_| ()), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_said_in_words() {
        let nested = "[".repeat(200);
        for (text, expected) in [
            ("{\"a\":", "the value ends too early (byte 5 of the value)"),
            ("[1 2]", "the value is not JSON: `,` or `]` is missing (byte 4 of the value)"),
            ("{\"a\" 2}", "the value is not JSON: `:` is missing (byte 6 of the value)"),
            ("{\"a\":1 2}", "the value is not JSON: `,` or `}` is missing"),
            ("{a:1}", "the value is not JSON: the name of a member is not a string (byte 2 of the value)"),
            ("[nul]", "the value is not JSON: a word is not `true`, `false` or `null` (byte 5 of the value)"),
            ("[hunter2]", "the value is not JSON: a value is missing (byte 2 of the value)"),
            ("1\n2", "the value is not JSON: more text follows it (line 2 of the value, column 1)"),
            ("01", "the value is not JSON: a number is not valid in JSON (byte 2 of the value)"),
            (r#""\x""#, "the value is not JSON: a string has an invalid escape after `\\`"),
            ("\"\u{1}\"", "the value is not JSON: a string contains a control character"),
            (r#""\ud800""#, "the value is not JSON: a string contains an invalid character"),
        ] {
            let found = match serde_json::from_str::<IgnoredAny>(text) {
                // `serde_json` checks some of it only if the string is read.
                Ok(IgnoredAny) => serde_json::from_str::<String>(text).map(|_| ()),
                Err(error) => Err(error),
            };
            let message = found.map_err(|error| wrong(&error)).expect_err("it is not JSON");
            assert!(message.starts_with(expected), "{text}: {message}");
        }
        let error = serde_json::from_str::<serde_json::Value>("[1,]").map_err(|error| wrong(&error));
        let expected = "`,` is the last character in an array or an object (byte 4 of the value)";
        assert_eq!(error, Err(format!("the value is not JSON: {expected}")));
        let error = serde_json::from_str::<serde_json::Value>(&nested).map_err(|error| wrong(&error));
        assert_eq!(error, Err("the value nests too deeply (byte 128 of the value)".to_owned()));
    }
}
