//! What was found out about places of a text, so that nothing is found out twice: this keeps reading linear, whatever
//! nests.

use super::error::Error;
use std::any::{Any, TypeId};
use std::collections::HashMap;

/// Arrays and objects shorter than this are skipped again.
const SHORT: usize = 64;

/// The variant of a union that a value is.
#[derive(Clone)]
pub(super) enum Decision {
    /// It is this variant, and ends there.
    Variant { variant: usize, end: usize, unread: usize },
    /// It is none.
    Refused(Error),
}

/// What a type that only `serde` reads makes of a value.
pub(super) struct Made {
    pub(super) value: Result<Box<dyn Any>, Error>,
    pub(super) end: usize,
    pub(super) unread: usize,
}

/// What was found out.
#[derive(Default)]
pub(super) struct Decisions {
    /// How many unions are trying their variants right now.
    pub(super) trying: usize,
    /// Which variant the value at a place is, for each union.
    unions: Option<HashMap<(usize, TypeId), Decision>>,
    /// Values of types that only `serde` reads: such a type cannot be asked whether it would read a value, so what was
    /// made to find out is kept until it is wanted.
    pub(super) made: HashMap<(usize, TypeId), Made, std::hash::BuildHasherDefault<std::hash::DefaultHasher>>,
    /// Where arrays and objects begin and end that were skipped in search of a tag, in the order of the text.
    ends: Vec<(usize, usize)>,
    /// How far the text was searched: what begins before is in `ends`, or else in `strays`.
    scanned: usize,
    strays: HashMap<usize, usize, std::hash::BuildHasherDefault<std::hash::DefaultHasher>>,
}

/// The beginning of an array or object whose end is not known yet.
pub(super) enum Mark {
    Entry(usize),
    Stray(usize),
}

impl Decisions {
    /// What was decided for a union at a place.
    pub(super) fn get(&self, at: usize, union: TypeId) -> Option<&Decision> {
        self.unions.as_ref()?.get(&(at, union))
    }

    /// Remembers what was decided.
    pub(super) fn remember(&mut self, at: usize, union: TypeId, decision: Decision) {
        self.unions.get_or_insert_default().insert((at, union), decision);
    }

    /// An array or object begins.
    pub(super) fn begin(&mut self, at: usize) -> Mark {
        if at < self.scanned {
            return Mark::Stray(at);
        }
        self.ends.push((at, usize::MAX));
        Mark::Entry(self.ends.len() - 1)
    }

    /// It ends.
    pub(super) fn end(&mut self, mark: Mark, end: usize) {
        match mark {
            Mark::Entry(index) => {
                let Some((begin, known)) = self.ends.get_mut(index) else { return };
                *known = end;
                // What it consists of is shorter still, and was removed already.
                if end - *begin < SHORT {
                    self.ends.truncate(index);
                }
            }
            Mark::Stray(begin) => {
                if end - begin >= SHORT {
                    self.strays.insert(begin, end);
                }
            }
        }
    }

    /// The text was searched up to there.
    pub(super) fn scanned_to(&mut self, at: usize) {
        self.scanned = self.scanned.max(at);
    }

    /// Where the array or object ends that begins there, if that is known.
    #[inline]
    pub(super) fn end_of(&self, begin: usize) -> Option<usize> {
        if begin >= self.scanned {
            return None;
        }
        let found = self.ends.binary_search_by_key(&begin, |(begin, _)| *begin).ok();
        let end = found
            .and_then(|index| self.ends.get(index))
            .map(|(_, end)| *end)
            .filter(|end| *end != usize::MAX);
        end.or_else(|| if self.strays.is_empty() { None } else { self.strays.get(&begin).copied() })
    }
}
