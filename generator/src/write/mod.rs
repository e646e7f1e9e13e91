//! Writes emitted files to a folder: atomically, only what changed, and never over files that are not modelsmith's.

mod check;
mod folder;
mod lock;
mod manifest;
mod plan;
mod refused;
mod switch;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

pub use crate::file_set::FileSet;
pub(crate) use manifest::NAME as MANIFEST;
pub use refused::{Reason, Refused};

use self::folder::Folder;
use self::lock::Lock;
use self::plan::Plan;

/// What to do about differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Update the folder.
    Write,
    /// Report the differences and change nothing.
    Check,
}

/// What was done, or would have to be done. Paths are relative to the folder, and sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Report {
    /// With [`Mode::Write`]: files that were written.
    pub written: Vec<String>,
    /// How many files were up to date and were not touched.
    pub unchanged: usize,
    /// With [`Mode::Write`]: files of an earlier run that were removed.
    pub removed: Vec<String>,
    /// With [`Mode::Write`]: files in the manifest that are no longer emitted and do not begin with the header of
    /// emitted files. They were not touched, and are no longer listed.
    pub kept: Vec<String>,
    /// With [`Mode::Write`]: the files that were replaced or removed, with their old contents.
    pub before: Vec<(String, String)>,
    /// With [`Mode::Check`]: files that differ.
    pub stale: Vec<Stale>,
    /// Whether an earlier run was interrupted while some files were new and others old. [`Mode::Write`] repairs that.
    pub unfinished: bool,
}

/// A file that is not up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The path.
    pub path: String,
    /// The kind of difference.
    pub kind: Staleness,
}

/// How a file is out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Staleness {
    /// Its content differs.
    Changed,
    /// Its content differs, and modelsmith did not write it.
    Edited,
    /// It is not modelsmith's, and is at the path of an emitted file.
    Foreign,
    /// It does not exist.
    Missing,
    /// It is from an earlier run, and is no longer emitted.
    Superfluous,
}

/// Updates `folder` with `files`, or reports the differences: a [`Writer`] with default options.
///
/// # Errors
/// Like [`Writer::run`].
pub fn write(files: &FileSet, folder: &Path, mode: Mode) -> io::Result<Report> {
    Writer::new(folder).run(files, mode)
}

/// Writes files to a folder that may contain other files.
///
/// A file is modelsmith's if its first line is the header of emitted files. Other files are never replaced or removed.
/// The manifest, `.modelsmith-manifest` in the folder, lists the files that were written, with a hash of each: a listed
/// file that is no longer emitted is removed, and a file that was edited is not touched.
///
/// New files are first written to a staging folder. A run that is interrupted before they are moved leaves the old
/// output unchanged; a run that is interrupted while they are moved leaves a mark that the next run finds. The next run
/// also removes the staging folder. While a run writes to a folder, no other run can.
#[derive(Debug, Clone)]
pub struct Writer {
    folder: PathBuf,
    inputs: Vec<PathBuf>,
    discard_edits: bool,
}

impl Writer {
    /// Writes to `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), inputs: Vec::new(), discard_edits: false }
    }

    /// Never replaces or removes these files, from which the output is made.
    #[must_use]
    pub fn inputs(mut self, inputs: impl IntoIterator<Item = PathBuf>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    /// Also replaces and removes emitted files that were edited.
    #[must_use]
    pub fn discard_edits(mut self, discard: bool) -> Self {
        self.discard_edits = discard;
        self
    }

    /// Updates the folder, or reports the differences.
    ///
    /// # Errors
    /// If reading or writing fails; if a file does not begin with the header of emitted files, or its path leads out of
    /// the folder; if something other than a regular file is at its path; with [`Refused`] as the source if a file
    /// would be lost; and with [`io::ErrorKind::ResourceBusy`] if another run is writing. In all these cases except the
    /// first, the folder is not changed.
    pub fn run(&self, files: &FileSet, mode: Mode) -> io::Result<Report> {
        check::check(files)?;
        let folder = Folder::new(&self.folder);
        let plan = Plan::new(self, &folder, files, mode);
        match mode {
            Mode::Check => Ok(plan?.checked()),
            Mode::Write => match plan {
                // If there is nothing to do, nothing is touched, not even the lock.
                Ok(plan) if plan.is_empty() => Ok(plan.written()),
                plan => self.write_locked(plan, &folder, files),
            },
        }
    }

    /// Takes the lock and carries out the plan. Makes a new plan if another run has written since.
    fn write_locked<'f>(
        &self,
        planned: io::Result<Plan<'f>>,
        folder: &Folder<'_>,
        files: &'f FileSet,
    ) -> io::Result<Report> {
        let _lock = match (Lock::take(folder), &planned) {
            (Ok(lock), _) => lock,
            // The folder cannot be written at all: the first error is the better one.
            (Err(error), Err(_)) if error.kind() != io::ErrorKind::ResourceBusy => {
                return planned.map(Plan::written);
            }
            (Err(error), _) => return Err(error),
        };
        let plan = match planned {
            Ok(plan) if !plan.is_outdated(folder)? => plan,
            // The refused files may have been the incomplete output of another run.
            Ok(_) | Err(_) => Plan::new(self, folder, files, Mode::Write)?,
        };
        if !plan.is_empty() {
            plan.carry_out(folder)?;
        }
        Ok(plan.written())
    }
}
