//! The part of the emitted crate that is written by hand: the same for every document, but for modules that only some
//! need.

use super::manifest::uses_crate;
use crate::ir::{DateLibrary, Graph};

/// Modules that are left out when nothing mentions what they are for.
const OPTIONAL: &[(&str, &[&str])] = &[
    ("base64", &["runtime::Base64"]),
    ("other_enums", &["runtime::integer_enum!", "runtime::value_enum!"]),
    ("patch", &["runtime::Patch"]),
];

/// The runtime as some items need it.
pub(super) struct Runtime {
    left_out: Vec<&'static str>,
}

impl Runtime {
    /// What these items need.
    pub(super) fn of<'a>(graph: &Graph, items: impl Iterator<Item = &'a str> + Clone) -> Self {
        let unneeded = |(_, mentions): &&(&str, &[&str])| {
            !items.clone().any(|text| mentions.iter().any(|mention| text.contains(mention)))
        };
        let mut left_out: Vec<_> = OPTIONAL.iter().filter(unneeded).map(|(module, _)| *module).collect();
        // A mention does not do: the module needs a crate, and descriptions may mention anything.
        if graph.libraries.dates != DateLibrary::Time || !uses_crate(graph, "time") {
            left_out.push("dates");
        }
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

    /// The root without the lines that declare and export what is left out.
    fn root(&self) -> String {
        let is_kept = |line: &&str| {
            !self.left_out.iter().any(|name| {
                module(line) == Some(name)
                    || line.trim_start().trim_start_matches("pub use ").starts_with(&format!("{name}::"))
            })
        };
        let (_, root) = FILES[0];
        root.lines().filter(is_kept).flat_map(|line| [line, "\n"]).collect()
    }
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
    (ROOT, include_str!("../runtime/mod.rs")),
    ("runtime/base64.rs", include_str!("../runtime/base64.rs")),
    ("runtime/choose.rs", include_str!("../runtime/choose.rs")),
    ("runtime/dates.rs", include_str!("../runtime/dates.rs")),
    ("runtime/entries.rs", include_str!("../runtime/entries.rs")),
    ("runtime/enums.rs", include_str!("../runtime/enums.rs")),
    ("runtime/error.rs", include_str!("../runtime/error.rs")),
    ("runtime/object.rs", include_str!("../runtime/object.rs")),
    ("runtime/other_enums.rs", include_str!("../runtime/other_enums.rs")),
    ("runtime/patch.rs", include_str!("../runtime/patch.rs")),
    ("runtime/properties.rs", include_str!("../runtime/properties.rs")),
    ("runtime/read.rs", include_str!("../runtime/read.rs")),
    ("runtime/replay.rs", include_str!("../runtime/replay.rs")),
    ("runtime/response.rs", include_str!("../runtime/response.rs")),
    ("runtime/scalar.rs", include_str!("../runtime/scalar.rs")),
    ("runtime/secret.rs", include_str!("../runtime/secret.rs")),
    ("runtime/tape.rs", include_str!("../runtime/tape.rs")),
    ("runtime/union.rs", include_str!("../runtime/union.rs")),
    ("runtime/visit.rs", include_str!("../runtime/visit.rs")),
    ("runtime/writer.rs", include_str!("../runtime/writer.rs")),
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
