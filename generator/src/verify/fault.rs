//! Faults of recorded values: where a value does not fit the document, deduplicated and counted.

mod kind;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

pub use self::kind::FaultKind;
pub(super) use self::kind::Quoted;
use crate::diagnostics::{FileId, Location, Pointer};

/// One mismatch between a recorded value and the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The place in the document that refuses the value, behind references: the keyword of the schema, if there is one.
    pub place: Location,
    /// The schemas that apply to the value at the same time, before references are followed. For a property that is
    /// missing or not declared, the schemas of the object. For a fault of an operation, the operation.
    pub schemas: Arc<[Location]>,
    /// The place in the value.
    pub at: Pointer,
    /// The recorded value, including secrets. For a missing property, the object without its members.
    pub value: Value,
    /// Whether a secret was removed from the kind. No overlay corrects such a fault, since the overlay would contain
    /// the secret.
    pub is_redacted: bool,
}

/// A fault, and how often it occurred.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The first occurrence.
    pub fault: Fault,
    /// The number of occurrences.
    pub count: usize,
    /// What the values of all occurrences look like.
    pub learned: super::learn::Learned,
}

/// Faults, deduplicated by kind and place, in the order of their first occurrence.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    found: Vec<Counted>,
    known: HashMap<Key, usize>,
}

/// The identity of a fault. Two uses of one schema are different only if a correction would change the use.
type Key = (FaultKind, FileId, String, Option<String>);

impl Faults {
    /// Counts a fault, and returns its index.
    pub fn add(&mut self, fault: Fault) -> usize {
        let learned = super::learn::Learned::of(&fault.value);
        self.merge_one(Counted { fault, count: 1, learned })
    }

    /// Adds later faults, and returns their indices in this list, in order.
    pub fn merge(&mut self, others: Self) -> Vec<usize> {
        others.found.into_iter().map(|counted| self.merge_one(counted)).collect()
    }

    /// Whether the fault is already in the list.
    pub(super) fn knows(&self, fault: &Fault) -> bool {
        self.known.contains_key(&key(fault))
    }

    /// The faults, in the order of their first occurrence.
    pub(super) fn into_vec(self) -> Vec<Counted> {
        self.found
    }

    /// Adds later occurrences of one fault, and returns its index.
    pub(super) fn merge_one(&mut self, counted: Counted) -> usize {
        let next = self.found.len();
        match self.known.entry(key(&counted.fault)) {
            std::collections::hash_map::Entry::Occupied(known) => {
                let at = *known.get();
                if let Some(same) = self.found.get_mut(at) {
                    same.count += counted.count;
                    same.learned.merge(counted.learned);
                }
                at
            }
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(next);
                self.found.push(counted);
                next
            }
        }
    }

    /// The faults, in the order of their first occurrence.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Counted> {
        self.found.iter()
    }

    /// The fault with this index.
    pub fn get(&self, number: usize) -> Option<&Counted> {
        self.found.get(number)
    }

    /// The number of different faults.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are no faults.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether the models refuse some value.
    pub fn has_refused(&self) -> bool {
        self.found.iter().any(|counted| counted.fault.kind.is_refused())
    }
}

fn key(fault: &Fault) -> Key {
    let site = fault.schemas.first().filter(|_| fault.kind.is_of_use());
    let site = site.map(|site| site.pointer.to_string());
    (fault.kind.clone(), fault.place.file, fault.place.pointer.to_string(), site)
}
