//! The pointers that are looked for, as a tree, and what was found of them.

use std::collections::HashMap;

use crate::diagnostics::Pointer;

/// A node of a [`Trie`].
pub(super) type NodeId = usize;

/// The pointers that are looked for in one text.
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    parent: NodeId,
    children: HashMap<Box<str>, NodeId>,
    offset: Option<usize>,
}

/// The whole document.
pub(super) const ROOT: NodeId = 0;

impl Trie {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    /// Adds a pointer.
    pub(super) fn add(&mut self, pointer: &Pointer) -> NodeId {
        let mut at = ROOT;
        for token in pointer.tokens() {
            at = match self.child(at, &token) {
                Some(child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes.push(Node { parent: at, ..Node::default() });
                    if let Some(node) = self.nodes.get_mut(at) {
                        node.children.insert(token.into(), child);
                    }
                    child
                }
            };
        }
        at
    }

    /// The node one step below.
    pub(super) fn child(&self, node: NodeId, token: &str) -> Option<NodeId> {
        self.nodes.get(node)?.children.get(token).copied()
    }

    /// Whether nothing below the node is looked for.
    pub(super) fn is_leaf(&self, node: NodeId) -> bool {
        self.nodes.get(node).is_none_or(|node| node.children.is_empty())
    }

    /// The children by index, for a node that turned out to be an array.
    pub(super) fn elements(&self, node: NodeId) -> HashMap<usize, NodeId> {
        let Some(node) = self.nodes.get(node) else { return HashMap::new() };
        node.children.iter().filter_map(|(token, child)| Some((token.parse().ok()?, *child))).collect()
    }

    /// Notes that the node was found, and says whether it was before.
    pub(super) fn found(&mut self, node: NodeId, offset: usize) -> bool {
        self.nodes.get_mut(node).is_some_and(|node| node.offset.replace(offset).is_some())
    }

    /// Where the node is, or the nearest one above that was found.
    pub(super) fn offset(&self, mut node: NodeId) -> usize {
        loop {
            match self.nodes.get(node) {
                Some(Node { offset: Some(offset), .. }) => return *offset,
                Some(Node { parent, .. }) if node != ROOT => node = *parent,
                Some(_) | None => return 0,
            }
        }
    }
}
