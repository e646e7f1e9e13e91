//! What is refused before anything is read or written.

use std::io;
use std::path::{Component, Path};

use super::FileSet;
use crate::header;

/// Refuses paths that would leave a folder, and files that could not be told from the user's own later.
pub(super) fn check(files: &FileSet) -> io::Result<()> {
    let refuse = |message| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    for (path, text) in files.iter() {
        if !is_plain(path) {
            return refuse(format!("`{path}` is not a path within a folder"));
        }
        if !header::begins(text.as_bytes()) {
            return refuse(format!("`{path}` does not begin with the header of emitted files"));
        }
    }
    Ok(())
}

/// Whether a path is relative and only goes down.
pub(super) fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', '\0', '\n', '\r'])
        && path.split('/').all(|part| !part.is_empty())
        && Path::new(path).components().all(|component| matches!(component, Component::Normal(_)))
}
