//! Which component schemas a cut document needs.
//!
//! References say too much: a child that extends its parent by `allOf` takes the parent's fields but does not mention
//! it, and a parent with a discriminator mentions children that it does not refer to. So the cut document is converted
//! once on trial, each component when it turns out to be mentioned; then what is kept is known, and converted in
//! document order like a whole document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use openapiv3::OpenAPI;

use super::budget::Budget;
use super::convert::{Converter, type_id};
use super::descendants::Descendants;
use super::operations;
use super::site::Components;
use crate::config::TypeOptions;
use crate::diagnostics::{FileId, Sink};
use crate::ir::TypeId;

/// The components to convert, by index, in document order.
pub(super) struct Reached {
    /// By component: whether it is kept for its own sake.
    pub roots: Vec<bool>,
    /// The roots, and what they and the operations reach.
    pub kept: Vec<usize>,
    /// The other sides (`X-Input` of `X-Output`) of what is kept, and what those reach: only with both sides is it
    /// known whether they are one type, which has another name. They are pruned again where they are not.
    pub partners: Vec<usize>,
}

impl Reached {
    pub fn everything(count: usize) -> Self {
        Self { roots: vec![true; count], kept: (0..count).collect(), partners: Vec::new() }
    }
}

/// What the document's operations and the schemas of these names reach.
pub(super) fn reached(
    document: &OpenAPI,
    descendants: &Descendants,
    options: &TypeOptions,
    files: &BTreeMap<FileId, String>,
    bytes: usize,
    names: &BTreeSet<String>,
) -> Reached {
    let components = Components::new(document);
    let count = components.len();
    let roots: Vec<bool> = (0..count).map(|index| names.contains(components.name(index))).collect();
    // What there is to warn of is found again in the conversion that counts.
    let mut sink = Sink::default();
    let mut trial = Trial {
        converter: Converter::new(components, options, files, Budget::of(bytes), &mut sink),
        descendants,
        found: vec![false; count],
        seen: count,
    };
    let operations = operations::operations(&mut trial.converter, document);
    let mut todo: Vec<TypeId> = (0..count).filter(|index| roots[*index]).map(type_id).collect();
    todo.extend(operations.iter().flat_map(|operation| operation.mentions()));
    trial.follow(todo);
    let kept = trial.found.clone();
    let partners = trial.other_sides();
    trial.follow(partners.into_iter().map(type_id).collect());
    Reached {
        roots,
        partners: (0..count).filter(|index| trial.found[*index] && !kept[*index]).collect(),
        kept: (0..count).filter(|index| kept[*index]).collect(),
    }
}

struct Trial<'t, 'a, 'd> {
    converter: Converter<'a, 'd>,
    descendants: &'t Descendants,
    /// By component: whether it was converted.
    found: Vec<bool>,
    /// How many types were looked at.
    seen: usize,
}

impl Trial<'_, '_, '_> {
    /// Converts every component that these types and those made meanwhile mention.
    fn follow(&mut self, mut todo: Vec<TypeId>) {
        loop {
            for ty in &self.converter.types[self.seen..] {
                todo.extend(ty.shape.mentions());
            }
            self.seen = self.converter.types.len();
            let Some(id) = todo.pop() else { break };
            let index = id.0 as usize;
            if index >= self.found.len() || std::mem::replace(&mut self.found[index], true) {
                continue;
            }
            self.converter.component(index, self.descendants);
            todo.extend(self.converter.types[index].shape.mentions());
        }
    }

    /// The other sides of what was found.
    fn other_sides(&self) -> Vec<usize> {
        let components = &self.converter.components;
        let by_name: HashMap<&str, usize> =
            (0..self.found.len()).map(|index| (components.name(index), index)).collect();
        let other_side = |index: usize| {
            let name = components.name(index);
            let other = match (name.strip_suffix("-Input"), name.strip_suffix("-Output")) {
                (Some(stem), _) => format!("{stem}-Output"),
                (None, Some(stem)) => format!("{stem}-Input"),
                (None, None) => return None,
            };
            by_name.get(other.as_str()).copied()
        };
        (0..self.found.len()).filter(|index| self.found[*index]).filter_map(other_side).collect()
    }
}
