//! Corrects a document by an overlay until the models read the recorded values, and finds corrections that are not
//! needed.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::needed::{self, Halves, Trial};
use super::read::read_here;
use super::{Failure, ReadDocument, extends, on_large_stack};
use crate::config::Config;
use crate::diagnostics::FileId;
use crate::load::ReadFile;
use crate::verify::overlay::{self, Asked, Correction, Header, Kept};
use crate::verify::{Checker, Counted, FaultKind, Faults};

/// How often the values are compared: a correction can reveal further faults.
const ROUNDS: usize = 32;

/// How often the values are compared without some of the new corrections, to find those that are not needed.
const TRIALS: usize = 64;

/// An overlay file.
#[derive(Debug, Clone)]
pub struct OverlayFile {
    /// The path. Its extension selects JSON or YAML.
    pub path: PathBuf,
    /// The text, if the file exists.
    pub text: Option<String>,
}

/// An overlay that makes the models read the recorded values.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// The text; `None` if there was no overlay and nothing to correct.
    pub text: Option<String>,
    /// The number of new corrections.
    pub corrections: usize,
    /// The number of their actions.
    pub actions: usize,
    /// Faults that no overlay corrects, for example in a file that the document refers to.
    pub left: Vec<Counted>,
    /// How often the values were compared.
    pub rounds: usize,
}

/// Why an overlay cannot be written.
#[derive(Debug)]
pub enum CorrectError<E> {
    /// The document, or the overlay, cannot be read.
    Document(Box<Failure>),
    /// The file is not an overlay.
    NotOverlay,
    /// The recorded values cannot be read.
    Traffic(E),
}

impl<E> From<Failure> for CorrectError<E> {
    fn from(failure: Failure) -> Self {
        Self::Document(Box::new(failure))
    }
}

/// Adds corrections to the overlay until the models read all recorded values. `faults` compares the values with a
/// document; it is called several times, on a large stack. Nothing is written.
///
/// # Errors
/// If the document or the values cannot be read.
pub fn correct<E: Send>(
    root: &Path,
    reader: &(dyn ReadFile + Sync),
    config: &Config,
    overlay: &OverlayFile,
    asked: Asked,
    faults: &mut (dyn FnMut(&ReadDocument) -> Result<Faults, E> + Send),
) -> Result<Corrected, CorrectError<E>> {
    on_large_stack(|| rounds(&Input { root, reader, config, path: &overlay.path }, overlay, asked, faults))
}

fn rounds<E>(
    input: &Input<'_>,
    overlay: &OverlayFile,
    asked: Asked,
    faults: &mut (dyn FnMut(&ReadDocument) -> Result<Faults, E> + Send),
) -> Result<Corrected, CorrectError<E>> {
    let mut work = Work {
        input,
        text: overlay.text.as_deref(),
        asked,
        faults,
        header: Header::default(),
        added: Vec::new(),
        rounds: 0,
    };
    let mut before: Option<Vec<Counted>> = None;
    loop {
        let document = work.read()?;
        let (found, wanted) = work.look(&document)?;
        // Corrections without an effect are dropped.
        if let Some(before) = &before
            && is_same(before, &wanted)
        {
            work.added.pop();
            return work.finish(wanted);
        }
        let corrections = {
            let mut checker = Checker::new(&document.graph, &document.documents);
            overlay::corrections(&mut checker, &found, asked)
        };
        if wanted.is_empty() || corrections.is_empty() || work.rounds == ROUNDS {
            return work.finish(wanted);
        }
        work.header = header(&document, input);
        work.added.push(corrections);
        before = Some(wanted);
    }
}

/// The corrections while they are added to an overlay.
struct Work<'w, E> {
    input: &'w Input<'w>,
    /// The original overlay.
    text: Option<&'w str>,
    asked: Asked,
    faults: &'w mut (dyn FnMut(&ReadDocument) -> Result<Faults, E> + Send),
    header: Header,
    /// The corrections of each round.
    added: Vec<Vec<Correction>>,
    rounds: usize,
}

impl<E> Work<'_, E> {
    /// The overlay with these corrections.
    fn text_with(&self, corrections: &[Correction]) -> Result<Option<String>, CorrectError<E>> {
        if corrections.is_empty() {
            return Ok(self.text.map(str::to_owned));
        }
        let text = overlay::appended(self.input.path, self.text, &self.header, corrections);
        text.map(Some).ok_or(CorrectError::NotOverlay)
    }

    fn read(&self) -> Result<ReadDocument, CorrectError<E>> {
        Ok(self.input.read(self.text_with(&self.added.concat())?.as_deref())?)
    }

    /// All faults, and those to correct.
    fn look(&mut self, document: &ReadDocument) -> Result<(Faults, Vec<Counted>), CorrectError<E>> {
        let found = (self.faults)(document).map_err(CorrectError::Traffic)?;
        self.rounds += 1;
        let wanted = found.iter().filter(|counted| self.asked.includes(&counted.fault.kind));
        let wanted = wanted.cloned().collect();
        Ok((found, wanted))
    }

    fn finish(mut self, left: Vec<Counted>) -> Result<Corrected, CorrectError<E>> {
        let mut all = self.added.concat();
        let mut trial = New { work: &mut self, corrections: &all, left: &left };
        let needed = needed::surely(all.len(), &mut trial)?;
        let open: Vec<usize> = (0..all.len()).filter(|number| needed.get(*number) != Some(&true)).collect();
        let mut halves = Halves { trial: &mut trial, trials: TRIALS, adds_up: true, found: Vec::new() };
        halves.among(&open)?;
        // Corrections that a later round replaced, or that did not help.
        let unneeded: HashSet<usize> = halves.found.into_iter().collect();
        let mut number = 0..;
        all.retain(|_| number.next().is_none_or(|number| !unneeded.contains(&number)));
        let text = self.text_with(&all)?;
        let actions = all.iter().map(|correction| correction.actions.len()).sum();
        Ok(Corrected { text, corrections: all.len(), actions, left, rounds: self.rounds })
    }
}

/// Tries to leave out new corrections.
struct New<'n, 'w, E> {
    work: &'n mut Work<'w, E>,
    corrections: &'n [Correction],
    /// The faults that no correction fixes.
    left: &'n [Counted],
}

impl<E> Trial for New<'_, '_, E> {
    type Fault = Met;
    type Error = CorrectError<E>;

    fn without(&mut self, out: &[usize]) -> Result<Option<Vec<Met>>, CorrectError<E>> {
        let is_left =
            |(number, correction): (usize, &Correction)| (!out.contains(&number)).then(|| correction.clone());
        let fewer: Vec<Correction> = self.corrections.iter().enumerate().filter_map(is_left).collect();
        // Later corrections may depend on others.
        let text = self.work.text_with(&fewer)?;
        let Ok(document) = self.work.input.read(text.as_deref()) else { return Ok(None) };
        let (_, wanted) = self.work.look(&document)?;
        Ok(Some(beyond(self.left, wanted.iter())))
    }
}

/// The identity of a fault, independent of the corrections: what is wrong and where in the value; and where in the
/// document, if that matters.
type Met = (FaultKind, String, Option<(FileId, String)>);

/// The faults that are not known. Each is listed twice: with its place in the document, which distinguishes uses of the
/// same name, and without it, since other corrections may change the place.
fn beyond<'f>(known: &[Counted], found: impl Iterator<Item = &'f Counted>) -> Vec<Met> {
    let known: HashSet<(&FaultKind, String)> =
        known.iter().map(|known| (&known.fault.kind, known.fault.at.to_string())).collect();
    let is_new = |new: &&Counted| !known.contains(&(&new.fault.kind, new.fault.at.to_string()));
    let mut met = Vec::new();
    for Counted { fault, .. } in found.filter(is_new) {
        let (at, place) = (fault.at.to_string(), fault.place.pointer.to_string());
        met.push((fault.kind.clone(), at.clone(), Some((fault.place.file, place))));
        met.push((without_expected(&fault.kind), at, None));
    }
    met
}

/// The kind without the expected type, which corrections change.
fn without_expected(kind: &FaultKind) -> FaultKind {
    if let FaultKind::Type { found, .. } | FaultKind::NoBranch(found) = kind {
        return FaultKind::NoBranch(found);
    }
    kind.clone()
}

fn is_same(before: &[Counted], after: &[Counted]) -> bool {
    let alike = |(one, other): (&Counted, &Counted)| {
        one.fault.kind == other.fault.kind && one.fault.place == other.fault.place && one.count == other.count
    };
    before.len() == after.len() && before.iter().zip(after).all(alike)
}

fn header(document: &ReadDocument, input: &Input<'_>) -> Header {
    Header {
        title: document.graph.api().title.clone(),
        extends: extends::reference(input.reader, input.path, input.root),
    }
}

/// A correction in an overlay that the recorded values do not need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unneeded {
    /// The correction.
    pub correction: Kept,
    /// Why it is not needed.
    pub why: Why,
}

/// Why a correction is not needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its target matches nothing in the document.
    NoTarget,
    /// The models read all recorded values without it.
    ReadWithout,
}

/// The corrections in an overlay that are not needed to read the recorded values. Other values may need them.
///
/// # Errors
/// If the document or the values cannot be read.
pub fn unneeded<E: Send>(
    root: &Path,
    reader: &(dyn ReadFile + Sync),
    config: &Config,
    overlay: &OverlayFile,
    faults: &mut (dyn FnMut(&ReadDocument) -> Result<Faults, E> + Send),
) -> Result<Vec<Unneeded>, CorrectError<E>> {
    on_large_stack(|| {
        let input = Input { root, reader, config, path: &overlay.path };
        let text = overlay.text.as_deref().unwrap_or_default();
        let actions = overlay::actions_of(&overlay.path, text).ok_or(CorrectError::NotOverlay)?;
        let kept = overlay::kept(&actions);
        let document = input.read(Some(text))?;
        let known = faults(&document).map_err(CorrectError::Traffic)?;
        let known: Vec<Counted> = known.iter().cloned().collect();
        let dead = without_target(&document, &overlay.path);
        drop(document);
        let why = |one: &Kept| match (one.first..one.first + one.count).all(|action| dead.contains(&action)) {
            true => Why::NoTarget,
            false => Why::ReadWithout,
        };
        let mut trial = Old { input: &input, text, kept: &kept, known: &known, faults };
        let needed = needed::surely(kept.len(), &mut trial)?;
        let open: Vec<usize> = (0..kept.len()).filter(|number| needed.get(*number) != Some(&true)).collect();
        let mut halves = Halves { trial: &mut trial, trials: usize::MAX, adds_up: false, found: Vec::new() };
        halves.among(&open)?;
        let found: BTreeSet<usize> = halves.found.into_iter().collect();
        let found = found.into_iter().filter_map(|number| kept.get(number));
        Ok(found.map(|one| Unneeded { why: why(one), correction: one.clone() }).collect())
    })
}

/// The actions of the overlay that match nothing.
fn without_target(document: &ReadDocument, path: &Path) -> Vec<usize> {
    let shown = path.display().to_string();
    let is_of_overlay = |file| document.sources.get(file).is_some_and(|source| source.path == shown);
    let warnings = document.warnings.iter().filter(|warning| warning.code == "overlay-no-effect");
    let warnings = warnings.filter(|warning| is_of_overlay(warning.location.file));
    let number = |tokens: Vec<String>| tokens.get(1)?.parse().ok();
    warnings.filter_map(|warning| number(warning.location.pointer.tokens())).collect()
}

/// Leaves corrections of an overlay out.
struct Old<'s, E> {
    input: &'s Input<'s>,
    text: &'s str,
    kept: &'s [Kept],
    /// The faults that remain with all corrections.
    known: &'s [Counted],
    faults: &'s mut (dyn FnMut(&ReadDocument) -> Result<Faults, E> + Send),
}

impl<E> Trial for Old<'_, E> {
    type Fault = Met;
    type Error = CorrectError<E>;

    fn without(&mut self, out: &[usize]) -> Result<Option<Vec<Met>>, CorrectError<E>> {
        let out = out.iter().filter_map(|number| self.kept.get(*number));
        let out: HashSet<usize> = out.flat_map(|one| one.first..one.first + one.count).collect();
        let text = overlay::without(self.input.path, self.text, &|action| !out.contains(&action));
        // Later corrections may depend on it.
        let Ok(document) = self.input.read(text.as_deref()) else { return Ok(None) };
        let found = (self.faults)(&document).map_err(CorrectError::Traffic)?;
        Ok(Some(beyond(self.known, found.iter())))
    }
}

/// A document that is read several times with different texts of one overlay.
struct Input<'i> {
    root: &'i Path,
    reader: &'i dyn ReadFile,
    config: &'i Config,
    path: &'i Path,
}

impl Input<'_> {
    /// Reads the document with the overlays of the settings, and with this text in place of the overlay at the path.
    fn read(&self, text: Option<&str>) -> Result<ReadDocument, Failure> {
        let mut config = self.config.clone();
        let overlays = &mut config.input.overlays;
        let is_it = |known: &Path| known == self.path || self.is_same_file(known);
        match text {
            Some(_) if overlays.iter().any(|known| is_it(known)) => {}
            Some(_) => overlays.push(self.path.to_owned()),
            None => overlays.retain(|known| !is_it(known)),
        }
        let reader = WithText { reader: self.reader, input: self, text: text.unwrap_or_default() };
        read_here(self.root, &reader, &config)
    }

    fn is_same_file(&self, other: &Path) -> bool {
        let known = (self.reader.canonicalize(other), self.reader.canonicalize(self.path));
        matches!(known, (Ok(one), Ok(other)) if one == other)
    }
}

/// Reads the overlay from memory, and other files through the reader.
struct WithText<'i> {
    reader: &'i dyn ReadFile,
    input: &'i Input<'i>,
    text: &'i str,
}

impl ReadFile for WithText<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let is_it = path == self.input.path || self.input.is_same_file(path);
        if is_it { Ok(self.text.as_bytes().to_vec()) } else { self.reader.read(path) }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        if path == self.input.path {
            return self.reader.canonicalize(path).or_else(|_| Ok(path.to_owned()));
        }
        self.reader.canonicalize(path)
    }
}
