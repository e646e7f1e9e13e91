//! The key `tests`, which is `true`, `false` or a table, and its recorded traffic.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::file::ConfigError;
use super::switch::Switch;

/// Recordings from which tests are made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Traffic {
    /// A file, a folder, or a pattern: `*` and `?` match a part of a name, `**` matches folders.
    pub path: String,
    /// The folder that the path is relative to.
    pub folder: PathBuf,
    /// What the recordings contain.
    pub of: TrafficOf,
    /// The byte offset in the text of the settings, if the entry is from there.
    pub offset: Option<usize>,
}

/// What recordings contain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrafficOf {
    /// Requests with their responses.
    #[default]
    Exchanges,
    /// Values of a component schema.
    Schema(String),
    /// Bodies of an operation, by its `operationId` or its method and path: those that the models read.
    Operation(String),
}

impl Traffic {
    /// Exchanges in a file, in the files of a folder, or in all files that a pattern matches.
    pub fn exchanges(path: impl Into<String>) -> Self {
        Self { path: path.into(), folder: PathBuf::new(), of: TrafficOf::Exchanges, offset: None }
    }

    /// The same recordings with other content.
    #[must_use]
    pub fn of(self, of: TrafficOf) -> Self {
        Self { of, ..self }
    }

    /// The file or folder to watch for changes. For a pattern, the folder that contains all matching files.
    pub fn place(&self) -> PathBuf {
        let is_plain = |part: &&str| !part.contains(['*', '?']);
        let parts: Vec<&str> = self.path.split('/').take_while(is_plain).collect();
        let place = self.folder.join(if parts == [""] { "/".to_owned() } else { parts.join("/") });
        if place.as_os_str().is_empty() { PathBuf::from(".") } else { place }
    }

    /// Resolves a relative path against `folder`.
    pub(super) fn count_from(&mut self, folder: &Path) {
        self.folder = folder.join(&self.folder);
    }

    /// The entry as a TOML value, with the path relative to the working folder.
    pub(super) fn to_toml(&self) -> toml::Value {
        let path = self.folder.join(&self.path).display().to_string();
        let (key, name) = match &self.of {
            TrafficOf::Exchanges => return toml::Value::from(path),
            TrafficOf::Schema(name) => ("schema", name),
            TrafficOf::Operation(name) => ("operation", name),
        };
        let members = [("path", path), (key, name.clone())];
        toml::Value::Table(
            members.map(|(key, text)| (key.to_owned(), toml::Value::from(text))).into_iter().collect(),
        )
    }
}

/// The table `[tests]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Table {
    examples: bool,
    traffic: Vec<Spanned<Entry>>,
}

#[derive(Debug)]
enum Entry {
    Path(String),
    Payloads(Payloads),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Payloads {
    path: String,
    schema: Option<String>,
    operation: Option<String>,
}

/// Not `untagged`, which loses the places of values and the error messages.
impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path, or a table with `path` and `schema` or `operation`")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Entry, E> {
                Ok(Entry::Path(value.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                Payloads::deserialize(MapAccessDeserializer::new(map)).map(Entry::Payloads)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// Whether to test the examples of the document, and the recordings to test.
pub(super) fn read(tests: Option<Switch<Table>>) -> Result<(bool, Vec<Traffic>), ConfigError> {
    let table = match tests {
        None => return Ok((false, Vec::new())),
        Some(Switch::Is(is_on)) => return Ok((is_on, Vec::new())),
        Some(Switch::Table(table)) => table,
    };
    let entry = |entry: Spanned<Entry>| {
        let offset = entry.span().start;
        let (path, of) = match entry.into_inner() {
            Entry::Path(path) => (path, TrafficOf::Exchanges),
            Entry::Payloads(Payloads { path, schema: Some(name), operation: None }) => {
                (path, TrafficOf::Schema(name))
            }
            Entry::Payloads(Payloads { path, schema: None, operation: Some(name) }) => {
                (path, TrafficOf::Operation(name))
            }
            Entry::Payloads(Payloads { path, schema: None, operation: None }) => (path, TrafficOf::Exchanges),
            Entry::Payloads(Payloads { schema: Some(_), operation: Some(_), .. }) => {
                let message = "`schema` and `operation` exclude each other: name one of them";
                return Err(ConfigError::at(message.to_owned(), offset));
            }
        };
        if path.is_empty() {
            return Err(ConfigError::at("the path is empty".to_owned(), offset));
        }
        Ok(Traffic { path, folder: PathBuf::new(), of, offset: Some(offset) })
    };
    let traffic = table.traffic.into_iter().map(entry).collect::<Result<_, _>>()?;
    Ok((table.examples, traffic))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::testing::refused;

    fn read(text: &str) -> (bool, Vec<Traffic>) {
        let config = parse(text).unwrap_or_else(|error| panic!("{}", error.message));
        (config.rust.tests, config.input.traffic)
    }

    #[test]
    fn what_is_read() {
        assert_eq!(read(""), (false, Vec::new()));
        assert_eq!(read("tests = true"), (true, Vec::new()));
        assert_eq!(read("[tests]\n"), (false, Vec::new()));
        assert_eq!(read("[tests]\nexamples = true"), (true, Vec::new()));
        let text = "tests.traffic = [\"a/*.har\", { path = \"b\", schema = \"Pet\" }, { path = \"c\", operation = \"d\" }]";
        let (examples, traffic) = read(text);
        assert!(!examples);
        let at = |offset| Some(offset);
        let of = |path: &str, of, offset| Traffic { offset, ..Traffic::exchanges(path).of(of) };
        assert_eq!(
            traffic,
            [
                of("a/*.har", TrafficOf::Exchanges, at(17)),
                of("b", TrafficOf::Schema("Pet".to_owned()), at(28)),
                of("c", TrafficOf::Operation("d".to_owned()), at(60)),
            ]
        );
        let mut config = parse(text).expect("it is right");
        config.input.count_from("spec".as_ref());
        let places = config.input.traffic.iter().map(Traffic::place).collect::<Vec<_>>();
        assert_eq!(places, ["spec/a", "spec/b", "spec/c"].map(PathBuf::from));
        assert_eq!(Traffic::exchanges("/*.har").place(), Path::new("/"));
        assert_eq!(Traffic::exchanges("*.har").place(), Path::new("."));
        let shown = config.input.traffic.iter().map(|one| one.to_toml().to_string()).collect::<Vec<_>>();
        assert_eq!(
            shown,
            [
                "\"spec/a/*.har\"",
                "{ path = \"spec/b\", schema = \"Pet\" }",
                "{ path = \"spec/c\", operation = \"d\" }"
            ]
        );
    }

    #[test]
    fn what_is_refused() {
        refused("tests = 1", "invalid type: integer `1`, expected `true`, `false` or a table", "1");
        refused("[tests]\ntrafic = []", "unknown field `trafic`, expected `examples` or `traffic`", "trafic");
        refused(
            "[tests]\ntraffic = [1]",
            "invalid type: integer `1`, expected a path, or a table with `path` and `schema` or `operation`",
            "1",
        );
        refused("[tests]\ntraffic = [\"\"]", "the path is empty", "\"\"");
        refused(
            "[tests]\ntraffic = [{ path = \"a\", schema = \"B\", operation = \"c\" }]",
            "`schema` and `operation` exclude each other: name one of them",
            "{",
        );
        refused("[tests]\ntraffic = [{ schema = \"B\" }]", "missing field `path`", "{");
    }
}
