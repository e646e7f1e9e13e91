//! One generation, measured from within.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use modelsmith::config::Config;
use modelsmith::diagnostics::Diagnostic;
use modelsmith::load::DiskReader;
use modelsmith::write::FileSet;
use serde::{Deserialize, Serialize};

/// What is known of one generation.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Generation {
    /// Why nothing was emitted.
    pub(crate) error: Option<String>,
    /// Component schemas.
    pub(crate) schemas: usize,
    /// Operations, webhooks and callbacks.
    pub(crate) operations: usize,
    /// Milliseconds from reading the file to the last text.
    pub(crate) milliseconds: f64,
    /// Most memory that the process held, in KiB.
    pub(crate) peak: u64,
    /// Lines of Rust, without the runtime.
    pub(crate) lines: usize,
    /// Lines of the runtime.
    pub(crate) runtime_lines: usize,
    /// Warnings by code.
    pub(crate) warnings: BTreeMap<String, usize>,
    /// `serde_json::Value`s by reason.
    pub(crate) any: BTreeMap<String, usize>,
    /// All types.
    pub(crate) types: usize,
    /// `Value`s whose schemas are more specific.
    pub(crate) untyped: usize,
}

/// Runs this program again for one document.
pub(crate) fn measured(document: &Path, out: &Path, name: &str, client: bool) -> Result<Generation, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .arg("generate")
        .args([document, out])
        .arg(name)
        .args(client.then_some("--client"))
        .output()
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        format!("the generation died ({}): {}", output.status, said.lines().last().unwrap_or_default())
    })
}

/// Generates, writes the package and prints what is known as JSON.
pub(crate) fn run(document: &Path, out: &Path, name: &str, client: bool) -> Result<(), String> {
    let started = Instant::now();
    let mut config = config(name);
    config.rust.client = client;
    // Sets of files may have their root in a folder of its own.
    config.input.allow_outside = true;
    let generated = modelsmith::generate(document, &DiskReader, &config);
    let mut known = Generation {
        milliseconds: started.elapsed().as_secs_f64() * 1000.0,
        peak: peak(),
        ..Generation::default()
    };
    match generated {
        Ok(output) => {
            let summary = output.summary();
            known.schemas = output.graph.components().len();
            known.operations = summary.operations;
            known.types = summary.types;
            known.untyped = summary.untyped();
            known.any = summary.any.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect();
            for warning in &output.warnings {
                *known.warnings.entry(warning.code.to_owned()).or_default() += 1;
            }
            for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                let lines = text.lines().count();
                if path.starts_with("src/runtime") {
                    known.runtime_lines += lines;
                } else {
                    known.lines += lines;
                }
            }
            store(&output.files, out)?;
        }
        Err(failure) => known.error = Some(reason(&failure.diagnostics)),
    }
    println!("{}", serde_json::to_string(&known).map_err(|error| error.to_string())?);
    Ok(())
}

/// The first error of a failed generation.
pub(crate) fn reason(diagnostics: &[Diagnostic]) -> String {
    let error =
        diagnostics.iter().find(|diagnostic| diagnostic.severity == modelsmith::diagnostics::Severity::Error);
    error.map_or_else(
        || "no diagnostic says why".to_owned(),
        |error| format!("{}: {} at {:?}", error.code, error.message, error.location.pointer),
    )
}

/// The settings of a package called `name`.
pub(crate) fn config(name: &str) -> Config {
    let mut config = Config::default();
    config.rust.crate_name = Some(name.to_owned());
    config
}

/// Makes the folder hold these files and no others, touching only what differs.
pub(crate) fn store(files: &FileSet, out: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", out.display());
    remove_others(files, &out.join("src"), "src").map_err(failed)?;
    for (path, text) in files.iter() {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
            std::fs::write(&path, text).map_err(failed)?;
        }
    }
    Ok(())
}

fn remove_others(files: &FileSet, folder: &Path, name: &str) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        let name = format!("{name}/{}", entry.file_name().unwrap_or_default().to_string_lossy());
        if entry.is_dir() {
            remove_others(files, &entry, &name)?;
        } else if files.get(&name).is_none() {
            std::fs::remove_file(&entry)?;
        }
    }
    Ok(())
}

/// Most memory that this process held, in KiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
