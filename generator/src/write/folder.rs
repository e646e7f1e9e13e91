//! Reads, writes and removes files inside of one folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is at a path.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A regular file.
    File,
    /// Something that cannot be read or replaced as a file: the message says what.
    Obstacle(String),
}

/// The output folder. Paths are relative to it and never lead out of it; symbolic links below it are not followed.
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

    /// The folder itself.
    pub(super) fn root(&self) -> &Path {
        self.root
    }

    /// Creates the folder. Returns whether it did not exist.
    pub(super) fn make(&self) -> io::Result<bool> {
        if self.root.is_dir() {
            return Ok(false);
        }
        step().and_then(|()| fs::create_dir_all(self.root)).map_err(|error| said_where(self.root, &error))?;
        Ok(true)
    }

    /// Opens a file that is not part of the output, and creates it if necessary.
    pub(super) fn open(&self, path: &str) -> io::Result<fs::File> {
        // Opening a pipe would block until another process opens its other end.
        self.exists(path)?;
        let target = self.path(path);
        let open = || fs::OpenOptions::new().write(true).create(true).truncate(false).open(&target);
        step().and_then(|()| open()).map_err(|error| said_where(&target, &error))
    }

    /// The content of the file, if it exists.
    pub(super) fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if !self.exists(path)? {
            return Ok(None);
        }
        fs::read(self.path(path)).map(Some).map_err(|error| said_where(&self.path(path), &error))
    }

    /// Whether the file exists. Anything other than a file is an error.
    pub(super) fn exists(&self, path: &str) -> io::Result<bool> {
        match self.find(path)? {
            Found::Nothing => Ok(false),
            Found::File => Ok(true),
            Found::Obstacle(message) => Err(io::Error::new(io::ErrorKind::InvalidInput, message)),
        }
    }

    /// What is at a path.
    pub(super) fn find(&self, path: &str) -> io::Result<Found> {
        let mut at = self.root.to_owned();
        let mut parts = Path::new(path).iter().peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            let is_last = parts.peek().is_none();
            let what = match fs::symlink_metadata(&at) {
                Ok(metadata) if metadata.is_symlink() => "a symbolic link, which is not followed",
                Ok(metadata) if is_last && metadata.is_dir() => "a folder, not a file",
                Ok(metadata) if is_last && !metadata.is_file() => "not a regular file",
                Ok(metadata) if !is_last && !metadata.is_dir() => "not a folder",
                Ok(_) => continue,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
                Err(error) => return Err(said_where(&at, &error)),
            };
            return Ok(Found::Obstacle(format!("`{}` is {what}", at.display())));
        }
        Ok(Found::File)
    }

    /// Creates a file, and its folder if necessary.
    pub(super) fn create(&self, path: &str, text: &str) -> io::Result<()> {
        let target = self.path(path);
        let open = || fs::OpenOptions::new().write(true).create_new(true).open(&target);
        let written = self.in_its_folder(&target, open).and_then(|mut file| {
            // In tests the disk can become full in the middle of a file.
            let half = if cfg!(test) { text.len() / 2 } else { text.len() };
            let (half, rest) = text.as_bytes().split_at(half);
            file.write_all(half)?;
            step()?;
            file.write_all(rest)
        });
        written.map_err(|error| said_where(&target, &error))
    }

    /// Moves a file to its place atomically, replacing an existing file.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let target = self.path(to);
        let moved = self.in_its_folder(&target, || fs::rename(self.path(from), &target));
        moved.map_err(|error| said_where(&target, &error))
    }

    /// Runs `act` on a file, and creates its folder if necessary.
    fn in_its_folder<T>(&self, target: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
        step()?;
        match act() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                step()?;
                fs::create_dir_all(target.parent().unwrap_or(self.root))?;
                step()?;
                act()
            }
            result => result,
        }
    }

    /// Removes the file, if it exists, and the folders that it leaves empty.
    pub(super) fn remove(&self, path: &str) -> io::Result<()> {
        let target = self.path(path);
        let is_absent = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        match step().and_then(|()| fs::remove_file(&target)) {
            Ok(()) => {}
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(said_where(&target, &error)),
        }
        for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            // The system refuses this for a folder that is not empty.
            match step().and_then(|()| fs::remove_dir(self.root.join(folder))) {
                Ok(()) => {}
                Err(error) if is_absent(&error) => {}
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Removes an inner folder with its content, if it exists.
    pub(super) fn remove_all(&self, path: &str) -> io::Result<()> {
        let target = self.path(path);
        match step().and_then(|()| fs::remove_dir_all(&target)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(said_where(&target, &error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

pub(super) fn said_where(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

/// Called before every change of the disk, so that tests can make it fail.
fn step() -> io::Result<()> {
    #[cfg(test)]
    faults::step()?;
    Ok(())
}

/// Lets the disk fail in tests.
#[cfg(test)]
pub(super) mod faults {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        static LEFT: Cell<Option<(usize, Fault)>> = const { Cell::new(None) };
    }

    /// What happens at the chosen step.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::write) enum Fault {
        /// This step fails and later ones do not: the disk is full.
        Once,
        /// This step fails and all later ones do: as if the process had been killed.
        FromThenOn,
    }

    /// Runs `work`, with a fault after this number of steps.
    pub(in crate::write) fn after<T>(steps: usize, fault: Fault, work: impl FnOnce() -> T) -> T {
        LEFT.set(Some((steps, fault)));
        let result = work();
        LEFT.set(None);
        result
    }

    pub(super) fn step() -> io::Result<()> {
        match LEFT.get() {
            None => Ok(()),
            Some((0, fault)) => {
                if fault == Fault::Once {
                    LEFT.set(None);
                }
                Err(io::ErrorKind::StorageFull.into())
            }
            Some((left, fault)) => {
                LEFT.set(Some((left - 1, fault)));
                Ok(())
            }
        }
    }
}
