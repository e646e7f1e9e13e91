//! Values made in Rust: defaults, struct literals, and the JSON that they give.

use agent_server_models::{
    Agent, ConfirmRisky, ConfirmationPolicyBase, GraySwanAnalyzer, LLM, LocalWorkspace, NeverConfirm,
    SecurityRisk, SpecTool, StartConversationRequest, runtime,
};
use serde_json::{Value, json};

#[test]
fn defaults_are_those_of_the_document() {
    assert_eq!(GraySwanAnalyzer::default().history_limit, 20);
    assert_eq!(GraySwanAnalyzer::default().api_key, None);
    assert_eq!(
        ConfirmRisky::default(),
        ConfirmRisky { threshold: SecurityRisk::High, confirm_unknown: true }
    );
}

#[test]
fn an_absent_timeout_is_the_default_and_null_is_none() {
    let read = |text: &str| runtime::from_str::<LLM>(text).expect("it reads");
    let written = |llm: &LLM| serde_json::to_value(llm).expect("it can be written").get("timeout").cloned();
    let absent = read(r#"{"model":"m"}"#);
    assert_eq!(absent.timeout, Some(300));
    assert_eq!(written(&absent), None, "what a request reaches leaves out a default");
    let null = read(r#"{"model":"m","timeout":null}"#);
    assert_eq!(null.timeout, None);
    assert_eq!(written(&null), Some(Value::Null), "absent would mean 300 again");
    assert!(serde_json::to_string(&null).expect("it can be written").contains(r#""timeout":null"#));
    assert_eq!(LLM::default().timeout, Some(300));
}

#[test]
fn a_secret_is_written_and_not_shown() {
    let llm = LLM { api_key: Some("sk-1234".to_owned().into()), ..LLM::default() };
    assert!(!format!("{llm:?} {llm:#?}").contains("1234"));
    assert_eq!(serde_json::to_value(&llm).expect("it can be written")["api_key"], "sk-1234");
}

#[test]
fn a_request_is_made_with_struct_literals() {
    let agent = Agent {
        llm: LLM {
            model: "openai/gpt-4o-mini".to_owned(),
            api_key: Some("secret-key".into()),
            usage_id: "agent".to_owned(),
            ..LLM::default()
        },
        tools: Some(vec![SpecTool::new("terminal")]),
        ..Agent::default()
    };
    let policy = ConfirmRisky { threshold: SecurityRisk::Medium, ..ConfirmRisky::default() };
    let request = StartConversationRequest {
        confirmation_policy: policy.into(),
        ..StartConversationRequest::new(agent, LocalWorkspace::new("/workspace"))
    };
    let written = serde_json::to_value(&request).expect("it can be written");
    insta::assert_snapshot!(serde_json::to_string_pretty(&written).expect("it is JSON"));
    let again: StartConversationRequest = runtime::from_value(&written).expect("it reads");
    assert_eq!(again, request);
}

#[test]
fn an_empty_policy_writes_its_kind() {
    let policy = ConfirmationPolicyBase::NeverConfirm(NeverConfirm::default());
    assert_eq!(serde_json::to_value(policy).expect("it can be written"), json!({"kind": "NeverConfirm"}));
}
