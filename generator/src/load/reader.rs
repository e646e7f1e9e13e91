//! Reads a [`Tree`] from any self-describing format, within bounds.

use std::collections::HashSet;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_json::Number;

use super::position::{Member, Position};
use super::{Object, Tree};
use crate::limits;
use crate::number;

/// The options of a [`Reader`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Options {
    /// The position of the outermost node. `Position::Value` keeps everything.
    pub position: Position,
    /// Whether examples and unknown extensions are kept.
    pub keep_ignored_keys: bool,
    /// How deeply arrays and objects may nest.
    pub depth: usize,
    /// How many nodes may be read; text also counts, with one node per 16 bytes.
    pub budget: usize,
    /// Whether integers beyond 64 bits are already marked strings (see [`number`]).
    pub is_marked: bool,
}

/// A step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    /// A member of an object.
    Key(Box<str>),
    /// An element of an array.
    Index(usize),
}

/// Why reading ended although the text is well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Nested too deeply.
    Depth,
    /// More nodes than the budget allows.
    Budget,
    /// A string that modelsmith itself uses for an integer beyond 64 bits.
    Reserved,
}

/// The state of a read.
pub(super) struct Reader {
    options: Options,
    depth: usize,
    left: usize,
    /// Members and elements of the objects and arrays that are being read. Each object or array takes its own from the
    /// end, so that its allocation has the final size.
    members: Vec<(Box<str>, Tree)>,
    elements: Vec<Tree>,
    /// The places of duplicate keys, innermost step first.
    duplicates: Vec<Vec<Step>>,
    /// The bound that ended the read.
    pub bound: Option<Bound>,
}

impl Reader {
    /// A new reader.
    pub(super) fn new(options: Options) -> Self {
        let (members, elements, duplicates) = (Vec::new(), Vec::new(), Vec::new());
        Self { options, depth: 0, left: options.budget, members, elements, duplicates, bound: None }
    }

    /// Reads a document.
    pub(super) fn read<'de, D: Deserializer<'de>>(&mut self, from: D) -> Result<Tree, D::Error> {
        let position = self.options.position;
        Node { reader: self, position }.deserialize(from)
    }

    /// The places of duplicate keys, outermost step first.
    pub(super) fn into_duplicates(self) -> Vec<Vec<Step>> {
        let mut duplicates = self.duplicates;
        duplicates.iter_mut().for_each(|steps| steps.reverse());
        duplicates
    }

    /// The position of the outermost node.
    pub(super) fn position(&self) -> Position {
        self.options.position
    }

    /// Whether examples and unknown extensions are kept.
    pub(super) fn keeps_ignored_keys(&self) -> bool {
        self.options.keep_ignored_keys
    }

    /// Charges a node with this much text to the budget.
    pub(super) fn spend<E: Error>(&mut self, text: usize) -> Result<(), E> {
        match self.left.checked_sub(1 + text / 16) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.stop(Bound::Budget)),
        }
    }

    /// Charges a string or a key to the budget.
    pub(super) fn spend_text<E: Error>(&mut self, text: &str) -> Result<(), E> {
        if !self.options.is_marked && number::of_text(text).is_some() {
            return Err(self.stop(Bound::Reserved));
        }
        self.spend(text.len())
    }

    /// Enters an array or object.
    pub(super) fn descend<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth > self.options.depth { Err(self.stop(Bound::Depth)) } else { Ok(()) }
    }

    /// Leaves an array or object.
    pub(super) fn ascend(&mut self) {
        self.depth -= 1;
    }

    fn stop<E: Error>(&mut self, bound: Bound) -> E {
        self.bound = Some(bound);
        E::custom(match bound {
            Bound::Depth => "nested too deep",
            Bound::Budget => "too many nodes",
            Bound::Reserved => "a reserved string",
        })
    }

    /// The number of known duplicates: those that are found later are in the next member or element.
    pub(super) fn known_duplicates(&self) -> usize {
        self.duplicates.len()
    }

    /// Adds a step to the places that were found since `known`.
    pub(super) fn lead_here(&mut self, known: usize, step: impl Fn() -> Step) {
        for steps in self.duplicates.iter_mut().skip(known) {
            steps.push(step());
        }
    }

    /// Begins an object. Returns the argument for [`Self::close_object`].
    pub(super) fn open_object(&self) -> usize {
        self.members.len()
    }

    /// Adds a member to the innermost open object.
    pub(super) fn push_member(&mut self, known: usize, key: Box<str>, value: Tree) {
        self.lead_here(known, || Step::Key(key.clone()));
        self.members.push((key, value));
    }

    /// Ends an object that began at `start`, and merges `merges` into it.
    pub(super) fn close_object(&mut self, start: usize, merges: Vec<Tree>) -> Tree {
        let members: Vec<_> = self.members.drain(start..).collect();
        let members = merge(members, merges);
        Tree::Object(Object::new(members, |key| self.duplicates.push(vec![Step::Key(key.into())])))
    }

    /// Begins an array. Returns the argument for [`Self::close_array`].
    pub(super) fn open_array(&self) -> usize {
        self.elements.len()
    }

    /// Adds an element to the innermost open array, which began at `start`.
    pub(super) fn push_element(&mut self, start: usize, known: usize, element: Tree) {
        let index = self.elements.len() - start;
        self.lead_here(known, || Step::Index(index));
        self.elements.push(element);
    }

    /// Ends an array that began at `start`.
    pub(super) fn close_array(&mut self, start: usize) -> Tree {
        Tree::Array(self.elements.drain(start..).collect())
    }
}

/// Appends the members of objects, and of arrays of objects, to those of an object, which take precedence.
fn merge(mut members: Vec<(Box<str>, Tree)>, merges: Vec<Tree>) -> Vec<(Box<str>, Tree)> {
    if merges.is_empty() {
        return members;
    }
    let mut known: HashSet<Box<str>> = members.iter().map(|(key, _)| key.clone()).collect();
    let sources = merges.into_iter().flat_map(|value| match value {
        Tree::Array(items) => items,
        one => vec![one],
    });
    for source in sources {
        if let Tree::Object(source) = source {
            members.extend(source.into_members().filter(|(key, _)| known.insert(key.clone())));
        }
    }
    members
}

impl<'de> Deserialize<'de> for Tree {
    /// Keeps everything. The last one of duplicate keys wins.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let budget = usize::MAX;
        let position = Position::Value;
        Reader::new(Options {
            position,
            keep_ignored_keys: true,
            depth: limits::JSON_DEPTH,
            budget,
            is_marked: false,
        })
        .read(from)
    }
}

/// Reads a node.
pub(super) struct Node<'r> {
    pub reader: &'r mut Reader,
    pub position: Position,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Tree, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        self.reader.spend(0)?;
        Ok(Tree::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Tree, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Tree, D::Error> {
        self.deserialize(from)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Tree, D::Error> {
        self.deserialize(from)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tree, E> {
        self.reader.spend(0)?;
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tree, E> {
        self.reader.spend(0)?;
        Ok(Tree::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tree, E> {
        self.reader.spend(0)?;
        Ok(Tree::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Tree, E> {
        match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => self.visit_i64(value),
            (_, Ok(value)) => self.visit_u64(value),
            (Err(_), Err(_)) => {
                self.reader.spend(0)?;
                Ok(Tree::String(number::marked(value).into()))
            }
        }
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Tree, E> {
        match i128::try_from(value) {
            Ok(value) => self.visit_i128(value),
            Err(_) => self.visit_f64(value as f64),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        self.reader.spend(0)?;
        // YAML's `.nan` and `.inf` are not JSON numbers, so they become strings.
        Ok(Number::from_f64(value).map_or_else(|| Tree::String(value.to_string().into()), Tree::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Tree, E> {
        self.reader.spend_text(value)?;
        Ok(Tree::String(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Tree, E> {
        self.reader.spend_text(&value)?;
        Ok(Tree::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let Node { reader, position } = self;
        reader.spend(0)?;
        reader.descend()?;
        let (start, position) = (reader.open_array(), position.element());
        loop {
            let known = reader.known_duplicates();
            let Some(element) = seq.next_element_seed(Node { reader, position })? else { break };
            reader.push_element(start, known, element);
        }
        reader.ascend();
        Ok(reader.close_array(start))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let Node { reader, position } = self;
        reader.spend(0)?;
        reader.descend()?;
        let start = reader.open_object();
        while let Some(key) =
            map.next_key_seed(Key { position, keep_ignored_keys: reader.keeps_ignored_keys() })?
        {
            let Some((key, position)) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            reader.spend_text(&key)?;
            let known = reader.known_duplicates();
            let value = map.next_value_seed(Node { reader, position })?;
            reader.push_member(known, key, value);
        }
        reader.ascend();
        Ok(reader.close_object(start, Vec::new()))
    }

    // A YAML tag (`!Name value`) is ignored, its value is read.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Tree, A::Error> {
        let (IgnoredAny, value) = data.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// Reads a key, unless its member is left out.
struct Key {
    position: Position,
    keep_ignored_keys: bool,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<(Box<str>, Position)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        // Always read as text: `200`, `1.10` and `null` are keys like any other.
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Option<(Box<str>, Position)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(match self.position.member(key) {
            Member::Part(position) => Some((key.into(), position)),
            Member::Ignored if self.keep_ignored_keys => Some((key.into(), Position::Value)),
            Member::Ignored => None,
        })
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<Self::Value, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<Self::Value, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<Self::Value, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_f64<E: Error>(self, key: f64) -> Result<Self::Value, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_str("null")
    }
}
