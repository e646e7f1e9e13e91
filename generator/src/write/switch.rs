//! From the old files to the new ones.
//!
//! No file system replaces many files at once, so the time in which some are old and some are new is made short and
//! marked. Everything is written beside the output first, which is what takes time and what a full disk stops; until
//! then nothing of the output has changed. Then a mark is set, the files are renamed into their places, which needs
//! no room, and the mark is taken away. A run that finds the mark of an earlier one knows that the output is a mixture
//! and what it may be a mixture of; it compares and repairs as always.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::folder::Folder;
use super::manifest::Listed;
use crate::parallel;

/// Where files are written before they go to their places.
pub(super) const STAGING: &str = ".modelsmith-staging";

/// The mark: a list of the files of the earlier run and of this one.
pub(super) const MARK: &str = ".modelsmith-unfinished";

const MARK_HEADER: &str =
    "# A run of modelsmith ended before all of these files were in place. The next one completes them.";

/// Puts each of `new` in its place, in that order, and removes those of `old` that are there. `all` lists every file of
/// both the earlier run and this one, with the contents that it may have. What an earlier run left is [discarded](discard).
pub(super) fn switch<'p>(
    folder: &Folder<'_>,
    new: &[(&str, &str)],
    mut old: impl Iterator<Item = &'p String>,
    all: &Listed,
) -> io::Result<()> {
    let staged = |index: usize| format!("{STAGING}/{index}");
    let mark = format!("{STAGING}/mark");
    let texts: Vec<(usize, &str)> = new.iter().map(|(_, text)| *text).enumerate().collect();
    // Where one file cannot be written, the others need not be tried.
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
        // The first error is the one to tell of.
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
        let message = format!("{error}; some files are new and some are old until the command has run again");
        io::Error::new(error.kind(), message)
    })
}

/// Removes what a run left that ended before anything of the output had changed.
pub(super) fn discard(folder: &Folder<'_>) -> io::Result<()> {
    folder.remove_all(STAGING)
}
