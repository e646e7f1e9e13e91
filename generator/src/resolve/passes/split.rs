//! Makes two types of one that is read and sent: a copy for what is sent, also of what has such a type in it.

use std::collections::{BTreeMap, HashMap};

use super::redirect::{redirect_operations, uses};
use crate::ir::flow::Flow;
use crate::ir::{NameHint, TypeId};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// The step that the name of what is sent has more.
pub(super) const STEP: &str = "Write";

/// The copies that are sent, by the types that they are copies of.
#[derive(Debug, Default)]
pub(super) struct Twins(BTreeMap<TypeId, TypeId>);

impl Twins {
    /// The copy of a type.
    pub fn of(&self, id: TypeId) -> Option<TypeId> {
        self.0.get(&id).copied()
    }

    /// The types and their copies.
    pub fn pairs(&self) -> impl Iterator<Item = (TypeId, TypeId)> {
        self.0.iter().map(|(read, sent)| (*read, *sent))
    }
}

/// Copies the types that `partial` marks and those that have one of these in them, as far as they travel both ways, and
/// lets everything that is sent refer to the copies.
pub(super) fn split(draft: &mut DraftGraph, flows: &[Flow], partial: &[bool]) -> Twins {
    let mut twins = Twins::default();
    for original in divided(draft, flows, partial) {
        let copy = type_id(draft.types.len());
        let mut ty = draft.get(original).clone();
        ty.name = ty.name.map(|NameHint { owner, mut path }| {
            path.push(STEP.to_owned());
            NameHint { owner, path }
        });
        draft.types.push(ty);
        if let Some(mut subject) = draft.subjects.get(&original).cloned() {
            let own = subject.names.iter().map(|name| format!("{name}{STEP}")).collect::<Vec<_>>();
            subject.names.extend(own);
            draft.subjects.insert(copy, subject);
        }
        twins.0.insert(original, copy);
    }
    let replace = |id: &mut TypeId| {
        if let Some(copy) = twins.of(*id) {
            *id = copy;
        }
    };
    for index in 0..draft.types.len() {
        let is_sent = flows.get(index).is_none_or(|flow| *flow == Flow::WRITTEN);
        if is_sent {
            uses(&mut draft.types[index].shape, &mut |used| replace(&mut used.id));
        }
    }
    let moved: HashMap<TypeId, TypeId> = twins.pairs().collect();
    redirect_operations(draft, &moved, Flow::WRITTEN);
    twins
}

/// The types that become two, in order.
fn divided(draft: &DraftGraph, flows: &[Flow], partial: &[bool]) -> Vec<TypeId> {
    let is_both = |index: usize| flows[index] == Flow::BOTH;
    let mut mentioned_by: Vec<Vec<usize>> = vec![Vec::new(); draft.types.len()];
    for (index, ty) in draft.types.iter().enumerate().filter(|(index, _)| is_both(*index)) {
        ty.shape.mentions().iter().for_each(|id| mentioned_by[id.0 as usize].push(index));
    }
    let mut divided = vec![false; draft.types.len()];
    let mut todo: Vec<usize> =
        (0..partial.len()).filter(|index| partial[*index] && is_both(*index)).collect();
    while let Some(index) = todo.pop() {
        if !std::mem::replace(&mut divided[index], true) {
            todo.extend(&mentioned_by[index]);
        }
    }
    (0..divided.len()).filter(|index| divided[*index]).map(type_id).collect()
}
