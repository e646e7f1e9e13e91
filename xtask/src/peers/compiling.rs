//! Time and memory of compiling the models, and the size of the library.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use super::tool::Tool;
use super::{Bench, Subject};
use crate::measure::{Taken, median};
use crate::table::Table;

/// The table: the tools take turns here too.
pub(super) fn compare(bench: &Bench) -> Result<String, String> {
    let mut table = Table::new(&[
        "document",
        "tool",
        "lines",
        "check",
        "user",
        "times ours",
        "rustc's memory",
        "release build",
        "user",
        "rlib",
    ]);
    for subject in bench.subjects.iter().filter(|subject| COMPILED.contains(&subject.name)) {
        let mut rows = Vec::new();
        for (tool, program) in &bench.programs {
            rows.push((*tool, one(bench, *tool, program, subject)));
        }
        let ours = rows.first().and_then(|(_, row)| row.as_ref().ok()).map_or(f64::NAN, |row| row.check.user);
        for (tool, row) in rows {
            let mut cells = vec![subject.name.to_owned(), tool.title()];
            match row {
                Err(why) => cells.extend([String::new(), why]),
                Ok(row) => cells.extend(row.cells(ours)),
            }
            table.row(cells);
        }
    }
    Ok(format!(
        "### Compiling\n\nThe models alone, dependencies built; `cargo check` is the median of {ROUNDS} (of fewer if \
         they take long), without incremental compilation; the release build is made once. Ratios are of processor \
         time.\n\n{table}\n"
    ))
}

/// The documents whose models are compiled.
const COMPILED: [&str; 3] = ["agent server", "stripe", "github-rest"];

/// More lines than this are not compiled: it takes many minutes and more memory than small machines have.
const MOST_LINES: usize = 300_000;

/// The document whose models are built for release too: of the largest that takes minutes.
pub(super) const RELEASED: &str = "agent server";

/// How often each package is checked.
const ROUNDS: usize = 3;

/// After this many seconds of checking, a package gets no further rounds.
const ENOUGH: f64 = 100.0;

/// What compiling a package took.
pub(super) struct Row {
    pub(super) lines: usize,
    pub(super) check: Taken,
    /// The release build and the size of the library in MiB.
    pub(super) release: Option<(Taken, f64)>,
}

impl Row {
    /// The cells of a table, beginning with the lines; `ours` is the processor time that others are compared with.
    pub(super) fn cells(&self, ours: f64) -> Vec<String> {
        let mut cells = vec![
            self.lines.to_string(),
            format!("{:.1} s", self.check.seconds),
            format!("{:.1} s", self.check.user),
            format!("{:.2}", self.check.user / ours),
            format!("{:.0} MiB", self.check.peak),
        ];
        cells.extend(self.release.iter().flat_map(|(taken, library)| {
            [format!("{:.1} s", taken.seconds), format!("{:.1} s", taken.user), format!("{library:.1} MiB")]
        }));
        cells
    }
}

fn one(bench: &Bench, tool: Tool, program: &Path, subject: &Subject) -> Result<Row, String> {
    let (name, folder) = bench.package(tool, subject.name);
    let _ = std::fs::remove_dir_all(&folder);
    if !bench.generate(tool, program, &subject.path, &folder)?.is_ok {
        return Err("is not generated".to_owned());
    }
    package(tool, &name, &folder)?;
    measured(bench, &name, &folder, &[], subject.name == RELEASED)
}

/// Compiles a package several times, with these features.
pub(super) fn measured(
    bench: &Bench,
    name: &str,
    folder: &Path,
    features: &[&str],
    is_released: bool,
) -> Result<Row, String> {
    eprintln!("compiling {name}");
    let lines = sources(folder)?.lines().count();
    if lines > MOST_LINES {
        return Err(format!("not tried: {lines} lines"));
    }
    bench.workspace.members(&[name.to_owned()])?;
    let check = cargo(bench, "check", name, features);
    // The first time builds the dependencies too, and tells whether it compiles.
    if !bench.taken(&check)?.is_ok {
        let log = std::fs::read_to_string(bench.workspace.result("log")).unwrap_or_default();
        let kept = bench.workspace.result(&format!("{name}.log"));
        std::fs::write(kept, &log).map_err(|error| error.to_string())?;
        let errors = log.lines().filter(|line| line.starts_with("error")).count().saturating_sub(1);
        return Err(format!("does not compile ({errors} errors)"));
    }
    let again = |command: &[OsString]| {
        crate::cargo::touch(&folder.join("src/lib.rs"))?;
        bench.taken(command)
    };
    let mut checks: Vec<Taken> = Vec::new();
    while checks.len() < ROUNDS && checks.iter().map(|one| one.seconds).sum::<f64>() < ENOUGH {
        checks.push(again(&check)?);
    }
    let release = if is_released { Some(release(bench, name, folder, features)?) } else { None };
    Ok(Row {
        lines,
        check: Taken {
            seconds: median(&checks, |one| one.seconds),
            user: median(&checks, |one| one.user),
            peak: median(&checks, |one| one.peak),
            is_ok: true,
        },
        release,
    })
}

/// Builds the package for release, again if its dependencies had to be built too, and gives the size of the library in MiB.
fn release(bench: &Bench, name: &str, folder: &Path, features: &[&str]) -> Result<(Taken, f64), String> {
    let build = [cargo(bench, "build", name, features), vec!["--release".into()]].concat();
    let mut taken = bench.taken(&build)?;
    let log = std::fs::read_to_string(bench.workspace.result("log")).map_err(|error| error.to_string())?;
    if crate::cargo::built(&log) > 1 {
        crate::cargo::touch(&folder.join("src/lib.rs"))?;
        taken = bench.taken(&build)?;
    }
    let library = format!("target/release/lib{}.rlib", name.replace('-', "_"));
    let library = std::fs::metadata(bench.workspace.root.join(library)).map_err(|error| error.to_string())?;
    #[expect(clippy::cast_precision_loss, reason = "files are smaller than 2^52 bytes")]
    Ok((taken, library.len() as f64 / 1024.0 / 1024.0))
}

fn cargo(bench: &Bench, task: &str, name: &str, features: &[&str]) -> Vec<OsString> {
    let manifest = bench.workspace.root.join("Cargo.toml");
    let command = ["cargo", task, "--package", name, "--manifest-path"].map(OsString::from);
    let features = features.iter().flat_map(|feature| ["--features".into(), (*feature).into()]);
    command.into_iter().chain([manifest.into()]).chain(features).collect()
}

/// All of a package's Rust, one file after the other.
pub(super) fn sources(folder: &Path) -> Result<String, String> {
    let mut folders = vec![folder.join("src")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let _ = writeln!(text, "{}", std::fs::read_to_string(&path).map_err(failed)?);
            }
        }
    }
    Ok(text)
}

/// Makes what a tool generated a package of this name.
pub(super) fn package(tool: Tool, name: &str, folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let head = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n");
    let manifest = match tool {
        Tool::Modelsmith | Tool::Ploidy => {
            let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).map_err(failed)?;
            let line = manifest.lines().find(|line| line.starts_with("name = ")).unwrap_or_default();
            manifest.replacen(line, &format!("name = \"{name}\""), 1)
        }
        Tool::OpenapiToRust => {
            let library = "#[path = \"mod.rs\"]\nmod api;\npub use api::*;\n";
            std::fs::write(folder.join("src/lib.rs"), library).map_err(failed)?;
            head + &std::fs::read_to_string(folder.join("src/REQUIRED_DEPS.toml")).map_err(failed)?
        }
        Tool::Oas3Gen => head + OAS3_GEN_DEPENDENCIES,
    };
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)
}

/// What the models of oas3-gen use, as in the manifest of a client that it writes; it writes none for models alone.
const OAS3_GEN_DEPENDENCIES: &str = r#"[dependencies]
anyhow = "1"
chrono = { version = "0.4", default-features = false, features = ["std", "clock", "serde"] }
http = "1"
indexmap = { version = "2", features = ["serde"] }
oas3-gen-support = "0.29"
reqwest = { version = "0.13", default-features = false, features = ["json"] }
serde = { version = "1", features = ["derive"] }
serde_json = { version = "1", features = ["preserve_order"] }
serde_with = { version = "3", features = ["base64", "chrono", "indexmap_2"] }
uuid = { version = "1", features = ["serde"] }
validator = { version = "0.21", features = ["derive", "indexmap"] }
"#;
