//! Where the emitted code gets the runtime from.

use toml::Value;

use super::package::check_value;

/// The package of the runtime.
pub(crate) const PACKAGE: &str = "modelsmith-runtime";

/// Where the emitted code gets the runtime from.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Runtime {
    /// The parts that are needed are copied into the output.
    #[default]
    Embedded,
    /// The package `modelsmith-runtime`, which several crates can share.
    Crate(Dependency),
}

/// How Cargo finds the package: the keys and values of a dependency in `Cargo.toml`. Without any, the version of the
/// generator is used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dependency {
    pub(crate) keys: Vec<(String, Value)>,
}

/// The keys that locate a package. Its features follow from the document.
const KEYS: [&str; 8] = ["branch", "git", "path", "registry", "rev", "tag", "version", "workspace"];

impl Dependency {
    /// The package in a folder, relative to the folder of the emitted package.
    pub fn path(path: impl Into<String>) -> Self {
        Self { keys: vec![("path".to_owned(), Value::String(path.into()))] }
    }

    /// The given keys, or else the version of this generator, which its output requires.
    pub(crate) fn or_this_version(&self) -> Vec<(String, Value)> {
        if self.keys.is_empty() {
            return vec![("version".to_owned(), Value::from(env!("CARGO_PKG_VERSION")))];
        }
        self.keys.clone()
    }
}

/// Reads the value of the key `runtime`.
pub(super) fn read(value: Value) -> Result<Runtime, String> {
    let table = match value {
        Value::String(text) if text == "embedded" => return Ok(Runtime::Embedded),
        Value::String(text) if text == "crate" => return Ok(Runtime::Crate(Dependency::default())),
        Value::String(text) => {
            return Err(format!(
                "unknown variant `{}`, expected `embedded`, `crate` or a table",
                text.escape_debug()
            ));
        }
        Value::Table(table) => table,
        other @ (Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Array(_)) => {
            return Err(format!(
                "invalid type: {}, expected `embedded`, `crate` or a table",
                other.type_str()
            ));
        }
    };
    for (key, value) in &table {
        let is_right = match value {
            Value::String(_) => key != "workspace",
            Value::Boolean(is_shared) => key == "workspace" && *is_shared,
            Value::Integer(_) | Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => {
                false
            }
        };
        if !KEYS.contains(&key.as_str()) {
            let keys = KEYS.map(|key| format!("`{key}`")).join(", ");
            return Err(format!("unknown field `{}`, expected one of {keys}", key.escape_debug()));
        }
        if !is_right {
            let expected = if key == "workspace" { "`true`" } else { "a string" };
            return Err(format!("invalid value for `{key}`: `{value}`, expected {expected}"));
        }
        check_value(value)?;
    }
    Ok(Runtime::Crate(Dependency { keys: table.into_iter().collect() }))
}

#[cfg(test)]
mod tests {
    use super::super::file::parse;
    use super::*;

    #[track_caller]
    fn refused(settings: &str, message: &str) {
        let error = parse(settings).expect_err("it cannot be read");
        assert_eq!((error.message.as_str(), error.offset), (message, Some(10)));
    }

    #[test]
    fn what_is_read() {
        let read = |text: &str| parse(text).expect("it can be read").rust.runtime;
        assert_eq!(read(""), Runtime::Embedded);
        assert_eq!(read("runtime = \"embedded\""), Runtime::Embedded);
        assert_eq!(read("runtime = \"crate\""), Runtime::Crate(Dependency::default()));
        assert_eq!(read("runtime = { path = \"../x\" }"), Runtime::Crate(Dependency::path("../x")));
        assert_eq!(read("[runtime]\npath = \"../x\"\n"), Runtime::Crate(Dependency::path("../x")));
    }

    #[test]
    fn what_is_refused() {
        refused("runtime = \"create\"", "unknown variant `create`, expected `embedded`, `crate` or a table");
        refused("runtime = true", "invalid type: boolean, expected `embedded`, `crate` or a table");
        refused(
            "runtime = { features = [\"x\"] }",
            "unknown field `features`, expected one of `branch`, `git`, `path`, `registry`, `rev`, `tag`, `version`, \
             `workspace`",
        );
        refused("runtime = { version = 1 }", "invalid value for `version`: `1`, expected a string");
        refused("runtime = { workspace = false }", "invalid value for `workspace`: `false`, expected `true`");
        refused("runtime = { path = \"a\\nb\" }", "`a\\nb` has a control character, such as a line break");
    }
}
