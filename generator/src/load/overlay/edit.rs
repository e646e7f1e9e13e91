//! Changes to a tree: merging into a node, taking nodes out.

use std::collections::HashSet;

use super::super::reader::Step;
use super::super::{Object, Tree};
use super::query::Path;
use crate::diagnostics::Pointer;

/// The kinds of values that merging distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    Primitive,
}

impl Kind {
    pub(super) fn of(tree: &Tree) -> Self {
        match tree {
            Tree::Object(_) => Kind::Object,
            Tree::Array(_) => Kind::Array,
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => Kind::Primitive,
        }
    }

    /// With its article.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Object => "an object",
            Kind::Array => "an array",
            Kind::Primitive => "a primitive value",
        }
    }
}

/// Two values that cannot be merged.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// Where they are, from the two values that were to be merged on.
    pub at: Pointer,
    pub target: Kind,
    pub update: Kind,
}

/// Merges `update` into `target`: members into members, elements behind elements, one primitive for another.
pub(super) fn merge(target: &mut Tree, update: &Tree) -> Result<(), Mismatch> {
    merge_at(target, update, &Pointer::root())
}

fn merge_at(target: &mut Tree, update: &Tree, at: &Pointer) -> Result<(), Mismatch> {
    let (kind, with) = (Kind::of(target), Kind::of(update));
    match (&mut *target, update) {
        (Tree::Object(target), Tree::Object(update)) => merge_objects(target, update, at),
        (Tree::Array(target), Tree::Array(update)) => {
            target.extend(update.iter().cloned());
            Ok(())
        }
        _ if kind == Kind::Primitive && with == Kind::Primitive => {
            *target = update.clone();
            Ok(())
        }
        _ => Err(Mismatch { at: at.clone(), target: kind, update: with }),
    }
}

fn merge_objects(target: &mut Object, update: &Object, at: &Pointer) -> Result<(), Mismatch> {
    let mut added = Vec::new();
    for (key, value) in update.iter() {
        match target.get_mut(key) {
            Some(known) => merge_at(known, value, &at.key(key))?,
            None => added.push((key.into(), value.clone())),
        }
    }
    target.extend(added);
    Ok(())
}

/// The node at the end of `path`.
pub(super) fn node<'t>(tree: &'t Tree, path: &[Step]) -> Option<&'t Tree> {
    path.iter().try_fold(tree, |at, step| match step {
        Step::Key(key) => at.get(key),
        Step::Index(index) => at.as_array()?.get(*index),
    })
}

/// The node at the end of `path`, to be changed.
pub(super) fn node_mut<'t>(tree: &'t mut Tree, path: &[Step]) -> Option<&'t mut Tree> {
    path.iter().try_fold(tree, |at, step| match (at, step) {
        (Tree::Object(object), Step::Key(key)) => object.get_mut(key),
        (Tree::Array(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Takes the nodes at the end of `paths`, which are sorted and not empty, out of what holds them. Gives the arrays
/// whose elements have other indices now.
pub(super) fn remove(tree: &mut Tree, paths: &[Path]) -> Vec<Path> {
    let rest: Vec<&[Step]> = paths.iter().map(Vec::as_slice).collect();
    let mut moved: Vec<Path> = paths
        .iter()
        .filter_map(|path| path.split_last())
        .filter(|(last, _)| matches!(last, Step::Index(_)))
        .map(|(_, array)| array.to_vec())
        .collect();
    moved.dedup();
    sweep(tree, &rest);
    moved
}

// All at once: taken out one by one, each would move the elements that come after it.
fn sweep(tree: &mut Tree, paths: &[&[Step]]) {
    let mut gone: HashSet<&Step> = HashSet::new();
    for together in paths.chunk_by(|a, b| a.first() == b.first()) {
        let Some(step) = together.first().and_then(|path| path.first()) else { continue };
        let below: Vec<&[Step]> = together.iter().filter_map(|path| path.get(1..)).collect();
        if below.iter().any(|path| path.is_empty()) {
            gone.insert(step);
        } else if let Some(child) = node_mut(tree, std::slice::from_ref(step)) {
            sweep(child, &below);
        }
    }
    if gone.is_empty() {
        return;
    }
    match tree {
        Tree::Object(object) => {
            let members = std::mem::take(object).into_members();
            *object = members.filter(|(key, _)| !gone.contains(&Step::Key(key.clone()))).collect();
        }
        Tree::Array(items) => {
            let mut index = 0..;
            items.retain(|_| index.next().is_none_or(|index| !gone.contains(&Step::Index(index))));
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
    }
}
