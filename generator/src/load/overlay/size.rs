//! How much overlays may add: a few actions that copy what they copied before would fill any memory.

use super::super::Tree;
use crate::diagnostics::{Diagnostic, Location};
use crate::limits::{JSON_DEPTH, OVERLAY_NODES};

/// What is left of the bounds.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) fn new() -> Self {
        Self(OVERLAY_NODES)
    }

    /// Takes note that `value` is put into `times` places, none deeper than `depth`.
    ///
    /// # Errors
    /// When that is too much.
    pub(super) fn spend(
        &mut self,
        value: &Tree,
        times: usize,
        depth: usize,
        at: &Location,
    ) -> Result<(), Box<Diagnostic>> {
        let size = measure(value);
        if depth.saturating_add(size.depth) > JSON_DEPTH {
            let message = format!("values are nested more than {JSON_DEPTH} levels deep after this action");
            return Err(Box::new(Diagnostic::error("too-deep", at.clone(), message)));
        }
        self.0 = self.0.checked_sub(size.nodes.saturating_mul(times)).ok_or_else(|| {
            let error =
                Diagnostic::error("too-large", at.clone(), "the overlays add more than modelsmith accepts");
            Box::new(error.help("add large parts as components once, and refer to them by `$ref`"))
        })?;
        Ok(())
    }
}

struct Size {
    nodes: usize,
    depth: usize,
}

fn measure(tree: &Tree) -> Size {
    let parts = |parts: &mut dyn Iterator<Item = (usize, Size)>| {
        parts.fold(Size { nodes: 1, depth: 1 }, |all, (key, part)| Size {
            nodes: all.nodes.saturating_add(part.nodes + key / 16),
            depth: all.depth.max(part.depth + 1),
        })
    };
    match tree {
        Tree::Object(object) => parts(&mut object.iter().map(|(key, value)| (key.len(), measure(value)))),
        Tree::Array(items) => parts(&mut items.iter().map(|item| (0, measure(item)))),
        Tree::String(text) => Size { nodes: 1 + text.len() / 16, depth: 0 },
        Tree::Null | Tree::Bool(_) | Tree::Number(_) => Size { nodes: 1, depth: 0 },
    }
}
