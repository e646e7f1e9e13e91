//! Values that must not be shown: `format: password` (OpenAPI format registry) and `writeOnly` (JSON Schema validation
//! §9.4), whatever JSON type they have.
//!
//! A string is a scalar of its own (`Scalar::Secret`). What is another type gets an alias that says so, since the type
//! itself may stand elsewhere where it is not secret.

use super::constraints::unconstrained;
use super::convert::{Converter, type_id};
use super::merged_schema::MergedSchema;
use super::site::{Components, Node, Site};
use crate::diagnostics::Location;
use crate::document::Schema;
use crate::ir::{Docs, Scalar, Shape, Type, TypeId, TypeRef};

/// For each component whether its schema says that values are secret, itself or in what it is made from.
#[derive(Default)]
pub(super) struct SecretComponents(Vec<bool>);

impl SecretComponents {
    /// Looks at each component once, and follows references from their ends.
    pub fn of(components: &Components<'_>) -> Self {
        let mut used_by = vec![Vec::new(); components.len()];
        let mut open = Vec::new();
        for index in 0..components.len() {
            let mut references = Vec::new();
            if says_so(components, std::slice::from_ref(components.site(index)), &mut references) {
                open.push(index);
            }
            for target in references {
                used_by[target].push(index);
            }
        }
        let mut secret = vec![false; components.len()];
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut secret[index], true) {
                open.extend(&used_by[index]);
            }
        }
        Self(secret)
    }

    /// Whether one of these schemas, which hold at once, says that the value is secret.
    pub fn say<'d>(&self, components: &Components<'d>, sites: &[Site<'d>]) -> bool {
        let mut references = Vec::new();
        says_so(components, sites, &mut references)
            || references.iter().any(|index| self.0.get(*index).copied().unwrap_or_default())
    }
}

/// Whether the inline parts say so; what they refer to goes into `references`.
fn says_so<'d>(components: &Components<'d>, sites: &[Site<'d>], references: &mut Vec<usize>) -> bool {
    let mut todo = sites.to_vec();
    while let Some(site) = todo.pop() {
        match site.node {
            Node::Reference(reference) => references.extend(components.find(reference)),
            Node::Schema(schema) if is_marked(schema) => return true,
            Node::Schema(schema) => {
                let any = &schema.keywords;
                let lone = [&any.one_of, &any.any_of].into_iter().filter(|branches| branches.len() == 1);
                let parts = any.all_of.iter().chain(lone.flatten());
                todo.extend(parts.map(|part| Site::new(part, Location::default())));
            }
        }
    }
    false
}

fn is_marked(schema: &Schema) -> bool {
    schema.is_write_only || schema.keywords.format.as_deref() == Some("password")
}

/// Whether merged schemas say that the value is secret.
pub(super) fn is_secret(merged: &MergedSchema<'_>) -> bool {
    merged.write_only || merged.format == Some("password")
}

/// The use of a type whose values are secret.
pub(super) fn secret(converter: &mut Converter<'_, '_>, ty: TypeRef) -> TypeRef {
    let mut end = ty;
    // No chain is longer than there are types, and few are longer than two.
    for _ in 0..converter.types.len() {
        let Type { shape: Shape::Alias(target), secret: false, .. } = &converter.types[end.id.0 as usize]
        else {
            break;
        };
        end = TypeRef { id: target.id, nullable: end.nullable || target.nullable };
    }
    if hides(&converter.types, end.id) {
        return ty;
    }
    // `null` is not secret: it stands outside.
    let content = if end.nullable == ty.nullable { ty.id } else { end.id };
    let known = converter.secrets.get(&content).copied();
    let id = known.unwrap_or_else(|| {
        let shape = Shape::Alias(TypeRef { id: content, nullable: false });
        let location = converter.types[content.0 as usize].location.clone();
        let id = converter.push(shape, None, Docs::default(), location);
        converter.types[id.0 as usize].secret = true;
        converter.secrets.insert(content, id);
        id
    });
    TypeRef { id, nullable: end.nullable }
}

/// Makes a component whose values are secret an alias that says so, unless it is an item with a name: that is secret
/// where it is used.
pub(super) fn secret_component(converter: &mut Converter<'_, '_>, index: usize) {
    let place = converter.types[index].location.clone();
    match &converter.types[index].shape {
        Shape::Alias(_) => converter.types[index].secret = true,
        shape if shape.needs_name() => {}
        shape => {
            let shape = shape.clone();
            let id = converter.push(shape, None, Docs::default(), place);
            converter.types[index].shape = Shape::Alias(TypeRef { id, nullable: false });
            converter.types[index].secret = true;
        }
    }
}

/// Takes the mark from aliases of what hides its values itself. Only when all types are made is it known which do.
pub(super) fn mark_once(types: &mut [Type]) {
    for index in 0..types.len() {
        if types[index].secret && hidden_behind(types, type_id(index)) {
            types[index].secret = false;
        }
    }
}

fn hidden_behind(types: &[Type], id: TypeId) -> bool {
    let mut at = id;
    for _ in 0..types.len() {
        let Shape::Alias(target) = types[at.0 as usize].shape else { break };
        at = target.id;
        if types[at.0 as usize].secret {
            return true;
        }
    }
    hides(types, at)
}

/// Whether a type hides its values, or needs no hiding.
fn hides(types: &[Type], id: TypeId) -> bool {
    let ty = &types[unconstrained(types, id).0 as usize];
    match &ty.shape {
        Shape::Alias(_) => ty.secret,
        Shape::Scalar(scalar) => matches!(scalar, Scalar::Secret | Scalar::Null),
        Shape::Union(union) => union.variants.iter().all(|variant| {
            let of_variant = &types[unconstrained(types, variant.ty.id).0 as usize];
            of_variant.secret || matches!(of_variant.shape, Shape::Scalar(Scalar::Secret))
        }),
        // A type from the settings decides itself what it shows.
        Shape::External(_) => true,
        Shape::Struct(_)
        | Shape::Enum(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Newtype { .. }
        | Shape::Any(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn another_name_for_a_secret_does_not_hide_it_again() {
        check!(
            "secrets",
            "
                Token: { writeOnly: true, allOf: [{ $ref: '#/components/schemas/Key' }] }
                Key: { type: string, format: password }
                Pin: { type: integer, format: password }
            ",
            @r"
            secrets
            - Token: secret alias of Key
            - Key: secret alias of secret
            + Token: alias of Key
            + Key: alias of secret
              Pin: secret alias of integer
            "
        );
    }
}
