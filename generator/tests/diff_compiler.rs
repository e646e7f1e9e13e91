//! The compiler is asked whether `diff` is right: code that uses the models of an old document is compiled against
//! those of the new one. What is called breaking must break it, and what is not must not.

mod diff_cases;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use diff_cases::{Case, cases};
use modelsmith::Output;
use modelsmith::config;
use modelsmith::diff::{self, Diff, Options, Severity};
use modelsmith::load::MemoryReader;

/// What a snippet does, which decides which of the effects it is to notice.
const USES: [&str; 3] = ["reading", "writing", "rest"];

fn generated(case: &Case, document: &str) -> Output {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Pets, version: \"1\" }}\n{document}");
    let reader = MemoryReader::new().with("pets.yaml", text);
    let config =
        config::parse(case.config).unwrap_or_else(|error| panic!("{}: {}", case.name, error.message));
    modelsmith::generate("pets.yaml".as_ref(), &reader, &config)
        .unwrap_or_else(|failure| panic!("{}: {:#?}", case.name, failure.diagnostics))
}

/// Whether a use is said to break.
fn is_said_to_break(diff: &Diff, usage: &str) -> bool {
    let changes = || diff.items.iter().flat_map(|item| &item.changes);
    let reaches = |least: Severity, reading: bool, writing: bool| {
        changes().any(|change| {
            let reading = change.source.reading.filter(|_| reading);
            let writing = change.source.writing.filter(|_| writing);
            reading.into_iter().chain(writing).any(|effect| effect.severity >= least)
        })
    };
    match usage {
        "reading" => reaches(Severity::BreaksWithoutRest, true, false),
        "writing" => reaches(Severity::BreaksWithoutRest, false, true),
        // Names structs with `..` in patterns and literals.
        _ => reaches(Severity::Breaks, true, true),
    }
}

/// A crate of all cases' models, each in a module, with one runtime for all.
fn models(folder: &Path, side: &str, outputs: &[(&Case, Output)]) {
    let mut root = String::from("#![allow(unused)]\npub mod runtime;\n");
    for (case, output) in outputs {
        let _ = writeln!(root, "pub mod {};", case.name);
        let mut module = String::from("use super::runtime;\nmod models;\npub use models::*;\n");
        for (path, text) in output.files.iter() {
            let Some(path) = path.strip_prefix("src/") else { continue };
            if path == "operations.rs" {
                module.push_str("pub mod operations;\n");
            }
            if path != "lib.rs" && !path.starts_with("runtime") {
                write(folder, &format!("src/{}/{path}", case.name), text);
            }
        }
        write(folder, &format!("src/{}.rs", case.name), &module);
    }
    write(folder, "src/lib.rs", &root);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    for entry in std::fs::read_dir(runtime).expect("the runtime is there") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let name = if name == "mod.rs" { "src/runtime.rs".to_owned() } else { format!("src/runtime/{name}") };
        write(folder, &name, &std::fs::read_to_string(path).expect("the runtime is text"));
    }
    write(
        folder,
        "Cargo.toml",
        &format!(
            "[package]\nname = \"models-{side}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\nname = \"models\"\n\n\
         [dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\ntime = {{ version = \"0.3\", default-features = false, features = [\"formatting\", \"parsing\", \"std\"] }}\nuuid = {{ version = \"1\", features = [\"serde\"] }}\n"
        ),
    );
}

/// A crate with an example for each snippet.
fn users(folder: &Path, side: &str, cases: &[Case]) {
    for case in cases {
        for (usage, snippet) in USES.iter().zip(case.snippets) {
            let text =
                format!("#![allow(unused)]\nuse models::{}::*;\n{snippet}\nfn main() {{}}\n", case.name);
            write(folder, &format!("examples/{}_{usage}.rs", case.name), &text);
        }
    }
    write(folder, "src/lib.rs", "");
    write(
        folder,
        "Cargo.toml",
        &format!(
            "[package]\nname = \"users-{side}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         models = {{ package = \"models-{side}\", path = \"../models-{side}\" }}\n"
        ),
    );
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
    std::fs::write(path, text).expect("files can be written");
}

/// The examples that do not compile.
fn failing(folder: &Path, side: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--examples", "--keep-going", "--message-format=json", "-p"])
        .arg(format!("users-{side}"))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff-target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut failing = BTreeSet::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("cargo writes JSON");
        if message["reason"] == "compiler-message" && message["message"]["level"] == "error" {
            let target = &message["target"];
            assert_eq!(target["kind"][0], "example", "the models compile: {message:#}");
            failing.insert(target["name"].as_str().expect("a target has a name").to_owned());
        }
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), failing.is_empty(), "{errors}");
    failing
}

#[test]
fn the_compiler_agrees() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("what an earlier run left can be removed");
    }
    let cases = cases();
    let old: Vec<_> = cases.iter().map(|case| (case, generated(case, case.old))).collect();
    let new: Vec<_> = cases.iter().map(|case| (case, generated(case, case.new))).collect();
    for (side, outputs) in [("old", &old), ("new", &new)] {
        models(&folder.join(format!("models-{side}")), side, outputs);
        users(&folder.join(format!("users-{side}")), side, &cases);
    }
    write(&folder, "Cargo.toml", "[workspace]\nmembers = [\"models-*\", \"users-*\"]\nresolver = \"3\"\n");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");

    let invalid = failing(&folder, "old");
    assert!(invalid.is_empty(), "these do not use the old models rightly: {invalid:#?}");
    let broken = failing(&folder, "new");
    let (mut faults, mut told) = (Vec::new(), String::new());
    for ((case, old), (_, new)) in old.iter().zip(&new) {
        let found = diff::compare(&old.compiled(), &new.compiled(), Options::default());
        let _ = writeln!(told, "=== {}\n{}", case.name, diff::text(&found));
        for usage in USES {
            let breaks = broken.contains(&format!("{}_{usage}", case.name));
            let said = is_said_to_break(&found, usage);
            if breaks != said {
                faults.push(format!("{}, {usage}: breaks {breaks}, said to break {said}", case.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{told}", faults.join("\n"));
    insta::assert_snapshot!("cases", told);
}
