//! All ways in which a value does not fit a type. Where [`super::accept`] stops at the first, this goes on.
//!
//! What fits is decided by the same [`Decider`], so that both agree. Of a union that refuses the value, the variant is
//! looked into that the tag names, or else the one that the value needs the least change for (`costs.rs`).

use serde_json::{Map, Value};

use super::costs::Costs;
use super::decide::{Choice, Decider, Verdict, is_absent};
use super::misfit::{Reason, expected, kind};
use super::nodes::{NodeId, Nodes};
use super::unions::{self, Step};
use super::{Interpreter, scalars};
use crate::diagnostics::Pointer;
use crate::ir::{PropertyKind, Rest, Shape, Struct, TypeId, TypeRef, Union};
use crate::limits::{MISFITS, VALUE_TYPES};

/// One way in which a value does not fit a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The way through the types to what does not fit, outermost first.
    pub way: Vec<Way>,
    /// The place in the value.
    pub at: Pointer,
    /// The type that does not have what is there.
    pub ty: TypeId,
    /// What is wrong.
    pub what: What,
}

/// A step from a type to a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// To a property, by its name, and which one of a struct it is. None where the type does not name it.
    Property(String, Option<(TypeId, usize)>),
    /// To an element of an array.
    Item(usize),
    /// To a variant of a union.
    Variant(TypeId, usize),
}

/// What is wrong with a value, or not said by its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The value is refused for it.
    Refused(Reason),
    /// The value is read, although the type does not name this.
    Unnamed(Unnamed),
}

/// What a type reads although it does not name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unnamed {
    /// A property, which is skipped.
    Property,
    /// A value of an open enum.
    Value,
    /// A tag of an open union.
    Tag,
}

impl Interpreter<'_> {
    /// All ways in which a value does not fit a type, in the order of the value; at most 10,000. None of them is
    /// [`What::Refused`] exactly if [`Interpreter::accept`] takes the value.
    pub fn misfits(&mut self, ty: TypeRef, value: &Value) -> Vec<Found> {
        let whole = |reason| {
            let what = What::Refused(reason);
            vec![Found { way: Vec::new(), at: Pointer::root(), ty: ty.id, what }]
        };
        let Some(nodes) = Nodes::of(value) else { return whole(Reason::TooDeep) };
        let mut decider = Decider::new(self, &nodes);
        let verdict = decider.root(ty);
        match &verdict {
            Ok(0) => return Vec::new(),
            Err(fault) if matches!(fault.reason, Reason::TooDeep) => return whole(Reason::TooDeep),
            Ok(_) | Err(_) => {}
        }
        let (way, at, found) = (Vec::new(), Pointer::root(), Vec::new());
        let mut walk = Walk { decider, costs: Costs::default(), way, at, found, depth: 0 };
        walk.usage(0, ty);
        let mut found = walk.found;
        let is_refused = |found: &Found| matches!(found.what, What::Refused(_));
        // Both must agree, whatever a union is taken for.
        if let Err(fault) = verdict
            && !found.iter().any(is_refused)
        {
            let misfit = fault.misfit(&nodes);
            let what = What::Refused(misfit.reason);
            found.push(Found { way: Vec::new(), at: misfit.at, ty: misfit.ty, what });
        }
        found
    }
}

struct Walk<'a, 'g, 'v> {
    decider: Decider<'a, 'g, 'v>,
    costs: Costs,
    way: Vec<Way>,
    /// The place in the value.
    at: Pointer,
    found: Vec<Found>,
    depth: usize,
}

impl<'g> Walk<'_, 'g, '_> {
    fn usage(&mut self, node: NodeId, ty: TypeRef) {
        let ty = self.decider.types.unaliased(ty);
        let value = self.decider.nodes.value(node);
        if self.found.len() >= MISFITS || value.is_null() && ty.nullable {
            return;
        }
        let verdict = self.decider.usage(node, ty);
        if matches!(verdict, Ok(0)) {
            return;
        }
        if self.depth >= VALUE_TYPES {
            return self.refused(ty.id, Reason::TooDeep);
        }
        self.depth += 1;
        self.parts(node, ty.id, verdict);
        self.depth -= 1;
    }

    fn parts(&mut self, node: NodeId, id: TypeId, verdict: Verdict) {
        let value = self.decider.nodes.value(node);
        match (self.decider.types.shape(id), value) {
            (Shape::Union(union), _) => self.union(node, id, union, verdict),
            (Shape::Struct(shape), Value::Object(members)) => self.structure(node, id, shape, members),
            (Shape::Map(values), Value::Object(members)) => {
                for (position, name) in members.keys().enumerate() {
                    self.step(node, position, || Way::Property(name.clone(), None), *values);
                }
            }
            (Shape::List(item), Value::Array(items)) => {
                for position in 0..items.len() {
                    self.step(node, position, || Way::Item(position), *item);
                }
            }
            (Shape::Tuple(tuple), Value::Array(items)) => {
                if !(tuple.required..=tuple.places.len()).contains(&items.len()) {
                    let reason = Reason::Length { expected: tuple.places.len(), found: items.len() };
                    self.refused(id, reason);
                }
                for (position, ty) in tuple.places.iter().enumerate().take(items.len()) {
                    self.step(node, position, || Way::Item(position), *ty);
                }
            }
            (Shape::Newtype { content, .. }, _) => self.usage(node, *content),
            (Shape::List(_) | Shape::Tuple(_), _) => self.refused(id, expected("an array", value)),
            (Shape::Struct(_) | Shape::Map(_), _) => self.refused(id, expected("an object", value)),
            (Shape::Scalar(_) | Shape::Enum(_) | Shape::Alias(_), _) => match verdict {
                // An open enum keeps it.
                Ok(_) => self.unnamed(id, Unnamed::Value),
                Err(fault) => self.refused(id, fault.reason.clone()),
            },
            (Shape::External(_) | Shape::Any(_), _) => {}
        }
    }

    /// Goes on with an element or a member.
    fn step(&mut self, node: NodeId, position: usize, way: impl FnOnce() -> Way, ty: TypeRef) {
        let node = self.decider.nodes.part(node, position);
        // Most parts fit, and then nobody asks for the way to them.
        if matches!(self.decider.usage(node, ty), Ok(0)) {
            return;
        }
        let outer = self.enter(way());
        self.usage(node, ty);
        self.leave(outer);
    }

    /// Steps into an element or a member. Gives the place to go back to.
    fn enter(&mut self, way: Way) -> Pointer {
        let inner = match &way {
            Way::Property(name, _) => self.at.key(name),
            Way::Item(index) => self.at.index(*index),
            Way::Variant(..) => self.at.clone(),
        };
        self.way.push(way);
        std::mem::replace(&mut self.at, inner)
    }

    /// Says something of an element or a member.
    fn at(&mut self, way: Way, say: impl FnOnce(&mut Self)) {
        let outer = self.enter(way);
        say(self);
        self.leave(outer);
    }

    fn leave(&mut self, outer: Pointer) {
        self.way.pop();
        self.at = outer;
    }

    fn structure(&mut self, node: NodeId, id: TypeId, shape: &'g Struct, members: &Map<String, Value>) {
        let properties = self.decider.types.properties(id, shape);
        for index in &properties.required {
            let name = &shape.properties[*index].wire;
            if !members.contains_key(name) {
                self.refused(id, Reason::Missing(name.clone()));
            }
        }
        for (position, (name, value)) in members.iter().enumerate() {
            let index = properties.by_name.get(name.as_str()).copied();
            let way = || Way::Property(name.clone(), index.map(|index| (id, index)));
            match (index.map(|index| &shape.properties[index].kind), shape.rest) {
                (Some(PropertyKind::Constant { value: wanted, .. }), _) => {
                    if !scalars::is_constant(wanted, value) {
                        self.at(way(), |walk| walk.refused(id, Reason::OtherConstant));
                    }
                }
                (Some(PropertyKind::Field { presence, .. }), _) if is_absent(presence, value) => {}
                (Some(PropertyKind::Field { ty, .. }), _) => self.step(node, position, way, *ty),
                (None, Rest::Keep(ty)) => self.step(node, position, way, ty),
                (None, Rest::Ignore) => self.at(way(), |walk| walk.unnamed(id, Unnamed::Property)),
                (None, Rest::Deny) => self.at(way(), |walk| walk.refused(id, Reason::UnknownProperty)),
            }
        }
    }

    fn union(&mut self, node: NodeId, id: TypeId, union: &'g Union, verdict: Verdict) {
        if verdict.is_ok() {
            match self.decider.choice(node, id) {
                Some(Choice::Variant(index)) => self.variant(node, id, union, index),
                Some(Choice::Unknown) | None => self.unnamed(id, Unnamed::Tag),
            }
            return;
        }
        let before = self.found.len();
        let reason = match unions::step(&self.decider, node, id, union) {
            Ok(Step::Among(candidates)) => {
                self.closest(node, id, union, candidates);
                Reason::NoBranch { found: kind(self.decider.nodes.value(node)) }
            }
            Ok(Step::Unknown) => Reason::UnknownTag,
            Err(fault) => match fault.reason.clone() {
                reason @ Reason::Missing(_) => {
                    // Nothing says which one it is: all may be meant.
                    self.closest(node, id, union, unions::objects(union));
                    reason
                }
                // The tag itself.
                reason => {
                    let tag = self.decider.nodes.pointer(fault.node);
                    let outer = std::mem::replace(&mut self.at, tag);
                    self.refused(id, reason);
                    self.at = outer;
                    return;
                }
            },
        };
        if self.found.len() == before {
            self.refused(id, reason);
        }
    }

    /// Looks into the candidate that the value needs the least change for, the first one on a tie.
    fn closest(&mut self, node: NodeId, id: TypeId, union: &'g Union, candidates: Vec<usize>) {
        let (decider, costs) = (&mut self.decider, &mut self.costs);
        let closest = candidates.into_iter().min_by_key(|index| {
            let ty = union.variants[*index].ty;
            costs.of(decider, node, ty)
        });
        if let Some(index) = closest {
            self.variant(node, id, union, index);
        }
    }

    fn variant(&mut self, node: NodeId, id: TypeId, union: &'g Union, index: usize) {
        let outer = self.enter(Way::Variant(id, index));
        self.usage(node, union.variants[index].ty);
        self.leave(outer);
    }

    fn refused(&mut self, ty: TypeId, reason: Reason) {
        self.found(ty, What::Refused(reason));
    }

    fn unnamed(&mut self, ty: TypeId, what: Unnamed) {
        self.found(ty, What::Unnamed(what));
    }

    fn found(&mut self, ty: TypeId, what: What) {
        if self.found.len() < MISFITS {
            self.found.push(Found { way: self.way.clone(), at: self.at.clone(), ty, what });
        }
    }
}
