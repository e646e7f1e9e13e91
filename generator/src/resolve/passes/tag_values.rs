//! Which values of a union's tag name which branch: what the branches list, narrowed by the mapping and by their names.

use std::collections::{HashMap, HashSet};

use super::branch_tag::{BranchTag, TagTypes};
use super::mapped_variants::MappedVariants;
use crate::ir::{Component, TagValue, TypeId, Union};
use crate::resolve::draft::DraftGraph;
use crate::resolve::union_draft::{DiscriminatorDraft, UnionDraft};
use crate::words::same_words;

/// What a branch says of the tag, and what the mapping says of the branch.
pub(super) struct BranchFacts {
    pub variant: usize,
    pub tag: BranchTag,
    /// What JSON types its tag may have.
    pub types: TagTypes,
    /// The values of the mapping keys that lead to it.
    pub mapped: Vec<TagValue>,
    /// The mapping keys that lead to it and that its tag cannot have, as `yes` for a boolean.
    pub impossible: Vec<String>,
    /// Its schema's name, which is its tag value when nothing else is known.
    pub implied: Option<TagValue>,
    /// Whether it is a union, whose own branches say which values it has.
    pub is_union: bool,
    /// Whether it is a union whose own branches are branches beside it too.
    pub is_repeated: bool,
}

impl BranchFacts {
    /// Whether its values are constants, its own or those of its branches.
    fn is_constant(&self) -> bool {
        !self.is_repeated && (self.is_union || self.tag.values().len() == 1)
    }
}

/// The names of the component schemas by their types: the names that discriminators mean.
pub(super) struct ComponentNames(HashMap<TypeId, String>);

impl ComponentNames {
    pub fn new(draft: &DraftGraph) -> Self {
        let mut names = HashMap::new();
        for component in &draft.components {
            names.entry(component.ty.id).or_insert_with(|| written_name(component));
        }
        Self(names)
    }

    /// The name of the component schema that a type is of.
    pub fn of(&self, id: TypeId) -> Option<&str> {
        self.0.get(&id).map(String::as_str)
    }
}

/// The name under which a component stands in the document. What was moved into the components from another file may
/// have got a longer name there.
fn written_name(component: &Component) -> String {
    let tokens = component.location.pointer.tokens();
    let written = tokens.last().filter(|token| !token.is_empty());
    let is_part = |token: &&String| {
        let rest = component.name.strip_prefix(token.as_str());
        let is_counted =
            rest.is_some_and(|rest| rest.chars().all(|char| char == '_' || char.is_ascii_digit()));
        is_counted || component.name.ends_with(&format!("_{token}"))
    };
    written.filter(is_part).unwrap_or(&component.name).clone()
}

/// The facts of a union's branches, each given by its variant and what it says of the tag, in order.
pub(super) fn branch_facts(
    draft: &DraftGraph,
    names: &ComponentNames,
    union: &Union,
    notes: Option<&UnionDraft>,
    branches: Vec<(usize, BranchTag)>,
) -> Vec<BranchFacts> {
    let discriminator = notes.and_then(|notes| notes.discriminator.as_ref());
    let mut keys: Vec<Vec<&str>> = vec![Vec::new(); union.variants.len()];
    let mut variants = MappedVariants::new(draft, names, union, notes);
    for (key, target) in discriminator.iter().flat_map(|found| &found.mapping) {
        for variant in variants.of(target) {
            keys[variant].push(key);
        }
    }
    let undeclared = undeclared_types(&branches, discriminator);
    let source = |variant: usize| {
        let id = union.variants[variant].ty.id;
        notes.and_then(|notes| notes.sources.get(&id)).copied().unwrap_or(id)
    };
    let facts = branches.into_iter().map(|(variant, tag)| {
        let types = match &tag {
            BranchTag::Pinned { values, .. } => TagTypes::of_values(values),
            BranchTag::Unpinned { types, .. } => *types,
            BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => undeclared,
        };
        let keys = &keys[variant];
        let name = discriminator.and_then(|_| names.of(source(variant)));
        let is_union = draft.get(draft.unaliased(union.variants[variant].ty.id)).shape.as_union().is_some();
        BranchFacts {
            variant,
            types,
            mapped: keys.iter().flat_map(|key| types.values(key)).collect(),
            impossible: keys
                .iter()
                .filter(|key| types.values(key).is_empty())
                .map(|key| (*key).to_owned())
                .collect(),
            implied: name.filter(|_| types.string).map(|name| TagValue::String(name.to_owned())),
            is_union,
            is_repeated: is_union && notes.is_some_and(|notes| notes.is_parent),
            tag,
        }
    });
    facts.collect()
}

/// The types that the tag may have in branches that do not declare it: those that it has in the others. Where no branch
/// declares it, it is a string, as discriminators are, unless all mapping keys spell something else.
fn undeclared_types(branches: &[(usize, BranchTag)], discriminator: Option<&DiscriminatorDraft>) -> TagTypes {
    let declared = branches.iter().filter_map(|(_, tag)| match tag {
        BranchTag::Pinned { values, .. } => Some(TagTypes::of_values(values)),
        BranchTag::Unpinned { types, .. } => Some(*types),
        BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => None,
    });
    if let Some(types) = declared.reduce(TagTypes::or) {
        return types;
    }
    let mapping = discriminator.map_or(&[][..], |found| &found.mapping);
    let other = TagTypes { string: false, ..TagTypes::ALL };
    let all_spell_other = mapping.iter().all(|(key, _)| !other.values(key).is_empty());
    if all_spell_other && !mapping.is_empty() { TagTypes::ALL } else { TagTypes::STRING }
}

/// The tag values of each branch.
///
/// What a branch says alone is its value: its constant, the mapping key or the name of its schema. Of values that several
/// branches list (they share an enum) each branch has those that the mapping gives it, or the one that is its schema's
/// name; what the mapping or a name gives to nobody is left to the branches that have none.
pub(super) fn tag_values(facts: &[BranchFacts]) -> Vec<Vec<TagValue>> {
    let strong: Vec<Vec<TagValue>> = facts.iter().map(strong).collect();
    let claimed: HashSet<&TagValue> = strong.iter().flatten().collect();
    let extra: Vec<Vec<&TagValue>> = facts
        .iter()
        .map(|facts| further_keys(facts).into_iter().filter(|key| !claimed.contains(key)).collect())
        .collect();
    // A constant that another branch lists as well may be either of them: the discriminator does not say which.
    let given = facts.iter().zip(&strong).flat_map(|(facts, strong)| {
        let is_given = |value: &&TagValue| !facts.is_constant() || facts.mapped.contains(value);
        strong.iter().filter(is_given)
    });
    let taken: HashSet<&TagValue> = given.chain(extra.iter().flatten().copied()).collect();
    let mut listed: HashMap<&TagValue, usize> = HashMap::new();
    for value in facts.iter().flat_map(|facts| facts.tag.values()) {
        *listed.entry(value).or_default() += 1;
    }
    let of_branch = |index: usize| {
        let (facts, strong) = (&facts[index], &strong[index]);
        let is_own = |value: &&TagValue| {
            let is_left = !taken.contains(value) && (strong.is_empty() || listed.get(value) == Some(&1));
            strong.contains(value) || is_left
        };
        let list = facts.tag.values();
        let mut own: Vec<TagValue> = list.iter().filter(is_own).cloned().collect();
        own.extend(strong.iter().filter(|value| !list.contains(value)).cloned());
        own.extend(extra[index].iter().map(|value| (*value).clone()));
        if own.is_empty() { list.to_vec() } else { own }
    };
    let mut found: Vec<Vec<TagValue>> = (0..facts.len()).map(of_branch).collect();
    other_boolean(facts, &mut found);
    found
}

/// Where one boolean names a branch and no value names the only other branch, the other boolean does.
fn other_boolean(facts: &[BranchFacts], found: &mut [Vec<TagValue>]) {
    let without: Vec<usize> = (0..found.len()).filter(|index| found[*index].is_empty()).collect();
    let [branch] = without[..] else { return };
    let boolean = TagTypes { boolean: true, ..TagTypes::NONE };
    let is_named = |value| found.iter().flatten().any(|known| *known == TagValue::Boolean(value));
    let left: Vec<bool> = [true, false].into_iter().filter(|value| !is_named(*value)).collect();
    if let [value] = left[..]
        && facts[branch].types == boolean
    {
        found[branch].push(TagValue::Boolean(value));
    }
}

/// The values that are a branch's own whatever the others list.
fn strong(facts: &BranchFacts) -> Vec<TagValue> {
    match &facts.tag {
        BranchTag::Pinned { .. } if facts.is_repeated => mapped_or_implied(facts),
        BranchTag::Pinned { values, .. } if facts.is_union => {
            let further = facts.mapped.iter().filter(|key| !values.contains(key));
            values.iter().chain(further).cloned().collect()
        }
        BranchTag::Pinned { values, .. } if values.len() == 1 => values.clone(),
        BranchTag::Pinned { values, .. } => {
            let mapped: Vec<_> = facts.mapped.iter().filter(|key| values.contains(key)).cloned().collect();
            if mapped.is_empty() { named(facts, values) } else { mapped }
        }
        BranchTag::Unpinned { .. } | BranchTag::Missing => mapped_or_implied(facts),
        BranchTag::CatchAll | BranchTag::NotAnObject => facts.mapped.clone(),
    }
}

fn mapped_or_implied(facts: &BranchFacts) -> Vec<TagValue> {
    if facts.mapped.is_empty() { facts.implied.iter().cloned().collect() } else { facts.mapped.clone() }
}

/// The value that is the name of the branch's schema, or else the only one that consists of the same words.
fn named(facts: &BranchFacts, values: &[TagValue]) -> Vec<TagValue> {
    let Some(TagValue::String(name)) = &facts.implied else { return Vec::new() };
    let like = |is: &dyn Fn(&str) -> bool| -> Vec<TagValue> {
        let is_like = |value: &&TagValue| match value {
            TagValue::String(text) => is(text),
            TagValue::Integer(_) | TagValue::Boolean(_) => false,
        };
        values.iter().filter(is_like).cloned().collect()
    };
    let exact = like(&|text| text == name);
    if !exact.is_empty() {
        return exact;
    }
    let similar = like(&|text| same_words(text, name));
    if similar.len() == 1 { similar } else { Vec::new() }
}

/// The mapping keys of a branch that it does not list although it lists another one of them: the schema was written down
/// once for several variants.
fn further_keys(facts: &BranchFacts) -> Vec<&TagValue> {
    let list = facts.tag.values();
    if facts.is_union || !facts.mapped.iter().any(|key| list.contains(key)) {
        return Vec::new();
    }
    facts.mapped.iter().filter(|key| !list.contains(key)).collect()
}
