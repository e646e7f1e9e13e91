//! The strings among the branches of a union that has other branches too.
//!
//! An open enum takes every string. So a plain string beside one would never be read, and of several enums only the
//! first: its `Unknown` would take the values of the others. They become one enum, as they do where all branches are
//! strings.

use super::Settle;
use crate::ir::{
    Docs, Enum, EnumKind, EnumValue, NameHint, Scalar, Shape, Type, TypeId, TypeRef, Union, Variant,
    VariantName,
};
use crate::resolve::convert::type_id;

/// What the variant of several enums is called.
const NAME: &str = "enum";

/// Settles the strings of every union.
pub(super) fn settle(settle: &mut Settle<'_>) {
    for index in 0..settle.types.len() {
        let id = type_id(index);
        if let Some(variants) = variants(settle, id) {
            replace(settle, id, variants);
        }
    }
}

/// The variants that are left, when they are not all that there were.
fn variants(settle: &mut Settle<'_>, id: TypeId) -> Option<Vec<Variant>> {
    let Shape::Union(union) = &settle.get(id).shape else { return None };
    let is_enum = |variant: &Variant| string_enum(settle, variant).is_some();
    let enums = union.variants.iter().filter(|variant| is_enum(variant)).count();
    let is_open =
        union.variants.iter().any(|variant| string_enum(settle, variant).is_some_and(|found| found.open));
    let is_dropped = |variant: &Variant| {
        let shape = &settle.get(settle.unaliased(variant.ty.id)).shape;
        is_open && shape.as_scalar() == Some(Scalar::String)
    };
    let mut left: Vec<Variant> =
        union.variants.iter().filter(|variant| !is_dropped(variant)).cloned().collect();
    if enums < 2 && left.len() == union.variants.len() {
        return None;
    }
    if enums >= 2 {
        let first = left.iter().position(is_enum)?;
        let merged = merged(settle, union);
        let location = left.get(first)?.location.clone();
        left.retain(|variant| string_enum(settle, variant).is_none());
        let ty = push(settle, id, merged);
        let name = VariantName::Words(NAME.to_owned());
        left.insert(first, Variant { name, asked: None, ty, boxed: false, docs: Docs::default(), location });
    }
    Some(left)
}

fn string_enum<'s>(settle: &'s Settle<'_>, variant: &Variant) -> Option<&'s Enum> {
    let shape = &settle.get(settle.unaliased(variant.ty.id)).shape;
    shape.as_enum().filter(|found| found.kind == EnumKind::String)
}

/// The enum of all values; what is said of a branch of one value is said of the value.
fn merged(settle: &Settle<'_>, union: &Union) -> Enum {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut open = false;
    for variant in &union.variants {
        let Some(found) = string_enum(settle, variant) else { continue };
        open |= found.open;
        let is_only = found.values.len() == 1;
        for value in &found.values {
            if values.iter().any(|known| known.wire == value.wire) {
                continue;
            }
            let mut value = value.clone();
            if is_only && value.docs == Docs::default() {
                let outer = [&variant.docs, &settle.get(variant.ty.id).docs];
                value.docs =
                    outer.into_iter().find(|docs| **docs != Docs::default()).cloned().unwrap_or_default();
            }
            values.push(value);
        }
    }
    Enum { values, kind: EnumKind::String, open }
}

/// Adds the type of the merged variant of the union `id`.
fn push(settle: &mut Settle<'_>, id: TypeId, found: Enum) -> TypeRef {
    let union = settle.get(id);
    let name = union.name.as_ref().map(|name| {
        let path = name.path.iter().cloned().chain([NAME.to_owned()]).collect();
        NameHint { owner: name.owner, path }
    });
    let ty = Type {
        name,
        docs: Docs::default(),
        location: union.location.clone(),
        shape: Shape::Enum(found),
        has_default: false,
        custom: Default::default(),
    };
    settle.types.push(ty);
    TypeRef { id: type_id(settle.types.len() - 1), nullable: false }
}

fn replace(settle: &mut Settle<'_>, id: TypeId, variants: Vec<Variant>) {
    if let [only] = variants.as_slice() {
        let is_component = settle.component_name(id).is_some();
        let target = only.ty;
        let ty = settle.get_mut(id);
        ty.shape = Shape::Alias(target);
        if !is_component {
            ty.name = None;
        }
        return;
    }
    if let Shape::Union(union) = &mut settle.get_mut(id).shape {
        union.variants = variants;
    }
}
