//! `X-Input` and `X-Output` that mean the same become one type; the others are pairs.
//!
//! FastAPI writes a model twice when it validates and serialises differently, most of the time only in whether a
//! constant or a property with a default is required. Two schemas mean the same when they are equal through all their
//! references, up to titles and descriptions, to the requiredness of a constant, to optional properties that only
//! one of them has, and to whether an optional property may be `null`.

use std::collections::{HashMap, HashSet};

use super::redirect::redirect;
use crate::ir::{
    EnumValue, Need, Pair, PairOrigin, Presence, Property, PropertyKind, Rest, Shape, SideProperty, Sides,
    Struct, Type, TypeId, TypeRef, Union,
};
use crate::resolve::constraints::unconstrained;
use crate::resolve::draft::{DraftGraph, is_required};

/// Merges the pairs that mean the same into the `-Output` type, and takes note of the others.
pub(super) fn merge_pairs(draft: &mut DraftGraph) {
    let by_name: HashMap<&str, TypeId> =
        draft.components.iter().map(|component| (component.name.as_str(), component.ty.id)).collect();
    let pairs: Vec<(TypeId, TypeId)> = draft
        .components
        .iter()
        .filter_map(|component| {
            let stem = component.name.strip_suffix("-Input")?;
            Some((component.ty.id, *by_name.get(format!("{stem}-Output").as_str())?))
        })
        .collect();
    let mut merged: HashMap<TypeId, TypeId> = HashMap::new();
    let mut order = Vec::new();
    for &(input, output) in &pairs {
        let mut comparison =
            Comparison { draft, merged: &merged, assumed: HashSet::new(), order: Vec::new() };
        if comparison.same(input, output) {
            for (from, to) in comparison.order {
                if merged.insert(from, to).is_none() {
                    order.push((from, to));
                }
            }
        }
    }
    let constrained: Vec<bool> = draft.types.iter().map(|ty| !ty.constraints.is_empty()).collect();
    for (from, to) in &order {
        let sides = sides(draft, *from, *to);
        draft.sides.extend(sides);
        unite(draft, *from, *to, &constrained);
    }
    redirect(draft, &merged);
    let end = |id| merged.get(&id).copied().unwrap_or(id);
    let others = pairs.into_iter().map(|(input, output)| (end(output), end(input)));
    let others = others.filter(|(read, sent)| read != sent);
    let others = others.map(|(read, sent)| Pair { read, sent, origin: PairOrigin::Document });
    draft.pairs.extend(others);
}

/// Compares two types on the assumption that the pairs met on the way are equal (they are if nothing contradicts it).
struct Comparison<'s> {
    draft: &'s DraftGraph,
    /// What is known to be equal: not looked into again.
    merged: &'s HashMap<TypeId, TypeId>,
    assumed: HashSet<(TypeId, TypeId)>,
    /// The same in the order in which they were met.
    order: Vec<(TypeId, TypeId)>,
}

impl Comparison<'_> {
    fn same(&mut self, a: TypeId, b: TypeId) -> bool {
        let mut todo = vec![(a, b)];
        while let Some((a, b)) = todo.pop() {
            // Added constraints do not make a difference.
            let (a, b) = (plain(self.draft, a), plain(self.draft, b));
            if a == b || self.merged.get(&a) == Some(&b) || !self.assumed.insert((a, b)) {
                continue;
            }
            self.order.push((a, b));
            if !self.same_shape(a, b, &mut todo) || !self.same_discriminator(a, b) {
                return false;
            }
        }
        true
    }

    fn same_discriminator(&self, a: TypeId, b: TypeId) -> bool {
        let property = |id| {
            let draft = self.draft.unions.get(&id)?;
            draft.discriminator.as_ref().map(|discriminator| discriminator.property.as_str())
        };
        property(a) == property(b)
    }

    /// Compares one level; what is below goes to `todo`.
    fn same_shape(&self, a: TypeId, b: TypeId, todo: &mut Vec<(TypeId, TypeId)>) -> bool {
        if self.draft.get(a).secret != self.draft.get(b).secret {
            return false;
        }
        let (a, b) = (&self.draft.get(a).shape, &self.draft.get(b).shape);
        let mut same_use = |a: &TypeRef, b: &TypeRef| {
            todo.push((a.id, b.id));
            a.nullable == b.nullable
        };
        match (a, b) {
            (Shape::Struct(a), Shape::Struct(b)) => self.same_struct(a, b, &mut same_use),
            (Shape::Union(a), Shape::Union(b)) => same_union(a, b, &mut same_use),
            (Shape::Enum(a), Shape::Enum(b)) => {
                let wires =
                    |values: &[EnumValue]| values.iter().map(|value| value.wire.clone()).collect::<Vec<_>>();
                a.kind == b.kind && a.open == b.open && wires(&a.values) == wires(&b.values)
            }
            (Shape::List(a), Shape::List(b))
            | (Shape::Map(a), Shape::Map(b))
            | (Shape::Alias(a), Shape::Alias(b))
            | (Shape::Newtype { content: a, .. }, Shape::Newtype { content: b, .. }) => same_use(a, b),
            (Shape::Tuple(a), Shape::Tuple(b)) => {
                let mut places = a.places.iter().zip(&b.places);
                let are_as_long = a.places.len() == b.places.len() && a.required == b.required;
                are_as_long && places.all(|(a, b)| same_use(a, b))
            }
            (Shape::Scalar(a), Shape::Scalar(b)) => a == b,
            (Shape::External(a), Shape::External(b)) => a == b,
            (Shape::Any(a), Shape::Any(b)) => a == b,
            (
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::Newtype { .. }
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => false,
        }
    }

    fn same_struct(
        &self,
        a: &Struct,
        b: &Struct,
        same_use: &mut impl FnMut(&TypeRef, &TypeRef) -> bool,
    ) -> bool {
        let find = |of: &Struct, wire: &str| of.properties.iter().position(|property| property.wire == wire);
        let only_optional = |of: &Struct, other: &Struct| {
            of.properties
                .iter()
                .filter(|property| find(other, &property.wire).is_none())
                .all(|property| !is_required(property))
        };
        let same_rest = match (a.rest, b.rest) {
            (Rest::Ignore, Rest::Ignore) | (Rest::Deny, Rest::Deny) => true,
            (Rest::Keep(a), Rest::Keep(b)) => same_use(&a, &b),
            (Rest::Ignore | Rest::Deny | Rest::Keep(_), _) => false,
        };
        same_rest
            && only_optional(a, b)
            && only_optional(b, a)
            && a.properties.iter().all(|left| match find(b, &left.wire) {
                None => true,
                Some(index) => self.same_property(left, &b.properties[index], same_use),
            })
    }

    fn same_property(
        &self,
        a: &Property,
        b: &Property,
        same_use: &mut impl FnMut(&TypeRef, &TypeRef) -> bool,
    ) -> bool {
        let same_initial = a.initial == b.initial;
        match (&a.kind, &b.kind) {
            (PropertyKind::Constant { value: a, .. }, PropertyKind::Constant { value: b, .. }) => a == b,
            (
                PropertyKind::Field { ty: a, presence: left, .. },
                PropertyKind::Field { ty: b, presence: right, .. },
            ) => {
                // `null` is absent in Rust where a property may be absent: one side need not know it.
                let is_option = *left == Presence::Optional && *right == Presence::Optional;
                let both = |ty: &TypeRef| TypeRef { nullable: ty.nullable && !is_option, ..*ty };
                same_presence(left, right) && same_initial && same_use(&both(a), &both(b))
            }
            // Only the side that a union refers to knows that it is a tag.
            (
                PropertyKind::Constant { value, .. },
                PropertyKind::Field { ty, presence: Presence::Optional, .. },
            )
            | (
                PropertyKind::Field { ty, presence: Presence::Optional, .. },
                PropertyKind::Constant { value, .. },
            ) => self.draft.only_value(*ty) == Some(value),
            (PropertyKind::Constant { .. } | PropertyKind::Field { .. }, _) => false,
        }
    }
}

fn plain(draft: &DraftGraph, id: TypeId) -> TypeId {
    unconstrained(&draft.types, id)
}

fn same_presence(a: &Presence, b: &Presence) -> bool {
    match (a, b) {
        (Presence::Default(a), Presence::Default(b)) => a == b,
        (Presence::Required, Presence::Required)
        | (Presence::Optional, Presence::Optional)
        | (Presence::ThreeState, Presence::ThreeState) => true,
        (Presence::Required | Presence::Optional | Presence::ThreeState | Presence::Default(_), _) => false,
    }
}

fn same_union(a: &Union, b: &Union, same_use: &mut impl FnMut(&TypeRef, &TypeRef) -> bool) -> bool {
    a.variants.len() == b.variants.len()
        && a.variants.iter().zip(&b.variants).all(|(a, b)| same_use(&a.ty, &b.ty))
}

/// What the two sides differ in, as long as they are two.
fn sides(draft: &DraftGraph, sent: TypeId, read: TypeId) -> Option<Sides> {
    let (input, output) = (draft.get(sent).shape.as_struct()?, draft.get(read).shape.as_struct()?);
    let needs = |of: &Struct| -> HashMap<String, Need> {
        of.properties.iter().map(|property| (property.wire.clone(), Need::of(property))).collect()
    };
    let (sent, in_output) = (needs(input), needs(output));
    let only_sent = input.properties.iter().filter(|property| !in_output.contains_key(&property.wire));
    let of = |needs: &HashMap<String, Need>, wire: &str| needs.get(wire).copied().unwrap_or(Need::Absent);
    let all = output.properties.iter().chain(only_sent).map(|property| SideProperty {
        wire: property.wire.clone(),
        sent: of(&sent, &property.wire),
        read: of(&in_output, &property.wire),
    });
    let properties: Vec<SideProperty> = all.filter(|property| property.sent != property.read).collect();
    (!properties.is_empty()).then_some(Sides { ty: read, properties })
}

/// Gives `to` what only `from` has, and the constraints of what is sent: `constrained` says which types have some.
fn unite(draft: &mut DraftGraph, from: TypeId, to: TypeId, constrained: &[bool]) {
    if let Some(other) = draft.subjects.get(&from).cloned()
        && let Some(subject) = draft.subjects.get_mut(&to)
    {
        subject.names.extend(other.names);
        subject.places.extend(other.places);
    }
    let Type { shape, docs, constraints, .. } = draft.get(from).clone();
    let target = draft.get_mut(to);
    // What is sent is what is checked.
    target.constraints = constraints;
    if target.docs.description.is_none() {
        target.docs.description = docs.description;
    }
    let adopt = |from: &TypeRef, to: &mut TypeRef| adopt(from, to, constrained);
    match (&shape, &mut target.shape) {
        (Shape::List(from), Shape::List(to)) | (Shape::Map(from), Shape::Map(to)) => adopt(from, to),
        (Shape::Tuple(from), Shape::Tuple(to)) => {
            from.places.iter().zip(&mut to.places).for_each(|(from, to)| adopt(from, to));
        }
        (Shape::Union(from), Shape::Union(to)) => {
            from.variants.iter().zip(&mut to.variants).for_each(|(from, to)| adopt(&from.ty, &mut to.ty));
        }
        (
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_),
            _,
        ) => {}
    }
    let (Shape::Struct(shape), Shape::Struct(target)) = (shape, &mut target.shape) else { return };
    if let (Rest::Keep(from), Rest::Keep(to)) = (&shape.rest, &mut target.rest) {
        adopt(from, to);
    }
    unite_properties(shape.properties, target, constrained);
}

/// The type of the other side where one of the two is constrained. They are one type, or become one, except for names
/// that only add constraints.
fn adopt(from: &TypeRef, to: &mut TypeRef, constrained: &[bool]) {
    if [from.id, to.id].iter().any(|id| constrained[id.0 as usize]) {
        to.id = from.id;
    }
}

fn unite_properties(properties: Vec<Property>, target: &mut Struct, constrained: &[bool]) {
    for property in properties {
        match target.properties.iter_mut().find(|known| known.wire == property.wire) {
            None => target.properties.push(property),
            Some(known) => match (&mut known.kind, property.kind) {
                (PropertyKind::Constant { required, .. }, PropertyKind::Constant { required: other, .. }) => {
                    *required &= other;
                }
                (PropertyKind::Constant { required, .. }, PropertyKind::Field { .. }) => *required = false,
                (kind @ PropertyKind::Field { .. }, PropertyKind::Constant { value, .. }) => {
                    *kind = PropertyKind::Constant { value, required: false };
                }
                (PropertyKind::Field { ty, .. }, PropertyKind::Field { ty: sent, .. }) => {
                    ty.nullable |= sent.nullable;
                    adopt(&sent, ty, constrained);
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn sides_that_differ_in_a_constant_are_one_type() {
        check!(
            "pairs",
            "
                Pet-Input:
                  type: object
                  properties: { kind: { const: pet, default: pet }, name: { type: string } }
                Pet-Output:
                  type: object
                  required: [kind]
                  properties: { kind: { const: pet, default: pet }, name: { type: string } }
            ",
            @r#"
            pairs
            + Pet-Input -> Pet-Output
              Pet-Input: struct
                kind = "pet", optional
                name: string, optional
              Pet-Output: struct
            -   kind = "pet"
            +   kind = "pet", optional
                name: string, optional
            + Pet-Input.kind: sent Optional, read Required
            "#
        );
    }

    #[test]
    fn an_optional_property_may_be_null_on_one_side() {
        check!(
            "pairs",
            "
                Pet-Input: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } }
                Pet-Output: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer, nullable: true } } }
                Tag-Input: { type: object, required: [name], properties: { name: { type: string } } }
                Tag-Output: { type: object, required: [name], properties: { name: { type: string, nullable: true } } }
            ",
            @r"
            pairs
            + Pet-Input -> Pet-Output
              Pet-Input: struct
                name: string, required
                age: integer, optional
              Pet-Output: struct
                name: string, required
                age: integer?, optional
              Tag-Input: struct
                name: string, required
              Tag-Output: struct
                name: string?, required
            + Tag-Output is sent as Tag-Input
            "
        );
    }

    #[test]
    fn of_sides_that_differ_in_constraints_those_of_what_is_sent_are_left() {
        check!(
            "pairs",
            "
                Pet-Input: { type: object, properties: { name: { type: string, maxLength: 5 } } }
                Pet-Output: { type: object, properties: { name: { type: string } } }
                Toy-Input: { type: object, properties: { tags: { type: array, items: { type: string } } } }
                Toy-Output: { type: object, properties: { tags: { type: array, maxItems: 3, items: { type: string } } } }
            ",
            "checks = true",
            @r"
            pairs
            + Pet-Input -> Pet-Output
            + Toy-Input -> Toy-Output
              Pet-Input: struct
                name: alias of string with [MaxLength(5)], optional
              Pet-Output: struct
            -   name: string, optional
            +   name: alias of string with [MaxLength(5)], optional
              Toy-Input: struct
                tags: [string], optional
              Toy-Output: struct
            -   tags: [string] with [MaxItems(3)], optional
            +   tags: [string], optional
            "
        );
    }

    #[test]
    fn sides_with_different_types_stay_two() {
        check!(
            "pairs",
            "
                Pet-Input: { type: object, properties: { age: { type: integer } } }
                Pet-Output: { type: object, properties: { age: { type: string } } }
            ",
            @r"
            pairs
              Pet-Input: struct
                age: integer, optional
              Pet-Output: struct
                age: string, optional
            + Pet-Output is sent as Pet-Input
            "
        );
    }
}
