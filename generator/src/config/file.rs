//! Reads the settings from the text of `modelsmith.toml`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::client;
use super::package;
use super::package_values::{self, Known};
use super::runtime;
use super::rust_syntax::check_path;
use super::switch::Switch;
use super::tables::{self, Operations, Schemas, Types};
use super::traffic;
use super::{
    Config, DateTimes, DeepArrays, Entry, Integers, Layout, ReadWrite, ThreeStates, Unknown, UnknownFields,
    UnknownValues, WriteDefaults,
};

/// The error for an invalid configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigError {
    /// What is wrong.
    pub message: String,
    /// The byte offset in the text, if known.
    pub offset: Option<usize>,
    /// The name at that place, if it is unknown.
    pub unknown: Option<Unknown>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigError {
    /// An error at an offset in the text.
    pub(super) fn at(message: String, offset: usize) -> Self {
        Self { message, offset: Some(offset), unknown: None }
    }
}

/// The keys of the file. Any other key is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    crate_name: Option<Spanned<String>>,
    crate_version: Option<Spanned<String>>,
    layout: Option<Layout>,
    command: Option<String>,
    tests: Option<Switch<traffic::Table>>,
    client: Option<Switch<client::Table>>,
    checks: Option<bool>,
    deep_arrays: Option<Spanned<DeepArrays>>,
    constructors: Option<bool>,
    union_methods: Option<bool>,
    runtime: Option<Spanned<toml::Value>>,
    unions: Option<UnknownValues>,
    enums: Option<UnknownValues>,
    unknown_fields: Option<UnknownFields>,
    three_states: Option<ThreeStates>,
    read_write: Option<ReadWrite>,
    write_defaults: Option<WriteDefaults>,
    date_time: Option<DateTimes>,
    integers: Option<Integers>,
    map_type: Option<Spanned<String>>,
    docs: Option<bool>,
    allow: Vec<Spanned<String>>,
    allow_outside: Option<bool>,
    overlays: Vec<PathBuf>,
    include: Vec<Spanned<String>>,
    exclude: Vec<Spanned<String>>,
    types: Types,
    schema: Schemas,
    operation: Operations,
    package: Lines,
    dependencies: Lines,
    features: Lines,
}

/// Reads the text of a configuration file. Missing keys have their defaults. Relative paths are not changed;
/// [`settings::parse`](crate::settings::parse) resolves them against the folder of the file.
///
/// # Errors
/// If the text is not TOML, or has an unknown key or an invalid value.
pub fn parse(text: &str) -> Result<Config, ConfigError> {
    let file: File = toml::from_str(text).map_err(|error| ConfigError {
        message: error.message().to_owned(),
        offset: error.span().map(|span| span.start),
        unknown: error.span().and_then(|span| Unknown::at(text, span)),
    })?;
    let mut config = Config::default();
    config.rust.crate_name = file.crate_name.map(|name| checked(name, package::check_name)).transpose()?;
    if let Some(version) = file.crate_version {
        config.rust.crate_version = checked(version, package::check_version)?;
    }
    config.rust.command = file.command;
    (config.rust.tests, config.input.traffic) = traffic::read(file.tests)?;
    let has_default = file.features.keys().any(|name| name.get_ref() == "default");
    (config.rust.client, config.rust.client_options) = client::read(file.client, has_default)?;
    config.rust.checks = file.checks.unwrap_or_default();
    if let Some(arrays) = file.deep_arrays {
        config.rust.deep_arrays_offset = Some(arrays.span().start);
        config.rust.deep_arrays = arrays.into_inner();
    }
    config.rust.constructors = file.constructors.unwrap_or(true);
    config.rust.union_methods = file.union_methods.unwrap_or(true);
    config.rust.layout = file.layout.unwrap_or_default();
    if let Some(value) = file.runtime {
        let offset = value.span().start;
        config.rust.runtime =
            runtime::read(value.into_inner()).map_err(|message| ConfigError::at(message, offset))?;
    }
    config.types.unions = file.unions.unwrap_or_default();
    config.types.enums = file.enums.unwrap_or_default();
    config.types.unknown_fields = file.unknown_fields.unwrap_or_default();
    config.types.three_states = file.three_states.unwrap_or_default();
    config.types.read_write = file.read_write.unwrap_or_default();
    config.types.write_defaults = file.write_defaults.unwrap_or_default();
    config.types.date_time = file.date_time.unwrap_or_default();
    config.types.integers = file.integers.unwrap_or_default();
    config.types.without_docs = file.docs == Some(false);
    config.types.map_type = file.map_type.map(|path| checked(path, check_path)).transpose()?;
    let known = file.dependencies.iter().map(|(name, value)| (name.get_ref().as_str(), value.get_ref()));
    let known = Known::of(known, file.features.keys().map(|name| name.get_ref().as_str()));
    let features =
        lines(&file.features, package::check_feature, |name, value| known.check_feature(name, value))?;
    config.rust.package = lines(&file.package, package::check_package, package_values::check_package)?;
    config.rust.dependencies =
        lines(&file.dependencies, package::check_dependency, package_values::check_dependency)?;
    config.rust.features = features;
    config.input.allow_outside = file.allow_outside.unwrap_or_default();
    config.input.overlays = file.overlays;
    config.select.include = entries(file.include)?;
    config.select.exclude = entries(file.exclude)?;
    config.allow = tables::allowed(file.allow, None)?;
    let asked = tables::rules(file.types, file.schema, file.operation)?;
    config.types.rules = asked.rules;
    config.select.exclude.extend(asked.excluded);
    config.allow.extend(asked.allowed);
    Ok(config)
}

/// A table whose entries are copied to the emitted `Cargo.toml`, one line each.
type Lines = BTreeMap<Spanned<String>, Spanned<toml::Value>>;

/// The lines that are copied to the manifest.
fn lines(
    table: &Lines,
    check_name: fn(&str) -> Result<(), String>,
    check: impl Fn(&str, &toml::Value) -> Result<(), String>,
) -> Result<Vec<(String, String)>, ConfigError> {
    let line = |(name, value): (&Spanned<String>, &Spanned<toml::Value>)| {
        let name = checked(name.clone(), check_name)?;
        package::check_value(value.get_ref())
            .and_then(|()| check(&name, value.get_ref()))
            .map_err(|message| ConfigError::at(message, value.span().start))?;
        Ok((name, value.get_ref().to_string()))
    };
    table.iter().map(line).collect()
}

/// The text, if the check accepts it.
fn checked(text: Spanned<String>, check: fn(&str) -> Result<(), String>) -> Result<String, ConfigError> {
    check(text.get_ref()).map_err(|message| ConfigError::at(message, text.span().start))?;
    Ok(text.into_inner())
}

fn entries(texts: Vec<Spanned<String>>) -> Result<Vec<Entry>, ConfigError> {
    let read = |text: Spanned<String>| {
        let offset = text.span().start;
        match text.into_inner().parse::<Entry>() {
            Ok(entry) => Ok(Entry { offset: Some(offset), ..entry }),
            Err(error) => Err(ConfigError::at(error.to_string(), offset)),
        }
    };
    texts.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let text = r#"
            crate-name = "pets"
            crate-version = "1.2.3"
            layout = "single-file"
            command = "make models"
            tests = true
            client = true
            checks = true
            deep-arrays = "brackets"
            constructors = false
            union-methods = false
            unions = "closed"
            enums = "closed"
            unknown-fields = "keep"
            three-states = "everywhere"
            allow = ["example-does-not-fit"]
            allow-outside = true
            overlays = ["fix.yaml", "../more.json"]
            include = ["tag:pets"]
            exclude = ["operation:get*", "schema:Owner"]
        "#;
        let config = parse(text).expect("the text is right");
        assert_eq!(config.rust.crate_name.as_deref(), Some("pets"));
        assert_eq!(config.rust.crate_version, "1.2.3");
        assert_eq!(config.rust.layout, Layout::SingleFile);
        assert_eq!(config.rust.command.as_deref(), Some("make models"));
        assert!(config.rust.tests);
        assert!(config.rust.client);
        assert!(config.rust.checks);
        assert_eq!(config.rust.deep_arrays, DeepArrays::Brackets);
        assert!(!config.rust.constructors && !config.rust.union_methods);
        assert_eq!(config.types.unions, UnknownValues::Closed);
        assert_eq!(config.types.enums, UnknownValues::Closed);
        assert_eq!(config.types.unknown_fields, UnknownFields::Keep);
        assert_eq!(config.types.three_states, ThreeStates::Everywhere);
        assert!(config.input.allow_outside);
        assert_eq!(config.allow[0].code, "example-does-not-fit");
        let mut input = config.input;
        assert_eq!(input.overlays, ["fix.yaml", "../more.json"].map(PathBuf::from));
        input.count_from("spec".as_ref());
        assert_eq!(input.overlays, ["spec/fix.yaml", "spec/../more.json"].map(PathBuf::from));
        let shown = |entries: &[Entry]| entries.iter().map(Entry::to_string).collect::<Vec<_>>();
        assert_eq!(shown(&config.select.include), ["tag:pets"]);
        assert_eq!(shown(&config.select.exclude), ["operation:get*", "schema:Owner"]);
        let offset = config.select.exclude[1].offset.expect("it stands in the text");
        assert!(text[offset..].starts_with("\"schema:Owner\""));
    }

    #[test]
    fn an_entry_without_a_kind_is_refused_where_it_stands() {
        let error = parse("include = [\"tag:pets\", \"Pet\"]\n").expect_err("nobody knows what Pet is");
        assert_eq!(error.message, "`Pet` has no kind: write `operation:…`, `tag:…`, `path:…` or `schema:…`");
        assert_eq!(error.offset, Some(23));
    }

    #[test]
    fn an_unknown_key_is_refused_where_it_stands() {
        let error = parse("unions = \"open\"\nunoins = \"closed\"\n").expect_err("there is no such key");
        assert!(error.message.starts_with("unknown field `unoins`, expected one of"), "{}", error.message);
        assert_eq!(error.offset, Some(16));
    }

    #[test]
    fn a_wrong_value_is_refused_with_the_right_ones() {
        let error = parse("unions = \"maybe\"\n").expect_err("there is no such value");
        assert_eq!(error.message, "unknown variant `maybe`, expected `open` or `closed`");
    }
}
