//! `cargo xtask corpus`: every document generates, and what is emitted compiles.

use std::collections::BTreeMap;

use crate::CorpusArguments;
use crate::cargo::{Verdict, Workspace};
use crate::documents::{self, Found};
use crate::generation::{self, Generation};
use crate::plot::{self, Dot};
use crate::table::Table;

struct Row {
    name: String,
    bytes: u64,
    generation: Result<Generation, String>,
    verdict: Option<Verdict>,
}

impl Row {
    fn passes(&self, compiled: bool) -> bool {
        self.generation.as_ref().is_ok_and(|known| known.error.is_none())
            && (!compiled || self.verdict.as_ref().is_some_and(|verdict| verdict.complaint.is_none()))
    }
}

/// Runs over the selected documents. `false` when one of them fails.
pub(crate) fn run(arguments: &CorpusArguments) -> Result<bool, String> {
    let found = documents::find(&arguments.selection).map_err(|error| error.to_string())?;
    let workspace = Workspace::new("corpus", arguments.jobs)?;
    let mut rows: Vec<Row> = found.iter().map(|document| generate(&workspace, document, arguments)).collect();
    let emitted = |row: &Row| row.generation.as_ref().is_ok_and(|known| known.error.is_none());
    if !arguments.no_compile {
        let names: Vec<String> = found
            .iter()
            .zip(&rows)
            .filter(|(_, row)| emitted(row))
            .map(|(document, _)| document.package())
            .collect();
        workspace.members(&names)?;
        for (document, row) in found.iter().zip(&mut rows).filter(|(_, row)| emitted(row)) {
            eprintln!("compiling {}", document.name);
            row.verdict = Some(workspace.judge(&document.package(), arguments.client)?);
        }
    }
    let text = report(&rows, !arguments.no_compile);
    println!("{text}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if let Some(path) = &arguments.plot {
        plot::draw(&rows.iter().filter_map(dot).collect::<Vec<_>>(), path)?;
    }
    Ok(rows.iter().all(|row| row.passes(!arguments.no_compile)))
}

fn generate(workspace: &Workspace, document: &Found, arguments: &CorpusArguments) -> Row {
    eprintln!("generating from {}", document.name);
    let package = document.package();
    let once =
        || generation::measured(&document.path, &workspace.package(&package), &package, arguments.client);
    let mut runs: Vec<_> = (0..arguments.repeat.max(1)).map(|_| once()).collect();
    let time = |run: &Result<Generation, String>| run.as_ref().map_or(f64::MAX, |known| known.milliseconds);
    runs.sort_by(|one, other| time(one).total_cmp(&time(other)));
    let generation = runs.swap_remove(runs.len() / 2);
    let bytes = std::fs::metadata(&document.path).map_or(0, |file| file.len());
    Row { name: document.name.clone(), bytes, generation, verdict: None }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn dot(row: &Row) -> Option<Dot> {
    let known = row.generation.as_ref().ok().filter(|known| known.error.is_none())?;
    Some(Dot { bytes: row.bytes as f64, schemas: known.schemas as f64, milliseconds: known.milliseconds })
}

fn report(rows: &[Row], compiled: bool) -> String {
    let (mut text, total) = table(rows, compiled);
    text.push_str(&format!(
        "\nTogether: {} documents, {} schemas, {} operations, {} lines, {} types of which {} untyped ({:.2} %).\n\
         Warnings: {}.\n`Any`: {}.\n",
        rows.len(),
        total.schemas,
        total.operations,
        total.lines,
        total.types,
        total.untyped,
        share(total.untyped, total.types),
        counts(&total.warnings),
        counts(&total.any),
    ));
    for row in rows.iter().filter(|row| !row.passes(compiled)) {
        let why = match (&row.generation, &row.verdict) {
            (Err(error), _) => error.clone(),
            (Ok(known), None) => known.error.clone().unwrap_or_default(),
            (Ok(_), Some(verdict)) => verdict.complaint.clone().unwrap_or_default(),
        };
        text.push_str(&format!("\n### {}\n\n```text\n{why}\n```\n", row.name));
    }
    text
}

/// A row for each document, and the sums.
fn table(rows: &[Row], compiled: bool) -> (String, Generation) {
    let mut table = Table::new(&[
        "document",
        "schemas",
        "operations",
        "generated in",
        "peak",
        "lines",
        "untyped",
        "warnings",
        "`Any`",
        "compiles",
        "check",
    ]);
    let mut total = Generation::default();
    for row in rows {
        let known = match &row.generation {
            Ok(Generation { error: None, .. }) => row.generation.as_ref().ok(),
            Ok(_) | Err(_) => None,
        };
        let Some(known) = known else {
            table.row(vec![row.name.clone(), "-".into(), "-".into(), "failed".into()]);
            continue;
        };
        add(&mut total, known);
        let verdict = match &row.verdict {
            None if compiled => "-".to_owned(),
            None => "not tried".to_owned(),
            Some(verdict) if verdict.complaint.is_none() => "yes".to_owned(),
            Some(verdict) => format!("NO ({})", verdict.complaints),
        };
        let seconds =
            row.verdict.as_ref().map_or(String::new(), |verdict| format!("{:.1} s", verdict.seconds));
        table.row(vec![
            row.name.clone(),
            known.schemas.to_string(),
            known.operations.to_string(),
            format!("{:.0} ms", known.milliseconds),
            format!("{} MiB", known.peak / 1024),
            known.lines.to_string(),
            known.untyped.to_string(),
            counts(&known.warnings),
            counts(&known.any),
            verdict,
            seconds,
        ]);
    }
    (table.to_string(), total)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn add(total: &mut Generation, known: &Generation) {
    total.schemas += known.schemas;
    total.operations += known.operations;
    total.lines += known.lines;
    total.types += known.types;
    total.untyped += known.untyped;
    for (sums, counts) in [(&mut total.warnings, &known.warnings), (&mut total.any, &known.any)] {
        for (key, count) in counts {
            *sums.entry(key.clone()).or_default() += count;
        }
    }
}

fn counts(counts: &BTreeMap<String, usize>) -> String {
    let counts: Vec<String> = counts.iter().map(|(key, count)| format!("{key} {count}")).collect();
    counts.join(", ")
}
