//! The driver: runs the stages in memory, one after the other.

mod allow;
#[cfg(feature = "overlay")]
mod correct;
#[cfg(feature = "overlay")]
mod extends;
mod names;
#[cfg(feature = "overlay")]
mod needed;
mod read;
mod traffic;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::config::{Action, Config, DeepArrays, Layout, Rule, TypeOptions};
use crate::diagnostics::{Diagnostic, FileId, Location, Sink, Source, Sources, Style, Syntax, render};
use crate::diff::{Compiled, Methods};
use crate::document::Document;
use crate::emit;
use crate::ir::Graph;
use crate::load::{self, Documents, ReadFile};
use crate::naming::{self, Names};
use crate::report::Summary;
use crate::select::{Mentioning, Selected};
use crate::write::FileSet;
use crate::{examples, lower, resolve, select};

#[cfg(feature = "overlay")]
pub use correct::{CorrectError, Corrected, OverlayFile, Unneeded, Why, correct, unneeded};
pub use read::{ReadDocument, read_document};

/// The stack of the stages: schemas may nest as deeply as the loader allows.
const STACK: usize = 64 << 20;

/// The result of a run of the generator.
#[derive(Debug)]
#[non_exhaustive]
pub struct Output {
    /// The emitted files.
    pub files: FileSet,
    /// The graph of the emitted types.
    #[doc(hidden)]
    pub graph: Graph,
    /// The names of the emitted items.
    #[doc(hidden)]
    pub names: Names,
    /// Which methods types have, according to the settings.
    pub(crate) methods: Methods,
    /// The warnings, in the order in which they were found.
    pub warnings: Vec<Diagnostic>,
    /// The texts that the warnings point into.
    pub sources: Sources,
    /// The recordings from which tests were made.
    pub recordings: Vec<PathBuf>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Output {
    /// The parts that `diff` compares.
    pub fn compiled(&self) -> Compiled<'_> {
        Compiled::new(&self.graph, &self.names, self.methods)
    }

    /// Counts of the emitted items.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.graph)
    }
}

/// The error of a run without a result. `Display` shows the diagnostics in [`Style::PLAIN`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    /// Errors and warnings, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render(&self.diagnostics, &self.sources, Style::PLAIN).trim_end())
    }
}

impl std::error::Error for Failure {}

/// How long each stage took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// Reading files into trees.
    pub load: Duration,
    /// From trees to one document.
    pub lower: Duration,
    /// Dropping what `include` and `exclude` do not keep.
    pub select: Duration,
    /// From the document to the graph; with tests, the examples and the recorded traffic too.
    pub resolve: Duration,
    /// Deciding names.
    pub naming: Duration,
    /// Writing Rust.
    pub emit: Duration,
}

/// Compiles the document at `root` into Rust. Reads only through `reader`, and writes nothing.
///
/// # Errors
/// If a file cannot be read or is not an OpenAPI document. Errors inside of a readable document are warnings: the rest
/// is still compiled.
pub fn generate(root: &Path, reader: &(dyn ReadFile + Sync), config: &Config) -> Result<Output, Failure> {
    on_large_stack(|| run(root, reader, config))
}

fn run(root: &Path, reader: &dyn ReadFile, config: &Config) -> Result<Output, Failure> {
    let mut timings = Timings::default();
    let keep = if config.input.traffic.is_empty() { Keep::Nothing } else { Keep::Documents };
    let Resolved { graph, documents, mut sink, sources, settings } =
        resolved(root, reader, config, keep, &mut timings)?;
    let clock = &mut Instant::now();
    let (graph, recordings) = match documents {
        Some(documents) => traffic::add(graph, &documents, config, reader, settings, &mut sink),
        None => (graph, Vec::new()),
    };
    timings.resolve += lap(clock);
    if sink.has_errors() {
        return Err(failure(sink, sources, config));
    }
    let names = naming::assign(&graph);
    timings.naming = lap(clock);
    let files = emit::emit_named(&graph, &names, &config.rust);
    timings.emit = lap(clock);
    let warnings = allow::apply(sink.into_vec(), &graph, config, settings);
    let methods = Methods { constructors: config.rust.constructors, of_unions: config.rust.union_methods };
    Ok(Output { files, graph, names, methods, warnings, sources, recordings, timings })
}

/// Whether to keep the trees after lowering. They are as large as the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Nothing,
    Documents,
}

/// The results of the stages up to `resolve`.
struct Resolved {
    graph: Graph,
    /// The trees, if kept.
    documents: Option<Documents>,
    sink: Sink,
    sources: Sources,
    settings: Option<FileId>,
}

fn resolved(
    root: &Path,
    reader: &dyn ReadFile,
    config: &Config,
    keep: Keep,
    timings: &mut Timings,
) -> Result<Resolved, Failure> {
    let mut sink = Sink::default();
    let mut sources = Sources::default();
    let clock = &mut Instant::now();

    let mut input = config.input.clone();
    input.keep_examples |= config.rust.tests;
    let documents = load::load(root, reader, &input, &mut sources, &mut sink);
    timings.load = lap(clock);
    let Some(documents) = documents.filter(|_| !sink.has_errors()) else {
        return Err(failure(sink, sources, config));
    };

    // Only the tests may depend on whether tests are emitted.
    let (documents, kept) = match config.rust.tests {
        true => (documents.without_examples(), Some(documents)),
        false => (documents, None),
    };
    let document = lower::lower(&documents, &mut sink);
    timings.lower = lap(clock);
    let Some(mut document) = document.filter(|_| !sink.has_errors()) else {
        return Err(failure(sink, sources, config));
    };

    let settings = settings_among(&mut sources, config);
    let selected = select::select(&mut document, &config.select, &config.types.rules, settings, &mut sink);
    timings.select = lap(clock);
    let files = documents.names();
    let documents = Some(documents).filter(|_| keep == Keep::Documents);
    if sink.has_errors() {
        return Err(failure(sink, sources, config));
    }

    let source = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let client = &config.rust.client_options;
    let origin = resolve::Origin { source: &source, files: &files, bytes: sources.bytes(), settings, client };
    let left_out = selected.as_ref().map_or(&[][..], |selected| &selected.left_out);
    let types = TypeOptions { calls: config.rust.client, checks: config.rust.checks, ..config.types.clone() };
    let reached = selected.as_ref().map(|selected| reach(selected, &document, origin, &types));
    let found = resolve::resolve(&document, origin, &types, (reached, left_out), &mut sink);
    let resolve::Resolved { mut graph, renames } = found;
    names::report(&graph, &renames, &config.types.rules, settings, &mut sink);
    if let Some(selected) = &selected {
        select::report_needed(selected, &config.select, &graph, settings, &mut sink);
    }
    report_missing_dependencies(&graph, config, settings, &mut sink);
    report_without_calls(config, settings, &mut sink);
    if let Some(documents) = kept {
        let examples = examples::collect(&graph, &documents, &mut sink);
        graph = graph.with_examples(examples);
    }
    timings.resolve = lap(clock);
    if sink.has_errors() {
        return Err(failure(sink, sources, config));
    }
    Ok(Resolved { graph, documents, sink, sources, settings })
}

/// The components that the kept operations and schemas reach.
fn reach(
    selected: &Selected,
    document: &Document,
    origin: resolve::Origin<'_>,
    types: &TypeOptions,
) -> select::Reached {
    let names: Vec<&str> = document.components.schemas.keys().map(String::as_str).collect();
    let mut sink = Sink::default();
    let mut trial = resolve::Trial::new(document, origin.files, origin.bytes, types, &mut sink);
    select::reach(&names, &selected.schemas, &mut |of| match of {
        Mentioning::Operations => trial.operations(),
        Mentioning::Component(index) => trial.component(index),
    })
}

/// Warns about external types and traits from crates that the emitted package does not depend on.
fn report_missing_dependencies(graph: &Graph, config: &Config, settings: Option<FileId>, sink: &mut Sink) {
    match config.rust.layout {
        Layout::Crate => {}
        Layout::Module | Layout::SingleFile => return,
    }
    for (path, krate) in emit::missing_dependencies(graph, &config.rust) {
        let is_asked = |rule: &&Rule| match &rule.action {
            Action::Type(asked) => *asked == path,
            action => action.derives().contains(&path),
        };
        let offset = config.types.rules.iter().find(is_asked).and_then(|rule| rule.place);
        let message = format!("the emitted package does not depend on the crate of `{path}`");
        let help = if krate == "crate" {
            "`crate` is the emitted package itself: use `layout = \"module\"` or `\"single-file\"`".to_owned()
        } else {
            format!("add `{krate}` to `[dependencies]`")
        };
        let found = Diagnostic::warning("missing-dependency", Location::nowhere(), message).help(help);
        sink.push(found.in_settings(settings, offset.map(|place| place.key)));
    }
}

/// Warns about settings for all calls if calls are not emitted. Settings for a single operation are rules.
fn report_without_calls(config: &Config, settings: Option<FileId>, sink: &mut Sink) {
    let rust = &config.rust;
    // A default, which `modelsmith config` also prints, is harmless.
    if rust.client || rust.deep_arrays == DeepArrays::default() {
        return;
    }
    let message = "`deep-arrays` changes nothing: no calls are emitted".to_owned();
    let found = Diagnostic::warning("unused-setting", Location::nowhere(), message);
    sink.push(found.help(resolve::WITHOUT_CALLS).in_settings(settings, rust.deep_arrays_offset));
}

/// Adds the text of the settings to the sources, so that diagnostics can point into it.
fn settings_among(sources: &mut Sources, config: &Config) -> Option<FileId> {
    let points_there = !config.select.is_everything()
        || !config.types.rules.is_empty()
        || !config.allow.is_empty()
        || config.rust.client_options.server.is_some()
        || config.rust.deep_arrays_offset.is_some()
        || !config.input.traffic.is_empty();
    let file = config.file.as_ref().filter(|_| points_there)?;
    let (path, text) = (file.path.clone(), file.text.clone());
    // Diagnostics in TOML have byte offsets: no pointer is looked up in it.
    Some(sources.add(Source { path, text, syntax: Syntax::Yaml }))
}

/// Runs `work` on a large stack, so that deep nesting cannot exhaust the stack of the caller.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match worker.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // The program cannot continue if the system cannot start a thread.
            Err(error) => panic!("the system cannot start a thread: {error}"),
        }
    })
}

fn failure(sink: Sink, sources: Sources, config: &Config) -> Failure {
    Failure { diagnostics: allow::of_failure(sink.into_vec(), config), sources }
}

/// The time since the last lap.
fn lap(clock: &mut Instant) -> Duration {
    let now = Instant::now();
    now - std::mem::replace(clock, now)
}
