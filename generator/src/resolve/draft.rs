//! The graph that conversion makes and the passes change, until it is frozen.

use std::collections::BTreeMap;

use super::convert::type_id;
use super::pages::Asked;
use super::rules::Subject;
use super::union_draft::UnionDraft;
use crate::ir::{
    Accessor, Api, Candidate, Component, Conversion, Docs, Graph, GraphParts, Half, Libraries, Literal,
    NameHint, Operation, OperationLabel, Pair, Presence, Property, PropertyKind, Scalar, Shape, Sides, Type,
    TypeId, TypeRef, Union,
};

/// A graph that is not complete yet. What a pass decides has a placeholder until that pass has run: a union has no way
/// to be read, a default is the JSON value that the document writes, nothing lies in a box.
#[derive(Debug, Default)]
pub(super) struct DraftGraph {
    /// The types; those of the component schemas come first, in document order.
    pub types: Vec<Type>,
    /// What the document says of unions, for the passes that decide how they are read.
    pub unions: BTreeMap<TypeId, UnionDraft>,
    pub components: Vec<Component>,
    pub operations: Vec<Operation>,
    /// What the sides of pairs that became one type differ in.
    pub sides: Vec<Sides>,
    /// Which types are read and sent of one schema, where they are two.
    pub pairs: Vec<Pair>,
    /// Which structs lack what travels the other way only.
    pub halves: Vec<Half>,
    /// Which types can be made from which others.
    pub conversions: Vec<Conversion>,
    /// By type: what the variants of a union share.
    pub accessors: Vec<Vec<Accessor>>,
    /// By component: whether it is kept for its own sake.
    pub roots: Vec<bool>,
    /// Where in the settings' text the names stand that they give to types.
    pub renames: BTreeMap<TypeId, usize>,
    /// What the rules of the settings are compared with, by type; empty without rules.
    pub subjects: BTreeMap<TypeId, Subject>,
    /// How operations are said to answer in pages.
    pub pages: Vec<Asked>,
}

impl DraftGraph {
    /// The graph that the later stages take. All passes must have run.
    pub fn freeze(self, api: Api, calls: bool, left_out: Vec<OperationLabel>, libraries: Libraries) -> Graph {
        let Self { types, components, operations, sides, pairs, halves, conversions, accessors, .. } = self;
        GraphParts {
            api,
            types,
            components,
            calls,
            operations,
            left_out,
            sides,
            pairs,
            halves,
            conversions,
            accessors,
            libraries,
        }
        .freeze()
    }

    /// The draft as text.
    #[cfg(test)]
    pub fn dump(&self) -> String {
        use std::fmt::Write as _;

        let Self { types, components, operations, sides, pairs, conversions, accessors, .. } = self;
        let mut text = crate::ir::dump::Dump { types, components, operations }.text();
        for sides in sides {
            for property in &sides.properties {
                let (sent, read) = (property.sent, property.read);
                let _ = writeln!(
                    text,
                    "{}.{}: sent {sent:?}, read {read:?}",
                    self.label(sides.ty),
                    property.wire
                );
            }
        }
        for pair in pairs {
            let _ = writeln!(text, "{} is sent as {}", self.dumped(pair.read), self.dumped(pair.sent));
        }
        for conversion in conversions {
            let _ = writeln!(text, "{} from {}", self.dumped(conversion.to), self.dumped(conversion.from));
        }
        for (index, accessors) in accessors.iter().enumerate() {
            for accessor in accessors {
                let _ =
                    writeln!(text, "{}.{}: {:?}", self.label(type_id(index)), accessor.wire, accessor.when);
            }
        }
        text
    }

    /// A type as the dump calls it.
    #[cfg(test)]
    fn dumped(&self, id: TypeId) -> String {
        let Self { types, components, operations, .. } = self;
        crate::ir::dump::Dump { types, components, operations }.of_type(id)
    }

    /// Whether every type that is mentioned exists.
    pub fn is_linked(&self) -> bool {
        let mentioned = self.types.iter().flat_map(|ty| ty.shape.mentions());
        let used = self.operations.iter().flat_map(Operation::mentions);
        let components = self.components.iter().map(|component| component.ty.id);
        mentioned.chain(used).chain(components).all(|id| (id.0 as usize) < self.types.len())
    }

    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    pub fn get_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.types[id.0 as usize]
    }

    /// Adds a type that nothing in particular in the document is.
    pub fn push(&mut self, name: Option<NameHint>, shape: Shape) -> TypeId {
        let id = type_id(self.types.len());
        self.types.push(Type {
            name,
            docs: Docs::default(),
            location: Default::default(),
            shape,
            has_default: false,
            overrides: Default::default(),
            secret: false,
            constraints: Default::default(),
        });
        id
    }

    /// The type of a scalar.
    pub fn scalar(&mut self, scalar: Scalar) -> TypeId {
        let known =
            self.types.iter().position(|ty| matches!(ty.shape, Shape::Scalar(found) if found == scalar));
        known.map_or_else(|| self.push(None, Shape::Scalar(scalar)), type_id)
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

    /// The one value that a type has, if it is an enum of one.
    pub fn only_value(&self, ty: TypeRef) -> Option<&Literal> {
        match &self.get(self.unaliased(ty.id)).shape.as_enum().filter(|_| !ty.nullable)?.values[..] {
            [only] => Some(&only.wire),
            _ => None,
        }
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
