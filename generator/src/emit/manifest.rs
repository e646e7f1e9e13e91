//! Emits `Cargo.toml`, and the comment with the dependencies of models that are not a package.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Value;
use toml_writer::ToTomlKey;

use super::runtime::{self, CHECKS};
use super::text::one_line;
use crate::config::{ClientFeature, Layout, RUNTIME_PACKAGE, Runtime, RustOptions};
use crate::ir::{DateLibrary, Graph, Rest, Scalar, Shape};
use crate::naming;

/// `Cargo.toml`.
pub(super) fn package(graph: &Graph, options: &RustOptions, header: &str, name: &str) -> String {
    let mut out = in_toml(header);
    table(&mut out, "package", &of_the_package(graph, options, name));
    let features = features(graph, options);
    if !features.is_empty() {
        table(&mut out, "features", &features);
    }
    table(&mut out, "dependencies", &dependencies(graph, options).into_iter().collect::<Vec<_>>());
    out
}

/// The keys of the package: those of every package, replaced and followed by those of the settings.
fn of_the_package(graph: &Graph, options: &RustOptions, name: &str) -> Vec<(String, String)> {
    let description = one_line(&format!("Models of {}", graph.api().title));
    let own = [
        ("name", name),
        ("version", options.crate_version.as_str()),
        ("edition", "2024"),
        ("description", description.as_str()),
    ];
    let asked = |key: &str| options.package.iter().find(|(asked, _)| asked == key).cloned();
    let own_keys = own.map(|(key, _)| key);
    let keys = own
        .into_iter()
        .map(|(key, value)| asked(key).unwrap_or_else(|| (key.to_owned(), Value::from(value).to_string())));
    let others = options.package.iter().filter(|(key, _)| !own_keys.contains(&key.as_str()));
    keys.chain(others.cloned()).collect()
}

/// Writes a table with one line per entry, after an empty line.
fn table(out: &mut String, name: &str, lines: &[(String, String)]) {
    let _ = writeln!(out, "\n[{name}]");
    lines.iter().for_each(|(key, value)| line(out, key, value));
}

/// Writes an entry: a key, and a value in TOML.
fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{} = {value}", key.to_toml_key());
}

/// The features: those of the client, and the configured ones.
fn features(graph: &Graph, options: &RustOptions) -> Vec<(String, String)> {
    let mut features: Vec<(String, String)> = Vec::new();
    if has_client(graph, options) {
        let own = |name: &str, needs: &[String]| (name.to_owned(), Value::from(needs.to_vec()).to_string());
        let on = options.client_options.features.iter().filter(|feature| is_known(**feature, graph));
        let on: Vec<String> = on.map(|feature| feature.name().to_owned()).collect();
        if !on.is_empty() {
            features.push(own("default", &on));
        }
        let known = ClientFeature::ALL.into_iter().filter(|feature| is_known(*feature, graph));
        features.extend(known.map(|feature| own(feature.name(), &needs_of(feature, options))));
    }
    if options.checks && options.layout == Layout::Crate {
        let needs = match options.runtime {
            Runtime::Embedded => format!("dep:{}", REGRESS.name),
            Runtime::Crate(_) => format!("{RUNTIME_PACKAGE}/{CHECKS}"),
        };
        features.push((CHECKS.to_owned(), Value::from(vec![needs]).to_string()));
    }
    // A configured entry replaces an emitted one.
    features.retain(|(name, _)| !options.features.iter().any(|(asked, _)| asked == name));
    features.extend(options.features.iter().cloned());
    features
}

/// Whether the feature exists: `stream` is a feature only if operations respond with streams.
fn is_known(feature: ClientFeature, graph: &Graph) -> bool {
    match feature {
        ClientFeature::Stream => super::client::has_streams(graph),
        ClientFeature::Client | ClientFeature::Reqwest | ClientFeature::Tracing | ClientFeature::Ureq => true,
    }
}

/// The features and dependencies that a feature of the client enables.
fn needs_of(feature: ClientFeature, options: &RustOptions) -> Vec<String> {
    let of_client =
        || Some(ClientFeature::Client.name().to_owned()).filter(|_| feature != ClientFeature::Client);
    let others: Vec<String> = match options.runtime {
        Runtime::Embedded => {
            let own = OF_THE_CLIENT.iter().filter(|(_, needed_by)| *needed_by == feature);
            own.map(|(dependency, _)| format!("dep:{}", dependency.name)).collect()
        }
        Runtime::Crate(_) => vec![format!("{RUNTIME_PACKAGE}/{}", feature.name())],
    };
    of_client().into_iter().chain(others).collect()
}

/// Whether the package has a client that its features enable.
fn has_client(graph: &Graph, options: &RustOptions) -> bool {
    options.layout == Layout::Crate && super::client::is_needed(graph, options.client)
}

/// The comment with the dependencies of the package that contains the models as a module.
pub(super) fn needs(graph: &Graph, options: &RustOptions) -> String {
    let mut out = String::from("//\n// Needs in Cargo.toml:\n//\n//     [dependencies]\n");
    for (name, value) in dependencies(graph, options) {
        out.push_str("//     ");
        line(&mut out, &name, &value);
    }
    out
}

/// The dependencies of the package that contains the emitted code, as in `Cargo.toml`: those that are used, and those
/// that the settings add.
pub fn dependencies(graph: &Graph, options: &RustOptions) -> BTreeMap<String, String> {
    let serde_json: &[&str] = match options.runtime {
        // Without the first feature a double can lose its last digit. With the second one `serde_json` passes on the
        // text of a value; without it the value is recorded.
        Runtime::Embedded => &["float_roundtrip", "raw_value"],
        // The runtime's package enables the features itself.
        Runtime::Crate(_) => &[],
    };
    let mut found = vec![Dependency::new("serde", "1", &[]), Dependency::new("serde_json", "1", serde_json)];
    found.extend(KNOWN.into_iter().filter(|known| uses_crate(graph, known.name)));
    let mut all: BTreeMap<String, String> =
        found.iter().map(|dependency| (dependency.name.to_owned(), dependency.value())).collect();
    all.extend(of_the_client(graph, options));
    all.extend(of_checks(options));
    if let Some(dependency) = runtime_dependency(graph, options) {
        all.insert(RUNTIME_PACKAGE.to_owned(), dependency);
    }
    all.extend(options.dependencies.iter().cloned());
    all
}

/// The dependencies of a copy of the client. In a package they are optional: features enable them.
fn of_the_client(graph: &Graph, options: &RustOptions) -> Vec<(String, String)> {
    let is_embedded = matches!(options.runtime, Runtime::Embedded);
    if !is_embedded || !super::client::is_needed(graph, options.client) {
        return Vec::new();
    }
    let is_package = options.layout == Layout::Crate;
    let on = &options.client_options.features;
    let is_on = |feature: ClientFeature| {
        is_package || on.contains(&feature) || feature == ClientFeature::Client && !on.is_empty()
    };
    let needed =
        OF_THE_CLIENT.iter().filter(|(_, needed_by)| is_known(*needed_by, graph) && is_on(*needed_by));
    let line = |(dependency, _): &(Dependency, ClientFeature)| {
        let mut keys = dependency.keys();
        if is_package {
            keys.push(("optional".to_owned(), Value::from(true)));
        }
        (dependency.name.to_owned(), self::dependency(keys, dependency.features))
    };
    needed.map(line).collect()
}

/// The dependency with which a copy of the runtime checks values. In a package it is optional.
fn of_checks(options: &RustOptions) -> Option<(String, String)> {
    let is_needed = options.checks && matches!(options.runtime, Runtime::Embedded);
    is_needed.then(|| {
        let mut keys = REGRESS.keys();
        if options.layout == Layout::Crate {
            keys.push(("optional".to_owned(), Value::from(true)));
        }
        (REGRESS.name.to_owned(), dependency(keys, REGRESS.features))
    })
}

/// The crate that matches patterns.
const REGRESS: Dependency = Dependency::new("regress", "0.12", &["std"]).without_defaults();

/// A crate and its required features.
#[derive(Clone, Copy)]
struct Dependency {
    name: &'static str,
    version: &'static str,
    /// Whether it has its default features.
    defaults: bool,
    features: &'static [&'static str],
}

impl Dependency {
    const fn new(name: &'static str, version: &'static str, features: &'static [&'static str]) -> Self {
        Self { name, version, defaults: true, features }
    }

    const fn without_defaults(self) -> Self {
        Self { defaults: false, ..self }
    }

    /// The value in `Cargo.toml`.
    fn value(self) -> String {
        dependency(self.keys(), self.features)
    }

    /// The same without the features.
    fn keys(self) -> Vec<(String, Value)> {
        let mut keys = vec![("version".to_owned(), Value::from(self.version))];
        if !self.defaults {
            keys.push(("default-features".to_owned(), Value::from(false)));
        }
        keys
    }
}

/// The value of a dependency: only the version if there are no other keys.
fn dependency(mut keys: Vec<(String, Value)>, features: &[&str]) -> String {
    if !features.is_empty() {
        keys.push(("features".to_owned(), Value::from(features.to_vec())));
    }
    match &keys[..] {
        [(key, version)] if key == "version" => version.to_string(),
        _ => Value::Table(keys.into_iter().collect()).to_string(),
    }
}

/// Crates whose types modelsmith itself emits, or that it can add as dependencies.
const KNOWN: [Dependency; 5] = [
    Dependency::new("chrono", "0.4", &["serde", "std"]).without_defaults(),
    Dependency::new("indexmap", "2", &["serde"]),
    Dependency::new("jiff", "0.2", &["serde", "std"]).without_defaults(),
    Dependency::new("time", "0.3", &["formatting", "parsing", "std"]).without_defaults(),
    Dependency::new("uuid", "1", &["serde"]),
];

/// The dependencies of the client, and the feature that needs each. The package of the user selects TLS.
const OF_THE_CLIENT: [(Dependency, ClientFeature); 7] = [
    (Dependency::new("bytes", "1", &[]), ClientFeature::Client),
    (Dependency::new("futures-core", "0.3", &[]).without_defaults(), ClientFeature::Stream),
    (Dependency::new("http", "1", &[]), ClientFeature::Client),
    (Dependency::new("http-body", "1", &[]), ClientFeature::Reqwest),
    (Dependency::new("reqwest", "0.13", &[]).without_defaults(), ClientFeature::Reqwest),
    (Dependency::new("tracing", "0.1", &[]).without_defaults(), ClientFeature::Tracing),
    (Dependency::new("ureq", "3", &[]).without_defaults(), ClientFeature::Ureq),
];

/// The dependency on the runtime's package with the features that the document needs, if the models use it.
fn runtime_dependency(graph: &Graph, options: &RustOptions) -> Option<String> {
    match &options.runtime {
        Runtime::Embedded => None,
        Runtime::Crate(found) => {
            let mut features = runtime::features(graph);
            // The features of an emitted package enable these.
            if options.layout != Layout::Crate && super::client::is_needed(graph, options.client) {
                features.extend(options.client_options.features.iter().map(|feature| feature.name()));
            }
            if options.layout != Layout::Crate && options.checks {
                features.push(CHECKS);
            }
            Some(dependency(found.or_this_version(), &features))
        }
    }
}

/// The comment of a single file with the dependency on the runtime and those of the client.
pub(super) fn needs_runtime(graph: &Graph, options: &RustOptions) -> String {
    let mut out = String::new();
    let shared =
        runtime_dependency(graph, options).map(|dependency| (RUNTIME_PACKAGE.to_owned(), dependency));
    let others = of_the_client(graph, options).into_iter().chain(of_checks(options));
    for (name, dependency) in shared.into_iter().chain(others) {
        out.push_str("// Needs in Cargo.toml: ");
        line(&mut out, &name, &dependency);
    }
    out
}

/// Whether the emitted code mentions a crate.
pub(super) fn uses_crate(graph: &Graph, krate: &str) -> bool {
    let of_dates = match graph.libraries().dates {
        DateLibrary::Chrono => "chrono",
        DateLibrary::Time => "time",
        DateLibrary::Jiff => "jiff",
    };
    graph.types().iter().any(|ty| match &ty.shape {
        Shape::Scalar(Scalar::Date | Scalar::DateTime) => krate == of_dates,
        Shape::Scalar(Scalar::Uuid) => krate == "uuid",
        Shape::Map(_) => mentions(naming::map_type(graph.libraries()), krate),
        Shape::Struct(shape) => {
            let has_map = match shape.rest {
                Rest::Keep(_) => true,
                Rest::Ignore | Rest::Deny => false,
            };
            has_map && mentions(naming::map_type(graph.libraries()), krate)
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

/// Whether a path in the text begins with the crate.
fn mentions(text: &str, krate: &str) -> bool {
    crates(text).any(|found| found == krate)
}

/// The first segments of the paths in a type.
fn crates(text: &str) -> impl Iterator<Item = &str> {
    let paths = text.split(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | ':')));
    paths.filter_map(|path| {
        let path = path.trim_start_matches("::");
        path.split_once("::").map(|(first, _)| first)
    })
}

/// The external types, and the traits that describe types, from crates that the emitted package does not depend on: the
/// path and the crate.
pub fn missing_dependencies(graph: &Graph, options: &RustOptions) -> Vec<(String, String)> {
    let known: Vec<String> =
        dependencies(graph, options).into_keys().map(|name| name.replace('-', "_")).collect();
    let is_there =
        |krate: &str| matches!(krate, "std" | "core" | "alloc") || known.iter().any(|name| name == krate);
    let mut paths: Vec<&str> = graph
        .types()
        .iter()
        .filter_map(|ty| ty.shape.as_external())
        .map(|found| found.path.as_str())
        .collect();
    paths.push(naming::map_type(graph.libraries()));
    let described = graph.types().iter().flat_map(|ty| &ty.overrides.described);
    paths.extend(described.map(|by| by.path.as_str()));
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

/// The header as TOML comments.
pub(super) fn in_toml(header: &str) -> String {
    header.lines().map(|line| format!("#{}\n", line.trim_start_matches('/'))).collect()
}

/// The name of the package: the configured one, or the title of the API in kebab case plus `-models`.
pub fn crate_name(graph: &Graph, options: &RustOptions) -> String {
    const SUFFIX: &str = "-models";
    if let Some(name) = &options.crate_name {
        return name.clone();
    }
    let words = heck::ToKebabCase::to_kebab_case(deunicode::deunicode(&graph.api().title).as_str());
    let name: String =
        words.chars().filter(|char| char.is_ascii_alphanumeric() || *char == '-').take(60).collect();
    let name = name.trim_matches('-');
    let name = if name == "models" { "" } else { name.strip_suffix(SUFFIX).unwrap_or(name) };
    // With the suffix it is never a keyword, a crate of the standard library, or a dependency.
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        format!("{name}{SUFFIX}")
    } else {
        format!("api-{name}").trim_end_matches('-').to_owned() + SUFFIX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::EMITTED;

    /// The settings may name them as dependencies of the package.
    #[test]
    fn settings_know_what_is_emitted() {
        let of_the_client = OF_THE_CLIENT.into_iter().map(|(dependency, _)| dependency.name);
        let optional = of_the_client.chain([REGRESS.name]).map(|name| (name, true));
        let others = KNOWN.into_iter().map(|dependency| dependency.name);
        let others = others.chain(["serde", "serde_json", RUNTIME_PACKAGE]).map(|name| (name, false));
        let mut all: Vec<(&str, bool)> = optional.chain(others).collect();
        all.sort_unstable();
        assert_eq!(all, EMITTED);
    }
}
