//! Makes the tag of each variant a constant of its struct, or the field that it has to be.

use super::Settle;
use super::branch_tag::{BranchTags, TagTypes};
use super::check_tags::check;
use super::kinds::kinds;
use super::tag_values::{BranchFacts, tag_values};
use super::tagged::{object_facts, tag_property};
use crate::config::Openness;
use crate::ir::{
    AnyReason, Docs, Enum, EnumKind, EnumValue, IntegerKind, Literal, NameHint, Presence, Property,
    PropertyKind, Scalar, Shape, TagValue, Type, TypeId, TypeRef,
};
use crate::resolve::convert::type_id;

/// Settles the tags' constants of all unions.
pub(super) fn settle(settle: &mut Settle<'_>) {
    let ids: Vec<TypeId> = settle.unions.keys().copied().collect();
    let kinds = kinds(settle);
    let mut tags = BranchTags::new(settle);
    for id in ids {
        let Shape::Union(union) = &settle.get(id).shape else { continue };
        let objects: Vec<_> = (0..union.variants.len())
            .filter(|index| kinds[union.variants[*index].ty.id.0 as usize].object)
            .collect();
        let Some(property) = tag_property(settle, id, &objects, &mut tags) else { continue };
        let branches: Vec<_> =
            objects.iter().map(|index| settle.unaliased(union.variants[*index].ty.id)).collect();
        if let Some(discriminator) = settle.unions.get(&id).and_then(|draft| draft.discriminator.clone()) {
            let facts = object_facts(settle, id, &objects, &property, &mut tags);
            check(settle, &tags.names, id, &facts, &discriminator);
            let values = tag_values(&facts);
            let mut is_changed = false;
            for ((branch, facts), values) in branches.iter().zip(&facts).zip(&values) {
                is_changed |= add_missing_tag(settle, *branch, &property, facts.types)
                    | widen(settle, *branch, &property, facts, values);
            }
            if is_changed {
                tags.forget(&property);
            }
        }
        branches.iter().for_each(|branch| pin(settle, *branch, &property));
    }
}

/// A property with one possible value that names the variant is not a field to fill in, required or not.
fn pin(settle: &mut Settle<'_>, branch: TypeId, property: &str) {
    let Shape::Struct(shape) = &settle.get(branch).shape else { return };
    let Some(index) = shape.properties.iter().position(|found| found.wire == property) else { return };
    let PropertyKind::Field { ty, presence, .. } = &shape.properties[index].kind else { return };
    if !matches!(presence, Presence::Optional) {
        return;
    }
    let Some(value) = settle.only_value(*ty).cloned() else { return };
    if let Shape::Struct(shape) = &mut settle.get_mut(branch).shape {
        shape.properties[index].kind = PropertyKind::Constant { value, required: false };
    }
}

/// A branch that does not name the tag would lose it: what was read could not be written back. Whether it was added.
fn add_missing_tag(settle: &mut Settle<'_>, branch: TypeId, property: &str, types: TagTypes) -> bool {
    let Shape::Struct(shape) = &settle.get(branch).shape else { return false };
    if shape.properties.iter().any(|found| found.wire == property) {
        return false;
    }
    let location = settle.get(branch).location.clone();
    let docs = Docs {
        description: Some("Names the variant of the union that this is read from.".to_owned()),
        ..Docs::default()
    };
    let ty = TypeRef { id: tag_type(settle, types), nullable: false };
    let kind = PropertyKind::Field { ty, presence: Presence::Optional, boxed: false };
    let added = Property {
        wire: property.to_owned(),
        docs,
        location,
        kind,
        initial: None,
        required_when_sent: false,
        custom: Default::default(),
    };
    if let Shape::Struct(shape) = &mut settle.get_mut(branch).shape {
        shape.properties.push(added);
    }
    true
}

/// The type of a tag that a branch does not declare.
fn tag_type(settle: &mut Settle<'_>, types: TagTypes) -> TypeId {
    match (types.string, types.integer, types.boolean) {
        (false, true, false) => settle.scalar(Scalar::Integer(IntegerKind::I64)),
        (false, false, true) => settle.scalar(Scalar::Boolean),
        (true, false, false) | (false, false, false) => settle.scalar(Scalar::String),
        // Nothing says which of them it is.
        (true, _, _) | (false, true, true) => settle.push(None, Shape::Any(AnyReason::Unconstrained)),
    }
}

/// The tag of a schema that was written down once for several variants becomes a field that has all their values.
/// Whether it did.
fn widen(
    settle: &mut Settle<'_>,
    branch: TypeId,
    property: &str,
    facts: &BranchFacts,
    values: &[TagValue],
) -> bool {
    let list = facts.tag.values();
    if facts.is_union || list.is_empty() || values.iter().all(|value| list.contains(value)) {
        return false;
    }
    let ty = settle.get(branch);
    let name = ty.name.as_ref().map(|name| NameHint {
        owner: name.owner,
        path: name.path.iter().cloned().chain([property.to_owned()]).collect(),
    });
    let Shape::Struct(shape) = &ty.shape else { return false };
    let Some(index) = shape.properties.iter().position(|found| found.wire == property) else { return false };
    let (known, open, presence) = match &shape.properties[index].kind {
        PropertyKind::Constant { value, required } => {
            let presence = if *required { Presence::Required } else { Presence::Optional };
            (vec![enum_value(value.clone())], settle.options.enums == Openness::Open, presence)
        }
        PropertyKind::Field { ty, presence, .. } => {
            let Some(found) = settle.get(settle.unaliased(ty.id)).shape.as_enum() else { return false };
            (found.values.clone(), found.open, presence.clone())
        }
    };
    let id = settle.push(name, Shape::Enum(widened(known, &facts.mapped, values, open)));
    if let Shape::Struct(shape) = &mut settle.get_mut(branch).shape {
        let ty = TypeRef { id, nullable: false };
        shape.properties[index].kind = PropertyKind::Field { ty, presence, boxed: false };
    }
    true
}

/// An enum of the `known` values and of the tag `values` that are mapped, in the order of the mapping.
fn widened(known: Vec<EnumValue>, mapped: &[TagValue], values: &[TagValue], open: bool) -> Enum {
    let mut all: Vec<EnumValue> = Vec::new();
    let mapped = mapped.iter().filter(|value| values.contains(value)).map(literal);
    let mapped = mapped.map(|wire| {
        let own = known.iter().find(|value| value.wire == wire);
        own.cloned().unwrap_or_else(|| enum_value(wire))
    });
    for value in mapped.chain(known.iter().cloned()) {
        if !all.iter().any(|other| other.wire == value.wire) {
            all.push(value);
        }
    }
    let all_are = |is: fn(&Literal) -> bool| all.iter().all(|value| is(&value.wire));
    let kind = if all_are(|wire| matches!(wire, Literal::String(_))) {
        EnumKind::String
    } else if all_are(|wire| matches!(wire, Literal::Integer(_))) {
        EnumKind::Integer
    } else {
        EnumKind::Mixed
    };
    Enum { values: all, kind, open, extensible: false }
}

fn enum_value(wire: Literal) -> EnumValue {
    EnumValue { wire, name: None, asked: None, docs: Docs::default() }
}

fn literal(value: &TagValue) -> Literal {
    match value {
        TagValue::String(text) => Literal::String(text.clone()),
        TagValue::Integer(value) => Literal::Integer(*value),
        TagValue::Boolean(value) => Literal::Bool(*value),
    }
}

impl Settle<'_> {
    /// The one value that a type has, if it is an enum of one.
    pub(super) fn only_value(&self, ty: TypeRef) -> Option<&Literal> {
        match &self.get(self.unaliased(ty.id)).shape.as_enum().filter(|_| !ty.nullable)?.values[..] {
            [only] => Some(&only.wire),
            _ => None,
        }
    }

    /// The type of a scalar.
    pub(super) fn scalar(&mut self, scalar: Scalar) -> TypeId {
        let known =
            self.types.iter().position(|ty| matches!(ty.shape, Shape::Scalar(found) if found == scalar));
        known.map_or_else(|| self.push(None, Shape::Scalar(scalar)), type_id)
    }

    /// Adds a type.
    fn push(&mut self, name: Option<NameHint>, shape: Shape) -> TypeId {
        let id = type_id(self.types.len());
        self.types.push(Type {
            name,
            docs: Docs::default(),
            location: Default::default(),
            shape,
            has_default: false,
            custom: Default::default(),
            secret: false,
        });
        id
    }
}
