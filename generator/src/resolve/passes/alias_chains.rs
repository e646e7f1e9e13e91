//! Aliases of aliases: a component that is another name for a component that is another name … for the last one is
//! another name for that one, so that nobody who follows aliases has to take many steps.

use super::Settle;
use crate::ir::{Shape, TypeId, TypeRef};
use crate::resolve::convert::type_id;

/// Points every alias of a component at the last component of its chain.
pub(super) fn shorten(settle: &mut Settle<'_>) {
    let count = settle.components.len();
    let mut is_known = vec![false; count];
    for start in 0..count {
        let mut chain = Vec::new();
        let mut at = type_id(start);
        while let Some(next) = next(settle, at) {
            // Known, or met on this very way.
            if std::mem::replace(&mut is_known[at.0 as usize], true) {
                break;
            }
            chain.push(at);
            at = next;
        }
        // A circle is none of this file's business.
        if chain.contains(&at) {
            continue;
        }
        let end = next(settle, at).unwrap_or(at);
        for id in chain {
            if let Shape::Alias(target) = &mut settle.get_mut(id).shape {
                *target = TypeRef { id: end, ..*target };
            }
        }
    }
}

/// The component that a component is another name for.
fn next(settle: &Settle<'_>, id: TypeId) -> Option<TypeId> {
    let target = settle.get(id).shape.as_alias()?.id;
    ((target.0 as usize) < settle.components.len()).then_some(target)
}
