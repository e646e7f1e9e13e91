//! How much of a value would have to change for a type to take it, to tell which branch of a union was meant. Each pair
//! of a type and a part of the value is looked at once.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::decide::{Decider, is_absent};
use super::misfit::Reason;
use super::nodes::NodeId;
use super::scalars;
use super::unions::{self, Step};
use crate::ir::{PropertyKind, Rest, Shape, Struct, TypeId, TypeRef, Union};
use crate::limits::VALUE_TYPES;

/// A value that would have to differ, or to be present.
const SMALL: u64 = 4;
/// A value of another JSON type.
const KIND: u64 = 16;
/// A constant with another value: it distinguishes the branches.
const CONSTANT: u64 = 1_000;
/// What cannot be told: a type that leads back to itself.
const UNKNOWN: u64 = 1 << 40;

/// What is known of types and parts.
#[derive(Default)]
pub(super) struct Costs {
    known: HashMap<(NodeId, TypeId), u64>,
    depth: usize,
}

impl Costs {
    /// What it would take for the type to take the part; of what it takes, how much of it the type does not know.
    pub fn of(&mut self, decider: &mut Decider<'_, '_, '_>, node: NodeId, ty: TypeRef) -> u64 {
        let ty = decider.types.unaliased(ty);
        let value = decider.nodes.value(node);
        if value.is_null() && ty.nullable {
            return 0;
        }
        let reason = match decider.usage(node, ty) {
            Ok(unread) => return u64::try_from(unread).unwrap_or(UNKNOWN),
            Err(fault) => fault.reason.clone(),
        };
        if value.is_null() {
            return SMALL;
        }
        if let Some(known) = self.known.get(&(node, ty.id)) {
            return *known;
        }
        if self.depth >= VALUE_TYPES {
            return UNKNOWN;
        }
        self.known.insert((node, ty.id), UNKNOWN);
        self.depth += 1;
        let cost = self.parts(decider, node, ty.id, &reason).min(UNKNOWN);
        self.depth -= 1;
        self.known.insert((node, ty.id), cost);
        cost
    }

    fn parts(&mut self, decider: &mut Decider<'_, '_, '_>, node: NodeId, id: TypeId, reason: &Reason) -> u64 {
        match (decider.types.shape(id), decider.nodes.value(node)) {
            (Shape::Union(union), _) => self.union(decider, node, id, union),
            (Shape::Struct(shape), Value::Object(members)) => {
                self.structure(decider, node, (id, shape), members)
            }
            (Shape::Map(values), Value::Object(members)) => {
                self.all(decider, node, (0..members.len()).map(|position| (position, *values)))
            }
            (Shape::List(item), Value::Array(items)) => {
                self.all(decider, node, (0..items.len()).map(|position| (position, *item)))
            }
            (Shape::Tuple(tuple), Value::Array(items)) => {
                let fits = (tuple.required..=tuple.places.len()).contains(&items.len());
                let places = tuple.places.iter().copied().enumerate().take(items.len());
                let parts = self.all(decider, node, places);
                if fits { parts } else { parts.saturating_add(KIND) }
            }
            (Shape::Newtype { content, .. }, _) => self.of(decider, node, *content),
            // A text in another form.
            (Shape::Scalar(scalar), Value::String(_)) if scalar.is_text() => SMALL,
            (Shape::Scalar(_) | Shape::Enum(_), _) => match reason {
                Reason::OutOfRange | Reason::OutOfReach | Reason::UnknownValue => SMALL,
                Reason::Expected { what: "an integer", found: "a number" } => SMALL,
                Reason::Expected { .. }
                | Reason::NoBranch { .. }
                | Reason::Missing(_)
                | Reason::UnknownProperty
                | Reason::OtherConstant
                | Reason::UnknownTag
                | Reason::Length { .. }
                | Reason::Loop
                | Reason::TooDeep => KIND,
            },
            (Shape::Struct(_) | Shape::Map(_) | Shape::List(_) | Shape::Tuple(_), _) => KIND,
            (Shape::Alias(_) | Shape::External(_) | Shape::Any(_), _) => UNKNOWN,
        }
    }

    fn all(
        &mut self,
        decider: &mut Decider<'_, '_, '_>,
        node: NodeId,
        parts: impl Iterator<Item = (usize, TypeRef)>,
    ) -> u64 {
        parts.fold(0, |sum: u64, (position, ty)| {
            sum.saturating_add(self.of(decider, decider.nodes.part(node, position), ty))
        })
    }

    fn structure<'g>(
        &mut self,
        decider: &mut Decider<'_, 'g, '_>,
        node: NodeId,
        (id, shape): (TypeId, &'g Struct),
        members: &Map<String, Value>,
    ) -> u64 {
        let properties = decider.types.properties(id, shape);
        let is_missing = |index: &&usize| !members.contains_key(&shape.properties[**index].wire);
        let missing = properties.required.iter().filter(is_missing).count();
        let mut sum = SMALL.saturating_mul(u64::try_from(missing).unwrap_or(UNKNOWN));
        for (position, (name, value)) in members.iter().enumerate() {
            let at = decider.nodes.part(node, position);
            let index = properties.by_name.get(name.as_str()).copied();
            let more = match (index.map(|index| &shape.properties[index].kind), shape.rest) {
                (Some(PropertyKind::Constant { value: wanted, .. }), _) => {
                    if scalars::is_constant(wanted, value) { 0 } else { CONSTANT }
                }
                (Some(PropertyKind::Field { presence, .. }), _) if is_absent(presence, value) => 0,
                (Some(PropertyKind::Field { ty, .. }), _) => self.of(decider, at, *ty),
                (None, Rest::Keep(ty)) => self.of(decider, at, ty),
                (None, Rest::Ignore) => 1,
                (None, Rest::Deny) => SMALL,
            };
            sum = sum.saturating_add(more);
        }
        sum
    }

    fn union(&mut self, decider: &mut Decider<'_, '_, '_>, node: NodeId, id: TypeId, union: &Union) -> u64 {
        let (candidates, more) = match unions::step(decider, node, id, union) {
            Ok(Step::Among(candidates)) => (candidates, 0),
            Ok(Step::Unknown) => return SMALL,
            Err(fault) if matches!(fault.reason, Reason::Missing(_)) => (unions::objects(union), SMALL),
            Err(_) => return CONSTANT,
        };
        let costs = candidates.into_iter().map(|index| self.of(decider, node, union.variants[index].ty));
        costs.min().map_or(KIND, |least| least.saturating_add(more))
    }
}
