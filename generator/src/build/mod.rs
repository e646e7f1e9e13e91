//! The entry point for build scripts: writes the models of a document to one file in `OUT_DIR`.
//!
//! ```no_run
//! // In `main` of build.rs:
//! modelsmith::build::models("spec/openapi.yaml").generate();
//! ```
//!
//! ```text
//! // src/lib.rs
//! pub mod models {
//!     include!(concat!(env!("OUT_DIR"), "/models.rs"));
//! }
//! ```

mod error;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{
    ClientFeature, ClientOptions, Config, Dependency, Layout, Runtime, RustOptions, Traffic, check_server,
};
use crate::diagnostics::{Diagnostic, locate};
use crate::load::DiskReader;
use crate::report::Regenerated;
use crate::settings::SettingsError;
use crate::{Output, generate, settings};

pub use error::BuildError;

/// Configures the models of `spec`, a path relative to the package's folder.
pub fn models(spec: impl Into<PathBuf>) -> Builder {
    Builder {
        spec: spec.into(),
        settings: Settings::default(),
        overlays: Vec::new(),
        tests: false,
        traffic: Vec::new(),
        client: None,
        runtime: None,
        stale: None,
    }
}

/// The configuration of a build script.
#[derive(Debug, Clone)]
pub struct Builder {
    spec: PathBuf,
    settings: Settings,
    overlays: Vec<PathBuf>,
    tests: bool,
    traffic: Vec<Traffic>,
    client: Option<ClientOptions>,
    runtime: Option<Runtime>,
    stale: Option<(PathBuf, String)>,
}

/// The source of the settings.
#[derive(Debug, Clone)]
enum Settings {
    File(PathBuf),
    Text(String),
    Given(Box<Config>),
}

impl Default for Settings {
    fn default() -> Self {
        Self::Given(Box::default())
    }
}

/// The name that diagnostics use for settings in the build script.
const SCRIPT: &str = "the settings in build.rs";

impl Settings {
    fn read(&self) -> Result<Config, SettingsError> {
        match self {
            Self::File(path) => settings::read(path),
            Self::Text(text) => settings::parse(text.clone(), SCRIPT.to_owned(), Path::new("")),
            Self::Given(config) => Ok(Config::clone(config)),
        }
    }
}

impl Builder {
    /// Reads the settings from a `modelsmith.toml`, a path relative to the package's folder.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings = Settings::File(path.into());
        self
    }

    /// Reads the settings from a text, like the content of a `modelsmith.toml` in the package's folder. Overrides
    /// [`Builder::config`] and [`Builder::settings`].
    #[must_use]
    pub fn config_text(mut self, text: impl Into<String>) -> Self {
        self.settings = Settings::Text(text.into());
        self
    }

    /// Sets the settings. Overrides [`Builder::config`] and [`Builder::config_text`].
    #[must_use]
    pub fn settings(mut self, settings: Config) -> Self {
        self.settings = Settings::Given(Box::new(settings));
        self
    }

    /// Applies an OpenAPI Overlay document, a path relative to the package's folder, after those of the settings and of
    /// earlier calls. Requires modelsmith's feature `overlay`.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// Also writes `examples.rs`, tests that read and rewrite the document's examples. Include them in a module next to
    /// the models:
    ///
    /// ```text
    /// pub mod models {
    ///     include!(concat!(env!("OUT_DIR"), "/models.rs"));
    ///
    ///     #[cfg(test)]
    ///     mod examples {
    ///         include!(concat!(env!("OUT_DIR"), "/examples.rs"));
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn tests(mut self) -> Self {
        self.tests = true;
        self
    }

    /// Also writes `traffic.rs`, tests that read and rewrite recorded exchanges, and `traffic.jsonl` with the
    /// exchanges. `path` is a file, a folder or a pattern, relative to the package's folder. Include the tests in a
    /// module next to the models:
    ///
    /// ```text
    /// pub mod models {
    ///     include!(concat!(env!("OUT_DIR"), "/models.rs"));
    ///
    ///     #[cfg(test)]
    ///     mod traffic {
    ///         include!(concat!(env!("OUT_DIR"), "/traffic.rs"));
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn traffic(mut self, path: impl Into<String>) -> Self {
        self.traffic.push(Traffic::exchanges(path));
        self
    }

    /// Uses the package `modelsmith-runtime` instead of a copy of it, like `runtime = "crate"` in the settings. The
    /// package of the build script has to depend on it; a comment in `models.rs` lists the features. Crates that use
    /// the package share its types, such as `Secret`.
    #[must_use]
    pub fn runtime_crate(mut self) -> Self {
        self.runtime = Some(Runtime::Crate(Dependency::default()));
        self
    }

    /// Also emits a function `call` for each operation, which builds the request without sending it, like `client =
    /// true` in the settings.
    #[must_use]
    pub fn client(mut self) -> Self {
        self.client.get_or_insert_default();
        self
    }

    /// Also emits the code that sends requests, like `features` of `[client]` in the settings. A comment in `models.rs`
    /// lists the dependencies that the package of the build script needs.
    #[must_use]
    pub fn client_features(mut self, features: impl IntoIterator<Item = ClientFeature>) -> Self {
        self.client.get_or_insert_default().features.extend(features);
        self
    }

    /// Sets the URL that relative server URLs are resolved against, like `server` of `[client]` in the settings.
    #[must_use]
    pub fn client_server(mut self, url: impl Into<String>) -> Self {
        self.client.get_or_insert_default().server = Some(url.into());
        self
    }

    /// Warns if the committed output in `folder` is out of date, and names the command that regenerates it. The command
    /// is also in the headers of the committed files. Warnings about the document are not shown: the command shows
    /// them.
    #[must_use]
    pub fn warn_if_stale(mut self, folder: impl Into<PathBuf>, command: impl Into<String>) -> Self {
        self.stale = Some((folder.into(), command.into()));
        self
    }

    /// Writes `models.rs` to `OUT_DIR` and tells Cargo which files it was made from. Warnings become Cargo warnings,
    /// unless [`Builder::warn_if_stale`] leaves them to a command. An error ends the build script with the rendered
    /// diagnostic.
    pub fn generate(&self) {
        if let Err(error) = self.try_generate() {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }

    /// Like [`Builder::generate`], for scripts that handle errors themselves.
    ///
    /// # Errors
    /// If the document or the settings cannot be used, or `OUT_DIR` cannot be written.
    pub fn try_generate(&self) -> Result<(), BuildError> {
        let folder = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or(BuildError::NoOutDir)?;
        for line in self.generate_into(&folder)? {
            println!("{line}");
        }
        Ok(())
    }

    /// Writes `models.rs` to `folder` and returns the lines for Cargo.
    ///
    /// # Errors
    /// Like [`Builder::try_generate`].
    pub fn generate_into(&self, folder: &Path) -> Result<Vec<String>, BuildError> {
        let mut lines = vec![rerun(&self.spec)];
        if let Settings::File(path) = &self.settings {
            lines.push(rerun(path));
        }
        let mut settings = self.settings.read()?;
        settings.input.overlays.extend(self.overlays.iter().cloned());
        if let Some(runtime) = &self.runtime {
            settings.rust.runtime = runtime.clone();
        }
        let committed = settings.clone();
        settings.rust.layout = Layout::SingleFile;
        settings.rust.tests |= self.tests;
        settings.input.traffic.extend(self.traffic.iter().cloned());
        lines.extend(settings.input.traffic.iter().map(|traffic| rerun(&traffic.place())));
        self.set_client(&mut settings.rust)?;
        let output = generate(&self.spec, &DiskReader, &settings)?;
        for (_, source) in output.sources.iter().skip(1) {
            let line = rerun(Path::new(&source.path));
            // The settings are among the sources if a diagnostic can point into them.
            if !lines.contains(&line) && source.path != SCRIPT {
                lines.push(line);
            }
        }
        match &self.stale {
            // The command shows the document's warnings, so that every build need not repeat them.
            Some((folder, command)) => lines.extend(self.staleness(committed, folder, command)?),
            None => lines.extend(warnings(&output)),
        }
        for (name, text) in output.files.iter() {
            let path = folder.join(name);
            let old = std::fs::read_to_string(&path).unwrap_or_default();
            // A file with equal content is not touched, so that nothing is recompiled.
            if old == text {
                continue;
            }
            let found = Regenerated::between([(name, old.as_str())], [(name, text)]);
            lines.extend(found.moved.iter().map(|moved| format!("cargo::warning={}", moved.message())));
            std::fs::write(&path, text).map_err(|error| BuildError::Unwritable { path, error })?;
        }
        Ok(lines)
    }

    /// Adds the client settings of the builder to those of the settings.
    fn set_client(&self, options: &mut RustOptions) -> Result<(), BuildError> {
        let Some(client) = &self.client else { return Ok(()) };
        options.client = true;
        let features = &mut options.client_options.features;
        for feature in &client.features {
            if !features.contains(feature) {
                features.push(*feature);
            }
        }
        if let Some(server) = &client.server {
            check_server(server).map_err(BuildError::Server)?;
            options.client_options.server = Some(server.clone());
            options.client_options.server_offset = None;
        }
        Ok(())
    }

    /// The lines for Cargo about committed output: its files, so that the warning disappears once they are fixed, and
    /// the warning if they are out of date.
    fn staleness(
        &self,
        mut settings: Config,
        folder: &Path,
        command: &str,
    ) -> Result<Vec<String>, BuildError> {
        settings.rust.command = Some(command.to_owned());
        let output = generate(&self.spec, &DiskReader, &settings)?;
        let report = crate::write::write(&output.files, folder, crate::write::Mode::Check)
            .map_err(|error| BuildError::Unreadable { folder: folder.to_owned(), error })?;
        let files = output.files.iter().map(|(path, _)| path).chain([crate::write::MANIFEST]);
        let mut lines: Vec<String> = files.map(|path| rerun(&folder.join(path))).collect();
        if report.unfinished || !report.stale.is_empty() {
            lines.push(format!("cargo::warning={} is stale; run `{command}`", folder.display()));
        }
        Ok(lines)
    }
}

fn rerun(path: &Path) -> String {
    format!("cargo::rerun-if-changed={}", path.display())
}

/// How many warnings with the same code are shown. The rest is counted.
const MOST: usize = 10;

/// One line per warning: Cargo shows the first line only.
fn warnings(output: &Output) -> Vec<String> {
    let mut lines = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let warnings: Vec<&Diagnostic> = output.warnings.iter().collect();
    for (warning, places) in warnings.iter().zip(locate(&warnings, &output.sources)) {
        let count = counts.entry(warning.code).or_default();
        *count += 1;
        if *count > MOST {
            continue;
        }
        let place = match (output.sources.get(warning.location.file), places.primary) {
            (None, _) => String::new(),
            (Some(source), None) => format!("{}:?:?: ", source.path),
            (Some(source), Some(place)) => format!("{}:{}:{}: ", source.path, place.line, place.column),
        };
        let message = warning.message.replace(['\n', '\r'], " ");
        lines.push(format!("cargo::warning={place}{message} [{}]", warning.code));
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
        lines.push(format!("cargo::warning={} more of this kind [{code}]", count - MOST));
    }
    lines
}
