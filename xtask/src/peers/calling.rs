//! Time and memory of compiling models together with what calls the operations, beside our models alone.

use std::path::Path;

use super::compiling::{self, Row};
use super::tool::{Output, Tool};
use super::{Bench, Subject};
use crate::table::Table;

/// The documents whose operations are compiled.
const COMPILED: [&str; 2] = ["agent server", "github-rest"];

/// The table: our models first, then every tool's client.
pub(super) fn compare(bench: &Bench) -> Result<String, String> {
    let mut table = Table::new(&[
        "document",
        "tool",
        "what",
        "lines",
        "check",
        "user",
        "times our models",
        "rustc's memory",
        "release build",
        "user",
        "rlib",
    ]);
    for subject in bench.subjects.iter().filter(|subject| COMPILED.contains(&subject.name)) {
        let mut rows = Vec::new();
        for (tool, program) in &bench.programs {
            if *tool == Tool::Modelsmith {
                rows.push((tool, "models", one(bench, *tool, program, subject, Output::Models)));
            }
            rows.push((tool, "client", one(bench, *tool, program, subject, Output::Client)));
        }
        let ours = rows.first().and_then(|(_, _, row)| row.as_ref().ok());
        let ours = ours.map_or(f64::NAN, |row| row.check.user);
        for (tool, what, row) in rows {
            let mut cells = vec![subject.name.to_owned(), tool.title(), what.to_owned()];
            match row {
                Err(why) => cells.extend([String::new(), why]),
                Ok(row) => cells.extend(row.cells(ours)),
            }
            table.row(cells);
        }
    }
    Ok(format!(
        "### Calling operations\n\nModels with what calls the operations; ours with the feature `client`. Taken as above; of \
         others, the agent server's alone are built for release.\n\n{table}\n"
    ))
}

fn one(bench: &Bench, tool: Tool, program: &Path, subject: &Subject, output: Output) -> Result<Row, String> {
    let (name, _) = bench.package(tool, subject.name);
    let (name, features): (_, &[&str]) = match (tool, output) {
        (_, Output::Models) => (format!("{name}-models"), &[]),
        (Tool::Modelsmith, Output::Client) => (format!("{name}-client"), &["client"]),
        (Tool::OpenapiToRust | Tool::Oas3Gen | Tool::Ploidy, Output::Client) => {
            (format!("{name}-client"), &[])
        }
    };
    let folder = bench.workspace.package(&name);
    let _ = std::fs::remove_dir_all(&folder);
    if !bench.generate_all(tool, program, &subject.path, &folder, output)?.is_ok {
        return Err("is not generated".to_owned());
    }
    let writes_manifest = tool == Tool::Oas3Gen && output == Output::Client;
    if !writes_manifest {
        compiling::package(tool, &name, &folder)?;
    }
    // Clients of the largest document take others many minutes.
    let is_released = tool == Tool::Modelsmith || subject.name == compiling::RELEASED;
    compiling::measured(bench, &name, &folder, features, is_released)
}
