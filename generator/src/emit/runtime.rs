//! The part of the emitted crate that is written by hand: the same for every document, but for modules that only some
//! need.

use super::manifest::uses_crate;
use super::spelling::is_read_by_serde;
use crate::ir::{DateLibrary, Graph, Shape, TypeId, TypeRef};

/// Modules that are left out when the graph has no types for them: here a mention does not do, since descriptions may
/// mention anything and the modules need crates.
fn unneeded(graph: &Graph) -> Vec<&'static str> {
    let mut unneeded = Vec::new();
    let dates = graph.libraries.dates;
    let crates = [
        ("chrono", dates == DateLibrary::Chrono && uses_crate(graph, "chrono")),
        ("jiff", dates == DateLibrary::Jiff && uses_crate(graph, "jiff")),
        ("time", dates == DateLibrary::Time && uses_crate(graph, "time")),
        ("uuid", uses_crate(graph, "uuid")),
    ];
    if crates.iter().all(|(_, is_needed)| !is_needed) {
        unneeded.push("dates");
    }
    unneeded.extend(crates.iter().filter(|(_, is_needed)| !is_needed).map(|(module, _)| *module));
    if graph.libraries.map != INDEX_MAP || !uses_crate(graph, "indexmap") {
        unneeded.push("indexmap");
    }
    let ids = || (0..graph.types.len()).map(|index| TypeId(index as u32));
    if !ids().any(|id| matches!(graph.get(id).shape, Shape::Tuple(_))) {
        unneeded.push("tuples");
    }
    if !ids().any(|id| is_read_by_serde(graph, TypeRef { id, nullable: false })) {
        unneeded.extend(["foreign", "foreign_read", "foreign_write"]);
    }
    unneeded
}

/// The map of the crate `indexmap`.
pub(super) const INDEX_MAP: &str = "indexmap::IndexMap";

/// Modules that are left out when no item mentions what they are for.
const MENTIONED: &[(&[&str], &[&str])] = &[
    (&["base64"], &["runtime::Base64"]),
    (&["enums"], &["runtime::string_enum!", "runtime::integer_enum!", "runtime::value_enum!"]),
    (&["other_enums"], &["runtime::integer_enum!", "runtime::value_enum!"]),
    (&["patch"], &["runtime::Patch"]),
    (&["response"], &["runtime::response!"]),
    (&["secret"], &["runtime::Secret"]),
    (&["choose", "union"], &["runtime::union!", "runtime::tagged_union!"]),
];

/// The runtime as some items need it.
pub(super) struct Runtime {
    left_out: Vec<&'static str>,
}

impl Runtime {
    /// What these items need.
    pub(super) fn of<'a>(graph: &Graph, items: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut left_out = Vec::new();
        for (modules, mentions) in MENTIONED {
            if !items.clone().any(|text| mentions.iter().any(|mention| text.contains(mention))) {
                left_out.extend(*modules);
            }
        }
        left_out.extend(unneeded(graph));
        Self { left_out }
    }

    /// Its files, by their paths under `src`.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'static str, String)> {
        FILES.iter().filter(|(path, _)| !self.left_out.contains(&stem(path))).map(|(path, text)| {
            let text = if *path == ROOT { self.root() } else { (*text).to_owned() };
            (*path, text)
        })
    }

    /// One module, its own modules inside it.
    pub(super) fn one_module(&self) -> String {
        let mut out = String::from("pub mod runtime {\n");
        for line in self.root().lines() {
            let inner = module(line).and_then(|name| FILES.iter().find(|(path, _)| stem(path) == name));
            match inner {
                Some((_, text)) => {
                    out.push_str(line.trim_end_matches(';'));
                    out.push_str(" {\n");
                    out.push_str(text);
                    out.push_str("}\n");
                }
                None => {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
        out + "}\n"
    }

    /// The root without the lines that declare and export what is left out, and the attributes before these.
    fn root(&self) -> String {
        let (_, root) = FILES[0];
        let mut out = String::with_capacity(root.len());
        let mut attribute = None;
        for line in root.lines() {
            if line.starts_with("#[") {
                attribute = Some(line);
                continue;
            }
            let attribute = attribute.take();
            if exported(line).or_else(|| module(line)).is_some_and(|name| self.left_out.contains(&name)) {
                continue;
            }
            out.extend(attribute.into_iter().chain([line]).flat_map(|line| [line, "\n"]));
        }
        out
    }
}

/// The module that a line exports items of.
fn exported(line: &str) -> Option<&str> {
    let (_, path) = line.split_once("use ").filter(|_| line.starts_with("pub"))?;
    path.split_once("::").map(|(module, _)| module)
}

/// The module that a line declares.
fn module(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// The module that a file holds.
fn stem(path: &str) -> &str {
    path.trim_start_matches("runtime/").trim_end_matches(".rs")
}

const ROOT: &str = "runtime.rs";

/// The root first.
const FILES: &[(&str, &str)] = &[
    (ROOT, include_str!("../../../runtime/src/lib.rs")),
    ("runtime/base64.rs", include_str!("../../../runtime/src/base64.rs")),
    ("runtime/choose.rs", include_str!("../../../runtime/src/choose.rs")),
    ("runtime/chrono.rs", include_str!("../../../runtime/src/chrono.rs")),
    ("runtime/dates.rs", include_str!("../../../runtime/src/dates.rs")),
    ("runtime/decisions.rs", include_str!("../../../runtime/src/decisions.rs")),
    ("runtime/enums.rs", include_str!("../../../runtime/src/enums.rs")),
    ("runtime/error.rs", include_str!("../../../runtime/src/error.rs")),
    ("runtime/foreign.rs", include_str!("../../../runtime/src/foreign.rs")),
    ("runtime/foreign_read.rs", include_str!("../../../runtime/src/foreign_read.rs")),
    ("runtime/foreign_write.rs", include_str!("../../../runtime/src/foreign_write.rs")),
    ("runtime/front.rs", include_str!("../../../runtime/src/front.rs")),
    ("runtime/indexmap.rs", include_str!("../../../runtime/src/indexmap.rs")),
    ("runtime/jiff.rs", include_str!("../../../runtime/src/jiff.rs")),
    ("runtime/maps.rs", include_str!("../../../runtime/src/maps.rs")),
    ("runtime/number.rs", include_str!("../../../runtime/src/number.rs")),
    ("runtime/object.rs", include_str!("../../../runtime/src/object.rs")),
    ("runtime/other_enums.rs", include_str!("../../../runtime/src/other_enums.rs")),
    ("runtime/patch.rs", include_str!("../../../runtime/src/patch.rs")),
    ("runtime/properties.rs", include_str!("../../../runtime/src/properties.rs")),
    ("runtime/read.rs", include_str!("../../../runtime/src/read.rs")),
    ("runtime/response.rs", include_str!("../../../runtime/src/response.rs")),
    ("runtime/scalar.rs", include_str!("../../../runtime/src/scalar.rs")),
    ("runtime/secret.rs", include_str!("../../../runtime/src/secret.rs")),
    ("runtime/source.rs", include_str!("../../../runtime/src/source.rs")),
    ("runtime/strings.rs", include_str!("../../../runtime/src/strings.rs")),
    ("runtime/tape.rs", include_str!("../../../runtime/src/tape.rs")),
    ("runtime/time.rs", include_str!("../../../runtime/src/time.rs")),
    ("runtime/tuples.rs", include_str!("../../../runtime/src/tuples.rs")),
    ("runtime/union.rs", include_str!("../../../runtime/src/union.rs")),
    ("runtime/uuid.rs", include_str!("../../../runtime/src/uuid.rs")),
    ("runtime/values.rs", include_str!("../../../runtime/src/values.rs")),
    ("runtime/view.rs", include_str!("../../../runtime/src/view.rs")),
    ("runtime/write.rs", include_str!("../../../runtime/src/write.rs")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_of_the_runtime_is_there() {
        let (_, root) = FILES[0];
        let declared = root.lines().filter_map(module).count();
        assert_eq!(declared, FILES.len() - 1);
        let everything = Runtime { left_out: Vec::new() };
        let one = everything.one_module();
        for (path, _) in &FILES[1..] {
            assert!(one.contains(&format!("mod {} {{\n", stem(path))), "{path} is not in the single file");
        }
    }

    #[test]
    fn what_nothing_mentions_is_left_out() {
        let runtime =
            Runtime::of(&Graph::default(), ["pub name: runtime::Patch<String>,", "pub id: i64,"].into_iter());
        let paths: Vec<&str> = runtime.files().map(|(path, _)| path).collect();
        assert!(paths.contains(&"runtime/patch.rs") && !paths.contains(&"runtime/base64.rs"), "{paths:?}");
        let one = runtime.one_module();
        assert!(one.contains("mod patch {\n") && one.contains("pub use patch::Patch;\n"), "{one}");
        assert!(
            !one.contains("mod dates") && !one.contains("mod base64") && !one.contains("base64::"),
            "{one}"
        );
    }
}
