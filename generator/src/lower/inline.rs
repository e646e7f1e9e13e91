//! References where the specifications have none: an operation, a list of parameters, a map of properties, a text.
//!
//! Documents in several files are full of them, and bundlers follow them. So there is one rule: wherever an object, a
//! map, a list or a text is read, a `$ref` in its place is followed, and what is at its end is read in its stead, with
//! its own place and with further references counted from there. What cannot be followed is warned of.

use super::budget;
use super::hoist::Kind;
use super::refs::{self, Broken, Target, lone_reference};
use super::schema::Moved;
use super::{At, Lowering, NodeId};
use crate::diagnostics::Diagnostic;
use crate::load::{Object, Tree};

/// Reads what stands at a place, or what the `$ref` there leads to. `None` when it leads nowhere, after a warning.
pub fn read_here<'t, R>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
    read: impl FnOnce(&mut Lowering<'t, '_>, &'t Tree, &At<'_>, Moved) -> R,
) -> Option<R> {
    let Some(reference) = lone_reference(Kind::Inline, tree) else {
        return Some(read(lowering, tree, at, moved));
    };
    report_beside(lowering, tree, at);
    let target = refs::inline_target(lowering, tree, at)?;
    if lowering.following.contains(&NodeId(target.tree)) {
        let broken = Broken::Loop([target.location()].into());
        refs::report_broken(lowering, Kind::Inline, reference, &broken, at);
        return None;
    }
    let place = target.at_depth(at.depth.saturating_add(1));
    if !budget::spend(lowering, &place) {
        return None;
    }
    lowering.following.push(NodeId(target.tree));
    let result = read(lowering, target.tree, &place, Moved::Yes);
    lowering.following.pop();
    Some(result)
}

/// The same for the object or map that the member `key` of the object at `at` should be.
pub fn members<'t, R>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    key: &str,
    read: impl FnOnce(&mut Lowering<'t, '_>, &'t Object, &At<'_>, Moved) -> R,
) -> Option<R> {
    let here = at.key(key);
    let found =
        read_here(lowering, value, &here, Moved::No, |this, value, place, moved| match value.as_object() {
            Some(members) => Some(read(this, members, place, moved)),
            None => {
                this.unreadable_value(value, &here, place, key, "an object");
                None
            }
        });
    found.flatten()
}

/// The same for a list.
pub fn elements<'t, R>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    key: &str,
    read: impl FnOnce(&mut Lowering<'t, '_>, &'t [Tree], &At<'_>, Moved) -> R,
) -> Option<R> {
    let here = at.key(key);
    let found =
        read_here(lowering, value, &here, Moved::No, |this, value, place, moved| match value.as_array() {
            Some(elements) => Some(read(this, elements, place, moved)),
            None => {
                this.unreadable_value(value, &here, place, key, "an array");
                None
            }
        });
    found.flatten()
}

/// The place of the member `key`, or of what it refers to. `None` when it is not there or leads nowhere.
pub fn member<'t>(lowering: &mut Lowering<'t, '_>, of: &Target<'t>, key: &str) -> Option<Target<'t>> {
    let tree = of.tree.get(key)?;
    let target = Target { pointer: of.pointer.key(key), tree, ..of.clone() };
    if lone_reference(Kind::Inline, tree).is_none() {
        return Some(target);
    }
    report_beside(lowering, tree, &target.at());
    refs::inline_target(lowering, tree, &target.at())
}

/// Warns of what stands beside such a reference, except for annotations.
fn report_beside(lowering: &mut Lowering<'_, '_>, tree: &Tree, at: &At<'_>) {
    let is_annotation =
        |key: &str| matches!(key, "$ref" | "summary" | "description") || key.starts_with("x-");
    for (key, _) in tree.as_object().into_iter().flat_map(Object::iter).filter(|(key, _)| !is_annotation(key))
    {
        let message = format!("`{key}` beside a `$ref` is not read here");
        let found = Diagnostic::warning("beside-reference", at.key(key).location(), message);
        lowering.sink.push(found.help("write it into what the reference leads to"));
    }
}
