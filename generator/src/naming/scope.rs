//! A scope in which each name can be claimed once.

use std::collections::{HashMap, HashSet};

use super::words::{self, Case};

/// The names of one scope.
#[derive(Debug)]
pub(super) struct Scope {
    case: Case,
    reserved: &'static [&'static [&'static str]],
    taken: HashSet<String>,
    /// The next number to try for a name, so that a million equal names take a million steps and not a billion.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// An empty scope. The names in `reserved` cannot be claimed.
    pub(super) fn new(case: Case, reserved: &'static [&'static [&'static str]]) -> Self {
        Self { case, reserved, taken: HashSet::new(), numbers: HashMap::new() }
    }

    /// Claims this name if it is free.
    pub(super) fn claim(&mut self, name: &str) -> bool {
        let is_reserved = self.reserved.iter().any(|names| names.contains(&name));
        !is_reserved && !self.taken.contains(name) && self.taken.insert(name.to_owned())
    }

    /// Claims the first free candidate, or else the first candidate with a number.
    pub(super) fn claim_first(&mut self, candidates: impl IntoIterator<Item = String>) -> String {
        let mut first = None;
        for candidate in candidates {
            if self.claim(&candidate) {
                return candidate;
            }
            first.get_or_insert(candidate);
        }
        let base = first.unwrap_or_else(|| words::spell("", self.case));
        loop {
            let number = self.numbers.entry(base.clone()).or_insert(1);
            *number += 1;
            let name = words::numbered(&base, *number, self.case);
            if self.claim(&name) {
                return name;
            }
        }
    }

    /// Claims a name for each text: first the texts that are already valid names, then the others in order.
    pub(super) fn claim_all<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let texts: Vec<&str> = texts.into_iter().collect();
        let first: Vec<String> = texts.iter().map(|text| words::spell(text, self.case)).collect();
        let exact: Vec<bool> = texts
            .iter()
            .zip(&first)
            .map(|(text, name)| words::is_exact(text, name) && self.claim(name))
            .collect();
        let mut names = Vec::with_capacity(texts.len());
        for ((text, name), exact) in texts.into_iter().zip(first).zip(exact) {
            if exact {
                names.push(name);
                continue;
            }
            let case = self.case;
            let spelled = std::iter::once_with(|| words::spell_out(text, case));
            names.push(self.claim_first(std::iter::once(name).chain(spelled)));
        }
        names
    }
}
