//! How text becomes a tree.

use std::path::Path;

use modelsmith::config::InputOptions;
use modelsmith::diagnostics::{Sink, Sources, Style, render};
use modelsmith::load::{MemoryReader, Object, Tree, load};
use serde_json::{Value, json};

fn read_with(path: &str, text: &str, options: &InputOptions) -> Value {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let reader = MemoryReader::new().with(path, text);
    let documents = load(Path::new(path), &reader, options, &mut sources, &mut sink);
    assert_eq!(sink.into_vec(), []);
    documents.unwrap().iter().next().unwrap().tree.to_json()
}

fn read(path: &str, text: &str) -> Value {
    read_with(path, text, &InputOptions::default())
}

#[test]
fn yaml_scalars_follow_the_core_schema() {
    let text = "\
strings: [NO, on, yes, 2020-01-01, '12:30:45', 1_000, 1.2.3, 'true', \"7\", ~x]
booleans: [true, False, TRUE]
nulls: [~, null, Null, ]
integers: [0, -7, 0x1F, 0o17, 18446744073709551615, -9223372036854775808]
numbers: [1.10, 1e3, 18446744073709551616, -9223372036854775809]
empty:
tagged: [!!str 12, !thing {a: 1}]
";
    let expected = json!({
        "strings": ["NO", "on", "yes", "2020-01-01", "12:30:45", "1_000", "1.2.3", "true", "7", "~x"],
        "booleans": [true, false, true],
        "nulls": [null, null, null],
        "integers": [0, -7, 31, 15, 18446744073709551615u64, -9223372036854775808i64],
        "numbers": [1.1, 1000.0, wide("18446744073709551616"), wide("-9223372036854775809")],
        "empty": null,
        "tagged": ["12", {"a": 1}],
    });
    assert_eq!(read("a.yaml", text), expected);
}

#[test]
fn yaml_keys_are_text() {
    let text = "200: a\n1.10: b\ntrue: c\nnull: d\n0x10: e\n'404': f\non: g\n";
    let expected =
        json!({"200": "a", "1.10": "b", "true": "c", "null": "d", "0x10": "e", "404": "f", "on": "g"});
    assert_eq!(read("a.yaml", text), expected);
}

#[test]
fn yaml_aliases_and_merge_keys_are_expanded() {
    let text = "\
base: &base {a: 1, b: 2}
more: &more {b: 3, c: 4}
alias: *base
one: {<<: *base, a: own}
several: {x: 0, <<: [*more, *base]}
plain: {<<: text}
";
    let expected = json!({
        "base": {"a": 1, "b": 2},
        "more": {"b": 3, "c": 4},
        "alias": {"a": 1, "b": 2},
        "one": {"a": "own", "b": 2},
        "several": {"x": 0, "b": 3, "c": 4, "a": 1},
        "plain": {"<<": "text"},
    });
    assert_eq!(read("a.yaml", text), expected);
    assert_eq!(read("a.json", r#"{"x": {"<<": {"a": 1}}}"#), json!({"x": {"<<": {"a": 1}}}));
}

#[test]
fn an_alias_takes_the_most_recent_anchor_of_its_name() {
    let text = "\
- {d: &d first, v: &v 1, again: [*d, *v]}
- {d: &d second, v: &v 2, again: [*d, *v]}
- [&d {d: &d third, inner: *d}, *d, &v [&v 4, *v], *v]
- *d
";
    let expected = json!([
        {"d": "first", "v": 1, "again": ["first", 1]},
        {"d": "second", "v": 2, "again": ["second", 2]},
        [{"d": "third", "inner": "third"}, "third", [4, 4], 4],
        "third",
    ]);
    assert_eq!(read("a.yaml", text), expected);
}

#[test]
fn only_a_plain_or_tagged_merge_key_merges() {
    let text = "\
base: &base {a: 1}
'<<': {b: 2}
quoted: {\"<<\": *base}
text: {!!str <<: *base}
plain: {<<: *base}
tagged: {!!merge <<: *base}
";
    let expected = json!({
        "base": {"a": 1},
        "<<": {"b": 2},
        "quoted": {"<<": {"a": 1}},
        "text": {"<<": {"a": 1}},
        "plain": {"a": 1},
        "tagged": {"a": 1},
    });
    assert_eq!(read("a.yaml", text), expected);
}

/// What is merged stands where the merge key stands: names stay names, and an extension can hold what keywords are.
#[test]
fn what_is_merged_is_read_as_what_it_becomes() {
    let text = "\
x-names: &names {example: {type: string}, x-y: {type: string}}
x-more: &more {examples: {type: integer}}
x-schema: &schema {type: object, example: 1}
components:
  schemas:
    A: {<<: *schema, properties: {<<: [*names, *more], own: {}}}
    B: *schema
";
    let expected = json!({"components": {"schemas": {
        "A": {
            "properties": {"own": {}, "example": {"type": "string"}, "x-y": {"type": "string"}, "examples": {"type": "integer"}},
            "type": "object",
        },
        "B": {"type": "object"},
    }}});
    assert_eq!(read("a.yaml", text), expected);
}

#[test]
fn yaml_scalars_are_those_of_the_core_schema() {
    let text = "\
- [null, Null, NULL, ~, '', 'null', nULL]
- [true, True, TRUE, tRUE, yes, on, NO, y]
- [0, -1, +2, 007, 0x1F, 0o17, 0b11, 1_000, 18446744073709551615]
- [1.5, -.5, 1e3, .inf, 1e400, 1., '1', 12:30, 2020-01-01]
- [!!str 1, !!int '1', !!float 1, !!bool 'true', !!null ~, !Mine 1, !Mine '1', ! 1]
- [|, a]
- [a b, 'it''s', \"\\u00e9\\n\", -, .]
";
    let expected = json!([
        [null, null, null, null, "", "null", "nULL"],
        [true, true, true, "tRUE", "yes", "on", "NO", "y"],
        [0, -1, 2, "007", 31, 15, 3, "1_000", 18446744073709551615u64],
        [1.5, -0.5, 1000.0, "inf", "1e400", 1.0, "1", "12:30", "2020-01-01"],
        ["1", 1, 1.0, true, null, 1, "1", "1"],
        ["|", "a"],
        ["a b", "it's", "é\n", "-", "."],
    ]);
    let text = text.replace("- [|, a]\n", "- ['|', a]\n").replace("-, .]", "'-', .]");
    assert_eq!(read("a.yaml", text.as_str()), expected);
}

/// An integer beyond 64 bits, as the stages hand it on.
fn wide(digits: &str) -> Value {
    format!("\0integer {digits}").into()
}

/// So that what is emitted has all of their digits.
#[test]
fn integers_beyond_64_bits_keep_their_digits() {
    let text = r#"{"a": 18446744073709551615, "b": [18446744073709551616], "c": -9223372036854775809, "d": 1.0,
        "e": 170141183460469231731687303715884105728, "f": "\"18446744073709551616", "g": 18446744073709551616.5}"#;
    let expected = json!({
        "a": 18446744073709551615u64,
        "b": [wide("18446744073709551616")],
        "c": wide("-9223372036854775809"),
        "d": 1.0,
        "e": 170141183460469231731687303715884105728.0,
        "f": "\"18446744073709551616",
        "g": 18446744073709551616.5,
    });
    assert_eq!(read("a.json", text), expected);
    let text = text.replace("\"\\\"18446744073709551616\"", "'\"18446744073709551616'");
    assert_eq!(read("a.yaml", &text), expected);
    // What is wrong with a text is said of the text as it is.
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let reader = MemoryReader::new().with("a.json", r#"{"b": 18446744073709551616, "c" 1}"#);
    assert!(load("a.json".as_ref(), &reader, &InputOptions::default(), &mut sources, &mut sink).is_none());
    insta::assert_snapshot!(render(&sink.into_vec(), &sources, Style::PLAIN), @r#"
    error[syntax]: invalid JSON: expected `:`
     --> a.json:1:33
      |
    1 | {"b": 18446744073709551616, "c" 1}
      |                                 ^
    "#);
}

#[test]
fn byte_order_marks_line_ends_and_tabs_do_not_matter() {
    let expected = json!({"a": {"b": 1, "c": "x\ny"}});
    assert_eq!(read("a.json", "\u{feff}{\r\n\t\"a\":\t{\"b\": 1, \"c\": \"x\\ny\"}\r\n}\r\n"), expected);
    assert_eq!(read("a.yaml", "\u{feff}a:\r\n  b:\t1\r\n  c: |-\r\n    x\r\n    y\r\n"), expected);
}

#[test]
fn the_text_decides_where_the_name_does_not() {
    let expected = json!({"a": [1]});
    assert_eq!(read("spec", " {\"a\": [1]}"), expected);
    assert_eq!(read("spec.txt", "a: [1]"), expected);
    assert_eq!(read("intro.md", "# Pets: all of them\n"), json!("# Pets: all of them\n"));
    assert_eq!(read("a.yaml", "{\"a\": [1]}"), expected);
    // Begins like JSON and is YAML.
    assert_eq!(read("a.yaml", "{a: [1,]} # a comment"), expected);
    assert_eq!(read("a.YAML", "\n\na:\n- 1\n"), expected);
}

#[test]
fn examples_and_extensions_are_left_out_where_they_are_keywords() {
    let text = r##"{
      "openapi": "3.1.0",
      "x-logo": {"url": "u"},
      "x-webhooks": {"x-hook": {"post": {"x-internal": true, "summary": "s"}}},
      "paths": {"/a": {"get": {"parameters": [{"name": "example", "example": 1, "schema": {}}],
        "responses": {"200": {"content": {"application/json": {"examples": {"a": {}}, "schema": {"examples": [1]}}}}}}}},
      "components": {
        "examples": {"e": {}},
        "schemas": {
          "example": {"type": "object", "example": {"a": 1}},
          "x-y": {"properties": {
            "example": {"type": "string", "examples": ["x"]},
            "examples": {"default": {"example": 1, "x-z": 2}},
            "x-mine": {"enum": [{"example": 1}], "x-enum-varnames": ["A"], "x-other": 1},
            "properties": {"properties": {"example": {"const": {"x-k": 1}}}}
          }}
        }
      }
    }"##;
    let expected = json!({
      "openapi": "3.1.0",
      "x-webhooks": {"x-hook": {"post": {"summary": "s"}}},
      "paths": {"/a": {"get": {"parameters": [{"name": "example", "schema": {}}],
        "responses": {"200": {"content": {"application/json": {"schema": {}}}}}}}},
      "components": {
        "schemas": {
          "example": {"type": "object"},
          "x-y": {"properties": {
            "example": {"type": "string"},
            "examples": {"default": {"example": 1, "x-z": 2}},
            "x-mine": {"enum": [{"example": 1}], "x-enum-varnames": ["A"]},
            "properties": {"properties": {"example": {"const": {"x-k": 1}}}}
          }}
        }
      }
    });
    assert_eq!(read("a.json", text), expected);
    let mut keep = InputOptions::default();
    keep.keep_examples = true;
    assert_eq!(read_with("a.json", text, &keep), serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn large_objects_are_found_by_key_and_keep_their_order() {
    let member = |n: u32| (format!("k{}", n * 7919 % 5000).into_boxed_str(), Tree::Number(n.into()));
    let object: Object = (0..5000).map(member).collect();
    assert_eq!(object.len(), 5000);
    for n in 0..5000 {
        let (key, value) = member(n);
        assert_eq!(object.get(&key), Some(&value));
    }
    assert_eq!((object.get("k5000"), object.get("")), (None, None));
    let keys: Vec<String> = object.iter().map(|(key, _)| key.to_owned()).collect();
    assert_eq!(keys, (0..5000).map(|n| member(n).0.into_string()).collect::<Vec<_>>());
}

#[test]
fn of_equal_keys_the_last_value_stays_at_the_first_place() {
    for size in [4, 40] {
        let members =
            (0..size).map(|n| (format!("k{}", n % (size / 2)).into_boxed_str(), Tree::Number(n.into())));
        let object: Object = members.collect();
        let expected: Vec<(String, Tree)> =
            (0..size / 2).map(|n| (format!("k{n}"), Tree::Number((n + size / 2).into()))).collect();
        let found: Vec<(String, Tree)> = object.iter().map(|(k, v)| (k.to_owned(), v.clone())).collect();
        assert_eq!(found, expected);
        assert_eq!(object.get("k1"), Some(&Tree::Number((1 + size / 2).into())));
    }
}

#[test]
fn a_tree_is_read_from_any_format() {
    let text = r#"{"example": [1, -2, 2.5, "x", null, true, {"x-a": {}}]}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    let from_text: Tree = serde_json::from_str(text).unwrap();
    let from_value: Tree = serde_json::from_value(value.clone()).unwrap();
    let from_yaml: Tree = serde_yaml::from_str(text).unwrap();
    assert_eq!((from_text.to_json(), &from_value, &from_yaml), (value, &from_text, &from_text));
}
