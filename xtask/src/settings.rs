//! `cargo xtask settings`: what compiling takes with each setting that changes how much is emitted, beside the defaults.

use std::ffi::OsString;
use std::path::Path;

use modelsmith::load::DiskReader;

use crate::SettingsArguments;
use crate::cargo::{Workspace, touch};
use crate::measure::{self, Taken};
use crate::table::Table;
use crate::{documents, generation};

/// The settings, and the features of the emitted package that go with them. The first are the defaults.
const CASES: [Case; 7] = [
    Case { settings: "", features: &[] },
    Case { settings: "constructors = false", features: &[] },
    Case { settings: "union-methods = false", features: &[] },
    Case { settings: "write-defaults = \"always\"", features: &[] },
    Case { settings: "read-write = \"one\"", features: &[] },
    Case { settings: "checks = true", features: &["checks"] },
    Case { settings: "client = true", features: &["client"] },
];

#[derive(Clone, Copy)]
struct Case {
    settings: &'static str,
    features: &'static [&'static str],
}

impl Case {
    /// Whether it is to be measured; the defaults always are.
    fn is_wanted(self, arguments: &SettingsArguments) -> bool {
        let wanted = &arguments.settings;
        let is_named = wanted.iter().any(|text| self.settings.contains(text.as_str()));
        self.settings.is_empty() || wanted.is_empty() || is_named
    }
}

/// One document under one of the settings.
struct Package {
    name: String,
    case: Case,
    lines: usize,
    checks: Vec<Taken>,
    release: Option<Taken>,
}

/// Measures the selected documents and prints a table for all of them.
pub(crate) fn run(arguments: &SettingsArguments) -> Result<bool, String> {
    let workspace = Workspace::new("settings", None)?;
    let mut table = Table::new(&[
        "document",
        "settings",
        "lines",
        "check",
        "times the defaults",
        "release",
        "times the defaults",
    ]);
    let found = documents::find(&arguments.selection).map_err(|error| error.to_string())?;
    for document in &found {
        let mut packages = Vec::new();
        for (index, case) in CASES.into_iter().enumerate().filter(|(_, case)| case.is_wanted(arguments)) {
            let name = format!("{}-{index}", document.package());
            let lines = generate(&document.path, &workspace.package(&name), &name, case.settings)?;
            packages.push(Package { name, case, lines, checks: Vec::new(), release: None });
        }
        let names: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
        workspace.members(&names)?;
        for package in &packages {
            // Builds the dependencies too.
            package.cargo(&workspace, &["check"])?;
        }
        for _ in 0..arguments.rounds.max(1) {
            // The settings take turns: what slows the machine slows all of them.
            for package in &mut packages {
                let taken = package.timed(&workspace, &["check"])?;
                package.checks.push(taken);
            }
        }
        if arguments.release {
            for package in &mut packages {
                package.cargo(&workspace, &["build", "--release"])?;
                package.release = Some(package.timed(&workspace, &["build", "--release"])?);
            }
        }
        rows(&document.name, &packages, &mut table);
    }
    println!("{table}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, table.to_string()).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(true)
}

fn rows(document: &str, packages: &[Package], table: &mut Table) {
    let Some(defaults) = packages.first() else { return };
    let (check, release) = (defaults.check(), defaults.release.map(|taken| taken.user));
    for package in packages {
        let settings = if package.case.settings.is_empty() { "defaults" } else { package.case.settings };
        let mut cells = vec![
            document.to_owned(),
            settings.to_owned(),
            package.lines.to_string(),
            format!("{:.2} s", package.check()),
            format!("{:.2}", package.check() / check),
        ];
        if let (Some(taken), Some(release)) = (package.release, release) {
            cells.extend([format!("{:.2} s", taken.user), format!("{:.2}", taken.user / release)]);
        }
        table.row(cells);
    }
}

impl Package {
    /// The median of the checks, in seconds of processor time.
    fn check(&self) -> f64 {
        measure::median(&self.checks, |taken| taken.user)
    }

    /// Runs cargo as if only this package had changed.
    fn timed(&self, workspace: &Workspace, task: &[&str]) -> Result<Taken, String> {
        touch(&workspace.package(&self.name).join("src/lib.rs"))?;
        self.cargo(workspace, task)
    }

    fn cargo(&self, workspace: &Workspace, task: &[&str]) -> Result<Taken, String> {
        eprintln!("{} {}", task.join(" "), self.name);
        let manifest = workspace.root.join("Cargo.toml");
        let package = ["--package", &self.name, "--manifest-path"];
        let head = ["cargo"].iter().chain(task).chain(&package).map(OsString::from);
        let features =
            self.case.features.iter().flat_map(|feature| ["--features", feature]).map(OsString::from);
        let command: Vec<OsString> = head.chain([manifest.into()]).chain(features).collect();
        let log = workspace.result("log");
        let taken = measure::taken(&command, &log)?;
        if taken.is_ok {
            return Ok(taken);
        }
        Err(format!("{} does not compile: {}", self.name, std::fs::read_to_string(&log).unwrap_or_default()))
    }
}

/// Writes the package of a document, and counts its lines without the runtime.
fn generate(document: &Path, out: &Path, name: &str, settings: &str) -> Result<usize, String> {
    let mut config = modelsmith::config::parse(settings).map_err(|error| error.to_string())?;
    config.rust.crate_name = Some(name.to_owned());
    config.input.allow_outside = true;
    let output = modelsmith::generate(document, &DiskReader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    generation::store(&output.files, out)?;
    let own =
        output.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime"));
    Ok(own.map(|(_, text)| text.lines().count()).sum())
}
