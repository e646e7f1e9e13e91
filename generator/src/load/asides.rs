//! Drops what models never need from a tree that was read with everything kept.

use super::position::{Member, Position};
use super::{Object, Tree};

/// `tree`, a node at `position`, as the reader gives it when it keeps no asides.
// The depth is bounded: the reader and the overlays refuse deeper trees.
pub(super) fn without_asides(tree: Tree, position: Position) -> Tree {
    match tree {
        Tree::Object(object) => {
            Tree::Object(object.into_members().filter_map(kept(position)).collect::<Object>())
        }
        Tree::Array(items) => {
            Tree::Array(items.into_iter().map(|item| without_asides(item, position.element())).collect())
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => tree,
    }
}

fn kept(position: Position) -> impl Fn((Box<str>, Tree)) -> Option<(Box<str>, Tree)> {
    move |(key, value)| match position.member(&key) {
        Member::Part(position) => Some((key, without_asides(value, position))),
        Member::Aside => None,
    }
}
