//! Reads settings from files and texts, for the command line and for build scripts alike.

use std::path::Path;

use crate::config::{self, Config, SettingsFile};
use crate::diagnostics::{
    Diagnostic, FileId, Location, Pointer, Source, Sources, Style, Syntax, closest, render,
};

/// Why settings cannot be used.
#[derive(Debug)]
pub enum SettingsError {
    /// The file cannot be read.
    Unreadable {
        /// Its path.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// What stands in it is wrong.
    Wrong {
        /// What is wrong.
        diagnostic: Box<Diagnostic>,
        /// The text that it points into.
        sources: Sources,
    },
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable { path, error } => write!(f, "`{path}` cannot be read: {error}"),
            Self::Wrong { diagnostic, sources } => {
                let text = render(std::slice::from_ref(&**diagnostic), sources, Style::PLAIN);
                f.write_str(text.trim_end())
            }
        }
    }
}

impl std::error::Error for SettingsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            // The text has all of it.
            Self::Wrong { .. } => None,
        }
    }
}

/// Reads a `modelsmith.toml`. Paths in it count from its folder, and findings point into it.
///
/// # Errors
/// When it cannot be read, is not TOML, or has keys or values that do not exist.
pub fn read(path: &Path) -> Result<Config, SettingsError> {
    let shown = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(text, shown, path.parent().unwrap_or(Path::new(""))),
        Err(error) => Err(SettingsError::Unreadable { path: shown, error }),
    }
}

/// Reads the text of a `modelsmith.toml`. Paths in it count from `folder`, and findings name it `shown`.
///
/// # Errors
/// When the text is not TOML, or has keys or values that do not exist.
pub fn parse(text: String, shown: String, folder: &Path) -> Result<Config, SettingsError> {
    match config::parse(&text) {
        Ok(mut config) => {
            config.input.count_from(folder);
            Ok(Config { file: Some(SettingsFile { path: shown, text }), ..config })
        }
        Err(error) => {
            let mut sources = Sources::default();
            // Findings in TOML have offsets: nothing looks for a value in it.
            sources.add(Source { path: shown, text, syntax: Syntax::Yaml });
            let place = Location::new(FileId(0), Pointer::root());
            let meant = error.unknown.as_ref().and_then(|it| closest(&it.name, it.known.iter().copied()));
            let mut diagnostic =
                Diagnostic::error("config", place, error.message).at_offset(error.offset.unwrap_or(0));
            if let Some(meant) = meant {
                diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
            }
            Err(SettingsError::Wrong { diagnostic: Box::new(diagnostic), sources })
        }
    }
}

/// The name of a key that a wrong name was probably meant to be.
#[doc(hidden)]
pub fn closest_key(name: &str) -> Option<&'static str> {
    let last = name.rsplit('.').next().unwrap_or(name);
    closest(last, config::keys::names().into_iter().chain(["schema"]))
}
