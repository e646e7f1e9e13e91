//! Decides whether a type takes a part of a value, and which variant of a union it is. Each pair of the two is decided
//! once.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::misfit::{Fault, Reason, expected};
use super::nodes::{NodeId, Nodes};
use super::quick::Quick;
use super::{Interpreter, scalars, unions};
use crate::ir::{Presence, PropertyKind, Rest, Shape, Struct, TypeId, TypeRef};
use crate::limits::VALUE_TYPES;

/// How much a type does not know of what it takes, or why it does not take it.
pub(super) type Verdict = Result<usize, Arc<Fault>>;

/// Which variant of a union a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Variant(usize),
    /// It is kept whole.
    Unknown,
}

/// What is known of parts and types.
pub(super) type Decisions = HashMap<(NodeId, TypeId), Decision, Quick>;

/// A table with room for more is not kept: emptying it takes time in proportion to its room.
const SPARE: usize = 1 << 14;

/// What is known of a type and a part.
pub(super) enum Decision {
    /// It is being decided: the type leads back to itself without a step into the value.
    Open,
    Taken {
        unread: usize,
        choice: Option<Choice>,
    },
    Refused(Arc<Fault>),
}

pub(super) struct Decider<'a, 'g, 'v> {
    pub(super) types: &'a mut Interpreter<'g>,
    pub(super) nodes: &'a Nodes<'v>,
    known: Decisions,
    /// How many types are on the way.
    depth: usize,
    /// Whether there were too many once. What was decided then may be wrong.
    exhausted: bool,
}

impl<'a, 'g, 'v> Decider<'a, 'g, 'v> {
    pub(super) fn new(types: &'a mut Interpreter<'g>, nodes: &'a Nodes<'v>) -> Self {
        let known = std::mem::take(&mut types.spare);
        Self { types, nodes, known, depth: 0, exhausted: false }
    }

    /// Decides about the whole value.
    pub(super) fn root(&mut self, ty: TypeRef) -> Verdict {
        let verdict = self.usage(0, ty);
        if self.exhausted { fault(0, ty.id, Reason::TooDeep) } else { verdict }
    }

    /// Which variant of a union a part is; of unions and parts that were decided about.
    pub(super) fn choice(&self, node: NodeId, union: TypeId) -> Option<Choice> {
        match self.known.get(&(node, union)) {
            Some(Decision::Taken { choice, .. }) => *choice,
            Some(Decision::Open | Decision::Refused(_)) | None => None,
        }
    }

    pub(super) fn usage(&mut self, node: NodeId, ty: TypeRef) -> Verdict {
        let ty = self.types.unaliased(ty);
        let value = self.nodes.value(node);
        if value.is_null() && ty.nullable {
            return Ok(0);
        }
        match self.types.shape(ty.id) {
            Shape::Any(_) | Shape::External(_) => Ok(0),
            Shape::Scalar(kind) => match scalars::takes(*kind, self.types.dates, value) {
                Ok(()) => Ok(0),
                Err(reason) => fault(node, ty.id, reason),
            },
            Shape::Enum(found) => match self.types.enumerated(ty.id, found, value) {
                Ok(Some(_)) => Ok(0),
                Ok(None) => Ok(1),
                Err(reason) => fault(node, ty.id, reason),
            },
            Shape::Alias(_) => fault(node, ty.id, Reason::Loop),
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Newtype { .. } => self.remembered(node, ty.id),
        }
    }

    /// Decides about a type with parts, unless that was done before.
    fn remembered(&mut self, node: NodeId, id: TypeId) -> Verdict {
        match self.known.get(&(node, id)) {
            Some(Decision::Taken { unread, .. }) => return Ok(*unread),
            Some(Decision::Refused(fault)) => return Err(Arc::clone(fault)),
            Some(Decision::Open) => return fault(node, id, Reason::Loop),
            None => {}
        }
        if self.depth >= VALUE_TYPES || self.exhausted {
            self.exhausted = true;
            return fault(node, id, Reason::TooDeep);
        }
        self.known.insert((node, id), Decision::Open);
        self.depth += 1;
        let verdict = self.parts(node, id);
        self.depth -= 1;
        let decision = match &verdict {
            Ok((unread, choice)) => Decision::Taken { unread: *unread, choice: *choice },
            Err(fault) => Decision::Refused(Arc::clone(fault)),
        };
        self.known.insert((node, id), decision);
        verdict.map(|(unread, _)| unread)
    }

    fn parts(&mut self, node: NodeId, id: TypeId) -> Result<(usize, Option<Choice>), Arc<Fault>> {
        let value = self.nodes.value(node);
        let unread = match (self.types.shape(id), value) {
            (Shape::Union(union), _) => {
                let (choice, unread) = unions::choose(self, node, id, union)?;
                return Ok((unread, Some(choice)));
            }
            (Shape::Struct(shape), Value::Object(members)) => self.structure(node, id, shape, members)?,
            (Shape::Map(values), Value::Object(members)) => {
                let values = (0..members.len()).map(|position| (position, *values));
                self.all(node, values)?
            }
            (Shape::List(item), Value::Array(items)) => {
                self.all(node, (0..items.len()).map(|position| (position, *item)))?
            }
            (Shape::Tuple(tuple), Value::Array(items)) => {
                if !(tuple.required..=tuple.places.len()).contains(&items.len()) {
                    let reason = Reason::Length { expected: tuple.places.len(), found: items.len() };
                    return Err(Arc::new(Fault::new(node, id, reason)));
                }
                self.all(node, tuple.places.iter().copied().enumerate().take(items.len()))?
            }
            (Shape::Newtype { content, .. }, _) => self.usage(node, *content)?,
            (Shape::List(_) | Shape::Tuple(_), _) => fault(node, id, expected("an array", value))?,
            (
                Shape::Struct(_)
                | Shape::Map(_)
                | Shape::Enum(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => fault(node, id, expected("an object", value))?,
        };
        Ok((unread, None))
    }

    /// Decides about all elements or members.
    fn all(&mut self, node: NodeId, parts: impl Iterator<Item = (usize, TypeRef)>) -> Verdict {
        let mut unread: usize = 0;
        for (position, ty) in parts {
            unread = unread.saturating_add(self.usage(self.nodes.part(node, position), ty)?);
        }
        Ok(unread)
    }

    fn structure(
        &mut self,
        node: NodeId,
        id: TypeId,
        shape: &'g Struct,
        members: &Map<String, Value>,
    ) -> Verdict {
        let properties = self.types.properties(id, shape);
        for index in &properties.required {
            let name = &shape.properties[*index].wire;
            if !members.contains_key(name) {
                let fault = Fault::new(node, id, Reason::Missing(name.clone()));
                return Err(Arc::new(Fault { property: Some((id, *index)), ..fault }));
            }
        }
        let mut unread: usize = 0;
        for (position, (name, value)) in members.iter().enumerate() {
            let node = self.nodes.part(node, position);
            let index = properties.by_name.get(name.as_str()).copied();
            let more = match (index.map(|index| &shape.properties[index].kind), shape.rest) {
                (Some(PropertyKind::Constant { value: wanted, .. }), _) => {
                    if scalars::is_constant(wanted, value) {
                        Ok(0)
                    } else {
                        fault(node, id, Reason::OtherConstant)
                    }
                }
                (Some(PropertyKind::Field { presence, .. }), _) if is_absent(presence, value) => Ok(0),
                (Some(PropertyKind::Field { ty, .. }), _) => self.usage(node, *ty),
                (None, Rest::Keep(ty)) => self.usage(node, ty),
                (None, Rest::Ignore) => Ok(1),
                (None, Rest::Deny) => fault(node, id, Reason::UnknownProperty),
            };
            let more = more.map_err(|fault| match (index, fault.property) {
                (Some(index), None) => {
                    Arc::new(Fault { property: Some((id, index)), ..Arc::unwrap_or_clone(fault) })
                }
                (None, _) | (_, Some(_)) => fault,
            })?;
            unread = unread.saturating_add(more);
        }
        Ok(unread)
    }
}

/// Whether a value is read as if the property were absent: whatever the schema says, `null` is where absence has no
/// meaning of its own.
pub(super) fn is_absent(presence: &Presence, value: &Value) -> bool {
    match presence {
        Presence::Optional | Presence::ThreeState => value.is_null(),
        Presence::Required | Presence::Default(_) => false,
    }
}

impl Drop for Decider<'_, '_, '_> {
    fn drop(&mut self) {
        if self.known.capacity() <= SPARE {
            self.known.clear();
            self.types.spare = std::mem::take(&mut self.known);
        }
    }
}

pub(super) fn fault<T>(node: NodeId, ty: TypeId, reason: Reason) -> Result<T, Arc<Fault>> {
    Err(Arc::new(Fault::new(node, ty, reason)))
}
