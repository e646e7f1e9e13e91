//! Holds the stages to what they may import (ARCHITECTURE.md, "The pipeline").
//!
//! Scans the sources for `crate::` paths, which is how a stage reaches another one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each stage and the modules of the crate that it may import, itself apart.
const ALLOWED: &[(&str, &[&str])] = &[
    ("config", &[]),
    ("diagnostics", &[]),
    ("load", &["config", "diagnostics"]),
    ("lower", &["diagnostics", "load"]),
    ("select", &["config", "diagnostics", "ir", "lower"]),
    ("examples", &["diagnostics", "ir", "load"]),
    ("resolve", &["config", "diagnostics", "ir", "naming"]),
    ("ir", &["diagnostics"]),
    ("naming", &["ir", "parallel"]),
    ("emit", &["config", "ir", "naming", "parallel"]),
    ("diff", &["diagnostics", "ir", "naming", "report"]),
    ("report", &["diagnostics", "ir", "naming"]),
    ("parallel", &[]),
    ("runtime", &[]),
    ("settings", &["config", "diagnostics"]),
    ("write", &["parallel"]),
    // The driver and the doors see everything.
    ("build", &["*"]),
    ("cli", &["*"]),
    ("generate", &["*"]),
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The first segments of all `crate::` paths of a text, comments apart.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| {
        // What stands in a string is a text for the user: an odd number of quotes before it opens one.
        let is_path = move |at: usize| {
            let before = line[..at].replace("\\\"", "");
            !before.ends_with('$') && before.matches('"').count() % 2 == 0
        };
        line.match_indices("crate::").filter(move |(at, _)| is_path(*at)).map(|(at, found)| {
            let rest = &line[at + found.len()..];
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        })
    })
    .filter(|name| !name.is_empty())
    .collect()
}

fn stage_of(path: &Path, sources: &Path) -> String {
    let inner = path.strip_prefix(sources).expect("the file lies in the sources");
    let first = inner.components().next().expect("the path has a part").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn stages_import_only_what_the_design_allows() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/src");
    let mut files = Vec::new();
    source_files(&sources, &mut files);
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &files {
        let stage = stage_of(path, &sources);
        if stage == "lib" || stage == "main" {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == stage) else {
            faults.push(format!("{}: no rule for the stage `{stage}`", path.display()));
            continue;
        };
        seen.insert(stage.clone());
        let text = fs::read_to_string(path).expect("a source file is readable");
        for import in imports(&text) {
            if import != stage && !allowed.contains(&"*") && !allowed.contains(&import.as_str()) {
                let inner = path.strip_prefix(&sources).expect("the file lies in the sources");
                faults.push(format!("{}: `{stage}` must not import `{import}`", inner.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let rules: BTreeSet<String> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, rules, "a rule without a stage is a rule that nothing checks");
}

#[test]
fn only_the_doors_touch_the_disk_and_the_terminal() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/src");
    let mut files = Vec::new();
    source_files(&sources, &mut files);
    let doors = ["main", "cli", "build", "write", "load", "settings"];
    for path in files.iter().filter(|path| !doors.contains(&stage_of(path, &sources).as_str())) {
        let text = fs::read_to_string(path).expect("a source file is readable");
        for word in ["std::fs", "std::env", "println!", "eprintln!", "std::process"] {
            let is_used =
                text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!is_used, "{} uses {word}", path.display());
        }
    }
}
