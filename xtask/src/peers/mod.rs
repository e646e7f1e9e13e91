//! `cargo xtask peers`: other generators beside this one, in one run. PERFORMANCE.md holds the last tables.

mod calling;
mod compiling;
mod generating;
mod payloads;
mod reading;
mod rebuilding;
mod tool;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::PeersArguments;
use crate::cargo::Workspace;
use crate::measure::{self, Taken};
use tool::Output;
pub(crate) use tool::Tool;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Time and memory of the generation.
    Generating,
    /// Time and memory of compiling what was generated.
    Compiling,
    /// Time and memory of compiling models with what calls the operations.
    Calling,
    /// Reading recorded payloads with what was generated.
    Reading,
    /// Building a program that uses what was generated.
    Rebuilding,
}

/// A document that is compared on, as tables call it.
struct Subject {
    name: &'static str,
    path: PathBuf,
}

/// What all comparisons need.
struct Bench {
    workspace: Workspace,
    programs: Vec<(Tool, PathBuf)>,
    subjects: Vec<Subject>,
    rounds: usize,
}

/// Runs the comparisons and prints their tables.
pub(crate) fn run(arguments: &PeersArguments) -> Result<(), String> {
    let workspace = Workspace::new("peers", None)?;
    let is_wanted = |tool: &Tool| {
        *tool == Tool::Modelsmith || arguments.tools.is_empty() || arguments.tools.contains(tool)
    };
    let programs = Tool::ALL.into_iter().filter(is_wanted);
    let programs = programs.map(|tool| tool.program(&workspace.root).map(|program| (tool, program)));
    let bench = Bench {
        programs: programs.collect::<Result<_, _>>()?,
        subjects: subjects(&arguments.documents)?,
        rounds: arguments.rounds.max(1),
        workspace,
    };
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let mut text = String::new();
    if wanted(Part::Generating) {
        text.push_str(&generating::compare(&bench)?);
    }
    if wanted(Part::Compiling) {
        text.push_str(&compiling::compare(&bench)?);
    }
    if wanted(Part::Calling) {
        text.push_str(&calling::compare(&bench)?);
    }
    if wanted(Part::Reading) {
        text.push_str(&reading::compare(&bench, &arguments.documents)?);
    }
    if wanted(Part::Rebuilding) {
        text.push_str(&rebuilding::compare(&bench)?);
    }
    println!("{text}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn subjects(folder: &Path) -> Result<Vec<Subject>, String> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/agent-server.openapi.json");
    let subjects = [
        ("agent server", ours),
        ("github-rest", folder.join("github-rest.json")),
        ("stripe", folder.join("stripe.yaml")),
        ("openai", folder.join("openai.json")),
    ];
    let canonical = |(name, path): (&'static str, PathBuf)| {
        let path = path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Subject { name, path })
    };
    subjects.into_iter().map(canonical).collect()
}

impl Bench {
    /// The package that a tool's models of a document are.
    fn package(&self, tool: Tool, subject: &str) -> (String, PathBuf) {
        let name = format!("{}-{}", tool.name(), subject.replace(' ', "-"));
        let folder = self.workspace.package(&name);
        (name, folder)
    }

    /// Generates models once.
    fn generate(&self, tool: Tool, program: &Path, document: &Path, out: &Path) -> Result<Taken, String> {
        self.generate_all(tool, program, document, out, Output::Models)
    }

    /// Generates once.
    fn generate_all(
        &self,
        tool: Tool,
        program: &Path,
        document: &Path,
        out: &Path,
        output: Output,
    ) -> Result<Taken, String> {
        std::fs::create_dir_all(out.join("src")).map_err(|error| format!("{}: {error}", out.display()))?;
        self.taken(&tool.generation(program, document, out, output)?)
    }

    fn taken(&self, command: &[OsString]) -> Result<Taken, String> {
        measure::taken(command, &self.workspace.result("log"))
    }
}
