//! Whether what the settings say of the emitted package is what Cargo takes in `Cargo.toml`: otherwise the first build of the
//! package fails, in a file that nobody wrote.

use std::collections::BTreeMap;

use semver::VersionReq;
use toml::{Table, Value};

use super::ClientFeature;

/// What a key of `[package]` takes.
enum Takes {
    Text,
    Texts,
    TextOrBoolean,
    BooleanOrTexts,
    Table,
}

impl Takes {
    fn of(key: &str) -> Self {
        match key {
            "authors" | "categories" | "exclude" | "include" | "keywords" => Self::Texts,
            "publish" => Self::BooleanOrTexts,
            "readme" => Self::TextOrBoolean,
            "metadata" => Self::Table,
            _ => Self::Text,
        }
    }

    fn takes(&self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_str(),
            Self::Texts => is_texts(value),
            Self::TextOrBoolean => value.is_str() || value.is_bool(),
            Self::BooleanOrTexts => value.is_bool() || is_texts(value),
            Self::Table => value.is_table(),
        }
    }

    fn words(&self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "an array of strings",
            Self::TextOrBoolean => "a string, `true` or `false`",
            Self::BooleanOrTexts => "`true`, `false` or an array of strings",
            Self::Table => "a table",
        }
    }
}

/// The value of a key of `[package]`.
pub(super) fn check_package(key: &str, value: &Value) -> Result<(), String> {
    let takes = Takes::of(key);
    // A package of a workspace may have it from there.
    let is_inherited = value.as_table().is_some_and(says_workspace);
    if takes.takes(value) || is_inherited { Ok(()) } else { Err(format!("`{key}` takes {}", takes.words())) }
}

/// The value of a key of `[dependencies]`.
pub(super) fn check_dependency(name: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::String(version) => check_version(name, version),
        Value::Table(table) => check_keys(name, table),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) => {
            Err(format!("`{name}` takes a version such as `\"1\"`, or a table as in Cargo.toml"))
        }
    }
}

fn check_keys(name: &str, table: &Table) -> Result<(), String> {
    for (key, value) in table {
        let (is_right, words) = match key.as_str() {
            "default-features" | "default_features" | "optional" | "workspace" | "public" => {
                (value.is_bool(), "`true` or `false`")
            }
            "features" => (is_texts(value), "an array of strings"),
            "version" | "path" | "git" | "branch" | "tag" | "rev" | "registry" | "package" => {
                (value.is_str(), "a string")
            }
            // Cargo warns of keys that it does not know.
            _ => (true, ""),
        };
        if !is_right {
            return Err(format!("`{key}` of `{name}` takes {words}"));
        }
    }
    if !["version", "path", "git"].iter().any(|key| table.contains_key(*key)) && !says_workspace(table) {
        return Err(format!("`{name}` has none of `version`, `path`, `git` and `workspace`"));
    }
    table.get("version").and_then(Value::as_str).map_or(Ok(()), |version| check_version(name, version))
}

fn check_version(name: &str, version: &str) -> Result<(), String> {
    match VersionReq::parse(version) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(format!("`{}` of `{name}` is not a version such as `1`: {error}", version.escape_debug()))
        }
    }
}

/// The crates that an emitted package may depend on without being asked to, and whether these are optional.
pub(crate) const EMITTED: [(&str, bool); 16] = [
    ("bytes", true),
    ("chrono", false),
    ("futures-core", true),
    ("http", true),
    ("http-body", true),
    ("indexmap", false),
    ("jiff", false),
    ("modelsmith-runtime", false),
    ("regress", true),
    ("reqwest", true),
    ("serde", false),
    ("serde_json", false),
    ("time", false),
    ("tracing", true),
    ("ureq", true),
    ("uuid", false),
];

/// What features of the emitted package may switch on. Which of its own features and dependencies it has depends on the
/// document, too: all of them are taken.
pub(super) struct Known<'c> {
    /// Dependencies, and whether they are optional.
    dependencies: BTreeMap<&'c str, bool>,
    features: Vec<&'c str>,
}

impl<'c> Known<'c> {
    /// With these dependencies and features, of which some may replace emitted ones.
    pub(super) fn of(
        dependencies: impl Iterator<Item = (&'c str, &'c Value)>,
        features: impl Iterator<Item = &'c str>,
    ) -> Self {
        let is_optional = |value: &Value| value.get("optional").and_then(Value::as_bool) == Some(true);
        let asked = dependencies.map(|(name, value)| (name, is_optional(value)));
        let own =
            ClientFeature::ALL.into_iter().map(|feature| -> &'c str { feature.name() }).chain(["checks"]);
        Self {
            dependencies: EMITTED.into_iter().chain(asked).collect(),
            features: own.chain(features).collect(),
        }
    }

    /// The value of a key of `[features]`.
    pub(super) fn check_feature(&self, name: &str, value: &Value) -> Result<(), String> {
        if !is_texts(value) {
            return Err(format!("`{name}` takes an array of the names of what it switches on"));
        }
        let mut parts = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        parts.try_for_each(|part| self.check_part(name, part))
    }

    fn check_part(&self, name: &str, part: &str) -> Result<(), String> {
        let shown = part.escape_debug();
        let is_optional = |krate: &str| self.dependencies.get(krate) == Some(&true);
        let (is_right, lacking) = match (part.strip_prefix("dep:"), part.split_once('/')) {
            (Some(krate), _) => (is_optional(krate), "is not an optional dependency of the package"),
            (None, Some((krate, _))) => match krate.strip_suffix('?') {
                Some(krate) => (is_optional(krate), "is not of an optional dependency of the package"),
                None => (self.dependencies.contains_key(krate), "is not of a dependency of the package"),
            },
            (None, None) => (
                self.features.contains(&part) || is_optional(part),
                "is neither a feature nor an optional dependency of the package",
            ),
        };
        if is_right { Ok(()) } else { Err(format!("`{name}` switches on `{shown}`, which {lacking}")) }
    }
}

fn says_workspace(table: &Table) -> bool {
    table.get("workspace").and_then(Value::as_bool) == Some(true)
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|values| values.iter().all(Value::is_str))
}
