//! Which variants of a union the targets of a mapping are.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::tag_values::ComponentNames;
use crate::ir::{Shape, TypeId, Union};
use crate::resolve::draft::DraftGraph;
use crate::resolve::union_draft::{MappingTarget, UnionDraft};

/// The variants of a union by what a mapping may point at.
pub(super) struct MappedVariants<'s> {
    draft: &'s DraftGraph,
    names: &'s ComponentNames,
    union: &'s Union,
    /// By the component that a variant is or was made of.
    exact: HashMap<TypeId, Vec<usize>>,
    /// By the type behind aliases.
    same: HashMap<TypeId, Vec<usize>>,
    /// By the name under which the component stands in the document.
    named: HashMap<&'s str, Vec<usize>>,
    /// By what lies in variants that are unions; looked up only where it is needed.
    nested: Option<HashMap<TypeId, Vec<usize>>>,
}

impl<'s> MappedVariants<'s> {
    pub fn new(
        draft: &'s DraftGraph,
        names: &'s ComponentNames,
        union: &'s Union,
        notes: Option<&UnionDraft>,
    ) -> Self {
        let mut exact: HashMap<TypeId, Vec<usize>> = HashMap::new();
        let mut same: HashMap<TypeId, Vec<usize>> = HashMap::new();
        let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, variant) in union.variants.iter().enumerate() {
            for id in both(notes, variant.ty.id) {
                add(&mut exact, id, index);
                add(&mut same, draft.unaliased(id), index);
                if let Some(name) = names.of(id) {
                    add(&mut named, name, index);
                }
            }
        }
        Self { draft, names, union, exact, same, named, nested: None }
    }

    /// The variants that a target is: those made of it, or else those of the same type, or else those that are unions
    /// and have it among their own branches. A target that is none of them is the variant of its name: in a document of
    /// several files a bare name means a schema of the file that it stands in.
    pub fn of(&mut self, target: &MappingTarget) -> Vec<usize> {
        let (found, name) = match target {
            MappingTarget::Component(target) => (self.of_component(*target), self.names.of(*target)),
            MappingTarget::Dangling(name) => (Vec::new(), Some(name.as_str())),
        };
        match name {
            Some(name) if found.is_empty() => self.named.get(name).cloned().unwrap_or_default(),
            Some(_) | None => found,
        }
    }

    fn of_component(&mut self, target: TypeId) -> Vec<usize> {
        let wanted = self.draft.unaliased(target);
        if let Some(found) = self.exact.get(&target).or_else(|| self.same.get(&wanted)) {
            return found.clone();
        }
        let (draft, union) = (self.draft, self.union);
        let nested = self.nested.get_or_insert_with(|| nested(draft, union));
        nested.get(&wanted).cloned().unwrap_or_default()
    }
}

/// The type of a variant, and the component that it was made of.
fn both(notes: Option<&UnionDraft>, id: TypeId) -> impl Iterator<Item = TypeId> {
    let source = notes.and_then(|notes| notes.sources.get(&id)).copied();
    [Some(id), source].into_iter().flatten()
}

fn add<K: Eq + Hash>(map: &mut HashMap<K, Vec<usize>>, key: K, variant: usize) {
    let variants = map.entry(key).or_default();
    if variants.last() != Some(&variant) {
        variants.push(variant);
    }
}

/// What lies in the variants that are unions, and in theirs.
fn nested(draft: &DraftGraph, union: &Union) -> HashMap<TypeId, Vec<usize>> {
    let mut found = HashMap::new();
    for (index, variant) in union.variants.iter().enumerate() {
        let mut seen = HashSet::new();
        let mut todo = vec![draft.unaliased(variant.ty.id)];
        while let Some(id) = todo.pop() {
            let Shape::Union(inner) = &draft.get(id).shape else { continue };
            if !seen.insert(id) {
                continue;
            }
            for variant in &inner.variants {
                for end in both(draft.unions.get(&id), variant.ty.id) {
                    add(&mut found, draft.unaliased(end), index);
                }
                todo.push(draft.unaliased(variant.ty.id));
            }
        }
    }
    found
}
