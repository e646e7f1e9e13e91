//! Step 2 of the selection order: which property is the tag, and which values name which variant.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::branch_tag::{BranchTag, BranchTags};
use super::mapped_variants::MappedVariants;
use super::tag_values::{BranchFacts, branch_facts, tag_values};
use crate::ir::{Otherwise, PropertyKind, Shape, TagArm, TagValue, Tagged, TypeId, Union};
use crate::resolve::draft::DraftGraph;

/// The tag property of a union: the discriminator's, or the first one that every object branch pins to values of its
/// own, or else the first one of which branches share single values.
pub(super) fn tag_property(
    draft: &DraftGraph,
    id: TypeId,
    objects: &[usize],
    tags: &mut BranchTags,
) -> Option<String> {
    if let Some(found) = draft.unions.get(&id).and_then(|draft| draft.discriminator.as_ref()) {
        return Some(found.property.clone());
    }
    let Shape::Union(union) = &draft.get(id).shape else { return None };
    let first = union.variants[*objects.first()?].ty.id;
    let pinned = pinned_properties(draft, first, &mut HashSet::new());
    let mut find = |may_share| {
        pinned.iter().find(|property| is_implicit_tag(draft, union, objects, property, may_share, tags))
    };
    find(false).or_else(|| find(true)).cloned()
}

/// The properties that a branch pins, in document order.
fn pinned_properties(draft: &DraftGraph, id: TypeId, seen: &mut HashSet<TypeId>) -> Vec<String> {
    let id = draft.unaliased(id);
    match &draft.get(id).shape {
        Shape::Struct(shape) => shape
            .properties
            .iter()
            .filter(|property| match &property.kind {
                PropertyKind::Constant { .. } => true,
                PropertyKind::Field { ty, .. } => {
                    matches!(draft.get(draft.unaliased(ty.id)).shape, Shape::Enum(_))
                }
            })
            .map(|property| property.wire.clone())
            .collect(),
        Shape::Union(union) if seen.insert(id) => {
            union.variants.first().map_or_else(Vec::new, |first| pinned_properties(draft, first.ty.id, seen))
        }
        Shape::Union(_)
        | Shape::Enum(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => Vec::new(),
    }
}

/// Whether the values of `property` name the branches. A value may be shared by branches that have no other: the tag
/// then says that it is one of them. Of branches that list several values the property says something else than which
/// branch it is, as soon as one of the values is shared.
fn is_implicit_tag(
    draft: &DraftGraph,
    union: &Union,
    objects: &[usize],
    property: &str,
    may_share: bool,
    tags: &mut BranchTags,
) -> bool {
    let mut seen: HashMap<TagValue, bool> = HashMap::new();
    let mut names_branch = |index: &usize| match tags.of(draft, union.variants[*index].ty.id, property) {
        BranchTag::Pinned { values, .. } => {
            let is_only = values.len() == 1;
            values.into_iter().all(|value| match seen.insert(value, is_only) {
                Some(other_is_only) => may_share && is_only && other_is_only,
                None => true,
            })
        }
        BranchTag::Unpinned { .. } | BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => {
            false
        }
    };
    objects.len() > 1 && objects.iter().all(&mut names_branch) && seen.len() > 1
}

/// The facts of the object branches of the union `id`, in order.
pub(super) fn object_facts(
    draft: &DraftGraph,
    id: TypeId,
    objects: &[usize],
    property: &str,
    tags: &mut BranchTags,
) -> Vec<BranchFacts> {
    let Shape::Union(union) = &draft.get(id).shape else { return Vec::new() };
    let branches =
        objects.iter().map(|index| (*index, tags.of(draft, union.variants[*index].ty.id, property)));
    let branches = branches.collect();
    branch_facts(draft, &tags.names, union, draft.unions.get(&id), branches)
}

/// How a reader picks the variant by `property`.
pub(super) fn tagged(
    draft: &DraftGraph,
    id: TypeId,
    objects: &[usize],
    property: String,
    (tags, cx): (&mut BranchTags, &Context<'_>),
) -> Option<Tagged> {
    let Shape::Union(union) = &draft.get(id).shape else { return None };
    let discriminator = draft.unions.get(&id).and_then(|draft| draft.discriminator.as_ref());
    let facts = object_facts(draft, id, objects, &property, tags);
    let candidate = |variant: usize| draft.candidate(union, variant);
    let mut arms: Vec<TagArm> = Vec::new();
    let mut by_value: HashMap<TagValue, usize> = HashMap::new();
    let mut add = |value: TagValue, variant: usize| {
        let arm = *by_value.entry(value.clone()).or_insert_with(|| {
            arms.push(TagArm { value, variants: Vec::new() });
            arms.len() - 1
        });
        if !arms[arm].variants.iter().any(|known| known.variant == variant) {
            arms[arm].variants.push(candidate(variant));
        }
    };
    for (facts, values) in facts.iter().zip(tag_values(&facts)) {
        values.into_iter().for_each(|value| add(value, facts.variant));
    }
    if arms.is_empty() {
        return None;
    }
    // With a single candidate, its required properties do not matter.
    for arm in arms.iter_mut().filter(|arm| arm.variants.len() == 1) {
        arm.variants[0].required.clear();
    }
    let catch_all = facts.iter().find(|facts| facts.tag == BranchTag::CatchAll).map(|facts| facts.variant);
    let notes = draft.unions.get(&id);
    let fallback = discriminator
        .and_then(|found| found.default.as_ref())
        .and_then(|target| MappedVariants::new(draft, &tags.names, union, notes).of(target).first().copied());
    let missing = match fallback {
        Some(variant) => vec![candidate(variant)],
        None => facts
            .iter()
            .filter(|facts| !facts.tag.is_required())
            .map(|facts| candidate(facts.variant))
            .collect(),
    };
    let otherwise = match (fallback, catch_all) {
        (Some(variant), _) | (None, Some(variant)) => Otherwise::Variant(variant),
        (None, None) if cx.is_open(draft, id) => Otherwise::Unknown,
        (None, None) => Otherwise::Refuse,
    };
    Some(Tagged { property, arms, missing, otherwise })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_property_that_all_branches_pin_is_a_tag() {
        check!(
            "selection",
            "
                Event: { oneOf: [{ $ref: '#/components/schemas/Made' }, { $ref: '#/components/schemas/Gone' }] }
                Made: { type: object, required: [at, type], properties: { at: { type: string }, type: { const: made } } }
                Gone: { type: object, required: [type], properties: { type: { const: gone } } }
            ",
            @r#"
            selection
              Event: union
                | Made
                | Gone
            -   undecided
            +   type "made": Made
            +   type "gone": Gone
            +   type unknown: kept
              Made: struct
                at: string, required
                type = "made"
              Gone: struct
                type = "gone"
            "#
        );
    }

    #[test]
    fn branches_that_share_their_only_value_are_told_apart_by_fit() {
        check!(
            "selection",
            "
                Event: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }
                A: { type: object, required: [type, a], properties: { type: { const: x }, a: { type: string } } }
                B: { type: object, required: [type, b], properties: { type: { const: x }, b: { type: string } } }
                C: { type: object, required: [type], properties: { type: { const: y } } }
            ",
            @r#"
            selection
              Event: union
                | A
                | B
                | C
            -   undecided
            +   type "x": A, B
            +   type "y": C
            +   type unknown: kept
              A: struct
                type = "x"
                a: string, required
              B: struct
                type = "x"
                b: string, required
              C: struct
                type = "y"
            "#
        );
    }
}
