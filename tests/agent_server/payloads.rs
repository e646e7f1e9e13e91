//! Every recorded payload is read into its operation's type, written back, and is the same.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use agent_server_models::operations::{
    batch_get_conversations, count_conversations, execute_bash_command, get_conversation, get_desktop_url,
    get_hooks, get_server_info_server_info_get, get_skills, get_vscode_status, list_available_tools,
    list_models, list_providers, list_verified_models, search_conversation_events, start_conversation,
};
use agent_server_models::runtime;
use fidelity::Document;
use fidelity::equivalence::differences;
use serde_json::Value;

/// One payload, where its schema stands, and what became of it.
struct Exchange {
    file: &'static str,
    /// `None` where the document says nothing of the body.
    schema: Option<String>,
    debug: String,
    variant: &'static str,
    written: Vec<u8>,
}

fn payload(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn schema_of(method: &str, path: &str, part: &str) -> String {
    let path = path.replace('~', "~0").replace('/', "~1");
    format!("/paths/{path}/{}/{part}/content/application~1json/schema", method.to_lowercase())
}

/// Reads a response and writes it.
macro_rules! response {
    ($file:literal, $status:literal, $operation:ident :: $variant:ident) => {{
        let read =
            $operation::Response::from_parts($status, Some("application/json"), payload($file).as_bytes())
                .unwrap_or_else(|error| panic!("{}: {error}", $file));
        assert_eq!(read.status(), $status, "{}", $file);
        assert!(matches!(read, $operation::Response::$variant { .. }), "{}: read as {read:?}", $file);
        let known = !matches!(stringify!($variant), "NotFound" | "Other");
        let part = format!("responses/{}", $status);
        Exchange {
            file: $file,
            schema: known.then(|| schema_of($operation::METHOD, $operation::PATH, &part)),
            debug: format!("{read:?}"),
            variant: stringify!($variant),
            written: read.to_body().expect("what was read can be written"),
        }
    }};
}

fn request(file: &'static str) -> Exchange {
    let read: start_conversation::Body =
        runtime::from_str(&payload(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    Exchange {
        file,
        schema: Some(schema_of(start_conversation::METHOD, start_conversation::PATH, "requestBody")),
        debug: format!("{read:?}"),
        variant: "Body",
        written: serde_json::to_vec(&read).expect("what was read can be written"),
    }
}

fn exchanges() -> Vec<Exchange> {
    vec![
        response!("batch_get_conversations.json", 200, batch_get_conversations::Ok),
        response!("batch_get_conversations.reference_page.json", 200, batch_get_conversations::Ok),
        response!("batch_get_conversations_invalid.json", 422, batch_get_conversations::UnprocessableContent),
        response!("count_conversations.json", 200, count_conversations::Ok),
        response!("desktop_url.json", 503, get_desktop_url::Other),
        response!("execute_bash_command.json", 200, execute_bash_command::Ok),
        response!("get_conversation_1.json", 200, get_conversation::Ok),
        response!("get_conversation_3.json", 200, get_conversation::Ok),
        response!("get_conversation_404.json", 404, get_conversation::NotFound),
        response!("hooks.json", 200, get_hooks::Ok),
        response!("list_tools.json", 200, list_available_tools::Ok),
        response!("llm_models.json", 200, list_models::Ok),
        response!("llm_providers.json", 200, list_providers::Ok),
        response!("llm_verified.json", 200, list_verified_models::Ok),
        response!("search_events_1.json", 200, search_conversation_events::Ok),
        response!("search_events_3.json", 200, search_conversation_events::Ok),
        response!("server_info.json", 200, get_server_info_server_info_get::Ok),
        response!("skills.json", 200, get_skills::Ok),
        request("start_conversation_request_1.json"),
        request("start_conversation_request_3.json"),
        response!("vscode_status.json", 200, get_vscode_status::Ok),
    ]
}

fn document() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/agent-server.openapi.json");
    let text = fs::read_to_string(path).expect("the document is readable");
    Document::new(serde_json::from_str(&text).expect("the document is JSON"))
        .expect("it is an OpenAPI document")
}

#[test]
fn every_payload_has_its_operation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads");
    let there: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder is readable")
        .map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned())
        .collect();
    let read: BTreeSet<String> = exchanges().iter().map(|exchange| exchange.file.to_owned()).collect();
    assert_eq!(there, read);
}

#[test]
fn every_payload_is_written_as_it_was_read() {
    let document = document();
    let mut told_apart = String::new();
    for exchange in exchanges() {
        let Some(schema) = &exchange.schema else { continue };
        assert!(document.schema(schema).is_some(), "{}: no schema at {schema}", exchange.file);
        let before: Value = serde_json::from_str(&payload(exchange.file)).expect("payloads are JSON");
        let after: Value = serde_json::from_slice(&exchange.written).expect("what is written is JSON");
        // No branch of a union fits an object with a kind that is made up inside, so its members are compared as what
        // they are.
        let pairs: Vec<(&str, &Value, &Value)> = match (exchange.file, &before, &after) {
            ("batch_get_conversations.reference_page.json", Value::Array(before), Value::Array(after)) => {
                assert_eq!(before.len(), after.len());
                let schema = document.component("ConversationInfo").expect("the component exists");
                before.iter().zip(after).map(|(before, after)| (schema, before, after)).collect()
            }
            _ => vec![(schema, &before, &after)],
        };
        for (schema, before, after) in pairs {
            for difference in differences(&document, schema, before, after) {
                told_apart += &format!("{} {}: {:?}\n", exchange.file, difference.pointer, difference.kind);
            }
        }
    }
    // What the server sends and the schema does not name; nothing else may stand here.
    insta::assert_snapshot!(told_apart);
}

#[test]
fn bodies_that_the_document_says_nothing_of_are_known() {
    let mut found = Vec::new();
    for exchange in exchanges().into_iter().filter(|exchange| exchange.schema.is_none()) {
        let kept = exchange.written == payload(exchange.file).as_bytes();
        found.push(format!(
            "{}: {}, {}",
            exchange.file,
            exchange.variant,
            if kept { "kept" } else { "left out" }
        ));
    }
    assert_eq!(found, ["desktop_url.json: Other, kept", "get_conversation_404.json: NotFound, kept"]);
}

#[test]
fn placeholder_kinds_of_the_reference_page_are_kept_whole() {
    let text = payload("batch_get_conversations.reference_page.json");
    let page = batch_get_conversations::Response::from_parts(200, None, text.as_bytes()).expect("it reads");
    let debug = format!("{page:#?}");
    assert!(debug.contains("Unknown("), "{debug}");
    let before: Value = serde_json::from_str(&text).expect("payloads are JSON");
    let after: Value =
        serde_json::from_slice(&page.to_body().expect("it can be written")).expect("it is JSON");
    let found = placeholders(&before, String::new());
    assert!(!found.is_empty(), "the page has placeholders");
    for (at, placeholder) in found {
        assert_eq!(after.pointer(&at), Some(&placeholder), "{at}");
    }
}

/// Objects whose kind is that of no schema, with their places: the reference page makes its kinds up.
fn placeholders(value: &Value, at: String) -> Vec<(String, Value)> {
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(object) => {
            if object.get("kind").and_then(Value::as_str) == Some("<string>") {
                return vec![(at, value.clone())];
            }
            object.iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    steps.into_iter().flat_map(|(step, value)| placeholders(value, format!("{at}/{step}"))).collect()
}

#[test]
fn no_secret_is_ever_shown() {
    let mut known = BTreeSet::new();
    for exchange in exchanges().iter().filter(|exchange| exchange.schema.is_some()) {
        let value: Value = serde_json::from_str(&payload(exchange.file)).expect("payloads are JSON");
        let (mut secrets, mut clear) = (BTreeSet::new(), BTreeSet::new());
        sort_strings(&value, &mut secrets, &mut clear);
        for secret in secrets.difference(&clear) {
            // With its quotes: a short secret is a part of other words.
            assert!(!exchange.debug.contains(&format!("{secret:?}")), "{} shows {secret}", exchange.file);
        }
        known.append(&mut secrets);
    }
    assert!(known.contains("secret-key"), "the payloads hold secrets: {known:?}");
    assert!(known.len() >= 3, "the payloads hold secrets: {known:?}");
}

/// The strings of a payload: values of properties that the document calls secret, and all others.
fn sort_strings(value: &Value, secrets: &mut BTreeSet<String>, clear: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let kind = object.get("kind").and_then(Value::as_str);
            // What an object of an unknown kind holds cannot be known to be secret.
            if kind == Some("<string>") {
                return;
            }
            for (name, value) in object {
                let is_secret = match name.as_str() {
                    "api_key" | "aws_access_key_id" | "aws_secret_access_key" => true,
                    "value" => kind == Some("StaticSecret"),
                    _ => false,
                };
                match value {
                    Value::String(secret) if is_secret => drop(secrets.insert(secret.clone())),
                    other => sort_strings(other, secrets, clear),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| sort_strings(item, secrets, clear)),
        Value::String(text) => drop(clear.insert(text.clone())),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One event of each kind, as read. What the server made up anew each time is left as it stands: the payloads do not change.
#[test]
fn events_as_read() {
    let mut seen = BTreeSet::new();
    for file in ["search_events_1.json", "search_events_3.json"] {
        let page: Value = serde_json::from_str(&payload(file)).expect("payloads are JSON");
        for event in page["items"].as_array().expect("a page has items") {
            let kind = event["kind"].as_str().expect("an event has a kind").to_owned();
            let size = event.to_string().len();
            if size > 4_000 || !seen.insert(kind.clone()) {
                continue;
            }
            let event: agent_server_models::Event =
                runtime::from_str(&event.to_string()).unwrap_or_else(|error| panic!("{kind}: {error}"));
            shown(&format!("event_{kind}"), &event);
        }
    }
    assert!(seen.len() >= 5, "{seen:?}");
}

#[test]
fn small_payloads_as_read() {
    let request: start_conversation::Body =
        runtime::from_str(&payload("start_conversation_request_3.json")).expect("it reads");
    shown("start_conversation_request_3", &request);
    let output = execute_bash_command::Response::from_parts(
        200,
        None,
        payload("execute_bash_command.json").as_bytes(),
    );
    shown("execute_bash_command", &output.expect("it reads"));
    let invalid = payload("batch_get_conversations_invalid.json");
    shown(
        "batch_get_conversations_invalid",
        &batch_get_conversations::Response::from_parts(422, None, invalid.as_bytes()).expect("it reads"),
    );
}

#[track_caller]
fn shown(name: &str, value: &impl Debug) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/payloads");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_debug_snapshot!(name, value));
}
