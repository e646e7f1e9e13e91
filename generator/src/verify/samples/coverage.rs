//! The features of a type that a value covers. A second value that covers no new feature would test nothing new.

use serde_json::Value;

use crate::ir::accept::{Content, Member};
use crate::ir::{Graph, Shape, TypeId, TypeRef};

/// The place of a part: a property of a struct, by its index, or the value itself. Elements have the place of their
/// list.
type Place = (TypeId, usize);

/// The index that means the value itself.
const ITSELF: usize = usize::MAX;

/// One feature that a value covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Feature {
    Null(Place),
    /// A value without a schema, by its JSON type.
    Any(Place, &'static str),
    /// A scalar, and whether it is written in another form than it was read.
    Scalar(Place, bool),
    Constant(TypeId, usize),
    UnknownConstant(TypeId),
    /// A list or a map, and whether it is empty.
    Many(Place, bool),
    Variant(TypeId, usize),
    UnknownVariant(TypeId),
    /// A property, and its presence.
    Property(Place, Presence),
    /// A property that the schema does not declare, and whether the models keep it.
    Unnamed(TypeId, bool),
}

/// The presence of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Presence {
    Present,
    /// It is `null`, which is read as absent.
    Null,
    Absent,
}

/// All features that a value covers, given the content that its type reads from it.
pub(super) fn features(graph: &Graph, ty: TypeRef, content: &Content, value: &Value) -> Vec<Feature> {
    let mut walk = Walk { graph, found: Vec::new() };
    walk.content((ty.id, ITSELF), content, value);
    walk.found
}

struct Walk<'g> {
    graph: &'g Graph,
    found: Vec<Feature>,
}

impl Walk<'_> {
    fn content(&mut self, at: Place, content: &Content, value: &Value) {
        match content {
            Content::Null => self.found.push(Feature::Null(at)),
            Content::Any | Content::External(_) => self.found.push(Feature::Any(at, kind(value))),
            Content::Scalar { written, .. } => self.found.push(Feature::Scalar(at, written.is_some())),
            Content::Enum(of, index) => self.found.push(Feature::Constant(*of, *index)),
            Content::UnknownValue(of) => self.found.push(Feature::UnknownConstant(*of)),
            Content::List(items) => {
                self.found.push(Feature::Many(at, items.is_empty()));
                for (item, value) in items.iter().zip(value.as_array().into_iter().flatten()) {
                    self.content(at, item, value);
                }
            }
            Content::Map(contents) => {
                self.found.push(Feature::Many(at, contents.is_empty()));
                for (content, value) in contents.iter().zip(members(value)) {
                    self.content(at, content, value);
                }
            }
            Content::Struct(of, all) => self.structure(*of, all, value),
            Content::Variant(of, index, content) => {
                self.found.push(Feature::Variant(*of, *index));
                self.content(at, content, value);
            }
            Content::UnknownVariant(of) => self.found.push(Feature::UnknownVariant(*of)),
        }
    }

    fn structure(&mut self, of: TypeId, all: &[Member], value: &Value) {
        let count = match &self.graph.get(of).shape {
            Shape::Struct(shape) => shape.properties.len(),
            Shape::Union(_)
            | Shape::Enum(_)
            | Shape::Newtype { .. }
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => 0,
        };
        let mut is_there = vec![false; count];
        let mut there = |index: usize| is_there.get_mut(index).into_iter().for_each(|it| *it = true);
        for (member, value) in all.iter().zip(members(value)) {
            match member {
                Member::Field(index, content) => {
                    there(*index);
                    self.found.push(Feature::Property((of, *index), Presence::Present));
                    self.content((of, *index), content, value);
                }
                Member::Absent(index) => {
                    there(*index);
                    self.found.push(Feature::Property((of, *index), Presence::Null));
                }
                Member::Constant(index) => {
                    there(*index);
                    self.found.push(Feature::Property((of, *index), Presence::Present));
                }
                Member::Rest(content) => {
                    self.found.push(Feature::Unnamed(of, true));
                    self.content((of, ITSELF), content, value);
                }
                Member::Unread => self.found.push(Feature::Unnamed(of, false)),
            }
        }
        let absent = is_there.iter().enumerate().filter(|(_, is_there)| !**is_there);
        self.found.extend(absent.map(|(index, _)| Feature::Property((of, index), Presence::Absent)));
    }
}

fn members(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(|members| members.values())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
