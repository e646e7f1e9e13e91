//! What the agent server's models refuse, and how they say where.

use std::fmt::Debug;

use agent_server_models::operations::{batch_get_conversations, get_conversation};
use agent_server_models::{AlwaysConfirm, BashOutput, ConfirmationPolicyBase, Event, EventPage, runtime};
use serde_json::Value;

#[track_caller]
fn refused<T: runtime::Read + Debug>(text: &str) -> String {
    match runtime::from_str::<T>(text) {
        Ok(read) => panic!("{text} was read as {read:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_wrong_constant_is_named_with_the_right_one() {
    insta::assert_snapshot!(refused::<AlwaysConfirm>(r#"{"kind":"NeverConfirm"}"#), @r#"kind: `kind` is "NeverConfirm", expected "AlwaysConfirm" at line 1 column 9"#);
}

#[test]
fn a_missing_tag_is_named() {
    insta::assert_snapshot!(refused::<Event>(r#"{"id":"1","source":"agent"}"#), @"missing field `kind` at line 1 column 1");
}

#[test]
fn an_unknown_tag_is_kept() {
    let text = r#"{"level":[1,{"a":null}],"kind":"AskTwice"}"#;
    let policy: ConfirmationPolicyBase = runtime::from_str(text).expect("it reads");
    assert!(matches!(&policy, ConfirmationPolicyBase::Unknown(unknown) if unknown.tag == "AskTwice"));
    let before: Value = serde_json::from_str(text).expect("it is JSON");
    assert_eq!(serde_json::to_value(&policy).expect("it can be written"), before);
}

#[test]
fn a_missing_required_property_is_named() {
    insta::assert_snapshot!(refused::<BashOutput>(r#"{"kind":"BashOutput"}"#), @"missing field `command_id` at line 1 column 1");
}

/// One value of another type, deep inside of a recorded page: the error says where.
#[test]
fn a_wrong_type_deep_inside_is_found() {
    let page = include_str!("../payloads/search_events_1.json");
    let mut value: Value = serde_json::from_str(page).expect("it is JSON");
    let items = value["items"].as_array_mut().expect("a page has items");
    let (index, message) = items
        .iter_mut()
        .enumerate()
        .find(|(_, event)| event["kind"] == "MessageEvent" && event["llm_message"]["content"][0].is_object())
        .expect("there is a message");
    message["llm_message"]["content"][0]["text"] = serde_json::json!({"not": "a string"});
    let text = serde_json::to_string_pretty(&value).expect("it is JSON");
    let error = runtime::from_str::<EventPage>(&text).expect_err("a text is a string");
    assert_eq!(error.path(), format!("items[{index}].llm_message.content[0].text"));
    let (line, column) = error.position().expect("text has lines");
    let line = text.lines().nth(line - 1).expect("the line exists");
    assert!(line[column - 1..].starts_with('{'), "{line} at {column}");
    insta::assert_snapshot!(error.message(), @"invalid type: map, expected a string");
}

#[test]
fn responses_say_where_too() {
    let error = batch_get_conversations::Response::from_parts(200, None, b"[null,\n 7]")
        .expect_err("7 is not a conversation");
    insta::assert_snapshot!(error, @"[1]: invalid type: integer, expected an object (ConversationInfo) at line 2 column 2");
    let error = get_conversation::Response::from_parts(200, None, b"{").expect_err("that is not JSON");
    insta::assert_snapshot!(error, @"EOF while parsing an object at line 1 column 1");
    let error = get_conversation::Response::from_parts(200, None, b"\xff").expect_err("that is not text");
    insta::assert_snapshot!(error, @"invalid unicode code point at line 1 column 1");
}
