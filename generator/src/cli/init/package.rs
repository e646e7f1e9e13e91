//! The files of a new crate that are written once and then belong to the user.

use std::path::Path;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use modelsmith::write::FileSet;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::first_call::FirstCall;
use crate::cli::settings::FILE;

/// The content of the files.
pub(super) struct Package {
    /// The crate's name.
    pub name: String,
    /// The document's path in the crate's folder.
    pub spec: String,
    /// The command that regenerates the models.
    pub command: String,
    /// Whether the crate has a client.
    pub client: bool,
    /// The example of a call.
    pub first_call: Option<FirstCall>,
}

impl Package {
    /// The dependencies that the settings add: the HTTP library with TLS, if the API uses it.
    pub(super) fn dependencies(&self, build_script: bool) -> Vec<(String, String)> {
        let has_tls = self.client && self.first_call.as_ref().is_none_or(|first| first.has_tls);
        let value = if build_script { "\"3\"" } else { "{ version = \"3\", optional = true }" };
        has_tls.then(|| ("ureq".to_owned(), value.to_owned())).into_iter().collect()
    }

    /// The files, without the emitted ones. With a build script, `needs` are the dependencies of the models.
    pub(super) fn files(&self, needs: &BTreeMap<String, String>, build_script: bool) -> FileSet {
        let mut files = FileSet::new();
        files.insert(".gitignore", "/target\n");
        files.insert(self.settings_path(), self.settings(build_script));
        if build_script {
            files.insert("Cargo.toml", self.manifest(needs));
            files.insert("build.rs", self.script());
            files.insert("src/lib.rs", LIBRARY);
        }
        if let Some(first) = &self.first_call {
            files.insert("examples/first_call.rs", first.text(&self.models(build_script)));
        }
        files.insert("README.md", self.readme(build_script));
        files
    }

    /// The path of the module with the models.
    fn models(&self, build_script: bool) -> String {
        self.name.replace('-', "_") + if build_script { "::models" } else { "" }
    }

    /// The path of the settings: in the folder of the document, where the command finds them.
    pub(super) fn settings_path(&self) -> String {
        match self.spec.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{FILE}"),
            None => FILE.to_owned(),
        }
    }

    fn settings(&self, build_script: bool) -> String {
        let mut text = String::from(
            "# How modelsmith makes the models. `modelsmith config --explain` lists all keys.\n",
        );
        if !build_script {
            // Only an emitted crate has a name, a version and a command.
            let (name, command) = (quoted(&self.name), quoted(&self.command));
            text += &format!("crate-name = {name}\ncrate-version = \"0.1.0\"\ncommand = {command}\n");
        }
        text.push_str("# A test that reads and rewrites the document's examples.\ntests = true\n");
        if self.client {
            text.push_str(
                "\n# Operations can be called. `ureq` blocks; \"reqwest\" is for async programs.\n",
            );
            text.push_str("[client]\nfeatures = [\"ureq\"]\n");
        }
        // With a build script, the package has its own manifest.
        for (name, value) in self.dependencies(build_script).iter().filter(|_| !build_script) {
            let _ = write!(text, "\n# With TLS.\n[dependencies]\n{name} = {value}\n");
        }
        text
    }

    /// The manifest of a crate with a build script. Its models have the same dependencies as an emitted crate.
    fn manifest(&self, needs: &BTreeMap<String, String>) -> String {
        let dependencies: String = needs.iter().map(|(name, value)| format!("\n{name} = {value}")).collect();
        format!(
            "[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
             # What the models need.\n[dependencies]{}\n\n[build-dependencies]\n\
             modelsmith = {{ version = \"{}\", default-features = false }}\n",
            quoted(&self.name),
            dependencies,
            env!("CARGO_PKG_VERSION"),
        )
    }

    fn script(&self) -> String {
        format!(
            "fn main() {{\n    modelsmith::build::models({:?}).config({:?}).generate();\n}}\n",
            self.spec,
            self.settings_path()
        )
    }

    fn readme(&self, build_script: bool) -> String {
        let name = &self.name;
        let document = Path::new(&self.spec).file_name().unwrap_or_default().to_string_lossy();
        let settings = self.settings_path();
        let link = |text: &str, to: &str| format!("[{}]({})", code(text), uri(to));
        let making = if build_script {
            "The build script generates them: edit the document, and build.".to_owned()
        } else {
            let fence = "`".repeat((longest_run(&self.command) + 1).max(3));
            format!(
                "They are committed. When the document or the settings change, regenerate them:\n\n\
                 {fence}sh\n{command}\n{fence}\n\n\
                 In CI, {check} fails if they are out of date.",
                command = self.command,
                check = code(&format!("{} --check", self.command)),
            )
        };
        let path = self.models(build_script);
        let calling = match &self.first_call {
            Some(first) => format!(
                "\n{} calls the API ([the example](examples/first_call.rs)).\n",
                code(first.command())
            ),
            None => String::new(),
        };
        format!(
            "# {name}\n\nRust models of {}, made by modelsmith with the settings in\n\
             {}. The types are in `{path}`.\n\n{making}\n\n\
             `cargo test` reads every example of the document and writes it again.\n{calling}",
            link(&document, &self.spec),
            link(&settings, &settings),
        )
    }
}

/// A code span of Markdown.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let space = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}

/// The characters of a path that are percent-encoded in a link.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// A relative path as a URI reference.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

/// The library of a crate with a build script.
const LIBRARY: &str = r#"//! Models that the build script generates from the document.

pub mod models {
    include!(concat!(env!("OUT_DIR"), "/models.rs"));

    #[cfg(test)]
    mod examples {
        include!(concat!(env!("OUT_DIR"), "/examples.rs"));
    }
}
"#;

/// A TOML string: JSON's escapes are TOML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
