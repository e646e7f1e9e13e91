//! Replaces the old files by the new ones.
//!
//! No file system replaces many files at once, so the time in which some are old and some are new is kept short and
//! marked. All files are first written to a staging folder: this takes most of the time and fails if the disk is full,
//! but does not change the output. Then the mark is written, the files are renamed to their places, which needs no disk
//! space, and the mark is removed. A run that finds the mark of an earlier run knows that the output is a mixture, and
//! of which files; it compares and repairs as usual.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::folder::Folder;
use super::manifest::Listed;
use crate::parallel;

/// The staging folder.
pub(super) const STAGING: &str = ".modelsmith-staging";

/// The mark: a list of the files of the earlier run and of this one.
pub(super) const MARK: &str = ".modelsmith-unfinished";

const MARK_HEADER: &str =
    "# A run of modelsmith ended before all of these files were in place. The next one completes them.";

/// Puts the `new` files in their places, in order, and removes the `old` ones. `all` lists every file of the earlier
/// run and of this one, with the hashes of its possible contents. The remains of an earlier run are
/// [discarded](discard).
pub(super) fn switch<'p>(
    folder: &Folder<'_>,
    new: &[(&str, &str)],
    mut old: impl Iterator<Item = &'p String>,
    all: &Listed,
) -> io::Result<()> {
    let staged = |index: usize| format!("{STAGING}/{index}");
    let mark = format!("{STAGING}/mark");
    let texts: Vec<(usize, &str)> = new.iter().map(|(_, text)| *text).enumerate().collect();
    // After one file cannot be written, the others are not tried.
    let failed = AtomicBool::new(false);
    let stage = |(index, text): &(usize, &str)| {
        if failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        folder.create(&staged(*index), text).inspect_err(|_| failed.store(true, Ordering::Relaxed))
    };
    let prepared = parallel::map(&texts, stage)
        .into_iter()
        .collect::<io::Result<()>>()
        .and_then(|()| folder.create(&mark, &all.text(MARK_HEADER)))
        .and_then(|()| folder.rename(&mark, MARK));
    if let Err(error) = prepared {
        // The first error is the one to report.
        let _ = discard(folder);
        return Err(error);
    }
    let done = new
        .iter()
        .enumerate()
        .try_for_each(|(index, (path, _))| folder.rename(&staged(index), path))
        .and_then(|()| old.try_for_each(|path| folder.remove(path)))
        .and_then(|()| discard(folder))
        .and_then(|()| folder.remove(MARK));
    done.map_err(|error| {
        let message = format!("{error}; some files are new and some are old: run the command again");
        io::Error::new(error.kind(), message)
    })
}

/// Removes the remains of a run that was interrupted before it changed the output.
pub(super) fn discard(folder: &Folder<'_>) -> io::Result<()> {
    folder.remove_all(STAGING)
}
