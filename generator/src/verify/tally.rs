//! What was found so far, counted: faults by what is wrong and where in the document, not by how often.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use super::fault::{Fault, Faults};
use super::matching::Unmatched;

/// How many different faults are told apart. More are counted only.
const FAULTS: usize = 10_000;

/// How many requests without an operation are told apart.
const REQUESTS: usize = 1_000;

/// How many places in payloads are kept of a fault.
const PLACES: usize = 8;

/// How many values that cannot be read are kept.
const BROKEN: usize = 100;

/// Where a value was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// The index of the recording.
    pub(super) source: usize,
    /// The line in which the exchange or the payload begins.
    pub(super) line: usize,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The recordings.
    pub recordings: usize,
    /// Their bytes.
    pub bytes: u64,
    /// The exchanges in them.
    pub exchanges: usize,
    /// Those that belong to an operation of the document.
    pub matched: usize,
    /// Plain payloads.
    pub payloads: usize,
    /// The bodies of requests that were compared with the document.
    pub request_bodies: usize,
    /// The bodies of responses that were compared with the document.
    pub response_bodies: usize,
    /// Requests that were not compared, since the server refused them (status 400 or higher).
    pub refused_requests: usize,
    /// Requests with which browsers ask for permission (CORS); they are not part of an API.
    pub preflights: usize,
    /// Bodies that the recording leaves out.
    pub left_out: usize,
    /// Bodies of a media type that the document names and the models have no type for.
    pub other_forms: usize,
    /// Bodies of responses that were recorded without a status.
    pub without_status: usize,
    /// Responses that say that what the client has is still right (status 304), where the operation does not name it.
    pub not_modified: usize,
    /// Bodies that are too large to be compared.
    pub too_large: usize,
    /// Faults that were only counted, since there were too many different ones.
    pub uncounted: usize,
}

/// Where a fault was met.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Where first.
    pub(super) first: Origin,
    /// In which operations and in what of them, and how often.
    pub(super) parts: IndexMap<String, usize>,
    /// Where in the payload, without the numbers of elements. The first ones, and how many more occurrences there are.
    pub(super) places: Vec<String>,
    pub(super) more_places: usize,
    /// What is there, shortened, without secrets.
    pub(super) example: String,
}

/// A request that no operation takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Stranger {
    pub(super) why: Unmatched,
    pub(super) method: String,
    /// The host, if it was recorded.
    pub(super) host: String,
    /// Empty where the document does not name the server: whatever is there is another API.
    pub(super) path: String,
}

/// A value of a recording that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) at: Origin,
    pub(super) message: String,
    /// Whether it is well-formed as far as is known, and only too large.
    pub(super) is_left_out: bool,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) totals: Totals,
    pub(super) faults: Faults,
    /// By the number of a fault.
    pub(super) seen: Vec<Seen>,
    pub(super) strangers: BTreeMap<Stranger, usize>,
    /// Requests without an operation that were only counted.
    pub(super) more_strangers: usize,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) more_unreadable: usize,
    /// Whether something could not be read.
    pub(super) is_broken: bool,
}

impl Tally {
    /// Counts a fault. `seen` says where it was met.
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

    /// What cannot be read at all.
    pub(super) fn unreadable(&mut self, at: Origin, message: String) {
        self.problem(Unreadable { at, message, is_left_out: false });
    }

    /// What is too large to be compared.
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

    /// Adds what was found in what comes after.
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
