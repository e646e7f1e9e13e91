//! Turns the lowered document into the frozen type graph.
//!
//! Two passes: `convert` looks at each schema once and makes types of it; `settle` answers the questions that need
//! all types (tags, pairs, defaults, cycles). What this stage refuses to do: spell anything in Rust.

mod branch_names;
mod branches;
mod budget;
mod client;
mod contents;
mod convert;
mod descendants;
mod discriminator;
mod enumeration;
mod external;
mod form;
mod form_files;
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
mod passes;
mod reach;
mod rules;
mod scalar;
mod secrets;
mod site;
mod union;
mod union_draft;
mod unused;
mod wrapper;
mod write_only;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;

use self::budget::Budget;
use self::convert::Converter;
use self::descendants::Descendants;
use self::passes::Settle;
use self::reach::Reached;
use self::site::Components;
use crate::config::{DateTimes, TypeOptions};
use crate::diagnostics::{FileId, Sink};
use crate::ir::{Api, Component, DateLibrary, Graph, GraphParts, Libraries, OperationLabel, Shape};

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
}

/// Resolves a document that [`crate::lower`] gave, on whose conventions it relies. `roots` names the component schemas
/// that are kept for their own sake: with it the graph has those, the operations and what they reach, and without it
/// everything. `left_out` are the operations that the document had besides.
///
/// It always gives a graph. What cannot be typed is [`crate::ir::Shape::Any`] with its reason, and a warning in
/// `sink` where the document is at fault.
pub fn resolve(
    document: &OpenAPI,
    origin: Origin<'_>,
    options: &TypeOptions,
    (roots, left_out): (Option<&BTreeSet<String>>, &[OperationLabel]),
    sink: &mut Sink,
) -> Graph {
    let components = Components::new(document);
    let descendants = Descendants::new(&components);
    let count = components.len();
    let reached = match roots {
        None => Reached::everything(count),
        Some(roots) => reach::reached(document, &descendants, options, origin.files, origin.bytes, roots),
    };
    let budget = Budget::of(origin.bytes);
    let mut converter = Converter::new(components, options, origin.files, budget, sink);
    for index in &reached.kept {
        converter.component(*index, &descendants);
    }
    let operations = operations::operations(&mut converter, document);
    for index in &reached.partners {
        converter.component(*index, &descendants);
    }
    let is_complete = !converter.budget.is_spent();
    let components = (0..count)
        .map(|index| Component {
            name: converter.components.name(index).to_owned(),
            ty: converter.component_ref(index),
            location: converter.components.place(index),
        })
        .collect();
    let Converter { mut types, unions, sink, rules, subjects, extensible, discriminators, .. } = converter;
    for id in extensible {
        if let Shape::Enum(found) = &mut types[id.0 as usize].shape {
            found.extensible = true;
        }
    }
    discriminators.report_ignored(sink);
    let roots = reached.roots;
    if !is_complete {
        // An error was said, and what there is has parts that were never made.
        return GraphParts { libraries: libraries(options), ..GraphParts::default() }.freeze();
    }
    let mut settle = Settle {
        types,
        unions,
        components,
        operations,
        sides: Vec::new(),
        roots,
        options,
        rules,
        subjects,
        sink,
    };
    settle.settle();
    let conversions = passes::conversions(&settle);
    unused::report(&mut settle, document, left_out, origin.settings);
    let api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: match options.without_docs {
            true => String::new(),
            false => document.info.description.clone().unwrap_or_default(),
        },
        source: origin.source.to_owned(),
        files: origin.files.clone(),
        servers: client::servers(&document.servers),
        schemes: client::schemes(document, &settle.operations),
    };
    let parts = GraphParts {
        api,
        types: settle.types,
        components: settle.components,
        operations: settle.operations,
        left_out: left_out.to_vec(),
        sides: settle.sides,
        conversions,
        libraries: libraries(options),
    };
    parts.freeze()
}

/// The types of libraries that the settings ask for.
fn libraries(options: &TypeOptions) -> Libraries {
    let dates = match options.date_time {
        // Where strings stand for dates nobody asks.
        DateTimes::Chrono | DateTimes::String => DateLibrary::Chrono,
        DateTimes::Time => DateLibrary::Time,
        DateTimes::Jiff => DateLibrary::Jiff,
    };
    let map = options.map_type.clone();
    Libraries { dates, map: map.unwrap_or_else(|| Libraries::default().map) }
}
