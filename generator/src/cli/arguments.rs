//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Compiles an OpenAPI document into Rust models.
#[derive(Debug, Parser)]
#[command(name = "modelsmith", version, arg_required_else_help = true, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes a new crate for a document: its models, settings, a test of its examples
    #[command(after_help = "\
Examples:
  modelsmith init openapi.yaml                             a crate named after the API
  modelsmith init openapi.yaml -o models --build-script    one that makes its models when it builds
  modelsmith init openapi.yaml --client                    one with a client and a first call")]
    Init(Init),
    /// Writes the models of a document as a Rust crate, or checks that they are up to date
    #[command(after_help = "\
Examples:
  modelsmith generate openapi.yaml -o models            write the crate `models`
  modelsmith generate openapi.yaml -o models --check    say what would change; exit 1 if any would
  modelsmith generate openapi.yaml -o models --watch    write it again whenever the document changes
  modelsmith generate openapi.yaml -o models --tests    with a test of the document's examples")]
    Generate(Generate),
    /// Lists what each schema and operation becomes, or draws one and what it reaches
    #[command(after_help = "\
Examples:
  modelsmith types openapi.yaml                            a table
  modelsmith types openapi.yaml --format json              the same for programs
  modelsmith types openapi.yaml --graph Pet                a picture for Mermaid
  modelsmith types openapi.yaml --graph Pet --depth 1      only what it leads to itself
  modelsmith types openapi.yaml --graph listPets           an operation and its types
  modelsmith types openapi.yaml --graph Pet --format dot > pet.dot    for Graphviz")]
    Types(Types),
    /// Prints the document in OpenAPI 3.0 form, as the generator sees it
    #[command(after_help = "\
Example:
  modelsmith lower openapi.yaml > openapi-3.0.json    what tools that know only OpenAPI 3.0 can read")]
    Lower(Lower),
    /// Explains the keys of `modelsmith.toml`, or prints the settings that apply
    #[command(after_help = "\
Examples:
  modelsmith config --explain              every key: what it takes and does, an example
  modelsmith config --explain date-time    one key
  modelsmith config openapi.yaml           the settings that apply to openapi.yaml")]
    Config(Config),
    /// Says what changed between two versions of a document for those who use the models
    #[command(after_help = "\
OLD and NEW are files, or files as they are in a revision of the Git repository: REVISION:PATH,
where PATH counts from the top of the repository, or from the working folder if it starts with `./`.
A file that exists is taken as such. Files that the document refers to are read from the same revision.

Exit codes: 0 nothing reaches the level of --fail-on, 1 something does, 2 the comparison is not possible.

Examples:
  modelsmith diff old.yaml openapi.yaml
  modelsmith diff main:openapi.yaml openapi.yaml    what the working folder changes
  modelsmith diff HEAD~1:openapi.yaml HEAD:openapi.yaml --format markdown > comment.md")]
    Diff(Diff),
    /// Compares recorded traffic with a document, and corrects it by an overlay
    #[command(after_help = "\
TRAFFIC is HAR 1.2 (browsers and proxies write it), exchanges in JSON (an array, or one after the other), folders of such
files, or `-` for standard input. With --schema or --operation it is plain payloads. docs/guide/verify.md has the forms.

Exit codes: 0 the models read everything, 1 they do not (with --unknown also: the document does not name everything),
2 nothing was compared, or something cannot be read.

Examples:
  modelsmith verify openapi.yaml traffic.har                       what does not fit
  modelsmith verify openapi.yaml traffic.har --unknown             also what is not named
  modelsmith verify openapi.yaml pet.json --schema Pet             a payload
  modelsmith verify openapi.yaml traffic.har --overlay fix.yaml    write the correction
  modelsmith verify openapi.yaml traffic.har --since fix.yaml      what of it is not needed
  modelsmith verify openapi.yaml traffic.har --format markdown > comment.md")]
    Verify(Verify),
    /// Prints a script that completes commands and options in a shell
    #[command(after_help = "\
Examples:
  modelsmith completions bash > modelsmith.bash    then: source modelsmith.bash
  modelsmith completions zsh > _modelsmith         into a folder of $fpath
  modelsmith completions fish > modelsmith.fish    into ~/.config/fish/completions")]
    Completions(Completions),
}

#[derive(Debug, Args)]
pub(crate) struct Input {
    /// The OpenAPI document (3.0, 3.1, 3.2 or Swagger 2.0; JSON or YAML)
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// The settings; `modelsmith.toml` beside SPEC is used if it exists
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Apply an OpenAPI Overlay (1.0, 1.1) to SPEC first; may be repeated, comes after those of the settings
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// Let `$ref`s lead out of SPEC's folder
    #[arg(long)]
    pub allow_outside: bool,
    /// How errors and warnings are shown
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With the line in question, on standard error
    Human,
    /// One JSON object per line, on standard output
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub input: Input,
    /// The folder to write to; a file there whose first line is not modelsmith's header is never replaced or removed
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace and remove emitted files that were edited by hand since, instead of stopping with an error
    #[arg(long, conflicts_with = "check")]
    pub discard_edits: bool,
    /// Write nothing; exit 1 and name the files if anything differs
    #[arg(long)]
    pub check: bool,
    /// Write again whenever the document, what it refers to, an overlay or the settings change; ctrl-c ends
    #[arg(long, conflicts_with = "check")]
    pub watch: bool,
    /// Also write `tests/examples.rs`, which reads and rewrites the document's examples
    #[arg(long)]
    pub tests: bool,
    /// Where the code that reads and writes the models comes from, in place of what the settings say
    #[arg(long, value_enum, value_name = "WHERE")]
    pub runtime: Option<Runtime>,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Runtime {
    /// A copy of what the models need
    Embedded,
    /// The package `modelsmith-runtime`, which crates share
    Crate,
}

#[derive(Debug, Args)]
pub(crate) struct Types {
    #[command(flatten)]
    pub input: Input,
    /// Draw NAME and what it reaches: a component schema, a type's path such as `operations::get_pet::Response200`, or an
    /// operation by its `operationId`, its module or its method and path
    #[arg(long, value_name = "NAME")]
    pub graph: Option<String>,
    /// Draw only what is so many steps away
    #[arg(long, value_name = "N", requires = "graph")]
    pub depth: Option<usize>,
    /// How it is printed; a table or JSON for the list, Mermaid, dot or JSON for a picture
    #[arg(long, value_enum)]
    pub format: Option<TypesFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypesFormat {
    /// A table
    Table,
    /// A JSON array, or the types and edges of the picture
    Json,
    /// A Mermaid flowchart
    Mermaid,
    /// A Graphviz digraph
    Dot,
}

#[derive(Debug, Args)]
pub(crate) struct Lower {
    #[command(flatten)]
    pub input: Input,
}

#[derive(Debug, Args)]
pub(crate) struct Config {
    /// The OpenAPI document, beside which `modelsmith.toml` is looked for
    #[arg(value_name = "SPEC")]
    pub spec: Option<PathBuf>,
    /// The settings; `modelsmith.toml` beside SPEC is used if it exists
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Explain every key, or those with this name or in the table of this name
    #[arg(long, value_name = "KEY", num_args = 0..=1, conflicts_with_all = ["spec", "config"])]
    pub explain: Option<Option<String>>,
    /// How keys are explained
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, requires = "explain", value_name = "FORMAT")]
    pub format: ExplainFormat,
    /// How errors are shown
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The OpenAPI document; it is copied into the crate unless it lies there already
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// The crate's folder; named after the API if this is not given
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Make the models when the crate is built, instead of committing them
    #[arg(long)]
    pub build_script: bool,
    /// Also make operations callable, with a client that sends requests, and an example of a first call
    #[arg(long)]
    pub client: bool,
    /// How errors and warnings are shown
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// Key by key
    Text,
    /// A table in Markdown
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The document as it was: FILE or REVISION:PATH
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The document as it is: FILE or REVISION:PATH
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// How the comparison is printed
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// List everything in text, also what breaks nothing
    #[arg(long)]
    pub all: bool,
    /// Write the comparison into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The level from which on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Major, value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// Take for granted that code names structs with `..` wherever it can: a field more is then minor
    #[arg(long)]
    pub assume_rest: bool,
    /// The settings of both; each document's own `modelsmith.toml` beside it is used if there is one
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Apply an OpenAPI Overlay to both first; may be repeated, comes after those of the settings
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// Apply an OpenAPI Overlay to OLD, after those of both; may be repeated
    #[arg(long = "old-overlay", value_name = "FILE")]
    pub old_overlays: Vec<PathBuf>,
    /// Apply an OpenAPI Overlay to NEW, after those of both; may be repeated
    #[arg(long = "new-overlay", value_name = "FILE")]
    pub new_overlays: Vec<PathBuf>,
    /// Let `$ref`s lead out of the documents' folders
    #[arg(long)]
    pub allow_outside: bool,
    /// How errors are shown
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The OpenAPI document (3.0, 3.1, 3.2 or Swagger 2.0; JSON or YAML)
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// The recorded traffic: files, folders, or `-`
    #[arg(value_name = "TRAFFIC", required = true)]
    pub traffic: Vec<PathBuf>,
    /// TRAFFIC is payloads of this component schema
    #[arg(long, value_name = "NAME", conflicts_with = "operation")]
    pub schema: Option<String>,
    /// TRAFFIC is payloads of this operation, by its `operationId` or its method and path: what the models read of it
    #[arg(long, value_name = "ID")]
    pub operation: Option<String>,
    /// The payloads are bodies of requests
    #[arg(long, requires = "operation")]
    pub request: bool,
    /// The payloads are bodies of responses with this status
    #[arg(long, value_name = "CODE", requires = "operation", conflicts_with = "request")]
    pub status: Option<u16>,
    /// A URL behind which the paths of operations begin, in place of the document's servers; may be repeated
    #[arg(long = "server", value_name = "URL", conflicts_with_all = ["schema", "operation"])]
    pub servers: Vec<String>,
    /// Also tell of properties and parameters that the document does not name, and let them count
    #[arg(long)]
    pub unknown: bool,
    /// Write an OpenAPI Overlay with which the models read everything; one that is there is applied first, and extended
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
    /// Say which corrections of an OpenAPI Overlay the traffic does not need
    #[arg(long, value_name = "OVERLAY", conflicts_with_all = ["overlay", "output", "all"])]
    pub since: Option<PathBuf>,
    /// Apply an OpenAPI Overlay first, and do not change it; may be repeated, comes after those of the settings
    #[arg(long, value_name = "FILE")]
    pub apply: Vec<PathBuf>,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    pub format: VerifyFormat,
    /// List everything in text, not only the first ten of a kind
    #[arg(long)]
    pub all: bool,
    /// Write the report into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The settings; `modelsmith.toml` beside SPEC is used if it exists
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Let `$ref`s lead out of SPEC's folder
    #[arg(long)]
    pub allow_outside: bool,
    /// How errors are shown
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerifyFormat {
    /// For a terminal
    Text,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Short, for a terminal
    Text,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Something was added, or behaves differently
    Minor,
    /// Something breaks
    Major,
    /// Never
    Never,
}
