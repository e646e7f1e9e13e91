//! Reading recorded payloads with the models of this generator and of the one other that reads them: each payload after
//! another one of another type, so that no type's code is warm, with the properties as recorded and in reverse order.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use heck::ToUpperCamelCase;
use modelsmith::config::Config;
use modelsmith::load::DiskReader;
use modelsmith::report;

use super::Bench;
use super::payloads::Payloads;
use super::tool::Tool;
use crate::generation;
use crate::table::Table;

/// The generator that is compared with.
const PEER: Tool = Tool::OpenapiToRust;

/// What a run of the benchmark says of a reader: its name, how many payloads it reads, their bytes, the seconds.
type Row = (String, usize, usize, f64);

/// The table.
pub(super) fn compare(bench: &Bench, folder: &Path) -> Result<String, String> {
    let mut table = Table::new(&[
        "payloads",
        "properties",
        "reader",
        "reads",
        "MB/s",
        "times ours",
        "debug build, times ours",
    ]);
    for payloads in Payloads::all(folder)? {
        eprintln!("reading {}", payloads.title);
        match one(bench, &payloads) {
            Ok(rows) => rows.into_iter().for_each(|row| table.row(row)),
            Err(why) => {
                let rest = std::iter::repeat_n(String::new(), 5);
                table.row([payloads.title.to_owned(), why].into_iter().chain(rest).collect());
            }
        }
    }
    Ok(format!(
        "### Reading\n\nMedians of {} rounds in turn, of the payloads that all models read.\n\n{table}\n",
        bench.rounds * 20
    ))
}

/// The rows of one set of payloads.
fn one(bench: &Bench, payloads: &Payloads) -> Result<Vec<Vec<String>>, String> {
    let readers = readers(bench, payloads)?;
    let recorded: Vec<String> = payloads.texts.iter().map(|(_, text)| text.clone()).collect();
    let orders = [("as recorded", recorded), ("reversed", payloads.reversed()?)];
    let programs = [build(bench, payloads, &readers, true)?, build(bench, payloads, &readers, false)?];
    let mut rows = Vec::new();
    for (order, texts) in &orders {
        let released = run(bench, &programs[0], texts, bench.rounds * 20)?;
        // Without optimisation everything takes ten times as long.
        let debug = run(bench, &programs[1], texts, bench.rounds * 2)?;
        let first = |rows: &[Row]| rows.first().map_or(f64::NAN, |row| row.3);
        let (ours, ours_debug) = (first(&released), first(&debug));
        for ((reader, reads, bytes, seconds), (.., debug)) in released.iter().zip(&debug) {
            #[expect(clippy::cast_precision_loss, reason = "payloads are smaller than 2^52 bytes")]
            let speed = *bytes as f64 / seconds / 1e6;
            rows.push(vec![
                payloads.title.to_owned(),
                (*order).to_owned(),
                reader.clone(),
                format!("{reads} of {}", texts.len()),
                format!("{speed:.0}"),
                format!("{:.2}", seconds / ours),
                format!("{:.2}", debug / ours_debug),
            ]);
        }
    }
    Ok(rows)
}

/// Runs the benchmark.
fn run(bench: &Bench, program: &Path, texts: &[String], rounds: usize) -> Result<Vec<Row>, String> {
    let path = bench.workspace.result("payloads.txt");
    std::fs::write(&path, texts.join("\n")).map_err(|error| format!("{}: {error}", path.display()))?;
    let output = std::process::Command::new(program)
        .arg(path)
        .arg(rounds.max(1).to_string())
        .output()
        .map_err(|error| format!("the benchmark: {error}"))?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("the benchmark: {error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Whether the other generator is compared with.
fn has_peer(bench: &Bench) -> bool {
    bench.programs.iter().any(|(tool, _)| *tool == PEER)
}

/// For each payload the types that it is read as, where all tools have one: its index, ours, the peer's.
fn readers(bench: &Bench, payloads: &Payloads) -> Result<Vec<(usize, String, String)>, String> {
    let config = Config::default();
    let output = modelsmith::generate(&payloads.document.path, &DiskReader, &config)
        .map_err(|failure| generation::reason(&failure.diagnostics))?;
    let rows = report::type_rows(&output.graph, &output.names);
    let ours: BTreeMap<&str, String> = output
        .graph
        .components()
        .iter()
        .zip(rows)
        .map(|(component, row)| (component.name.as_str(), row.rust_path))
        .collect();
    for (tool, program) in bench.programs.iter().filter(|(tool, _)| [Tool::Modelsmith, PEER].contains(tool)) {
        let (name, folder) = bench.package(*tool, payloads.document.name);
        bench.generate(*tool, program, &payloads.document.path, &folder)?;
        super::compiling::package(*tool, &name, &folder)?;
    }
    let theirs = match has_peer(bench) {
        true => super::compiling::sources(&bench.package(PEER, payloads.document.name).1)?,
        false => String::new(),
    };
    let has = |name: &str| {
        ["struct", "enum", "type"]
            .iter()
            .any(|kind| [" ", "<", "("].iter().any(|end| theirs.contains(&format!("pub {kind} {name}{end}"))))
    };
    let both = payloads.texts.iter().enumerate().filter_map(|(index, (component, _))| {
        let peer = component.to_upper_camel_case();
        let ours = ours.get(component.as_str())?;
        (has(&peer) || !has_peer(bench)).then(|| (index, ours.clone(), peer))
    });
    Ok(both.collect())
}

/// The program that reads the payloads, for release or for debugging.
fn build(
    bench: &Bench,
    payloads: &Payloads,
    readers: &[(usize, String, String)],
    release: bool,
) -> Result<PathBuf, String> {
    let (ours, our_folder) = bench.package(Tool::Modelsmith, payloads.document.name);
    let (theirs, their_folder) = bench.package(PEER, payloads.document.name);
    let name = format!("reading-{}", payloads.document.name.replace(' ', "-"));
    let folder = bench.workspace.package(&name);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder.join("src")).map_err(failed)?;
    let mut manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\n\
         serde_json = \"1\"\n{ours} = {{ path = {our_folder:?} }}\n"
    );
    let mut members = vec![ours.clone(), name.clone()];
    if has_peer(bench) {
        manifest.push_str(&format!("{theirs} = {{ path = {their_folder:?} }}\n"));
        members.push(theirs.clone());
    }
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    let (ours, theirs) = (ours.replace('-', "_"), theirs.replace('-', "_"));
    let rows: String = readers
        .iter()
        .map(|(index, our, their)| {
            let peer = if has_peer(bench) { format!(", read::<{theirs}::{their}>") } else { String::new() };
            format!("    ({index}, &[read::<{ours}::{our}>, read_directly::<{ours}::{our}>{peer}]),\n")
        })
        .collect();
    let mut names = String::from("\"modelsmith, through serde\", \"modelsmith, `from_str`\"");
    if has_peer(bench) {
        names.push_str(&format!(", {:?}", PEER.title()));
    }
    let program =
        PROGRAM.replace("/*ROWS*/", &rows).replace("/*NAMES*/", &names).replace("/*MODELS*/", &ours);
    std::fs::write(folder.join("src/main.rs"), program).map_err(failed)?;
    bench.workspace.members(&members)?;
    let manifest = bench.workspace.root.join("Cargo.toml");
    let mut command = ["cargo", "build", "--package", &name, "--manifest-path"].map(OsString::from).to_vec();
    command.push(manifest.into());
    command.extend(release.then(|| "--release".into()));
    let built = bench.taken(&command)?;
    if !built.is_ok {
        return Err(format!("{name} does not compile: see {}", bench.workspace.result("log").display()));
    }
    let profile = if release { "release" } else { "debug" };
    Ok(bench.workspace.root.join("target").join(profile).join(name))
}

const PROGRAM: &str = r##"
//! Reads each line of a file with each model, as `Value` and as `IgnoredAny`, in turn.
use std::hint::black_box;
use std::time::Instant;

fn read<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    black_box(serde_json::from_str::<T>(black_box(text))).is_ok()
}

fn read_directly<T: /*MODELS*/::runtime::Read>(text: &str) -> bool {
    black_box(/*MODELS*/::runtime::from_str::<T>(black_box(text))).is_ok()
}

type Read = fn(&str) -> bool;

static NAMES: &[&str] = &[/*NAMES*/];

static ROWS: &[(usize, &[Read])] = &[
/*ROWS*/];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let texts = std::fs::read_to_string(arguments.next().unwrap()).unwrap();
    let texts: Vec<&str> = texts.lines().collect();
    let rounds: usize = arguments.next().unwrap().parse().unwrap();
    let all: Vec<_> = ROWS.iter().filter(|(index, readers)| readers.iter().all(|read| read(texts[*index]))).collect();
    let bytes: usize = all.iter().map(|(index, _)| texts[*index].len()).sum();
    let mut readers: Vec<(&str, usize, Vec<Read>)> = Vec::new();
    for (which, name) in NAMES.iter().enumerate() {
        let reads = ROWS.iter().filter(|(index, readers)| readers[which](texts[*index])).count();
        readers.push((name, reads, all.iter().map(|row| row.1[which]).collect()));
    }
    readers.push(("`serde_json::Value`", texts.len(), vec![read::<serde_json::Value>; all.len()]));
    readers.push(("`IgnoredAny`", texts.len(), vec![read::<serde::de::IgnoredAny>; all.len()]));
    let mut times = vec![Vec::new(); readers.len()];
    for _ in 0..rounds {
        for ((.., read), times) in readers.iter().zip(&mut times) {
            let started = Instant::now();
            for (read, (index, _)) in read.iter().zip(&all) {
                assert!(read(texts[*index]));
            }
            times.push(started.elapsed().as_secs_f64());
        }
    }
    let rows: Vec<(&str, usize, usize, f64)> = readers
        .into_iter()
        .zip(times)
        .map(|((name, reads, _), mut times)| {
            times.sort_by(f64::total_cmp);
            (name, reads, bytes, times[times.len() / 2])
        })
        .collect();
    println!("{}", serde_json::to_string(&rows).unwrap());
}
"##;
