//! Drops the parts that models never need from a tree that was read completely.

use super::Tree;
use super::position::{Member, Position};

/// The node `tree` at `position`, as if it had been read without ignored keys.
// The depth is bounded: the reader and the overlays refuse deeper trees.
pub(super) fn without_ignored_keys(tree: Tree, position: Position) -> Tree {
    match tree {
        Tree::Object(object) => {
            let kept = object.into_members().filter_map(|(key, value)| match position.member(&key) {
                Member::Part(position) => Some((key, without_ignored_keys(value, position))),
                Member::Ignored => None,
            });
            Tree::Object(kept.collect())
        }
        Tree::Array(items) => {
            let position = position.element();
            Tree::Array(items.into_iter().map(|item| without_ignored_keys(item, position)).collect())
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => tree,
    }
}
