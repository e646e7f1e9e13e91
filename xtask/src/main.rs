//! The project's own tools. `cargo xtask corpus DIR` compiles every document of a folder and what is emitted for it;
//! `cargo xtask fidelity DIR` reads and writes values with the emitted types. See docs/corpus.md.

mod cargo;
mod corpus;
mod documents;
mod fidelity;
mod generation;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates from every document and compiles what is emitted, without a warning.
    Corpus(CorpusArguments),
    /// Reads examples, payloads and random instances with the emitted types and compares what they write.
    Fidelity(FidelityArguments),
    /// Generates from one document, in a process of its own so that its memory can be measured.
    #[command(hide = true)]
    Generate {
        /// The document.
        document: PathBuf,
        /// Where the package goes.
        out: PathBuf,
        /// The package's name.
        name: String,
    },
}

#[derive(Args)]
pub(crate) struct Selection {
    /// A folder of documents, or one document.
    path: PathBuf,
    /// Only documents whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

#[derive(Args)]
pub(crate) struct CorpusArguments {
    #[command(flatten)]
    selection: Selection,
    /// Generate only.
    #[arg(long)]
    no_compile: bool,
    /// How many jobs cargo may use.
    #[arg(long)]
    jobs: Option<usize>,
    /// Also write the table to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct FidelityArguments {
    #[command(flatten)]
    selection: Selection,
    /// Random instances per component schema.
    #[arg(long, default_value_t = 20)]
    count: usize,
    /// The seed of what is random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many failures of each kind are shown.
    #[arg(long, default_value_t = 8)]
    show: usize,
    /// A folder of recorded payloads; by default `payloads` beside the documents.
    #[arg(long)]
    payloads: Option<PathBuf>,
    /// How many jobs cargo may use.
    #[arg(long)]
    jobs: Option<usize>,
    /// Also write the table to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Corpus(arguments) => corpus::run(&arguments),
        Task::Fidelity(arguments) => fidelity::run(&arguments),
        Task::Generate { document, out, name } => generation::run(&document, &out, &name).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
