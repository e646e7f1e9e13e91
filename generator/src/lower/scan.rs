//! One walk over the files before lowering: finds `$id`s, anchors and every `$ref`.
//!
//! The walk keeps its own stack, so depth does not matter, and skips examples and defaults.

use std::collections::{HashMap, HashSet};

use super::{Files, NodeId, Target};
use crate::diagnostics::{FileId, Pointer};
use crate::keywords::{Holds, keyword};
use crate::load::Tree;

/// A schema with its own `$id`.
pub(super) struct Resource<'t> {
    /// The identifier, joined with that of the enclosing resource.
    pub id: String,
    /// The schema.
    pub target: Target<'t>,
}

/// What the walk found.
#[derive(Default)]
pub(super) struct Scan<'t> {
    /// Every schema with an `$id`.
    pub resources: Vec<Resource<'t>>,
    /// The resource that a node starts.
    pub resource_at: HashMap<NodeId<'t>, u32>,
    /// By absolute identifier.
    pub by_id: HashMap<String, u32>,
    /// By file and resource, then by anchor.
    pub anchors: HashMap<(FileId, Option<u32>), HashMap<&'t str, Target<'t>>>,
    /// How many nodes were looked at.
    pub nodes: usize,
    /// Every different reference, in document order.
    pub references: Vec<(FileId, Option<u32>, &'t str)>,
}

struct Frame<'t> {
    tree: &'t Tree,
    next: usize,
    resource: Option<u32>,
    /// Whether the keys are names the document chose, not keywords.
    names: bool,
}

impl<'t> Scan<'t> {
    /// Walks over all files.
    pub fn run(files: &'t dyn Files) -> Self {
        let mut scan = Self::default();
        for file in (0..files.count()).map(FileId) {
            if let Some(tree) = files.tree(file) {
                scan.file(file, tree);
            }
        }
        scan
    }

    fn file(&mut self, file: FileId, root: &'t Tree) {
        let mut seen = HashSet::new();
        let mut stack: Vec<Frame<'t>> = Vec::new();
        self.enter(file, root, None, false, &mut stack, &mut seen);
        while let Some(frame) = stack.last_mut() {
            let index = frame.next;
            frame.next += 1;
            let (resource, names) = (frame.resource, frame.names);
            let step = match frame.tree {
                Tree::Object(object) => object.at(index).map(|(key, child)| {
                    let holds = if names { Holds::Part } else { keyword(key).holds };
                    (child, holds == Holds::Names, matches!(holds, Holds::Value | Holds::Ignored))
                }),
                Tree::Array(items) => items.get(index).map(|child| (child, false, false)),
                Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => None,
            };
            match step {
                Some((child, child_names, false)) => {
                    self.enter(file, child, resource, child_names, &mut stack, &mut seen);
                }
                Some((_, _, true)) => {}
                None => {
                    stack.pop();
                }
            }
        }
    }

    fn enter(
        &mut self,
        file: FileId,
        tree: &'t Tree,
        mut resource: Option<u32>,
        names: bool,
        stack: &mut Vec<Frame<'t>>,
        seen: &mut HashSet<(Option<u32>, &'t str)>,
    ) {
        self.nodes += 1;
        match tree {
            Tree::Object(object) => {
                let special = !names && object.iter().any(|(key, _)| key.starts_with('$'));
                if special && let Some(id) = object.get("$id").and_then(Tree::as_str) {
                    resource = Some(self.resource(file, tree, id, resource, stack));
                }
                stack.push(Frame { tree, next: 0, resource, names });
                if special {
                    for key in ["$anchor", "$dynamicAnchor"] {
                        if let Some(anchor) = object.get(key).and_then(Tree::as_str) {
                            let target = Target { file, pointer: pointer_of(stack), tree, resource };
                            self.anchors.entry((file, resource)).or_default().entry(anchor).or_insert(target);
                        }
                    }
                    for key in ["$ref", "$dynamicRef"] {
                        if let Some(reference) = object.get(key).and_then(Tree::as_str)
                            && seen.insert((resource, reference))
                        {
                            self.references.push((file, resource, reference));
                        }
                    }
                }
            }
            Tree::Array(_) => stack.push(Frame { tree, next: 0, resource, names: false }),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
        }
    }

    fn resource(
        &mut self,
        file: FileId,
        tree: &'t Tree,
        id: &str,
        enclosing: Option<u32>,
        stack: &[Frame<'t>],
    ) -> u32 {
        let base = enclosing.and_then(|index| self.resources.get(index as usize)).map(|r| r.id.as_str());
        let id = super::uri::join(base, id.trim_end_matches('#'));
        let index = u32::try_from(self.resources.len()).unwrap_or(u32::MAX);
        let target = Target { file, pointer: pointer_of_child(stack), tree, resource: Some(index) };
        self.by_id.entry(id.clone()).or_insert(index);
        self.resource_at.insert(NodeId(tree), index);
        self.resources.push(Resource { id, target });
        index
    }
}

fn pointer_of(stack: &[Frame<'_>]) -> Pointer {
    stack.split_last().map_or_else(Pointer::root, |(_, parents)| pointer_of_child(parents))
}

/// The place of the child that the last frame has just given out.
fn pointer_of_child(stack: &[Frame<'_>]) -> Pointer {
    stack.iter().fold(Pointer::root(), |pointer, frame| {
        let index = frame.next.saturating_sub(1);
        match frame.tree {
            Tree::Object(object) => object.at(index).map_or(pointer.clone(), |(key, _)| pointer.key(key)),
            _ => pointer.index(index),
        }
    })
}
