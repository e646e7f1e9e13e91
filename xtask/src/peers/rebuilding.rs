//! What a program that uses the models costs its author: its first build, every rebuild after it, and its size.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::tool::Tool;
use super::{Bench, Subject};
use crate::measure::{Taken, median};
use crate::table::Table;

/// The generators whose models the program is written against.
const COMPARED: [Tool; 2] = [Tool::Modelsmith, Tool::OpenapiToRust];

/// The document whose models the program uses.
const SUBJECT: &str = "agent server";

/// A program that is built.
struct Program {
    title: String,
    /// Its package, and the folder of that.
    name: String,
    folder: PathBuf,
    /// The file of the models that is touched for a first build, if it has models.
    models: Option<PathBuf>,
    first: Taken,
    release: Vec<Taken>,
    debug: Vec<Taken>,
}

/// The table: the programs take turns.
pub(super) fn compare(bench: &Bench) -> Result<String, String> {
    let subject = bench.subjects.iter().find(|subject| subject.name == SUBJECT).ok_or("no agent server")?;
    let mut programs = vec![without_models(bench)?];
    let mut members: Vec<String> = vec![programs[0].name.clone()];
    for (tool, program) in bench.programs.iter().filter(|(tool, _)| COMPARED.contains(tool)) {
        let (models, written) = with_models(bench, *tool, program, subject)?;
        members.push(models);
        members.extend(written.iter().map(|program| program.name.clone()));
        programs.extend(written);
    }
    bench.workspace.members(&members)?;
    for program in &mut programs {
        eprintln!("building {}", program.name);
        // What the program and its models need is built first: that is not theirs.
        for release in [true, false] {
            build(bench, program, release)?;
        }
        program.models.iter().try_for_each(|path| crate::cargo::touch(path))?;
        program.first = rebuild(bench, program, true)?;
    }
    for _ in 0..bench.rounds {
        for program in &mut programs {
            let taken = rebuild(bench, program, true)?;
            program.release.push(taken);
            let taken = rebuild(bench, program, false)?;
            program.debug.push(taken);
        }
    }
    let mut table = Table::new(&[
        "the program reads",
        "first build",
        "rebuild",
        "times `Value`",
        "debug rebuild",
        "program",
    ]);
    let value = median(&programs[0].release, |taken| taken.seconds);
    for program in &programs {
        let rebuilt = median(&program.release, |taken| taken.seconds);
        table.row(vec![
            program.title.clone(),
            format!("{:.1} s", program.first.seconds),
            format!("{rebuilt:.2} s"),
            format!("{:.1}", rebuilt / value),
            format!("{:.2} s", median(&program.debug, |taken| taken.seconds)),
            format!("{:.2} MiB", size(bench, &program.name)?),
        ]);
    }
    Ok(format!(
        "### Rebuilding a program\n\nA program that reads a page of events and a conversation, and writes a request to start one. \
         The first release build is that of the models and the program, with what they need built; a rebuild follows \
         a change of `main.rs`. Medians of {} in turn, from start to end.\n\n{table}\n",
        bench.rounds
    ))
}

/// The program that reads every document as `Value`.
fn without_models(bench: &Bench) -> Result<Program, String> {
    let types = "type EventPage = serde_json::Value;\ntype ConversationInfo = serde_json::Value;\n\
                 type StartConversationRequest = serde_json::Value;\n";
    program(bench, "`serde_json::Value`".to_owned(), "rebuild-value", "", types, PROGRAM, None)
}

/// The package of a tool's models, and the programs that use them: through `serde_json`, and, for our own, by the
/// functions of the models' crate too.
fn with_models(
    bench: &Bench,
    tool: Tool,
    generator: &Path,
    subject: &Subject,
) -> Result<(String, Vec<Program>), String> {
    let (models, folder) = bench.package(tool, subject.name);
    let _ = std::fs::remove_dir_all(&folder);
    if !bench.generate(tool, generator, &subject.path, &folder)?.is_ok {
        return Err(format!("{models} is not generated"));
    }
    super::compiling::package(tool, &models, &folder)?;
    let dependency = format!("{models} = {{ path = {folder:?} }}\n");
    let root = models.replace('-', "_");
    let types = format!("use {root}::{{ConversationInfo, EventPage, StartConversationRequest}};\n");
    let library = folder.join("src/lib.rs");
    let name = format!("rebuild-{}", tool.name());
    let mut programs =
        vec![program(bench, tool.title(), &name, &dependency, &types, PROGRAM, Some(library.clone()))?];
    if tool == Tool::Modelsmith {
        let title = format!("{}, `runtime::from_slice`", tool.title());
        let text = PROGRAM.replace("serde_json::", &format!("{root}::runtime::"));
        programs.push(program(
            bench,
            title,
            &format!("{name}-runtime"),
            &dependency,
            &types,
            &text,
            Some(library),
        )?);
    }
    Ok((models, programs))
}

/// Writes a program.
fn program(
    bench: &Bench,
    title: String,
    name: &str,
    dependency: &str,
    types: &str,
    text: &str,
    models: Option<PathBuf>,
) -> Result<Program, String> {
    let folder = bench.workspace.package(name);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder.join("src")).map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \"1\"\n{dependency}"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    std::fs::write(folder.join("src/main.rs"), text.replace("/*TYPES*/", types)).map_err(failed)?;
    let first = Taken { seconds: 0.0, user: 0.0, peak: 0.0, is_ok: true };
    Ok(Program {
        title,
        name: name.to_owned(),
        folder,
        models,
        first,
        release: Vec::new(),
        debug: Vec::new(),
    })
}

/// Builds a program after a change of its own source.
fn rebuild(bench: &Bench, program: &Program, release: bool) -> Result<Taken, String> {
    crate::cargo::touch(&program.folder.join("src/main.rs"))?;
    build(bench, program, release)
}

/// Builds a program: for release, or as `cargo build` does by itself, with incremental compilation.
fn build(bench: &Bench, program: &Program, release: bool) -> Result<Taken, String> {
    let manifest = bench.workspace.root.join("Cargo.toml");
    let incremental = if release { "CARGO_INCREMENTAL=0" } else { "CARGO_INCREMENTAL=1" };
    let mut command = ["env", incremental, "cargo", "build", "--package", &program.name, "--manifest-path"]
        .map(OsString::from)
        .to_vec();
    command.push(manifest.into());
    command.extend(release.then(|| "--release".into()));
    let taken = bench.taken(&command)?;
    if taken.is_ok {
        return Ok(taken);
    }
    Err(format!("{} does not compile: see {}", program.name, bench.workspace.result("log").display()))
}

/// The size of a program in MiB.
fn size(bench: &Bench, name: &str) -> Result<f64, String> {
    let path = bench.workspace.root.join("target/release").join(name);
    let metadata = std::fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    #[expect(clippy::cast_precision_loss, reason = "programs are smaller than 2^52 bytes")]
    Ok(metadata.len() as f64 / 1024.0 / 1024.0)
}

const PROGRAM: &str = r#"
//! Reads a page of events and a conversation, and writes a request to start one.
/*TYPES*/
fn main() {
    let texts: Vec<Vec<u8>> = std::env::args().skip(1).map(|path| std::fs::read(path).unwrap()).collect();
    let page: EventPage = serde_json::from_slice(&texts[0]).unwrap();
    let conversation: ConversationInfo = serde_json::from_slice(&texts[1]).unwrap();
    let request: StartConversationRequest = serde_json::from_slice(&texts[2]).unwrap();
    println!("{page:?}\n{conversation:?}\n{}", serde_json::to_string(&request).unwrap());
}
"#;
