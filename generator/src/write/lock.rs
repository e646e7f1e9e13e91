//! A lock, so that only one run at a time writes to a folder.

use std::fs;
use std::io;
use std::path::PathBuf;

// The standard library has file locks since Rust 1.89.
use fs4::{FileExt, TryLockError};
use same_file::Handle;

use super::folder::{Folder, said_where};

/// The file that a run locks while it writes. The system releases the lock when the process ends, for whatever reason.
pub(super) const NAME: &str = ".modelsmith-lock";

/// The right to write to a folder, until it is dropped.
pub(super) struct Lock {
    file: Option<Handle>,
    path: PathBuf,
    /// The folder, if this run created it: it is removed again if nothing was written to it.
    made: Option<PathBuf>,
}

impl Lock {
    /// Locks the folder, and creates it if necessary.
    ///
    /// # Errors
    /// [`io::ErrorKind::ResourceBusy`] if another run holds the lock.
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
                // Some network file systems do not support locks.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(said_where(&lock.path, &error)),
            }
            let held = Handle::from_file(file)?;
            // The previous run removed the file while this one waited: try again with the new file.
            if Handle::from_path(&lock.path).is_ok_and(|there| there == held) {
                lock.file = Some(held);
                return Ok(lock);
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked, so that no other run locks a file that is about to disappear.
        if self.file.is_some() {
            let _ = fs::remove_file(&self.path);
        }
        // The system refuses this for a folder that is not empty.
        if let Some(made) = &self.made {
            let _ = fs::remove_dir(made);
        }
    }
}
