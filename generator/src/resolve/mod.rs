//! Turns the lowered document into the frozen type graph.
//!
//! `convert` looks at each schema once and makes a draft of types, whose placeholders the `passes` fill in and which is
//! then frozen. What this stage refuses to do: spell anything in Rust.

mod access;
mod array;
mod branch_names;
mod branches;
mod budget;
mod client;
mod constraints;
mod contents;
mod convert;
mod descendants;
mod described;
mod discriminator;
mod draft;
mod enumeration;
mod external;
mod form;
mod form_files;
mod headers;
mod inheritance;
mod initial;
mod json_types;
mod keyword_set;
mod media;
mod merged_schema;
mod notes;
mod nullability;
mod object;
mod one_enum;
mod operations;
mod page_types;
mod pages;
mod passes;
mod path_parameters;
mod rules;
mod scalar;
mod secrets;
mod site;
mod streams;
mod trial;
mod union;
mod union_draft;
mod unused;
mod wrapper;

use std::collections::BTreeMap;

use self::budget::Budget;
use self::convert::Converter;
use self::descendants::Descendants;
use self::described::Sources;
use self::draft::DraftGraph;
use self::passes::Context;
use self::site::Components;
pub use self::trial::Trial;
pub(crate) use self::unused::WITHOUT_CALLS;
use crate::config::{ClientOptions, DateTimes, TypeOptions};
use crate::diagnostics::{FileId, Sink};
use crate::document::Document;
use crate::ir::{Api, DateLibrary, Graph, GraphParts, Libraries, OperationLabel, TypeId};
use crate::select::Reached;

/// Where a document came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The document's file name, for headers.
    pub source: &'a str,
    /// The paths of the other files from its folder.
    pub files: &'a BTreeMap<FileId, String>,
    /// How many bytes all of its files have.
    pub bytes: usize,
    /// The settings' text among the sources, where there is one.
    pub settings: Option<FileId>,
    /// What is set of the client: it says from where relative URLs of servers count.
    pub client: &'a ClientOptions,
}

/// What a document became.
#[derive(Debug)]
pub struct Resolved {
    /// The graph.
    pub graph: Graph,
    /// The types that the settings give names to, each with the offset in the settings' text, where it has one.
    pub renames: BTreeMap<TypeId, usize>,
}

/// Resolves a document that [`crate::lower`] gave, on whose conventions it relies. `reached` are the components that the
/// graph has; without it, it has all. `left_out` are the operations that the document had besides.
///
/// It always gives a graph. What cannot be typed is [`crate::ir::Shape::Any`] with its reason, and a warning in
/// `sink` where the document is at fault.
pub fn resolve(
    document: &Document,
    origin: Origin<'_>,
    options: &TypeOptions,
    (reached, left_out): (Option<Reached>, &[OperationLabel]),
    sink: &mut Sink,
) -> Resolved {
    let Some((mut draft, mut cx, sources)) = draft(document, origin, options, reached, sink) else {
        let graph = GraphParts { libraries: libraries(options), ..GraphParts::default() }.freeze();
        return Resolved { graph, renames: BTreeMap::new() };
    };
    passes::run(&mut draft, &mut cx);
    unused::report(&draft, &mut cx, document, left_out, origin.settings);
    let servers = client::servers_from(&document.servers, origin, &mut draft, &mut cx);
    let api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: match options.without_docs {
            true => String::new(),
            false => document.info.description.clone().unwrap_or_default(),
        },
        source: origin.source.to_owned(),
        files: origin.files.clone(),
        servers,
        schemes: client::schemes(document, &draft.operations),
    };
    let renames = std::mem::take(&mut draft.renames);
    let graph = draft.freeze(api, options.calls, left_out.to_vec(), libraries(options));
    let descriptions = described::descriptions(document, &graph, &sources, cx.sink);
    Resolved { graph: graph.with_descriptions(descriptions), renames }
}

/// Converts the document. `None` when it has more than can be emitted: an error was reported, and the draft would have
/// parts that were never made.
fn draft<'a, 'd>(
    document: &'d Document,
    origin: Origin<'a>,
    options: &'a TypeOptions,
    reached: Option<Reached>,
    sink: &'a mut Sink,
) -> Option<(DraftGraph, Context<'a>, Sources<'d>)> {
    let components = Components::new(document);
    let descendants = Descendants::new(&components);
    let reached = reached.unwrap_or_else(|| Reached::everything(components.len()));
    let budget = Budget::of(origin.bytes);
    let mut converter = Converter::new(components, options, origin.files, budget, sink);
    for index in &reached.kept {
        converter.component(*index, &descendants);
    }
    let operations = operations::operations(&mut converter, document);
    for index in &reached.partners {
        converter.component(*index, &descendants);
    }
    converter.finish(operations, reached.roots)
}

/// The libraries whose types are used, as configured.
fn libraries(options: &TypeOptions) -> Libraries {
    let dates = match options.date_time {
        // Where strings stand for dates nobody asks.
        DateTimes::Chrono | DateTimes::String => DateLibrary::Chrono,
        DateTimes::Time => DateLibrary::Time,
        DateTimes::Jiff => DateLibrary::Jiff,
    };
    Libraries { dates, map: options.map_type.clone() }
}

/// What a pass does to a draft, for tests.
#[cfg(test)]
pub(crate) struct AroundPass {
    pub reason: &'static str,
    pub before: String,
    pub after: String,
    /// What the pass warns of.
    pub warnings: Vec<crate::diagnostics::Diagnostic>,
}

/// Runs the passes up to the one with this name.
#[cfg(test)]
pub(crate) fn around_pass(document: &Document, options: &TypeOptions, name: &str) -> AroundPass {
    let files = BTreeMap::new();
    let client = ClientOptions::default();
    let origin = Origin { source: "test.yaml", files: &files, bytes: 0, settings: None, client: &client };
    let (mut earlier, mut sink) = (Sink::default(), Sink::default());
    let found = draft(document, origin, options, None, &mut earlier);
    let (mut draft, mut cx, _) = found.expect("a small document");
    for pass in passes::PASSES {
        if pass.name != name {
            (pass.run)(&mut draft, &mut cx);
            continue;
        }
        let before = draft.dump();
        cx.sink = &mut sink;
        (pass.run)(&mut draft, &mut cx);
        let after = draft.dump();
        return AroundPass { reason: pass.reason, before, after, warnings: sink.into_vec() };
    }
    panic!("unknown pass `{name}`");
}
