//! What README.md shows is true: its Rust is compiled and run here, and its unions are those that are emitted.

use std::fs;
use std::path::Path;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn models_are_written_and_read_as_shown() -> Result<(), Box<dyn std::error::Error>> {
    let body =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads/get_conversation_1.json"))?;
    let (status, content_type) = (200, Some("application/json"));
    // README: begin
    use agent_server_models::operations::get_conversation;
    use agent_server_models::{
        ConfirmRisky, ConfirmationPolicyBase, SecurityRisk, SetConfirmationPolicyRequest, runtime,
    };

    // Writing: the tag is no field, and what has a default need not be filled in.
    let request = SetConfirmationPolicyRequest {
        policy: ConfirmationPolicyBase::ConfirmRisky(ConfirmRisky {
            threshold: SecurityRisk::Medium,
            ..Default::default()
        }),
    };
    assert_eq!(
        serde_json::to_string(&request)?,
        r#"{"policy":{"kind":"ConfirmRisky","threshold":"MEDIUM","confirm_unknown":true}}"#
    );

    // Reading: by status code, with any HTTP client.
    match get_conversation::Response::from_parts(status, content_type, &body)? {
        get_conversation::Response::Ok(conversation) => match &conversation.confirmation_policy {
            ConfirmationPolicyBase::NeverConfirm(_) => println!("{} never asks", conversation.id),
            ConfirmationPolicyBase::ConfirmRisky(policy) => println!("asks from {}", policy.threshold),
            ConfirmationPolicyBase::Unknown(policy) => println!("{} is new here", policy.tag),
            _ => println!("asks"),
        },
        other => println!("status {}", other.status()),
    }

    // A wrong value: where it is and what is wrong with it.
    let wrong = r#"{"policy": {"threshold": "HIGH", "confirm_unknown": 1, "kind": "ConfirmRisky"}}"#;
    let error = runtime::from_str::<SetConfirmationPolicyRequest>(wrong).unwrap_err();
    assert_eq!(
        error.to_string(),
        "policy.confirm_unknown: invalid type: integer `1`, expected a boolean at line 1 column 53"
    );
    // README: end
    Ok(())
}

#[test]
fn the_readme_shows_the_code_that_runs_here() {
    let this = text("tests/readme.rs");
    let (_, shown) = this.split_once("// README: begin\n").expect("the example begins");
    let (shown, _) = shown.split_once("    // README: end").expect("the example ends");
    let shown: String =
        shown.lines().map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect();
    assert!(text("README.md").contains(&format!("```rust\n{shown}```")), "README.md must show:\n{shown}");
}

#[test]
fn the_readme_shows_the_unions_as_they_are_emitted() {
    let readme = text("README.md");
    for union in ["confirmation_policy_base", "security_analyzer_base", "condenser_base"] {
        let file = text(&format!("generated/src/models/{union}.rs"));
        let at = file.find("#[non_exhaustive]").expect("a union may grow");
        assert!(readme.contains(&file[at..]), "README.md must show:\n{}", &file[at..]);
    }
}
