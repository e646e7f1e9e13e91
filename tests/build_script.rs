//! The entry point for build scripts: what build.rs put into `OUT_DIR` compiles, reads, and is what `generated/` holds.

#[allow(dead_code, unused_imports, reason = "a test does not use every model")]
#[allow(
    clippy::enum_variant_names,
    clippy::upper_case_acronyms,
    reason = "the document's names, and nobody's API here"
)]
mod models {
    include!(concat!(env!("OUT_DIR"), "/models.rs"));
}

use std::collections::BTreeSet;
use std::path::Path;

const PAGE: &str = include_str!("payloads/search_events_1.json");
const MODELS: &str = include_str!(concat!(env!("OUT_DIR"), "/models.rs"));

#[test]
fn a_payload_is_read_with_the_models_in_out_dir() {
    let page: models::EventPage = models::runtime::from_str(PAGE).expect("it reads");
    assert!(page.items.len() > 10);
    assert!(page.items.iter().any(|event| matches!(event, models::Event::ActionEvent(_))));
    assert_eq!(
        models::operations::search_conversation_events::PATH,
        agent_server_models::operations::search_conversation_events::PATH
    );
}

#[test]
fn both_doors_read_and_write_the_same() {
    let ours: models::EventPage = models::runtime::from_str(PAGE).expect("it reads");
    let committed: agent_server_models::EventPage =
        agent_server_models::runtime::from_str(PAGE).expect("it reads");
    assert_eq!(
        serde_json::to_string(&ours).expect("it can be written"),
        serde_json::to_string(&committed).expect("it can be written")
    );
    assert_eq!(format!("{ours:?}"), format!("{committed:?}"));
}

/// Every type, with its fields or variants, and every macro call, in both.
#[test]
fn both_doors_give_the_same_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/src");
    let mut committed = BTreeSet::new();
    for part in ["models", "operations"] {
        for entry in std::fs::read_dir(folder.join(part)).expect("the folder is readable") {
            let text = std::fs::read_to_string(entry.expect("a readable entry").path()).expect("it is text");
            committed.extend(items(&text));
        }
    }
    committed
        .extend(items(&std::fs::read_to_string(folder.join("client.rs")).expect("the file is readable")));
    let (models, _) = MODELS.split_once("pub mod runtime {").expect("the runtime comes last");
    let in_out_dir = items(models);
    assert!(committed.len() > 300, "{}", committed.len());
    let differing: Vec<_> = committed.symmetric_difference(&in_out_dir).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

/// The items of a text, without what differs by where they stand: indentation, line breaks, the way to other modules.
fn items(text: &str) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    let mut item = String::new();
    for line in text.lines().map(str::trim) {
        let starts = ["pub struct ", "pub enum ", "pub type ", "runtime::"]
            .iter()
            .any(|start| line.starts_with(start));
        if starts || line.is_empty() {
            items.insert(std::mem::take(&mut item));
        }
        if starts || !item.is_empty() {
            item.push_str(
                &line.split_whitespace().collect::<String>().replace("models::", "").replace("super::", ""),
            );
        }
    }
    items.insert(item);
    // A module that ends there closes its brace too.
    items.iter().map(|item| item.trim_end_matches('}').to_owned()).filter(|item| !item.is_empty()).collect()
}
