//! Writes emitted files into a folder: atomically, only what changed, and never over what is not modelsmith's.

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
    /// Make the folder hold the files.
    Write,
    /// Say what differs and touch nothing.
    Check,
}

/// What was done, or would have to be. Paths are relative to the folder and in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Report {
    /// With [`Mode::Write`]: files that were written.
    pub written: Vec<String>,
    /// How many files had the right content; they were not touched.
    pub unchanged: usize,
    /// With [`Mode::Write`]: files of an earlier run that were removed.
    pub removed: Vec<String>,
    /// With [`Mode::Write`]: files that the manifest lists and that are no longer emitted, but that do not begin with
    /// the header of emitted files. They were left alone, and are not listed any more.
    pub kept: Vec<String>,
    /// With [`Mode::Write`]: the files that were replaced or removed, with what stood in them.
    pub before: Vec<(String, String)>,
    /// With [`Mode::Check`]: files that differ.
    pub stale: Vec<Stale>,
    /// Whether an earlier run ended while some files were new and others old. With [`Mode::Write`] that is repaired.
    pub unfinished: bool,
}

/// A file that differs from what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Its path.
    pub path: String,
    /// In which way it differs.
    pub kind: Staleness,
}

/// In which way a file differs from what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Staleness {
    /// Its content is another.
    Changed,
    /// Its content is another, and not what modelsmith wrote.
    Edited,
    /// It is not modelsmith's, and stands where an emitted file should.
    Foreign,
    /// It is not there.
    Missing,
    /// It is of an earlier run and should no longer be there.
    Superfluous,
}

/// Makes `folder` hold `files`, or says what differs: [`Writer`] without anything set.
///
/// # Errors
/// As [`Writer::run`].
pub fn write(files: &FileSet, folder: &Path, mode: Mode) -> io::Result<Report> {
    Writer::new(folder).run(files, mode)
}

/// Writes files to a folder in which other files may be.
///
/// A file is modelsmith's when its first line is the header of emitted files. Nothing else is ever replaced or removed.
/// The manifest, `.modelsmith-manifest` in the folder, lists what was written, with a hash of each file: a file of
/// modelsmith's that is listed and no longer among the files is removed, and one that was edited is not touched.
///
/// A run that is cut short while files are written leaves the old output, and one that is cut short while they are put
/// in their places leaves a mark that the next run finds. What it left behind is not part of the output and goes with
/// the next run. While one run writes to a folder, no other can.
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

    /// Never replaces or removes these files, from which the output is made, wherever they are.
    #[must_use]
    pub fn inputs(mut self, inputs: impl IntoIterator<Item = PathBuf>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    /// Replaces and removes files of modelsmith's that were edited since it wrote them, too.
    #[must_use]
    pub fn discard_edits(mut self, discard: bool) -> Self {
        self.discard_edits = discard;
        self
    }

    /// Makes the folder hold the files, or says what differs.
    ///
    /// # Errors
    /// When reading or writing fails; when a file does not begin with the header of emitted files, or its path leaves
    /// the folder; when something that is not a regular file stands in its place; with [`Refused`] inside when a file
    /// would be lost; and with [`io::ErrorKind::ResourceBusy`] when another run is writing. In all these cases except the
    /// first the folder is as it was.
    pub fn run(&self, files: &FileSet, mode: Mode) -> io::Result<Report> {
        check::check(files)?;
        let folder = Folder::new(&self.folder);
        let plan = Plan::new(self, &folder, files, mode);
        match mode {
            Mode::Check => Ok(plan?.checked()),
            Mode::Write => match plan {
                // Where nothing is to be done, nothing is touched.
                Ok(plan) if plan.is_empty() => Ok(plan.written()),
                plan => self.write_locked(plan, &folder, files),
            },
        }
    }

    /// Carries out what was planned without the lock, or what has to be done now if another run has been here since.
    fn write_locked<'f>(
        &self,
        planned: io::Result<Plan<'f>>,
        folder: &Folder<'_>,
        files: &'f FileSet,
    ) -> io::Result<Report> {
        let _lock = match (Lock::take(folder), &planned) {
            (Ok(lock), _) => lock,
            // The folder cannot be written to at all: the first reason is the better one.
            (Err(error), Err(_)) if error.kind() != io::ErrorKind::ResourceBusy => {
                return planned.map(Plan::written);
            }
            (Err(error), _) => return Err(error),
        };
        let plan = match planned {
            Ok(plan) if !plan.is_outdated(folder)? => plan,
            // What was refused may have been another run's output, half in its place.
            Ok(_) | Err(_) => Plan::new(self, folder, files, Mode::Write)?,
        };
        if !plan.is_empty() {
            plan.carry_out(folder)?;
        }
        Ok(plan.written())
    }
}
