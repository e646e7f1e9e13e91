//! Constant values, already matched with the type that they are values of.

use serde_json::Value;

use super::{Graph, PropertyKind, TypeId};
use crate::number;

/// A constant value of a type of the graph (a default, a constant, an enum value).
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`: `None` of a nullable use.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// A floating-point number.
    Float(f64),
    /// A string; also the text of a value that is parsed from a string (`uuid`, `date-time`, base64, secret), which
    /// `resolve` has checked to parse.
    String(String),
    /// A value of an enum: the index into its values.
    EnumValue(TypeId, usize),
    /// A value of an open enum that its schema does not name.
    UnknownEnumValue(TypeId, Box<Literal>),
    /// The elements of a list or of a tuple.
    List(Vec<Literal>),
    /// The entries of a map.
    Map(Vec<(String, Literal)>),
    /// A struct: property indices and their values, where they differ from the struct's own defaults, and the properties
    /// that it keeps without naming them.
    Struct(TypeId, Vec<(usize, Literal)>, Vec<(String, Literal)>),
    /// A variant of a union, by index, and its content.
    Variant(TypeId, usize, Box<Literal>),
    /// An object that a union keeps whole, since its tag does not name a variant of the union.
    UnknownVariant(TypeId, Value),
    /// Any JSON value.
    Any(Value),
}

/// A [`Literal`] without parts that is the same in JSON, whatever its type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlainLiteral<'l> {
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// A floating-point number.
    Float(f64),
    /// A string.
    String(&'l str),
}

impl Literal {
    /// The literal as a plain one. `None` if it has parts, is `null`, or depends on its type.
    pub fn plain(&self) -> Option<PlainLiteral<'_>> {
        match self {
            Self::Bool(value) => Some(PlainLiteral::Bool(*value)),
            Self::Integer(value) => Some(PlainLiteral::Integer(*value)),
            Self::Float(value) => Some(PlainLiteral::Float(*value)),
            Self::String(text) => Some(PlainLiteral::String(text)),
            Self::Null
            | Self::EnumValue(..)
            | Self::UnknownEnumValue(..)
            | Self::List(_)
            | Self::Map(_)
            | Self::Struct(..)
            | Self::Variant(..)
            | Self::UnknownVariant(..)
            | Self::Any(_) => None,
        }
    }

    /// The value as it stands on the wire; integers beyond 64 bits as `number` carries them.
    pub fn json(&self, graph: &Graph) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Integer(value) => number::value(*value),
            Self::Float(value) => (*value).into(),
            Self::String(value) => value.as_str().into(),
            Self::EnumValue(id, index) => {
                let values = graph.get(graph.definition(*id)).shape.as_enum().map(|shape| &shape.values);
                values
                    .and_then(|values| values.get(*index))
                    .map_or(Value::Null, |value| value.wire.json(graph))
            }
            Self::UnknownEnumValue(_, value) | Self::Variant(_, _, value) => value.json(graph),
            Self::List(items) => items.iter().map(|item| item.json(graph)).collect(),
            Self::Map(entries) => {
                entries.iter().map(|(key, value)| (key.clone(), value.json(graph))).collect()
            }
            Self::Struct(id, fields, rest) => {
                let shape = graph.get(graph.definition(*id)).shape.as_struct();
                let properties = shape.map_or(&[][..], |shape| &shape.properties);
                let constants = properties.iter().filter_map(|property| match &property.kind {
                    PropertyKind::Constant { value, .. } => Some((property.wire.clone(), value.json(graph))),
                    PropertyKind::Field { .. } => None,
                });
                let named = fields.iter().filter_map(|(index, value)| {
                    Some((properties.get(*index)?.wire.clone(), value.json(graph)))
                });
                let rest = rest.iter().map(|(name, value)| (name.clone(), value.json(graph)));
                constants.chain(named).chain(rest).collect()
            }
            Self::UnknownVariant(_, value) | Self::Any(value) => value.clone(),
        }
    }

    /// The value as it stands on the wire, with everything that absence means: objects have their defaults.
    pub fn whole_json(&self, graph: &Graph) -> Value {
        match self {
            Self::Struct(id, given, rest) => {
                let shape = graph.get(graph.definition(*id)).shape.as_struct();
                let properties = shape.map_or(&[][..], |shape| &shape.properties).iter().enumerate();
                let members = properties.filter_map(|(index, property)| {
                    let given = given.iter().find(|(at, _)| *at == index).map(|(_, value)| value);
                    let value = match &property.kind {
                        PropertyKind::Constant { value, .. } => value.json(graph),
                        PropertyKind::Field { .. } => given.or(property.default_value())?.whole_json(graph),
                    };
                    Some((property.wire.clone(), value))
                });
                let rest = rest.iter().map(|(name, value)| (name.clone(), value.whole_json(graph)));
                members.chain(rest).collect()
            }
            Self::List(items) => items.iter().map(|item| item.whole_json(graph)).collect(),
            Self::Map(entries) => {
                entries.iter().map(|(name, value)| (name.clone(), value.whole_json(graph))).collect()
            }
            Self::Variant(_, _, content) => content.whole_json(graph),
            Self::Null
            | Self::Bool(_)
            | Self::Integer(_)
            | Self::Float(_)
            | Self::String(_)
            | Self::EnumValue(..)
            | Self::UnknownEnumValue(..)
            | Self::UnknownVariant(..)
            | Self::Any(_) => self.json(graph),
        }
    }
}
