//! `cargo xtask checks`: what `check` finds is what the validator refuses.

use std::collections::BTreeMap;
use std::fs::File;
use std::process::{Command, Stdio};

use fastrand::Rng;
use fidelity::{Dialect, Document, constraints, instances, pointer};
use modelsmith::load::MemoryReader;
use modelsmith::report;
use serde_json::{Value, json};

use crate::ChecksArguments;
use crate::cargo::Workspace;
use crate::documents::{self, Found};
use crate::generation;
use crate::table::Table;

/// How many instances of a schema are spoiled, and in how many ways each.
const SPOILED: usize = 8;
const WAYS: usize = 6;

/// The property in which a value lies: constraints belong to places, so a value is checked in one.
const PLACE: &str = "value";

/// Runs over the selected documents. `false` when `check` and the validator disagree.
pub(crate) fn run(arguments: &ChecksArguments) -> Result<bool, String> {
    let found = documents::find(&arguments.selection).map_err(|error| error.to_string())?;
    let workspace = Workspace::new("checks", arguments.jobs)?;
    let mut table = Table::new(&Tally::HEAD);
    let mut total = Tally::default();
    let mut failures = String::new();
    for document in &found {
        eprintln!("{}", document.name);
        match judge(arguments, &workspace, document) {
            Ok(tally) => {
                table.row(tally.row(&document.name));
                let text = tally.failures(&document.name, arguments.show);
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
    Ok(total.broken == 0 && total.wrong.is_empty())
}

/// A value to check.
struct Case {
    /// The component, and its pointer.
    component: usize,
    at: String,
    /// The keyword of the constraint that it does not keep, and where.
    spoiled: Option<(&'static str, String)>,
    value: Value,
}

/// What the program says of a value.
enum Answer {
    Refused,
    /// What was written, and which constraints it does not keep, by pointer and keyword.
    Checked(Value, Vec<(String, String)>),
}

fn judge(arguments: &ChecksArguments, workspace: &Workspace, found: &Found) -> Result<Tally, String> {
    let document = Document::new(documents::read(&found.path)?).map_err(|error| error.to_string())?;
    if document.components().all(|(_, at)| !has_some(&document, at)) {
        return Ok(Tally::default());
    }
    let package = found.package();
    build(workspace, &document, &package)?;
    let cases = cases(&document, arguments);
    let answers = ask(workspace, &cases, &package)?;
    let mut tally = Tally::default();
    for (case, answer) in cases.iter().zip(answers) {
        tally.count(&document, case, answer);
    }
    Ok(tally)
}

fn cases(document: &Document, arguments: &ChecksArguments) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut rng = Rng::with_seed(arguments.seed);
    for (component, (name, at)) in
        document.components().enumerate().filter(|(_, (_, at))| has_some(document, at))
    {
        let seed =
            name.bytes().fold(arguments.seed, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        let made = instances::instances(document, at, arguments.count, seed);
        for value in made.iter().take(SPOILED) {
            for spoiled in constraints::spoiled(document, at, value, &mut rng, WAYS) {
                let constraints::Spoiled { keyword, pointer, value } = spoiled;
                cases.push(Case { component, at: at.to_owned(), spoiled: Some((keyword, pointer)), value });
            }
        }
        cases.extend(made.into_iter().map(|value| Case {
            component,
            at: at.to_owned(),
            spoiled: None,
            value,
        }));
    }
    cases
}

/// Whether a component has a constraint of its own. The others say nothing that these do not.
fn has_some(document: &Document, at: &str) -> bool {
    const KEYWORDS: [&str; 13] = [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    ];
    let mut open: Vec<&Value> = document.schema(at).into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let is_constraint =
                    |(key, value): (&String, &Value)| KEYWORDS.contains(&key.as_str()) && !value.is_object();
                if members.iter().any(is_constraint) {
                    return true;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}

/// Emits and compiles the types, and the program with them.
fn build(workspace: &Workspace, document: &Document, package: &str) -> Result<(), String> {
    let mut raw = document.raw().clone();
    let folder = match document.dialect() {
        Dialect::Swagger2 => "/definitions",
        Dialect::OpenApi30 | Dialect::JsonSchema => "/components/schemas",
    };
    if let Some(schemas) = raw.pointer_mut(folder).and_then(Value::as_object_mut) {
        for (index, (_, at)) in
            document.components().enumerate().filter(|(_, (_, at))| has_some(document, at))
        {
            let place = json!({"$ref": pointer::to_reference(at)});
            let probe = json!({"type": "object", "required": [PLACE], "properties": {PLACE: place}});
            schemas.insert(format!("CheckProbe{index}"), probe);
        }
    }
    let text = raw.to_string();
    let reader = MemoryReader::new().with("document.json", text.as_str());
    let mut config = generation::config(package);
    config.rust.checks = true;
    config.rust.features.push(("default".to_owned(), "[\"checks\"]".to_owned()));
    config.input.allow_outside = true;
    let probes = "schema:CheckProbe*".parse();
    config.select.include.push(probes.map_err(|error: modelsmith::config::InvalidEntry| error.to_string())?);
    let output = modelsmith::generate("document.json".as_ref(), &reader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    let rows = report::type_rows(&output.graph, &output.names).into_iter().zip(output.graph.components());
    let rows: Vec<String> = rows
        .filter_map(|(row, component)| {
            let index = component.name.strip_prefix("CheckProbe")?;
            Some(format!("        ({index:?}, checked::<{}>),\n", row.rust_path))
        })
        .collect();
    let source =
        PROGRAM.replace("/*LIBRARY*/", &package.replace('-', "_")).replace("/*ROWS*/", &rows.concat());
    let mut files = output.files;
    files.insert("src/bin/harness.rs", source);
    generation::store(&files, &workspace.package(package))?;
    workspace.members(&[package.to_owned()])?;
    let (built, _) = workspace.cargo(&["build", "-p", package, "--bin", "harness"], "")?;
    if built.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&built.stderr);
    let from = said.lines().position(|line| line.starts_with("error")).unwrap_or(0);
    Err(said.lines().skip(from).take(40).collect::<Vec<_>>().join("\n"))
}

const PROGRAM: &str = r##"
//! Reads lines `number TAB JSON`, and writes for each the JSON again and what `check` finds, or `!`.
use std::io::{BufRead, Write};

use /*LIBRARY*/::runtime;

type Checked = fn(&str) -> Result<String, String>;

fn checked<T: runtime::Read + runtime::View>(text: &str) -> Result<String, String> {
    let value: T = runtime::from_str(text).map_err(|error| error.to_string())?;
    let mut out = runtime::to_string(&value).map_err(|error| error.to_string())?;
    for violation in runtime::Check::check(&value).err().into_iter().flatten() {
        out += &format!("\t{}\t{}", violation.keyword(), violation.pointer());
    }
    Ok(out)
}

/// Where the names of the types are those of the package's root.
mod rows {
    #[allow(unused_imports)]
    use /*LIBRARY*/::*;
    use crate::{Checked, checked};

    pub static ROWS: &[(&str, Checked)] = &[
/*ROWS*/    ];
}

fn run() {
    let rows: std::collections::HashMap<&str, Checked> = rows::ROWS.iter().copied().collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (row, text) = line.split_once('\t').unwrap_or_default();
        match rows.get(row).map(|checked| checked(text)) {
            Some(Ok(text)) => writeln!(out, "{text}"),
            Some(Err(_)) | None => writeln!(out, "!"),
        }
        .expect("the answers are taken");
    }
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap().join().unwrap();
}
"##;

fn ask(workspace: &Workspace, cases: &[Case], package: &str) -> Result<Vec<Answer>, String> {
    let failed = |error: std::io::Error| format!("the harness: {error}");
    let line = |case: &Case| format!("{}\t{}\n", case.component, json!({PLACE: case.value}));
    let (fed, said) =
        (workspace.result(&format!("{package}.in")), workspace.result(&format!("{package}.out")));
    std::fs::write(&fed, cases.iter().map(line).collect::<String>()).map_err(failed)?;
    let status = Command::new(workspace.root.join("target/debug/harness"))
        .stdin(File::open(&fed).map_err(failed)?)
        .stdout(File::create(&said).map_err(failed)?)
        .stderr(Stdio::inherit())
        .status()
        .map_err(failed)?;
    let said = std::fs::read_to_string(&said).map_err(failed)?;
    let answers: Vec<Answer> = said.lines().map(answer).collect();
    if answers.len() != cases.len() {
        return Err(format!("the harness died ({status}) after {} of {} values", answers.len(), cases.len()));
    }
    Ok(answers)
}

/// JSON text has no tabs, and pointers have those of names only.
fn answer(line: &str) -> Answer {
    let mut parts = line.split('\t');
    let written = parts.next().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let Some(written) = written else { return Answer::Refused };
    let rest: Vec<&str> = parts.collect();
    let pairs = rest.chunks(2).filter_map(|pair| match pair {
        [keyword, pointer] => {
            Some((pointer.strip_prefix("/value").unwrap_or(pointer).to_owned(), (*keyword).to_owned()))
        }
        _ => None,
    });
    Answer::Checked(written.get(PLACE).cloned().unwrap_or_default(), pairs.collect())
}

/// The outcome for one document.
#[derive(Default)]
struct Tally {
    /// Documents that could not be tried.
    broken: usize,
    /// Valid values that were read, and those of which `check` finds nothing wrong.
    valid: usize,
    quiet: usize,
    /// Spoiled values that were read and that the validator refuses as they are written again, and those in which `check`
    /// finds the constraint at its place.
    spoiled: usize,
    found: usize,
    /// Spoiled values that the types do not hold: they were refused, or what was wrong was not kept.
    unheld: usize,
    /// Spoiled values that were found, by keyword.
    keywords: BTreeMap<&'static str, usize>,
    /// What `check` and the validator do not agree on: what kind of thing, and the cases.
    wrong: BTreeMap<String, Vec<String>>,
}

impl Tally {
    const HEAD: [&str; 8] =
        ["document", "valid", "no violation", "spoiled", "found", "other", "not held by types", "by keyword"];

    fn count(&mut self, document: &Document, case: &Case, answer: Answer) {
        let Answer::Checked(written, found) = answer else {
            self.unheld += usize::from(case.spoiled.is_some());
            return;
        };
        let is_allowed = document.allows(&case.at, &written);
        let shown = || format!("{} {written}: {found:?}", case.at);
        match &case.spoiled {
            None if is_allowed || !found.is_empty() => {
                self.valid += 1;
                match found.is_empty() {
                    true => self.quiet += 1,
                    false => self.note(format!("valid, but {}", found[0].1), shown()),
                }
            }
            // Something else became of the value.
            None => {}
            Some(_) if is_allowed && found.is_empty() => self.unheld += 1,
            Some((keyword, _)) if is_allowed => self.note(format!("{keyword}, held and allowed"), shown()),
            Some((keyword, at)) => {
                self.spoiled += 1;
                if found.iter().any(|(pointer, found)| found == keyword && pointer == at) {
                    self.found += 1;
                    *self.keywords.entry(keyword).or_default() += 1;
                } else {
                    self.note(format!("{keyword} not found"), format!("{at} in {}", shown()));
                }
            }
        }
    }

    fn note(&mut self, kind: String, case: String) {
        self.wrong.entry(kind).or_default().push(case);
    }

    fn add(&mut self, other: &Tally) {
        self.broken += other.broken;
        self.valid += other.valid;
        self.quiet += other.quiet;
        self.spoiled += other.spoiled;
        self.found += other.found;
        self.unheld += other.unheld;
        for (keyword, count) in &other.keywords {
            *self.keywords.entry(keyword).or_default() += count;
        }
        for (kind, cases) in &other.wrong {
            self.wrong.entry(kind.clone()).or_default().extend(cases.iter().cloned());
        }
    }

    fn row(&self, name: &str) -> Vec<String> {
        let others = self.wrong.values().map(Vec::len).sum::<usize>();
        let keywords: Vec<String> =
            self.keywords.iter().map(|(keyword, count)| format!("{keyword} {count}")).collect();
        let counts = [self.valid, self.quiet, self.spoiled, self.found, others, self.unheld];
        let counts = counts.map(|count| count.to_string());
        [name.to_owned()].into_iter().chain(counts).chain([keywords.join(", ")]).collect()
    }

    fn failures(&self, name: &str, show: usize) -> String {
        let mut text = String::new();
        for (kind, cases) in &self.wrong {
            text += &format!("\n## {name}: {kind} ({})\n\n", cases.len());
            for case in cases.iter().take(show) {
                let short: String = case.chars().take(400).collect();
                text += &format!("- {short}\n");
            }
        }
        text
    }
}
