//! For tests inside the crate: a few lines of YAML through the stages up to where something is tested.

#[cfg(feature = "overlay")]
pub(crate) mod recorded;

use similar::{ChangeTag, TextDiff};

use crate::ReadDocument;
use crate::config::{Config, TypeOptions};
use crate::diagnostics::{Diagnostic, Sink, Sources};
use crate::document::Document;
use crate::ir::Graph;
use crate::ir::dump::Dump;
use crate::load::MemoryReader;
use crate::{diff, load, lower, resolve, settings};

/// Checks what a pass of `resolve` does with a document: the lines that it adds to the dump of the draft, with `+`, and
/// those that it takes away, with `-`. The document is a map of schemas, or what follows `info` of a document.
///
/// A test that fails names the pass and says why it stands where it stands, and shows the document and the two dumps.
macro_rules! check {
    ($pass:literal, $document:expr, @$expected:literal) => {
        $crate::testing::check!($pass, $document, "", @$expected)
    };
    ($pass:literal, $document:expr, $settings:expr, @$expected:literal) => {{
        let (description, difference) = $crate::testing::around_pass($pass, $document, $settings);
        insta::with_settings!({ description => description, omit_expression => true }, {
            insta::assert_snapshot!(difference, @$expected);
        });
    }};
}
pub(crate) use check;

/// Checks what `diff` says of two documents, each written as for [`check`].
///
/// A test that fails shows both documents and the dumps of both graphs.
macro_rules! check_diff {
    ($before:expr, $after:expr, @$expected:literal) => {{
        let (description, found) = $crate::testing::compared($before, $after);
        insta::with_settings!({ description => description, omit_expression => true }, {
            insta::assert_snapshot!(found, @$expected);
        });
    }};
}
pub(crate) use check_diff;

/// What is said of a test of `diff`, and what `diff` says of the documents.
pub(crate) fn compared(before: &str, after: &str) -> (String, String) {
    let generated = |document: &str| {
        let reader = MemoryReader::new().with("test.yaml", whole(&unindented(document)));
        let generated = crate::generate("test.yaml".as_ref(), &reader, &Config::default());
        generated.unwrap_or_else(|_| panic!("the document of the test is not right: {document}"))
    };
    let (old, new) = (generated(before), generated(after));
    let diff = diff::compare(&old.compiled(), &new.compiled(), diff::Options::default());
    let dump = |graph: &Graph| {
        let (types, components, operations) = (graph.types(), graph.components(), graph.operations());
        Dump { types, components, operations }.text()
    };
    let shown = |document: &str, graph: &Graph| format!("{}\n\n{}", unindented(document), dump(graph));
    let description = format!("before:\n{}\nafter:\n{}", shown(before, &old.graph), shown(after, &new.graph));
    (description, diff::text_in_full(&diff))
}

/// The document of these schemas, or of what follows `info`, with its types. Its operations can be called.
pub(crate) fn read(document: &str) -> ReadDocument {
    let reader = MemoryReader::new().with("test.yaml", whole(&unindented(document)));
    let mut config = Config::default();
    config.rust.client = true;
    let read = crate::read_document("test.yaml".as_ref(), &reader, &config);
    read.unwrap_or_else(|failure| panic!("the document of the test is not right: {:?}", failure.diagnostics))
}

/// The warnings about the document of these schemas, or of what follows `info`. Its operations can be called.
pub(crate) fn warnings(document: &str) -> String {
    let reader = MemoryReader::new().with("test.yaml", whole(&unindented(document)));
    let mut config = Config::default();
    config.rust.client = true;
    let generated = crate::generate("test.yaml".as_ref(), &reader, &config);
    let generated = generated.unwrap_or_else(|_| panic!("the document of the test is not right: {document}"));
    let helps =
        |found: &Diagnostic| found.help.iter().map(|help| format!("\n  = help: {help}")).collect::<String>();
    let lines = generated.warnings.iter().map(|found| warning(found) + &helps(found));
    lines.collect::<Vec<_>>().join("\n")
}

/// What is said of a test of a pass, and the difference that the pass makes.
pub(crate) fn around_pass(pass: &str, document: &str, settings: &str) -> (String, String) {
    let (document, options) = (&unindented(document), types_of(&unindented(settings)));
    let mut sink = Sink::default();
    let lowered = lowered(document, &mut sink);
    let around = resolve::around_pass(&lowered, &options, pass);
    let mut lines = vec![pass.to_owned()];
    lines.extend(difference(&around.before, &around.after));
    lines.extend(around.warnings.iter().map(warning));
    let description = format!("pass `{pass}`: {}\n\n{document}", around.reason);
    (description, lines.join("\n"))
}

/// A text without the indentation that its lines share.
fn unindented(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let shared = lines.map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let lines = text.trim().lines().enumerate();
    // The first line is trimmed already.
    let lines =
        lines.map(|(index, line)| if index == 0 { line } else { line.get(shared..).unwrap_or_default() });
    lines.collect::<Vec<_>>().join("\n")
}

/// The document of these schemas, or of what follows `info`, as `lower` gives it.
fn lowered(document: &str, sink: &mut Sink) -> Document {
    let reader = MemoryReader::new().with("test.yaml", whole(document));
    let input = Config::default().input;
    let mut sources = Sources::default();
    let loaded = load::load("test.yaml".as_ref(), &reader, &input, &mut sources, sink);
    let lowered = loaded.and_then(|documents| lower::lower(&documents, sink));
    lowered.unwrap_or_else(|| panic!("the document of the test is not right: {document}"))
}

/// A whole document.
fn whole(document: &str) -> String {
    let is_section = |line: &str| ["components:", "paths:"].iter().any(|key| line.starts_with(key));
    let mut text = "openapi: 3.1.0\ninfo: { title: Test, version: \"1\" }\n".to_owned();
    if document.lines().any(is_section) {
        text.push_str(document);
    } else {
        text.push_str("components:\n  schemas:\n");
        document.lines().for_each(|line| text.extend(["    ", line, "\n"]));
    }
    text
}

fn types_of(text: &str) -> TypeOptions {
    if text.is_empty() {
        return TypeOptions::default();
    }
    let read = settings::parse(text.to_owned(), "modelsmith.toml".to_owned(), "".as_ref());
    let read = read.unwrap_or_else(|error| panic!("the settings of the test are not right: {error}"));
    TypeOptions { checks: read.rust.checks, ..read.types }
}

fn warning(found: &Diagnostic) -> String {
    format!("! {} at {}: {}", found.code, found.location.pointer, found.message)
}

/// The lines of two texts in one order, marked with where they are.
fn difference(before: &str, after: &str) -> Vec<String> {
    let lines = TextDiff::from_lines(before, after);
    let marked = lines.iter_all_changes().map(|line| {
        let mark = match line.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        format!("{mark} {}", line.value().trim_end_matches('\n'))
    });
    marked.collect()
}

/// Checks that settings are refused with this message, at the first place of the text `at`.
#[track_caller]
pub(crate) fn refused(settings: &str, message: &str, at: &str) {
    let error = crate::config::parse(settings).expect_err("the settings are invalid");
    assert_eq!((error.message.as_str(), error.offset), (message, settings.find(at)));
}
