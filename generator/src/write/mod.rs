//! Writes emitted files into a folder: atomically, only what changed, and never over what is not modelsmith's.

mod file_set;
mod folder;
mod manifest;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

pub use file_set::FileSet;

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
    /// With [`Mode::Check`]: files that differ.
    pub stale: Vec<Stale>,
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
/// # Errors
/// When reading or writing fails; when a path of `files` leaves the folder, by itself or by a symbolic link; and when
/// a file that modelsmith did not write would be overwritten. The latter two are found before anything is written.
pub fn write(files: &FileSet, folder: &Path, mode: Mode) -> io::Result<Report> {
    let folder = Folder::new(folder);
    let listed = manifest::read(&folder)?;
    let mut files = files.clone();
    files.check()?;
    let own: BTreeSet<String> = files.iter().map(|(path, _)| path.to_owned()).collect();
    files.insert(manifest::NAME, manifest::text(&own));

    let mut report = Report::default();
    let mut pending = Vec::new();
    for (path, text) in files.iter() {
        match folder.read(path)? {
            Some(found) if found == text.as_bytes() => report.unchanged += 1,
            Some(found) => {
                let is_own = path == manifest::NAME || listed.contains(path) || carries_header(&found);
                if mode == Mode::Write && !is_own {
                    return Err(foreign(&folder, path));
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
            if pending.iter().any(|(path, _, _)| *path == manifest::NAME) {
                // Until all is done the list holds the old files and the new ones, so that a run that is cut short
                // leaves nothing behind that a later one would not know.
                folder.write(manifest::NAME, &manifest::text(&listed.union(&own).cloned().collect()))?;
            }
            for (path, text, _) in pending {
                if path != manifest::NAME {
                    folder.write(path, text)?;
                }
                report.written.push(path.to_owned());
            }
            for path in &superfluous {
                folder.remove(path)?;
            }
            if !superfluous.is_empty() || listed.difference(&own).next().is_some() {
                folder.write(manifest::NAME, &manifest::text(&own))?;
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
