//! The parts of a value, numbered.

use serde_json::Value;

use crate::diagnostics::Pointer;
use crate::limits::VALUE_DEPTH;

/// The number of a part. The whole value is 0.
pub(super) type NodeId = usize;

/// A value with all its parts. Those of an array or an object have numbers in a row.
pub(super) struct Nodes<'v>(Vec<Node<'v>>);

struct Node<'v> {
    value: &'v Value,
    parent: NodeId,
    depth: usize,
    /// The number of its first part.
    first: NodeId,
}

impl<'v> Nodes<'v> {
    /// Numbers the parts of a value; `None` when it nests too deeply.
    pub(super) fn of(value: &'v Value) -> Option<Self> {
        let mut nodes = vec![Node { value, parent: 0, depth: 0, first: 0 }];
        let mut at = 0;
        while let Some(&Node { value, depth, .. }) = nodes.get(at) {
            let first = nodes.len();
            let part = |value| Node { value, parent: at, depth: depth + 1, first: 0 };
            match value {
                Value::Array(_) | Value::Object(_) if depth >= VALUE_DEPTH => return None,
                Value::Array(items) => nodes.extend(items.iter().map(part)),
                Value::Object(members) => nodes.extend(members.values().map(part)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
            nodes[at].first = first;
            at += 1;
        }
        Some(Self(nodes))
    }

    pub(super) fn value(&self, node: NodeId) -> &'v Value {
        self.0[node].value
    }

    /// How many arrays and objects lie around it.
    pub(super) fn depth(&self, node: NodeId) -> usize {
        self.0[node].depth
    }

    /// The element of an array, or the member of an object, at a position.
    pub(super) fn part(&self, node: NodeId, position: usize) -> NodeId {
        self.0[node].first + position
    }

    pub(super) fn pointer(&self, node: NodeId) -> Pointer {
        let mut way = Vec::new();
        let mut at = node;
        while at != 0 {
            way.push(at);
            at = self.0[at].parent;
        }
        way.iter().rev().fold(Pointer::root(), |pointer, part| {
            let parent = &self.0[self.0[*part].parent];
            let position = part - parent.first;
            match parent.value {
                Value::Object(members) => {
                    pointer.key(members.keys().nth(position).map_or("", String::as_str))
                }
                _ => pointer.index(position),
            }
        })
    }
}
