//! The compiler is asked whether `diff` is right: code that uses the models of an old document is compiled against
//! those of the new one. What is called breaking must break it, and what is not must not.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use modelsmith::diff::{self, Diff, On, Options, Severity};

use crate::cli_support::cargo::run_cargo;
use crate::cli_support::write;
use crate::diff_cases::calls::call_cases;
use crate::diff_cases::methods::method_cases;
use crate::diff_cases::package::{generated, models, workspace};
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

/// A crate with a module for each snippet.
struct Users {
    folder: PathBuf,
    side: &'static str,
    /// The modules that are compiled.
    modules: BTreeSet<String>,
}

impl Users {
    fn write(folder: &Path, side: &'static str, cases: &[Case]) -> Self {
        let package = format!("users-{side}");
        let mut modules = BTreeSet::new();
        for case in cases {
            for (usage, snippet) in USES.iter().zip(case.snippets) {
                let module = format!("{}_{usage}", case.name);
                let text = format!("use models::{}::*;\n{snippet}\n", case.name);
                write(folder, &format!("{package}/src/{module}.rs"), &text);
                modules.insert(module);
            }
        }
        write(
            folder,
            &format!("{package}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             models = {{ package = \"models-{side}\", path = \"../models-{side}\" }}\n\
             chrono = {{ version = \"0.4\", default-features = false }}\n"
            ),
        );
        // Cargo reads all members of the workspace.
        write(folder, &format!("{package}/src/lib.rs"), "");
        Self { folder: folder.to_owned(), side, modules }
    }

    /// The modules that do not compile. The compiler stops at some errors before it looks for others, so what fails is
    /// taken out until the rest compiles.
    fn failing(mut self) -> BTreeSet<String> {
        let mut failing = BTreeSet::new();
        loop {
            let found = self.compile();
            if found.is_empty() {
                return failing;
            }
            self.modules.retain(|module| !found.contains(module));
            failing.extend(found);
        }
    }

    /// Compiles the modules that are left, and gives those with errors.
    fn compile(&self) -> BTreeSet<String> {
        let modules: String = self.modules.iter().map(|module| format!("mod {module};\n")).collect();
        let root = format!("users-{}/src/lib.rs", self.side);
        write(&self.folder, &root, &format!("#![allow(unused)]\n{modules}"));
        let package = format!("users-{}", self.side);
        let run = run_cargo(&self.folder, &["check", "--message-format=json", "-p", &package]);
        let mut found = BTreeSet::new();
        for line in run.stdout.lines() {
            let message: serde_json::Value = serde_json::from_str(line).expect("cargo writes JSON");
            let (error, target) = (&message["message"], &message["target"]["name"]);
            if message["reason"] != "compiler-message" || error["level"] != "error" {
                continue;
            }
            assert_eq!(target, &format!("users_{}", self.side), "the models compile: {message:#}");
            let spans = error["spans"].as_array().into_iter().flatten();
            let files =
                spans.filter(|span| span["is_primary"] == true).filter_map(|span| span["file_name"].as_str());
            let names: Vec<_> = files.filter_map(|file| Path::new(file).file_stem()?.to_str()).collect();
            let is_summary = names.is_empty();
            assert!(is_summary || names.iter().all(|name| self.modules.contains(*name)), "{message:#}");
            found.extend(names.into_iter().map(str::to_owned));
        }
        assert_eq!(run.code == Some(0), found.is_empty(), "{}", run.stderr);
        found
    }
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
    let [old_users, new_users] = [("old", &old), ("new", &new)].map(|(side, outputs)| {
        let modules: Vec<_> = outputs.iter().map(|(case, output)| (case.name.to_owned(), output)).collect();
        let package = format!("models-{side}");
        models(&folder.join(&package), &package, &modules);
        Users::write(&folder, side, &cases)
    });

    let invalid = old_users.failing();
    assert!(invalid.is_empty(), "these do not use the old models rightly: {invalid:#?}");
    let broken = new_users.failing();
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
