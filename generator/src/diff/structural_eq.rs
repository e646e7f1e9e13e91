//! Checks whether two types have the same structure, regardless of their names.

use std::collections::{HashMap, HashSet};

use super::pairing::Pairing;
use super::side::Side;
use crate::ir::{
    EnumValue, Presence, Property, PropertyKind, Rest, Shape, Struct, TagArm, TypeId, TypeRef, Union,
    VariantSelection,
};
use crate::number;

/// What two types must have in common to be compared: the kind, and the names on the wire in order.
pub(super) fn outline(side: &Side<'_>, id: TypeId) -> String {
    match side.shape(id) {
        Shape::Struct(shape) => {
            let mut wires: Vec<&str> =
                shape.properties.iter().map(|property| property.wire.as_str()).collect();
            wires.sort_unstable();
            format!("struct {wires:?}")
        }
        Shape::Union(shape) => {
            let tags: Vec<_> = match &shape.reading.object {
                VariantSelection::Tagged(tagged) => tagged.arms.iter().map(|arm| &arm.value).collect(),
                VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => {
                    Vec::new()
                }
            };
            format!("union {} {tags:?}", shape.variants.len())
        }
        Shape::Enum(shape) => {
            let values: Vec<_> =
                shape.values.iter().map(|value| number::text(&side.json(&value.wire))).collect();
            format!("enum {values:?}")
        }
        Shape::Newtype { .. } => "newtype".to_owned(),
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => "structure".to_owned(),
    }
}

/// Whether the shape is so specific that another type of the same shape is unlikely to be a coincidence.
pub(super) fn says_enough(side: &Side<'_>, id: TypeId) -> bool {
    match side.shape(id) {
        Shape::Struct(shape) => {
            let weight = shape.properties.iter().map(|property| match property.kind {
                PropertyKind::Constant { .. } => 3,
                PropertyKind::Field { .. } => 1,
            });
            weight.sum::<usize>() >= 3
        }
        Shape::Enum(shape) => shape.values.len() >= 2,
        Shape::Union(shape) => shape.variants.len() >= 2,
        Shape::Newtype { .. }
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => false,
    }
}

/// Whether both are equal, including all types that they refer to. Pairs that are being compared are assumed to be
/// equal, which is true unless another pair differs.
pub(super) fn same_shape(pairing: &Pairing<'_>, old: TypeId, new: TypeId) -> bool {
    let mut comparison = Comparison { pairing, assumed: HashSet::from([(old, new)]), todo: Vec::new() };
    if !comparison.same_level(old, new) {
        return false;
    }
    while let Some((old, new)) = comparison.todo.pop() {
        if pairing.old.graph.is_secret(old) != pairing.new.graph.is_secret(new) {
            return false;
        }
        let old = pairing.old.graph.definition(old);
        let new = pairing.new.graph.definition(new);
        if pairing.same_content(old, new) || !comparison.assumed.insert((old, new)) {
            continue;
        }
        if !comparison.same_level(old, new) {
            return false;
        }
    }
    true
}

struct Comparison<'p, 'a> {
    pairing: &'p Pairing<'a>,
    assumed: HashSet<(TypeId, TypeId)>,
    todo: Vec<(TypeId, TypeId)>,
}

impl Comparison<'_, '_> {
    fn uses(&mut self, old: TypeRef, new: TypeRef) -> bool {
        self.todo.push((old.id, new.id));
        self.pairing.old.nullable(old) == self.pairing.new.nullable(new)
    }

    /// Compares one level, and adds the pairs below it to `todo`.
    fn same_level(&mut self, old: TypeId, new: TypeId) -> bool {
        match (self.pairing.old.shape(old), self.pairing.new.shape(new)) {
            (Shape::Struct(old), Shape::Struct(new)) => self.structs(old, new),
            (Shape::Union(old), Shape::Union(new)) => self.unions(old, new),
            (Shape::Enum(old), Shape::Enum(new)) => {
                old.kind == new.kind && old.open == new.open && self.values(&old.values, &new.values)
            }
            (Shape::List(old), Shape::List(new))
            | (Shape::Map(old), Shape::Map(new))
            | (Shape::Newtype { content: old, .. }, Shape::Newtype { content: new, .. }) => {
                self.uses(*old, *new)
            }
            (Shape::Tuple(old), Shape::Tuple(new)) => {
                let mut places = old.places.iter().zip(&new.places);
                let are_as_long = old.places.len() == new.places.len() && old.required == new.required;
                are_as_long && places.all(|(old, new)| self.uses(*old, *new))
            }
            (
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Newtype { .. }
                | Shape::Alias(_)
                | Shape::Scalar(_)
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => self.pairing.same_structure(old, new),
        }
    }

    fn values(&self, old: &[EnumValue], new: &[EnumValue]) -> bool {
        let json = |side: &Side<'_>, values: &[EnumValue]| -> Vec<_> {
            values.iter().map(|value| side.json(&value.wire)).collect()
        };
        json(&self.pairing.old, old) == json(&self.pairing.new, new)
    }

    fn structs(&mut self, old: &Struct, new: &Struct) -> bool {
        let same_rest = match (old.rest, new.rest) {
            (Rest::Ignore, Rest::Ignore) | (Rest::Deny, Rest::Deny) => true,
            (Rest::Keep(old), Rest::Keep(new)) => self.uses(old, new),
            (Rest::Ignore | Rest::Deny | Rest::Keep(_), _) => false,
        };
        if !same_rest || old.properties.len() != new.properties.len() {
            return false;
        }
        let by_wire: HashMap<&str, &Property> =
            new.properties.iter().map(|property| (property.wire.as_str(), property)).collect();
        old.properties.iter().all(|property| {
            by_wire.get(property.wire.as_str()).is_some_and(|other| self.property(property, other))
        })
    }

    fn property(&mut self, old: &Property, new: &Property) -> bool {
        let was = old.initial.as_ref().map(|value| self.pairing.old.json(value));
        let same_initial = was == new.initial.as_ref().map(|value| self.pairing.new.json(value));
        match (&old.kind, &new.kind) {
            (
                PropertyKind::Field { ty: old, presence: was, boxed: old_box },
                PropertyKind::Field { ty: new, presence: is, boxed: new_box },
            ) => old_box == new_box && same_initial && self.presence(was, is) && self.uses(*old, *new),
            (
                PropertyKind::Constant { value: old, required: was },
                PropertyKind::Constant { value: new, required: is },
            ) => was == is && self.pairing.old.json(old) == self.pairing.new.json(new),
            (PropertyKind::Field { .. } | PropertyKind::Constant { .. }, _) => false,
        }
    }

    fn presence(&self, old: &Presence, new: &Presence) -> bool {
        match (old, new) {
            (Presence::Required, Presence::Required)
            | (Presence::Optional, Presence::Optional)
            | (Presence::ThreeState, Presence::ThreeState) => true,
            (Presence::Default(old), Presence::Default(new)) => {
                self.pairing.old.json(old) == self.pairing.new.json(new)
            }
            (Presence::Required | Presence::Optional | Presence::ThreeState | Presence::Default(_), _) => {
                false
            }
        }
    }

    fn unions(&mut self, old: &Union, new: &Union) -> bool {
        let arms = |union: &Union| -> Option<(String, Vec<TagArm>)> {
            match &union.reading.object {
                VariantSelection::Tagged(tagged) => Some((tagged.property.clone(), tagged.arms.clone())),
                VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => None,
            }
        };
        let same_tags = match (arms(old), arms(new)) {
            (Some((old, of_old)), Some((new, of_new))) => {
                let values = |arms: Vec<TagArm>| arms.into_iter().map(|arm| arm.value).collect::<Vec<_>>();
                old == new && values(of_old) == values(of_new)
            }
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        same_tags
            && old.variants.len() == new.variants.len()
            && old
                .variants
                .iter()
                .zip(&new.variants)
                .all(|(old, new)| old.boxed == new.boxed && self.uses(old.ty, new.ty))
    }
}
