//! Finds the line and column of diagnostics, for those that are shown.
//!
//! All JSON pointers into a file are looked up in one walk over its text.

mod json;
mod trie;
mod yaml;

use std::collections::HashMap;

use self::trie::Trie;
use super::excerpt::floor;
use super::{Diagnostic, FileId, Pointer, Sources, Syntax};

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// Byte offset.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where a diagnostic and its related places are in the texts. `None` without a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The place of the diagnostic itself.
    pub primary: Option<Place>,
    /// The related places, in their order.
    pub related: Vec<Option<Place>>,
}

/// Finds the places of all `diagnostics`.
///
/// A pointer leads to the key of a member and to the value of an element; where the text does not have all of it, to
/// the longest part of it that it has. What lies in an array that overlays took elements out of is shown as the array.
pub fn locate(diagnostics: &[&Diagnostic], sources: &Sources) -> Vec<Places> {
    let mut wanted: HashMap<FileId, Wanted> = HashMap::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        let file = wanted.entry(diagnostic.location.file).or_default();
        match diagnostic.offset {
            Some(offset) => file.offsets.push(((at, 0), offset)),
            None => file.pointers.push(((at, 0), sources.in_text(&diagnostic.location))),
        }
        for (nth, (location, _)) in diagnostic.related.iter().enumerate() {
            wanted
                .entry(location.file)
                .or_default()
                .pointers
                .push(((at, nth + 1), sources.in_text(location)));
        }
    }
    let places = |d: &&Diagnostic| Places { primary: None, related: vec![None; d.related.len()] };
    let mut found: Vec<Places> = diagnostics.iter().map(places).collect();
    for (file, source) in sources.iter() {
        let Some(wanted) = wanted.remove(&file) else { continue };
        for ((at, nth), place) in wanted.find(&source.text, source.syntax) {
            let Some(places) = found.get_mut(at) else { continue };
            let slot = match nth.checked_sub(1) {
                None => Some(&mut places.primary),
                Some(nth) => places.related.get_mut(nth),
            };
            if let Some(slot) = slot {
                *slot = Some(place);
            }
        }
    }
    found
}

/// Which diagnostic, and which of its places (0 is its own).
type Slot = (usize, usize);

/// What is looked for in one file.
#[derive(Default)]
struct Wanted {
    offsets: Vec<(Slot, usize)>,
    pointers: Vec<(Slot, Pointer)>,
}

impl Wanted {
    fn find(self, text: &str, syntax: Syntax) -> Vec<(Slot, Place)> {
        if text.is_empty() {
            return Vec::new();
        }
        let mut offsets = self.offsets;
        if !self.pointers.is_empty() {
            let mut trie = Trie::new();
            let leaves: Vec<_> = self.pointers.iter().map(|(slot, at)| (*slot, trie.add(at))).collect();
            match syntax {
                Syntax::Json => json::walk(text, &mut trie),
                Syntax::Yaml => yaml::walk(text, &mut trie),
            }
            offsets.extend(leaves.into_iter().map(|(slot, leaf)| (slot, trie.offset(leaf))));
        }
        offsets.sort_by_key(|(_, offset)| *offset);
        lines_and_columns(text, &offsets)
    }
}

/// In one pass over the text; `offsets` are in ascending order.
fn lines_and_columns(text: &str, offsets: &[(Slot, usize)]) -> Vec<(Slot, Place)> {
    let mut at = Place { offset: 0, line: 1, column: 1 };
    let place = |&(slot, offset): &(Slot, usize)| {
        let offset = floor(text, offset);
        let passed = text.get(at.offset..offset).unwrap_or_default();
        match passed.rfind('\n') {
            Some(last) => {
                at.line += passed.bytes().filter(|&byte| byte == b'\n').count();
                at.column = 1 + passed.get(last + 1..).unwrap_or_default().chars().count();
            }
            None => at.column += passed.chars().count(),
        }
        at.offset = offset;
        (slot, at)
    };
    offsets.iter().map(place).collect()
}
