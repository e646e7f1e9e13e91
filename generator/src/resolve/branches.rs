//! The branches of a union: what stands beside it merged into each, inline unions among them opened up, and without
//! those that no value but `null` can be in.

use std::collections::HashSet;

use super::budget;
use super::convert::Converter;
use super::json_types::JsonTypes;
use super::keyword_set::KeywordSet;
use super::merged_schema::{AllOf, Group, MergedSchema, merge_all_of};
use super::nullability::nullable;
use super::site::{Components, Node, Site};
use super::wrapper::{lone_component, simplify};
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::limits;

/// How deep required properties of required properties are compared: not a bound but how far ahead is looked.
const LOOK_AHEAD: usize = 4;

/// What an inline union that can be opened up may say.
const BARE_UNION: KeywordSet = KeywordSet::TYPE.union(KeywordSet::UNIONS);

/// A branch before its content is converted.
pub(super) struct Branch<'d> {
    pub all_of: AllOf<'d>,
    /// The branch as it is written.
    pub site: Site<'d>,
    pub at: Location,
    /// Where the branch stands in its group: inline branches are named by it when nothing better is known.
    pub index: usize,
    /// The schemas without those that say nothing.
    pub simple: AllOf<'d>,
    /// The component that the branch is.
    pub component: Option<usize>,
    /// What the branch says. What is wrong with it is said where it is converted.
    pub merged: MergedSchema<'d>,
}

/// A branch as it is written, before it is known whether it can hold.
struct Written<'d> {
    all_of: AllOf<'d>,
    site: Site<'d>,
    at: Location,
    index: usize,
}

/// The branches of a group, without repetitions. Those that cannot hold together with what stands beside the group
/// are left out, silently as long as one remains.
pub(super) fn branches<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    all_of: &AllOf<'d>,
    group: &Group<'d>,
) -> Vec<Branch<'d>> {
    let all = all_branches(&converter.components, merged, all_of, group);
    let combined = all.iter().filter(|branch| !branch.all_of.chosen.is_empty()).count();
    let place = all_of.sites.first().map_or(&group.at, |site| &site.at);
    budget::spend(converter, budget::COMBINATION * combined, place);
    if converter.budget.is_spent() {
        return Vec::new();
    }
    let holds: Vec<bool> = all.iter().map(|branch| holds(&converter.components, merged, branch)).collect();
    let none_holds = !all.is_empty() && !holds.contains(&true);
    if none_holds && !all_of.excused {
        warn_none_holds(converter, merged, group);
    }
    let left = all.into_iter().zip(holds).filter(|(_, holds)| *holds || none_holds);
    left.map(|(written, _)| branch(&converter.components, written, none_holds)).collect()
}

fn warn_none_holds<'d>(converter: &mut Converter<'_, 'd>, merged: &MergedSchema<'d>, group: &Group<'d>) {
    let message = "no branch of this union is compatible with the keywords beside it";
    let mut warning = Diagnostic::warning("conflicting-all-of", group.at.clone(), message);
    if let Some((typ, at)) = &merged.typ {
        warning = warning.also(at.clone(), format!("the keywords beside it require the type `{typ}`"));
    }
    converter.sink.push(warning.help("the later of two contradicting parts is taken; correct one of them"));
}

/// Whether a union is all that its schema says.
fn stands_alone(merged: &MergedSchema<'_>, all_of: &AllOf<'_>) -> bool {
    merged.groups.len() == 1
        && all_of.chosen.is_empty()
        && merged.properties.is_empty()
        && merged.required.is_empty()
        && merged.additional.is_empty()
        && merged.items.is_empty()
        && merged.values.is_none()
}

fn branch<'d>(components: &Components<'d>, written: Written<'d>, excused: bool) -> Branch<'d> {
    let Written { mut all_of, site, at, index } = written;
    all_of.excused |= excused;
    let simple = simplify(components, all_of.clone());
    let component = lone_component(components, &simple);
    let merged = merge_all_of(components, &mut Sink::default(), &simple);
    Branch { all_of, site, at, index, simple, component, merged }
}

fn all_branches<'d>(
    components: &Components<'d>,
    merged: &MergedSchema<'d>,
    all_of: &AllOf<'d>,
    group: &Group<'d>,
) -> Vec<Written<'d>> {
    let is_alone = stands_alone(merged, all_of);
    let mut found: Vec<Written<'d>> = Vec::new();
    let mut keys = HashSet::new();
    for (index, site) in group.branches.iter().enumerate() {
        let is_alone = is_alone && !(merged.additional_true && may_get_a_rest(components, site));
        let inner = if is_alone { opened(components, site, 0) } else { vec![site.clone()] };
        for site in inner {
            // `null` is nullability, also behind a reference.
            if components.json_types(&site) == JsonTypes::NULL {
                continue;
            }
            let all_of = if is_alone {
                AllOf::of(site.clone())
            } else {
                let mut chosen = all_of.chosen.clone();
                chosen.push((group.identity, index));
                AllOf { chosen, ..all_of.clone() }
            };
            if keys.insert(all_of.key(components)) {
                let at = site.at.clone();
                found.push(Written { all_of, site, at, index });
            }
        }
    }
    found
}

/// Whether `additionalProperties: true` beside a union adds something to the branch: it is an object that does not
/// say by itself what becomes of properties that it does not name.
fn may_get_a_rest<'d>(components: &Components<'d>, site: &Site<'d>) -> bool {
    if !components.json_types(site).contains(JsonTypes::OBJECT) {
        return false;
    }
    let merged = merge_all_of(components, &mut Sink::default(), &AllOf::of(site.clone()));
    let says_it = merged.additional_true || merged.additional_false || !merged.additional.is_empty();
    !says_it && (!merged.properties.is_empty() || !merged.required.is_empty() || !merged.groups.is_empty())
}

/// A branch, or the branches of the inline union without a tag of its own that it is.
fn opened<'d>(components: &Components<'d>, site: &Site<'d>, depth: usize) -> Vec<Site<'d>> {
    if let Node::Schema(schema) = site.node
        && schema.discriminator.is_none()
    {
        let any = &schema.keywords;
        let (inner, place) = match (&any.one_of[..], &any.any_of[..]) {
            (inner, []) => (inner, "oneOf"),
            ([], inner) => (inner, "anyOf"),
            _ => (&[][..], ""),
        };
        let is_union = !inner.is_empty() && BARE_UNION.contains(KeywordSet::of(any));
        if is_union && !components.is_beyond(&limits::INLINE_UNIONS, depth, &site.at) {
            let place = site.at.keyword(place);
            return inner
                .iter()
                .enumerate()
                .flat_map(|(index, branch)| {
                    opened(components, &Site::new(branch, place.index(index)), depth + 1)
                })
                .collect();
        }
    }
    vec![site.clone()]
}

/// Whether a value other than `null` can be in a branch and in what stands beside its group, as far as types,
/// constants and required properties tell.
fn holds<'d>(components: &Components<'d>, beside: &MergedSchema<'d>, branch: &Written<'d>) -> bool {
    if branch.all_of.chosen.is_empty() {
        let types = components.json_types(&branch.site).without_null();
        return types.is_empty() || !(beside.types & types).is_empty();
    }
    can_hold(components, &branch.all_of, 0)
}

fn can_hold<'d>(components: &Components<'d>, all_of: &AllOf<'d>, depth: usize) -> bool {
    let merged = merge_all_of(components, &mut Sink::default(), all_of);
    let types = merged.types.without_null();
    if types.is_empty() || merged.no_common_value {
        return false;
    }
    let is_possible = |group: &Group<'d>| {
        group.branches.iter().any(|site| !(components.json_types(site) & types).is_empty())
    };
    if !merged.groups.iter().all(is_possible) {
        return false;
    }
    let is_object = types == JsonTypes::OBJECT || merged.typ.is_none();
    let can_be_there = |name: &&str| match merged.properties.get(*name).map(Vec::as_slice) {
        None | Some([_]) => true,
        Some(sites) => {
            nullable(components, sites) || can_hold(components, &AllOf::all(sites.to_vec()), depth + 1)
        }
    };
    depth >= LOOK_AHEAD || !is_object || merged.required.iter().all(can_be_there)
}
