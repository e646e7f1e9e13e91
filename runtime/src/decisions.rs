//! Remembers what was found out about places of a text, so that no place is examined twice. This keeps reading linear,
//! however deeply values nest.

use super::error::Error;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

/// Arrays and objects that are shorter than this are cheap to examine again.
const SHORT: usize = 64;

/// The variant chosen for a value of a union.
#[derive(Clone)]
pub(super) enum Decision {
    /// The variant, and the end of the value.
    Variant { variant: usize, end: usize, unread: usize },
    /// No variant fits.
    Refused(Error),
}

/// The result of reading a value with a type that only `serde` reads.
pub(super) struct Made {
    pub(super) value: Result<Box<dyn Any>, Error>,
    pub(super) end: usize,
    pub(super) unread: usize,
}

/// An array or object that was seen while an object around it was examined.
#[derive(Clone, Copy)]
pub(super) struct Known {
    begin: usize,
    pub(super) end: usize,
    /// The property that was searched for, if any, and where its value is in this object, if the object has it.
    pub(super) tag: Option<&'static str>,
    pub(super) place: Option<usize>,
}

/// Everything that was found out.
#[derive(Default)]
pub(super) struct Decisions {
    /// How many unions are trying their variants right now.
    pub(super) trying: usize,
    /// Which variant the value at a place is, for each union.
    unions: Option<HashMap<(usize, TypeId), Decision>>,
    /// Values of types that only `serde` reads. Whether such a type reads a value is known only after reading it, so
    /// the result is kept until it is needed.
    pub(super) made: HashMap<(usize, TypeId), Made, BuildHasherDefault<DefaultHasher>>,
    /// What was seen, in the order of the text.
    seen: Vec<Known>,
    /// How far the text was examined: what begins before is in `seen` or in `strays`.
    looked: usize,
    strays: HashMap<usize, Known, BuildHasherDefault<DefaultHasher>>,
    /// The arrays and objects that are open at the current place, with their indices in `seen`.
    open: Vec<(Known, Option<usize>)>,
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

    /// Begins to examine an object.
    pub(super) fn start(&mut self, at: usize) {
        self.open.clear();
        // Only a trial reads the same text again.
        if self.trying == 0 && at >= self.looked {
            self.seen.clear();
            self.strays.clear();
        }
    }

    /// Records how far the object was examined.
    pub(super) fn stop(&mut self, at: usize) {
        self.looked = self.looked.max(at);
    }

    /// Whether the current place is inside an inner array or object.
    #[inline]
    pub(super) fn is_inside(&self) -> bool {
        !self.open.is_empty()
    }

    /// An array or object begins.
    #[inline]
    pub(super) fn open(&mut self, begin: usize, tag: Option<&'static str>) {
        let known = Known { begin, end: usize::MAX, tag, place: None };
        let index = (begin >= self.looked).then_some(self.seen.len());
        if index.is_some() {
            self.seen.push(known);
        }
        self.open.push((known, index));
    }

    /// The value of the wanted property begins there.
    #[inline]
    pub(super) fn note(&mut self, at: usize) {
        if let Some((known, _)) = self.open.last_mut() {
            known.place.get_or_insert(at);
        }
    }

    /// An array or object ends: false if that is the object itself.
    #[inline]
    pub(super) fn close(&mut self, end: usize) -> bool {
        let Some((mut known, index)) = self.open.pop() else { return false };
        known.end = end;
        let is_short = end - known.begin < SHORT;
        match index {
            // Its parts are even shorter, and were already removed.
            Some(index) if is_short => self.seen.truncate(index),
            Some(index) => {
                if let Some(seen) = self.seen.get_mut(index) {
                    *seen = known;
                }
            }
            None if is_short => {}
            None => drop(self.strays.insert(known.begin, known)),
        }
        true
    }

    /// The array or object that begins there, if it was seen.
    #[inline]
    pub(super) fn known(&self, begin: usize) -> Option<&Known> {
        if begin >= self.looked {
            return None;
        }
        let seen = self.seen.binary_search_by_key(&begin, |known| known.begin).ok();
        let known = seen.and_then(|index| self.seen.get(index)).filter(|known| known.end != usize::MAX);
        known.or_else(|| if self.strays.is_empty() { None } else { self.strays.get(&begin) })
    }
}
