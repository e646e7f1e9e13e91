//! Recorded payloads in other formats: as CBOR and as YAML they are read as the same values as from JSON, and what is
//! written in these formats is read again.

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use agent_server_models::{
    BashOutput, ConversationInfo, EventPage, HTTPValidationError, HooksResponse, ModelsResponse,
    ProvidersResponse, ServerInfo, SkillsResponse, StartConversationRequest, VerifiedModelsResponse, runtime,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

trait Model: DeserializeOwned + Serialize + runtime::Read + runtime::View + Debug + PartialEq {}

impl<T: DeserializeOwned + Serialize + runtime::Read + runtime::View + Debug + PartialEq> Model for T {}

fn cbor(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("it can be written as CBOR");
    bytes
}

#[track_caller]
fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> T {
    ciborium::from_reader(bytes).unwrap_or_else(|error| panic!("CBOR: {error}"))
}

#[track_caller]
fn from_yaml<T: DeserializeOwned>(text: &str) -> T {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("YAML: {error}"))
}

/// Reads a payload from every format. What is written of each is the same JSON.
#[track_caller]
fn alike<T: Model>(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let value: Value = serde_json::from_str(&text).expect("payloads are JSON");
    let read: T = runtime::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let written = runtime::to_string(&read).expect("what was read can be written");

    let through_cbor: T = from_cbor(&cbor(&value));
    let through_yaml: T = from_yaml(&serde_yaml::to_string(&value).expect("it can be written as YAML"));
    let through_value: T = serde_json::from_value(value).expect("it reads");
    for (format, other) in [("CBOR", through_cbor), ("YAML", through_yaml), ("Value", through_value)] {
        assert_eq!(other, read, "{file} as {format}");
        assert_eq!(runtime::to_string(&other).expect("it can be written"), written, "{file} as {format}");
    }

    // The other way: the model is written, and read again.
    let again: T = from_cbor(&cbor(&read));
    assert_eq!(runtime::to_string(&again).expect("it can be written"), written, "{file} by way of CBOR");
    let again: T = from_yaml(&serde_yaml::to_string(&read).expect("it can be written as YAML"));
    assert_eq!(runtime::to_string(&again).expect("it can be written"), written, "{file} by way of YAML");
    let again: T =
        serde_json::from_value(serde_json::to_value(&read).expect("it can be written")).expect("it reads");
    assert_eq!(runtime::to_string(&again).expect("it can be written"), written, "{file} by way of a value");
}

#[test]
fn payloads_are_read_from_every_format() {
    alike::<Vec<Option<ConversationInfo>>>("batch_get_conversations.json");
    alike::<Vec<Option<ConversationInfo>>>("batch_get_conversations.reference_page.json");
    alike::<HTTPValidationError>("batch_get_conversations_invalid.json");
    alike::<BashOutput>("execute_bash_command.json");
    alike::<ConversationInfo>("get_conversation_1.json");
    alike::<ConversationInfo>("get_conversation_3.json");
    alike::<HooksResponse>("hooks.json");
    alike::<ModelsResponse>("llm_models.json");
    alike::<ProvidersResponse>("llm_providers.json");
    alike::<VerifiedModelsResponse>("llm_verified.json");
    alike::<EventPage>("search_events_1.json");
    alike::<EventPage>("search_events_3.json");
    alike::<ServerInfo>("server_info.json");
    alike::<SkillsResponse>("skills.json");
    alike::<StartConversationRequest>("start_conversation_request_1.json");
    alike::<StartConversationRequest>("start_conversation_request_3.json");
}
