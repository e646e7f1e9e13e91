//! Finds and reads `modelsmith.toml`.

use std::path::{Path, PathBuf};

use modelsmith::config::{self, Config, SettingsFile};
use modelsmith::diagnostics::{Diagnostic, FileId, Location, Pointer, Source, Sources, Syntax};

use super::Failed;
use super::arguments::Input;
use super::terminal::Terminal;

/// The settings' file name beside a document.
pub(super) const FILE: &str = "modelsmith.toml";

/// The settings that apply to `input`.
pub(super) fn load(input: &Input, terminal: &Terminal) -> Result<Config, Failed> {
    let path = input.config.clone().or_else(|| beside(&input.spec));
    let mut config = match &path {
        Some(path) => read(path, terminal)?,
        None => Config::default(),
    };
    config.input.allow_outside |= input.allow_outside;
    config.input.overlays.extend(input.overlays.iter().cloned());
    Ok(config)
}

/// Where the settings that apply to `input` are, or would be.
pub(super) fn place(input: &Input) -> Option<PathBuf> {
    input.config.clone().or_else(|| Some(input.spec.parent()?.join(FILE)))
}

fn beside(spec: &Path) -> Option<PathBuf> {
    let path = spec.parent()?.join(FILE);
    path.is_file().then_some(path)
}

pub(super) fn read(path: &Path, terminal: &Terminal) -> Result<Config, Failed> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        terminal.error(&format!("`{shown}` cannot be read: {error}"));
        Failed
    })?;
    understand(path, text, terminal)
}

/// The settings that this text, which stands at `path`, asks for.
pub(super) fn understand(path: &Path, text: String, terminal: &Terminal) -> Result<Config, Failed> {
    let shown = path.display().to_string();
    match config::parse(&text) {
        Ok(mut config) => {
            config.input.count_from(path.parent().unwrap_or(Path::new("")));
            Ok(Config { file: Some(SettingsFile { path: shown, text }), ..config })
        }
        Err(error) => {
            let mut sources = Sources::default();
            sources.add(Source { path: shown, text, syntax: Syntax::Yaml });
            let place = Location::new(FileId(0), Pointer::root());
            let diagnostic = Diagnostic::error("config", place, error.message);
            let diagnostic = match error.offset {
                Some(offset) => diagnostic.at_offset(offset),
                None => diagnostic,
            };
            terminal.show(&[diagnostic], &sources);
            Err(Failed)
        }
    }
}
