//! The documented keys are those that the settings accept, and their examples are valid.

use std::collections::BTreeSet;

use super::*;
use crate::config::parse;

/// The keys that the error message for an unknown key lists.
fn keys_of(table: &str) -> BTreeSet<String> {
    let error = parse(&format!("{table}nonsense = 1\n")).expect_err("there is no such key");
    let list = error.message.split_once("expected one of ").or_else(|| error.message.split_once("expected "));
    let (_, list) = list.expect("it lists the keys");
    list.split(", ").flat_map(|keys| keys.split(" or ")).map(|key| key.trim_matches('`').to_owned()).collect()
}

#[test]
fn every_key_that_is_read_is_explained_and_no_other() {
    for (table, prefix) in [
        ("", ""),
        ("[tests]\n", "tests."),
        ("[client]\n", "client."),
        ("[schema.A]\n", "schema.<schema>."),
        ("[schema.A.property.b]\n", "schema.<schema>.property.<property>."),
        ("[schema.A.value.b]\n", "schema.<schema>.value.<value>."),
        ("[schema.A.variant.b]\n", "schema.<schema>.variant.<variant>."),
        ("[operation.a]\n", "operation.<operation>."),
    ] {
        let explained: BTreeSet<String> = KEYS
            .iter()
            .filter_map(|key| key.path.strip_prefix(prefix))
            .map(|rest| rest.split('.').next().unwrap_or(rest).to_owned())
            .collect();
        assert_eq!(explained, keys_of(table), "{table}");
    }
}

#[test]
fn every_example_is_read_and_uses_its_key() {
    for key in KEYS {
        let read = parse(key.example);
        assert!(read.is_ok(), "{}: {read:?}", key.path);
        assert!(key.example.contains(key.name()), "{}", key.path);
    }
}

#[test]
fn paths_are_said_once() {
    let paths: BTreeSet<&str> = KEYS.iter().map(|key| key.path).collect();
    assert_eq!(paths.len(), KEYS.len());
}
