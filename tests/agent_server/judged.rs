//! The agent server's models, judged by what its document says in the words of JSON Schema: its examples and defaults,
//! random instances of each component, and spoiled ones.

use std::fs;

use fidelity::Document;
use fidelity::judge::{Again, judge};

include!(concat!(env!("OUT_DIR"), "/agent_server_readers.rs"));

/// Components that take more than their schemas do: a required `api_key` is `writeOnly`, so replies may lack it.
const WIDER: &[&str] = &["APIBasedCritic-Input", "APIBasedCritic-Output"];

#[test]
fn what_the_schemas_allow_is_read_and_written_the_same() {
    for (path, readers) in ALL {
        let text = fs::read_to_string(path).expect("the document is readable");
        let raw = serde_json::from_str(&text).expect("the document is JSON");
        let document = Document::new(raw).expect("it is an OpenAPI document");
        let verdict = judge(&document, 20, readers);
        assert!(verdict.wrong.is_empty(), "{}", verdict.wrong.join("\n"));
        let wider: Vec<&str> = verdict.accepted.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(wider, WIDER, "{:#?}", verdict.accepted);
        assert!(verdict.barren.is_empty(), "{:?}", verdict.barren);
        assert!(verdict.components > 200, "{verdict:?}");
        assert!(verdict.examples.same > 100, "{verdict:?}");
        assert!(verdict.instances.same > verdict.components * 10, "{verdict:?}");
        assert!(verdict.refused > verdict.components, "{verdict:?}");
    }
}
