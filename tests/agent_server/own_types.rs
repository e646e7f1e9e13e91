//! Emitted types inside of types with `serde`'s derive, as users write them: in lists, maps and options, beside
//! `#[serde(flatten)]`, and in enums that are untagged or tagged in each of `serde`'s ways.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use agent_server_models::{Event, HookExecutionEvent, runtime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const HOOK: &str = r#"{"id":"9f0b5a0e-0c3d-4c61-8f0e-2f1c7a2b9d10","timestamp":"2026-02-11T10:00:00","source":"hook",
    "hook_event_type":"PreToolUse","hook_command":"echo \"é\"","success":true,"exit_code":0,"stdout":"a\nb","kind":"HookExecutionEvent"}"#;

/// Reads a text as a type from every source, and writes it again: all is the same.
#[track_caller]
fn same<T: DeserializeOwned + Serialize + Debug + PartialEq>(text: &str) -> T {
    let read = same_but_yaml::<T>(text);
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    let yaml = serde_yaml::to_string(&value).expect("it can be written");
    assert_eq!(serde_yaml::from_str::<T>(&yaml).expect("it is read as YAML"), read);
    read
}

/// The same for enums that are tagged from the outside, which YAML writes in a way of its own.
#[track_caller]
fn same_but_yaml<T: DeserializeOwned + Serialize + Debug + PartialEq>(text: &str) -> T {
    let value: Value = serde_json::from_str(text).expect("it is JSON");
    let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    let mut cbor = Vec::new();
    ciborium::into_writer(&value, &mut cbor).expect("it can be written");
    let others: [Option<T>; 5] = [
        serde_json::from_slice(text.as_bytes()).ok(),
        serde_json::from_reader(text.as_bytes()).ok(),
        serde_json::from_value(value.clone()).ok(),
        T::deserialize(&value).ok(),
        ciborium::from_reader(cbor.as_slice()).ok(),
    ];
    for (index, other) in others.iter().enumerate() {
        assert_eq!(other.as_ref(), Some(&read), "source {index}");
    }
    let written = serde_json::to_string(&read).expect("what was read can be written");
    assert_eq!(serde_json::from_str::<T>(&written).expect("what was written is read"), read);
    let written: Value = serde_json::from_str(&written).expect("it is JSON");
    assert_eq!(serde_json::to_value(&read).expect("it can be written"), written);
    for (pointer, found) in leaves(&value) {
        assert_eq!(written.pointer(&pointer), Some(found), "{pointer}");
    }
    read
}

/// The values without parts, with their places.
fn leaves(value: &Value) -> Vec<(String, &Value)> {
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return vec![(String::new(), value)];
        }
    };
    let inside =
        |(step, value)| leaves(value).into_iter().map(move |(rest, value)| (format!("/{step}{rest}"), value));
    steps.into_iter().flat_map(inside).collect()
}

fn hook() -> HookExecutionEvent {
    runtime::from_str(HOOK).expect("it is such an event")
}

#[test]
fn in_lists_maps_and_options() {
    assert_eq!(same::<Vec<HookExecutionEvent>>(&format!("[{HOOK}, {HOOK}]")), [hook(), hook()]);
    assert_eq!(same::<Option<HookExecutionEvent>>(HOOK), Some(hook()));
    assert_eq!(same::<Option<HookExecutionEvent>>("null"), None);
    let map = same::<BTreeMap<String, Option<Event>>>(&format!("{{\"a\":{HOOK},\"b\":null}}"));
    assert_eq!(map["a"], Some(Event::from(hook())));
    same::<HashMap<String, Vec<Event>>>(&format!("{{\"a\":[{HOOK}],\"b\":[]}}"));
    same::<(Event, [HookExecutionEvent; 1], Box<Event>)>(&format!("[{HOOK},[{HOOK}],{HOOK}]"));
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Record {
    number: u32,
    event: Event,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hook: Option<HookExecutionEvent>,
}

/// The properties of the record are the event's and some more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    number: u32,
    ratio: f64,
    #[serde(flatten)]
    event: Event,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct FlatStruct {
    #[serde(flatten)]
    hook: HookExecutionEvent,
    large: i64,
}

/// A type inside of another one that is flattened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Around {
    #[serde(flatten)]
    record: Record,
    #[serde(flatten)]
    others: BTreeMap<String, Vec<Event>>,
}

#[test]
fn beside_and_inside_of_what_is_flattened() {
    let record = same::<Record>(&format!("{{\"event\":{HOOK},\"hook\":{HOOK},\"number\":1}}"));
    assert_eq!(record.hook, Some(hook()));
    let inside = HOOK.trim_start_matches('{');
    let flat = same::<Flat>(&format!("{{\"number\":7,\"ratio\":-0.5,{inside}"));
    assert_eq!((flat.number, flat.ratio), (7, -0.5));
    assert!(matches!(flat.event, Event::HookExecutionEvent(_)), "{flat:?}");
    let flat = same::<FlatStruct>(&format!("{{\"large\":{},{inside}", i64::MIN));
    assert_eq!(flat.hook, hook());
    let around = same::<Around>(&format!("{{\"more\":[{HOOK}],\"event\":{HOOK},\"number\":3,\"none\":[]}}"));
    assert_eq!(around.others["more"].len(), 1);
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "what users write")]
enum Untagged {
    Number(i64),
    Hook(HookExecutionEvent),
    Events(Vec<Event>),
    Other(Value),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "what users write")]
enum Inside {
    Event(Event),
    Record(Record),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", content = "content")]
enum Beside {
    Event(Event),
    Hooks(Vec<HookExecutionEvent>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "what users write")]
enum Outside {
    Event(Event),
    Two(Event, HookExecutionEvent),
    Named { event: Event },
}

#[test]
fn in_enums_of_every_kind() {
    assert_eq!(same::<Untagged>(HOOK), Untagged::Hook(hook()));
    assert_eq!(same::<Untagged>("-3"), Untagged::Number(-3));
    assert!(matches!(same::<Untagged>(&format!("[{HOOK}]")), Untagged::Events(_)));
    assert_eq!(same::<Untagged>("{\"kind\":[1.5]}"), Untagged::Other(json!({"kind": [1.5]})));
    let inside = HOOK.trim_start_matches('{');
    assert!(matches!(same::<Inside>(&format!("{{\"what\":\"event\",{inside}")), Inside::Event(_)));
    // The tag of the user's own type last.
    let late = format!("{{\"event\":{HOOK},\"number\":1,\"what\":\"record\"}}");
    assert!(matches!(same::<Inside>(&late), Inside::Record(_)));
    same::<Beside>(&format!("{{\"content\":{HOOK},\"what\":\"Event\"}}"));
    same::<Beside>(&format!("{{\"what\":\"Hooks\",\"content\":[{HOOK}]}}"));
    same_but_yaml::<Outside>(&format!("{{\"Event\":{HOOK}}}"));
    same_but_yaml::<Outside>(&format!("{{\"Two\":[{HOOK},{HOOK}]}}"));
    same_but_yaml::<Outside>(&format!("{{\"Named\":{{\"event\":{HOOK}}}}}"));
}

/// What is wrong inside of the user's own type is said with its path in the emitted type. The place counts from where
/// that begins, since `serde_json` does not say where it is; where something is flattened it is the end of the object.
#[test]
fn errors_inside_of_own_types_say_where() {
    let text = HOOK.replace("\"exit_code\":0", "\"exit_code\":\"zero\"");
    let error = serde_json::from_str::<Record>(&format!("{{\"number\":1,\n\"event\":{text}}}")).unwrap_err();
    insta::assert_snapshot!(error, @r#"exit_code: invalid type: string "zero", expected i64 at line 2 column 92"#);
    let error = serde_json::from_str::<Vec<HookExecutionEvent>>(&format!("[{HOOK},\n  {text}]")).unwrap_err();
    insta::assert_snapshot!(error, @r#"exit_code: invalid type: string "zero", expected i64 at line 2 column 92"#);
    let error = serde_json::from_str::<Flat>(&format!(
        "{{\"number\":1,\"ratio\":0.5,{}",
        text.trim_start_matches('{')
    ))
    .unwrap_err();
    insta::assert_snapshot!(error, @r#"exit_code: invalid type: string "zero", expected i64 at line 2 column 142"#);
}
