//! What `diff` says of the wire is held against reality. Values that the document of the one version allows are read and
//! written by the types of the other: what is called compatible reads all of them and writes what the other side allows,
//! and of what is called breaking there is a value that shows it. Each pair of versions is compared in both directions.

use std::path::PathBuf;

use crate::diff_cases::cases;
use crate::diff_wire_support::cases::wire_cases;
use crate::diff_wire_support::harness::Harness;
use crate::diff_wire_support::judge::Tally;
use crate::diff_wire_support::versions::{Documents, Versions};

/// Two releases of the agent server.
fn agent_server(name: &str, old: &str, new: &str) -> Documents {
    let document = |version: &str| {
        let path = format!("{}/tests/fixtures/diff/agent-server-{version}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("the fixture is there");
        serde_json::from_str(&text).expect("it is JSON")
    };
    let without_settings = |version| (document(version), String::new());
    Documents { name: name.to_owned(), old: without_settings(old), new: without_settings(new) }
}

#[test]
fn values_agree() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-wire");
    let mut documents: Vec<Documents> = cases().iter().map(Documents::of_case).collect();
    documents.extend(wire_cases().iter().map(Documents::of_case));
    documents.push(agent_server("agent_server", "1.6.0", "1.7.0"));
    // Between these, pairs that were one type become two.
    documents.push(agent_server("later_agent_server", "1.14.0", "1.58.0"));
    let forward: Vec<Versions> = documents.iter().map(Documents::forward).collect();
    let mut harness = Harness::build(&folder, &forward);
    let mut tally = Tally::default();
    for (documents, forward) in documents.iter().zip(&forward) {
        tally.judge(forward, &mut harness);
        tally.judge(&documents.backward(), &mut harness);
    }
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n"));
    // So that it is known to have asked something.
    assert!(tally.pairs > 500 && tally.values > 20_000 && tally.witnesses > 200, "{tally:#?}");
}
