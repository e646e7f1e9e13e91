//! What is wrong with a text of a recording, in words of JSON. `serde_json` says it in those of Rust, and shows what is there,
//! which may be a secret.

use serde_json::error::Category;

/// What is wrong with a text, and where in it if it has more than one line.
pub(in crate::verify) fn wrong(error: &serde_json::Error) -> String {
    let message = error.to_string();
    // The place is that in the value.
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

/// What is JSON, but not what it should be.
fn of_data(message: &str) -> String {
    let name = |start: &str| message.strip_prefix(start)?.split_once('`').map(|(name, _)| name);
    if let Some(name) = name("missing field `") {
        return format!("`{name}` is missing");
    }
    if let Some(name) = name("duplicate field `") {
        return format!("`{name}` is there twice");
    }
    let found = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    // A text that is there may have anything in it.
    match found.and_then(|found| found.rsplit_once(", expected ")) {
        Some((found, expected)) => format!("expected {}, found {}", in_json(expected), kind(found)),
        // Headers are the only thing that may be written in several ways.
        None => "the headers are neither an object nor an array of names and values".to_owned(),
    }
}

/// What is expected, from the name of a type in Rust.
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

/// What is there.
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

/// What is not JSON.
fn of_syntax(message: &str) -> String {
    if message.starts_with("recursion limit exceeded") {
        return "the value nests too deeply".to_owned();
    }
    let why = match message {
        "expected value" => "a value is missing",
        "expected ident" => "a word is neither `true` nor `false` nor `null`",
        "expected `:`" => "`:` is missing",
        "expected `,` or `}`" => "`,` or `}` is missing",
        "expected `,` or `]`" => "`,` or `]` is missing",
        "key must be a string" => "the name of a member is not a string",
        "trailing comma" => "`,` stands before the end of an array or an object",
        "trailing characters" => "more stands after it",
        "invalid number" | "number out of range" => "a number is not one of JSON",
        "invalid escape" => "a string has `\\` before what does not follow it",
        _ if message.starts_with("control character") => "a string has a control character in it",
        // Surrogates: halves of characters.
        _ => "a string has a character that is not one",
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
            (
                "[nul]",
                "the value is not JSON: a word is neither `true` nor `false` nor `null` (byte 5 of the value)",
            ),
            ("[hunter2]", "the value is not JSON: a value is missing (byte 2 of the value)"),
            ("1\n2", "the value is not JSON: more stands after it (line 2 of the value, column 1)"),
            ("01", "the value is not JSON: a number is not one of JSON (byte 2 of the value)"),
            (r#""\x""#, "the value is not JSON: a string has `\\` before what does not follow it"),
            ("\"\u{1}\"", "the value is not JSON: a string has a control character in it"),
            (r#""\ud800""#, "the value is not JSON: a string has a character that is not one"),
        ] {
            let found = match serde_json::from_str::<IgnoredAny>(text) {
                // Some of it is looked at only where the string is read.
                Ok(IgnoredAny) => serde_json::from_str::<String>(text).map(|_| ()),
                Err(error) => Err(error),
            };
            let message = found.map_err(|error| wrong(&error)).expect_err("it is not JSON");
            assert!(message.starts_with(expected), "{text}: {message}");
        }
        let error = serde_json::from_str::<serde_json::Value>("[1,]").map_err(|error| wrong(&error));
        let expected = "`,` stands before the end of an array or an object (byte 4 of the value)";
        assert_eq!(error, Err(format!("the value is not JSON: {expected}")));
        let error = serde_json::from_str::<serde_json::Value>(&nested).map_err(|error| wrong(&error));
        assert_eq!(error, Err("the value nests too deeply (byte 128 of the value)".to_owned()));
    }
}
