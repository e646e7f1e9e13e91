//! Makes the tag of each variant a constant of its struct, and says where a mapping and the constants disagree.

use super::Settle;
use super::branch_tag::{BranchTag, BranchTags};
use super::kinds::kinds;
use super::tagged::{BranchFacts, branch_facts, tag_property};
use crate::diagnostics::{Diagnostic, excerpt_of};
use crate::ir::{Docs, Literal, Presence, Property, PropertyKind, Scalar, Shape, TagValue, TypeId, TypeRef};
use crate::resolve::union_draft::{DiscriminatorDraft, MappingTarget};

/// Settles the tags' constants of all unions.
pub(super) fn settle(settle: &mut Settle<'_>) {
    let ids: Vec<TypeId> = settle.unions.keys().copied().collect();
    let kinds = kinds(settle);
    let mut tags = BranchTags::default();
    for id in ids {
        let Shape::Union(union) = &settle.get(id).shape else { continue };
        let objects: Vec<_> = (0..union.variants.len())
            .filter(|index| kinds[union.variants[*index].ty.id.0 as usize].object)
            .collect();
        let Some(property) = tag_property(settle, id, &objects, &mut tags) else { continue };
        let branches: Vec<_> =
            objects.iter().map(|index| settle.unaliased(union.variants[*index].ty.id)).collect();
        if let Some(discriminator) = settle.unions.get(&id).and_then(|draft| draft.discriminator.clone()) {
            let facts = branch_facts(settle, union, &objects, &property, Some(&discriminator), &mut tags);
            check_mapping(settle, id, &facts, &property, &discriminator);
            let added = branches.iter().filter(|branch| add_missing_tag(settle, **branch, &property)).count();
            if added > 0 {
                tags.forget(&property);
            }
        }
        branches.iter().for_each(|branch| pin(settle, *branch, &property));
    }
}

/// A property with one possible value that names the variant is no field to fill in, required or not.
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
fn add_missing_tag(settle: &mut Settle<'_>, branch: TypeId, property: &str) -> bool {
    let string = settle.scalar(Scalar::String);
    let location = settle.get(branch).location.clone();
    let Shape::Struct(shape) = &mut settle.get_mut(branch).shape else { return false };
    if shape.properties.iter().any(|found| found.wire == property) {
        return false;
    }
    let docs = Docs {
        description: Some("Names the variant of the union that this is read from.".to_owned()),
        ..Docs::default()
    };
    let ty = TypeRef { id: string, nullable: false };
    let kind = PropertyKind::Field { ty, presence: Presence::Optional, boxed: false };
    shape.properties.push(Property {
        wire: property.to_owned(),
        docs,
        location,
        kind,
        initial: None,
        required_when_sent: false,
        custom: Default::default(),
    });
    true
}

/// One warning per union and kind of fault, which shows the first and counts the rest.
fn check_mapping(
    settle: &mut Settle<'_>,
    id: TypeId,
    facts: &[BranchFacts],
    property: &str,
    discriminator: &DiscriminatorDraft,
) {
    let Shape::Union(union) = &settle.get(id).shape else { return };
    let mut contradicting = Vec::new();
    let mut outside = Vec::new();
    let mut dangling = Vec::new();
    for (key, target) in &discriminator.mapping {
        match target {
            MappingTarget::Dangling(target) => dangling.push((key, target.clone())),
            MappingTarget::Component(target) => {
                let wanted = settle.component_type(*target);
                let branch = facts
                    .iter()
                    .find(|facts| settle.component_type(union.variants[facts.variant].ty.id) == wanted);
                match branch {
                    None => outside.push((key, settle.label(*target))),
                    Some(facts) => {
                        if let Some(value) = contradiction(facts, key) {
                            contradicting.push((key, settle.label(*target), value));
                        }
                    }
                }
            }
        }
    }
    let place = |key: &str| discriminator.location.keyword("mapping").key(key);
    let total = discriminator.mapping.len();
    let mut warnings = Vec::new();
    if let [(key, target, value), ..] = &contradicting[..] {
        let count = counted(contradicting.len(), total);
        let message =
            format!("{count} the constants of the schemas: `{target}` says that its `{property}` is {value}");
        warnings.push(Diagnostic::warning("mapping-contradicts-constant", place(key), message).help(
            "the constants are taken, since they are what the schemas allow; correct the mapping or drop it",
        ));
    }
    if let [(key, target), ..] = &dangling[..] {
        let message =
            format!("the mapping points at `{target}`, which does not exist{}", more(dangling.len()));
        warnings.push(
            Diagnostic::warning("dangling-mapping", place(key), message)
                .help("such objects are read as unknown variants; correct the name or add the schema"),
        );
    }
    if let [(key, target), ..] = &outside[..] {
        let message =
            format!("`{target}` is mapped here but is no branch of the union{}", more(outside.len()));
        warnings.push(
            Diagnostic::warning("mapping-outside-union", place(key), message)
                .help("such objects are read as unknown variants; add the schema to the union's branches"),
        );
    }
    warnings.into_iter().for_each(|warning| settle.sink.push(warning));
}

fn counted(found: usize, total: usize) -> String {
    if found == 1 && total == 1 {
        "the mapping contradicts".to_owned()
    } else {
        format!("{found} of {total} mapping values contradict")
    }
}

fn more(found: usize) -> String {
    if found > 1 { format!(" ({} more like it)", found - 1) } else { String::new() }
}

/// The branch's own value, if the mapping key is none of them.
fn contradiction(facts: &BranchFacts, key: &str) -> Option<String> {
    let BranchTag::Own { values, .. } = &facts.tag else { return None };
    let matches = |value: &TagValue| match value {
        TagValue::String(text) => text == key,
        TagValue::Integer(value) => value.to_string() == key,
        TagValue::Boolean(value) => value.to_string() == key,
    };
    if values.iter().any(matches) {
        return None;
    }
    values.first().map(|value| match value {
        TagValue::String(text) => format!("`{}`", excerpt_of(text)),
        TagValue::Integer(value) => format!("`{value}`"),
        TagValue::Boolean(value) => format!("`{value}`"),
    })
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
        if let Some(index) = known {
            return crate::resolve::convert::type_id(index);
        }
        let id = crate::resolve::convert::type_id(self.types.len());
        self.types.push(crate::ir::Type {
            name: None,
            docs: Docs::default(),
            location: Default::default(),
            shape: Shape::Scalar(scalar),
            has_default: false,
            custom: Default::default(),
        });
        id
    }
}
