//! `Cargo.toml` of the emitted package, and what a package that takes its place needs.

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

/// The keys of the package: what every package has, replaced and followed by what the settings say.
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

/// A table of which each entry is a line, after an empty line.
fn table(out: &mut String, name: &str, lines: &[(String, String)]) {
    let _ = writeln!(out, "\n[{name}]");
    lines.iter().for_each(|(key, value)| line(out, key, value));
}

/// One entry: a key, and a value in TOML's form.
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

/// Whether there is something to switch on: streams are a feature only where operations answer with some.
fn is_known(feature: ClientFeature, graph: &Graph) -> bool {
    match feature {
        ClientFeature::Stream => super::client::has_streams(graph),
        ClientFeature::Client | ClientFeature::Reqwest | ClientFeature::Tracing | ClientFeature::Ureq => true,
    }
}

/// What a feature of the client switches on.
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

/// Whether the package has a client that its features switch on.
fn has_client(graph: &Graph, options: &RustOptions) -> bool {
    options.layout == Layout::Crate && super::client::is_needed(graph, options.client)
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

/// What the package that the emitted code is in depends on, by name, as it stands in `Cargo.toml`: what is used, and what
/// the settings add.
pub fn dependencies(graph: &Graph, options: &RustOptions) -> BTreeMap<String, String> {
    let serde_json: &[&str] = match options.runtime {
        // Without the first feature a double can lose its last digit on the way. With the second one `serde_json` hands
        // the text of a value over; without it the value is recorded.
        Runtime::Embedded => &["float_roundtrip", "raw_value"],
        // The package names the features itself.
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

/// What a copy of the client depends on. In a package it is optional: features switch it on.
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

/// What a copy of the runtime needs to check values. In a package it is optional.
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

/// What matches patterns.
const REGRESS: Dependency = Dependency::new("regress", "0.12", &["std"]).without_defaults();

/// A crate, and what of it is needed.
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

    /// What stands behind its name.
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

/// What stands behind the name of a dependency: its version alone if that says everything.
fn dependency(mut keys: Vec<(String, Value)>, features: &[&str]) -> String {
    if !features.is_empty() {
        keys.push(("features".to_owned(), Value::from(features.to_vec())));
    }
    match &keys[..] {
        [(key, version)] if key == "version" => version.to_string(),
        _ => Value::Table(keys.into_iter().collect()).to_string(),
    }
}

/// Crates whose types modelsmith itself may spell, or knows how to depend on.
const KNOWN: [Dependency; 5] = [
    Dependency::new("chrono", "0.4", &["serde", "std"]).without_defaults(),
    Dependency::new("indexmap", "2", &["serde"]),
    Dependency::new("jiff", "0.2", &["serde", "std"]).without_defaults(),
    Dependency::new("time", "0.3", &["formatting", "parsing", "std"]).without_defaults(),
    Dependency::new("uuid", "1", &["serde"]),
];

/// What the client depends on, and the feature that needs it. Which TLS is used is up to the user, whose package asks
/// for it.
const OF_THE_CLIENT: [(Dependency, ClientFeature); 7] = [
    (Dependency::new("bytes", "1", &[]), ClientFeature::Client),
    (Dependency::new("futures-core", "0.3", &[]).without_defaults(), ClientFeature::Stream),
    (Dependency::new("http", "1", &[]), ClientFeature::Client),
    (Dependency::new("http-body", "1", &[]), ClientFeature::Reqwest),
    (Dependency::new("reqwest", "0.13", &[]).without_defaults(), ClientFeature::Reqwest),
    (Dependency::new("tracing", "0.1", &[]).without_defaults(), ClientFeature::Tracing),
    (Dependency::new("ureq", "3", &[]).without_defaults(), ClientFeature::Ureq),
];

/// The dependency on the package that has the runtime, with the features that the document needs, if there is one.
fn runtime_dependency(graph: &Graph, options: &RustOptions) -> Option<String> {
    match &options.runtime {
        Runtime::Embedded => None,
        Runtime::Crate(found) => {
            let mut features = runtime::features(graph);
            // A package switches these on by features of its own.
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

/// The comment of a single file that says how its package depends on the runtime, and on what the client needs.
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

/// The types of the user's, and the traits that describe types, that a package of its own cannot have: the path, and the crate
/// that it does not depend on.
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

/// The header as TOML's comments.
pub(super) fn in_toml(header: &str) -> String {
    header.lines().map(|line| format!("#{}\n", line.trim_start_matches('/'))).collect()
}

/// The package's name: the configured one, or the API's title in lower case and dashes with `-models` at its end.
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
    // With the suffix it is never a keyword, a crate that is always there, or a dependency.
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
