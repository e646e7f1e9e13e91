//! What README.md and docs/mapping.md show is true: the Rust is compiled and run here, and the unions are those that are
//! emitted.

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
    use agent_server_models::{ConfirmRisky, ConfirmationPolicyBase, SecurityRisk};

    // The tag `kind` is written automatically. Fields with a default need not be filled in, and are not sent.
    let policy = ConfirmationPolicyBase::ConfirmRisky(ConfirmRisky {
        threshold: SecurityRisk::Medium,
        ..Default::default()
    });
    let text = r#"{"kind":"ConfirmRisky","threshold":"MEDIUM"}"#;
    assert_eq!(serde_json::to_string(&policy)?, text);

    // A response is read by its status code and media type, whatever HTTP library received it.
    match get_conversation::Response::from_parts(status, content_type, &body)? {
        get_conversation::Response::Ok(conversation) => match &conversation.confirmation_policy {
            ConfirmationPolicyBase::NeverConfirm(_) => println!("{} never asks", conversation.id),
            ConfirmationPolicyBase::Unknown(policy) => println!("{} is new here", policy.tag),
            other => println!("asks: {other:?}"),
        },
        other => println!("status {}", other.status()),
    }
    // README: end
    Ok(())
}

#[test]
fn the_readme_shows_the_code_that_runs_here() {
    let this = text("tests/workspace/readme.rs");
    let (_, shown) = this.split_once("// README: begin\n").expect("the example begins");
    let (shown, _) = shown.split_once("    // README: end").expect("the example ends");
    let shown: String =
        shown.lines().map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect();
    assert!(text("README.md").contains(&format!("```rust\n{shown}```")), "README.md must show:\n{shown}");
}

#[test]
fn the_page_on_the_mapping_shows_the_unions_as_they_are_emitted() {
    let page = text("docs/mapping.md");
    for union in ["confirmation_policy_base", "security_analyzer_base", "condenser_base"] {
        let file = text(&format!("generated/src/models/{union}.rs"));
        let at = file.find("#[non_exhaustive]").expect("a union may grow");
        assert!(page.contains(&file[at..]), "docs/mapping.md must show:\n{}", &file[at..]);
    }
}
