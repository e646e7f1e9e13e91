//! A JSON value that keeps the order of its keys, read from JSON or YAML.

use serde::ser::{Serialize, Serializer};
use serde_json::Number;

use crate::number;

/// A JSON value (RFC 8259), read from JSON or YAML.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Tree {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(Number),
    /// A string. An integer beyond 64 bits is a string with a mark (`number`).
    String(Box<str>),
    /// An array.
    Array(Vec<Tree>),
    /// An object.
    Object(Object),
}

/// The members of a JSON object in document order, each key once.
#[derive(Clone, PartialEq, Default)]
pub struct Object {
    members: Vec<(Box<str>, Tree)>,
    /// Positions of the members in the order of their keys; only for objects with [`INDEXED_FROM`] members or more.
    index: Option<Box<Index>>,
}

#[derive(Clone, PartialEq)]
struct Index(Box<[u32]>);

/// From this number of members on, a linear search takes longer than a binary search.
const INDEXED_FROM: usize = 16;

// Documents have hundreds of thousands of nodes, so the size of a node matters.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Tree>() == 32);

impl Object {
    /// The value of member `key`.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.position(key).and_then(|at| self.members.get(at)).map(|(_, value)| value)
    }

    fn position(&self, key: &str) -> Option<usize> {
        let Some(index) = &self.index else {
            return self.members.iter().position(|(k, _)| &**k == key);
        };
        let order = &index.0;
        let found = order.binary_search_by(|&at| self.key_at(at).cmp(key)).ok()?;
        order.get(found).map(|&at| at as usize)
    }

    fn key_at(&self, at: u32) -> &str {
        self.members.get(at as usize).map_or("", |(key, _)| key)
    }

    /// The members in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Tree)> + DoubleEndedIterator {
        self.members.iter().map(|(k, v)| (&**k, v))
    }

    /// The member at `index` in document order.
    pub fn at(&self, index: usize) -> Option<(&str, &Tree)> {
        self.members.get(index).map(|(k, v)| (&**k, v))
    }

    /// The value of member `key`, mutable.
    #[cfg(feature = "overlay")]
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Tree> {
        let at = self.position(key)?;
        self.members.get_mut(at).map(|(_, value)| value)
    }

    /// Adds members with new keys.
    #[cfg(feature = "overlay")]
    pub(super) fn extend(&mut self, members: impl IntoIterator<Item = (Box<str>, Tree)>) {
        let mut all = std::mem::take(self).members;
        all.extend(members);
        *self = all.into_iter().collect();
    }

    /// The members in document order, taken out.
    pub(super) fn into_members(self) -> impl Iterator<Item = (Box<str>, Tree)> {
        self.members.into_iter()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether the object is empty.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// An object with these members. Of several members with the same key, the last value is kept at the place of the
    /// first, and the key is passed to `duplicate`.
    pub(super) fn new(members: Vec<(Box<str>, Tree)>, mut duplicate: impl FnMut(&str)) -> Self {
        let mut object = Self { members, index: None };
        if object.members.len() < INDEXED_FROM {
            object.merge_small(&mut duplicate);
            return object;
        }
        let mut order = object.order();
        // Equal keys are adjacent, in document order.
        let mut superseded = Vec::new();
        for run in order.chunk_by(|&a, &b| object.key_at(a) == object.key_at(b)) {
            if let [first, .., last] = run {
                duplicate(object.key_at(*first));
                superseded.push((*first, *last));
            }
        }
        if !superseded.is_empty() {
            object.merge_large(&superseded);
            order = object.order();
        }
        object.index = Some(Box::new(Index(order)));
        object
    }

    fn order(&self) -> Box<[u32]> {
        let mut order: Box<[u32]> = (0..u32::try_from(self.members.len()).unwrap_or(u32::MAX)).collect();
        order.sort_by(|&a, &b| self.key_at(a).cmp(self.key_at(b)));
        order
    }

    fn merge_small(&mut self, duplicate: &mut impl FnMut(&str)) {
        let mut at = 1;
        while at < self.members.len() {
            let (before, rest) = self.members.split_at_mut(at);
            let again = rest.first_mut().and_then(|(key, value)| {
                let (_, first) = before.iter_mut().find(|(k, _)| k == key)?;
                std::mem::swap(first, value);
                Some(key)
            });
            match again {
                Some(key) => {
                    duplicate(key);
                    self.members.remove(at);
                }
                None => at += 1,
            }
        }
    }

    /// Moves the last value of each key to the first place of the key, and removes the others.
    fn merge_large(&mut self, superseded: &[(u32, u32)]) {
        for &(first, last) in superseded {
            let (head, tail) = self.members.split_at_mut(last as usize);
            if let (Some((_, old)), Some((_, new))) = (head.get_mut(first as usize), tail.first_mut()) {
                std::mem::swap(old, new);
            }
        }
        let mut seen = std::collections::HashSet::with_capacity(self.members.len());
        let members = std::mem::take(&mut self.members);
        let keep: Vec<bool> = members.iter().map(|(key, _)| seen.insert(&**key)).collect();
        self.members =
            members.into_iter().zip(keep).filter_map(|(member, keep)| keep.then_some(member)).collect();
    }
}

impl std::fmt::Debug for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(Box<str>, Tree)> for Object {
    fn from_iter<I: IntoIterator<Item = (Box<str>, Tree)>>(members: I) -> Self {
        Self::new(members.into_iter().collect(), |_| {})
    }
}

impl Tree {
    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Tree::Object(object) => Some(object),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Array(_) => None,
        }
    }

    /// The elements, if this is an array.
    pub fn as_array(&self) -> Option<&[Tree]> {
        match self {
            Tree::Array(items) => Some(items),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Object(_) => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Tree::String(text) => Some(text),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Array(_) | Tree::Object(_) => None,
        }
    }

    /// The value, if this is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Tree::Bool(value) => Some(*value),
            Tree::Null | Tree::Number(_) | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => None,
        }
    }

    /// The JSON type with its article, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Tree::Null => "null",
            Tree::Bool(_) => "a boolean",
            Tree::Number(_) => "a number",
            Tree::String(text) if number::of_text(text).is_some() => "a number",
            Tree::String(_) => "a string",
            Tree::Array(_) => "an array",
            Tree::Object(_) => "an object",
        }
    }

    /// Member `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.as_object()?.get(key)
    }

    /// The same value as a `serde_json::Value`.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Tree::Null => Value::Null,
            Tree::Bool(value) => Value::Bool(*value),
            Tree::Number(value) => Value::Number(value.clone()),
            Tree::String(value) => Value::String(value.to_string()),
            Tree::Array(items) => Value::Array(items.iter().map(Tree::to_json).collect()),
            Tree::Object(object) => {
                Value::Object(object.iter().map(|(k, v)| (k.to_owned(), v.to_json())).collect())
            }
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Null => serializer.serialize_unit(),
            Tree::Bool(value) => serializer.serialize_bool(*value),
            Tree::Number(value) => value.serialize(serializer),
            Tree::String(value) => serializer.serialize_str(value),
            Tree::Array(items) => serializer.collect_seq(items),
            Tree::Object(object) => serializer.collect_map(object.iter()),
        }
    }
}
