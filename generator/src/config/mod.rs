//! The settings: plain data with defaults. The text form is read in `file`.

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

/// Settings of one generation.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Config {
    /// How documents are found and read.
    pub input: InputOptions,
    /// How schemas become types.
    pub types: TypeOptions,
    /// How types are written down in Rust.
    pub rust: RustOptions,
    /// Which part of the document is compiled.
    pub select: Selection,
    /// Which warnings are not shown.
    pub allow: Vec<Allow>,
    /// The file that the settings were read from, if findings are to point into it.
    pub file: Option<SettingsFile>,
}

/// A file with settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    /// The path as it is shown to the user.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// How documents are found and read.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct InputOptions {
    /// Whether `$ref` may lead out of the root document's folder.
    pub allow_outside: bool,
    /// Whether examples and unknown extensions are read too. Models never need them.
    pub keep_examples: bool,
    /// OpenAPI Overlay documents, applied to the root document in this order before its references are followed.
    pub overlays: Vec<PathBuf>,
    /// Recorded traffic that emitted tests read again.
    pub traffic: Vec<Traffic>,
}

impl InputOptions {
    /// Makes relative paths count from `folder`, which is where the file with the settings lies.
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
    /// What an unknown tag does in a tagged union.
    pub unions: UnknownValues,
    /// What an unknown value does in an enum.
    pub enums: UnknownValues,
    /// What a property that the schema does not name does.
    pub unknown_fields: UnknownFields,
    /// Where absent and `null` are different values.
    pub three_states: ThreeStates,
    /// Whether a schema may be two types, one for what is read and one for what is sent.
    pub read_write: ReadWrite,
    /// Where properties that are equal to their defaults are written.
    pub write_defaults: WriteDefaults,
    /// What stands for dates.
    pub date_time: DateTimes,
    /// How wide integers are.
    pub integers: Integers,
    /// The type of maps, without its arguments, if it is not to be `BTreeMap`. It must be made, filled and compared like
    /// that.
    pub map_type: Option<String>,
    /// Whether the document's descriptions are left out.
    pub without_docs: bool,
    /// Whether what only calls need becomes types too: headers of responses, and every media type of a request. The
    /// driver sets it where [`RustOptions::client`] is set.
    pub(crate) calls: bool,
    /// Whether the constraints of schemas are recorded. The driver sets it where [`RustOptions::checks`] is set.
    pub(crate) checks: bool,
    /// Rules for single schemas and properties. Of rules about the same thing the last one applies.
    pub rules: Vec<Rule>,
}

/// What stands for dates: the types of strings with the formats `date-time` and `date`.
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

/// How wide integers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Integers {
    /// As their `format` says, and 64 bits without a format.
    #[default]
    Format,
    /// 64 bits, whatever the format says.
    I64,
    /// As [`Integers::Format`], but unsigned where `minimum` is not below zero.
    Unsigned,
}

/// Whether values newer than the document are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownValues {
    /// They are kept and written back unchanged.
    #[default]
    Open,
    /// They are refused.
    Closed,
}

/// What a property that the schema does not name does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownFields {
    /// It is skipped.
    #[default]
    Ignore,
    /// It is kept and written back.
    Keep,
    /// It is refused.
    Deny,
}

/// Where absent and `null` are different values of an optional nullable property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThreeStates {
    /// In what the body of a PATCH operation or a merge-patch body reaches.
    #[default]
    Patches,
    /// Everywhere.
    Everywhere,
    /// Nowhere.
    Nowhere,
}

/// What becomes of a schema that is read and sent, and that requires what travels one way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadWrite {
    /// Two types: one for what is read, one for what is sent.
    #[default]
    Split,
    /// One type.
    One,
}

/// Where a property that is equal to its default is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteDefaults {
    /// Everywhere except in what the body of a request reaches.
    #[default]
    Responses,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// How types are written down in Rust.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RustOptions {
    /// The emitted package's name; from the API's title when `None`.
    pub crate_name: Option<String>,
    /// The emitted package's version.
    pub crate_version: String,
    /// What to put out.
    pub layout: Layout,
    /// The command that regenerates the output, for the header of each file; `None` for the one that was typed.
    pub command: Option<String>,
    /// Whether to emit a test that reads and writes the document's examples.
    pub tests: bool,
    /// Whether to emit what makes operations callable.
    pub client: bool,
    /// Whether to emit what makes values checkable against the constraints of the document.
    pub checks: bool,
    /// How calls write a list inside of a deep object.
    pub deep_arrays: DeepArrays,
    /// Where that stands in the settings' text.
    pub deep_arrays_offset: Option<usize>,
    /// Whether structs with required fields have a function `new`.
    pub constructors: bool,
    /// Whether unions have conversions from their variants, `tag` and accessors.
    pub union_methods: bool,
    /// What is set of the client.
    pub client_options: ClientOptions,
    /// Where the emitted code has its runtime from.
    pub runtime: Runtime,
    /// Further keys of the emitted package, in the same way as its dependencies.
    pub package: Vec<(String, String)>,
    /// Further dependencies of the emitted package: names, and what stands behind them in `Cargo.toml`.
    pub dependencies: Vec<(String, String)>,
    /// Features of the emitted package, in the same way.
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

/// How a list inside of a parameter with `style: deepObject` is written, which the specification leaves open (OpenAPI 3.1.1
/// §4.8.12.4).
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

/// What to put out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A package: `Cargo.toml` and `src/`.
    #[default]
    Crate,
    /// A folder with `mod.rs`, to be a module of a package that is there.
    Module,
    /// One file, to be included in a module (`include!`).
    SingleFile,
}
