//! Aliases that contain themselves: a type that is spelled by structure cannot mention itself in its own spelling.

use super::loops::Loops;
use crate::diagnostics::{Diagnostic, Sink};
use crate::ir::{AnyReason, Docs, Shape, Type, TypeId, TypeRef};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// Breaks every loop at its first named type.
pub(super) fn break_all(draft: &mut DraftGraph, sink: &mut Sink) {
    let mut loops = Loops::of(draft.types.iter().map(|ty| spelled(&ty.shape)).collect());
    for index in 0..draft.types.len() {
        let id = type_id(index);
        if draft.get(id).name.is_some() && loops.may_lead_through(id) {
            if loops.leads_back(id) {
                break_loop(draft, id, sink);
            }
            // Broken, or on no loop: either way none leads through it any more.
            loops.remove(id);
        }
    }
}

/// Gives a type that mentions itself in its own spelling a definition.
fn break_loop(draft: &mut DraftGraph, id: TypeId, sink: &mut Sink) {
    let ty = draft.get(id);
    if leads_only_to_aliases(draft, id) {
        let location = ty.location.clone();
        draft.get_mut(id).shape = Shape::Any(AnyReason::ReferenceLoop);
        sink.push(
            Diagnostic::warning("reference-loop", location, "this schema is only another name for itself")
                .help("it is emitted as any JSON value; let one of the references end at a schema"),
        );
        return;
    }
    let inner = Type { name: None, docs: Docs::default(), ..ty.clone() };
    let inner_id = type_id(draft.types.len());
    draft.types.push(inner);
    draft.get_mut(id).shape =
        Shape::Newtype { content: TypeRef { id: inner_id, nullable: false }, boxed: false };
}

fn leads_only_to_aliases(draft: &DraftGraph, id: TypeId) -> bool {
    let mut at = id;
    for _ in 0..draft.types.len() {
        match draft.get(at).shape.as_alias() {
            Some(target) => at = target.id,
            None => return false,
        }
    }
    true
}

/// The types that stand in the spelling of a type without a name of its own.
fn spelled(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::List(ty) | Shape::Map(ty) | Shape::Alias(ty) => vec![ty.id],
        Shape::Tuple(tuple) => tuple.places.iter().map(|item| item.id).collect(),
        Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Scalar(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_list_of_itself_is_a_newtype() {
        check!(
            "alias_loops",
            "
                Tree: { type: array, items: { $ref: '#/components/schemas/Tree' } }
            ",
            @r"
            alias_loops
            - Tree: [Tree]
            + Tree: newtype of [Tree]
            "
        );
    }

    #[test]
    fn a_loop_of_two_is_broken_once() {
        check!(
            "alias_loops",
            "
                A: { type: array, items: { $ref: '#/components/schemas/B' } }
                B: { type: object, additionalProperties: { $ref: '#/components/schemas/A' } }
            ",
            @r"
            alias_loops
            - A: [B]
            + A: newtype of [B]
              B: {A}
            "
        );
    }
}
