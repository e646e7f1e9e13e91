//! Emits the runtime: a copy of the parts of `modelsmith-runtime` that the models need, unless they depend on the
//! package.

mod needed;
mod source;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use modelsmith_runtime::SOURCES;

pub(super) use self::needed::{INDEX_MAP, features};
use self::needed::{MENTIONED, unneeded};
use self::source::{
    FOLDER, ROOT, TABLE, condition, embedded, exported_macro, idea, module, top, with_modules,
    without_modules,
};
use super::file::use_list;
use super::merge::{Module, merged};
use crate::config::ClientFeature;
use crate::ir::Graph;

/// Whether a copy of the runtime can check values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checks {
    /// Never.
    Off,
    /// If the feature of the package is enabled.
    Feature,
    /// Always.
    On,
}

/// The feature that enables checks.
pub(super) const CHECKS: &str = "checks";

/// The modules that exist only with that feature, and those only without it.
const CHECKED: [&str; 5] = ["checks", "decimal", "rules", "violations", "client/checked"];
const UNCHECKED: [&str; 2] = ["unchecked", "client/unchecked"];

/// A copy of the runtime for a set of items.
pub(super) struct Embedded {
    left_out: Vec<&'static str>,
    /// The enabled features. `None` for a package, whose users enable them.
    features: Option<Vec<&'static str>>,
    checks: Checks,
}

impl Embedded {
    /// The copy that these items need. Without `features` it is for a package, which has all features.
    pub(super) fn of<'a>(
        graph: &Graph,
        items: impl Iterator<Item = &'a str> + Clone,
        features: Option<&[ClientFeature]>,
        checks: Checks,
    ) -> Self {
        // Only for the generator.
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

    /// The file of a module. A module that depends on a feature has its own file.
    fn file_of(&self, module: &'static str) -> &'static str {
        if self.checks == Checks::Feature && UNCHECKED.contains(&module) { module } else { file_of(module) }
    }

    /// Whether a feature is enabled. `None` if the users of a package decide.
    fn is_on(&self, feature: &str) -> Option<bool> {
        match (feature, self.checks) {
            (CHECKS, Checks::Off) => Some(false),
            (CHECKS, Checks::Feature) => None,
            (CHECKS, Checks::On) => Some(true),
            _ => self.features.as_ref().map(|features| features.contains(&feature)),
        }
    }

    /// The `cfg` attribute of a file that depends on a feature of the package, with a line break.
    fn switch(&self, file: &str) -> &'static str {
        match self.checks {
            Checks::Feature if CHECKED.contains(&file) => "#[cfg(feature = \"checks\")]\n",
            Checks::Feature if UNCHECKED.contains(&file) => "#[cfg(not(feature = \"checks\"))]\n",
            Checks::Off | Checks::Feature | Checks::On => "",
        }
    }

    /// The modules of the folder that need features that are not enabled.
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

    /// The text with the statements of enabled features, and without those of other features. Statements for features
    /// of a package are kept unchanged.
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

    /// The files below the root, by name.
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
        // Modules in the folder use only the exports of the root.
        let text = |name| match file(name)[..] {
            [module] if top(name) == FOLDER => {
                without_modules(&self.with_features(&module.text), &self.left_out)
            }
            ref members => merged(members, &modules),
        };
        names.into_iter().map(|name| (name, text(name))).collect()
    }

    /// The files, by their paths under `src`.
    pub(super) fn files(&self) -> impl Iterator<Item = (String, String)> {
        let inner = self.inner();
        let root = ("runtime.rs".to_owned(), self.root(&inner));
        let inner = inner.into_iter().map(|(name, text)| (format!("runtime/{name}.rs"), text));
        std::iter::once(root).chain(inner)
    }

    /// Everything in one module.
    pub(super) fn one_module(&self) -> String {
        let inner = self.inner();
        format!("pub mod runtime {{\n{}}}\n", with_modules(&self.root(&inner), "", &inner))
    }

    /// The root: its documentation, the modules and their exports, for the enabled features.
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
        // The package exports its macros by `#[macro_export]`, which in a copy would export them from the other crate.
        for (name, text) in inner {
            let macros: BTreeSet<&str> = text.lines().filter_map(exported_macro).collect();
            if !macros.is_empty() {
                out.push_str(self.switch(name));
            }
            out.push_str(&use_list("pub(crate) use", &name.replace('/', "::"), &macros));
        }
        out
    }

    /// The exports of the root: whether they are hidden from documentation, the file, the `cfg` attribute, and the
    /// names.
    fn exports(&self, root: &'static str) -> Exports {
        let mut exports: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for statement in root.split(';') {
            let Some((before, path)) = statement.split_once("pub use ") else { continue };
            let Some((module, names)) = path.split_once("::") else { continue };
            let is_checked = before.contains("#[cfg(feature = \"checks\")]");
            let is_out = self.left_out.contains(&module) || is_checked && self.checks == Checks::Off;
            if !is_out {
                // The client also exists without the feature.
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

/// The exported names, by visibility in the documentation, file and attribute.
type Exports = BTreeMap<(bool, &'static str, &'static str), BTreeSet<&'static str>>;

/// Modules that share a file, which has the name of the first.
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

/// The names of the enabled features, including `client`, which all others need.
fn with_client(features: &[ClientFeature]) -> Vec<&'static str> {
    let mut names: Vec<&str> = features.iter().map(|feature| feature.name()).collect();
    if !names.is_empty() && !features.contains(&ClientFeature::Client) {
        names.push(ClientFeature::Client.name());
    }
    names
}

/// The file of a module.
fn file_of(module: &'static str) -> &'static str {
    TOGETHER.iter().find(|file| file.contains(&module)).map_or(module, |file| file[0])
}
