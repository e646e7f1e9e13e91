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

/// What [`Reader`] is to do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Options {
    /// What the outermost node is. `Position::Value` keeps everything.
    pub position: Position,
    /// Whether examples and unknown extensions are kept.
    pub keep_ignored_keys: bool,
    /// How deep arrays and objects may lie in each other.
    pub depth: usize,
    /// How many nodes may be read; text counts too, a node for 16 bytes.
    pub budget: usize,
    /// Whether integers beyond 64 bits are marked strings already (see [`number`]).
    pub is_marked: bool,
}

/// One step of the way to a value.
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
    /// Deeper than may be.
    Depth,
    /// More nodes than the budget.
    Budget,
    /// A string that modelsmith itself uses for an integer beyond 64 bits.
    Reserved,
}

/// The state of one reading.
pub(super) struct Reader {
    options: Options,
    depth: usize,
    left: usize,
    /// Members and elements of the objects and arrays that are being read: each takes its own off the end, so that
    /// nothing is allocated larger than it ends up.
    members: Vec<(Box<str>, Tree)>,
    elements: Vec<Tree>,
    /// Where keys stand twice, innermost step first.
    duplicates: Vec<Vec<Step>>,
    /// Which bound ended the reading.
    pub bound: Option<Bound>,
}

impl Reader {
    /// A reader at the start.
    pub(super) fn new(options: Options) -> Self {
        let (members, elements, duplicates) = (Vec::new(), Vec::new(), Vec::new());
        Self { options, depth: 0, left: options.budget, members, elements, duplicates, bound: None }
    }

    /// Reads one document.
    pub(super) fn read<'de, D: Deserializer<'de>>(&mut self, from: D) -> Result<Tree, D::Error> {
        let position = self.options.position;
        Node { reader: self, position }.deserialize(from)
    }

    /// The places at which keys stand again, outermost step first.
    pub(super) fn into_duplicates(self) -> Vec<Vec<Step>> {
        let mut duplicates = self.duplicates;
        duplicates.iter_mut().for_each(|steps| steps.reverse());
        duplicates
    }

    /// What the outermost node is.
    pub(super) fn position(&self) -> Position {
        self.options.position
    }

    /// Whether examples and unknown extensions are kept.
    pub(super) fn keeps_ignored_keys(&self) -> bool {
        self.options.keep_ignored_keys
    }

    /// Takes a node with this much text off the budget.
    pub(super) fn spend<E: Error>(&mut self, text: usize) -> Result<(), E> {
        match self.left.checked_sub(1 + text / 16) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.stop(Bound::Budget)),
        }
    }

    /// Takes a string or a key off the budget.
    pub(super) fn spend_text<E: Error>(&mut self, text: &str) -> Result<(), E> {
        if !self.options.is_marked && number::of_text(text).is_some() {
            return Err(self.stop(Bound::Reserved));
        }
        self.spend(text.len())
    }

    /// Goes into an array or object.
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

    /// How many duplicates are known: those found from here on lie in the member or element that is read next.
    pub(super) fn known_duplicates(&self) -> usize {
        self.duplicates.len()
    }

    /// Adds the step that leads to the places found since `known`.
    pub(super) fn lead_here(&mut self, known: usize, step: impl Fn() -> Step) {
        for steps in self.duplicates.iter_mut().skip(known) {
            steps.push(step());
        }
    }

    /// Begins an object. Gives what [`Self::close_object`] is to be told.
    pub(super) fn open_object(&self) -> usize {
        self.members.len()
    }

    /// Adds a member to the innermost open object.
    pub(super) fn push_member(&mut self, known: usize, key: Box<str>, value: Tree) {
        self.lead_here(known, || Step::Key(key.clone()));
        self.members.push((key, value));
    }

    /// Ends an object that began at `start`, into which `merges` are merged.
    pub(super) fn close_object(&mut self, start: usize, merges: Vec<Tree>) -> Tree {
        let members: Vec<_> = self.members.drain(start..).collect();
        let members = merge(members, merges);
        Tree::Object(Object::new(members, |key| self.duplicates.push(vec![Step::Key(key.into())])))
    }

    /// Begins an array. Gives what [`Self::close_array`] is to be told.
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

/// Puts the members of objects and of arrays of objects after an object's own, which take precedence over them.
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
    /// Keeps everything; of duplicate keys the last one wins.
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

/// Reads one node.
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
        // YAML's `.nan` and `.inf` are not JSON numbers, so only their text is kept.
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

    // A YAML tag (`!Name value`): the value counts.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Tree, A::Error> {
        let (IgnoredAny, value) = data.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// Reads a key, unless its member is to be left out.
struct Key {
    position: Position,
    keep_ignored_keys: bool,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<(Box<str>, Position)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        // As text whatever it looks like: `200`, `1.10` and `null` are keys like any other.
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
