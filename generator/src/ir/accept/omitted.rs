//! What of a value is left out when it is written, since it is a default that is not sent.

use serde_json::{Map, Number, Value};

use super::content::{Accepted, Content, Member};
use crate::diagnostics::Pointer;
use crate::ir::{Graph, Presence, Property, PropertyKind, TypeId};

impl Accepted {
    /// The places of properties that are read as their default and not written back. `value` is the one that was
    /// accepted, as a type of the graph.
    pub fn omitted(&self, graph: &Graph, value: &Value) -> Vec<Pointer> {
        let mut found = Vec::new();
        find(graph, &self.content, value, &Pointer::root(), &mut found);
        found
    }
}

fn find(graph: &Graph, content: &Content, value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match content {
        Content::List(items) => {
            for (index, (item, value)) in items.iter().zip(elements(value)).enumerate() {
                find(graph, item, value, &at.index(index), found);
            }
        }
        Content::Map(contents) => {
            for (content, (key, value)) in contents.iter().zip(members(value)) {
                find(graph, content, value, &at.key(key), found);
            }
        }
        Content::Struct(of, all) => {
            for (member, (key, value)) in all.iter().zip(members(value)) {
                let at = at.key(key);
                match member {
                    Member::Field(index, content) if is_omitted(graph, *of, *index, content, value) => {
                        found.push(at)
                    }
                    Member::Field(_, content) | Member::Rest(content) => {
                        find(graph, content, value, &at, found)
                    }
                    Member::Absent(_) | Member::Constant(_) | Member::Unread => {}
                }
            }
        }
        Content::Variant(_, _, content) => find(graph, content, value, at, found),
        Content::Null
        | Content::Any
        | Content::External(_)
        | Content::Scalar { .. }
        | Content::Enum(..)
        | Content::UnknownValue(_)
        | Content::UnknownVariant(_) => {}
    }
}

fn is_omitted(graph: &Graph, of: TypeId, index: usize, content: &Content, value: &Value) -> bool {
    let property = property(graph, of, index);
    let default = property.filter(|it| it.omits_default).and_then(Property::default_value);
    default.is_some_and(|default| plain(default.whole_json(graph)) == plain(whole(graph, content, value)))
}

/// The value with everything that absence means.
fn whole(graph: &Graph, content: &Content, value: &Value) -> Value {
    match content {
        Content::List(items) => {
            items.iter().zip(elements(value)).map(|(item, value)| whole(graph, item, value)).collect()
        }
        Content::Map(contents) => {
            let entries = contents.iter().zip(members(value));
            entries.map(|(content, (key, value))| (key.clone(), whole(graph, content, value))).collect()
        }
        Content::Struct(of, all) => {
            let mut made: Map<String, Value> = Map::new();
            for property in graph.get(*of).shape.as_struct().map_or(&[][..], |shape| &shape.properties) {
                let value = match &property.kind {
                    PropertyKind::Constant { value, .. } => Some(value.json(graph)),
                    PropertyKind::Field { presence: Presence::Default(value), .. } => {
                        Some(value.whole_json(graph))
                    }
                    PropertyKind::Field { .. } => None,
                };
                made.extend(value.map(|value| (property.wire.clone(), value)));
            }
            for (member, (key, value)) in all.iter().zip(members(value)) {
                match member {
                    Member::Field(_, content) | Member::Rest(content) => {
                        made.insert(key.clone(), whole(graph, content, value));
                    }
                    Member::Absent(_) | Member::Constant(_) | Member::Unread => {}
                }
            }
            Value::Object(made)
        }
        Content::Variant(_, _, content) => whole(graph, content, value),
        Content::Scalar { written: Some(text), .. } => text.as_str().into(),
        Content::Null
        | Content::Any
        | Content::External(_)
        | Content::Scalar { .. }
        | Content::Enum(..)
        | Content::UnknownValue(_)
        | Content::UnknownVariant(_) => value.clone(),
    }
}

/// The value with one form for each number, and without members that are `null`: those are read as absent.
fn plain(value: Value) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    match value {
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => {
            let present = members.into_iter().filter(|(_, value)| !value.is_null());
            present.map(|(name, value)| (name, plain(value))).collect()
        }
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                Number::from(float as i64).into()
            }
            Some(_) | None => number.into(),
        },
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

fn property(graph: &Graph, of: TypeId, index: usize) -> Option<&Property> {
    graph.get(of).shape.as_struct()?.properties.get(index)
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
