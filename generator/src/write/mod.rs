//! Writes emitted files into a folder: atomically, only what changed, and never over what is not modelsmith's.

mod file_set;
mod folder;
mod manifest;
mod switch;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

pub use file_set::FileSet;
pub(crate) use manifest::NAME as MANIFEST;

use self::folder::Folder;

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
pub struct Report {
    /// With [`Mode::Write`]: files that were written.
    pub written: Vec<String>,
    /// How many files had the right content; they were not touched.
    pub unchanged: usize,
    /// With [`Mode::Write`]: files of an earlier run that were removed.
    pub removed: Vec<String>,
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
    /// It is not there.
    Missing,
    /// It is of an earlier run and should no longer be there.
    Superfluous,
}

/// Makes `folder` hold `files`, or says what differs.
///
/// A file of an earlier run that is no longer among `files` is removed; what modelsmith wrote is listed in
/// `.modelsmith-manifest` in the folder, and nothing else is ever removed.
///
/// A run that is cut short while files are written leaves the old output, and one that is cut short while they are put
/// in their places leaves a mark that the next run finds. What it left behind is no part of the output and goes with
/// the next run.
///
/// # Errors
/// When reading or writing fails; when a path of `files` leaves the folder, by itself or by a symbolic link; and when
/// a file that modelsmith did not write would be overwritten. The latter two are found before anything is written.
pub fn write(files: &FileSet, folder: &Path, mode: Mode) -> io::Result<Report> {
    let folder = Folder::new(folder);
    let unfinished = switch::unfinished(&folder)?;
    let mut listed = manifest::read(&folder, manifest::NAME)?;
    let mut report = Report { unfinished: unfinished.is_some(), ..Report::default() };
    listed.extend(unfinished.into_iter().flatten());
    files.check()?;
    let own: BTreeSet<String> = files.iter().map(|(path, _)| path.to_owned()).collect();
    let list = manifest::text(manifest::HEADER, &own);
    let others = files.iter().filter(|(path, _)| *path != manifest::NAME);
    let mut all: Vec<(&str, &str)> = others.chain([(manifest::NAME, list.as_str())]).collect();
    all.sort_by_key(|(path, _)| *path);

    let mut pending = Vec::new();
    for (path, text) in all {
        match folder.read(path)? {
            Some(found) if found == text.as_bytes() => report.unchanged += 1,
            Some(found) => {
                let is_own = path == manifest::NAME || listed.contains(path) || carries_header(&found);
                if mode == Mode::Write && !is_own {
                    return Err(foreign(&folder, path));
                }
                if mode == Mode::Write {
                    report.before.push((path.to_owned(), String::from_utf8_lossy(&found).into_owned()));
                }
                pending.push((path, text, Staleness::Changed));
            }
            None => pending.push((path, text, Staleness::Missing)),
        }
    }
    let mut superfluous = Vec::new();
    for path in listed.difference(&own) {
        if folder.exists(path)? {
            superfluous.push(path.clone());
        }
    }
    match mode {
        Mode::Check => {
            let differing = pending.into_iter().map(|(path, _, kind)| Stale { path: path.to_owned(), kind });
            let kind = Staleness::Superfluous;
            report.stale =
                differing.chain(superfluous.into_iter().map(|path| Stale { path, kind })).collect();
        }
        Mode::Write => {
            for path in &superfluous {
                if let Some(found) = folder.read(path)? {
                    report.before.push((path.clone(), String::from_utf8_lossy(&found).into_owned()));
                }
            }
            report.written = pending.iter().map(|(path, _, _)| (*path).to_owned()).collect();
            let mut new: Vec<_> = pending.into_iter().map(|(path, text, _)| (path, text)).collect();
            // The list of what is there comes last.
            new.sort_by_key(|(path, _)| *path == manifest::NAME);
            switch::discard(&folder)?;
            if report.unfinished || !new.is_empty() || !superfluous.is_empty() {
                let all = listed.union(&own).cloned().collect();
                switch::switch(&folder, &new, listed.difference(&own), &all)?;
            }
            report.removed = superfluous;
        }
    }
    Ok(report)
}

/// Whether one of the first lines says that modelsmith wrote the file.
fn carries_header(content: &[u8]) -> bool {
    let head = content.get(..content.len().min(1024)).unwrap_or_default();
    String::from_utf8_lossy(head).lines().take(5).any(|line| line.contains("modelsmith"))
}

fn foreign(folder: &Folder<'_>, path: &str) -> io::Error {
    let shown = folder.path(path);
    let message = format!(
        "`{}` was not written by modelsmith: remove it, or choose another folder for the output",
        shown.display()
    );
    io::Error::new(io::ErrorKind::AlreadyExists, message)
}
