//! What `diff` says of the wire is held against reality. Values that the document of the one version allows are read and
//! written by the types of the other: what is called compatible reads all of them and writes what the other side allows,
//! and of what is called breaking there is a value that shows it. Each pair of versions is compared in both directions.

use std::path::PathBuf;
use std::thread;

use crate::diff_cases::cases;
use crate::diff_wire_support::cases::wire_cases;
use crate::diff_wire_support::harness::{Harness, build};
use crate::diff_wire_support::judge::Tally;
use crate::diff_wire_support::versions::{Documents, Source, sources};

/// Two releases of the agent server.
fn agent_server(old: &str, new: &str) -> [Source; 2] {
    let document = |version: &str| {
        let path = format!("{}/tests/fixtures/diff/agent-server-{version}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("the fixture is there");
        serde_json::from_str(&text).expect("it is JSON")
    };
    [old, new].map(|version| (document(version), String::new()))
}

/// What becomes of each part of the documents, on a thread of its own.
fn on_threads<T: Send, R: Send>(parts: Vec<T>, work: impl Fn(usize, T) -> R + Sync) -> Vec<R> {
    let work = &work;
    thread::scope(|scope| {
        let running: Vec<_> =
            parts.into_iter().enumerate().map(|(part, of)| scope.spawn(move || work(part, of))).collect();
        running.into_iter().map(|thread| thread.join().expect("the thread ends well")).collect()
    })
}

#[test]
fn values_agree() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-wire");
    let mut most: Vec<(&str, [Source; 2])> = Vec::new();
    most.extend(cases().iter().chain(&wire_cases()).map(|case| (case.name, sources(case))));
    most.push(("agent_server", agent_server("1.6.0", "1.7.0")));
    // Between these, pairs that were one type become two. They are as large as all others together.
    let largest = vec![("later_agent_server", agent_server("1.14.0", "1.58.0"))];
    let parts = on_threads(vec![most, largest], |_, part| {
        part.iter().map(|(name, sources)| Documents::new(name, sources)).collect::<Vec<_>>()
    });
    build(&folder, &parts);
    let tallies = on_threads(parts, |part, documents| {
        let (mut harness, mut tally) = (Harness::start(part), Tally::default());
        for documents in &documents {
            tally.judge(&documents.forward(), &mut harness);
            tally.judge(&documents.backward(), &mut harness);
        }
        tally
    });
    let mut tally = Tally::default();
    tallies.into_iter().for_each(|part| tally.add(part));
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n"));
    // So that it is known to have asked something.
    assert!(tally.pairs > 500 && tally.values > 20_000 && tally.witnesses > 200, "{tally:#?}");
}
