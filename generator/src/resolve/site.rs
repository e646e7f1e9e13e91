//! Places in the lowered document: a schema, where it stands, and the way through references.

use std::cell::RefCell;
use std::collections::HashMap;

use super::json_types::{self, JsonTypes, KnownTypes};
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, Sink};
use crate::document::{Document, MappingTarget, Reference, Schema, SchemaId, SchemaRef};
use crate::limits::Depth;

/// A schema or a reference to one, and where it stands in the source.
#[derive(Clone)]
pub(super) struct Site<'d> {
    pub node: Node<'d>,
    pub at: Location,
}

/// A schema or a reference to one.
#[derive(Clone, Copy)]
pub(super) enum Node<'d> {
    Reference(&'d Reference),
    Schema(&'d Schema),
}

impl<'d> Site<'d> {
    pub fn new(schema: &'d SchemaRef, at: Location) -> Self {
        match schema {
            SchemaRef::Schema(schema) => Self { node: Node::Schema(schema), at: schema.place(at) },
            SchemaRef::Reference(reference) => Self { node: Node::Reference(reference), at },
        }
    }

    /// Whether this is the schema that allows nothing.
    pub fn is_false(&self) -> bool {
        match self.node {
            Node::Schema(schema) => schema.is_false(),
            Node::Reference(_) => false,
        }
    }

    /// What tells one schema or reference of the document from another.
    pub fn identity(&self) -> SchemaId {
        match self.node {
            Node::Reference(reference) => reference.id,
            Node::Schema(schema) => schema.id,
        }
    }
}

/// The component schemas by name and by number.
pub(super) struct Components<'d> {
    list: Vec<(&'d str, Site<'d>)>,
    by_name: HashMap<&'d str, usize>,
    /// For each component the one behind all references: itself when it is a schema, none when it leads nowhere.
    ends: Vec<Option<usize>>,
    /// The JSON types of the schemas looked at so far.
    types: RefCell<KnownTypes>,
    /// Where a question was first not followed up any further.
    beyond: RefCell<Vec<(&'static Depth, Location)>>,
}

impl<'d> Components<'d> {
    pub fn new(document: &'d Document) -> Self {
        let base = Location::new(FileId(0), Pointer::root()).keyword("components").keyword("schemas");
        let schemas = document.components.schemas.iter();
        let list: Vec<_> =
            schemas.map(|(name, schema)| (name.as_str(), Site::new(schema, base.key(name)))).collect();
        let by_name = list.iter().enumerate().map(|(index, (name, _))| (*name, index)).collect();
        let mut components =
            Self { list, by_name, ends: Vec::new(), types: RefCell::default(), beyond: RefCell::default() };
        components.ends = components.find_ends();
        components
    }

    /// Follows every chain once, however long it is.
    fn find_ends(&self) -> Vec<Option<usize>> {
        let mut ends = vec![None; self.list.len()];
        let mut is_known = vec![false; self.list.len()];
        for start in 0..self.list.len() {
            let mut chain = Vec::new();
            let mut at = Some(start);
            let end = loop {
                let Some(index) = at else { break None };
                // Known, or met on this very way, which is then a circle.
                if is_known[index] {
                    break ends[index];
                }
                is_known[index] = true;
                chain.push(index);
                match self.list[index].1.node {
                    Node::Schema(_) => break Some(index),
                    Node::Reference(reference) => at = self.find(reference),
                }
            };
            chain.into_iter().for_each(|index| ends[index] = end);
        }
        ends
    }

    /// Whether a question is not followed up at this depth. The first place of each question is noted.
    pub fn is_beyond(&self, limit: &'static Depth, depth: usize, at: &Location) -> bool {
        if depth <= limit.most {
            return false;
        }
        let mut beyond = self.beyond.borrow_mut();
        if !beyond.iter().any(|(known, _)| *known == limit) {
            beyond.push((limit, at.clone()));
        }
        true
    }

    /// Warns of the places where questions were not followed up.
    pub fn report_limits(&self, sink: &mut Sink) {
        for (limit, at) in self.beyond.borrow().iter() {
            sink.push(Diagnostic::warning("too-deep", at.clone(), limit.message).help(limit.help));
        }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn name(&self, index: usize) -> &'d str {
        self.list[index].0
    }

    pub fn site(&self, index: usize) -> &Site<'d> {
        &self.list[index].1
    }

    /// Where the component is defined: under its name, or where it was hoisted from. A schema that is only a wrapper
    /// around another one stands for that one's place, but the component keeps its own.
    pub fn place(&self, index: usize) -> Location {
        let own = Location::new(FileId(0), Pointer::root())
            .keyword("components")
            .keyword("schemas")
            .key(self.name(index));
        let at = &self.site(index).at;
        let below = format!("{}/", own.pointer);
        if at.file == own.file && at.pointer.to_string().starts_with(&below) { own } else { at.clone() }
    }

    /// The component that a reference names.
    pub fn find(&self, reference: &Reference) -> Option<usize> {
        self.by_name.get(&*reference.component).copied()
    }

    fn find_text(&self, reference: &str) -> Option<usize> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        // A name with `~` or `/` is escaped in a reference (RFC 6901 §4).
        if name.contains('~') {
            return self.by_name.get(name.replace("~1", "/").replace("~0", "~").as_str()).copied();
        }
        self.by_name.get(name).copied()
    }

    /// The component behind a name as it stands in a mapping or in the settings: a reference or a bare name.
    pub fn find_named(&self, target: &str) -> Option<usize> {
        self.find_text(target).or_else(|| self.by_name.get(target).copied())
    }

    /// The component that a mapping leads to.
    pub fn find_mapped(&self, target: &MappingTarget) -> Option<usize> {
        match target {
            MappingTarget::Component(name) => self.by_name.get(name.as_str()).copied(),
            MappingTarget::Text(text) => self.find_named(text),
        }
    }

    /// The same for all references to a schema and the schema itself.
    pub fn identity(&self, site: &Site<'d>) -> SchemaId {
        self.follow(site).map_or_else(|| site.identity(), |(schema, _)| schema.id)
    }

    /// Follows a reference and the references behind it to a schema. `None` when it dangles or runs in a circle.
    pub fn follow(&self, site: &Site<'d>) -> Option<(&'d Schema, Location)> {
        let site = match site.node {
            Node::Schema(_) => site,
            Node::Reference(reference) => self.site(self.end(self.find(reference)?)?),
        };
        match site.node {
            Node::Schema(schema) => Some((schema, site.at.clone())),
            Node::Reference(_) => None,
        }
    }

    /// The JSON types that a schema allows.
    pub fn json_types(&self, site: &Site<'d>) -> JsonTypes {
        json_types::json_types(self, site, &mut self.types.borrow_mut())
    }

    /// Whether a schema says nothing of values of the types `among` except that it allows them.
    pub fn allows_all(&self, site: &Site<'d>, among: JsonTypes) -> bool {
        json_types::allows_all(self, site, among, &mut self.types.borrow_mut())
    }

    /// The component that is the schema behind this one's references. `None` when they dangle or run in a circle.
    pub fn end(&self, index: usize) -> Option<usize> {
        self.ends[index]
    }
}
