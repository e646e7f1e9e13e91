//! What the tests with hostile documents share: generate in memory, parse what comes out, and say what was found.

#![allow(dead_code, reason = "no test uses all of it")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use modelsmith::config::{Config, Dependency, Runtime};
use modelsmith::diagnostics::{Style, render};
use modelsmith::load::{MemoryReader, ReadFile};
use modelsmith::{Failure, Output};

use crate::growth_support::{assert_linear, timed};

/// What may be done at most. In a debug build on a busy machine what is linear takes seconds; what is not takes hours.
pub const LIMIT: Duration = Duration::from_secs(120);

/// Generates from the files of `reader`, of which `root` is the first.
#[track_caller]
pub fn generate(root: &str, reader: &(dyn ReadFile + Sync)) -> Result<Output, Failure> {
    generate_with(root, reader, Config::default())
}

/// The same with settings.
#[track_caller]
pub fn generate_with(root: &str, reader: &(dyn ReadFile + Sync), config: Config) -> Result<Output, Failure> {
    let config = with_examples(config);
    let start = Instant::now();
    let outcome = modelsmith::generate(Path::new(root), reader, &config);
    assert!(start.elapsed() < LIMIT, "{root} took {:?}", start.elapsed());
    if let Ok(output) = &outcome {
        parse(output).unwrap_or_else(|error| panic!("{error}"));
    }
    outcome
}

/// Settings with which examples are read too, which has to be as safe.
fn with_examples(mut config: Config) -> Config {
    config.rust.tests = true;
    config
}

/// What is emitted for one document without the runtime, which is the same for all, and how long that takes.
#[track_caller]
pub fn emitted_alone(text: &str) -> (Duration, Output) {
    let mut config = with_examples(Config::default());
    config.rust.runtime = Runtime::Crate(Dependency::default());
    let reader = MemoryReader::new().with("a.json", text);
    let (time, outcome) = timed(|| modelsmith::generate("a.json".as_ref(), &reader, &config));
    (time, outcome.unwrap_or_else(|failure| panic!("{}", said(&Err(failure)))))
}

/// Emits documents that `document` makes in a given size: the time grows with the size and not with its square. `check`
/// gets the size and what is emitted.
#[track_caller]
pub fn emitted_in_linear_time(
    size: usize,
    document: impl Fn(usize) -> String,
    check: impl Fn(usize, &Output),
) {
    // Only once and of the small document: parsing takes longer than emitting.
    parse(&emitted_alone(&document(size)).1).unwrap_or_else(|error| panic!("{error}"));
    let subject = |size| (size, document(size));
    assert_linear(size, subject, |(size, document)| {
        let (time, output) = emitted_alone(document);
        check(*size, &output);
        [time]
    });
}

/// What is emitted for one document.
#[track_caller]
pub fn emitted(path: &str, text: impl Into<Vec<u8>>) -> Output {
    let reader = MemoryReader::new().with(path, text);
    generate(path, &reader).unwrap_or_else(|failure| panic!("{}", said(&Err(failure))))
}

/// Why nothing is emitted for one document.
#[track_caller]
pub fn refused(path: &str, text: impl Into<Vec<u8>>) -> String {
    let outcome = generate(path, &MemoryReader::new().with(path, text));
    assert!(outcome.is_err(), "{path} was accepted");
    said(&outcome)
}

/// What is said of a document, as it is shown.
pub fn said(outcome: &Result<Output, Failure>) -> String {
    match outcome {
        Ok(output) => render(&output.warnings, &output.sources, Style::PLAIN),
        Err(failure) => render(&failure.diagnostics, &failure.sources, Style::PLAIN),
    }
}

/// The codes of the warnings.
pub fn codes(output: &Output) -> Vec<&str> {
    output.warnings.iter().map(|found| found.code).collect()
}

/// The emitted Rust files without the runtime, which is the same for all documents.
pub fn files(output: &Output) -> impl Iterator<Item = (&str, &str)> {
    output.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime"))
}

/// Parses every emitted file. Gives the names of the types, as written.
pub fn parse(output: &Output) -> Result<Vec<String>, String> {
    // syn descends by recursion, and a test has little stack.
    std::thread::scope(|scope| {
        let parser = std::thread::Builder::new().stack_size(256 << 20);
        let parser = parser.spawn_scoped(scope, || parse_here(output)).expect("a thread");
        parser.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn parse_here(output: &Output) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        if path.starts_with("src/runtime") && !is_new(text) {
            continue;
        }
        let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}\n{text}"))?;
        if path.starts_with("src/models/") {
            names.extend(file.items.iter().filter_map(type_name));
        }
    }
    Ok(names)
}

/// Whether a text of the runtime was not parsed before. Most documents have the same, which is most of what is emitted.
fn is_new(text: &str) -> bool {
    static PARSED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    PARSED.lock().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned())
}

fn type_name(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}
