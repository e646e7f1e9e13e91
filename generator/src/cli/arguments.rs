//! The arguments of the command line.

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
  modelsmith init openapi.yaml -o models --build-script    a crate with a build script
  modelsmith init openapi.yaml --client                    a crate with a client and a first call")]
    Init(Init),
    /// Writes the models of a document as a Rust crate, or checks that they are up to date
    #[command(after_help = "\
Examples:
  modelsmith generate openapi.yaml -o models            write the crate `models`
  modelsmith generate openapi.yaml -o models --check    list what would change; exit code 1 if any
  modelsmith generate openapi.yaml -o models --watch    regenerate whenever the document changes
  modelsmith generate openapi.yaml -o models --tests    also test the document's examples")]
    Generate(Generate),
    /// Lists what each schema and operation becomes, or draws one and what it reaches
    #[command(after_help = "\
Examples:
  modelsmith types openapi.yaml                            a table
  modelsmith types openapi.yaml --format json              the same for programs
  modelsmith types openapi.yaml --graph Pet                a picture for Mermaid
  modelsmith types openapi.yaml --graph Pet --depth 1      only the types that it uses directly
  modelsmith types openapi.yaml --graph listPets           an operation and its types
  modelsmith types openapi.yaml --graph Pet --format dot > pet.dot    for Graphviz")]
    Types(Types),
    /// Prints the document in OpenAPI 3.0 form, as the generator sees it
    #[command(after_help = "\
Example:
  modelsmith lower openapi.yaml > openapi-3.0.json    for tools that only support OpenAPI 3.0")]
    Lower(Lower),
    /// Explains the keys of `modelsmith.toml`, or prints the settings that apply
    #[command(after_help = "\
Examples:
  modelsmith config --explain              every key: values, meaning, an example
  modelsmith config --explain date-time    one key
  modelsmith config openapi.yaml           the settings that apply to openapi.yaml")]
    Config(Config),
    /// Reports what changed for users of the models between two versions of a document
    #[command(after_help = "\
OLD and NEW are files, or files in a revision of the Git repository: REVISION:PATH, where PATH
is relative to the root of the repository, or to the working folder if it starts with `./`.
An existing file takes precedence. Files that the document refers to are read from the same revision.

Exit codes: 0 no change reaches the level of --fail-on, 1 a change does, 2 the documents cannot be compared.

Examples:
  modelsmith diff old.yaml openapi.yaml
  modelsmith diff main:openapi.yaml openapi.yaml    the changes in the working folder
  modelsmith diff HEAD~1:openapi.yaml HEAD:openapi.yaml --format markdown > comment.md")]
    Diff(Diff),
    /// Compares recorded traffic with a document, and writes corrections as an overlay
    #[command(after_help = "\
TRAFFIC is HAR 1.2 (as browsers and proxies write it), exchanges in JSON (an array or a sequence), folders of such
files, or `-` for standard input. With --schema or --operation it is bare payloads. See docs/guide/verify.md for the formats.

Exit codes: 0 the models read everything, 1 they do not (with --unknown also: the document does not declare everything),
2 nothing was compared, or something cannot be read.

Examples:
  modelsmith verify openapi.yaml traffic.har                       list what does not fit
  modelsmith verify openapi.yaml traffic.har --unknown             also list what is not declared
  modelsmith verify openapi.yaml pet.json --schema Pet             a payload
  modelsmith verify openapi.yaml traffic.har --overlay fix.yaml    write the correction
  modelsmith verify openapi.yaml traffic.har --since fix.yaml      list unneeded corrections
  modelsmith verify openapi.yaml traffic.har --format markdown > comment.md")]
    Verify(Verify),
    /// Prints a completion script for a shell
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
    /// The file of settings [default: `modelsmith.toml` in the folder of SPEC, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Apply an OpenAPI Overlay (1.0, 1.1) to SPEC first, after those of the settings; can be repeated
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// Allow `$ref`s to lead out of the folder of SPEC
    #[arg(long)]
    pub allow_outside: bool,
    /// The format of errors and warnings
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Text with an excerpt of the source, on standard error
    Human,
    /// One JSON object per line, on standard output
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub input: Input,
    /// The output folder; only files that begin with modelsmith's header are ever replaced or removed
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Replace and remove emitted files even if they were edited, instead of stopping with an error
    #[arg(long, conflicts_with = "check")]
    pub discard_edits: bool,
    /// Write nothing; list the files that differ, and exit with code 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Regenerate whenever the document, a file that it refers to, an overlay or the settings change; stop with ctrl-c
    #[arg(long, conflicts_with = "check")]
    pub watch: bool,
    /// Also write `tests/examples.rs`, which reads and rewrites the document's examples
    #[arg(long)]
    pub tests: bool,
    /// Where the code that reads and writes the models comes from; overrides the settings
    #[arg(long, value_enum, value_name = "WHERE")]
    pub runtime: Option<Runtime>,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Print only errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Runtime {
    /// A copy of the parts that the models need
    Embedded,
    /// The package `modelsmith-runtime`, which several crates can share
    Crate,
}

#[derive(Debug, Args)]
pub(crate) struct Types {
    #[command(flatten)]
    pub input: Input,
    /// Draw NAME and the types that it reaches. NAME is a component schema, the path of a type such as
    /// `operations::get_pet::Response200`, or an operation: its `operationId`, its module, or its method and path
    #[arg(long, value_name = "NAME")]
    pub graph: Option<String>,
    /// Draw only types that are at most N steps away
    #[arg(long, value_name = "N", requires = "graph")]
    pub depth: Option<usize>,
    /// The output format: table or JSON for the list; Mermaid, dot or JSON for a picture
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
    /// The OpenAPI document, in whose folder `modelsmith.toml` is searched
    #[arg(value_name = "SPEC")]
    pub spec: Option<PathBuf>,
    /// The file of settings [default: `modelsmith.toml` in the folder of SPEC, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Explain every key, or only the keys with this name or in the table with this name
    #[arg(long, value_name = "KEY", num_args = 0..=1, conflicts_with_all = ["spec", "config"])]
    pub explain: Option<Option<String>>,
    /// The output format
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, requires = "explain", value_name = "FORMAT")]
    pub format: ExplainFormat,
    /// The format of errors
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The OpenAPI document; it is copied into the crate unless it is already there
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// The folder of the crate [default: the name of the API]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Generate the models in a build script, instead of committing them
    #[arg(long)]
    pub build_script: bool,
    /// Add a client that sends requests, and an example of a first call
    #[arg(long)]
    pub client: bool,
    /// The format of errors and warnings
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// One paragraph per key
    Text,
    /// A Markdown table
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
    /// The old document: FILE or REVISION:PATH
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The new document: FILE or REVISION:PATH
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// In text, also list changes that break nothing
    #[arg(long)]
    pub all: bool,
    /// Write the comparison to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The lowest level of changes for which the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Major, value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// Assume that code uses `..` for structs wherever possible: an added field is then minor
    #[arg(long)]
    pub assume_rest: bool,
    /// The file of settings for both documents [default: `modelsmith.toml` in the folder of each, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Apply an OpenAPI Overlay to both documents first, after those of the settings; can be repeated
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// Apply an OpenAPI Overlay to OLD, after those of --overlay; can be repeated
    #[arg(long = "old-overlay", value_name = "FILE")]
    pub old_overlays: Vec<PathBuf>,
    /// Apply an OpenAPI Overlay to NEW, after those of --overlay; can be repeated
    #[arg(long = "new-overlay", value_name = "FILE")]
    pub new_overlays: Vec<PathBuf>,
    /// Allow `$ref`s to lead out of the folders of the documents
    #[arg(long)]
    pub allow_outside: bool,
    /// The format of errors
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
    /// Read TRAFFIC as payloads of this component schema
    #[arg(long, value_name = "NAME", conflicts_with = "operation")]
    pub schema: Option<String>,
    /// Read TRAFFIC as payloads of this operation (its `operationId`, or its method and path): the bodies that the
    /// models read
    #[arg(long, value_name = "ID")]
    pub operation: Option<String>,
    /// The payloads are request bodies
    #[arg(long, requires = "operation")]
    pub request: bool,
    /// The payloads are response bodies with this status
    #[arg(long, value_name = "CODE", requires = "operation", conflicts_with = "request")]
    pub status: Option<u16>,
    /// The URL of a server, instead of those of the document; can be repeated
    #[arg(long = "server", value_name = "URL", conflicts_with_all = ["schema", "operation"])]
    pub servers: Vec<String>,
    /// Also report properties and parameters that the document does not declare, as faults
    #[arg(long)]
    pub unknown: bool,
    /// Write an OpenAPI Overlay with which the models read everything; an existing one is applied first, and extended
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
    /// List the corrections of an OpenAPI Overlay that the traffic does not need
    #[arg(long, value_name = "OVERLAY", conflicts_with_all = ["overlay", "output", "all"])]
    pub since: Option<PathBuf>,
    /// Apply an OpenAPI Overlay first, without changing it, after those of the settings; can be repeated
    #[arg(long, value_name = "FILE")]
    pub apply: Vec<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    pub format: VerifyFormat,
    /// In text, list everything, not only the first ten of each kind
    #[arg(long)]
    pub all: bool,
    /// Write the report to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The file of settings [default: `modelsmith.toml` in the folder of SPEC, if it exists]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Allow `$ref`s to lead out of the folder of SPEC
    #[arg(long)]
    pub allow_outside: bool,
    /// The format of errors
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
    /// For a terminal
    Text,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Additions and changes of behaviour
    Minor,
    /// Breaking changes
    Major,
    /// Never
    Never,
}
