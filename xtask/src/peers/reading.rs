//! Reading recorded payloads with the models of this generator and of the one other that reads them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use fidelity::{Document, examples, pointer};
use heck::ToUpperCamelCase;
use modelsmith::config::Config;
use modelsmith::load::DiskReader;
use modelsmith::report;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::tool::Tool;
use super::{Bench, Subject};
use crate::documents;
use crate::generation;
use crate::table::Table;

/// The generator that is compared with.
const PEER: Tool = Tool::OpenapiToRust;

/// Payloads of a document.
struct Payloads {
    title: &'static str,
    document: Subject,
    /// The component schema of each, and its text without white space.
    texts: Vec<(String, String)>,
}

/// The table.
pub(super) fn compare(bench: &Bench, folder: &Path) -> Result<String, String> {
    let mut table = Table::new(&["payloads", "reader", "reads", "MB/s", "times ours"]);
    for payloads in [events()?, webhooks(folder)?, stripe(folder)?] {
        eprintln!("reading {}", payloads.title);
        match one(bench, &payloads) {
            Ok(rows) => rows.into_iter().for_each(|row| table.row(row)),
            Err(why) => table.row(
                [payloads.title.to_owned(), why].into_iter().chain(["", "", ""].map(String::from)).collect(),
            ),
        }
    }
    Ok(format!(
        "### Reading\n\nMedians of {} rounds in turn, of the payloads that both models read.\n\n{table}\n",
        bench.rounds * 20
    ))
}

/// The rows of one set of payloads.
fn one(bench: &Bench, payloads: &Payloads) -> Result<Vec<Vec<String>>, String> {
    let readers = readers(bench, payloads)?;
    let program = build(bench, payloads, &readers)?;
    let output = std::process::Command::new(program)
        .arg(bench.workspace.result("payloads.txt"))
        .arg((bench.rounds * 20).to_string())
        .output()
        .map_err(|error| format!("the benchmark: {error}"))?;
    let rows: Vec<(String, usize, usize, f64)> = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("the benchmark: {error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    let ours = rows.first().map_or(f64::NAN, |row| row.3);
    let row = |(reader, reads, bytes, seconds): &(String, usize, usize, f64)| {
        #[expect(clippy::cast_precision_loss, reason = "payloads are smaller than 2^52 bytes")]
        let speed = *bytes as f64 / seconds / 1e6;
        vec![
            payloads.title.to_owned(),
            reader.clone(),
            format!("{reads} of {}", payloads.texts.len()),
            format!("{speed:.0}"),
            format!("{:.2}", seconds / ours),
        ]
    };
    Ok(rows.iter().map(row).collect())
}

fn events() -> Result<Payloads, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = |name: &str| minified(&read(&root.join("tests/payloads").join(name))?);
    Ok(Payloads {
        title: "agent server, pages of events",
        document: Subject { name: "agent server", path: root.join("spec/agent-server.openapi.json") },
        texts: ["search_events_1.json", "search_events_3.json"]
            .into_iter()
            .map(|name| Ok(("EventPage".to_owned(), page(name)?)))
            .collect::<Result<_, String>>()?,
    })
}

#[derive(Deserialize)]
struct Webhook<'a> {
    event: String,
    #[serde(borrow)]
    examples: Vec<&'a RawValue>,
}

fn webhooks(folder: &Path) -> Result<Payloads, String> {
    let path = folder.join("github-webhooks.json");
    let document = Document::new(documents::read(&path)?).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("payloads/github-webhooks"))
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let text = read(&file)?;
        let recorded: Webhook<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        for example in examples::of_github_webhooks(&document, &value) {
            let index = (0..recorded.examples.len())
                .find(|index| example.source == format!("{}[{index}]", recorded.event));
            let reference = document.schema(&example.schema).and_then(|schema| schema.get("$ref"));
            let component = reference.and_then(|target| pointer::of_reference(target.as_str()?));
            if let (Some(index), Some(component)) = (index, component) {
                let name = component.rsplit('/').next().unwrap_or_default().to_owned();
                texts.push((name, minified(recorded.examples[index].get())?));
            }
        }
    }
    Ok(Payloads { title: "GitHub, webhooks", document: Subject { name: "github-webhooks", path }, texts })
}

#[derive(Deserialize)]
struct Fixtures<'a> {
    #[serde(borrow)]
    resources: BTreeMap<String, &'a RawValue>,
}

fn stripe(folder: &Path) -> Result<Payloads, String> {
    let path = folder.join("stripe.yaml");
    let text = read(&folder.join("payloads/stripe-fixtures3.json"))?;
    let fixtures: Fixtures<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let texts = fixtures.resources.into_iter().map(|(name, value)| Ok((name, minified(value.get())?)));
    let texts = texts.collect::<Result<_, String>>()?;
    Ok(Payloads { title: "Stripe, one of each resource", document: Subject { name: "stripe", path }, texts })
}

/// The text with its members in their order, without white space.
fn minified(text: &str) -> Result<String, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut out = Vec::new();
    serde_transcode::transcode(&mut reader, &mut serde_json::Serializer::new(&mut out))
        .map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// For each payload the types that it is read as, where both tools have one: its index, ours, the peer's.
fn readers(bench: &Bench, payloads: &Payloads) -> Result<Vec<(usize, String, String)>, String> {
    let config = Config::default();
    let output = modelsmith::generate(&payloads.document.path, &DiskReader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    let rows = report::type_rows(&output.graph, &output.names);
    let ours: BTreeMap<&str, String> = output
        .graph
        .components
        .iter()
        .zip(rows)
        .map(|(component, row)| (component.name.as_str(), row.rust_path))
        .collect();
    for (tool, program) in bench.programs.iter().filter(|(tool, _)| [Tool::Modelsmith, PEER].contains(tool)) {
        let (name, folder) = bench.package(*tool, payloads.document.name);
        bench.generate(*tool, program, &payloads.document.path, &folder)?;
        super::compiling::package(*tool, &name, &folder)?;
    }
    let (_, folder) = bench.package(PEER, payloads.document.name);
    let theirs = super::compiling::sources(&folder)?;
    let has = |name: &str| {
        ["struct", "enum", "type"]
            .iter()
            .any(|kind| [" ", "<", "("].iter().any(|end| theirs.contains(&format!("pub {kind} {name}{end}"))))
    };
    let both = payloads.texts.iter().enumerate().filter_map(|(index, (component, _))| {
        let peer = component.to_upper_camel_case();
        let ours = ours.get(component.as_str())?;
        has(&peer).then(|| (index, ours.clone(), peer))
    });
    Ok(both.collect())
}

fn build(bench: &Bench, payloads: &Payloads, readers: &[(usize, String, String)]) -> Result<PathBuf, String> {
    let (ours, our_folder) = bench.package(Tool::Modelsmith, payloads.document.name);
    let (theirs, their_folder) = bench.package(PEER, payloads.document.name);
    let name = format!("reading-{}", payloads.document.name.replace(' ', "-"));
    let folder = bench.workspace.package(&name);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder.join("src")).map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\n\
         serde_json = \"1\"\n{ours} = {{ path = {our_folder:?} }}\n{theirs} = {{ path = {their_folder:?} }}\n"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    let rows: String = readers
        .iter()
        .map(|(index, our, their)| {
            let (ours, theirs) = (ours.replace('-', "_"), theirs.replace('-', "_"));
            format!("    ({index}, read::<{ours}::{our}>, read::<{theirs}::{their}>),\n")
        })
        .collect();
    std::fs::write(folder.join("src/main.rs"), PROGRAM.replace("/*ROWS*/", &rows)).map_err(failed)?;
    let texts: Vec<&str> = payloads.texts.iter().map(|(_, text)| text.as_str()).collect();
    std::fs::write(bench.workspace.result("payloads.txt"), texts.join("\n")).map_err(failed)?;
    bench.workspace.members(&[ours, theirs, name.clone()])?;
    let command = ["cargo", "build", "--release", "--package", &name, "--manifest-path"].map(OsString::from);
    let manifest = bench.workspace.root.join("Cargo.toml");
    let built = bench.taken(&[&command[..], &[manifest.into()]].concat())?;
    if !built.is_ok {
        return Err(format!("{name} does not compile: see {}", bench.workspace.result("log").display()));
    }
    Ok(bench.workspace.root.join("target/release").join(name))
}

const PROGRAM: &str = r##"
//! Reads each line of a file with both models, as `Value` and as `IgnoredAny`, in turn.
use std::hint::black_box;
use std::time::Instant;

fn read<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    black_box(serde_json::from_str::<T>(black_box(text))).is_ok()
}

type Read = fn(&str) -> bool;

static ROWS: &[(usize, Read, Read)] = &[
/*ROWS*/];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let texts = std::fs::read_to_string(arguments.next().unwrap()).unwrap();
    let texts: Vec<&str> = texts.lines().collect();
    let rounds: usize = arguments.next().unwrap().parse().unwrap();
    let reads = [0, 1].map(|which| ROWS.iter().filter(|row| [row.1, row.2][which](texts[row.0])).count());
    let both: Vec<_> = ROWS.iter().filter(|row| row.1(texts[row.0]) && row.2(texts[row.0])).collect();
    let bytes: usize = both.iter().map(|row| texts[row.0].len()).sum();
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        for (reader, times) in times.iter_mut().enumerate() {
            let started = Instant::now();
            for row in &both {
                let one = [row.1, row.2, read::<serde_json::Value>, read::<serde::de::IgnoredAny>][reader];
                assert!(one(texts[row.0]));
            }
            times.push(started.elapsed().as_secs_f64());
        }
    }
    let names = ["modelsmith", "openapi-to-rust", "serde_json::Value", "IgnoredAny"];
    let rows: Vec<(&str, usize, usize, f64)> = names
        .into_iter()
        .zip(times)
        .zip([reads[0], reads[1], texts.len(), texts.len()])
        .map(|((name, mut times), reads)| {
            times.sort_by(f64::total_cmp);
            (name, reads, bytes, times[times.len() / 2])
        })
        .collect();
    println!("{}", serde_json::to_string(&rows).unwrap());
}
"##;
