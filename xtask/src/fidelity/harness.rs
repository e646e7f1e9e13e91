//! The program beside the emitted types that reads and writes values with them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::process::{Command, Stdio};

use fidelity::{Dialect, Document, pointer};
use modelsmith::ReadDocument;
use modelsmith::ir::Component;
use modelsmith::load::MemoryReader;
use modelsmith::naming::Names;
use modelsmith::report;
use serde_json::{Map, Value, json};

use super::cases::Cases;
use crate::cargo::Workspace;
use crate::generation;

/// What became of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// It was read.
    Written {
        /// What was written.
        value: Value,
        /// How its `Debug` begins: the variant of a union.
        shown: String,
    },
    /// It was refused.
    Refused(String),
    /// The document's schema has no type of its own.
    NoType,
}

/// The components that stand for the schemas that are read.
pub(super) struct Readers {
    components: HashMap<String, String>,
    /// The components whose types travel one way only, and lack what travels the other way.
    halves: HashSet<String>,
    /// The types that were compiled, and the document that they were made of.
    pub(super) read: ReadDocument,
    /// What they are called.
    pub(super) names: Names,
    /// By the place of a component: its index.
    indices: HashMap<String, usize>,
}

impl Readers {
    /// Whether the type of the schema at `root` lacks what travels the other way only.
    pub(super) fn is_half(&self, root: &str) -> bool {
        self.components.get(root).is_some_and(|component| self.halves.contains(component))
    }

    /// The component that is read for the schema at `root`.
    pub(super) fn component(&self, root: &str) -> Option<&Component> {
        let index = *self.indices.get(self.components.get(root)?)?;
        self.read.graph.components().get(index)
    }
}

/// Emits and compiles the types, and the program with them.
pub(super) fn build(
    workspace: &Workspace,
    document: &Document,
    cases: &Cases,
    package: &str,
) -> Result<Readers, String> {
    let (probed, mut readers) = with_probes(document, cases);
    let text = probed.to_string();
    let reader = MemoryReader::new().with("document.json", text.as_str());
    let mut config = generation::config(package);
    config.input.allow_outside = true;
    let output = modelsmith::generate("document.json".as_ref(), &reader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    let read = modelsmith::read_document("document.json".as_ref(), &reader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    // A component that is nothing but a reference has its place there, so names say more than places.
    let halves = output.graph.components().iter().filter(|it| output.graph.side_of(it.ty.id).is_some());
    let halves = halves.map(|component| pointer::join(folder_of(document), &component.name)).collect();
    let names =
        output.graph.components().iter().map(|component| pointer::join(folder_of(document), &component.name));
    let rows: BTreeMap<String, (String, bool)> = report::type_rows(&output.graph, &output.names)
        .into_iter()
        .zip(names)
        .map(|(row, at)| (at, (row.rust_path, row.nullable)))
        .collect();
    readers.retain(|_, component| rows.contains_key(component));
    let mut files = output.files;
    files.insert("src/bin/harness.rs", source(package, &rows));
    generation::store(&files, &workspace.package(package))?;
    workspace.members(&[package.to_owned()])?;
    let (built, _) = workspace.cargo(&["build", "-p", package, "--bin", "harness"], "")?;
    if !built.status.success() {
        let said = String::from_utf8_lossy(&built.stderr);
        let from = said.lines().position(|line| line.starts_with("error")).unwrap_or(0);
        return Err(said.lines().skip(from).take(40).collect::<Vec<_>>().join("\n"));
    }
    let places = read.graph.components().iter().map(|it| pointer::join(folder_of(document), &it.name));
    let indices = places.zip(0..).collect();
    Ok(Readers { components: readers, halves, read, names: output.names, indices })
}

/// The document with a component for every inline schema of an operation that values are read as, and which component
/// stands for which schema.
fn with_probes(document: &Document, cases: &Cases) -> (Value, HashMap<String, String>) {
    let mut probed = document.raw().clone();
    let mut readers: HashMap<String, String> =
        document.places().components.iter().map(|at| (at.clone(), at.clone())).collect();
    let folder = folder_of(document);
    let mut probes = Map::new();
    for (index, root) in cases.operation_roots(document).into_iter().enumerate() {
        let schema = document.schema(root).and_then(Value::as_object);
        let only_reference = schema
            .filter(|schema| schema.len() == 1)
            .and_then(|schema| schema.get("$ref"))
            .and_then(Value::as_str)
            .and_then(pointer::of_reference)
            .filter(|target| readers.contains_key(target));
        let component = only_reference.unwrap_or_else(|| {
            let name = format!("FidelityProbe{index}");
            let at = pointer::join(folder, &name);
            probes.insert(name, json!({"$ref": pointer::to_reference(root)}));
            at
        });
        readers.insert(root.to_owned(), component);
    }
    let mut place = &mut probed;
    for step in folder.split('/').skip(1) {
        let Some(members) = place.as_object_mut() else { return (probed, readers) };
        place = members.entry(step).or_insert_with(|| json!({}));
    }
    if let Some(schemas) = place.as_object_mut() {
        schemas.append(&mut probes);
    }
    (probed, readers)
}

/// Where the document keeps its component schemas.
fn folder_of(document: &Document) -> &'static str {
    match document.dialect() {
        Dialect::Swagger2 => "/definitions",
        Dialect::OpenApi30 | Dialect::JsonSchema => "/components/schemas",
    }
}

fn source(package: &str, rows: &BTreeMap<String, (String, bool)>) -> String {
    let library = package.replace('-', "_");
    let arms: Vec<String> = rows
        .iter()
        .map(|(pointer, (path, nullable))| {
            let ty = if *nullable { format!("Option<{path}>") } else { path.clone() };
            format!("        ({pointer:?}, again::<{ty}>),\n")
        })
        .collect();
    HARNESS.replace("/*LIBRARY*/", &library).replace("/*ROWS*/", &arms.concat())
}

const HARNESS: &str = r##"
//! Reads lines `pointer TAB JSON`, and writes for each `=`, how its `Debug` begins, a tab and the JSON again, or `!` and
//! the error.
use std::io::{BufRead, Write};

type Again = fn(&str) -> Result<String, String>;

fn again<T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&value).map_err(|error| format!("not written: {error}"))?;
    let mut shown = Head(String::new());
    // It ends where the name does.
    let _ = std::fmt::Write::write_fmt(&mut shown, format_args!("{value:?}"));
    let shown = shown.0.strip_prefix("Some(").unwrap_or(&shown.0);
    let name: String = shown.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect();
    Ok(format!("{name}\t{written}"))
}

/// The first characters of a text.
struct Head(String);

impl std::fmt::Write for Head {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.push_str(text);
        if self.0.len() > 300 { Err(std::fmt::Error) } else { Ok(()) }
    }
}

/// Where the names of the types are those of the package's root.
mod rows {
    #[allow(unused_imports)]
    use /*LIBRARY*/::*;
    use crate::{Again, again};

    pub static ROWS: &[(&str, Again)] = &[
/*ROWS*/    ];
}

fn run() {
    let rows: std::collections::HashMap<&str, Again> = rows::ROWS.iter().copied().collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (pointer, text) = line.split_once('\t').unwrap_or_default();
        let answer = match rows.get(pointer) {
            Some(again) => std::panic::catch_unwind(|| again(text)).unwrap_or_else(|_| Err("PANIC".to_owned())),
            None => Err("no such schema".to_owned()),
        };
        match answer {
            Ok(text) => writeln!(out, "={text}"),
            Err(error) => writeln!(out, "!{}", error.replace('\n', " ")),
        }
        .expect("the answers are taken");
    }
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap().join().unwrap();
}
"##;

/// Feeds every value to the program.
pub(super) fn ask(
    workspace: &Workspace,
    cases: &Cases,
    readers: &Readers,
    package: &str,
) -> Result<Vec<Answer>, String> {
    let failed = |error: std::io::Error| format!("the harness: {error}");
    let mut lines = String::new();
    for case in &cases.all {
        if let Some(component) = readers.components.get(&case.root) {
            lines.push_str(&format!("{component}\t{}\n", case.text));
        }
    }
    let fed = workspace.result(&format!("{package}.in"));
    let said = workspace.result(&format!("{package}.out"));
    std::fs::write(&fed, lines).map_err(failed)?;
    let output = Command::new(workspace.root.join("target/debug/harness"))
        .stdin(File::open(&fed).map_err(failed)?)
        .stdout(File::create(&said).map_err(failed)?)
        .stderr(Stdio::piped())
        .output()
        .map_err(failed)?;
    let said = std::fs::read_to_string(&said).map_err(failed)?;
    let mut answers = said.lines();
    let mut all = Vec::with_capacity(cases.all.len());
    for case in &cases.all {
        if !readers.components.contains_key(&case.root) {
            all.push(Answer::NoType);
            continue;
        }
        let answer = answers.next().ok_or_else(|| {
            let error = String::from_utf8_lossy(&output.stderr);
            format!("the harness died ({}) at {} {}: {error}", output.status, case.root, case.text)
        })?;
        all.push(match answer.strip_prefix('=').and_then(|answer| answer.split_once('\t')) {
            Some((shown, written)) => match serde_json::from_str(written) {
                Ok(value) => Answer::Written { value, shown: shown.to_owned() },
                Err(error) => Answer::Refused(format!("what was written is not JSON: {error}")),
            },
            None => Answer::Refused(answer.trim_start_matches('!').to_owned()),
        });
    }
    Ok(all)
}
