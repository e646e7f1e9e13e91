//! The runtime of emitted code: a copy of what it needs of the package `modelsmith-runtime`, or that package itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use modelsmith_runtime::SOURCES;

use super::file::use_list;
use super::manifest::uses_crate;
use super::merge::{Module, merged};
use super::spelling::is_read_by_serde;
use crate::config::ClientFeature;
use crate::ir::{DateLibrary, Graph, Shape, TypeId, TypeRef};
use crate::naming;

/// The features of the package `modelsmith-runtime` that these types need: each reads the types of another crate, and
/// is a module of the same name.
pub(super) fn features(graph: &Graph) -> Vec<&'static str> {
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

/// Modules that are left out when the graph has no types for them: here a mention does not do, since descriptions may
/// mention anything and the modules need crates.
fn unneeded(graph: &Graph) -> Vec<&'static str> {
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
pub(super) const INDEX_MAP: &str = "indexmap::IndexMap";

/// Modules that are left out when no item mentions what they are for.
const MENTIONED: &[(&[&str], &[&str])] = &[
    (&["base64"], &["runtime::Base64"]),
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

/// Whether a copy of the runtime can check values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checks {
    /// It cannot.
    Off,
    /// With the feature of the package.
    Feature,
    /// It can.
    On,
}

/// The feature with which values can be checked.
pub(super) const CHECKS: &str = "checks";

/// The modules that are there only with that feature, and those only without.
const CHECKED: [&str; 5] = ["checks", "decimal", "rules", "violations", "client/checked"];
const UNCHECKED: [&str; 2] = ["unchecked", "client/unchecked"];

/// A copy of the runtime as some items need it.
pub(super) struct Embedded {
    left_out: Vec<&'static str>,
    /// Which features are on where there are none to switch. A package switches them itself.
    features: Option<Vec<&'static str>>,
    checks: Checks,
}

impl Embedded {
    /// What these items need. Without `features` it is a package's, which has all of them to switch on.
    pub(super) fn of<'a>(
        graph: &Graph,
        items: impl Iterator<Item = &'a str> + Clone,
        features: Option<&[ClientFeature]>,
        checks: Checks,
    ) -> Self {
        // For the generator only.
        let mut left_out = vec!["sources"];
        match checks {
            Checks::Off => left_out.extend(CHECKED),
            Checks::Feature => {}
            Checks::On => left_out.extend(UNCHECKED),
        }
        for (modules, mentions) in MENTIONED {
            if !items.clone().any(|text| mentions.iter().any(|mention| text.contains(mention))) {
                left_out.extend(*modules);
            }
        }
        left_out.extend(unneeded(graph));
        let mut embedded = Self { left_out, features: features.map(with_client), checks };
        let switched_off = embedded.switched_off();
        embedded.left_out.extend(switched_off);
        embedded
    }

    /// The file that a module is in. What features switch is in a file of its own.
    fn file_of(&self, module: &'static str) -> &'static str {
        if self.checks == Checks::Feature && UNCHECKED.contains(&module) { module } else { file_of(module) }
    }

    /// Whether a feature is on, if it is known here and not left to a package.
    fn is_on(&self, feature: &str) -> Option<bool> {
        match (feature, self.checks) {
            (CHECKS, Checks::Off) => Some(false),
            (CHECKS, Checks::Feature) => None,
            (CHECKS, Checks::On) => Some(true),
            _ => self.features.as_ref().map(|features| features.contains(&feature)),
        }
    }

    /// The attribute of a file that a feature of the package switches, with the end of its line.
    fn switch(&self, file: &str) -> &'static str {
        match self.checks {
            Checks::Feature if CHECKED.contains(&file) => "#[cfg(feature = \"checks\")]\n",
            Checks::Feature if UNCHECKED.contains(&file) => "#[cfg(not(feature = \"checks\"))]\n",
            Checks::Off | Checks::Feature | Checks::On => "",
        }
    }

    /// The modules of the folder that are there only with other features.
    fn switched_off(&self) -> Vec<&'static str> {
        let folder = SOURCES.iter().find(|(name, _)| *name == FOLDER).map_or("", |(_, text)| *text);
        let lines = folder.lines().zip(folder.lines().skip(1));
        let off = lines.filter(|(attribute, _)| {
            condition(attribute).is_some_and(|condition| self.holds(condition) == Some(false))
        });
        let modules = off.filter_map(|(_, line)| module(line));
        let path = |name: &str| SOURCES.iter().find(|(path, _)| path.strip_prefix("client/") == Some(name));
        modules.filter_map(path).map(|(path, _)| *path).collect()
    }

    /// The text with the statements that features switch on, and without those of others. What a package switches stays
    /// as it is.
    fn with_features(&self, text: &str) -> String {
        let mut out = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            match condition(line).map(|condition| self.holds(condition)) {
                Some(Some(true)) => {}
                Some(Some(false)) => _ = lines.by_ref().take_while(|line| !line.ends_with(';')).count(),
                Some(None) | None => _ = writeln!(out, "{line}"),
            }
        }
        out
    }

    /// Whether a condition about features holds, if that is known: `feature = "…"`, `not(…)`, `all(…, …)`.
    fn holds(&self, condition: &str) -> Option<bool> {
        let inner = |name: &str| condition.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(inner) = inner("not") {
            return self.holds(inner).map(|holds| !holds);
        }
        if let Some(all) = inner("all") {
            let all: Vec<_> = all.split(", ").map(|condition| self.holds(condition)).collect();
            return if all.contains(&Some(false)) {
                Some(false)
            } else {
                all.iter().all(Option::is_some).then_some(true)
            };
        }
        self.is_on(condition.strip_prefix("feature = \"")?.strip_suffix('"')?)
    }

    /// Its files below the root, by name, in order.
    fn inner(&self) -> BTreeMap<&'static str, String> {
        let is_kept = |(name, _): &&(&str, &str)| {
            *name != ROOT && !self.left_out.contains(&top(name)) && !self.left_out.contains(name)
        };
        let modules: Vec<Module<'static>> = SOURCES
            .iter()
            .filter(is_kept)
            .map(|(name, text)| Module { name, file: self.file_of(name), text: embedded(text) })
            .collect();
        let file = |name: &'static str| {
            let names = TOGETHER.iter().find(|names| names[0] == name).map_or(&[][..], |names| names);
            let in_order = names.iter().filter_map(|name| modules.iter().find(|module| module.name == *name));
            let members: Vec<&Module<'_>> = in_order.filter(|module| module.file == name).collect();
            match members.is_empty() {
                true => modules.iter().filter(|module| module.name == name).collect(),
                false => members,
            }
        };
        let names: BTreeSet<&str> = modules.iter().map(|module| module.file).collect();
        // What is in a folder of its own names nothing of the others but what the root exports.
        let text = |name| match file(name)[..] {
            [module] if top(name) == FOLDER => {
                without_modules(&self.with_features(&module.text), &self.left_out)
            }
            ref members => merged(members, &modules),
        };
        names.into_iter().map(|name| (name, text(name))).collect()
    }

    /// Its files, by their paths under `src`.
    pub(super) fn files(&self) -> impl Iterator<Item = (String, String)> {
        let inner = self.inner();
        let root = ("runtime.rs".to_owned(), self.root(&inner));
        let inner = inner.into_iter().map(|(name, text)| (format!("runtime/{name}.rs"), text));
        std::iter::once(root).chain(inner)
    }

    /// One module, its own modules inside it.
    pub(super) fn one_module(&self) -> String {
        let inner = self.inner();
        format!("pub mod runtime {{\n{}}}\n", with_modules(&self.root(&inner), "", &inner))
    }

    /// The root: its documentation, the files, and what these export. What features decide in the package is decided
    /// here.
    fn root(&self, inner: &BTreeMap<&'static str, String>) -> String {
        let root = SOURCES.iter().find(|(name, _)| *name == ROOT).map_or("", |(_, text)| *text);
        let is_head = |line: &&str| module(line).is_none() && !line.starts_with("#[cfg(feature = ");
        let mut out = String::new();
        for line in root.lines().take_while(is_head) {
            if line == TABLE {
                let _ = writeln!(out, "{TABLE}");
                for (name, text) in inner.iter().filter(|(name, _)| top(name) == **name) {
                    let _ = writeln!(out, "//! | `{name}` | {} |", idea(text));
                }
            } else if !line.starts_with("//! | `") {
                let _ = writeln!(out, "{line}");
            }
        }
        for name in inner.keys().filter(|name| top(name) == **name) {
            let visibility = if *name == FOLDER { "pub " } else { "" };
            let _ = writeln!(out, "{}{visibility}mod {name};", self.switch(name));
        }
        let mut exports = self.exports(root);
        let hidden = exports.split_off(&(true, "", ""));
        out.push('\n');
        for ((_, file, switch), names) in &exports {
            out.push_str(switch);
            out.push_str(&use_list("pub use", file, names));
        }
        out.push('\n');
        for ((_, file, switch), names) in &hidden {
            out.push_str(switch);
            out.push_str("#[doc(hidden)]\n");
            out.push_str(&use_list("pub use", file, names));
        }
        out.push('\n');
        // The package has its macros exported by `#[macro_export]`, which in a module of another crate would make them
        // that crate's.
        for (name, text) in inner {
            let macros: BTreeSet<&str> = text.lines().filter_map(exported_macro).collect();
            if !macros.is_empty() {
                out.push_str(self.switch(name));
            }
            out.push_str(&use_list("pub(crate) use", &name.replace('/', "::"), &macros));
        }
        out
    }

    /// What the root exports: whether it is hidden from documentation, the file, the attribute of what a feature of the
    /// package switches, and the names.
    fn exports(&self, root: &'static str) -> Exports {
        let mut exports: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for statement in root.split(';') {
            let Some((before, path)) = statement.split_once("pub use ") else { continue };
            let Some((module, names)) = path.split_once("::") else { continue };
            let is_checked = before.contains("#[cfg(feature = \"checks\")]");
            let is_out = self.left_out.contains(&module) || is_checked && self.checks == Checks::Off;
            if !is_out {
                // The client is there without the feature, too.
                let switch = if is_checked { self.switch(CHECKS) } else { self.switch(module) };
                let names = names.split(['{', '}', ',']).map(str::trim).filter(|name| !name.is_empty());
                exports
                    .entry((before.contains("#[doc(hidden)]"), self.file_of(module), switch))
                    .or_default()
                    .extend(names);
            }
        }
        exports
    }
}

/// By whether it is hidden, the file and the attribute: what is exported.
type Exports = BTreeMap<(bool, &'static str, &'static str), BTreeSet<&'static str>>;

/// What stands above the rows of the table in the root's documentation: those of an emitted crate are its files.
const TABLE: &str = "//! |---|---|";

/// Modules that are in one file, which is called like the first.
const TOGETHER: &[&[&str]] = &[
    &["checks", "violations"],
    &["union_reading", "lookahead"],
    &["dates", "chrono", "jiff", "time", "uuid"],
    &["foreign", "foreign_read"],
    &["object", "unchecked"],
    &["properties", "decisions", "unsent"],
    &["read", "error"],
    &["response", "response_variant"],
    &["rules", "decimal"],
    &["scalar", "number", "strings"],
    &["source", "skip"],
    &["values", "maps", "indexmap"],
    &["view", "write"],
];

/// The names of the features that are on: all others need the client.
fn with_client(features: &[ClientFeature]) -> Vec<&'static str> {
    let mut names: Vec<&str> = features.iter().map(|feature| feature.name()).collect();
    if !names.is_empty() && !features.contains(&ClientFeature::Client) {
        names.push(ClientFeature::Client.name());
    }
    names
}

/// The text of a module of the folder without what it says of modules that are left out: their statements, with the
/// attributes before them, and the rows of its documentation that are about them alone.
fn without_modules(text: &str, left_out: &[&str]) -> String {
    let is_left_out = |name: &str| left_out.contains(&format!("{FOLDER}/{name}").as_str());
    let mut out = String::new();
    let mut attributes = String::new();
    for line in text.lines() {
        if line.starts_with("#[") && !line.starts_with("#[macro_export]") {
            let _ = writeln!(attributes, "{line}");
            continue;
        }
        let exported = line.strip_prefix("pub use ").and_then(|path| path.split_once("::"));
        let named = module(line).or(exported.map(|(name, _)| name));
        let row = line.strip_prefix("//! | `").and_then(|row| row.split_once(" | "));
        let is_dropped = match row {
            Some((names, _)) => names.split("`, `").all(|name| is_left_out(name.trim_end_matches('`'))),
            None => named.is_some_and(is_left_out),
        };
        if !is_dropped {
            out.push_str(&attributes);
            let _ = writeln!(out, "{line}");
        }
        attributes.clear();
    }
    out + &attributes
}

/// The condition about features of an attribute that stands alone in its line. Others are about the target.
fn condition(line: &str) -> Option<&str> {
    line.strip_prefix("#[cfg(")?.strip_suffix(")]").filter(|condition| condition.contains("feature = "))
}

/// The module that has a folder of its own.
const FOLDER: &str = "client";

/// The module of the root that a module is, or is in.
fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// The text with the modules that it declares inside of it. They are in `folder`.
fn with_modules(text: &str, folder: &str, inner: &BTreeMap<&'static str, String>) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let path = module(line).map(|name| format!("{folder}{name}"));
        match path.and_then(|path| Some((inner.get(path.as_str())?, path))) {
            Some((text, path)) => {
                let text = with_modules(text, &format!("{path}/"), inner);
                let _ = write!(out, "{} {{\n{text}}}\n", line.trim_end_matches(';'));
            }
            None => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

/// The file that a module is in.
fn file_of(module: &'static str) -> &'static str {
    TOGETHER.iter().find(|file| file.contains(&module)).map_or(module, |file| file[0])
}

/// The first sentence of a module's documentation.
fn idea(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    let all = lines.collect::<Vec<_>>().join(" ");
    all.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// A module of the package as a module of an emitted crate.
fn embedded(text: &str) -> String {
    text.replace("#[doc(hidden)]\n#[macro_export]\n", "").replace("#[macro_export]\n", "")
}

/// The macro that a line of a module exports to the crate.
fn exported_macro(line: &str) -> Option<&str> {
    line.strip_prefix("pub(crate) use ")?.strip_suffix(';')
}

/// The module that a line declares.
fn module(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// The root among the sources.
const ROOT: &str = "lib";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::GraphParts;

    fn everything() -> Embedded {
        Embedded { left_out: vec!["sources"], features: None, checks: Checks::Feature }
    }

    #[test]
    fn every_module_of_the_runtime_is_there() {
        let everything = everything();
        let inner = everything.inner();
        let root = everything.root(&inner);
        let declared: Vec<&str> = root.lines().filter_map(module).collect();
        let of_root = inner.keys().copied().filter(|name| !name.contains('/'));
        assert_eq!(declared, of_root.collect::<Vec<_>>());
        let of_folder = inner.keys().filter_map(|name| name.strip_prefix("client/"));
        let declared: Vec<&str> = inner[FOLDER].lines().filter_map(module).collect();
        assert_eq!(declared, of_folder.collect::<Vec<_>>());
        let one = everything.one_module();
        for (name, _) in SOURCES.iter().filter(|(name, _)| !["lib", "sources", FOLDER].contains(name)) {
            let text = inner.get(everything.file_of(name)).unwrap_or_else(|| panic!("{name} is in no file"));
            assert!(one.contains(text.as_str()), "{name} is not in the single file");
        }
        // What the package exports is exported, wherever it is.
        for name in ["Error", "Patch", "Secret", "from_slice", "Date", "Viewed", "probe_union"] {
            assert!(root.contains(name), "{name} is not exported:\n{root}");
        }
    }

    /// The files for a document with these items, without `runtime/` and `.rs`.
    fn files(items: &[&str]) -> Vec<String> {
        let runtime = Embedded::of(&GraphParts::default().freeze(), items.iter().copied(), None, Checks::Off);
        let name = |path: String| path.trim_start_matches("runtime/").trim_end_matches(".rs").to_owned();
        runtime.files().skip(1).map(|(path, _)| name(path)).collect()
    }

    #[test]
    fn a_small_document_has_few_files() {
        let always =
            ["object", "properties", "read", "scalar", "serde_impls", "source", "tape", "values", "view"];
        assert_eq!(files(&["runtime::object!(Pet { required name; });"]), always);
        let with_enum = files(&["runtime::string_enum!(Size { Small = \"small\" });"]);
        assert_eq!(with_enum.len(), always.len() + 1);
        let with_union = files(&["runtime::tagged_union!(Pet, tag = \"kind\", { Cat, Dog });"]);
        assert_eq!(with_union.len(), always.len() + 2);
    }

    #[test]
    fn modules_that_are_in_one_file_are_those_of_the_package_and_not_too_long() {
        for (path, text) in everything().files() {
            assert!(text.lines().count() <= 500, "{path} is long: take it out of `TOGETHER`");
        }
        for file in TOGETHER {
            for name in *file {
                assert!(
                    SOURCES.iter().any(|(found, _)| found == name),
                    "the runtime does not have a module `{name}`"
                );
                assert_eq!(TOGETHER.iter().filter(|file| file.contains(name)).count(), 1, "{name}");
            }
        }
    }

    #[test]
    fn features_and_exported_macros_are_those_of_the_package_only() {
        let everything = everything();
        for (path, text) in everything.files() {
            for word in ["macro_export", "cfg(feature", "mod sources", "SOURCES"] {
                let is_switch =
                    word == "cfg(feature" && ["runtime.rs", "runtime/client.rs"].contains(&path.as_str());
                assert!(is_switch || !text.contains(word), "{path} has {word}");
            }
        }
        let root = everything.root(&everything.inner());
        let macros = root.lines().filter(|line| line.starts_with("pub(crate) use ")).count();
        assert!(macros > 0 && root.contains("\npub(crate) use serde_impls::serde;\n"), "{root}");
        // A macro of which the package forgets that it is exported would be missing there.
        for (name, text) in SOURCES {
            let exported = text.lines().filter_map(exported_macro).count();
            assert_eq!(exported, text.matches("#[macro_export]\n").count(), "{name}");
        }
    }

    #[test]
    fn what_is_switched_on_is_emitted_where_there_are_no_features() {
        let one = |features: &[ClientFeature]| {
            let items = ["runtime::operation!();"].into_iter();
            Embedded::of(&GraphParts::default().freeze(), items, Some(features), Checks::Off).one_module()
        };
        let plain = one(&[]);
        let modules = ["send", "transport", "redirect", "reqwest", "ureq", "traced", "untraced"];
        let present = |text: &str| modules.map(|name| text.contains(&format!("mod {name} {{\n")));
        assert_eq!(present(&plain), [false; 7]);
        assert_eq!(present(&one(&[ClientFeature::Ureq])), [true, true, true, false, true, false, true]);
        let all = one(&[ClientFeature::Reqwest, ClientFeature::Tracing]);
        assert_eq!(present(&all), [true, true, true, true, false, true, false]);
        assert!(
            !plain.contains("cfg(feature") && !all.contains("cfg(feature") && !all.contains("cfg(all"),
            "{all}"
        );
        // What depends on the target stays so.
        assert!(all.contains("#[cfg(target_arch = \"wasm32\")]"), "{all}");
        assert!(all.contains("use traced::CallSpan;") && !all.contains("use untraced::CallSpan;"), "{all}");
    }

    #[test]
    fn what_nothing_mentions_is_left_out() {
        let runtime = Embedded::of(
            &GraphParts::default().freeze(),
            ["pub name: runtime::Patch<String>,", "pub id: i64,"].into_iter(),
            None,
            Checks::Off,
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
