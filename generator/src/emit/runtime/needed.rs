//! Decides which modules of the runtime a document needs.

use crate::emit::manifest::uses_crate;
use crate::emit::spelling::is_read_by_serde;
use crate::ir::{DateLibrary, Graph, Shape, TypeId, TypeRef};
use crate::naming;

/// The features of the package `modelsmith-runtime` that these types need. Each is for the types of another crate, and
/// has a module of the same name.
pub(in crate::emit) fn features(graph: &Graph) -> Vec<&'static str> {
    let library = match graph.libraries().dates {
        DateLibrary::Chrono => "chrono",
        DateLibrary::Jiff => "jiff",
        DateLibrary::Time => "time",
    };
    let is_needed = |feature: &&str| {
        let can_be_asked_for = match *feature {
            "uuid" => true,
            "indexmap" => naming::map_type(graph.libraries()) == INDEX_MAP,
            date => date == library,
        };
        can_be_asked_for && uses_crate(graph, feature)
    };
    FEATURES.into_iter().filter(is_needed).collect()
}

const FEATURES: [&str; 5] = ["chrono", "indexmap", "jiff", "time", "uuid"];

/// Modules that are left out if the graph has no types for them. A mention in the text is not enough, since
/// descriptions can mention anything and these modules need crates.
pub(super) fn unneeded(graph: &Graph) -> Vec<&'static str> {
    let features = features(graph);
    let mut unneeded: Vec<&str> =
        FEATURES.into_iter().filter(|feature| !features.contains(feature)).collect();
    if features.iter().all(|feature| *feature == "indexmap") {
        unneeded.push("dates");
    }
    let ids = || (0..graph.types().len()).map(|index| TypeId(index as u32));
    if !ids().any(|id| matches!(graph.get(id).shape, Shape::Tuple(_))) {
        unneeded.push("tuples");
    }
    if !ids().any(|id| is_read_by_serde(graph, TypeRef { id, nullable: false })) {
        unneeded.extend(["foreign", "foreign_read", "foreign_write"]);
    }
    unneeded
}

/// The map of the crate `indexmap`.
pub(in crate::emit) const INDEX_MAP: &str = "indexmap::IndexMap";

/// Modules that are left out if no item mentions their names.
pub(super) const MENTIONED: &[(&[&str], &[&str])] = &[
    (&["base64"], &["runtime::Base64"]),
    (&["described"], &["runtime::json_schema!", "runtime::to_schema!", "runtime::typescript!"]),
    (&["enums"], &["runtime::string_enum!", "runtime::integer_enum!", "runtime::value_enum!"]),
    (&["other_enums"], &["runtime::integer_enum!", "runtime::value_enum!"]),
    (&["patch"], &["runtime::Patch"]),
    (&["bodies", "response", "response_variant"], &["runtime::response!"]),
    (&["file"], &["runtime::File", "runtime::operation!"]),
    (&["client"], &["runtime::operation!"]),
    (
        &[
            "client/decoder",
            "client/events",
            "client/following",
            "client/futures",
            "client/items",
            "client/records",
            "client/stream",
            "client/stream_error",
            "client/streaming",
        ],
        &["runtime::stream!"],
    ),
    (&["client/paged", "client/pages", "client/paging"], &["runtime::pages!"]),
    (&["secret"], &["runtime::Secret", "runtime::operation!"]),
    (&["methods"], &["runtime::from_variants!", "runtime::shared!"]),
    (&["lookahead", "union", "union_reading"], &["runtime::union!", "runtime::tagged_union!"]),
];
