//! The errors of a build script.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::Failure;
use crate::settings::SettingsError;

/// The errors of a build script.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// `OUT_DIR` is not set: this is not a build script.
    NoOutDir,
    /// The settings cannot be used.
    Settings(SettingsError),
    /// The text given to [`Builder::client_server`](super::Builder::client_server) is not a URL: the reason.
    Server(String),
    /// The document cannot be used.
    Document(Box<Failure>),
    /// The committed output given to [`Builder::warn_if_stale`](super::Builder::warn_if_stale) cannot be read.
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// A file cannot be written.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOutDir => f.write_str("`OUT_DIR` is not set: call this from a build script"),
            Self::Settings(error) => error.fmt(f),
            Self::Server(message) => f.write_str(message),
            Self::Document(failure) => failure.fmt(f),
            Self::Unreadable { folder, error } => write!(f, "`{}` cannot be read: {error}", folder.display()),
            Self::Unwritable { path, error } => write!(f, "`{}` cannot be written: {error}", path.display()),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // The message already contains the cause.
            Self::NoOutDir | Self::Server(_) => None,
            Self::Settings(error) => Some(error),
            Self::Document(failure) => Some(failure),
            Self::Unreadable { error, .. } | Self::Unwritable { error, .. } => Some(error),
        }
    }
}

impl From<SettingsError> for BuildError {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error)
    }
}

impl From<Failure> for BuildError {
    fn from(failure: Failure) -> Self {
        Self::Document(Box::new(failure))
    }
}
