//! What tells one node of the loaded trees from another, however equal they are.

use std::hash::{Hash, Hasher};
use std::ptr;

use crate::load::Tree;

/// A node of the loaded trees. Only itself is equal to it: the borrow keeps the trees from being moved or changed.
#[derive(Clone, Copy)]
pub(super) struct NodeId<'t>(pub &'t Tree);

impl PartialEq for NodeId<'_> {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for NodeId<'_> {}

impl Hash for NodeId<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::hash(self.0, state);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn equal_nodes_are_different_nodes() {
        let trees = [Tree::Null, Tree::Null];
        let [one, other] = &trees;
        assert!(NodeId(one) == NodeId(one) && NodeId(one) != NodeId(other));
        assert_eq!(HashSet::from([NodeId(one), NodeId(other), NodeId(one)]).len(), 2);
    }
}
