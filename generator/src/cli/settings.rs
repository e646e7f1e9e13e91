//! Finds `modelsmith.toml`, and adds the options of the command line.

use std::path::{Path, PathBuf};

use modelsmith::config::Config;
use modelsmith::settings::{self, SettingsError};

use super::Failed;
use super::arguments::Input;
use super::terminal::Terminal;

/// The file name of the settings in the folder of a document.
pub(super) const FILE: &str = "modelsmith.toml";

/// The settings that apply to `input`.
pub(super) fn load(input: &Input, terminal: &Terminal) -> Result<Config, Failed> {
    let path = input.config.clone().or_else(|| beside(&input.spec));
    let mut config = read_or_default(path.as_deref(), terminal)?;
    config.input.allow_outside |= input.allow_outside;
    config.input.overlays.extend(input.overlays.iter().cloned());
    Ok(config)
}

/// The path of the settings for `input`, whether or not the file exists.
pub(super) fn place(input: &Input) -> Option<PathBuf> {
    input.config.clone().or_else(|| Some(input.spec.parent()?.join(FILE)))
}

/// The settings in a file, or the defaults without a file.
pub(super) fn read_or_default(path: Option<&Path>, terminal: &Terminal) -> Result<Config, Failed> {
    match path {
        Some(path) => read(path, terminal),
        None => Ok(Config::default()),
    }
}

/// The file of settings in the folder of a document, if it exists.
pub(super) fn beside(spec: &Path) -> Option<PathBuf> {
    let path = spec.parent()?.join(FILE);
    path.is_file().then_some(path)
}

pub(super) fn read(path: &Path, terminal: &Terminal) -> Result<Config, Failed> {
    settings::read(path).map_err(|error| show(&error, terminal))
}

/// Parses the text of the file of settings at `path`.
pub(super) fn understand(path: &Path, text: String, terminal: &Terminal) -> Result<Config, Failed> {
    let folder = path.parent().unwrap_or(Path::new(""));
    settings::parse(text, path.display().to_string(), folder).map_err(|error| show(&error, terminal))
}

fn show(error: &SettingsError, terminal: &Terminal) -> Failed {
    match error {
        SettingsError::Unreadable { .. } => terminal.error(&error.to_string()),
        SettingsError::Wrong { diagnostic, sources } => {
            terminal.show(std::slice::from_ref(&**diagnostic), sources);
        }
    }
    Failed
}
