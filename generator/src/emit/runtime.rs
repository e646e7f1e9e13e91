//! The runtime of emitted code: a copy of what it needs of the package `modelsmith-runtime`, or that package itself.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use modelsmith_runtime::SOURCES;

use super::manifest::uses_crate;
use super::spelling::is_read_by_serde;
use crate::ir::{DateLibrary, Graph, Shape, TypeId, TypeRef};

/// The features of the package `modelsmith-runtime` that these types need: each reads the types of another crate, and
/// is a module of the same name.
pub(super) fn features(graph: &Graph) -> Vec<&'static str> {
    let library = match graph.libraries.dates {
        DateLibrary::Chrono => "chrono",
        DateLibrary::Jiff => "jiff",
        DateLibrary::Time => "time",
    };
    let is_needed = |feature: &&str| {
        let can_be_asked_for = match *feature {
            "uuid" => true,
            "indexmap" => graph.libraries.map == INDEX_MAP,
            date => date == library,
        };
        can_be_asked_for && uses_crate(graph, feature)
    };
    FEATURES.into_iter().filter(is_needed).collect()
}

const FEATURES: [&str; 5] = ["chrono", "indexmap", "jiff", "time", "uuid"];

/// Modules that are left out when the graph has no types for them: here a mention does not do, since descriptions may
/// mention anything and the modules need crates.
fn unneeded(graph: &Graph) -> Vec<&'static str> {
    let features = features(graph);
    let mut unneeded: Vec<&str> =
        FEATURES.into_iter().filter(|feature| !features.contains(feature)).collect();
    if features.iter().all(|feature| *feature == "indexmap") {
        unneeded.push("dates");
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
    (&["answer", "bodies", "response"], &["runtime::response!"]),
    (&["file"], &["runtime::File"]),
    (&["secret"], &["runtime::Secret"]),
    (&["choose", "union"], &["runtime::union!", "runtime::tagged_union!"]),
];

/// A copy of the runtime as some items need it.
pub(super) struct Embedded {
    left_out: Vec<&'static str>,
}

impl Embedded {
    /// What these items need.
    pub(super) fn of<'a>(graph: &Graph, items: impl Iterator<Item = &'a str> + Clone) -> Self {
        // For the generator only.
        let mut left_out = vec!["sources"];
        for (modules, mentions) in MENTIONED {
            if !items.clone().any(|text| mentions.iter().any(|mention| text.contains(mention))) {
                left_out.extend(*modules);
            }
        }
        left_out.extend(unneeded(graph));
        Self { left_out }
    }

    /// Its modules without the root, and their texts.
    fn modules(&self) -> impl Iterator<Item = (&'static str, String)> {
        let is_kept = |(name, _): &&(&str, &str)| *name != ROOT && !self.left_out.contains(name);
        SOURCES.iter().filter(is_kept).map(|(name, text)| (*name, embedded(text)))
    }

    /// Its files, by their paths under `src`.
    pub(super) fn files(&self) -> impl Iterator<Item = (String, String)> {
        let modules = self.modules().map(|(name, text)| (format!("runtime/{name}.rs"), text));
        std::iter::once(("runtime.rs".to_owned(), self.root())).chain(modules)
    }

    /// One module, its own modules inside it.
    pub(super) fn one_module(&self) -> String {
        let mut out = String::from("pub mod runtime {\n");
        for line in self.root().lines() {
            match module(line).and_then(|name| self.modules().find(|(found, _)| *found == name)) {
                Some((_, text)) => {
                    out.push_str(line.trim_end_matches(';'));
                    out.push_str(" {\n");
                    out.push_str(&text);
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

    /// The root without the lines that declare and export what is left out, and the attributes before these. What
    /// features decide in the package is decided here.
    fn root(&self) -> String {
        let root = SOURCES.iter().find(|(name, _)| *name == ROOT).map_or("", |(_, text)| *text);
        let mut out = String::with_capacity(root.len());
        let mut attribute = None;
        for line in root.lines().filter(|line| !line.starts_with("#[cfg(feature = ")) {
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
        out + &self.macros()
    }

    /// The lines of the root that export macros. The package has them exported by `#[macro_export]`, which in a module
    /// of another crate would make them that crate's.
    fn macros(&self) -> String {
        let mut out = String::from("\n");
        for (name, text) in self.modules() {
            let macros: BTreeSet<&str> = text.lines().filter_map(exported_macro).collect();
            let list = macros.iter().copied().collect::<Vec<_>>().join(", ");
            let _ = match macros.len() {
                0 => Ok(()),
                1 => writeln!(out, "pub(crate) use {name}::{list};"),
                _ => writeln!(out, "pub(crate) use {name}::{{{list}}};"),
            };
        }
        out
    }
}

/// A module of the package as a module of an emitted crate.
fn embedded(text: &str) -> String {
    text.replace("#[doc(hidden)]\n#[macro_export]\n", "").replace("#[macro_export]\n", "")
}

/// The macro that a line of a module exports to the crate.
fn exported_macro(line: &str) -> Option<&str> {
    line.strip_prefix("pub(crate) use ")?.strip_suffix(';')
}

/// The module that a line of the root exports items of.
fn exported(line: &str) -> Option<&str> {
    let (_, path) = line.split_once("use ").filter(|_| line.starts_with("pub"))?;
    path.split_once("::").map(|(module, _)| module)
}

/// The module that a line declares.
fn module(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// The root among the sources.
const ROOT: &str = "lib";

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Embedded {
        Embedded { left_out: vec!["sources"] }
    }

    #[test]
    fn every_module_of_the_runtime_is_there() {
        let everything = everything();
        let root = everything.root();
        let declared: Vec<&str> = root.lines().filter_map(module).collect();
        let found: Vec<&str> = everything.modules().map(|(name, _)| name).collect();
        assert_eq!(declared, found);
        let one = everything.one_module();
        for name in found {
            assert!(one.contains(&format!("mod {name} {{\n")), "{name} is not in the single file");
        }
    }

    #[test]
    fn features_and_exported_macros_are_those_of_the_package_only() {
        let everything = everything();
        for (path, text) in everything.files() {
            for word in ["macro_export", "cfg(feature", "mod sources", "SOURCES"] {
                assert!(!text.contains(word), "{path} has {word}");
            }
        }
        let root = everything.root();
        let macros = root.lines().filter(|line| line.starts_with("pub(crate) use ")).count();
        assert!(macros > 0 && root.contains("\npub(crate) use front::serde;\n"), "{root}");
        // A macro of which the package forgets that it is exported would be missing there.
        for (name, text) in SOURCES {
            let exported = text.lines().filter_map(exported_macro).count();
            assert_eq!(exported, text.matches("#[macro_export]\n").count(), "{name}");
        }
    }

    #[test]
    fn what_nothing_mentions_is_left_out() {
        let runtime = Embedded::of(
            &Graph::default(),
            ["pub name: runtime::Patch<String>,", "pub id: i64,"].into_iter(),
        );
        let paths: Vec<String> = runtime.files().map(|(path, _)| path).collect();
        let has = |path: &str| paths.iter().any(|found| found == path);
        assert!(has("runtime/patch.rs") && !has("runtime/base64.rs"), "{paths:?}");
        let one = runtime.one_module();
        assert!(one.contains("mod patch {\n") && one.contains("pub use patch::Patch;\n"), "{one}");
        assert!(
            !one.contains("mod dates") && !one.contains("mod base64") && !one.contains("base64::"),
            "{one}"
        );
    }
}
