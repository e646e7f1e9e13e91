//! The settings as plain data with defaults. `file` reads their text.

mod allow;
mod client;
mod file;
mod glob;
#[doc(hidden)]
pub mod keys;
mod known_types;
mod package;
mod package_values;
mod pages;
mod rules;
mod runtime;
mod rust_syntax;
mod schema_derives;
mod select;
mod show;
mod switch;
mod tables;
mod traffic;
mod unknown;

use std::path::{Path, PathBuf};

pub use allow::{Allow, UnknownCode, WARNINGS};
pub(crate) use client::check_server;
pub use client::{ClientFeature, ClientOptions};
pub use file::{ConfigError, parse};
pub(crate) use glob::{matches as glob_matches, star};
pub(crate) use known_types::KnownType;
#[cfg(test)]
pub(crate) use package_values::EMITTED;
pub use pages::{PageSource, PagesRule};
pub use rules::{Action, DiscriminatorRule, Member, Rule, RulePlace, Target};
pub(crate) use rules::{OperationRules, OperationSetting, is_place, last_rename};
pub(crate) use runtime::PACKAGE as RUNTIME_PACKAGE;
pub use runtime::{Dependency, Runtime};
pub(crate) use rust_syntax::is_deprecation;
pub(crate) use schema_derives::{SchemaLanguage, schema_derive, separated};
pub use select::{Entry, EntryKind, InvalidEntry, Selection};
pub use traffic::{Traffic, TrafficOf};
pub use unknown::Unknown;

use serde::Deserialize;

/// The settings of one run of the generator.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Config {
    /// How documents are found and read.
    pub input: InputOptions,
    /// How schemas become types.
    pub types: TypeOptions,
    /// How the Rust code is emitted.
    pub rust: RustOptions,
    /// Which part of the document is compiled.
    pub select: Selection,
    /// Which warnings are hidden.
    pub allow: Vec<Allow>,
    /// The file with the settings, so that diagnostics can point into it.
    pub file: Option<SettingsFile>,
}

/// A file of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    /// The path, as shown to the user.
    pub path: String,
    /// The content of the file.
    pub text: String,
}

/// How documents are found and read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct InputOptions {
    /// Whether `$ref` may lead out of the root document's folder.
    pub allow_outside: bool,
    /// Whether to read examples and unknown extensions, which models never need.
    pub keep_examples: bool,
    /// OpenAPI Overlay documents, applied to the root document in this order before its references are followed.
    pub overlays: Vec<PathBuf>,
    /// Recorded traffic that emitted tests read again.
    pub traffic: Vec<Traffic>,
}

impl InputOptions {
    /// Resolves relative paths against `folder`, which contains the file of settings.
    pub(crate) fn count_from(&mut self, folder: &Path) {
        for path in &mut self.overlays {
            *path = folder.join(&*path);
        }
        self.traffic.iter_mut().for_each(|traffic| traffic.count_from(folder));
    }
}

/// How schemas become types.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TypeOptions {
    /// What to do with an unknown tag of a tagged union.
    pub unions: UnknownValues,
    /// What to do with an unknown value of an enum.
    pub enums: UnknownValues,
    /// What to do with properties that the schema does not declare.
    pub unknown_fields: UnknownFields,
    /// Where absent and `null` are different values.
    pub three_states: ThreeStates,
    /// Whether a schema may become two types, one for reading and one for sending.
    pub read_write: ReadWrite,
    /// Where to write properties that are equal to their defaults.
    pub write_defaults: WriteDefaults,
    /// The types of dates.
    pub date_time: DateTimes,
    /// The types of integers.
    pub integers: Integers,
    /// The type of maps, without type arguments; `BTreeMap` if `None`. It must have the same constructors, traits and
    /// methods as the emitted code uses of `BTreeMap`.
    pub map_type: Option<String>,
    /// Whether to leave out the descriptions of the document.
    pub without_docs: bool,
    /// Whether to convert what only calls need: response headers, and every media type of a request. The driver sets it
    /// together with [`RustOptions::client`].
    pub(crate) calls: bool,
    /// Whether to record the constraints of schemas. The driver sets it together with [`RustOptions::checks`].
    pub(crate) checks: bool,
    /// Rules for single schemas and properties. If several rules set the same thing, the last one applies.
    pub rules: Vec<Rule>,
}

/// The types of strings with the formats `date-time` and `date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateTimes {
    /// `chrono::DateTime<FixedOffset>` and `chrono::NaiveDate`.
    #[default]
    Chrono,
    /// `time::OffsetDateTime` and `time::Date`, in wrappers that read and write RFC 3339.
    Time,
    /// `jiff::Timestamp` and `jiff::civil::Date`.
    Jiff,
    /// `String`.
    String,
}

/// The types of integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Integers {
    /// By `format`; 64 bits without a format.
    #[default]
    Format,
    /// Always 64 bits.
    I64,
    /// Like [`Integers::Format`], but unsigned if `minimum` is at least zero.
    Unsigned,
}

/// Whether values that the document does not list are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownValues {
    /// They are kept and written back unchanged.
    #[default]
    Open,
    /// They are refused.
    Closed,
}

/// What to do with properties that the schema does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownFields {
    /// Skip them.
    #[default]
    Ignore,
    /// Keep them, and write them back.
    Keep,
    /// Refuse the object.
    Deny,
}

/// Where absent and `null` are different values of an optional nullable property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThreeStates {
    /// In types that the body of a PATCH operation or a merge-patch body reaches.
    #[default]
    Patches,
    /// Everywhere.
    Everywhere,
    /// Nowhere.
    Nowhere,
}

/// What becomes of a schema that is read and sent, and that requires a property of one direction only (`readOnly`,
/// `writeOnly`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadWrite {
    /// Two types, one for reading and one for sending.
    #[default]
    Split,
    /// One type.
    One,
}

/// Where to write a property that is equal to its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteDefaults {
    /// Everywhere except in types that a request body reaches.
    #[default]
    Responses,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// How the Rust code is emitted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RustOptions {
    /// The name of the emitted package; derived from the title of the API if `None`.
    pub crate_name: Option<String>,
    /// The version of the emitted package.
    pub crate_version: String,
    /// The layout of the output.
    pub layout: Layout,
    /// The command that regenerates the output, for the header of each file; the command as typed if `None`.
    pub command: Option<String>,
    /// Whether to emit tests that read and write the examples of the document.
    pub tests: bool,
    /// Whether to emit the code that calls operations.
    pub client: bool,
    /// Whether to emit the code that checks values against the constraints of the document.
    pub checks: bool,
    /// How requests write a list inside of a `deepObject` parameter.
    pub deep_arrays: DeepArrays,
    /// The byte offset of that setting in the text.
    pub deep_arrays_offset: Option<usize>,
    /// Whether structs with required fields get a function `new`.
    pub constructors: bool,
    /// Whether unions get conversions from their variants, `tag` and accessors.
    pub union_methods: bool,
    /// What is set of the client.
    pub client_options: ClientOptions,
    /// Where the emitted code gets the runtime from.
    pub runtime: Runtime,
    /// Additional keys of `[package]`: names and TOML values.
    pub package: Vec<(String, String)>,
    /// Additional dependencies of the emitted package: names and TOML values.
    pub dependencies: Vec<(String, String)>,
    /// Features of the emitted package: names and TOML values.
    pub features: Vec<(String, String)>,
}

impl Default for RustOptions {
    fn default() -> Self {
        Self {
            crate_name: None,
            crate_version: "0.1.0".to_owned(),
            layout: Layout::Crate,
            command: None,
            tests: false,
            client: false,
            checks: false,
            deep_arrays: DeepArrays::default(),
            deep_arrays_offset: None,
            constructors: true,
            union_methods: true,
            client_options: ClientOptions::default(),
            runtime: Runtime::Embedded,
            package: Vec::new(),
            dependencies: Vec::new(),
            features: Vec::new(),
        }
    }
}

/// How a list inside of a parameter with `style: deepObject` is written. The specification does not define it (OpenAPI
/// 3.1.1 §4.8.12.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DeepArrays {
    /// `filter[sizes][0]=1`.
    #[default]
    Indexed,
    /// `filter[sizes][]=1`.
    Brackets,
}

/// The layout of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A package: `Cargo.toml` and `src/`.
    #[default]
    Crate,
    /// A folder with `mod.rs`, for a module of an existing package.
    Module,
    /// One file, for `include!` in a module.
    SingleFile,
}
