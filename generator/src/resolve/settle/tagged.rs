//! Rung 2 of the ladder: which property is the tag, and which values name which variant.

use std::collections::{HashMap, HashSet};

use super::Settle;
use super::branch_tag::{BranchTag, BranchTags};
use crate::ir::{Otherwise, PropertyKind, Shape, TagArm, TagValue, Tagged, TypeId, Union};
use crate::resolve::union_draft::{DiscriminatorDraft, MappingTarget};

/// The tag property of a union: the discriminator's, or the first one that every object branch pins to values of its
/// own, or else the first one of which branches share single values.
pub(super) fn tag_property(
    settle: &Settle<'_>,
    id: TypeId,
    objects: &[usize],
    tags: &mut BranchTags,
) -> Option<String> {
    if let Some(found) = settle.unions.get(&id).and_then(|draft| draft.discriminator.as_ref()) {
        return Some(found.property.clone());
    }
    let Shape::Union(union) = &settle.get(id).shape else { return None };
    let first = union.variants[*objects.first()?].ty.id;
    let pinned = pinned_properties(settle, first, &mut HashSet::new());
    let mut find = |may_share| {
        pinned.iter().find(|property| is_implicit_tag(settle, union, objects, property, may_share, tags))
    };
    find(false).or_else(|| find(true)).cloned()
}

/// The properties that a branch pins, in document order.
fn pinned_properties(settle: &Settle<'_>, id: TypeId, seen: &mut HashSet<TypeId>) -> Vec<String> {
    let id = settle.unaliased(id);
    match &settle.get(id).shape {
        Shape::Struct(shape) => shape
            .properties
            .iter()
            .filter(|property| match &property.kind {
                PropertyKind::Constant { .. } => true,
                PropertyKind::Field { ty, .. } => {
                    matches!(settle.get(settle.unaliased(ty.id)).shape, Shape::Enum(_))
                }
            })
            .map(|property| property.wire.clone())
            .collect(),
        Shape::Union(union) if seen.insert(id) => {
            union.variants.first().map_or_else(Vec::new, |first| pinned_properties(settle, first.ty.id, seen))
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
    settle: &Settle<'_>,
    union: &Union,
    objects: &[usize],
    property: &str,
    may_share: bool,
    tags: &mut BranchTags,
) -> bool {
    let mut seen: HashMap<TagValue, bool> = HashMap::new();
    let mut names_branch = |index: &usize| match tags.of(settle, union.variants[*index].ty.id, property) {
        BranchTag::Own { values, .. } => {
            let is_only = values.len() == 1;
            values.into_iter().all(|value| match seen.insert(value, is_only) {
                Some(other_is_only) => may_share && is_only && other_is_only,
                None => true,
            })
        }
        BranchTag::Plain { .. } | BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => false,
    };
    objects.len() > 1 && objects.iter().all(&mut names_branch) && seen.len() > 1
}

/// What a branch says, with what the mapping says of it.
pub(super) struct BranchFacts {
    pub variant: usize,
    pub tag: BranchTag,
    /// The mapping keys that point at it.
    pub mapped: Vec<TagValue>,
    /// Its schema's name, which is its tag value when nothing else is known.
    pub implied: Option<TagValue>,
}

/// The facts of each object branch, in order.
pub(super) fn branch_facts(
    settle: &Settle<'_>,
    union: &Union,
    objects: &[usize],
    property: &str,
    discriminator: Option<&DiscriminatorDraft>,
    tags: &mut BranchTags,
) -> Vec<BranchFacts> {
    let mut by_target: HashMap<TypeId, Vec<&str>> = HashMap::new();
    for (key, target) in discriminator.iter().flat_map(|found| &found.mapping) {
        if let MappingTarget::Component(target) = target {
            by_target.entry(settle.component_type(*target)).or_default().push(key);
        }
    }
    objects
        .iter()
        .map(|index| {
            let id = union.variants[*index].ty.id;
            let tag = tags.of(settle, id, property);
            let is_integer = matches!(tag, BranchTag::Plain { integer: true, .. });
            let value = |key: &str| as_tag_value(key, is_integer, &tag);
            let keys = by_target.get(&settle.component_type(id)).map_or(&[][..], Vec::as_slice);
            let mapped = keys.iter().map(|key| value(key)).collect();
            let implied = discriminator.and_then(|_| settle.component_name(id)).map(value);
            BranchFacts { variant: *index, mapped, implied, tag }
        })
        .collect()
}

/// A mapping key is always a string; the tag itself may be an integer or a boolean.
fn as_tag_value(key: &str, is_integer: bool, tag: &BranchTag) -> TagValue {
    let own = match tag {
        BranchTag::Own { values, .. } => values.first(),
        BranchTag::Plain { .. } | BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => None,
    };
    match own {
        Some(TagValue::Integer(_)) => {
            key.parse().map_or_else(|_| TagValue::String(key.to_owned()), TagValue::Integer)
        }
        Some(TagValue::Boolean(_)) => {
            key.parse().map_or_else(|_| TagValue::String(key.to_owned()), TagValue::Boolean)
        }
        Some(TagValue::String(_)) => TagValue::String(key.to_owned()),
        None if is_integer => {
            key.parse().map_or_else(|_| TagValue::String(key.to_owned()), TagValue::Integer)
        }
        None => TagValue::String(key.to_owned()),
    }
}

/// The values that name a branch first of all, and those that it shares with others.
fn values(facts: &BranchFacts) -> (Vec<TagValue>, Vec<TagValue>) {
    match &facts.tag {
        BranchTag::Own { values, .. } => {
            // When the branch lists more than one value, the mapping says which of them are its own.
            let chosen: Vec<_> = facts.mapped.iter().filter(|key| values.contains(key)).cloned().collect();
            if chosen.is_empty() || values.len() == 1 {
                (values.clone(), Vec::new())
            } else {
                let shared = values.iter().filter(|value| !chosen.contains(value)).cloned().collect();
                (chosen, shared)
            }
        }
        BranchTag::Plain { .. } | BranchTag::Missing if !facts.mapped.is_empty() => {
            (facts.mapped.clone(), Vec::new())
        }
        BranchTag::Plain { .. } | BranchTag::Missing => (facts.implied.iter().cloned().collect(), Vec::new()),
        BranchTag::CatchAll | BranchTag::NotAnObject => (facts.mapped.clone(), Vec::new()),
    }
}

/// How a reader picks the variant by `property`.
pub(super) fn tagged(
    settle: &Settle<'_>,
    id: TypeId,
    objects: &[usize],
    property: String,
    tags: &mut BranchTags,
) -> Option<Tagged> {
    let Shape::Union(union) = &settle.get(id).shape else { return None };
    let discriminator = settle.unions.get(&id).and_then(|draft| draft.discriminator.as_ref());
    let facts = branch_facts(settle, union, objects, &property, discriminator, tags);
    let candidate = |variant: usize| settle.candidate(union, variant);
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
    let split: Vec<_> = facts.iter().map(|facts| (facts.variant, values(facts))).collect();
    for (variant, (own, _)) in &split {
        own.iter().for_each(|value| add(value.clone(), *variant));
    }
    for (variant, (_, shared)) in &split {
        shared.iter().for_each(|value| add(value.clone(), *variant));
    }
    if arms.is_empty() {
        return None;
    }
    // Where there is no choice, what a variant requires is its own business.
    for arm in arms.iter_mut().filter(|arm| arm.variants.len() == 1) {
        arm.variants[0].required.clear();
    }
    let catch_all = facts.iter().find(|facts| facts.tag == BranchTag::CatchAll).map(|facts| facts.variant);
    let fallback = discriminator.and_then(|found| found.default.as_ref()).and_then(|target| match target {
        MappingTarget::Component(target) => {
            let target = settle.component_type(*target);
            union.variants.iter().position(|variant| settle.component_type(variant.ty.id) == target)
        }
        MappingTarget::Dangling(_) => None,
    });
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
        (None, None) if settle.is_open(id) => Otherwise::Unknown,
        (None, None) => Otherwise::Refuse,
    };
    Some(Tagged { property, arms, missing, otherwise })
}
