//! Every dependency has a licence that `deny.toml` allows, and comes from the registry.

use std::collections::HashMap;
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

/// Which licences the policy allows: those of any package, and more for some.
struct Policy {
    allowed: Vec<Licensee>,
    exceptions: HashMap<String, Vec<Licensee>>,
}

impl Policy {
    fn read() -> Self {
        let policy: toml::Table = include_str!("../../deny.toml").parse().expect("the policy is TOML");
        let exceptions = policy["licenses"]["exceptions"].as_array().expect("it is a list");
        let exception = |entry: &toml::Value| {
            (entry["crate"].as_str().expect("a crate has a name").to_owned(), licensees(&entry["allow"]))
        };
        Self {
            allowed: licensees(&policy["licenses"]["allow"]),
            exceptions: exceptions.iter().map(exception).collect(),
        }
    }

    fn allows(&self, package: &str, licence: &str) -> bool {
        let more = self.exceptions.get(package).map_or(&[][..], Vec::as_slice);
        let expression = Expression::parse_mode(licence, ParseMode::LAX);
        expression.is_ok_and(|expression| {
            expression
                .evaluate(|needed| self.allowed.iter().chain(more).any(|licence| licence.satisfies(needed)))
        })
    }
}

fn licensees(list: &toml::Value) -> Vec<Licensee> {
    let text = |value: &toml::Value| value.as_str().expect("a licence is a text").to_owned();
    let list = list.as_array().expect("it is a list");
    list.iter().map(|value| Licensee::parse(&text(value)).expect("it is a licence")).collect()
}

#[test]
fn every_licence_is_allowed() {
    let (packages, policy) = (packages(), Policy::read());
    assert!(packages.len() > 100, "{} packages", packages.len());
    let refused = packages.iter().filter_map(|package| {
        let (name, licence) = (package["name"].as_str()?, package["license"].as_str().unwrap_or_default());
        (!policy.allows(name, licence)).then(|| format!("{name}: `{licence}`"))
    });
    assert_eq!(refused.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn an_exception_is_for_one_package() {
    let policy = Policy::read();
    assert!(policy.allows("libfuzzer-sys", "MIT AND NCSA"));
    assert!(!policy.allows("serde", "MIT AND NCSA"));
    assert!(!policy.allows("libfuzzer-sys", "GPL-3.0-only"));
}

#[test]
fn every_dependency_comes_from_the_registry_or_this_workspace() {
    let foreign = packages().into_iter().filter(|package| {
        let source = package["source"].as_str();
        source.is_some_and(|source| !source.starts_with("registry+"))
    });
    assert_eq!(foreign.collect::<Vec<_>>(), Vec::<Value>::new());
}
