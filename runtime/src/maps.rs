//! Maps.

use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::values::shown;
use super::view::{Entries, View, Viewed};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// Reads an object entry by entry.
pub(super) fn read_entries<K: Read, T>(
    source: &mut Source<'_>,
    secret: bool,
    read: fn(&mut Source<'_>) -> Result<T, Error>,
    add: &mut dyn FnMut(K, T),
) -> Result<(), Error> {
    shown(source.open(b'{', &"an object"), secret)?;
    let mut first = true;
    while source.more(&mut first, b'}')? {
        if source.peek() != b'"' {
            return Err(source.syntax("key must be a string"));
        }
        let at = source.at;
        let outside = std::mem::replace(&mut source.name, true);
        let name = K::read(source);
        source.name = outside;
        let name = shown(name, secret)?;
        source.colon()?;
        match read(source) {
            Ok(value) => add(name, value),
            Err(error) => return Err(error.inside(source.step(at))),
        }
    }
    Ok(())
}

macro_rules! maps {
    ($([$($generics:tt)*] $map:ty, $key:ty, $value:ty, $new:expr;)*) => {$(
        impl<$($generics)*> Read for $map {
            const SECRET: bool = <$value as Read>::SECRET;

            fn read(source: &mut Source<'_>) -> Result<Self, Error> {
                let mut map = $new;
                read_entries(source, Self::SECRET, <$value>::read, &mut |name: $key, value| drop(map.insert(name, value)))?;
                Ok(map)
            }

            fn probe(source: &mut Source<'_>) -> Result<(), Error> {
                read_entries(source, Self::SECRET, <$value>::probe, &mut |_: $key, ()| {})
            }
        }
    )*};
}
pub(super) use maps;

maps! {
    [K: Read + Ord, T: Read] BTreeMap<K, T>, K, T, BTreeMap::new();
    [K: Read + Eq + Hash, T: Read, H: BuildHasher + Default] HashMap<K, T, H>, K, T, HashMap::default();
    [] Map<String, Value>, String, Value, Map::new();
}

impl<T: View> View for BTreeMap<String, T> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Entries(self)
    }
}

impl<T: View, H> View for HashMap<String, T, H> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Entries(self)
    }
}

macro_rules! entries {
    ($([$($generics:tt)*] $map:ty;)*) => {$(
        impl<$($generics)*> Entries for $map {
            fn len(&self) -> usize {
                <$map>::len(self)
            }

            fn each(&self, write: &mut dyn FnMut(&str, &dyn View) -> bool) {
                for (name, value) in self {
                    if !write(name, value) {
                        break;
                    }
                }
            }
        }
    )*};
}
pub(super) use entries;

entries! {
    [T: View] BTreeMap<String, T>;
    [T: View, H] HashMap<String, T, H>;
}
