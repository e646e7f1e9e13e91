//! `cargo xtask requests`: requests with random parameters say what was given, and replies are read by their media types.

#[path = "../../tests/lists/callers.rs"]
mod callers;

use std::path::Path;

use fidelity::Document;
use modelsmith::load::MemoryReader;
use modelsmith::write::FileSet;
use serde::Deserialize;

use crate::RequestsArguments;
use crate::cargo::Workspace;
use crate::documents::{self, Found};
use crate::generation;
use crate::table::Table;

/// What the program beside the emitted types found out.
#[derive(Debug, Default, Deserialize)]
struct Report {
    operations: usize,
    barren: usize,
    requests: usize,
    parameters: usize,
    bodies: usize,
    examples: usize,
    instances: usize,
    wrong: Vec<String>,
}

/// Runs over the selected documents. `false` when something was not read as it was given.
pub(crate) fn run(arguments: &RequestsArguments) -> Result<bool, String> {
    let found = documents::find(&arguments.selection).map_err(|error| error.to_string())?;
    let workspace = Workspace::new("requests", arguments.jobs)?;
    let mut table = Table::new(&[
        "document",
        "operations",
        "no value",
        "requests",
        "parameters",
        "bodies",
        "examples",
        "instances",
        "wrong",
    ]);
    let mut failures = String::new();
    for document in &found {
        eprintln!("{}", document.name);
        let report = judge(arguments, &workspace, document);
        let report = report.unwrap_or_else(|error| Report { wrong: vec![error], ..Report::default() });
        let numbers = [
            report.operations,
            report.barren,
            report.requests,
            report.parameters,
            report.bodies,
            report.examples,
            report.instances,
            report.wrong.len(),
        ];
        let numbers = numbers.iter().map(ToString::to_string);
        table.row(std::iter::once(document.name.clone()).chain(numbers).collect());
        for wrong in report.wrong.iter().take(arguments.show) {
            let text = format!("- {}: {}\n", document.name, shortened(wrong));
            eprint!("{text}");
            failures.push_str(&text);
        }
    }
    println!("{table}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, format!("{table}\n{failures}"))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(failures.is_empty())
}

/// The beginning, which says where it is, and the end, which says what is wrong.
fn shortened(text: &str) -> String {
    const KEPT: usize = 600;
    let count = text.chars().count();
    if count <= 2 * KEPT {
        return text.to_owned();
    }
    let first: String = text.chars().take(KEPT).collect();
    let last: String = text.chars().skip(count - KEPT).collect();
    format!("{first} … {last}")
}

fn judge(arguments: &RequestsArguments, workspace: &Workspace, found: &Found) -> Result<Report, String> {
    let raw = documents::read(&found.path)?;
    let text = raw.to_string();
    Document::new(raw).map_err(|error| error.to_string())?;
    let package = found.package();
    let mut config = generation::config(&package);
    config.rust.client = true;
    let reader = MemoryReader::new().with("document.json", text.as_str());
    let output = modelsmith::generate("document.json".as_ref(), &reader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    let root = package.replace('-', "_");
    let program = PROGRAM
        .replace("/*CALLERS*/", &callers::callers(&output, &root, "fidelity::sent"))
        .replace("/*REPLIERS*/", &callers::repliers(&output, &root));
    generation::store(&output.files, &workspace.package(&package))?;
    let own = format!("{package}-requests");
    let fidelity = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fidelity");
    let manifest = format!(
        "[package]\nname = {own:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{package} = {{ path = \"../{package}\" }}\n\
         fidelity = {{ path = {fidelity:?} }}\nserde_json = \"1\"\n"
    );
    let mut files = FileSet::new();
    files.insert("Cargo.toml", manifest);
    files.insert("src/main.rs", program);
    generation::store(&files, &workspace.package(&own))?;
    workspace.members(&[package, own.clone()])?;
    let document = workspace.result(&format!("{own}.json"));
    std::fs::write(&document, text).map_err(|error| format!("{}: {error}", document.display()))?;
    let (document, rounds) = (document.to_string_lossy().into_owned(), arguments.rounds.to_string());
    let (output, _) =
        workspace.cargo(&["run", "--quiet", "-p", &own, "--", document.as_str(), rounds.as_str()], "")?;
    if output.status.success() {
        return serde_json::from_slice(&output.stdout).map_err(|error| error.to_string());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let from = said.lines().position(|line| line.starts_with("error")).unwrap_or(0);
    Err(said.lines().skip(from).take(40).collect::<Vec<_>>().join("\n"))
}

const PROGRAM: &str = r##"//! Makes the requests of a document's operations and reads them back.
#![allow(deprecated)]

use fidelity::Document;
use fidelity::replies::{self, Replier};
use fidelity::requests::{self, Caller};

static CALLERS: &[(&str, Caller)] = &[
/*CALLERS*/];
static REPLIERS: &[(&str, Replier)] = &[
/*REPLIERS*/];

fn run() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("the path of the document");
    let rounds = arguments.next().and_then(|text| text.parse().ok()).expect("a number of rounds");
    let text = std::fs::read_to_string(path).expect("the document is readable");
    let document = Document::new(serde_json::from_str(&text).expect("it is JSON")).expect("it is OpenAPI");
    let sent = requests::judge(&document, rounds, CALLERS);
    let received = replies::judge(&document, REPLIERS);
    let wrong: Vec<&String> = sent.wrong.iter().chain(&received.wrong).collect();
    let report = serde_json::json!({
        "operations": sent.operations,
        "barren": sent.barren.len(),
        "requests": sent.requests,
        "parameters": sent.parameters,
        "bodies": sent.bodies,
        "examples": received.examples,
        "instances": received.instances,
        "wrong": wrong,
    });
    println!("{report}");
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap().join().unwrap();
}
"##;
