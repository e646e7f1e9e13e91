//! Which types can be on a loop at all, so that only those are looked into: most graphs are chains and trees.

use std::collections::HashSet;

use crate::ir::TypeId;
use crate::resolve::convert::type_id;

/// A graph of types without those that nothing leads to or that lead to nothing.
pub(super) struct Loops {
    to: Vec<Vec<TypeId>>,
    from: Vec<Vec<TypeId>>,
    /// By type, how many of the edges lead to and come from types that are still there.
    to_count: Vec<usize>,
    from_count: Vec<usize>,
    is_there: Vec<bool>,
}

impl Loops {
    /// `to` says, by the index of a type, which types it leads to.
    pub fn of(to: Vec<Vec<TypeId>>) -> Self {
        let count = to.len();
        let mut from = vec![Vec::new(); count];
        for (index, targets) in to.iter().enumerate() {
            targets.iter().for_each(|target| from[target.0 as usize].push(type_id(index)));
        }
        let to_count = to.iter().map(Vec::len).collect();
        let from_count = from.iter().map(Vec::len).collect();
        let mut loops = Self { to, from, to_count, from_count, is_there: vec![true; count] };
        for id in (0..count).map(type_id) {
            if !loops.may_lead_through(id) {
                loops.remove(id);
            }
        }
        loops
    }

    /// `false` when no loop leads through `id`.
    pub fn may_lead_through(&self, id: TypeId) -> bool {
        let index = id.0 as usize;
        self.is_there[index] && self.to_count[index] > 0 && self.from_count[index] > 0
    }

    /// Takes a type away, and with it those that are then on no loop.
    pub fn remove(&mut self, id: TypeId) {
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            let index = id.0 as usize;
            if !std::mem::replace(&mut self.is_there[index], false) {
                continue;
            }
            for (others, counts) in
                [(&self.to[index], &mut self.from_count), (&self.from[index], &mut self.to_count)]
            {
                for other in others {
                    let left = &mut counts[other.0 as usize];
                    *left -= 1;
                    if *left == 0 {
                        todo.push(*other);
                    }
                }
            }
        }
    }

    /// Whether a way from `id` leads back to it.
    pub fn leads_back(&self, id: TypeId) -> bool {
        let mut seen = HashSet::new();
        let mut todo = self.to[id.0 as usize].clone();
        while let Some(at) = todo.pop() {
            if at == id {
                return true;
            }
            if self.is_there[at.0 as usize] && seen.insert(at) {
                todo.extend(&self.to[at.0 as usize]);
            }
        }
        false
    }
}
