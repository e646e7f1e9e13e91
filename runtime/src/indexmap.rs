//! Maps of the crate `indexmap`.

use super::error::Error;
use super::maps::{entries, maps, read_entries};
use super::read::Read;
use super::source::Source;
use super::view::{Entries, View, Viewed};
use ::indexmap::IndexMap;
use std::hash::{BuildHasher, Hash};

maps! {
    [K: Read + Eq + Hash, T: Read, H: BuildHasher + Default] IndexMap<K, T, H>, K, T, IndexMap::default();
}

impl<T: View, H> View for IndexMap<String, T, H> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Entries(self)
    }
}

entries! {
    [T: View, H] IndexMap<String, T, H>;
}
