//! The strings among the branches of a union that has other branches too.
//!
//! An open enum takes every string. So a plain string beside one would never be read, and of several enums only the
//! first: its `Unknown` would take the values of the others. They become one enum, as they do where all branches are
//! strings.

use std::collections::HashSet;

use super::Settle;
use crate::ir::{
    Docs, Enum, EnumKind, EnumValue, Literal, NameHint, Reading, Scalar, Shape, Type, TypeId, TypeRef, Union,
    Variant, VariantName,
};
use crate::resolve::convert::type_id;

/// What the variant of several enums is called.
const NAME: &str = "enum";

/// Settles the strings of every union.
pub(super) fn settle(settle: &mut Settle<'_>) {
    let mut extensible = Vec::new();
    for id in inner_first(settle) {
        if let Some(shape) = settled(settle, id, &mut extensible) {
            let is_component = settle.component_name(id).is_some();
            let ty = settle.get_mut(id);
            if matches!(shape, Shape::Alias(_)) && !is_component {
                ty.name = None;
            }
            ty.shape = shape;
        }
    }
    for id in extensible {
        let id = settle.unaliased(id);
        if let Shape::Enum(found) = &mut settle.get_mut(id).shape {
            found.extensible = true;
        }
    }
}

/// The unions, those that are branches of others first: they may turn out to be enums.
fn inner_first(settle: &Settle<'_>) -> Vec<TypeId> {
    let mut order = Vec::new();
    let mut seen = vec![false; settle.types.len()];
    for start in (0..settle.types.len()).map(type_id) {
        let mut path = vec![(start, 0)];
        while let Some((id, next)) = path.last_mut() {
            let Shape::Union(union) = &settle.get(*id).shape else {
                path.pop();
                continue;
            };
            if *next == 0 && std::mem::replace(&mut seen[id.0 as usize], true) {
                path.pop();
                continue;
            }
            match union.variants.get(*next) {
                Some(variant) => {
                    *next += 1;
                    path.push((settle.unaliased(variant.ty.id), 0));
                }
                None => {
                    order.push(*id);
                    path.pop();
                }
            }
        }
    }
    order
}

/// What the union becomes, unless it stays as it is. The enums beside a plain string go into `extensible`.
fn settled(settle: &mut Settle<'_>, id: TypeId, extensible: &mut Vec<TypeId>) -> Option<Shape> {
    let Shape::Union(union) = &settle.get(id).shape else { return None };
    let is_enum = |variant: &Variant| string_enum(settle, variant).is_some();
    let is_open =
        union.variants.iter().any(|variant| string_enum(settle, variant).is_some_and(|found| found.open));
    let is_dropped = |variant: &Variant| {
        let shape = &settle.get(settle.unaliased(variant.ty.id)).shape;
        is_open && shape.as_scalar() == Some(Scalar::String)
    };
    let mut left: Vec<Variant> =
        union.variants.iter().filter(|variant| !is_dropped(variant)).cloned().collect();
    let enums = left.iter().filter(|variant| is_enum(variant)).count();
    let has_plain = left.len() < union.variants.len();
    if has_plain {
        extensible.extend(left.iter().filter(|variant| is_enum(variant)).map(|variant| variant.ty.id));
    }
    if enums >= 2 {
        let merged = merged(settle, union, has_plain);
        if enums == left.len() {
            return Some(Shape::Enum(merged));
        }
        let first = left.iter().position(is_enum)?;
        let location = left.get(first)?.location.clone();
        left.retain(|variant| string_enum(settle, variant).is_none());
        let ty = push(settle, id, merged);
        let name = VariantName::Words(NAME.to_owned());
        left.insert(first, Variant { name, asked: None, ty, boxed: false, docs: Docs::default(), location });
    } else if !has_plain {
        return None;
    }
    match left.as_slice() {
        [only] => Some(Shape::Alias(only.ty)),
        _ => Some(Shape::Union(Union { variants: left, reading: Reading::default() })),
    }
}

fn string_enum<'s>(settle: &'s Settle<'_>, variant: &Variant) -> Option<&'s Enum> {
    let shape = &settle.get(settle.unaliased(variant.ty.id)).shape;
    shape.as_enum().filter(|found| found.kind == EnumKind::String)
}

/// The enum of all values, which is extensible with a plain string beside them; what is said of a branch of one value is said of the value.
fn merged(settle: &Settle<'_>, union: &Union, has_plain: bool) -> Enum {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut known = HashSet::new();
    let (mut open, mut extensible) = (false, has_plain);
    for variant in &union.variants {
        let Some(found) = string_enum(settle, variant) else { continue };
        open |= found.open;
        extensible |= found.extensible;
        let is_only = found.values.len() == 1;
        for value in &found.values {
            let Literal::String(text) = &value.wire else { continue };
            if !known.insert(text) {
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
    Enum { values, kind: EnumKind::String, open, extensible }
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
