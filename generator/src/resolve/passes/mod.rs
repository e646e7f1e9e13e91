//! The second pass: everything that needs the whole graph. Each file settles one question; `settle` is the order.

mod alias_chains;
mod alias_loops;
mod boxing;
mod branch_tag;
mod check_tags;
mod conversions;
mod dedup;
mod default_loops;
mod default_trait;
mod defaults;
mod enums;
mod files;
mod kinds;
mod loops;
mod mapped_variants;
mod overrides;
mod pairs;
mod prune;
mod redirect;
mod selection;
mod sent;
mod tag_constants;
mod tag_values;
mod tagged;
mod three_states;

use std::collections::BTreeMap;

pub(super) use conversions::conversions;

use super::rules::{Rules, Subject};
use super::secrets::mark_once;
use super::union_draft::UnionDraft;
use crate::config::{Action, Openness, TypeOptions};
use crate::diagnostics::Sink;
use crate::ir::{
    Candidate, Component, Operation, Presence, Property, PropertyKind, Shape, Sides, Type, TypeId, Union,
};

/// The graph while it is being settled.
pub(super) struct Settle<'a> {
    pub types: Vec<Type>,
    pub unions: BTreeMap<TypeId, UnionDraft>,
    pub components: Vec<Component>,
    pub operations: Vec<Operation>,
    /// What the sides of pairs that became one type differ in.
    pub sides: Vec<Sides>,
    /// By component: whether it is kept for its own sake.
    pub roots: Vec<bool>,
    pub options: &'a TypeOptions,
    /// The rules of the settings.
    pub rules: Rules<'a>,
    /// What they are compared with, by type; empty when there are no rules.
    pub subjects: BTreeMap<TypeId, Subject>,
    pub sink: &'a mut Sink,
}

impl Settle<'_> {
    /// Settles everything, in the one order in which it works: enums first, since they take variants away; constants before pairs (a pair may differ in the
    /// requiredness of a constant), pairs before readings (which name variants), readings before defaults (a default
    /// picks a variant), then cycles; what is alike when all is known, since then nothing looks into it any more.
    pub fn settle(&mut self) {
        alias_chains::shorten(self);
        files::settle(self);
        mark_once(&mut self.types);
        enums::settle(self);
        tag_constants::settle(self);
        pairs::merge_pairs(self);
        sent::settle(self);
        selection::settle(self);
        defaults::settle(self);
        default_loops::settle(self);
        three_states::settle(self);
        boxing::cycles::settle(self);
        boxing::sizes::settle(self);
        default_trait::settle(self);
        overrides::settle(self);
        prune::prune(self);
        dedup::merge(self);
    }

    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    pub fn get_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.types[id.0 as usize]
    }

    /// The type behind aliases. A loop of aliases ends where it is entered again.
    pub fn unaliased(&self, id: TypeId) -> TypeId {
        let mut at = id;
        for _ in 0..self.types.len() {
            match self.get(at).shape {
                Shape::Alias(target) | Shape::Newtype { content: target, .. } => at = target.id,
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::External(_)
                | Shape::Any(_) => return at,
            }
        }
        at
    }

    /// The name of the component schema whose type this is.
    pub fn component_name(&self, id: TypeId) -> Option<&str> {
        self.components
            .iter()
            .find(|component| component.ty.id == id)
            .map(|component| component.name.as_str())
    }

    /// What can be said of a variant without trying to read it.
    pub fn candidate(&self, union: &Union, variant: usize) -> Candidate {
        let id = self.unaliased(union.variants[variant].ty.id);
        let properties = self.get(id).shape.as_struct().map_or(&[][..], |shape| &shape.properties);
        let required = properties.iter().filter(|property| is_required(property));
        Candidate { variant, required: required.map(|property| property.wire.clone()).collect() }
    }

    /// Whether a union keeps unknown tags.
    pub fn is_open(&self, union: TypeId) -> bool {
        let own = self.rules.last(self.subjects.get(&union), |action, _| {
            if let Action::Unions(openness) = action { Some(*openness) } else { None }
        });
        own.unwrap_or(self.options.unions) == Openness::Open
    }

    /// What a type is called in messages.
    pub fn label(&self, id: TypeId) -> String {
        match self.component_name(id) {
            Some(name) => name.to_owned(),
            None => format!("the schema at {:?}", self.get(id).location.pointer),
        }
    }
}

/// Whether reading refuses an object without the property.
pub(super) fn is_required(property: &Property) -> bool {
    match &property.kind {
        PropertyKind::Field { presence, .. } => *presence == Presence::Required,
        PropertyKind::Constant { required, .. } => *required,
    }
}
