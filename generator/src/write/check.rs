//! Checks the files before anything is read or written.

use std::io;
use std::path::{Component, Path};

use super::FileSet;
use crate::header;

/// Refuses paths that lead out of the folder, and files without the header, which later could not be distinguished from
/// the user's own files.
pub(super) fn check(files: &FileSet) -> io::Result<()> {
    let refuse = |message| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    for (path, text) in files.iter() {
        if !is_plain(path) {
            return refuse(format!("`{path}` is not a path inside of the folder"));
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
