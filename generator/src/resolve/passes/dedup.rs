//! Types written inside of schemas that are alike become one type with several names.
//!
//! Documents repeat inline schemas: the same enum stands in twenty events, the same user in every webhook. The first
//! of those that are alike stays as it is, the others become aliases of it. So every name remains, whatever is added to
//! the document, values can be passed from one to the other, and the compiler sees the type once.
//!
//! Two types are alike if the emitted items differ in the name only. Component schemas are never merged with anything:
//! the document gave them names of their own.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::ir::{
    Docs, Enum, Literal, PairOrigin, Presence, Property, PropertyKind, Rest, Shape, Struct, Type, TypeId,
    TypeRef, Union, Variant, VariantName,
};
use crate::resolve::draft::DraftGraph;

/// Makes aliases of all inline types but the first of those that are alike.
pub(super) fn merge(draft: &mut DraftGraph) {
    let splits = draft.pairs.iter().filter(|pair| pair.origin == PairOrigin::Split);
    let sent = splits.map(|pair| (pair.sent, pair.read)).collect();
    let mut classes = Classes {
        draft,
        known: vec![State::Unvisited; draft.types.len()],
        sent,
        by_description: HashMap::new(),
    };
    let first: Vec<TypeId> = (0..draft.types.len()).map(|index| classes.of(TypeId(index as u32))).collect();
    for (index, first) in first.into_iter().enumerate() {
        let ty = &mut draft.types[index];
        if ty.name.is_some() && first.0 as usize != index {
            ty.shape = Shape::Alias(TypeRef { id: first, nullable: false });
            // They are those of the type, which is a link away.
            ty.docs = Docs::default();
        }
    }
}

#[derive(Clone, Copy)]
enum State {
    Unvisited,
    /// It is being described: to meet it now means that it contains itself.
    Open,
    Known(TypeId),
}

/// Finds for each type the first that is alike.
struct Classes<'s> {
    draft: &'s DraftGraph,
    known: Vec<State>,
    /// What is sent of schemas that were split, and what is read of them: where the document gave the one a name, the other
    /// is not merged either.
    sent: HashMap<TypeId, TypeId>,
    /// Types by what would be emitted for them.
    by_description: HashMap<String, TypeId>,
}

impl Classes<'_> {
    fn of(&mut self, id: TypeId) -> TypeId {
        match self.known[id.0 as usize] {
            State::Known(first) => return first,
            // What contains itself without a component on the way is like nothing else.
            State::Open => return id,
            State::Unvisited => {}
        }
        self.known[id.0 as usize] = State::Open;
        let first = if self.has_own_identity(id) {
            id
        } else {
            let mut description = String::new();
            self.describe(id, &mut description);
            *self.by_description.entry(description).or_insert(id)
        };
        self.known[id.0 as usize] = State::Known(first);
        first
    }

    /// Component schemas, and what an alias cannot replace: the constructor of a newtype is not a type.
    fn has_own_identity(&self, id: TypeId) -> bool {
        let ty = self.draft.get(id);
        let is_named = |ty: &Type| ty.name.as_ref().is_some_and(|hint| hint.path.is_empty());
        let is_component =
            is_named(ty) || self.sent.get(&id).is_some_and(|read| is_named(self.draft.get(*read)));
        // A rule for one place does not apply to the others.
        let is_custom = !ty.overrides.is_empty();
        let is_newtype = match ty.shape {
            Shape::Newtype { .. } => true,
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => false,
        };
        is_component || is_custom || is_newtype
    }

    /// Writes down everything that decides what is emitted, except the name.
    fn describe(&mut self, id: TypeId, out: &mut String) {
        let draft = self.draft;
        let ty = draft.get(id);
        // A type with a name and one that is spelled by its structure are never alike.
        let _ = write!(out, "{}{:?}", if ty.name.is_some() { "named " } else { "" }, ty.docs);
        if ty.constraints != Default::default() {
            let _ = write!(out, "{:?}", ty.constraints);
        }
        match &ty.shape {
            Shape::Struct(shape) => self.structure(shape, out),
            Shape::Union(shape) => self.union(shape, out),
            Shape::Enum(shape) => constants(shape, out),
            Shape::List(item) => self.uses("list", &[*item], out),
            Shape::Tuple(tuple) => {
                let _ = write!(out, "{} of ", tuple.required);
                self.uses("tuple", &tuple.places, out);
            }
            Shape::Map(value) => self.uses("map", &[*value], out),
            Shape::Alias(target) => self.uses(if ty.secret { "secret" } else { "alias" }, &[*target], out),
            Shape::Newtype { content, .. } => self.uses("newtype", &[*content], out),
            Shape::Scalar(scalar) => drop(write!(out, "{scalar:?}")),
            Shape::External(found) => drop(write!(out, "{found:?}")),
            Shape::Any(reason) => drop(write!(out, "any {reason:?}")),
        }
    }

    fn uses(&mut self, what: &str, uses: &[TypeRef], out: &mut String) {
        let _ = write!(out, "{what}(");
        for at in uses {
            self.usage(*at, out);
        }
        out.push(')');
    }

    fn usage(&mut self, at: TypeRef, out: &mut String) {
        let _ = write!(out, "{}{} ", self.of(at.id).0, if at.nullable { "?" } else { "" });
    }

    fn structure(&mut self, shape: &Struct, out: &mut String) {
        out.push_str("struct{");
        for Property {
            wire,
            docs,
            location: _,
            kind,
            initial,
            required_when_sent: _,
            access: _,
            omits_default: _,
            overrides,
        } in &shape.properties
        {
            let _ = write!(out, "{wire:?}{docs:?}");
            if let Some(value) = initial {
                self.literal(value, out);
            }
            if !overrides.is_empty() {
                let _ = write!(out, "{overrides:?}");
            }
            match kind {
                PropertyKind::Field { ty, presence, boxed } => {
                    self.usage(*ty, out);
                    self.presence(presence, out);
                    let _ = write!(out, "{boxed}");
                }
                PropertyKind::Constant { value, required } => {
                    let _ = write!(out, "{value:?}{required}");
                }
            }
        }
        match shape.rest {
            Rest::Ignore => out.push_str("ignore"),
            Rest::Deny => out.push_str("deny"),
            Rest::Keep(ty) => self.usage(ty, out),
        }
        out.push('}');
    }

    fn presence(&mut self, presence: &Presence, out: &mut String) {
        match presence {
            Presence::Required => out.push_str("required"),
            Presence::Optional => out.push_str("optional"),
            Presence::ThreeState => out.push_str("patch"),
            Presence::Default(value) => self.literal(value, out),
        }
    }

    fn literal(&mut self, value: &Literal, out: &mut String) {
        match value {
            Literal::EnumValue(of, index) => drop(write!(out, "enum {} {index}", self.of(*of).0)),
            Literal::UnknownEnumValue(of, value) => {
                let _ = write!(out, "unknown {} ", self.of(*of).0);
                self.literal(value, out);
            }
            Literal::List(items) => {
                out.push('[');
                items.iter().for_each(|item| self.literal(item, out));
                out.push(']');
            }
            Literal::Map(entries) => {
                out.push('{');
                for (key, value) in entries {
                    let _ = write!(out, "{key:?}");
                    self.literal(value, out);
                }
                out.push('}');
            }
            Literal::Struct(of, fields, rest) => {
                let _ = write!(out, "struct {}{{", self.of(*of).0);
                for (index, value) in fields {
                    let _ = write!(out, "{index}:");
                    self.literal(value, out);
                }
                for (name, value) in rest {
                    let _ = write!(out, "{name:?}:");
                    self.literal(value, out);
                }
                out.push('}');
            }
            Literal::Variant(of, index, content) => {
                let _ = write!(out, "variant {} {index} ", self.of(*of).0);
                self.literal(content, out);
            }
            Literal::UnknownVariant(of, value) => drop(write!(out, "unknown {} {value} ", self.of(*of).0)),
            Literal::Null
            | Literal::Bool(_)
            | Literal::Integer(_)
            | Literal::Float(_)
            | Literal::String(_)
            | Literal::Any(_) => drop(write!(out, "{value:?} ")),
        }
    }

    fn union(&mut self, shape: &Union, out: &mut String) {
        let _ = write!(out, "union{:?}{{", shape.reading);
        for Variant { name, asked, ty, boxed, docs, location: _ } in &shape.variants {
            let _ = write!(out, "{name:?}{asked:?}{docs:?}{boxed}");
            self.usage(*ty, out);
            match name {
                VariantName::OfType => self.names_within(*ty, out),
                VariantName::Words(_) => {}
            }
        }
        out.push('}');
    }

    /// A variant that is named by its content is called alike only where the content is.
    fn names_within(&self, at: TypeRef, out: &mut String) {
        let ty = self.draft.get(at.id);
        if ty.name.is_some() {
            let _ = write!(out, "#{} ", at.id.0);
            return;
        }
        ty.shape.mentions().into_iter().for_each(|id| self.names_within(TypeRef { id, ..at }, out));
    }
}

fn constants(shape: &Enum, out: &mut String) {
    let _ = write!(out, "enum {shape:?}");
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_differs_in_constraints_is_not_alike() {
        check!(
            "dedup",
            "
                A: { type: object, properties: { in: { type: object, properties: { name: { type: string, maxLength: 5 } } } } }
                B: { type: object, properties: { in: { type: object, properties: { name: { type: string, maxLength: 5 } } } } }
                C: { type: object, properties: { in: { type: object, properties: { name: { type: string, maxLength: 6 } } } } }
            ",
            "checks = true",
            @r"
            dedup
              A: struct, has a default
                in: A.in, optional
              B: struct, has a default
                in: B.in, optional
              C: struct, has a default
                in: C.in, optional
              A.in: struct, has a default
                name: alias of string with [MaxLength(5)], optional
            - B.in: struct, has a default
            -   name: alias of string with [MaxLength(5)], optional
            + B.in: alias of A.in, has a default
              C.in: struct, has a default
                name: alias of string with [MaxLength(6)], optional
            "
        );
    }

    #[test]
    fn inline_types_that_are_alike_are_one() {
        check!(
            "dedup",
            "
                Made: { type: object, properties: { source: { enum: [user, agent] } } }
                Gone: { type: object, properties: { source: { enum: [user, agent] } } }
                Source: { enum: [user, agent] }
            ",
            @r#"
            dedup
              Made: struct, has a default
                source: Made.source, optional
              Gone: struct, has a default
                source: Gone.source, optional
              Source: enum of string
                "user"
                "agent"
                and unknown ones
              Made.source: enum of string
                "user"
                "agent"
                and unknown ones
            - Gone.source: enum of string
            -   "user"
            -   "agent"
            -   and unknown ones
            + Gone.source: alias of Made.source
            "#
        );
    }

    #[test]
    fn what_differs_in_its_documentation_stays_apart() {
        check!(
            "dedup",
            "
                Made: { type: object, properties: { source: { type: object, description: One, properties: { a: { type: string } } } } }
                Gone: { type: object, properties: { source: { type: object, description: Two, properties: { a: { type: string } } } } }
            ",
            @r"
            dedup
              Made: struct, has a default
                source: Made.source, optional // One
              Gone: struct, has a default
                source: Gone.source, optional // Two
              Made.source: struct, has a default // One
                a: string, optional
              Gone.source: struct, has a default // Two
                a: string, optional
            "
        );
    }
}
