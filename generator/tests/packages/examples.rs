//! The tests that are emitted on request: they hold the models to the document's own examples.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use modelsmith::config::{Config, Layout};
use modelsmith::load::{DiskReader, MemoryReader};

use crate::cli_support::Folder;

/// Examples in every place, of every kind of type, with everything that may differ between what is read and written.
const SHOP: &str = include_str!("../fixtures/examples/shop.yaml");

fn shop() -> Folder {
    let folder = Folder::new();
    folder.write("shop.yaml", SHOP);
    folder
}

#[test]
fn every_example_that_fits_is_tested_and_the_others_are_warned_of() {
    let folder = shop();
    let run = folder.run(&["generate", "shop.yaml", "-o", "out", "--tests"]);
    insta::assert_snapshot!("examples_warnings", run);
    let emitted = folder.read("out/tests/examples.rs");
    let (tests, _) = emitted.split_once("\n/// Reads an example").expect("the helper comes last");
    insta::assert_snapshot!("examples_tests", tests);
}

#[test]
fn the_emitted_tests_pass_and_fail_when_a_type_changes() {
    let folder = shop();
    let run = folder.run(&["generate", "shop.yaml", "-o", "out", "--tests", "-q"]);
    assert_eq!(run.code, Some(0), "{run}");
    let passed = folder.cargo("out", &["test", "--test", "examples"]);
    assert_eq!(passed.code, Some(0), "{passed}");
    assert!(passed.stdout.contains("test result: ok. 6 passed; 0 failed"), "{passed}");
    assert!(!passed.stderr.contains("warning"), "{passed}");

    // A model that calls a property by another name drops it; one that has another type refuses it.
    for (old, new, said) in [
        ("optional note,", "optional note: \"noet\",", "/components/schemas/Item/example changes at `/note`"),
        ("required sku,", "required sku: \"SKU\",", "is not read: missing field `SKU`"),
    ] {
        let item = folder.read("out/src/models/item.rs");
        assert!(item.contains(old), "{item}");
        folder.write("out/src/models/item.rs", &item.replace(old, new));
        let failed = folder.cargo("out", &["test", "--test", "examples"]);
        assert_eq!(failed.code, Some(101), "{failed}");
        assert!(failed.stdout.contains(said), "{failed}");
        folder.write("out/src/models/item.rs", &item);
    }
}

/// Whether there are tests must not change a model: what the fixtures of the workspace give is compared.
#[test]
fn models_are_the_same_with_and_without_tests() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut compared = 0;
    for entry in fs::read_dir(fixtures).expect("the folder is readable") {
        let path = entry.expect("a readable entry").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let files = |tests: bool| {
            let mut config = Config::default();
            config.rust.tests = tests;
            let output = modelsmith::generate(&path, &DiskReader, &config);
            let output = output.unwrap_or_else(|failure| panic!("{}: {failure:?}", path.display()));
            let files = output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
            files.collect::<BTreeMap<_, _>>()
        };
        let (without, mut with) = (files(false), files(true));
        assert!(with.remove("tests/examples.rs").is_some(), "{}", path.display());
        with.remove("tests/difference/mod.rs");
        assert_eq!(with, without, "{}", path.display());
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn one_file_has_its_tests_beside_it() {
    let mut config = Config::default();
    config.rust.tests = true;
    config.rust.layout = Layout::SingleFile;
    let reader = MemoryReader::new().with("shop.yaml", SHOP);
    let output = modelsmith::generate("shop.yaml".as_ref(), &reader, &config).expect("the document is right");
    let paths: Vec<&str> = output.files.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["examples.rs", "models.rs"]);
    let text = output.files.get("examples.rs").unwrap_or_default();
    assert!(text.contains("\nuse super::{Count, Coupon, Event, "), "{text}");
}

#[test]
fn without_examples_there_is_nothing_to_test() {
    let folder = Folder::with_pets();
    folder.run(&["generate", "pets.yaml", "-o", "out", "--tests", "-q"]);
    let text = folder.read("out/tests/examples.rs");
    assert!(text.ends_with("\n\n// The document has no examples that fit their schemas.\n"), "{text}");
    // It goes when it is no longer asked for.
    folder.run(&["generate", "pets.yaml", "-o", "out", "-q"]);
    assert!(!folder.exists("out/tests"));
}

/// A document may be made so that every branch of a union could be tried in every branch of another: 8^60 ways.
#[test]
fn an_example_in_unions_of_unions_is_judged_once_per_level() {
    let branches: String = (0..8).map(|n| format!("{{$ref: \"#/components/schemas/B{n}\"}}, ")).collect();
    let types: String = (0..8)
        .map(|n| {
            format!(
                "    B{n}: {{type: object, required: [next], properties: {{next: {{$ref: \"#/components/schemas/U\"}}, p{n}: {{type: integer}}}}}}\n"
            )
        })
        .collect();
    let example = "{\"next\": ".repeat(60) + "{}" + &"}".repeat(60);
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n    U:\n      anyOf: [{branches}]\n      example: {example}\n{types}"
    );
    let mut config = Config::default();
    config.rust.tests = true;
    let reader = MemoryReader::new().with("deep.yaml", text);
    let output = modelsmith::generate("deep.yaml".as_ref(), &reader, &config).expect("it can be read");
    let messages: Vec<&str> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    let place: String = "/next".repeat(60).chars().take(64).chain(['…']).collect();
    let expected = format!(
        "the example does not fit `U`: `{place}`: `next` is missing (7 other branches do not fit either)"
    );
    assert_eq!(messages, [expected]);
}

/// Names, texts and depths that an author of tests would not think of.
#[test]
fn hostile_examples_become_harmless_text() {
    let deep = "[".repeat(300) + &"]".repeat(300);
    let text = format!(
        r####"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "components": {{"schemas": {{
            "Holds": {{"type": "string", "examples": ["\"#\"##\"###", "a\u0000\r\n\u2028\u202e", "*/ }} fn main() {{"]}},
            "Difference": {{"type": "object", "properties": {{"a\"]\n~/": {{"type": "string"}}}},
                "example": {{"a\"]\n~/": "x", "unknown\"\\\n~/": 1}}}},
            "Tree": {{"type": "array", "items": {{"$ref": "#/components/schemas/Tree"}}, "example": {deep}}},
            "Any": {{"example": {deep}}},
            "Big": {{"type": "number", "examples": [1e308, 123456789012345678901234567890, -0.0, 0.1]}}
        }}}}}}"####
    );
    let folder = Folder::new();
    folder.write("hostile.json", &text);
    let run = folder.run(&["generate", "hostile.json", "-o", "out", "--tests"]);
    insta::assert_snapshot!("examples_hostile_warnings", run);
    let passed = folder.cargo("out", &["test", "--test", "examples"]);
    assert_eq!(passed.code, Some(0), "{passed}");
    assert!(!passed.stderr.contains("warning"), "{passed}");
    let emitted = folder.read("out/tests/examples.rs");
    let (tests, _) = emitted.split_once("\n/// Reads an example").expect("the helper comes last");
    insta::assert_snapshot!("examples_hostile_tests", tests);
}
