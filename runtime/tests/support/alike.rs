//! Reads a text with the runtime and with `serde_json`, which must agree. The fuzz target `runtime_json` uses
//! this file too.

use crate::runtime;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

/// Any JSON value, read through `serde`.
#[derive(Clone, Debug, PartialEq)]
pub struct Any(pub Value);

runtime::newtype!(Any);

/// An object whose properties are all skipped.
pub struct Empty {}

runtime::object!(Empty: Default {});

/// The same with `serde`'s derive.
#[derive(Deserialize)]
struct DerivedEmpty {}

/// Whether both readers accept a text. Fails when they disagree about that, or about what the text means.
#[track_caller]
pub fn alike(text: &[u8]) -> bool {
    let theirs = serde_json::from_slice::<Value>(text);
    same(text, runtime::from_slice::<Value>(text), &theirs);
    same(text, serde_json::from_slice::<Any>(text).map(|any| any.0), &theirs);
    if let Ok(value) = &theirs {
        same(text, runtime::from_value::<Value>(value), &theirs);
        same(text, Any::deserialize(value).map(|any| any.0), &theirs);
    }
    skipped_alike(text);
    read_alike(text);
    theirs.is_ok()
}

/// The text as it is shown in messages.
fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).chars().take(200).collect()
}

/// Both are the same value, or both are errors.
#[track_caller]
fn same<E: Display>(text: &[u8], ours: Result<Value, E>, theirs: &serde_json::Result<Value>) {
    match (&ours, theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours, theirs, "{}", shown(text));
            // Numbers to the last bit, the sign of zero included, and the order of properties.
            assert_eq!(ours.to_string(), theirs.to_string(), "{}", shown(text));
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(error)) => panic!("only serde_json refuses {}: {error}", shown(text)),
        (Err(error), Ok(_)) => panic!("only the runtime refuses {}: {error}", shown(text)),
    }
}

/// What is skipped is held to the grammar that `serde_json` holds it to, which knows no depth, no range of numbers and
/// no pairs of surrogates.
#[track_caller]
fn skipped_alike(text: &[u8]) {
    let skipped = [b"{\"skipped\":", text, b"}"].concat();
    if std::str::from_utf8(&skipped).is_err() {
        // What is not text is refused, wherever that stands; `serde_json` skips it.
        assert!(runtime::from_slice::<Empty>(&skipped).is_err(), "skipped: {}", shown(text));
        return;
    }
    let theirs = serde_json::from_slice::<DerivedEmpty>(&skipped);
    let ours = runtime::from_slice::<Empty>(&skipped);
    assert_eq!(ours.is_ok(), theirs.is_ok(), "skipped: {}: {ours:?}", shown(text));
    let through = serde_json::from_slice::<Empty>(&skipped);
    assert_eq!(through.is_ok(), theirs.is_ok(), "skipped: {}: {through:?}", shown(text));
}

/// Types of the standard library.
#[track_caller]
fn read_alike(text: &[u8]) {
    // Integers may be written with a fraction or an exponent if that is exact.
    let integer = text.iter().any(|byte| b".eE".contains(byte)) || text.windows(2).any(|two| two == b"-0");
    typed::<bool>(text, false);
    typed::<()>(text, false);
    typed::<u8>(text, integer);
    typed::<i64>(text, integer);
    typed::<u64>(text, integer);
    typed::<i128>(text, integer);
    typed::<u128>(text, integer);
    typed::<f32>(text, false);
    typed::<f64>(text, false);
    typed::<String>(text, false);
    typed::<Option<Vec<String>>>(text, false);
    typed::<Vec<Option<f64>>>(text, false);
    typed::<(String, i64)>(text, integer);
    typed::<BTreeMap<String, Value>>(text, false);
    typed::<BTreeMap<i64, Vec<bool>>>(text, integer);
}

/// What `serde_json` reads the runtime reads as the same value. It reads more only where `more` says so.
#[track_caller]
fn typed<T: runtime::Read + DeserializeOwned + Debug>(text: &[u8], more: bool) {
    let name = std::any::type_name::<T>();
    match (runtime::from_slice::<T>(text), serde_json::from_slice::<T>(text)) {
        // `Debug` shows floating-point numbers to the last bit.
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "{name}: {}", shown(text));
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(_)) if more => {}
        (Ok(_), Err(error)) => panic!("{name}: only serde_json refuses {}: {error}", shown(text)),
        (Err(error), Ok(_)) => panic!("{name}: only the runtime refuses {}: {error}", shown(text)),
    }
}
