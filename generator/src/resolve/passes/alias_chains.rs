//! Aliases of aliases: a component that is another name for a component that is another name … for the last one is
//! another name for that one, so that nobody who follows aliases has to take many steps.

use crate::ir::{Shape, TypeId, TypeRef};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// Points every alias of a component at the last component of its chain.
pub(super) fn shorten(draft: &mut DraftGraph) {
    let count = draft.components.len();
    let mut is_known = vec![false; count];
    for start in 0..count {
        let mut chain = Vec::new();
        let mut at = type_id(start);
        while let Some(next) = next(draft, at) {
            // Known, or met on this very way.
            if std::mem::replace(&mut is_known[at.0 as usize], true) {
                break;
            }
            chain.push(at);
            at = next;
        }
        // Loops are handled by `alias_loops`.
        if chain.contains(&at) {
            continue;
        }
        let end = next(draft, at).unwrap_or(at);
        for id in chain {
            if let Shape::Alias(target) = &mut draft.get_mut(id).shape {
                *target = TypeRef { id: end, ..*target };
            }
        }
    }
}

/// The component that a component is another name for.
fn next(draft: &DraftGraph, id: TypeId) -> Option<TypeId> {
    let target = draft.get(id).shape.as_alias()?.id;
    ((target.0 as usize) < draft.components.len()).then_some(target)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_chain_of_other_names_ends_at_its_last() {
        check!(
            "alias_chains",
            "
                A: { allOf: [{ $ref: '#/components/schemas/B' }] }
                B: { allOf: [{ $ref: '#/components/schemas/C' }] }
                C: { type: object, properties: { name: { type: string } } }
            ",
            @r"
            alias_chains
            - A: alias of B
            + A: alias of C
              B: alias of C
              C: struct
                name: string, optional
            "
        );
    }

    #[test]
    fn what_leads_in_a_circle_is_left_alone() {
        check!(
            "alias_chains",
            "
                A: { allOf: [{ $ref: '#/components/schemas/B' }] }
                B: { allOf: [{ $ref: '#/components/schemas/A' }] }
            ",
            @r"
            alias_chains
              A: alias of B
              B: alias of A
            "
        );
    }
}
