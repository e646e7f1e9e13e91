//! What emitted packages depend on, by their features.

use std::collections::BTreeSet;
use std::process::Command;

/// The packages that the agent server's models need with these features, as deep as said.
fn dependencies(features: &str, depth: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package",
            "agent-server-models",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--no-default-features", "--features", features, "--depth", depth])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo writes text");
    let names = text.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
    names.filter(|name| *name != "agent-server-models").map(str::to_owned).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn without_features_models_need_what_their_types_need() {
    assert_eq!(dependencies("", "1"), set(&["chrono", "serde", "serde_json", "uuid"]));
    let all = dependencies("", "100");
    for package in ["bytes", "http", "reqwest", "tokio", "ureq"] {
        assert!(!all.contains(package), "{package} is among {all:?}");
    }
}

#[test]
fn features_add_what_they_are_called_after() {
    let models = ["chrono", "serde", "serde_json", "uuid"];
    let with = |names: &[&str]| set(&[&models[..], &["bytes", "http"], names].concat());
    assert_eq!(dependencies("client", "1"), with(&[]));
    assert_eq!(dependencies("reqwest", "1"), with(&["http-body", "reqwest"]));
    assert_eq!(dependencies("ureq", "1"), with(&["ureq"]));
    // Which TLS is used is up to the user.
    for features in ["reqwest", "ureq"] {
        let all = dependencies(features, "100");
        assert!(!all.iter().any(|name| name.contains("tls")), "{all:?}");
    }
}
