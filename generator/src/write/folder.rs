//! Reading, writing and removing files within one folder, and nowhere else.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The folder that is written to. Paths are relative to it and only go down; symbolic links below it are not
/// followed.
pub(super) struct Folder<'a> {
    root: &'a Path,
}

impl<'a> Folder<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root }
    }

    /// The whole path.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The content of the file, if it is there.
    pub(super) fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if !self.exists(path)? {
            return Ok(None);
        }
        fs::read(self.path(path)).map(Some).map_err(|error| said_where(&self.path(path), &error))
    }

    /// Whether the file is there.
    pub(super) fn exists(&self, path: &str) -> io::Result<bool> {
        let mut at = self.root.to_owned();
        for part in Path::new(path) {
            at.push(part);
            match fs::symlink_metadata(&at) {
                Ok(metadata) if metadata.is_symlink() => {
                    let message = format!("`{}` is a symbolic link; it is not followed", at.display());
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(said_where(&at, &error)),
            }
        }
        Ok(true)
    }

    /// Writes the file: beside its place first, and then into it, so that it is never half there.
    pub(super) fn write(&self, path: &str, text: &str) -> io::Result<()> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let target = self.path(path);
        let parent = target.parent().unwrap_or(self.root);
        let nth = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = parent.join(format!(".modelsmith-{}-{nth}.tmp", std::process::id()));
        let written = fs::create_dir_all(parent)
            .and_then(|()| fs::OpenOptions::new().write(true).create_new(true).open(&temporary))
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&temporary, &target));
        written.map_err(|error| {
            // The first error is the one to tell of.
            let _ = fs::remove_file(&temporary);
            said_where(&target, &error)
        })
    }

    /// Removes the file, and the folders that it leaves empty.
    pub(super) fn remove(&self, path: &str) -> io::Result<()> {
        let target = self.path(path);
        fs::remove_file(&target).map_err(|error| said_where(&target, &error))?;
        for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            // It is refused for a folder that still holds something.
            if fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

fn said_where(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}
