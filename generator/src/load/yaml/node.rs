//! From the events of a node to its tree.

use super::Fault;
use super::events::{Cursor, Events, Item, Part};
use super::scalar;
use crate::load::Tree;
use crate::load::position::{Member, Position};
use crate::load::reader::{Reader, Step};

pub(super) struct Nodes<'r, 't> {
    pub reader: &'r mut Reader,
    pub events: &'r mut Events<'t>,
}

/// What the keys of a node mean, and those of its elements if it is a sequence.
#[derive(Clone, Copy)]
struct Place {
    node: Position,
    elements: Position,
}

impl From<Position> for Place {
    fn from(node: Position) -> Self {
        Self { node, elements: node.element() }
    }
}

/// A key of a mapping.
enum Key {
    /// `<<`, whose value is merged into the mapping.
    Merge,
    /// The member is kept, and its value is this.
    Member(Box<str>, Position),
    /// The member is left out.
    Ignored,
}

impl<'t> Nodes<'_, 't> {
    /// The tree of the document whose first part is `first`.
    pub(super) fn root(mut self, first: Part<'t>, position: Position) -> Result<Tree, Fault> {
        self.node(first, &mut Cursor::Text, position.into())
    }

    /// The tree of the node that begins with `part`; the rest of it is at `cursor`.
    fn node(&mut self, part: Part<'t>, cursor: &mut Cursor, place: Place) -> Result<Tree, Fault> {
        let offset = part.offset;
        match part.item {
            Item::Scalar { text, style, tag } => {
                let tag = tag.as_deref();
                scalar::read(self.reader, &text, style, tag).map_err(|fault| self.at(offset, fault))
            }
            Item::Open { is_mapping } => {
                self.open(offset)?;
                let tree = match is_mapping {
                    true => self.mapping(cursor, place.node)?,
                    false => self.sequence(cursor, place.elements)?,
                };
                self.reader.ascend();
                Ok(tree)
            }
            Item::Alias(anchor) => {
                let mut cursor = self.anchored(anchor, offset)?;
                let part = self.events.next(&mut cursor)?;
                self.node(part, &mut cursor, place)
            }
            Item::Close => Err(unexpected_end(offset)),
        }
    }

    fn open(&mut self, offset: usize) -> Result<(), Fault> {
        let opened = self.reader.spend(0).and_then(|()| self.reader.descend());
        opened.map_err(|fault| self.at(offset, fault))
    }

    fn sequence(&mut self, cursor: &mut Cursor, elements: Position) -> Result<Tree, Fault> {
        let start = self.reader.open_array();
        loop {
            let part = self.events.next(cursor)?;
            if matches!(part.item, Item::Close) {
                return Ok(self.reader.close_array(start));
            }
            let known = self.reader.known_duplicates();
            let element = self.node(part, cursor, elements.into())?;
            self.reader.push_element(start, known, element);
        }
    }

    fn mapping(&mut self, cursor: &mut Cursor, position: Position) -> Result<Tree, Fault> {
        let start = self.reader.open_object();
        let mut merges = Vec::new();
        loop {
            let part = self.events.next(cursor)?;
            if matches!(part.item, Item::Close) {
                return Ok(self.reader.close_object(start, merges));
            }
            let key = self.key(part, position)?;
            let value = self.events.next(cursor)?;
            let known = self.reader.known_duplicates();
            match key {
                Key::Ignored => self.skip(value, cursor)?,
                Key::Member(key, position) => {
                    let value = self.node(value, cursor, position.into())?;
                    self.reader.push_member(known, key, value);
                }
                Key::Merge => {
                    // What is merged stands where the mapping stands, also as one of several in a sequence.
                    let place = Place { node: position, elements: position };
                    let value = self.node(value, cursor, place)?;
                    if is_mergeable(&value) {
                        self.reader.lead_here(known, || Step::Key("<<".into()));
                        merges.push(value);
                    } else {
                        self.reader.push_member(known, "<<".into(), value);
                    }
                }
            }
        }
    }

    fn key(&mut self, part: Part<'t>, position: Position) -> Result<Key, Fault> {
        let offset = part.offset;
        let (text, style, tag) = match part.item {
            Item::Scalar { text, style, tag } => (text, style, tag),
            Item::Alias(anchor) => {
                let mut cursor = self.anchored(anchor, offset)?;
                let part = self.events.next(&mut cursor)?;
                return self.key(part, position);
            }
            Item::Open { .. } | Item::Close => {
                return Err(Fault::syntax(offset, "the key of a mapping must be a scalar"));
            }
        };
        if scalar::is_merge_key(&text, style, tag.as_deref()) {
            return Ok(Key::Merge);
        }
        Ok(match position.member(&text) {
            Member::Ignored if !self.reader.keeps_ignored_keys() => Key::Ignored,
            Member::Ignored => self.member(&text, Position::Value, offset)?,
            Member::Part(position) => self.member(&text, position, offset)?,
        })
    }

    fn member(&mut self, key: &str, position: Position, offset: usize) -> Result<Key, Fault> {
        self.reader.spend_text(key).map_err(|fault| self.at(offset, fault))?;
        // As text whatever it looks like: `200`, `1.10` and `null` are keys like any other.
        Ok(Key::Member(key.into(), position))
    }

    /// Passes over the node that begins with `part`.
    fn skip(&mut self, part: Part<'t>, cursor: &mut Cursor) -> Result<(), Fault> {
        let mut depth = 0_usize;
        let mut part = part;
        loop {
            // Aliases may lead past the same node any number of times.
            if matches!(cursor, Cursor::Recorded(_)) {
                self.reader.spend(0).map_err(|fault| self.at(part.offset, fault))?;
            }
            match part.item {
                Item::Open { .. } => depth += 1,
                Item::Close => depth = depth.checked_sub(1).ok_or_else(|| unexpected_end(part.offset))?,
                Item::Scalar { .. } | Item::Alias(_) => {}
            }
            if depth == 0 {
                return Ok(());
            }
            part = self.events.next(cursor)?;
        }
    }

    fn anchored(&self, anchor: usize, offset: usize) -> Result<Cursor, Fault> {
        let inside = || Fault::syntax(offset, "this alias is inside the node that it refers to");
        self.events.anchored(anchor).ok_or_else(inside)
    }

    fn at(&self, offset: usize, fault: Fault) -> Fault {
        fault.in_reader(self.reader, offset)
    }
}

/// Whether the value of a merge key can be merged: a mapping, or several.
fn is_mergeable(value: &Tree) -> bool {
    match value {
        Tree::Object(_) => true,
        Tree::Array(items) => items.iter().all(|item| item.as_object().is_some()),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => false,
    }
}

fn unexpected_end(offset: usize) -> Fault {
    Fault::syntax(offset, "a collection ends where a node is expected")
}
