//! Parses the texts in paths, queries, headers and forms into values of their types.
//!
//! | file | what it parses |
//! |---|---|
//! | `style` | parameters and headers, by style |
//! | `form` | the fields of a form |
//! | `multipart` | the parts of a multipart body |
//! | `tree` | names with brackets: `name[key][0]` |

mod form;
mod multipart;
mod style;
mod tree;

pub(super) use form::{Fields, of_form, urlencoded};
pub(super) use multipart::parts;
pub(super) use style::{Given, header, parameter};

use std::collections::HashSet;

use serde_json::Value;

use crate::ir::accept::Interpreter;
use crate::ir::{Graph, PropertyKind, Rest, Scalar, Shape, TypeRef};
use crate::number;

/// Answers what types accept.
pub(super) struct Types<'g> {
    pub(super) graph: &'g Graph,
    pub(super) interpreter: Interpreter<'g>,
}

/// The structure of a type, as far as a text can express it.
enum Kind<'g> {
    Text,
    List(TypeRef),
    /// Elements with one type each.
    Tuple(&'g [TypeRef]),
    Object,
    /// One of several types.
    Union(Vec<TypeRef>),
}

impl<'g> Types<'g> {
    fn takes(&mut self, ty: TypeRef, value: &Value) -> bool {
        self.interpreter.accept(ty, value).is_ok()
    }

    /// The type behind aliases and newtypes.
    fn end(&self, ty: TypeRef) -> TypeRef {
        let mut at = self.graph.unaliased(ty);
        // The bound stops newtypes that contain themselves.
        for _ in 0..self.graph.types().len() {
            let Shape::Newtype { content, .. } = self.graph.get(at.id).shape else { break };
            at = self.graph.unaliased(content);
        }
        at
    }

    fn kind(&self, ty: TypeRef) -> Kind<'g> {
        let ty = self.end(ty);
        match &self.graph.get(ty.id).shape {
            Shape::List(item) => Kind::List(*item),
            Shape::Tuple(tuple) => Kind::Tuple(&tuple.places),
            Shape::Struct(_) | Shape::Map(_) => Kind::Object,
            Shape::Union(_) => Kind::Union(self.variants(ty)),
            Shape::Newtype { .. }
            | Shape::Enum(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => Kind::Text,
        }
    }

    /// The variants of a union, with nested unions flattened.
    fn variants(&self, union: TypeRef) -> Vec<TypeRef> {
        let (mut found, mut seen, mut todo) = (Vec::new(), HashSet::new(), vec![union]);
        while let Some(ty) = todo.pop() {
            match &self.graph.get(ty.id).shape {
                Shape::Union(shape) if seen.insert(ty.id) => {
                    todo.extend(shape.variants.iter().rev().map(|variant| self.end(variant.ty)));
                }
                Shape::Union(_) => {}
                Shape::Struct(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::Newtype { .. }
                | Shape::External(_)
                | Shape::Any(_) => found.push(ty),
            }
        }
        found
    }

    /// The type of a member of an object. `None` if the type does not declare the member.
    fn member(&self, ty: TypeRef, name: &str) -> Option<TypeRef> {
        match &self.graph.get(self.end(ty).id).shape {
            Shape::Struct(shape) => {
                let named = shape.properties.iter().find(|property| property.wire == name);
                let field = named.and_then(|property| match property.kind {
                    PropertyKind::Field { ty, .. } => Some(ty),
                    PropertyKind::Constant { .. } => None,
                });
                field.or(match shape.rest {
                    Rest::Keep(rest) if named.is_none() => Some(rest),
                    Rest::Keep(_) | Rest::Ignore | Rest::Deny => None,
                })
            }
            Shape::Map(values) => Some(*values),
            Shape::Newtype { .. }
            | Shape::Union(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Enum(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => None,
        }
    }

    /// Whether the type is a struct with a property of this name.
    fn names(&self, ty: TypeRef, name: &str) -> bool {
        let shape = self.graph.get(self.end(ty).id).shape.as_struct();
        shape.is_some_and(|shape| shape.properties.iter().any(|property| property.wire == name))
    }

    /// Whether an object of the type, or of a variant of it, can have a member.
    pub(super) fn has_member(&self, ty: TypeRef, name: &str) -> bool {
        match self.kind(ty) {
            Kind::Union(variants) => variants.into_iter().any(|variant| self.has_member(variant, name)),
            Kind::Text | Kind::List(_) | Kind::Tuple(_) | Kind::Object => self.member(ty, name).is_some(),
        }
    }

    /// The value of a text: a string, or the number, boolean or `null` that it spells if the type accepts no string.
    fn text(&mut self, ty: Option<TypeRef>, text: &str) -> Value {
        let string = Value::from(text);
        let (Some(ty), Some(other)) = (ty, said(text)) else { return string };
        let is_better = self.takes(ty, &other) || self.is_never_text(ty) && !other.is_null();
        if !self.takes(ty, &string) && is_better { other } else { string }
    }

    /// Whether the type accepts no string.
    fn is_never_text(&self, ty: TypeRef) -> bool {
        match self.graph.get(self.graph.definition(ty.id)).shape.as_scalar() {
            Some(Scalar::Boolean | Scalar::Integer(_) | Scalar::Float(_)) => true,
            Some(
                Scalar::String
                | Scalar::Secret
                | Scalar::Uuid
                | Scalar::DateTime
                | Scalar::Date
                | Scalar::Base64
                | Scalar::Binary
                | Scalar::Null,
            )
            | None => false,
        }
    }

    /// The first of several values that the type accepts, or else the first one.
    fn first_taken(&mut self, ty: TypeRef, values: Vec<Value>) -> Option<Value> {
        let taken = values.iter().position(|value| self.takes(ty, value)).unwrap_or(0);
        values.into_iter().nth(taken)
    }
}

/// The number, boolean or `null` that a text spells. An empty text is `null`.
fn said(text: &str) -> Option<Value> {
    if text.is_empty() {
        return Some(Value::Null);
    }
    let is_short = text.len() <= 64 && !text.starts_with(['"', '{', '[']);
    if is_short { json(text) } else { None }
}

/// Parses a JSON text.
fn json(text: &str) -> Option<Value> {
    match number::with_marks(text) {
        Some(marked) => serde_json::from_str(&marked).ok(),
        None => serde_json::from_str(text).ok(),
    }
}
