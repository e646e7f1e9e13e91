//! Draws a type and the types that it reaches: a graph of types, with edges for properties and tags.

mod find;
mod text;

use std::collections::HashMap;

use serde::Serialize;

pub use find::find;

use crate::ir::{
    Graph, Literal, Operation, Otherwise, Presence, PropertyKind, Rest, Shape, Struct, TagValue, TypeId,
    Union, VariantSelection,
};
use crate::limits::SPELLED_DEPTH;
use crate::naming::Names;

/// A graph of types, and of the operation if it was requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The types: the requested one first, and each type before those that are reached only from it.
    pub nodes: Vec<Node>,
    /// The edges, sorted by the index of the first type.
    pub edges: Vec<Edge>,
}

/// A type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The path from the root of the emitted crate.
    pub name: String,
    /// The kind of type.
    pub kind: NodeKind,
    /// Details: constants, values, or how a variant is selected.
    pub note: String,
    /// Whether it has edges to types that are too far away to be shown.
    pub cut: bool,
}

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// An object with properties.
    Struct,
    /// One of several types.
    Union,
    /// One of several constants.
    Enum,
    /// An alias.
    Alias,
    /// An operation with its parameters, body and responses.
    Operation,
}

/// An edge from one type to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// The index of the first type.
    pub from: usize,
    /// The index of the second type.
    pub to: usize,
    /// Properties (`name`; `name?` if optional) or tag values; `[]` means a list, `{}` a map.
    pub labels: Vec<String>,
}

/// Draws a type and everything within `depth` steps.
pub fn picture(graph: &Graph, names: &Names, from: &Start, depth: Option<usize>) -> Picture {
    let mut draft = Draft { graph, names, known: HashMap::new(), nodes: Vec::new(), origins: Vec::new() };
    draft.node(from.origin, from.name.clone());
    let mut edges: Vec<Edge> = Vec::new();
    let (mut at, mut end, mut step) = (0, 1, 0);
    while at < draft.nodes.len() {
        // The types that are one step further are consecutive.
        if at == end {
            (end, step) = (draft.nodes.len(), step + 1);
        }
        let targets = draft.targets(at);
        let is_last = depth.is_some_and(|depth| step >= depth);
        for (label, id) in targets {
            let to = match draft.known.get(&id) {
                Some(known) => *known,
                None if is_last => {
                    draft.nodes[at].cut = true;
                    continue;
                }
                None => draft.node(Origin::Type(id), names.type_path(id).unwrap_or_default()),
            };
            match edges.iter_mut().rev().take_while(|edge| edge.from == at).find(|edge| edge.to == to) {
                Some(edge) => edge.labels.push(label),
                None => edges.push(Edge { from: at, to, labels: vec![label] }),
            }
        }
        at += 1;
    }
    Picture { nodes: draft.nodes, edges }
}

/// Where a picture starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    origin: Origin,
    name: String,
}

/// The origin of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Type(TypeId),
    /// The operation with this index.
    Operation(usize),
}

struct Draft<'a> {
    graph: &'a Graph,
    names: &'a Names,
    known: HashMap<TypeId, usize>,
    nodes: Vec<Node>,
    origins: Vec<Origin>,
}

impl Draft<'_> {
    fn node(&mut self, origin: Origin, name: String) -> usize {
        let index = self.nodes.len();
        self.origins.push(origin);
        let (kind, note) = match origin {
            Origin::Type(id) => {
                self.known.insert(id, index);
                self.describe(id)
            }
            Origin::Operation(index) => {
                let operation = &self.graph.operations()[index];
                (NodeKind::Operation, format!("{} {}", operation.method.as_str(), operation.path))
            }
        };
        self.nodes.push(Node { name, kind, note, cut: false });
        index
    }

    fn describe(&self, id: TypeId) -> (NodeKind, String) {
        // An external type is drawn as an alias.
        if let Some(found) = self.graph.get(self.graph.definition(id)).shape.as_external() {
            return (NodeKind::Alias, format!("of {}", found.path));
        }
        match &self.graph.get(id).shape {
            Shape::Struct(shape) => (NodeKind::Struct, constants(shape)),
            Shape::Union(union) => (NodeKind::Union, told_apart(union)),
            Shape::Enum(found) => {
                const MOST: usize = 8;
                let mut values: Vec<String> =
                    found.values.iter().take(MOST).map(|value| plain(&value.wire)).collect();
                if found.values.len() > MOST || found.open {
                    values.push("…".to_owned());
                }
                (NodeKind::Enum, values.join(" | "))
            }
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => (NodeKind::Alias, String::new()),
        }
    }

    /// The targets of a type's edges, with their labels.
    fn targets(&self, at: usize) -> Vec<(String, TypeId)> {
        let mut found = Vec::new();
        let id = match self.origins[at] {
            Origin::Type(id) => id,
            Origin::Operation(index) => {
                self.parts(&self.graph.operations()[index], &mut found);
                return found;
            }
        };
        match &self.graph.get(id).shape {
            Shape::Struct(shape) => {
                for property in &shape.properties {
                    if let PropertyKind::Field { ty, presence, .. } = &property.kind {
                        let optional = if *presence == Presence::Required { "" } else { "?" };
                        self.reach(ty.id, format!("{}{optional}", property.wire), 0, &mut found);
                    }
                }
                match shape.rest {
                    Rest::Keep(ty) => self.reach(ty.id, "{}".to_owned(), 0, &mut found),
                    Rest::Ignore | Rest::Deny => {}
                }
            }
            Shape::Union(union) => {
                for (index, variant) in union.variants.iter().enumerate() {
                    let tags = tags(union, index);
                    let label = if tags.is_empty() {
                        self.names.member(id, index).to_owned()
                    } else {
                        tags.join(" | ")
                    };
                    self.reach(variant.ty.id, label, 0, &mut found);
                }
            }
            shape => self.inner(shape, String::new(), 0, &mut found),
        }
        found
    }

    /// Collects the types of an operation's parameters, body and responses.
    fn parts(&self, operation: &Operation, found: &mut Vec<(String, TypeId)>) {
        for parameter in &operation.parameters {
            let optional = if parameter.presence == Presence::Required { "" } else { "?" };
            self.reach(parameter.ty.id, format!("{}{optional}", parameter.wire), 0, found);
        }
        let body = operation.body.iter().flat_map(|body| {
            let label = if body.required { "body" } else { "body?" };
            body.contents().map(move |it| (label.to_owned(), it.content))
        });
        let responses = operation.responses.iter().flat_map(|response| {
            response.contents.iter().map(|found| (response.status.to_string(), found.content))
        });
        for (label, content) in body.chain(responses) {
            if let Some(ty) = content.ty() {
                self.reach(ty.id, label, 0, found);
            }
        }
        if let Some(ty) = operation.stream.as_ref().and_then(|stream| stream.item.ty()) {
            self.reach(ty.id, "item".to_owned(), 0, found);
        }
    }

    /// Collects the named types that a use of a type reaches.
    fn reach(&self, id: TypeId, label: String, depth: usize, found: &mut Vec<(String, TypeId)>) {
        if self.names.type_ident(id).is_some() {
            found.push((label, id));
        } else if depth < SPELLED_DEPTH {
            self.inner(&self.graph.get(id).shape, label, depth, found);
        }
    }

    fn inner(&self, shape: &Shape, label: String, depth: usize, found: &mut Vec<(String, TypeId)>) {
        match shape {
            Shape::List(item) => self.reach(item.id, label + "[]", depth + 1, found),
            Shape::Map(value) => self.reach(value.id, label + "{}", depth + 1, found),
            Shape::Tuple(tuple) => {
                for (index, place) in tuple.places.iter().enumerate() {
                    self.reach(place.id, format!("{label}[{index}]"), depth + 1, found);
                }
            }
            Shape::Alias(content) | Shape::Newtype { content, .. } => {
                self.reach(content.id, label, depth + 1, found);
            }
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Enum(_)
            | Shape::Scalar(_)
            | Shape::External(_)
            | Shape::Any(_) => {}
        }
    }
}

fn constants(shape: &Struct) -> String {
    let constants = shape.properties.iter().filter_map(|property| match &property.kind {
        PropertyKind::Constant { value, .. } => Some(format!("{} = {}", property.wire, plain(value))),
        PropertyKind::Field { .. } => None,
    });
    constants.collect::<Vec<_>>().join(", ")
}

fn told_apart(union: &Union) -> String {
    match &union.reading.object {
        VariantSelection::Tagged(tagged) => match tagged.otherwise {
            Otherwise::Unknown => format!("by {}, others kept", tagged.property),
            Otherwise::Refuse | Otherwise::Variant(_) => format!("by {}", tagged.property),
        },
        VariantSelection::BestMatch(_) => "by shape".to_owned(),
        VariantSelection::None | VariantSelection::Single(_) => "by type".to_owned(),
    }
}

/// The tag values of a variant.
fn tags(union: &Union, variant: usize) -> Vec<String> {
    let VariantSelection::Tagged(tagged) = &union.reading.object else { return Vec::new() };
    tagged.values_of(variant).map(TagValue::to_string).collect()
}

/// A constant, without quotes if it is a string.
fn plain(value: &Literal) -> String {
    match value {
        Literal::String(text) => text.clone(),
        other => super::types::Shown(other).to_string(),
    }
}
