//! The text of the runtime's modules: what its lines declare and export, and its parts that are left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What stands above the rows of the table in the root's documentation: those of an emitted crate are its files.
pub(super) const TABLE: &str = "//! |---|---|";

/// The text of a module of the folder without what it says of modules that are left out: their statements, with the
/// attributes before them, and the rows of its documentation that are about them alone.
pub(super) fn without_modules(text: &str, left_out: &[&str]) -> String {
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
pub(super) fn condition(line: &str) -> Option<&str> {
    line.strip_prefix("#[cfg(")?.strip_suffix(")]").filter(|condition| condition.contains("feature = "))
}

/// The module that has a folder of its own.
pub(super) const FOLDER: &str = "client";

/// The module of the root that a module is, or is in.
pub(super) fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// The text with the modules that it declares inside of it. They are in `folder`.
pub(super) fn with_modules(text: &str, folder: &str, inner: &BTreeMap<&'static str, String>) -> String {
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

/// The first sentence of a module's documentation.
pub(super) fn idea(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    let all = lines.collect::<Vec<_>>().join(" ");
    all.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// A module of the package as a module of an emitted crate.
pub(super) fn embedded(text: &str) -> String {
    text.replace("#[doc(hidden)]\n#[macro_export]\n", "").replace("#[macro_export]\n", "")
}

/// The macro that a line of a module exports to the crate.
pub(super) fn exported_macro(line: &str) -> Option<&str> {
    line.strip_prefix("pub(crate) use ")?.strip_suffix(';')
}

/// The module that a line declares.
pub(super) fn module(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// The root among the sources.
pub(super) const ROOT: &str = "lib";
