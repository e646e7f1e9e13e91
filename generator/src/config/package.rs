//! Checks the keys that are written to the emitted `Cargo.toml`, and the names that appear in code.

/// Crates that the emitted package depends on, and those that are always available.
const TAKEN: &[&str] = &["alloc", "core", "modelsmith_runtime", "proc_macro", "serde", "serde_json", "std"];

/// Checks the name of the emitted package, which is also the crate name in its doc examples.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let ident = name.replace('-', "_");
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
    if !is_plain {
        return Err(format!(
            "`{}` is not a valid package name: use letters, digits, `-` and `_`, and start with a letter",
            name.escape_debug()
        ));
    }
    if syn::parse_str::<syn::Ident>(&ident).is_err() {
        return Err(format!(
            "`{name}` cannot be the name of a crate, because it is a Rust keyword: choose another name"
        ));
    }
    if TAKEN.contains(&ident.as_str()) {
        return Err(format!(
            "`{name}` is the name of a crate that the emitted package depends on: choose another name"
        ));
    }
    Ok(())
}

/// Checks the version of the emitted package.
pub(super) fn check_version(version: &str) -> Result<(), String> {
    let parsed = semver::Version::parse(version);
    parsed
        .map(drop)
        .map_err(|error| format!("`{}` is not a version such as `1.2.0`: {error}", version.escape_debug()))
}

/// The keys that `[package]` accepts. The others of Cargo name files that are not emitted.
const PACKAGE: &[&str] = &[
    "authors",
    "categories",
    "description",
    "documentation",
    "edition",
    "exclude",
    "homepage",
    "include",
    "keywords",
    "license",
    "license-file",
    "metadata",
    "publish",
    "readme",
    "repository",
    "rust-version",
];

/// Checks a key of `[package]`.
pub(super) fn check_package(key: &str) -> Result<(), String> {
    if matches!(key, "name" | "version") {
        return Err(format!("the emitted package's {key} is set by `crate-{key}`"));
    }
    if PACKAGE.contains(&key) {
        return Ok(());
    }
    let keys: Vec<String> = PACKAGE.iter().map(|key| format!("`{key}`")).collect();
    Err(format!("unknown field `{}`, expected one of {}", key.escape_debug(), keys.join(", ")))
}

/// Checks a key of `[dependencies]`.
pub(super) fn check_dependency(name: &str) -> Result<(), String> {
    let is_right = name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_'));
    if is_right { Ok(()) } else { Err(format!("`{}` is not a valid package name", name.escape_debug())) }
}

/// Checks a key of `[features]`.
pub(super) fn check_feature(name: &str) -> Result<(), String> {
    let is_right = name.starts_with(|first: char| first.is_alphanumeric() || first == '_')
        && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '+' | '.'));
    if is_right { Ok(()) } else { Err(format!("`{}` is not a valid feature name", name.escape_debug())) }
}

/// Checks a value of these tables, which is emitted on one line, sometimes inside of a Rust comment.
pub(super) fn check_value(value: &toml::Value) -> Result<(), String> {
    let check = |text: &str| match text.chars().any(char::is_control) {
        false => Ok(()),
        true => Err(format!("`{}` has a control character, such as a line break", text.escape_debug())),
    };
    match value {
        toml::Value::String(text) => check(text),
        toml::Value::Array(values) => values.iter().try_for_each(check_value),
        toml::Value::Table(table) => {
            table.iter().try_for_each(|(key, value)| check(key).and_then(|()| check_value(value)))
        }
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::file::parse;
    use super::*;

    #[track_caller]
    fn refused(settings: &str, message: &str, offset: usize) {
        let error = parse(settings).expect_err("it cannot be emitted");
        assert_eq!((error.message.as_str(), error.offset), (message, Some(offset)));
    }

    #[test]
    fn names_of_packages() {
        for right in ["pets", "pets-models", "Pets_2", "a"] {
            assert_eq!(check_name(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "2pets",
            "-pets",
            "pets models",
            "pets\n#![x]",
            "pets.models",
            "häuser",
            "type",
            "serde-json",
        ] {
            assert!(check_name(wrong).is_err(), "{wrong}");
        }
        refused(
            "tests = true\ncrate-name = \"a\\nb\"\n",
            "`a\\nb` is not a valid package name: use letters, digits, `-` and `_`, and start with a letter",
            26,
        );
        refused(
            "crate-name = \"fn\"",
            "`fn` cannot be the name of a crate, because it is a Rust keyword: choose another name",
            13,
        );
        refused(
            "crate-name = \"serde\"",
            "`serde` is the name of a crate that the emitted package depends on: choose another name",
            13,
        );
    }

    #[test]
    fn versions() {
        assert_eq!(check_version("1.2.3-rc.1+build"), Ok(()));
        refused(
            "crate-version = \"1.2\"",
            "`1.2` is not a version such as `1.2.0`: unexpected end of input while parsing minor version number",
            16,
        );
    }

    #[test]
    fn keys_of_the_package() {
        let right = "[package]\nlicense = \"MIT\"\npublish = false\nrepository.workspace = true\n";
        let config = parse(right).expect("it can be emitted");
        let lines = [("license", "\"MIT\""), ("publish", "false"), ("repository", "{ workspace = true }")];
        assert_eq!(config.rust.package, lines.map(|(key, value)| (key.to_owned(), value.to_owned())));
        refused("[package]\nname = \"x\"\n", "the emitted package's name is set by `crate-name`", 10);
        refused(
            "[package]\nversion = \"1.0.0\"\n",
            "the emitted package's version is set by `crate-version`",
            10,
        );
        let message = "unknown field `build`, expected one of `authors`, `categories`, `description`, `documentation`, \
                       `edition`, `exclude`, `homepage`, `include`, `keywords`, `license`, `license-file`, `metadata`, \
                       `publish`, `readme`, `repository`, `rust-version`";
        refused("[package]\nbuild = \"build.rs\"\n", message, 10);
        let message = "`1\\n2` has a control character, such as a line break";
        refused("[package]\ndescription = \"1\\n2\"\n", message, 24);
    }

    #[test]
    fn lines_of_the_manifest() {
        let right = "[dependencies]\nrust_decimal = { version = \"1\", features = [\"serde\"] }\n\
                     x = { version = \"1\", optional = true }\n[features]\n\"c++20.1\" = [\"dep:x\"]\n";
        let config = parse(right).expect("it can be emitted");
        assert_eq!(config.rust.features, [("c++20.1".to_owned(), "[\"dep:x\"]".to_owned())]);
        refused("[dependencies]\n\"a\\nb\" = \"1\"\n", "`a\\nb` is not a valid package name", 15);
        refused("[dependencies]\n\"a.b\" = \"1\"\n", "`a.b` is not a valid package name", 15);
        refused("[features]\n\"a b\" = []\n", "`a b` is not a valid feature name", 11);
        let message = "`1\\n2` has a control character, such as a line break";
        refused("[dependencies]\na = { version = \"1\\n2\" }\n", message, 19);
        refused("[dependencies]\na = { \"1\\n2\" = true }\n", message, 19);
        refused("[features]\na = [\"1\\n2\"]\n", message, 15);
    }
}
