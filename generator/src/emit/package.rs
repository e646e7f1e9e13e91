//! Assembles the files: the manifest, the root of the crate, the modules and the tests.

use std::fmt::Write as _;

use super::client;
use super::difference::{self, Place};
use super::docs;
use super::examples;
use super::file::{ALLOW_COMPLEX, ALLOW_DEPRECATED, Context, DEPRECATED};
use super::manifest::{self, crate_name, in_toml};
use super::modules;
use super::operation::counts;
use super::runtime::Embedded;
use super::text::{is_harmless, one_line, quoted};
use super::traffic;
use super::{EXAMPLES_FILE, FileSet, SINGLE_FILE, TRAFFIC_DATA, TRAFFIC_FILE, Unit};
use crate::config::{Runtime, RustOptions};
use crate::header;
use crate::ir::{Docs, Graph, Owner, Shape};

/// The start of every file.
pub(super) fn header(graph: &Graph, options: &RustOptions) -> String {
    let api = graph.api();
    let title = quoted_title(&format!("{} {}", api.title, api.version));
    header_line(options, &format!("{}{title}", uri(&api.source)))
}

/// The start of the file of a schema. Its module is private, so it needs no documentation.
fn schema_header(cx: Context<'_>, options: &RustOptions, index: usize) -> String {
    let place = &cx.graph.components()[index].location;
    header_line(options, &uri(&format!("{}#{}", cx.graph.api().file_of(place), place.pointer)))
}

/// The attribute of a module in a folder whose name the user chooses.
const SAME_NAME: &str = "#[allow(clippy::module_inception, reason = \"the folder may have this name too\")]";

/// How much of a title is in headers.
const LONGEST_TITLE: usize = 80;

/// The title in quotes, which it cannot end. A title that looks like the command after it is left out.
fn quoted_title(title: &str) -> String {
    let title = one_line(title).replace('"', "'");
    if title.to_lowercase().contains("regenerate with") {
        return String::new();
    }
    let shown: String = title.chars().take(LONGEST_TITLE).collect();
    let rest = if shown.len() < title.len() { "…" } else { "" };
    format!(" (\"{shown}{rest}\")")
}

/// A path, or a path and a JSON pointer, as a URI reference without spaces, so that it cannot be read as words.
fn uri(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        let is_plain = !char.is_whitespace() && !matches!(char, '%' | '"' | '`' | '\\' | '<' | '>');
        if is_plain && is_harmless(char) {
            out.push(char);
            continue;
        }
        out.extend(char.encode_utf8(&mut [0; 4]).bytes().map(percent_encoding::percent_encode_byte));
    }
    out
}

fn header_line(options: &RustOptions, from: &str) -> String {
    header::line(from, &one_line(options.command.as_deref().unwrap_or("modelsmith generate")))
}

/// The files of a package.
pub(super) fn files(cx: Context<'_>, options: &RustOptions, header: &str, units: Vec<Unit<'_>>) -> FileSet {
    let mut files = FileSet::new();
    let name = crate_name(cx.graph, options);
    files.insert("Cargo.toml", manifest::package(cx.graph, options, header, &name));
    files.insert("rustfmt.toml", format!("{}disable_all_formatting = true\n", in_toml(header)));
    files.insert("src/lib.rs", root(cx, options, header, Some(&name), &units));
    below_the_root(cx, options, header, "src/", units, &mut files);
    if options.tests {
        let root = name.replace('-', "_");
        let tests = examples::file(cx, &root, Place::Declared);
        files.insert("tests/examples.rs", format!("{header}{tests}"));
    }
    traffic(cx, header, (&name.replace('-', "_"), Place::Declared), "tests/", &mut files);
    if uses_difference(cx, options) {
        // Not `tests/difference.rs`, which Cargo would take for a test.
        files.insert("tests/difference/mod.rs", difference::file(header));
    }
    files
}

/// The files of a module in its own folder: those of a package without the manifest and the tests.
pub(super) fn module(cx: Context<'_>, options: &RustOptions, header: &str, units: Vec<Unit<'_>>) -> FileSet {
    let mut files = FileSet::new();
    let needs = manifest::needs(cx.graph, options);
    let mut root = root(cx, options, &format!("{header}{needs}"), None, &units);
    if options.tests {
        root.push_str("\n#[cfg(test)]\n#[rustfmt::skip]\nmod examples;\n");
        let tests = examples::file(cx, "super", Place::Outside);
        files.insert(EXAMPLES_FILE, format!("{header}{tests}"));
    }
    if traffic(cx, header, ("super", Place::Outside), "", &mut files) {
        root.push_str("\n#[cfg(test)]\n#[rustfmt::skip]\nmod traffic;\n");
    }
    if uses_difference(cx, options) {
        root.push_str("\n#[cfg(test)]\n#[rustfmt::skip]\nmod difference;\n");
        files.insert("difference.rs", difference::file(header));
    }
    files.insert("mod.rs", root);
    below_the_root(cx, options, header, "", units, &mut files);
    files
}

/// The modules below the root.
fn below_the_root(
    cx: Context<'_>,
    options: &RustOptions,
    header: &str,
    folder: &str,
    units: Vec<Unit<'_>>,
    files: &mut FileSet,
) {
    let root = folder;
    files.insert(format!("{root}models.rs"), modules::models(header, &units));
    if !cx.graph.operations().is_empty() {
        files.insert(format!("{root}operations.rs"), modules::operations(cx.graph, header, &units));
    }
    if client::is_needed(cx.graph, cx.client) {
        files.insert(format!("{root}client.rs"), format!("{header}\n{}", client::module(cx)));
    }
    let runtime = match options.runtime {
        Runtime::Embedded => Some(Embedded::of(
            cx.graph,
            units.iter().map(|unit| unit.body.as_str()),
            cx.switched_on(),
            cx.checked(),
        )),
        Runtime::Crate(_) => None,
    };
    for unit in units {
        let (folder, mut text) = match unit.owner {
            Owner::Component(index) => ("models", schema_header(cx, options, index)),
            Owner::Operation(index) => ("operations", format!("{header}{}\n", operation_docs(cx, index))),
        };
        let path = format!("{root}{folder}/{}.rs", unit.module);
        if !unit.uses.is_empty() {
            text.push_str(&unit.uses);
            text.push('\n');
        }
        text.push_str(&unit.body);
        files.insert(path, text);
    }
    for (path, text) in runtime.iter().flat_map(Embedded::files) {
        files.insert(format!("{root}{path}"), format!("{header}{text}"));
    }
}

/// Everything in one file, without inner attributes at the top, so that it can be included in a module.
pub(super) fn single_file(
    cx: Context<'_>,
    options: &RustOptions,
    header: &str,
    units: &[Unit<'_>],
) -> FileSet {
    let mut out = header.to_owned();
    let items = single_file_items(cx, options, units);
    if modules::has_deprecated(cx.graph) {
        out.push_str(&modules::within_one(cx.graph, units, &items));
    } else {
        out.push_str(&items);
    }
    let mut files = FileSet::new();
    files.insert(SINGLE_FILE, out);
    if options.tests {
        let tests = examples::file(cx, "super", Place::Inside);
        files.insert(EXAMPLES_FILE, format!("{header}{tests}"));
    }
    traffic(cx, header, ("super", Place::Inside), "", &mut files);
    files
}

/// Whether a file of tests uses the module `difference`: without values there is nothing to compare.
fn uses_difference(cx: Context<'_>, options: &RustOptions) -> bool {
    let has_examples = options.tests && !cx.graph.examples().is_empty();
    has_examples || cx.graph.recorded().is_some_and(|recorded| !recorded.is_empty())
}

/// Adds the tests of recorded traffic, if there are any: for the name of the root of the models, and the place of the
/// module `difference`.
fn traffic(
    cx: Context<'_>,
    header: &str,
    (root, difference): (&str, Place),
    folder: &str,
    files: &mut FileSet,
) -> bool {
    let Some(recorded) = cx.graph.recorded() else { return false };
    let tests = traffic::file(cx, recorded, root, difference);
    files.insert(format!("{folder}{TRAFFIC_FILE}"), format!("{header}{tests}"));
    files.insert(format!("{folder}{TRAFFIC_DATA}"), traffic::data(&in_toml(header), recorded));
    true
}

fn single_file_items(cx: Context<'_>, options: &RustOptions, units: &[Unit<'_>]) -> String {
    let mut out = String::new();
    for unit in units.iter().filter(|unit| matches!(unit.owner, Owner::Component(_))) {
        out.push('\n');
        out.push_str(&unit.body);
    }
    if !cx.graph.operations().is_empty() {
        out.push_str("\npub mod operations {\n");
        for (count, unit) in units.iter().filter(|unit| matches!(unit.owner, Owner::Operation(_))).enumerate()
        {
            let Owner::Operation(index) = unit.owner else { continue };
            let gap = if count > 0 { "\n" } else { "" };
            let deprecated = modules::deprecated_operation(cx.graph, unit.owner);
            let _ = write!(
                out,
                "{gap}{}",
                if deprecated { format!("    {DEPRECATED}\n") } else { String::new() }
            );
            let _ = writeln!(out, "    pub mod {} {{", unit.module);
            indent(&mut out, &operation_docs(cx, index), 2);
            out.push('\n');
            if !unit.uses.is_empty() {
                indent(&mut out, &unit.uses, 2);
                out.push('\n');
            }
            indent(&mut out, &unit.body, 2);
            out.push_str("    }\n");
        }
        out.push_str("}\n");
    }
    if client::is_needed(cx.graph, cx.client) {
        out.push_str("\npub mod client {\n");
        indent(&mut out, &client::module(cx), 1);
        out.push_str("}\n");
    }
    out.push('\n');
    match options.runtime {
        Runtime::Embedded => {
            let items = units.iter().map(|unit| unit.body.as_str());
            let runtime = Embedded::of(cx.graph, items, cx.switched_on(), cx.checked());
            out + &manifest::needs_runtime(cx.graph, options) + &runtime.one_module()
        }
        Runtime::Crate(_) => out + &manifest::needs_runtime(cx.graph, options) + SHARED_RUNTIME,
    }
}

/// The name of the runtime's package in place of the module with the copy.
const SHARED_RUNTIME: &str = "#[allow(unused_imports, reason = \"an API may have no types\")]\n\
                              pub use modelsmith_runtime as runtime;\n";

/// Indents a text. The models have no string that spans lines, so every line can be indented.
pub(super) fn indent(out: &mut String, text: &str, depth: usize) {
    for line in text.lines() {
        if !line.is_empty() {
            out.extend(std::iter::repeat_n("    ", depth));
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn operation_docs(cx: Context<'_>, index: usize) -> String {
    let text = super::operation::operation_docs(&cx.graph.operations()[index]);
    inner_docs(&text)
}

fn inner_docs(text: &docs::Text) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "//!{space}{line}");
    }
    out
}

/// `lib.rs`, or `mod.rs` if the name of the package is not known.
fn root(
    cx: Context<'_>,
    options: &RustOptions,
    header: &str,
    name: Option<&str>,
    units: &[Unit<'_>],
) -> String {
    let api = cx.graph.api();
    let title = if api.title.trim().is_empty() { "an API".to_owned() } else { one_line(&api.title) };
    let heading = docs::render(&Docs { title: Some(format!("Models of {title}.")), ..Docs::default() }, &[]);
    let described = Docs { description: Some(api.description.clone()), ..Docs::default() };
    let mut out = format!("{header}\n{}", inner_docs(&heading));
    if !api.description.trim().is_empty() {
        let _ = write!(out, "//!\n{}", inner_docs(&docs::render(&described, &[])));
    }
    let mut overview = counts(cx.graph, cx.names);
    if cx.graph.types().iter().any(|ty| ty.shape.as_enum().is_some_and(|shape| shape.open)) {
        overview += " Values that the document does not declare are kept in `Unknown` variants.";
    }
    let _ = write!(out, "//!\n{}", inner_docs(&docs::note(&overview)));
    if let Some(name) = name {
        out.push_str(&example(cx, name));
    }
    let is_complex = units.iter().any(|unit| unit.is_complex);
    let allowed = [(modules::has_deprecated(cx.graph), ALLOW_DEPRECATED), (is_complex, ALLOW_COMPLEX)];
    let allowed = allowed.iter().filter(|(is_needed, _)| *is_needed);
    // After the documentation, which attributes would split.
    for (nth, (_, allow)) in allowed.enumerate() {
        let before = if nth == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{before}#![{allow}]");
    }
    // rustfmt reads its settings only from the folder of the package's manifest.
    let skip = if name.is_some() { "" } else { "#[rustfmt::skip]\n" };
    match name {
        Some(_) => out.push_str("\nmod models;\n"),
        None => {
            let _ = writeln!(out, "\n{SAME_NAME}\n{skip}mod models;");
        }
    }
    if client::is_needed(cx.graph, cx.client) {
        if name.is_none() {
            let _ = writeln!(out, "{SAME_NAME}");
        }
        let _ = writeln!(out, "{skip}pub mod client;");
    }
    if !cx.graph.operations().is_empty() {
        let _ = writeln!(out, "{skip}pub mod operations;");
    }
    match options.runtime {
        Runtime::Embedded => {
            let _ = writeln!(out, "{skip}pub mod runtime;");
        }
        Runtime::Crate(_) => {
            out.push('\n');
            out.push_str(if name.is_some() {
                "pub use modelsmith_runtime as runtime;\n"
            } else {
                SHARED_RUNTIME
            });
        }
    }
    out + &modules::of_the_root(units)
}

/// An example that compiles and succeeds for every document: the first struct with a `Default`, or the first operation.
fn example(cx: Context<'_>, name: &str) -> String {
    let krate = name.replace('-', "_");
    let simple = cx.graph.components().iter().find_map(|component| {
        let ty = cx.graph.get(component.ty.id);
        let fits = ty.has_default
            && matches!(ty.shape, Shape::Struct(_))
            && !component.ty.nullable
            && !ty.docs.deprecated;
        let ident = cx.names.type_ident(component.ty.id).filter(|_| fits)?;
        matches!(cx.names.owner(component.ty.id), Some(Owner::Component(_))).then_some(ident)
    });
    let lines = match (simple, cx.graph.operations().first()) {
        (Some(ident), _) => vec![
            format!("use {krate}::{ident};"),
            String::new(),
            format!("let value = {ident}::default();"),
            "let text = serde_json::to_string(&value)?;".to_owned(),
            format!("let read: {ident} = serde_json::from_str(&text)?;"),
            "assert_eq!(read, value);".to_owned(),
            "# Ok::<(), serde_json::Error>(())".to_owned(),
        ],
        (None, Some(first)) => vec![
            format!("use {krate}::operations::{};", cx.names.operation(0).module),
            String::new(),
            format!(
                "assert_eq!({}::METHOD, {});",
                cx.names.operation(0).module,
                quoted(first.method.as_str())
            ),
        ],
        (None, None) => return String::new(),
    };
    let mut out = String::from("//!\n//! ```\n");
    for line in lines {
        let _ = writeln!(out, "//!{}{line}", if line.is_empty() { "" } else { " " });
    }
    out + "//! ```\n"
}
