//! Makes the tag of each variant a constant of its struct, or the field that it has to be.

use super::branch_tag::{BranchTags, TagTypes};
use super::check_tags::check;
use super::kinds::kinds;
use super::tag_values::{BranchFacts, tag_values};
use super::tagged::{object_facts, tag_property};
use crate::config::UnknownValues;
use crate::diagnostics::Sink;
use crate::ir::{
    AnyReason, Docs, Enum, EnumKind, EnumValue, IntegerKind, Literal, NameHint, Presence, Property,
    PropertyKind, Scalar, Shape, TagValue, TypeId, TypeRef,
};
use crate::resolve::draft::DraftGraph;

/// Settles the tags' constants of all unions.
pub(super) fn run(draft: &mut DraftGraph, enums: UnknownValues, sink: &mut Sink) {
    let ids: Vec<TypeId> = draft.unions.keys().copied().collect();
    let kinds = kinds(draft);
    let mut tags = BranchTags::new(draft);
    for id in ids {
        let Shape::Union(union) = &draft.get(id).shape else { continue };
        let objects: Vec<_> = (0..union.variants.len())
            .filter(|index| kinds[union.variants[*index].ty.id.0 as usize].object)
            .collect();
        let Some(property) = tag_property(draft, id, &objects, &mut tags) else { continue };
        let branches: Vec<_> =
            objects.iter().map(|index| draft.unaliased(union.variants[*index].ty.id)).collect();
        if let Some(discriminator) = draft.unions.get(&id).and_then(|draft| draft.discriminator.clone()) {
            let facts = object_facts(draft, id, &objects, &property, &mut tags);
            check(draft, &tags.names, id, &facts, &discriminator, sink);
            let values = tag_values(&facts);
            let mut is_changed = false;
            for ((branch, facts), values) in branches.iter().zip(&facts).zip(&values) {
                is_changed |= add_missing_tag(draft, *branch, &property, facts.types)
                    | widen(draft, *branch, &property, (facts, values), enums);
            }
            if is_changed {
                tags.forget(&property);
            }
        }
        branches.iter().for_each(|branch| pin(draft, *branch, &property));
    }
}

/// A property with one possible value that names the variant is not a field to fill in, required or not.
fn pin(draft: &mut DraftGraph, branch: TypeId, property: &str) {
    let Shape::Struct(shape) = &draft.get(branch).shape else { return };
    let Some(index) = shape.properties.iter().position(|found| found.wire == property) else { return };
    let PropertyKind::Field { ty, presence, .. } = &shape.properties[index].kind else { return };
    if !matches!(presence, Presence::Optional) {
        return;
    }
    let Some(value) = draft.only_value(*ty).cloned() else { return };
    if let Shape::Struct(shape) = &mut draft.get_mut(branch).shape {
        shape.properties[index].kind = PropertyKind::Constant { value, required: false };
    }
}

/// A branch that does not name the tag would lose it: what was read could not be written back. Whether it was added.
fn add_missing_tag(draft: &mut DraftGraph, branch: TypeId, property: &str, types: TagTypes) -> bool {
    let Shape::Struct(shape) = &draft.get(branch).shape else { return false };
    if shape.properties.iter().any(|found| found.wire == property) {
        return false;
    }
    let location = draft.get(branch).location.clone();
    let docs = Docs {
        description: Some("Names the variant of the union that this is read from.".to_owned()),
        ..Docs::default()
    };
    let ty = TypeRef { id: tag_type(draft, types), nullable: false };
    let kind = PropertyKind::Field { ty, presence: Presence::Optional, boxed: false };
    let added = Property {
        wire: property.to_owned(),
        docs,
        location,
        kind,
        initial: None,
        required_when_sent: false,
        access: Default::default(),
        omits_default: false,
        overrides: Default::default(),
    };
    if let Shape::Struct(shape) = &mut draft.get_mut(branch).shape {
        shape.properties.push(added);
    }
    true
}

/// The type of a tag that a branch does not declare.
fn tag_type(draft: &mut DraftGraph, types: TagTypes) -> TypeId {
    match (types.string, types.integer, types.boolean) {
        (false, true, false) => draft.scalar(Scalar::Integer(IntegerKind::I64)),
        (false, false, true) => draft.scalar(Scalar::Boolean),
        (true, false, false) | (false, false, false) => draft.scalar(Scalar::String),
        // Nothing says which of them it is.
        (true, _, _) | (false, true, true) => draft.push(None, Shape::Any(AnyReason::Unconstrained)),
    }
}

/// The tag of a schema that was written down once for several variants becomes a field that has all their values.
/// Whether it did.
fn widen(
    draft: &mut DraftGraph,
    branch: TypeId,
    property: &str,
    (facts, values): (&BranchFacts, &[TagValue]),
    enums: UnknownValues,
) -> bool {
    let list = facts.tag.values();
    if facts.is_union || list.is_empty() || values.iter().all(|value| list.contains(value)) {
        return false;
    }
    let ty = draft.get(branch);
    let name = ty.name.as_ref().map(|name| NameHint {
        owner: name.owner,
        path: name.path.iter().cloned().chain([property.to_owned()]).collect(),
    });
    let Shape::Struct(shape) = &ty.shape else { return false };
    let Some(index) = shape.properties.iter().position(|found| found.wire == property) else { return false };
    let (known, open, presence) = match &shape.properties[index].kind {
        PropertyKind::Constant { value, required } => {
            let presence = if *required { Presence::Required } else { Presence::Optional };
            (vec![enum_value(value.clone())], enums == UnknownValues::Open, presence)
        }
        PropertyKind::Field { ty, presence, .. } => {
            let Some(found) = draft.get(draft.unaliased(ty.id)).shape.as_enum() else { return false };
            (found.values.clone(), found.open, presence.clone())
        }
    };
    let id = draft.push(name, Shape::Enum(widened(known, &facts.mapped, values, open)));
    if let Shape::Struct(shape) = &mut draft.get_mut(branch).shape {
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

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_tag_is_pinned_or_added() {
        check!(
            "tag_constants",
            "
                Pet:
                  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
                  discriminator: { propertyName: kind }
                Cat: { type: object, properties: { kind: { const: cat }, lives: { type: integer } } }
                Dog: { type: object, properties: { tricks: { type: integer } } }
            ",
            @r#"
            tag_constants
              Pet: union
                | Cat
                | Dog
                undecided
              Cat: struct
            -   kind: Cat.kind, optional
            +   kind = "cat", optional
                lives: integer, optional
              Dog: struct
                tricks: integer, optional
            +   kind: string, optional // Names the variant of the union that this is read from.
              Cat.kind: enum of string
                "cat"
                and unknown ones
            "#
        );
    }

    #[test]
    fn a_schema_with_several_mapping_keys_has_a_field_of_them() {
        check!(
            "tag_constants",
            "
                Shape:
                  oneOf: [{ $ref: '#/components/schemas/Round' }, { $ref: '#/components/schemas/Square' }]
                  discriminator:
                    propertyName: kind
                    mapping: { circle: Round, oval: Round, square: Square }
                Round: { type: object, required: [kind], properties: { kind: { const: circle } } }
                Square: { type: object, required: [kind], properties: { kind: { const: square } } }
            ",
            @r#"
            tag_constants
              Shape: union
                | Round
                | Square
                undecided
              Round: struct
            -   kind = "circle"
            +   kind: Round.kind, required
              Square: struct
                kind = "square"
            + Round.kind: enum of string
            +   "circle"
            +   "oval"
            +   and unknown ones
            "#
        );
    }
}
