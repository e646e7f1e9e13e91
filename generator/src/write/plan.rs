//! Plans what a run does to a folder, without changing anything.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{Folder, Found};
use super::manifest::{self, Listed, hash_of};
use super::switch::{self, MARK, STAGING};
use super::{FileSet, Mode, Reason, Refused, Report, Stale, Staleness, Writer, lock};
use crate::{header, parallel};

/// The differences between a folder and its new content.
pub(super) struct Plan<'f> {
    /// Emitted files that differ, with their texts.
    new: Vec<(&'f str, &'f str, Staleness)>,
    /// The manifest, if it differs.
    manifest: Option<(String, Staleness)>,
    /// Listed files to remove.
    superfluous: Vec<String>,
    /// Listed files that do not exist: their empty folders are removed.
    absent: Vec<String>,
    /// The files of the old manifest, of the mark and of the new manifest.
    listed: Listed,
    lists: Lists,
    /// Whether an earlier run left its staging folder.
    has_staged: bool,
    report: Report,
}

/// The contents of the manifest and the mark. They contain hashes: as long as they do not change, no other run has
/// written.
#[derive(PartialEq, Eq)]
struct Lists {
    manifest: Option<Vec<u8>>,
    mark: Option<Vec<u8>>,
}

impl Lists {
    fn read(folder: &Folder<'_>) -> io::Result<Self> {
        Ok(Self { manifest: folder.read(manifest::NAME)?, mark: folder.read(MARK)? })
    }

    fn listed(&self) -> Listed {
        let lists = [&self.manifest, &self.mark];
        lists.into_iter().flatten().fold(Listed::default(), |all, list| all.and(Listed::read(list)))
    }
}

impl<'f> Plan<'f> {
    /// Compares the folder with the files.
    ///
    /// # Errors
    /// If something cannot be read, and with [`Mode::Write`] if files would be lost.
    pub(super) fn new(
        writer: &Writer,
        folder: &Folder<'_>,
        files: &'f FileSet,
        mode: Mode,
    ) -> io::Result<Self> {
        let lists = Lists::read(folder)?;
        let report = Report { unfinished: lists.mark.is_some(), ..Report::default() };
        let mut plan = Self {
            new: Vec::new(),
            manifest: None,
            superfluous: Vec::new(),
            absent: Vec::new(),
            listed: lists.listed(),
            lists,
            has_staged: folder.path(STAGING).symlink_metadata().is_ok(),
            report,
        };
        let inputs = Inputs::new(writer, folder);
        let mut refused = inputs.where_lists_are();
        let emitted: Vec<_> = files.iter().filter(|(path, _)| *path != manifest::NAME).collect();
        for (path, text) in &emitted {
            refused.extend(plan.compare(folder, &inputs, path, text)?);
        }
        let mut own = Listed::default();
        let hashes = parallel::map(&emitted, |(_, text)| hash_of(text.as_bytes()));
        emitted.iter().zip(hashes).for_each(|((path, _), hash)| own.add(path, Some(hash)));
        plan.compare_manifest(&own);
        for path in plan.listed.without(&own) {
            refused.extend(plan.compare_old(folder, &inputs, path)?);
        }
        plan.listed = std::mem::take(&mut plan.listed).and(own);
        refused.retain(|(_, reason)| *reason != Reason::Edited || !writer.discard_edits);
        refused.sort();
        if mode == Mode::Write && !refused.is_empty() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, Refused { files: refused }));
        }
        Ok(plan)
    }

    /// Compares an emitted file with the existing one. Returns the reason if that must not be replaced.
    fn compare(
        &mut self,
        folder: &Folder<'_>,
        inputs: &Inputs,
        path: &'f str,
        text: &'f str,
    ) -> io::Result<Option<(String, Reason)>> {
        let Some(found) = folder.read(path)? else {
            self.new.push((path, text, Staleness::Missing));
            return Ok(None);
        };
        if found == text.as_bytes() {
            self.report.unchanged += 1;
            return Ok(None);
        }
        let (reason, kind) = if inputs.contain(path) {
            (Some(Reason::Input), Staleness::Foreign)
        } else if !header::begins(&found) {
            (Some(Reason::Foreign), Staleness::Foreign)
        } else if self.listed.is_edited(path, &found) {
            (Some(Reason::Edited), Staleness::Edited)
        } else {
            (None, Staleness::Changed)
        };
        self.report.before.push((path.to_owned(), String::from_utf8_lossy(&found).into_owned()));
        self.new.push((path, text, kind));
        Ok(reason.map(|reason| (path.to_owned(), reason)))
    }

    fn compare_manifest(&mut self, own: &Listed) {
        let text = own.text(manifest::HEADER);
        match &self.lists.manifest {
            Some(found) if found == text.as_bytes() => self.report.unchanged += 1,
            Some(_) => self.manifest = Some((text, Staleness::Changed)),
            None => self.manifest = Some((text, Staleness::Missing)),
        }
    }

    /// Decides about a listed file that is no longer emitted. Returns the reason if it must not be removed.
    fn compare_old(
        &mut self,
        folder: &Folder<'_>,
        inputs: &Inputs,
        path: String,
    ) -> io::Result<Option<(String, Reason)>> {
        let found = match folder.find(&path)? {
            Found::Nothing => None,
            Found::File => folder.read(&path)?,
            Found::Obstacle(_) => {
                self.report.kept.push(path);
                return Ok(None);
            }
        };
        let Some(found) = found else {
            self.absent.push(path);
            return Ok(None);
        };
        if inputs.contain(&path) || !header::begins(&found) {
            self.report.kept.push(path);
            return Ok(None);
        }
        let reason = self.listed.is_edited(&path, &found).then(|| (path.clone(), Reason::Edited));
        self.report.before.push((path.clone(), String::from_utf8_lossy(&found).into_owned()));
        self.superfluous.push(path);
        Ok(reason)
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.is_up_to_date() && !self.has_staged
    }

    fn is_up_to_date(&self) -> bool {
        let has_new = self.manifest.is_some() || !self.new.is_empty();
        !self.report.unfinished && !has_new && self.superfluous.is_empty()
    }

    /// Whether another run has written to the folder since.
    pub(super) fn is_outdated(&self, folder: &Folder<'_>) -> io::Result<bool> {
        Ok(Lists::read(folder)? != self.lists)
    }

    /// Updates the folder.
    pub(super) fn carry_out(&self, folder: &Folder<'_>) -> io::Result<()> {
        switch::discard(folder)?;
        if self.is_up_to_date() {
            return Ok(());
        }
        let mut new: Vec<(&str, &str)> = self.new.iter().map(|(path, text, _)| (*path, *text)).collect();
        // The manifest is written last.
        new.extend(self.manifest.iter().map(|(text, _)| (manifest::NAME, text.as_str())));
        switch::switch(folder, &new, self.superfluous.iter().chain(&self.absent), &self.listed)
    }

    /// The files that differ, sorted by path.
    fn differing(&self) -> Vec<(&str, Staleness)> {
        let manifest = self.manifest.iter().map(|(_, kind)| (manifest::NAME, *kind));
        let mut all: Vec<_> = self.new.iter().map(|(path, _, kind)| (*path, *kind)).chain(manifest).collect();
        all.sort_by_key(|(path, _)| *path);
        all
    }

    /// The report of [`Mode::Write`].
    pub(super) fn written(self) -> Report {
        let written = self.differing().into_iter().map(|(path, _)| path.to_owned()).collect();
        Report { written, removed: self.superfluous, ..self.report }
    }

    /// The report of [`Mode::Check`].
    pub(super) fn checked(self) -> Report {
        let stale = |path: &str, kind| Stale { path: path.to_owned(), kind };
        let mut all: Vec<_> = self.differing().into_iter().map(|(path, kind)| stale(path, kind)).collect();
        all.extend(self.superfluous.iter().map(|path| stale(path, Staleness::Superfluous)));
        Report { stale: all, before: Vec::new(), kept: Vec::new(), ..self.report }
    }
}

/// The files in the folder from which the output is made, by their paths in it.
struct Inputs(BTreeSet<PathBuf>);

impl Inputs {
    fn new(writer: &Writer, folder: &Folder<'_>) -> Self {
        let Ok(root) = folder.root().canonicalize() else { return Self(BTreeSet::new()) };
        let inside = |path: &PathBuf| Some(path.canonicalize().ok()?.strip_prefix(&root).ok()?.to_owned());
        Self(writer.inputs.iter().filter_map(inside).collect())
    }

    fn contain(&self, path: &str) -> bool {
        self.0.contains(Path::new(path))
    }

    /// The inputs that are at the paths of modelsmith's own lists.
    fn where_lists_are(&self) -> Vec<(String, Reason)> {
        let names = [manifest::NAME, MARK, STAGING, lock::NAME];
        let taken = self.0.iter().filter(|path| names.iter().any(|name| path.starts_with(name)));
        taken.map(|path| (path.display().to_string(), Reason::Input)).collect()
    }
}
