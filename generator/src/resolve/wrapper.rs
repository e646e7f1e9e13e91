//! Finds the one component that a schema stands for, when all else it says is annotation.

use std::collections::HashSet;

use super::json_types::JsonTypes;
use super::keyword_set::{KeywordSet, is_annotation};
use super::merged_schema::AllOf;
use super::site::{Components, Node, Site};
use crate::document::SchemaId;
use crate::limits;

/// What may stand around the one component: a type that repeats the component's, and the branches that lead to it.
const WRAPPER: KeywordSet = KeywordSet::TYPE.union(KeywordSet::ALL_OF).union(KeywordSet::UNIONS);

/// Drops what says nothing and what another of the schemas says already.
pub(super) fn simplify<'d>(components: &Components<'d>, mut all_of: AllOf<'d>) -> AllOf<'d> {
    let mut seen = HashSet::new();
    all_of.sites.retain(|site| seen.insert(components.identity(site)));
    if all_of.sites.len() > 1 {
        let mut kept: Vec<_> = all_of.sites.iter().filter(|site| !is_annotation(site)).cloned().collect();
        if kept.len() > 1 {
            // A component that another component includes by `allOf` adds nothing to it.
            let reached: Vec<HashSet<SchemaId>> = kept.iter().map(|site| reaches(components, site)).collect();
            let identities: Vec<_> = kept.iter().map(|site| components.identity(site)).collect();
            let is_implied = |index: usize| {
                (0..kept.len()).any(|other| {
                    other != index
                        && reached[other].contains(&identities[index])
                        && !(reached[index].contains(&identities[other]) && other > index)
                })
            };
            kept = (0..kept.len())
                .filter(|index| !is_implied(*index))
                .map(|index| kept[index].clone())
                .collect();
        }
        if !kept.is_empty() {
            all_of.sites = without_bare_types(components, kept);
        }
    }
    all_of
}

/// Drops the schemas that only say of which JSON types the others' values may be, as `anyOf: [{type: object},
/// {type: string}]` does beside an object.
fn without_bare_types<'d>(components: &Components<'d>, sites: Vec<Site<'d>>) -> Vec<Site<'d>> {
    let types: Vec<JsonTypes> = sites.iter().map(|site| components.json_types(site)).collect();
    // What all that follow allow, by position.
    let mut following = vec![JsonTypes::all(); sites.len() + 1];
    for index in (0..sites.len()).rev() {
        following[index] = following[index + 1] & types[index];
    }
    let mut kept = Vec::new();
    let mut allowed = JsonTypes::all();
    for (index, site) in sites.into_iter().enumerate() {
        let has_others = !kept.is_empty() || index + 1 < types.len();
        if has_others && components.allows_all(&site, allowed & following[index + 1]) {
            continue;
        }
        allowed &= types[index];
        kept.push(site);
    }
    kept
}

/// The component that this `allOf` is, if it is one and nothing else.
pub(super) fn lone_component<'d>(components: &Components<'d>, all_of: &AllOf<'d>) -> Option<usize> {
    match &all_of.sites[..] {
        [site] if all_of.chosen.is_empty() => lone_site(components, site, Beside::Types, 0),
        _ => None,
    }
}

/// The component that a component is another name for. One that names a JSON type in an `allOf` beside it extends it.
pub(super) fn renamed_component<'d>(components: &Components<'d>, site: &Site<'d>) -> Option<usize> {
    lone_site(components, site, Beside::Nothing, 0)
}

/// What may stand beside the one component in an `allOf`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    /// Schemas that only say of which JSON types the values may be.
    Types,
}

fn lone_site<'d>(
    components: &Components<'d>,
    site: &Site<'d>,
    beside: Beside,
    depth: usize,
) -> Option<usize> {
    let schema = match site.node {
        Node::Reference(reference) => return components.find(reference),
        Node::Schema(schema) => schema,
    };
    if components.is_beyond(&limits::WRAPPERS, depth, &site.at) {
        return None;
    }
    let any = &schema.keywords;
    let unions = [&any.one_of, &any.any_of];
    let branches = any.all_of.iter().chain(unions.into_iter().flatten());
    if !WRAPPER.contains(KeywordSet::of(any)) || unions.iter().any(|union| union.len() > 1) {
        return None;
    }
    let mut found = None;
    let mut others = Vec::new();
    for branch in branches {
        let branch = Site::new(branch, site.at.clone());
        if is_annotation(&branch) {
            continue;
        }
        let Some(component) = lone_site(components, &branch, beside, depth + 1) else {
            if beside == Beside::Nothing {
                return None;
            }
            others.push(branch);
            continue;
        };
        if found.is_some_and(|found| found != component) {
            return None;
        }
        found = Some(component);
    }
    let found = found?;
    let types = components.json_types(components.site(found));
    if !others.iter().all(|other| components.allows_all(other, types)) {
        return None;
    }
    // `type: object` beside a reference to an object repeats what is known.
    let target = components.follow(components.site(found));
    let target_type = target.and_then(|(schema, _)| schema.keywords.typ.as_ref());
    (any.typ.is_none() || target_type.is_none_or(|typ| Some(typ) == any.typ.as_ref())).then_some(found)
}

/// The identities of the components that a schema is made from by references and `allOf`.
fn reaches<'d>(components: &Components<'d>, site: &Site<'d>) -> HashSet<SchemaId> {
    let mut found = HashSet::new();
    let mut todo = vec![site.clone()];
    while let Some(site) = todo.pop() {
        let Some((schema, at)) = components.follow(&site) else { continue };
        for branch in &schema.keywords.all_of {
            let branch = Site::new(branch, at.clone());
            if found.insert(components.identity(&branch)) {
                todo.push(branch);
            }
        }
    }
    found
}
