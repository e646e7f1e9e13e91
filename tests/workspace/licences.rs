//! Every dependency has a licence that `deny.toml` allows, and comes from the registry.

use std::process::Command;

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

/// The packages that Cargo knows of, for the platform that the tests run on.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(version.stdout).expect("rustc writes text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("there are packages").clone()
}

/// The licences that the policy allows.
fn allowed() -> Vec<Licensee> {
    let policy: toml::Table = include_str!("../../deny.toml").parse().expect("the policy is TOML");
    let allowed = policy["licenses"]["allow"].as_array().expect("it is a list");
    let text = |value: &toml::Value| value.as_str().expect("a licence is a text").to_owned();
    allowed.iter().map(|value| Licensee::parse(&text(value)).expect("it is a licence")).collect()
}

#[test]
fn every_licence_is_allowed() {
    let (packages, allowed) = (packages(), allowed());
    assert!(packages.len() > 100, "{} packages", packages.len());
    let refused = packages.iter().filter_map(|package| {
        let (name, licence) = (package["name"].as_str()?, package["license"].as_str().unwrap_or_default());
        let expression = Expression::parse_mode(licence, ParseMode::LAX);
        let is_allowed = expression.is_ok_and(|expression| {
            expression.evaluate(|needed| allowed.iter().any(|licence| licence.satisfies(needed)))
        });
        (!is_allowed).then(|| format!("{name}: `{licence}`"))
    });
    assert_eq!(refused.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_dependency_comes_from_the_registry_or_this_workspace() {
    let foreign = packages().into_iter().filter(|package| {
        let source = package["source"].as_str();
        source.is_some_and(|source| !source.starts_with("registry+"))
    });
    assert_eq!(foreign.collect::<Vec<_>>(), Vec::<Value>::new());
}
