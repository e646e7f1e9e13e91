//! Matches the names and operations of the old generation with those of the new one.
//!
//! They are matched by path, then by their place in the document, then by shape.

use std::collections::{HashMap, HashSet};

use super::side::{Is, Side};
use super::sides::{Split, splits};
use super::structural_eq;
use crate::ir::{Operation, Owner, Shape, TypeId, TypeRef};
use crate::naming;

/// The two generations and their matches.
pub(super) struct Pairing<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    /// The new name of each old one, as indices into the sides' names.
    pub(super) named: Vec<Option<usize>>,
    /// The new operation of each old one.
    pub(super) operations: Vec<Option<usize>>,
    /// Old types that are now two types.
    pub(super) splits: Vec<Split>,
    /// New types that used to be two types.
    pub(super) merges: Vec<Split>,
    /// The index of the split of each old name, and of the merge of each new name.
    told: (HashMap<usize, usize>, HashMap<usize, usize>),
    /// Old types with the new types that replaced them.
    types: HashSet<(TypeId, TypeId)>,
    /// The old types that each new type replaced.
    old_types: HashMap<TypeId, Vec<TypeId>>,
    /// Whether each new name has been matched.
    taken: Vec<bool>,
}

impl<'a> Pairing<'a> {
    pub(super) fn new(old: Side<'a>, new: Side<'a>) -> Self {
        let named = vec![None; old.named.len()];
        let taken = vec![false; new.named.len()];
        let operations = operations(&old, &new);
        let (splits, merges) = (splits(&old, &new), splits(&new, &old));
        let (types, old_types) = (HashSet::new(), HashMap::new());
        let told = Default::default();
        let mut pairing = Self { old, new, named, operations, splits, merges, told, types, old_types, taken };
        pairing.by_path();
        pairing.by_sides();
        pairing.by_place();
        pairing.by_shape();
        pairing
    }

    fn unite(&mut self, old: usize, new: usize) {
        self.named[old] = Some(new);
        self.taken[new] = true;
        // The type of an old alias has a place of its own, where its changes are reported.
        if let Is::Type(id) = self.old.named[old].is {
            let new = self.new.meaning(self.new.named[new].is).id;
            if self.types.insert((id, new)) {
                self.old_types.entry(new).or_default().push(id);
            }
        }
    }

    fn by_path(&mut self) {
        for index in 0..self.old.named.len() {
            let path = self.expected_path(index);
            if let Some(new) = self.new.find(&path).filter(|&new| !self.taken[new]) {
                self.unite(index, new);
            }
        }
    }

    /// The path that a name would have if only its operation's module had been renamed.
    pub(super) fn expected_path(&self, old: usize) -> String {
        let named = &self.old.named[old];
        let Owner::Operation(index) = named.owner else { return named.path.clone() };
        let module = match self.operations[index] {
            Some(new) => &self.new.names.operation(new).module,
            None => &self.old.names.operation(index).module,
        };
        let ident = named.path.rsplit("::").next().unwrap_or_default();
        format!("operations::{module}::{ident}")
    }

    /// Matches types that are one on one side and two on the other, if nothing else has been matched with them.
    fn by_sides(&mut self) {
        let (mut splits, mut merges) = (std::mem::take(&mut self.splits), std::mem::take(&mut self.merges));
        splits.retain(|split| {
            self.named[split.one].is_none() && split.two.iter().all(|(new, _)| !self.taken[*new])
        });
        for split in &splits {
            split.two.iter().for_each(|(new, _)| self.unite(split.one, *new));
        }
        merges.retain(|merge| {
            !self.taken[merge.one] && merge.two.iter().all(|(old, _)| self.named[*old].is_none())
        });
        for merge in &merges {
            merge.two.iter().for_each(|(old, _)| self.unite(*old, merge.one));
        }
        let index = |splits: &[Split]| splits.iter().enumerate().map(|(at, split)| (split.one, at)).collect();
        self.told = (index(&splits), index(&merges));
        (self.splits, self.merges) = (splits, merges);
    }

    /// For each new name the old ones that were matched with it.
    pub(super) fn old_of(&self) -> Vec<Vec<usize>> {
        let mut old_of = vec![Vec::new(); self.new.named.len()];
        for (old, new) in self.named.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))) {
            old_of[new].push(old);
        }
        for split in &self.splits {
            let others = split.two.iter().filter(|(new, _)| self.named[split.one] != Some(*new));
            others.for_each(|(new, _)| old_of[*new].push(split.one));
        }
        old_of
    }

    /// The split of an old name.
    pub(super) fn split_of(&self, old: usize) -> Option<&Split> {
        self.told.0.get(&old).map(|at| &self.splits[*at])
    }

    /// The merge of two old names into a new one.
    pub(super) fn merge_of(&self, new: usize) -> Option<&Split> {
        self.told.1.get(&new).map(|at| &self.merges[*at])
    }

    fn by_place(&mut self) {
        let places: HashMap<String, usize> = (0..self.new.named.len())
            .filter(|&index| !self.taken[index])
            .map(|index| (place(&self.new, index), index))
            .collect();
        for index in 0..self.old.named.len() {
            let Some(&new) = places.get(&place(&self.old, index)) else { continue };
            let same_kind = self.old.what(self.old.named[index].is) == self.new.what(self.new.named[new].is);
            if self.named[index].is_none() && !self.taken[new] && same_kind {
                self.unite(index, new);
            }
        }
    }

    fn by_shape(&mut self) {
        // Types of the same shape have the same properties, variants or values.
        let mut candidates: HashMap<String, Vec<(usize, TypeId)>> = HashMap::new();
        for (index, named) in self.new.named.iter().enumerate() {
            let Is::Type(id) = named.is else { continue };
            if !self.taken[index] {
                candidates.entry(structural_eq::outline(&self.new, id)).or_default().push((index, id));
            }
        }
        for index in 0..self.old.named.len() {
            let (Is::Type(id), None) = (self.old.named[index].is, self.named[index]) else { continue };
            let Some(found) = candidates.get(&structural_eq::outline(&self.old, id)) else { continue };
            let mut best: Option<(f64, usize)> = None;
            let free = found.iter().filter(|(new, _)| !self.taken[*new]);
            for &(new, candidate) in free.take(MOST_CANDIDATES) {
                let likeness = likeness(&self.old.named[index].path, &self.new.named[new].path);
                let enough = structural_eq::says_enough(&self.old, id) || likeness >= LIKELY;
                if enough
                    && best.is_none_or(|(most, _)| likeness > most)
                    && structural_eq::same_shape(self, id, candidate)
                {
                    best = Some((likeness, new));
                }
            }
            if let Some((_, new)) = best {
                self.unite(index, new);
            }
        }
    }

    /// Whether the new type replaced the old one.
    pub(super) fn is_successor(&self, old: TypeId, new: TypeId) -> bool {
        self.types.contains(&(old, new))
    }

    /// The old types that a new one replaced.
    pub(super) fn predecessors(&self, new: TypeId) -> &[TypeId] {
        self.old_types.get(&new).map_or(&[], Vec::as_slice)
    }

    /// The new path of the item with an old path.
    pub(super) fn new_path(&self, old: &str) -> Option<&str> {
        let new = self.named[self.old.find(old)?]?;
        Some(&self.new.named.get(new)?.path)
    }

    /// Whether an old path was matched with a new one.
    fn is_same_path(&self, old: &str, new: &str) -> Option<bool> {
        self.new_path(old).map(|path| path == new)
    }

    /// Whether two uses are the same Rust type, except for changes that are reported with the types they name.
    pub(super) fn same(&self, old: TypeRef, new: TypeRef) -> bool {
        self.old.nullable(old) == self.new.nullable(new) && self.same_content(old.id, new.id)
    }

    /// The same for uses without `null`.
    pub(super) fn same_content(&self, old: TypeId, new: TypeId) -> bool {
        if let (Some(path), Some(other)) = (self.old.names.type_path(old), self.new.names.type_path(new))
            && self.is_same_path(&path, &other) == Some(true)
        {
            return true;
        }
        if self.old.graph.is_secret(old) != self.new.graph.is_secret(new) {
            return false;
        }
        let (old, new) = (self.old.graph.definition(old), self.new.graph.definition(new));
        self.is_successor(old, new) || self.same_structure(old, new)
    }

    /// Whether maps are of the same type on both sides.
    pub(super) fn same_map(&self) -> bool {
        naming::map_type(self.old.graph.libraries()) == naming::map_type(self.new.graph.libraries())
    }

    fn same_dates(&self) -> bool {
        self.old.graph.libraries().dates == self.new.graph.libraries().dates
    }

    /// Whether two types that are spelled by their structure have the same one.
    pub(super) fn same_structure(&self, old: TypeId, new: TypeId) -> bool {
        match (self.old.shape(old), self.new.shape(new)) {
            (Shape::List(old), Shape::List(new)) => self.same(*old, *new),
            (Shape::Map(old), Shape::Map(new)) => self.same_map() && self.same(*old, *new),
            (Shape::Tuple(old), Shape::Tuple(new)) => {
                let mut places = old.places.iter().zip(&new.places);
                let are_as_long = old.places.len() == new.places.len() && old.required == new.required;
                are_as_long && places.all(|(old, new)| self.same(*old, *new))
            }
            (Shape::Scalar(old), Shape::Scalar(new)) => old == new && (!old.is_date() || self.same_dates()),
            (Shape::External(old), Shape::External(new)) => old == new,
            (Shape::Any(_), Shape::Any(_)) => true,
            (
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::Newtype { .. }
                | Shape::Alias(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => false,
        }
    }
}

/// Names that are at least this similar are matched even if the shape is a common one.
const LIKELY: f64 = 0.85;

/// With more candidates than this of the same outline, none is matched.
const MOST_CANDIDATES: usize = 64;

fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(a, b)
}

fn place(side: &Side<'_>, index: usize) -> String {
    let location = side.named[index].location;
    format!("{}#{}", location.file.0, location.pointer)
}

/// Matches operations by method and path, then by the name of the module.
fn operations(old: &Side<'_>, new: &Side<'_>) -> Vec<Option<usize>> {
    let key = |operation: &Operation| {
        format!("{:?} {} {}", operation.kind, operation.method.as_str(), operation.path)
    };
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for (index, operation) in new.graph.operations().iter().enumerate() {
        by_key.entry(key(operation)).or_insert(index);
    }
    let mut found: Vec<Option<usize>> =
        old.graph.operations().iter().map(|operation| by_key.remove(&key(operation))).collect();
    let taken: HashSet<usize> = found.iter().flatten().copied().collect();
    let mut by_module: HashMap<&str, usize> = (0..new.graph.operations().len())
        .filter(|index| !taken.contains(index))
        .map(|index| (new.names.operation(index).module.as_str(), index))
        .collect();
    for (index, found) in found.iter_mut().enumerate() {
        if found.is_none() {
            *found = by_module.remove(old.names.operation(index).module.as_str());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_schema_that_is_renamed() {
        check_diff!(
            "
                Pet: { type: object, properties: { tag: { $ref: '#/components/schemas/Tag' } } }
                Tag: { type: object, properties: { text: { type: string } } }
            ",
            "
                Pet: { type: object, properties: { tag: { $ref: '#/components/schemas/Label' } } }
                Label: { type: object, properties: { text: { type: string } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire none)
            2 changes break something, 1 does not

            Gone:
              Tag

            Breaks:
              Pet
                field `tag` has another type: `Option<Tag>` -> `Option<Label>`
                  reading, writing: the type is different

            New:
              Label
            "
        );
    }
}
