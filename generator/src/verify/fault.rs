//! What is wrong with a recorded value, or not named by the document: once, and counted.

mod kind;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

pub use self::kind::FaultKind;
pub(super) use self::kind::Quoted;
use crate::diagnostics::{FileId, Location, Pointer};

/// One way in which a recorded value does not fit the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The place in the document that refuses it, through references: a keyword of a schema where there is one.
    pub place: Location,
    /// The schemas that hold at once for what does not fit, as the document refers to them: of a property that is
    /// missing or not named, those of the object. Of an operation, what the document says of it.
    pub schemas: Arc<[Location]>,
    /// The place in the value.
    pub at: Pointer,
    /// What is there, with its secrets. Of a property that is missing, the object without its members.
    pub value: Value,
    /// Whether the kind leaves a secret out. No overlay corrects such a fault: it would have the secret in it.
    pub is_redacted: bool,
}

/// A fault, and how often it was met.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// As it was met first.
    pub fault: Fault,
    /// How often.
    pub count: usize,
    /// What all values were that were there.
    pub learned: super::learn::Learned,
}

/// Faults, each kind at each place once, in the order in which they were met first.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    found: Vec<Counted>,
    known: HashMap<Key, usize>,
}

/// What tells faults apart. Two uses of one schema are told apart where the use would be corrected.
type Key = (FaultKind, FileId, String, Option<String>);

impl Faults {
    /// Counts a fault. The number is its place among the others.
    pub fn add(&mut self, fault: Fault) -> usize {
        let learned = super::learn::Learned::of(&fault.value);
        self.merge_one(Counted { fault, count: 1, learned })
    }

    /// Counts what others met after these. The numbers are the places of their faults among these, in their order.
    pub fn merge(&mut self, others: Self) -> Vec<usize> {
        others.found.into_iter().map(|counted| self.merge_one(counted)).collect()
    }

    /// Whether a fault was met before.
    pub(super) fn knows(&self, fault: &Fault) -> bool {
        self.known.contains_key(&key(fault))
    }

    /// The faults, in the order in which they were met first.
    pub(super) fn into_vec(self) -> Vec<Counted> {
        self.found
    }

    /// Counts what others met after these, of one fault. The number is its place among these.
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

    /// The faults in the order in which they were met first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Counted> {
        self.found.iter()
    }

    /// The fault with this number.
    pub fn get(&self, number: usize) -> Option<&Counted> {
        self.found.get(number)
    }

    /// How many different faults there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether some value was refused.
    pub fn has_refused(&self) -> bool {
        self.found.iter().any(|counted| counted.fault.kind.is_refused())
    }
}

fn key(fault: &Fault) -> Key {
    let site = fault.schemas.first().filter(|_| fault.kind.is_of_use());
    let site = site.map(|site| site.pointer.to_string());
    (fault.kind.clone(), fault.place.file, fault.place.pointer.to_string(), site)
}
