//! One run at a time writes to a folder.

use std::fs;
use std::io;
use std::path::PathBuf;

// The standard library has the same from Rust 1.89 on.
use fs4::{FileExt, TryLockError};
use same_file::Handle;

use super::folder::{Folder, said_where};

/// The file that a run holds a lock on while it writes. The lock ends with the process, whatever happens to it.
pub(super) const NAME: &str = ".modelsmith-lock";

/// The right to write to a folder, until it is dropped.
pub(super) struct Lock {
    file: Option<Handle>,
    path: PathBuf,
    /// The folder, if it was made for this run: it goes again when nothing was written to it.
    made: Option<PathBuf>,
}

impl Lock {
    /// Locks the folder, and makes it if it is not there.
    ///
    /// # Errors
    /// [`io::ErrorKind::ResourceBusy`] when another run holds the lock.
    pub(super) fn take(folder: &Folder<'_>) -> io::Result<Self> {
        let made = folder.make()?.then(|| folder.root().to_owned());
        let mut lock = Self { file: None, path: folder.path(NAME), made };
        loop {
            let file = folder.open(NAME)?;
            match FileExt::try_lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let message = "another run of modelsmith is writing to this folder";
                    return Err(io::Error::new(io::ErrorKind::ResourceBusy, message));
                }
                // Some network file systems have no locks.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(said_where(&lock.path, &error)),
            }
            let held = Handle::from_file(file)?;
            // The run that held the lock before removed the file: the next one locks another.
            if Handle::from_path(&lock.path).is_ok_and(|there| there == held) {
                lock.file = Some(held);
                return Ok(lock);
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked, so that nobody locks a file that is about to go.
        if self.file.is_some() {
            let _ = fs::remove_file(&self.path);
        }
        // Refused for a folder that holds something.
        if let Some(made) = &self.made {
            let _ = fs::remove_dir(made);
        }
    }
}
