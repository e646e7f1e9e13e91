//! Checks that Cargo accepts the values for the emitted `Cargo.toml`. Otherwise the first build of the package would
//! fail, with an error in a file that the user did not write.

use std::collections::BTreeMap;

use semver::VersionReq;
use toml::{Table, Value};

use super::ClientFeature;

/// The type of a key of `[package]`.
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

/// Checks the value of a key of `[package]`.
pub(super) fn check_package(key: &str, value: &Value) -> Result<(), String> {
    let takes = Takes::of(key);
    // A member of a workspace can inherit the value.
    let is_inherited = value.as_table().is_some_and(says_workspace);
    if takes.takes(value) || is_inherited { Ok(()) } else { Err(format!("`{key}` takes {}", takes.words())) }
}

/// Checks the value of a key of `[dependencies]`.
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
            // Cargo itself warns about unknown keys.
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

/// The crates that modelsmith itself can add to the dependencies, and whether they are optional.
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

/// What features of the emitted package may enable. Which features and dependencies modelsmith adds depends on the
/// document, so all possible ones are accepted.
pub(super) struct Known<'c> {
    /// Dependencies, and whether they are optional.
    dependencies: BTreeMap<&'c str, bool>,
    features: Vec<&'c str>,
}

impl<'c> Known<'c> {
    /// With these dependencies and features, which can replace emitted ones.
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

    /// Checks the value of a key of `[features]`.
    pub(super) fn check_feature(&self, name: &str, value: &Value) -> Result<(), String> {
        if !is_texts(value) {
            return Err(format!("`{name}` takes an array of the features and dependencies that it enables"));
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
                Some(krate) => (is_optional(krate), "does not name an optional dependency of the package"),
                None => (self.dependencies.contains_key(krate), "does not name a dependency of the package"),
            },
            (None, None) => (
                self.features.contains(&part) || is_optional(part),
                "is neither a feature nor an optional dependency of the package",
            ),
        };
        if is_right { Ok(()) } else { Err(format!("`{name}` enables `{shown}`, which {lacking}")) }
    }
}

fn says_workspace(table: &Table) -> bool {
    table.get("workspace").and_then(Value::as_bool) == Some(true)
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|values| values.iter().all(Value::is_str))
}
