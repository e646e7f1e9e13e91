//! Applies OpenAPI Overlay documents (1.0, 1.1) to the root document's tree.
//!
//! An overlay with anything wrong in it is not applied, and neither is what comes after it: its actions count on the
//! ones before them.

mod document;
mod edit;
mod filter;
mod query;
mod size;

use self::document::{Action, Change, Version};
use self::edit::{Kind, Mismatch};
use self::query::{Path, Query};
use self::size::Budget;
use super::Tree;
use super::reader::Step;
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, Sink, Sources};

/// The document that is changed.
const ROOT: FileId = FileId(0);

/// The overlays of one document, one after the other.
pub(super) struct Changes<'r> {
    root: &'r mut Tree,
    budget: Budget,
    has_failed: bool,
}

impl<'r> Changes<'r> {
    pub(super) fn new(root: &'r mut Tree) -> Self {
        Self { root, budget: Budget::new(), has_failed: false }
    }

    /// Takes note of an overlay that cannot be read.
    pub(super) fn fail(&mut self) {
        self.has_failed = true;
    }

    /// Whether all could be applied so far.
    pub(super) fn is_complete(&self) -> bool {
        !self.has_failed
    }

    /// Applies the actions of the overlay `tree` in their order. `sources` learns which elements moved.
    pub(super) fn apply(&mut self, file: FileId, tree: &Tree, sources: &mut Sources, sink: &mut Sink) {
        let Some((version, actions)) = document::read(file, tree, sink) else {
            self.has_failed = true;
            return;
        };
        for action in &actions {
            if self.has_failed {
                return;
            }
            if let Err(error) = self.act(action, version, sources, sink) {
                sink.push(*error);
                self.has_failed = true;
            }
        }
    }

    fn act(
        &mut self,
        action: &Action<'_>,
        version: Version,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Result<(), Box<Diagnostic>> {
        let (query, text) = &action.target;
        let place = action.at.keyword("target");
        let targets = query.select(self.root);
        if targets.is_empty() {
            let warning =
                Diagnostic::warning("overlay-no-effect", place, format!("`{text}` matches nothing"));
            sink.push(
                warning.help("correct the JSONPath, or drop the action if the document no longer needs it"),
            );
            return Ok(());
        }
        match &action.change {
            Change::Remove if targets.iter().any(Vec::is_empty) => Err(Box::new(
                Diagnostic::error("overlay-action", place, "the whole document cannot be removed")
                    .help("remove members of it: `$.*` matches all of them"),
            )),
            Change::Remove => {
                for array in edit::remove(self.root, &targets) {
                    sources.elements_moved(&Location::new(ROOT, pointer(&array)));
                }
                Ok(())
            }
            Change::Update(update) => self.merge(&targets, update, version, (&action.at, "update")),
            Change::Copy(from, text) => {
                let source = self.source(from, text, action.at.keyword("copy"))?;
                self.merge(&targets, &source, version, (&action.at, "copy"))
            }
            Change::Nothing => {
                let message = "the action has neither `update`, `copy` nor `remove: true`";
                sink.push(Diagnostic::warning("overlay-no-effect", action.at.clone(), message));
                Ok(())
            }
        }
    }

    /// The one value that `query` selects.
    fn source(&self, query: &Query, text: &str, place: Location) -> Result<Tree, Box<Diagnostic>> {
        let message = match &query.select(self.root)[..] {
            [one] => return Ok(edit::node(self.root, one).cloned().unwrap_or(Tree::Null)),
            [] => format!("`{text}` matches nothing, so there is nothing to copy"),
            several => format!("`{text}` matches {} values; one can be copied", several.len()),
        };
        let error = Diagnostic::error("overlay-copy-source", place, message);
        Err(Box::new(error.help("correct the JSONPath so that it matches exactly one value")))
    }

    fn merge(
        &mut self,
        targets: &[Path],
        value: &Tree,
        version: Version,
        (action, key): (&Location, &'static str),
    ) -> Result<(), Box<Diagnostic>> {
        self.same_kind(targets, action)?;
        let depth = targets.iter().map(Vec::len).max().unwrap_or_default();
        self.budget.spend(value, targets.len(), depth, &action.keyword(key))?;
        for path in targets {
            let Some(target) = edit::node_mut(self.root, path) else { continue };
            merge_one(target, value, version).map_err(|mismatch| {
                // What is copied stands elsewhere in the document: only the whole of it has a place in the overlay.
                let inner = if key == "update" { mismatch.at.clone() } else { Pointer::root() };
                let at = extend(action.keyword(key), &inner);
                let target = extend(Location::new(ROOT, pointer(path)), &mismatch.at);
                Box::new(mismatched(&mismatch, version, at).also(target, "the target"))
            })?;
        }
        Ok(())
    }

    /// Refuses targets of which some are objects, some arrays, some primitives.
    fn same_kind(&self, targets: &[Path], action: &Location) -> Result<(), Box<Diagnostic>> {
        let mut kinds = targets.iter().filter_map(|path| edit::node(self.root, path)).map(Kind::of);
        let Some(first) = kinds.next() else { return Ok(()) };
        match kinds.find(|kind| *kind != first) {
            None => Ok(()),
            Some(other) => {
                let message = format!("the target matches both {} and {}", first.name(), other.name());
                let error = Diagnostic::error("overlay-mismatch", action.keyword("target"), message);
                Err(Box::new(error.help("make an action for each: they are changed in different ways")))
            }
        }
    }
}

/// Merges into one target. At the top the rules differ from those further in.
fn merge_one(target: &mut Tree, value: &Tree, version: Version) -> Result<(), Mismatch> {
    let mismatch = |target| Mismatch { at: Pointer::root(), target, update: Kind::of(value) };
    match (&mut *target, version) {
        (Tree::Array(items), Version::V1_0) => {
            items.push(value.clone());
            Ok(())
        }
        (Tree::Array(items), Version::V1_1) if Kind::of(value) != Kind::Array => {
            items.push(value.clone());
            Ok(())
        }
        (Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_), Version::V1_0) => {
            Err(mismatch(Kind::Primitive))
        }
        (_, Version::V1_0 | Version::V1_1) => edit::merge(target, value),
    }
}

fn mismatched(mismatch: &Mismatch, version: Version, at: Location) -> Diagnostic {
    let (value, target) = (mismatch.update.name(), mismatch.target.name());
    if mismatch.target == Kind::Primitive && mismatch.update == Kind::Primitive && version == Version::V1_0 {
        let message = "a primitive value cannot be a target in Overlay 1.0";
        return Diagnostic::error("overlay-mismatch", at, message)
            .help("target the object that holds it, or write `overlay: 1.1.0`");
    }
    Diagnostic::error("overlay-mismatch", at, format!("{value} cannot be merged into {target}"))
        .help("to put another kind of value there, remove the old one in an action before this one")
}

fn pointer(path: &[Step]) -> Pointer {
    path.iter().fold(Pointer::root(), |pointer, step| match step {
        Step::Key(key) => pointer.key(key),
        Step::Index(index) => pointer.index(*index),
    })
}

/// The place `inner` below `at`.
fn extend(at: Location, inner: &Pointer) -> Location {
    inner.tokens().iter().fold(at, |at, token| at.key(token))
}
