//! `Cargo.toml` of the emitted package, and what a package that takes its place needs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::runtime;
use super::text::one_line;
use crate::config::{RUNTIME_PACKAGE, Runtime, RustOptions};
use crate::ir::{DateLibrary, Graph, Rest, Scalar, Shape};

/// `Cargo.toml`.
pub(super) fn package(graph: &Graph, options: &RustOptions, header: &str, name: &str) -> String {
    let description = one_line(&format!("Models of {}", graph.api.title));
    let mut out = in_toml(header);
    let _ = write!(
        out,
        "\n[package]\nname = {}\nversion = {}\nedition = \"2024\"\ndescription = {}\n",
        quoted(name),
        quoted(&options.crate_version),
        quoted(&description),
    );
    if !options.features.is_empty() {
        out.push_str("\n[features]\n");
        options.features.iter().for_each(|(name, value)| line(&mut out, name, value));
    }
    out.push_str("\n[dependencies]\n");
    dependencies(graph, options).iter().for_each(|(name, value)| line(&mut out, name, value));
    out
}

fn line(out: &mut String, name: &str, value: &str) {
    let is_bare = name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
    let name = if is_bare { name.to_owned() } else { quoted(name) };
    let _ = writeln!(out, "{name} = {value}");
}

/// A comment that says what the package needs that the models are a module of.
pub(super) fn needs(graph: &Graph, options: &RustOptions) -> String {
    let mut out = String::from("//\n// Needs in Cargo.toml:\n//\n//     [dependencies]\n");
    for (name, value) in dependencies(graph, options) {
        out.push_str("//     ");
        line(&mut out, &name, &value);
    }
    out
}

/// The dependencies, by name: those of what is used, and those that are asked for.
fn dependencies(graph: &Graph, options: &RustOptions) -> BTreeMap<String, String> {
    // Without the first feature a double can lose its last digit on the way. With the second one `serde_json` hands
    // the text of a value over; without it the value is recorded.
    let mut found = BTreeMap::from([
        ("serde", "\"1\""),
        ("serde_json", "{ version = \"1\", features = [\"float_roundtrip\", \"raw_value\"] }"),
    ]);
    let used = |krate: &str| uses_crate(graph, krate);
    for (krate, dependency) in KNOWN {
        if used(krate) {
            found.insert(krate, dependency);
        }
    }
    let mut all: BTreeMap<String, String> =
        found.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if let Some(dependency) = runtime_dependency(graph, options) {
        all.insert(RUNTIME_PACKAGE.to_owned(), dependency);
    }
    all.extend(options.dependencies.iter().cloned());
    all
}

/// The dependency on the package that has the runtime, with the features that the document needs, if there is one.
fn runtime_dependency(graph: &Graph, options: &RustOptions) -> Option<String> {
    let Runtime::Crate(dependency) = &options.runtime else { return None };
    let mut keys = dependency.or_this_version();
    let features = runtime::features(graph);
    if !features.is_empty() {
        keys.push(("features".to_owned(), toml::Value::from(features)));
    }
    Some(match &keys[..] {
        [(key, version)] if key == "version" => version.to_string(),
        _ => {
            let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            format!("{{ {} }}", keys.join(", "))
        }
    })
}

/// The comment of a single file that says how its package depends on the runtime.
pub(super) fn needs_runtime(graph: &Graph, options: &RustOptions) -> String {
    let mut out = String::new();
    if let Some(dependency) = runtime_dependency(graph, options) {
        out.push_str("// Needs in Cargo.toml: ");
        line(&mut out, RUNTIME_PACKAGE, &dependency);
    }
    out
}

/// Crates whose types modelsmith itself may spell, or knows how to depend on.
const KNOWN: [(&str, &str); 5] = [
    ("chrono", "{ version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }"),
    ("indexmap", "{ version = \"2\", features = [\"serde\"] }"),
    ("jiff", "{ version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }"),
    (
        "time",
        "{ version = \"0.3\", default-features = false, features = [\"formatting\", \"parsing\", \"std\"] }",
    ),
    ("uuid", "{ version = \"1\", features = [\"serde\"] }"),
];

/// Whether the emitted code mentions a crate.
pub(super) fn uses_crate(graph: &Graph, krate: &str) -> bool {
    let of_dates = match graph.libraries.dates {
        DateLibrary::Chrono => "chrono",
        DateLibrary::Time => "time",
        DateLibrary::Jiff => "jiff",
    };
    graph.types.iter().any(|ty| match &ty.shape {
        Shape::Scalar(Scalar::Date | Scalar::DateTime) => krate == of_dates,
        Shape::Scalar(Scalar::Uuid) => krate == "uuid",
        Shape::Map(_) => mentions(&graph.libraries.map, krate),
        Shape::Struct(shape) => {
            let has_map = match shape.rest {
                Rest::Keep(_) => true,
                Rest::Ignore | Rest::Deny => false,
            };
            has_map && mentions(&graph.libraries.map, krate)
        }
        Shape::External(found) => mentions(&found.path, krate),
        Shape::Union(_)
        | Shape::Enum(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::Any(_) => false,
    })
}

/// Whether a path of the text begins with the crate.
fn mentions(text: &str, krate: &str) -> bool {
    crates(text).any(|found| found == krate)
}

/// The first words of the paths in a type.
fn crates(text: &str) -> impl Iterator<Item = &str> {
    let paths = text.split(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | ':')));
    paths.filter_map(|path| {
        let path = path.trim_start_matches("::");
        path.split_once("::").map(|(first, _)| first)
    })
}

/// The types of the user's that a package of its own cannot have: the path, and the crate that it does not depend on.
pub fn missing_dependencies(graph: &Graph, options: &RustOptions) -> Vec<(String, String)> {
    let known: Vec<String> =
        dependencies(graph, options).into_keys().map(|name| name.replace('-', "_")).collect();
    let is_there =
        |krate: &str| matches!(krate, "std" | "core" | "alloc") || known.iter().any(|name| name == krate);
    let mut paths: Vec<&str> =
        graph.types.iter().filter_map(|ty| ty.shape.as_external()).map(|found| found.path.as_str()).collect();
    paths.push(&graph.libraries.map);
    let mut missing = Vec::new();
    for path in paths {
        for krate in crates(path).filter(|krate| !is_there(krate)) {
            let entry = (path.to_owned(), krate.to_owned());
            if !missing.contains(&entry) {
                missing.push(entry);
            }
        }
    }
    missing
}

/// The header as TOML's comments.
pub(super) fn in_toml(header: &str) -> String {
    header.lines().map(|line| format!("#{}\n", line.trim_start_matches('/'))).collect()
}

/// A TOML string: JSON's escapes are TOML's, too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The package's name: the configured one, or the API's title in lower case and dashes with `-models` at its end.
pub fn crate_name(graph: &Graph, options: &RustOptions) -> String {
    const SUFFIX: &str = "-models";
    if let Some(name) = &options.crate_name {
        return name.clone();
    }
    let words = heck::ToKebabCase::to_kebab_case(deunicode::deunicode(&graph.api.title).as_str());
    let name: String =
        words.chars().filter(|char| char.is_ascii_alphanumeric() || *char == '-').take(60).collect();
    let name = name.trim_matches('-');
    let name = if name == "models" { "" } else { name.strip_suffix(SUFFIX).unwrap_or(name) };
    // With the suffix it is never a keyword, a crate that is always there, or a dependency.
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        format!("{name}{SUFFIX}")
    } else {
        format!("api-{name}").trim_end_matches('-').to_owned() + SUFFIX
    }
}
