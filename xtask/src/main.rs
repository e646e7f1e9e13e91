//! The project's own tools. `cargo xtask corpus DIR` compiles every document of a folder and what is emitted for it;
//! `cargo xtask fidelity DIR` reads and writes values with the emitted types, and `cargo xtask requests DIR` makes requests
//! and reads them back; `cargo xtask checks DIR` compares what `check` finds with a validator (docs/corpus.md).
//! `cargo xtask peers DIR` compares with other generators, `cargo xtask scaling` checks that compiling takes time in
//! proportion to size, and `cargo xtask settings DIR` measures what each setting adds to that time (PERFORMANCE.md).

mod cargo;
mod checks;
mod corpus;
mod documents;
mod fidelity;
mod generation;
mod measure;
mod peers;
mod plot;
mod requests;
mod scaling;
mod settings;
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
    /// Checks valid and spoiled values with the emitted types, and compares with what a validator says.
    Checks(ChecksArguments),
    /// Makes requests with random parameters and reads them back as the document says; reads replies with their media types.
    Requests(RequestsArguments),
    /// Installs other generators and compares: generation, compilation, reading, and the rebuild of a
    /// program that uses the models.
    Peers(PeersArguments),
    /// Measures `cargo check` of synthetic documents: a line of a large one may not take longer than one of a small one.
    Scaling(ScalingArguments),
    /// Measures what compiling takes with each setting that changes how much is emitted.
    Settings(SettingsArguments),
    /// Runs a command and prints its time and memory.
    #[command(hide = true)]
    Measure {
        /// The command and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<std::ffi::OsString>,
    },
    /// Generates from one document, in a process of its own so that its memory can be measured.
    #[command(hide = true)]
    Generate {
        /// The document.
        document: PathBuf,
        /// Where the package goes.
        out: PathBuf,
        /// The package's name.
        name: String,
        /// Whether operations can be called.
        #[arg(long)]
        client: bool,
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
    /// Make operations callable, and compile with all features.
    #[arg(long)]
    client: bool,
    /// How often each document is generated from; the median counts.
    #[arg(long, default_value_t = 1)]
    repeat: usize,
    /// Draw the time of generation against the size of the documents, as SVG.
    #[arg(long)]
    plot: Option<PathBuf>,
    /// How many jobs cargo may use.
    #[arg(long)]
    jobs: Option<usize>,
    /// Also write the table to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct RequestsArguments {
    #[command(flatten)]
    selection: Selection,
    /// Requests per operation.
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// How many failures are shown.
    #[arg(long, default_value_t = 8)]
    show: usize,
    /// How many jobs cargo may use.
    #[arg(long)]
    jobs: Option<usize>,
    /// Also write the table to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ChecksArguments {
    #[command(flatten)]
    selection: Selection,
    /// Random instances per component schema.
    #[arg(long, default_value_t = 20)]
    count: usize,
    /// The seed of what is random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many disagreements of each kind are shown.
    #[arg(long, default_value_t = 8)]
    show: usize,
    /// How many jobs cargo may use.
    #[arg(long)]
    jobs: Option<usize>,
    /// Also write the table to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct PeersArguments {
    /// A folder with github-rest.json, stripe.yaml, openai.json and github-webhooks.json.
    documents: PathBuf,
    /// What to compare; all of it by default.
    #[arg(long, value_enum)]
    only: Vec<peers::Part>,
    /// The other generators to compare with; all of them by default.
    #[arg(long = "tool", value_enum)]
    tools: Vec<peers::Tool>,
    /// How often each generation is measured; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Also write the tables to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ScalingArguments {
    /// How often each document is checked; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Also write the table to this file.
    #[arg(long)]
    markdown: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct SettingsArguments {
    #[command(flatten)]
    selection: Selection,
    /// Only settings that contain this, beside the defaults.
    #[arg(long = "setting")]
    settings: Vec<String>,
    /// How often each package is checked; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Build for release too, once each.
    #[arg(long)]
    release: bool,
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
        Task::Checks(arguments) => checks::run(&arguments),
        Task::Requests(arguments) => requests::run(&arguments),
        Task::Peers(arguments) => peers::run(&arguments).map(|()| true),
        Task::Scaling(arguments) => scaling::run(&arguments),
        Task::Settings(arguments) => settings::run(&arguments),
        Task::Measure { command } => measure::run(&command).map(|()| true),
        Task::Generate { document, out, name, client } => {
            generation::run(&document, &out, &name, client).map(|()| true)
        }
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
