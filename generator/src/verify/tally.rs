//! Counts findings. Memory grows with the number of different findings, not with the number of occurrences.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use super::fault::{Fault, Faults};
use super::matching::Unmatched;

/// How many different faults are kept. Further ones are only counted.
const FAULTS: usize = 10_000;

/// How many different requests without an operation are kept.
const REQUESTS: usize = 1_000;

/// How many places in payloads are kept per fault.
const PLACES: usize = 8;

/// How many unreadable values are kept.
const BROKEN: usize = 100;

/// Where a value was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// The index of the recording.
    pub(super) source: usize,
    /// The line in which the exchange or the payload begins.
    pub(super) line: usize,
}

/// How much was read and compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The number of recordings.
    pub recordings: usize,
    /// The size of the recordings in bytes.
    pub bytes: u64,
    /// The number of exchanges.
    pub exchanges: usize,
    /// The number of exchanges that belong to an operation of the document.
    pub matched: usize,
    /// The number of bare payloads.
    pub payloads: usize,
    /// Request bodies that were compared with the document.
    pub request_bodies: usize,
    /// Response bodies that were compared with the document.
    pub response_bodies: usize,
    /// Requests that were not compared, because the server refused them (status 400 or higher).
    pub refused_requests: usize,
    /// CORS preflight requests of browsers, which are not part of an API.
    pub preflights: usize,
    /// Bodies that were not recorded.
    pub left_out: usize,
    /// Bodies of a media type that the document declares but the models have no type for.
    pub other_forms: usize,
    /// Responses that were recorded without a status.
    pub without_status: usize,
    /// Responses 304 (not modified) where the operation does not declare that status.
    pub not_modified: usize,
    /// Bodies that are too large to compare.
    pub too_large: usize,
    /// Occurrences of faults that were only counted, because there were too many different faults.
    pub uncounted: usize,
}

/// The occurrences of a fault.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The first occurrence.
    pub(super) first: Origin,
    /// The parts of operations in which it occurred, and how often in each.
    pub(super) parts: IndexMap<String, usize>,
    /// The first places in payloads, without indices of elements, and the number of occurrences at further places.
    pub(super) places: Vec<String>,
    pub(super) more_places: usize,
    /// The recorded value, shortened and without secrets.
    pub(super) example: String,
}

/// A request that matches no operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Stranger {
    pub(super) why: Unmatched,
    pub(super) method: String,
    /// The host, if it was recorded.
    pub(super) host: String,
    /// Empty if the document does not declare the server, since the path belongs to another API.
    pub(super) path: String,
}

/// A value of a recording that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) at: Origin,
    pub(super) message: String,
    /// Whether it was skipped only because it is too large.
    pub(super) is_left_out: bool,
}

/// The findings so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) totals: Totals,
    pub(super) faults: Faults,
    /// By the index of the fault.
    pub(super) seen: Vec<Seen>,
    pub(super) strangers: BTreeMap<Stranger, usize>,
    /// The number of requests without an operation that were only counted.
    pub(super) more_strangers: usize,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) more_unreadable: usize,
    /// Whether a value could not be read.
    pub(super) is_broken: bool,
}

impl Tally {
    /// Counts a fault. `seen` gives the occurrence.
    pub(super) fn fault(&mut self, fault: Fault, seen: impl FnOnce(&Fault) -> Seen) {
        if self.is_full_for(&fault) {
            self.totals.uncounted += 1;
            return;
        }
        let met = seen(&fault);
        let number = self.faults.add(fault);
        self.met(number, met);
    }

    fn is_full_for(&self, fault: &Fault) -> bool {
        self.faults.len() >= FAULTS && !self.faults.knows(fault)
    }

    fn met(&mut self, number: usize, met: Seen) {
        match self.seen.get_mut(number) {
            Some(seen) => seen.merge(met),
            None => self.seen.push(met),
        }
    }

    pub(super) fn stranger(&mut self, stranger: Stranger, count: usize) {
        if self.strangers.len() >= REQUESTS && !self.strangers.contains_key(&stranger) {
            self.more_strangers += count;
        } else {
            *self.strangers.entry(stranger).or_default() += count;
        }
    }

    /// Counts a value that cannot be read.
    pub(super) fn unreadable(&mut self, at: Origin, message: String) {
        self.problem(Unreadable { at, message, is_left_out: false });
    }

    /// Counts a value that is too large to compare.
    pub(super) fn left_out(&mut self, at: Origin, message: String) {
        self.problem(Unreadable { at, message, is_left_out: true });
    }

    fn problem(&mut self, found: Unreadable) {
        self.is_broken |= !found.is_left_out;
        if self.unreadable.len() >= BROKEN {
            self.more_unreadable += 1;
        } else {
            self.unreadable.push(found);
        }
    }

    /// Adds the findings of a later part.
    pub(super) fn merge(&mut self, later: Self) {
        self.totals.merge(&later.totals);
        for (counted, met) in later.faults.into_vec().into_iter().zip(later.seen) {
            if self.is_full_for(&counted.fault) {
                self.totals.uncounted += counted.count;
            } else {
                let number = self.faults.merge_one(counted);
                self.met(number, met);
            }
        }
        for (stranger, count) in later.strangers {
            self.stranger(stranger, count);
        }
        self.more_strangers += later.more_strangers;
        later.unreadable.into_iter().for_each(|found| self.problem(found));
        self.is_broken |= later.is_broken;
        self.more_unreadable += later.more_unreadable;
    }
}

impl Seen {
    fn merge(&mut self, later: Self) {
        for (part, count) in later.parts {
            *self.parts.entry(part).or_default() += count;
        }
        self.more_places += later.more_places;
        for place in later.places {
            if self.places.contains(&place) {
                continue;
            }
            if self.places.len() < PLACES {
                self.places.push(place);
            } else {
                self.more_places += 1;
            }
        }
    }
}

impl Totals {
    fn merge(&mut self, later: &Self) {
        let Self {
            recordings,
            bytes,
            exchanges,
            matched,
            payloads,
            request_bodies,
            response_bodies,
            refused_requests,
            preflights,
            left_out,
            other_forms,
            without_status,
            not_modified,
            too_large,
            uncounted,
        } = later;
        self.recordings += recordings;
        self.bytes += bytes;
        self.exchanges += exchanges;
        self.matched += matched;
        self.payloads += payloads;
        self.request_bodies += request_bodies;
        self.response_bodies += response_bodies;
        self.refused_requests += refused_requests;
        self.preflights += preflights;
        self.left_out += left_out;
        self.other_forms += other_forms;
        self.without_status += without_status;
        self.not_modified += not_modified;
        self.too_large += too_large;
        self.uncounted += uncounted;
    }
}
