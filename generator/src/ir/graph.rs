//! The graph as the stages after `resolve` see it: complete, and not to be changed.

use std::collections::{HashMap, HashSet};

use super::{
    Accessor, Api, Component, Conversion, Description, Example, Half, Libraries, Literal, Operation,
    OperationLabel, Pair, PairOrigin, Presence, Property, PropertyKind, Recorded, Shape, Side, Sides, Type,
    TypeId, TypeRef,
};

/// Everything that is to be emitted. It comes from [`GraphParts::freeze`].
#[derive(Debug, Clone)]
pub struct Graph {
    parts: GraphParts,
    examples: Vec<Example>,
    recorded: Option<Vec<Recorded>>,
    descriptions: Vec<Description>,
    /// By type: whether a program may write it.
    written: Vec<bool>,
    splits: Splits,
}

/// The types of schemas that were split, to be looked up.
#[derive(Debug, Clone, Default)]
struct Splits {
    sent: HashMap<TypeId, TypeId>,
    read: HashMap<TypeId, TypeId>,
    conversions: HashMap<TypeId, Vec<Conversion>>,
}

impl Splits {
    fn of(parts: &GraphParts) -> Self {
        let mut splits = Self::default();
        for pair in parts.pairs.iter().filter(|pair| pair.origin == PairOrigin::Split) {
            splits.sent.insert(pair.read, pair.sent);
            splits.read.insert(pair.sent, pair.read);
        }
        for conversion in &parts.conversions {
            splits.conversions.entry(conversion.to).or_default().push(*conversion);
        }
        splits
    }
}

/// What a graph is made of.
#[derive(Debug, Clone, Default)]
pub struct GraphParts {
    /// See [`Graph::api`].
    pub api: Api,
    /// See [`Graph::types`].
    pub types: Vec<Type>,
    /// See [`Graph::components`].
    pub components: Vec<Component>,
    /// See [`Graph::calls`].
    pub calls: bool,
    /// See [`Graph::operations`].
    pub operations: Vec<Operation>,
    /// See [`Graph::left_out`].
    pub left_out: Vec<OperationLabel>,
    /// See [`Graph::sides`].
    pub sides: Vec<Sides>,
    /// See [`Graph::pairs`].
    pub pairs: Vec<Pair>,
    /// See [`Graph::halves`].
    pub halves: Vec<Half>,
    /// See [`Graph::conversions`].
    pub conversions: Vec<Conversion>,
    /// See [`Graph::accessors`].
    pub accessors: Vec<Vec<Accessor>>,
    /// See [`Graph::libraries`].
    pub libraries: Libraries,
}

impl GraphParts {
    /// The graph of these parts. A debug build checks that nothing in them is left to be decided.
    pub fn freeze(self) -> Graph {
        let flows = super::flow::flows(&self.types, &self.operations);
        let written = flows.into_iter().map(|flow| flow.or_both().written).collect();
        let splits = Splits::of(&self);
        let graph = Graph {
            parts: self,
            examples: Vec::new(),
            recorded: None,
            descriptions: Vec::new(),
            written,
            splits,
        };
        if cfg!(debug_assertions)
            && let Some(fault) = graph.fault()
        {
            debug_assert!(false, "the graph is not complete: {fault}");
        }
        graph
    }
}

impl Graph {
    /// What the document says of itself.
    pub fn api(&self) -> &Api {
        &self.parts.api
    }

    /// Every type, addressed by [`TypeId`].
    pub fn types(&self) -> &[Type] {
        &self.parts.types
    }

    /// The component schemas, in document order.
    pub fn components(&self) -> &[Component] {
        &self.parts.components
    }

    /// Whether operations can be called.
    pub fn calls(&self) -> bool {
        self.parts.calls
    }

    /// The operations, webhooks and callbacks, in document order.
    pub fn operations(&self) -> &[Operation] {
        &self.parts.operations
    }

    /// The operations that `include` and `exclude` leave out. Nothing is emitted for them, but their names stay theirs,
    /// so that a name means the same operation whatever is left out.
    pub fn left_out(&self) -> &[OperationLabel] {
        &self.parts.left_out
    }

    /// What the sides of pairs that became one type differ in.
    pub fn sides(&self) -> &[Sides] {
        &self.parts.sides
    }

    /// The types that are read and sent of one schema, where they are two.
    pub fn pairs(&self) -> &[Pair] {
        &self.parts.pairs
    }

    /// The type that is read, if the type is what is sent of a schema that was split.
    pub fn read_as(&self, sent: TypeId) -> Option<TypeId> {
        self.splits.read.get(&sent).copied()
    }

    /// The type that is sent, if the type is what is read of a schema that was split.
    pub fn sent_as(&self, read: TypeId) -> Option<TypeId> {
        self.splits.sent.get(&read).copied()
    }

    /// The structs that lack the properties of their schemas that travel the other way only.
    pub fn halves(&self) -> &[Half] {
        &self.parts.halves
    }

    /// Which way a type travels that has a half of a schema in it.
    pub fn side_of(&self, id: TypeId) -> Option<Side> {
        let mut seen = HashSet::new();
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            if let Some(half) = self.parts.halves.iter().find(|half| half.ty == id) {
                return Some(half.side);
            }
            if seen.insert(id) {
                todo.extend(self.get(id).shape.mentions());
            }
        }
        None
    }

    /// Which types can be made from which others.
    pub fn conversions(&self) -> &[Conversion] {
        &self.parts.conversions
    }

    /// What the variants of a union share; nothing for another type.
    pub fn accessors(&self, id: TypeId) -> &[Accessor] {
        self.parts.accessors.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The conversions that make a type.
    pub fn conversions_into(&self, to: TypeId) -> &[Conversion] {
        self.splits.conversions.get(&to).map_or(&[], Vec::as_slice)
    }

    /// The types of libraries that emitted code uses where there is a choice.
    pub fn libraries(&self) -> &Libraries {
        &self.parts.libraries
    }

    /// The examples of the document that fit their types, if tests are emitted.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The same graph with examples.
    #[must_use]
    pub fn with_examples(self, examples: Vec<Example>) -> Self {
        Self { examples, ..self }
    }

    /// The recorded values that are tested, those of one owner together. `None` if none are to be.
    pub fn recorded(&self) -> Option<&[Recorded]> {
        self.recorded.as_deref()
    }

    /// The same graph with recorded values.
    #[must_use]
    pub fn with_recorded(self, recorded: Vec<Recorded>) -> Self {
        Self { recorded: Some(recorded), ..self }
    }

    /// What traits say of a type.
    pub fn descriptions(&self, id: TypeId) -> &[Description] {
        let of = |found: &Description| found.ty.cmp(&id);
        let first = self.descriptions.partition_point(|found| of(found).is_lt());
        let end = self.descriptions.partition_point(|found| of(found).is_le());
        self.descriptions.get(first..end).unwrap_or_default()
    }

    /// The same graph with what traits say of its types, in the order of these.
    #[must_use]
    pub fn with_descriptions(self, descriptions: Vec<Description>) -> Self {
        Self { descriptions, ..self }
    }

    /// The type behind an id.
    ///
    /// # Panics
    /// When the id is of another graph.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.parts.types[id.0 as usize]
    }

    /// Whether a program may write a type: a request of it leads there, or nothing does.
    pub fn is_written(&self, id: TypeId) -> bool {
        self.written.get(id.0 as usize) != Some(&false)
    }

    /// The type that an id names, with aliases followed: where its fields, variants and values are.
    pub fn definition(&self, id: TypeId) -> TypeId {
        self.unaliased(TypeRef { id, nullable: false }).id
    }

    /// The type behind an id with aliases followed, and whether one of them lets `null` in.
    pub fn unaliased(&self, at: TypeRef) -> TypeRef {
        let mut at = at;
        // `freeze` checks that aliases never form a loop: `resolve` makes a newtype or an error of one.
        while let Shape::Alias(target) = self.get(at.id).shape {
            at = TypeRef { id: target.id, nullable: at.nullable || target.nullable };
        }
        at
    }

    /// Whether a use of the type is a `Secret` in Rust: one of the aliases that it goes through says so.
    pub fn is_secret(&self, id: TypeId) -> bool {
        let mut at = id;
        loop {
            let ty = self.get(at);
            match ty.shape {
                Shape::Alias(_) if ty.secret => return true,
                Shape::Alias(target) => at = target.id,
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Newtype { .. }
                | Shape::External(_)
                | Shape::Any(_) => return false,
            }
        }
    }

    /// What is not decided about the graph, if anything is not.
    fn fault(&self) -> Option<String> {
        let parts = &self.parts;
        let is_known = |id: &TypeId| (id.0 as usize) < parts.types.len();
        let components = parts.components.iter().map(|component| component.ty.id);
        let mut used = components.chain(parts.operations.iter().flat_map(Operation::mentions));
        if !used.all(|id| is_known(&id)) {
            return Some("a component or an operation is of a type that does not exist".to_owned());
        }
        let ids = (0..parts.types.len()).map(|index| TypeId(index as u32));
        ids.zip(&parts.types).find_map(|(id, ty)| {
            let fault = if !ty.shape.mentions().iter().all(is_known) {
                "it mentions a type that does not exist".to_owned()
            } else if ty.name.is_none() && ty.shape.needs_name() {
                "it cannot be spelled without a name, but is not named".to_owned()
            } else if self.is_alias_loop(id) {
                "it is only another name for itself".to_owned()
            } else {
                self.fault_of_shape(&ty.shape)?
            };
            Some(format!("type {} at {:?}: {fault}", id.0, ty.location.pointer))
        })
    }

    fn is_alias_loop(&self, id: TypeId) -> bool {
        let mut at = id;
        for _ in 0..self.parts.types.len() {
            match self.get(at).shape.as_alias() {
                Some(target) => at = target.id,
                None => return false,
            }
        }
        true
    }

    fn fault_of_shape(&self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Union(union) if !union.reading.is_decided() => {
                Some("no value selects a variant of the union".to_owned())
            }
            Shape::Struct(shape) => {
                let property = shape.properties.iter().find(|property| self.is_unmatched(property))?;
                Some(format!("the default of `{}` is not matched with its type", property.wire))
            }
            Shape::Union(_)
            | Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => None,
        }
    }

    /// Whether a property has a default as the document writes it, although its type is not any JSON value.
    fn is_unmatched(&self, property: &Property) -> bool {
        let PropertyKind::Field { ty, presence, .. } = &property.kind else { return false };
        let value = match presence {
            Presence::Default(value) => Some(value),
            Presence::Required | Presence::Optional | Presence::ThreeState => property.initial.as_ref(),
        };
        let is_written = matches!(value, Some(Literal::Any(_)));
        is_written && !matches!(self.get(self.definition(ty.id)).shape, Shape::Any(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Location;
    use crate::ir::{Docs, Overrides, TypeSelection, Union};

    fn parts(shape: Shape) -> GraphParts {
        let ty = Type {
            name: None,
            docs: Docs::default(),
            location: Location::default(),
            shape,
            has_default: false,
            overrides: Overrides::default(),
            secret: false,
            constraints: Default::default(),
        };
        GraphParts { types: vec![ty], ..GraphParts::default() }
    }

    fn fault(parts: GraphParts) -> Option<String> {
        let splits = Splits::default();
        Graph {
            parts,
            examples: Vec::new(),
            recorded: None,
            descriptions: Vec::new(),
            written: Vec::new(),
            splits,
        }
        .fault()
    }

    #[test]
    fn what_is_not_decided_is_a_fault() {
        let at = |id: u32| TypeRef { id: TypeId(id), nullable: false };
        assert_eq!(fault(GraphParts::default()), None);
        let faults = [
            (Shape::List(at(1)), "it mentions a type that does not exist"),
            (Shape::Alias(at(0)), "it is only another name for itself"),
            (
                Shape::Union(Union { variants: Vec::new(), reading: TypeSelection::default() }),
                "it cannot be spelled without a name, but is not named",
            ),
        ];
        for (shape, expected) in faults {
            assert_eq!(fault(parts(shape)), Some(format!("type 0 at #: {expected}")));
        }
        let mut named =
            parts(Shape::Union(Union { variants: Vec::new(), reading: TypeSelection::default() }));
        named.types[0].name =
            Some(crate::ir::NameHint { owner: crate::ir::Owner::Component(0), path: Vec::new() });
        let expected = "type 0 at #: no value selects a variant of the union";
        assert_eq!(fault(named), Some(expected.to_owned()));
    }
}
