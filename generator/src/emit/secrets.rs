//! Decides which types contain secrets, so that messages about them do not show values.

use crate::ir::{Graph, Scalar, Shape, TypeId};

/// For each type, whether it can contain a secret.
pub(super) fn holders(graph: &Graph) -> Vec<bool> {
    let mut mentioned_by = vec![Vec::new(); graph.types().len()];
    let mut open = Vec::new();
    for (index, ty) in graph.types().iter().enumerate() {
        for TypeId(mentioned) in ty.shape.mentions() {
            mentioned_by[mentioned as usize].push(index);
        }
        if ty.secret || matches!(ty.shape, Shape::Scalar(Scalar::Secret)) {
            open.push(index);
        }
    }
    let mut holds = vec![false; graph.types().len()];
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut holds[index], true) {
            open.extend(&mentioned_by[index]);
        }
    }
    holds
}
