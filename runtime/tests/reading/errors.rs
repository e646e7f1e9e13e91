//! `runtime::from_str`, `from_slice` and `from_value`: errors say where.

use modelsmith_runtime as runtime;
use serde_json::json;
use std::collections::BTreeMap;

struct Page {
    items: Vec<Event>,
    by_name: BTreeMap<String, i64>,
}

runtime::object!(Page {
    required items;
    default by_name: "by name" = BTreeMap::new();
});

enum Event {
    Action(Action),
}

runtime::tagged_union!(Event, tag = "kind", { "Action" => Action });

struct Action {
    count: u8,
}

runtime::object!(Action {
    "kind" = "Action";
    required count;
});

#[track_caller]
fn refuses(text: &str, path: &str, message: &str, position: (usize, usize)) {
    for error in [
        runtime::from_str::<Page>(text).unwrap_err(),
        runtime::from_slice::<Page>(text.as_bytes()).unwrap_err(),
    ] {
        assert_eq!(
            (error.path().as_str(), error.message(), error.position()),
            (path, message, Some(position))
        );
        let (line, column) = position;
        let path = if path.is_empty() { String::new() } else { format!("{path}: ") };
        assert_eq!(error.to_string(), format!("{path}{message} at line {line} column {column}"));
        assert_eq!(format!("{error:?}"), format!("Error({:?})", error.to_string()));
        // What follows the value `serde_json` sees last, and the runtime first.
        if message != "trailing characters" {
            for through in [
                serde_json::from_str::<Page>(text).unwrap_err(),
                serde_json::from_slice::<Page>(text.as_bytes()).unwrap_err(),
                serde_json::from_reader::<_, Page>(text.as_bytes()).unwrap_err(),
            ] {
                assert_eq!(through.to_string(), error.to_string());
                assert_eq!((through.line(), through.column()), (line, column));
            }
        }
    }
}

#[test]
fn wrong_values_are_found() {
    refuses(
        "{\"items\": [\n  {\"count\": 1, \"kind\": \"Action\"},\n  {\"count\": true, \"kind\": \"Action\"}]}",
        "items[1].count",
        "invalid type: boolean `true`, expected u8",
        (3, 13),
    );
    refuses(
        "{\"items\": [\n  {\"count\": 300, \"kind\": \"Action\"}]}",
        "items[0].count",
        "invalid value: integer `300`, expected u8",
        (2, 13),
    );
    refuses(
        "{\"by name\": {\n  \"a b\": 1,\n  \"x\": null}}",
        "[\"by name\"].x",
        "invalid type: null, expected i64",
        (3, 8),
    );
    refuses(
        "{\"items\": [\n 1]}",
        "items[0]",
        "invalid type: integer `1`, expected an object (Event)",
        (2, 2),
    );
    refuses("[]", "", "invalid type: sequence, expected an object (Page)", (1, 1));
}

#[test]
fn what_is_missing_is_found() {
    refuses("{}", "", "missing field `items`", (1, 1));
    refuses("{\"items\": [\n\n  {\"kind\": \"Action\"}]}", "items[0]", "missing field `count`", (3, 3));
    refuses(
        "{\"items\": [{\"kind\": \"X\"}]}",
        "items[0]",
        "unknown `kind` \"X\", expected one of \"Action\" (Event)",
        (1, 12),
    );
}

#[test]
fn what_is_not_json_is_found() {
    refuses("{\"items\": [\n}", "", "expected value", (2, 1));
    refuses("{\"items\": []", "", "EOF while parsing an object", (1, 12));
    refuses("{\"items\": []} x", "", "trailing characters", (1, 15));
    // The first fault is of the model, the second of the text.
    refuses("{\"items\": 1} x", "", "trailing characters", (1, 14));
}

#[test]
fn values_have_no_lines() {
    let error =
        runtime::from_value::<Page>(&json!({"items": [{"kind": "Action", "count": -1}]})).unwrap_err();
    assert_eq!(error.to_string(), "items[0].count: invalid value: integer `-1`, expected u8");
    assert_eq!(error.position(), None);
    let page = runtime::from_value::<Page>(&json!({"items": [], "by name": {"a": 1}})).unwrap();
    assert_eq!(page.by_name["a"], 1);
}
