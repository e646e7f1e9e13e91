//! The compiler is asked whether `diff` is right: code that uses the models of an old document is compiled against
//! those of the new one. What is called breaking must break it, and what is not must not.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use modelsmith::diff::{self, Diff, On, Options, Severity};

use crate::cli_support::write;
use crate::diff_cases::calls::call_cases;
use crate::diff_cases::methods::method_cases;
use crate::diff_cases::package::{cargo, generated, models, workspace};
use crate::diff_cases::{Case, cases};

/// What a snippet does, which decides which of the effects it is to notice.
const USES: [&str; 3] = ["reading", "writing", "rest"];

/// Whether a use is said to break.
fn is_said_to_break(diff: &Diff, usage: &str) -> bool {
    let changes = || diff.items.iter().flat_map(|item| &item.changes);
    let reaches = |least: Severity, reading: bool, writing: bool| {
        changes().filter(|change| usage != "writing" || change.on != On::New).any(|change| {
            let reading = change.source.reading.filter(|_| reading);
            let writing = change.source.writing.filter(|_| writing);
            reading.into_iter().chain(writing).any(|effect| effect.severity >= least)
        })
    };
    match usage {
        "reading" => reaches(Severity::BreaksWithoutRest, true, false),
        // Literals of all fields, which do not call `new`.
        "writing" => reaches(Severity::BreaksWithoutRest, false, true),
        // Names structs with `..` in patterns and literals.
        _ => reaches(Severity::Breaks, true, true),
    }
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
         models = {{ package = \"models-{side}\", path = \"../models-{side}\" }}\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n"
        ),
    );
}

/// The examples that do not compile.
fn failing(folder: &Path, side: &str) -> BTreeSet<String> {
    let output = cargo(folder)
        .args(["check", "--offline", "--examples", "--keep-going", "--message-format=json", "-p"])
        .arg(format!("users-{side}"))
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
    workspace(&folder, "\"models-*\", \"users-*\"");
    let mut cases = cases();
    cases.extend(call_cases());
    cases.extend(method_cases());
    let of = |case: &Case, config, document| generated(case.name, config, document);
    let old: Vec<_> = cases.iter().map(|case| (case, of(case, case.config, case.old))).collect();
    let new: Vec<_> =
        cases.iter().map(|case| (case, of(case, case.new_config.unwrap_or(case.config), case.new))).collect();
    for (side, outputs) in [("old", &old), ("new", &new)] {
        let modules: Vec<_> = outputs.iter().map(|(case, output)| (case.name.to_owned(), output)).collect();
        let package = format!("models-{side}");
        models(&folder.join(&package), &package, &modules);
        users(&folder.join(format!("users-{side}")), side, &cases);
    }

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
