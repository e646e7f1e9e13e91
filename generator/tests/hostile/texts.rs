//! Texts that try to get out of where they are put: encodings, comments, names, paths.

use modelsmith::load::MemoryReader;

use crate::hostile_support::{codes, emitted, files, generate, parse, refused, said};

const PET: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n    Pet: {type: object, properties: {name: {type: string}}}\n";

/// A JSON document with these schemas.
fn document(schemas: &str) -> String {
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut bytes = PET.as_bytes().to_vec();
    bytes.extend_from_slice(b"    Caf\xe9: {type: string}\n");
    insta::assert_snapshot!(refused("a.yaml", bytes), @r#"
    error[invalid-utf8]: the file is not valid UTF-8
     --> a.yaml:6:8
      |
    6 |     Caf�: {type: string}
      |        ^
      |
      = help: save it as UTF-8, or remove the bytes at this place
    "#);
}

#[test]
fn marks_line_ends_and_tabs_change_nothing() {
    let plain = emitted("a.yaml", PET);
    let json = serde_yaml::from_str::<serde_json::Value>(PET).expect("it is YAML");
    let json = serde_json::to_string_pretty(&json).expect("it is JSON").replace("  ", "\t");
    for (name, text) in [
        ("a.yaml", format!("\u{feff}{PET}")),
        ("a.yaml", PET.replace('\n', "\r\n")),
        ("a.yaml", PET.replace(": {", ":\t{")),
        ("a.yaml", format!("\u{feff}{}", json.replace('\n', "\r\n"))),
    ] {
        let output = emitted(name, text);
        assert_eq!(output.files.get("src/models/pet.rs"), plain.files.get("src/models/pet.rs"));
    }
}

#[test]
fn the_last_of_equal_schemas_counts() {
    let output = emitted(
        "a.json",
        document(r#""A": {"type": "string"}, "A": {"type": "object", "properties": {"x": {}}}"#),
    );
    assert_eq!((codes(&output), parse(&output)), (vec!["duplicate-key"], Ok(vec!["A".to_owned()])));
}

/// What is written as a description stays a comment, and shows nothing that cannot be seen.
#[test]
fn descriptions_stay_in_their_comments() {
    let million = "long words ".repeat(100_000);
    for hostile in [
        "*/ fn f() {}",
        "\"# fn f() {}",
        "\"##\" r#\"",
        "a\nfn f() {}",
        "a\r fn f() {}",
        "\u{0}\u{1b}[31m",
        "\u{202e}\u{2066}",
        "\u{2028}fn f() {}",
        &million,
    ] {
        let text = serde_json::to_string(hostile).expect("it is JSON");
        let schema = format!(
            r#""Pet": {{"type": "object", "title": {text}, "description": {text}, "properties": {{"a": {{"type": "string", "description": {text}}}, "b": {{"enum": ["x"], "x-enum-descriptions": [{text}]}}}}}}"#
        );
        let output = emitted("a.json", document(&schema));
        assert_eq!(parse(&output), Ok(vec!["Pet".to_owned(), "PetB".to_owned()]), "{hostile:.20?}");
        for (path, text) in files(&output) {
            assert!(!text.lines().any(|line| line.trim_start().starts_with("fn f")), "{path}:\n{text}");
            let is_odd = |char: char| {
                char != '\n'
                    && (char.is_control()
                        || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'))
            };
            assert!(!text.contains(is_odd), "{path}:\n{text}");
        }
    }
}

const NAMES: &[&str] = &[
    "x; fn f()",
    "../../../etc/passwd",
    "C:\\x",
    "",
    " ",
    "\n",
    "\u{202e}",
    "👍",
    "r#type",
    "mod",
    "A{}",
    "\"#",
    "*/",
    "a/b",
    "%2e%2e",
    "nul",
];

/// Names of schemas, properties and values, and what refers to them.
#[test]
fn names_become_identifiers_and_files_inside_the_folder() {
    for name in NAMES {
        let text = serde_json::to_string(name).expect("it is JSON");
        let pointer = name.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace('"', "%22");
        let reference =
            serde_json::to_string(&format!("#/components/schemas/{pointer}")).expect("it is JSON");
        let schema = format!(
            r#"{text}: {{"type": "object", "properties": {{{text}: {{"enum": [{text}, "other"]}}}}}}, "User": {{"type": "object", "properties": {{"it": {{"$ref": {reference}}}}}}}"#
        );
        let output = emitted("a.json", document(&schema));
        assert_eq!(codes(&output), Vec::<&str>::new(), "{name:?}");
        let names = parse(&output).expect("it was parsed before");
        assert_eq!(names.len(), 3, "{name:?}: {names:?}");
        for path in output.files.iter().map(|(path, _)| path) {
            let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '/' | '-');
            assert!(path.chars().all(is_plain) && !path.contains(".."), "{path}");
        }
        for (path, text) in files(&output) {
            let items = syn::parse_file(text).expect("it was parsed before").items;
            assert!(!items.iter().any(|item| matches!(item, syn::Item::Fn(_))), "{path}:\n{text}");
        }
    }
}

#[test]
fn references_out_of_the_folder_and_into_the_network_are_refused() {
    for (reference, code) in [
        ("../../../etc/passwd", "outside-folder"),
        ("/etc/passwd", "outside-folder"),
        ("x/../../y.yaml#/A", "outside-folder"),
        ("https://example.com/a.yaml#/A", "network-reference"),
    ] {
        let text = document(&format!(r#""A": {{"$ref": "{reference}"}}"#));
        let outcome =
            generate("api/a.json", &MemoryReader::new().with("api/a.json", text).with("y.yaml", "A: {}"));
        assert!(outcome.is_err(), "{reference}");
        let said = said(&outcome);
        assert!(said.starts_with(&format!("error[{code}]")), "{reference}: {said}");
    }
}

/// modelsmith keeps integers beyond 64 bits as strings that begin like these.
#[test]
fn strings_that_look_like_long_integers_stay_strings() {
    let schemas = document(
        r#""A": {"type": "object", "properties": {
            "c": {"const": "\u0000integer 5"},
            "d": {"type": "string", "default": "\u0000integer 018446744073709551616"},
            "e": {"enum": ["\u0000integer 7", "\u0000integer +18446744073709551616"]},
            "l": {"const": 18446744073709551616}
        }}"#,
    );
    let output = emitted("a.json", schemas);
    let all: String = files(&output).map(|(_, text)| text).collect();
    for text in
        ["integer 5\"", "integer 018446744073709551616\"", "integer 7\"", "integer +18446744073709551616\""]
    {
        assert!(all.contains(text), "{text}: {all}");
    }
    assert!(all.contains("18446744073709551616_") || all.contains(" 18446744073709551616"), "{all}");
}
