//! Finds the references of a file to other resources, and the identifiers that references can name.

use super::position::{Member, Position};
use super::reference::{is_file_like, split};
use super::{Object, Tree};
use crate::diagnostics::Pointer;

/// The references and identifiers of a file.
#[derive(Debug, Default)]
pub(super) struct Links<'t> {
    /// References to other files or resources.
    pub references: Vec<Link<'t>>,
    /// Values of `$id` and `$self` without their fragment, and the places that they identify.
    pub identifiers: Vec<(&'t str, Pointer)>,
}

/// A reference to another file or resource.
#[derive(Debug)]
pub(super) struct Link<'t> {
    /// The reference without its fragment; not empty.
    pub uri: &'t str,
    /// The place of the reference.
    pub pointer: Pointer,
    /// Whether it can also be a name (a value of `discriminator.mapping`).
    pub tentative: bool,
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

/// Finds the links of a file whose top is at `position`.
pub(super) fn links(tree: &Tree, position: Position) -> Links<'_> {
    let mut walk = Walk { links: Links::default(), path: Vec::new() };
    walk.node(tree, top(tree, position));
    walk.links
}

/// A fragment is a map of names only if all its members are objects; otherwise its keys are keywords.
fn top(tree: &Tree, position: Position) -> Position {
    let is_map = || {
        tree.as_object().is_some_and(|object| {
            object
                .iter()
                .all(|(key, value)| value.as_object().is_some() && key != "properties" && key != "content")
        })
    };
    if position == Position::Fragment && !is_map() { Position::Keywords } else { position }
}

struct Walk<'t> {
    links: Links<'t>,
    path: Vec<Step<'t>>,
}

impl<'t> Walk<'t> {
    // The depth is bounded: the reader refuses deeper trees.
    fn node(&mut self, tree: &'t Tree, position: Position) {
        match tree {
            Tree::Object(object) => self.object(object, position),
            Tree::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.node(item, position.element());
                    self.path.pop();
                }
            }
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
        }
    }

    fn object(&mut self, object: &'t Object, position: Position) {
        if position == Position::Value {
            return;
        }
        for (key, value) in object.iter() {
            match (value, position.member(key)) {
                (Tree::String(text), Member::Part(child)) if child != Position::Value => {
                    self.text(key, text, position);
                }
                (Tree::Object(_) | Tree::Array(_), Member::Part(child)) if child != Position::Value => {
                    self.path.push(Step::Key(key));
                    if key == "discriminator" && position == Position::Keywords {
                        self.mapping(value);
                    }
                    self.node(value, child);
                    self.path.pop();
                }
                // `enum` has to be a list, so an object can only be a reference to one.
                (Tree::Object(list), Member::Part(Position::Value)) if key == "enum" => {
                    if let Some(text) = list.get("$ref").and_then(Tree::as_str) {
                        self.path.push(Step::Key(key));
                        self.text("$ref", text, Position::Keywords);
                        self.path.pop();
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, key: &'t str, text: &'t str, position: Position) {
        let (uri, _) = split(text);
        if uri.is_empty() {
            return;
        }
        // At any position: only in a mapping does a name have a string as its value.
        if key == "$ref" {
            let pointer = self.pointer().keyword("$ref");
            self.links.references.push(Link { uri, pointer, tentative: false });
        } else if key == "$id" && position != Position::Names || key == "$self" && self.path.is_empty() {
            self.links.identifiers.push((uri, self.pointer()));
        }
    }

    fn mapping(&mut self, discriminator: &'t Tree) {
        let Some(mapping) = discriminator.get("mapping").and_then(Tree::as_object) else { return };
        for (tag, value) in mapping.iter() {
            if let Some(value) = value.as_str().filter(|value| is_file_like(value)) {
                let pointer = self.pointer().keyword("mapping").key(tag);
                self.links.references.push(Link { uri: split(value).0, pointer, tentative: true });
            }
        }
    }

    fn pointer(&self) -> Pointer {
        self.path.iter().fold(Pointer::root(), |pointer, step| match step {
            Step::Key(key) => pointer.key(key),
            Step::Index(index) => pointer.index(*index),
        })
    }
}
