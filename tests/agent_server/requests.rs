//! The requests of the agent server's operations, read back by a reader that knows nothing of what wrote them, and the
//! replies that its document describes.

use std::fs;

use fidelity::Document;
use fidelity::replies::{self, Replier};
use fidelity::requests::{Caller, judge};

include!(concat!(env!("OUT_DIR"), "/agent_server_callers.rs"));

#[test]
fn requests_say_what_was_given() {
    for (path, callers) in CALLERS {
        let text = fs::read_to_string(path).expect("the document is readable");
        let raw = serde_json::from_str(&text).expect("the document is JSON");
        let document = Document::new(raw).expect("it is an OpenAPI document");
        let verdict = judge(&document, 20, callers);
        assert!(verdict.wrong.is_empty(), "{}", verdict.wrong.join("\n"));
        assert!(verdict.barren.is_empty(), "{:?}", verdict.barren);
        assert!(verdict.operations > 45, "{verdict:?}");
        assert!(verdict.requests > 15 * verdict.operations, "{verdict:?}");
        assert!(verdict.parameters > 500 && verdict.bodies > 100, "{verdict:?}");
    }
}

#[test]
fn replies_are_read_as_the_document_describes_them() {
    for (path, repliers) in REPLIERS {
        let text = fs::read_to_string(path).expect("the document is readable");
        let raw = serde_json::from_str(&text).expect("the document is JSON");
        let document = Document::new(raw).expect("it is an OpenAPI document");
        let verdict = replies::judge(&document, repliers);
        assert!(verdict.wrong.is_empty(), "{}", verdict.wrong.join("\n"));
        assert!(verdict.instances > 150, "{verdict:?}");
    }
}
