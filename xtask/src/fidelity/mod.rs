//! `cargo xtask fidelity`: what is read with the emitted types is written back the same.

mod agreement;
mod cases;
mod harness;
mod tally;

use std::path::PathBuf;

use fidelity::Document;

use crate::FidelityArguments;
use crate::cargo::Workspace;
use crate::documents::{self, Found};
use crate::table::Table;
use cases::Cases;
use tally::Tally;

/// Runs over the selected documents. `false` when something was refused or came back changed.
pub(crate) fn run(arguments: &FidelityArguments) -> Result<bool, String> {
    let found = documents::find(&arguments.selection).map_err(|error| error.to_string())?;
    let workspace = Workspace::new("fidelity", arguments.jobs)?;
    let mut table = Table::new(&Tally::HEAD);
    let mut total = Tally::default();
    let mut failures = String::new();
    for document in &found {
        eprintln!("{}", document.name);
        match judge(arguments, &workspace, document) {
            Ok(tally) => {
                table.row(tally.row(&document.name));
                let text = tally.failures(&document.name, arguments.show);
                let all = tally.failures(&document.name, usize::MAX);
                let kept = workspace.result(&format!("{}.md", document.name));
                std::fs::write(kept, all).map_err(|error| error.to_string())?;
                eprint!("{text}");
                failures.push_str(&text);
                total.add(&tally);
            }
            Err(error) => {
                total.broken += 1;
                table.row(vec![
                    document.name.clone(),
                    format!("failed: {}", error.lines().next().unwrap_or_default()),
                ]);
                let text = format!("\n## {}\n\n```text\n{error}\n```\n", document.name);
                eprint!("{text}");
                failures.push_str(&text);
            }
        }
    }
    table.row(total.row("together"));
    println!("{table}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, format!("{table}{failures}"))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(total.is_perfect())
}

fn judge(arguments: &FidelityArguments, workspace: &Workspace, found: &Found) -> Result<Tally, String> {
    let raw = documents::read(&found.path)?;
    let document = Document::new(raw).map_err(|error| error.to_string())?;
    let payloads = arguments.payloads.clone().or_else(|| Some(found.path.parent()?.join("payloads")));
    let cases = Cases::collect(&document, payloads.filter(|path: &PathBuf| path.is_dir()), arguments)?;
    let package = found.package();
    let readers = harness::build(workspace, &document, &cases, &package)?;
    let answers = harness::ask(workspace, &cases, &readers, &package)?;
    Ok(Tally::of(&document, &cases, &answers, &readers))
}
