//! What `diff` says of the wire is held against reality. Values that the document of the one version allows are read and
//! written by the types of the other: what is called compatible reads all of them and writes what the other side allows,
//! and of what is called breaking there is a value that shows it.

mod diff_cases;
mod diff_wire_support;

use std::path::PathBuf;

use diff_cases::cases;
use diff_wire_support::cases::wire_cases;
use diff_wire_support::harness::Harness;
use diff_wire_support::judge::Tally;
use diff_wire_support::versions::Versions;

/// The two releases of the agent server that there are the documents of.
fn agent_server() -> Versions {
    let document = |version: &str| {
        let path = format!("{}/tests/fixtures/diff/agent-server-{version}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("the fixture is there");
        serde_json::from_str(&text).expect("it is JSON")
    };
    Versions::new("agent_server", ("", ""), document("1.6.0"), document("1.7.0"))
}

#[test]
fn values_agree() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-wire");
    let mut all: Vec<Versions> = cases().iter().map(Versions::of_case).collect();
    all.extend(wire_cases().iter().map(Versions::of_case));
    all.push(agent_server());
    let mut harness = Harness::build(&folder, &all);
    let mut tally = Tally::default();
    for versions in &all {
        tally.judge(versions, &mut harness);
    }
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n"));
    // So that it is known to have asked something.
    assert!(tally.pairs > 250 && tally.values > 5_000 && tally.witnesses > 40, "{tally:#?}");
}
