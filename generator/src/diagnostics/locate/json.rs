//! Finds pointers in JSON text, without building anything of it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::trie::{NodeId, ROOT, Trie};

/// Notes the offset of each node of `trie` that the text has. Text that is not JSON is searched as far as it is.
pub(super) fn walk(text: &str, trie: &mut Trie) {
    let start = text.len() - text.trim_start().len();
    trie.found(ROOT, start);
    // Values are looked into one after the other, not recursively; each is a slice of the text.
    let mut open = vec![(text.get(start..).unwrap_or_default(), ROOT)];
    while let Some((value, node)) = open.pop() {
        let Some(base) = offset_in(text, value) else { continue };
        let mut from = serde_json::Deserializer::from_str(value);
        let level = Level { text: value, base, node, trie: &mut *trie, open: &mut open };
        // An error ends the search below this value only.
        let _ = level.deserialize(&mut from);
    }
}

/// Where `part`, a slice of `text`, starts in it.
fn offset_in(text: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize).filter(|offset| *offset <= text.len())
}

/// One object or array.
struct Level<'a, 'de> {
    text: &'de str,
    /// Where `text` starts in the file.
    base: usize,
    node: NodeId,
    trie: &'a mut Trie,
    open: &'a mut Vec<(&'de str, NodeId)>,
}

impl<'de> DeserializeSeed<'de> for Level<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self.text.as_bytes().first() {
            Some(b'{') => from.deserialize_map(self),
            Some(b'[') => from.deserialize_seq(self),
            Some(_) | None => Ok(()),
        }
    }
}

impl<'de> Visitor<'de> for Level<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // Behind the brace, and then behind each value.
        let mut end = 1;
        while let Some(Key(key)) = map.next_key()? {
            let value = map.next_value::<&RawValue>()?.get();
            if let Some(child) = self.trie.child(self.node, &key) {
                let between = self.text.get(end..).unwrap_or_default();
                let key = between.find('"').unwrap_or(0);
                if self.trie.found(child, self.base + end + key) {
                    // Of members with the same key the last one counts.
                    self.open.retain(|(_, earlier)| *earlier != child);
                }
                if !self.trie.is_leaf(child) {
                    self.open.push((value, child));
                }
            }
            end = offset_in(self.text, value).unwrap_or(end) + value.len();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let wanted: HashMap<usize, NodeId> = self.trie.elements(self.node);
        let mut index = 0;
        while let Some(value) = seq.next_element::<&RawValue>()? {
            let value = value.get();
            if let Some(&child) = wanted.get(&index) {
                self.trie.found(child, self.base + offset_in(self.text, value).unwrap_or(0));
                if !self.trie.is_leaf(child) {
                    self.open.push((value, child));
                }
            }
            index += 1;
        }
        Ok(())
    }
}

/// A key, borrowed unless it has escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        from.deserialize_str(KeyVisitor)
    }
}
