//! Converts components on trial, to find out what they mention.

use std::collections::BTreeMap;

use super::budget::Budget;
use super::convert::Converter;
use super::descendants::Descendants;
use super::operations;
use super::site::Components;
use crate::config::TypeOptions;
use crate::diagnostics::{FileId, Sink};
use crate::document::Document;
use crate::ir::TypeId;

/// A conversion of which nothing is kept. What there is to warn of is found again in the one that counts.
pub struct Trial<'a, 'd> {
    document: &'d Document,
    converter: Converter<'a, 'd>,
    descendants: Descendants,
    /// How many types were looked at.
    seen: usize,
}

impl<'a, 'd> Trial<'a, 'd> {
    /// A trial of a document that [`crate::lower`] gave. `bytes` is how many bytes its files have.
    pub fn new(
        document: &'d Document,
        files: &'a BTreeMap<FileId, String>,
        bytes: usize,
        options: &'a TypeOptions,
        sink: &'a mut Sink,
    ) -> Self {
        let components = Components::new(document);
        let descendants = Descendants::new(&components);
        let seen = components.len();
        let converter = Converter::new(components, options, files, Budget::of(bytes), sink);
        Self { document, converter, descendants, seen }
    }

    /// The components that the operations mention, and the types that are made for them.
    pub fn operations(&mut self) -> Vec<usize> {
        let operations = operations::operations(&mut self.converter, self.document);
        let mentioned = operations.iter().flat_map(|operation| operation.mentions()).collect();
        self.components_of(mentioned)
    }

    /// The components that a component mentions, and the types that are made for it.
    pub fn component(&mut self, index: usize) -> Vec<usize> {
        self.converter.component(index, &self.descendants);
        let mentioned = self.converter.types[index].shape.mentions();
        self.components_of(mentioned)
    }

    fn components_of(&mut self, mut mentioned: Vec<TypeId>) -> Vec<usize> {
        for ty in &self.converter.types[self.seen..] {
            mentioned.extend(ty.shape.mentions());
        }
        self.seen = self.converter.types.len();
        let count = self.converter.components.len();
        mentioned.into_iter().map(|id| id.0 as usize).filter(|index| *index < count).collect()
    }
}
