//! The enums among the branches of a union that has other branches too.
//!
//! An open enum takes every value of its JSON type. So a plain string beside an enum of strings would never be read, and
//! of several enums only the first: its `Unknown` would take the values of the others. They become one enum, as they do
//! where all branches are constants of one JSON type.

use std::collections::{BTreeMap, HashSet};

use crate::ir::{
    Docs, Enum, EnumKind, EnumValue, NameHint, Scalar, Shape, Type, TypeId, TypeRef, TypeSelection, Union,
    Variant, VariantName,
};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;
use crate::resolve::one_enum::name_by_titles;

/// What the variants of several enums of one kind are called.
const MERGED: [(EnumKind, &str); 2] = [(EnumKind::String, "enum"), (EnumKind::Integer, "integer")];

/// Settles the enums of every union.
pub(super) fn run(draft: &mut DraftGraph) {
    let mut extensible = Vec::new();
    for id in inner_first(draft) {
        if let Some(shape) = settled(draft, id, &mut extensible) {
            let is_component = draft.component_name(id).is_some();
            let ty = draft.get_mut(id);
            if matches!(shape, Shape::Alias(_)) && !is_component {
                ty.name = None;
            }
            ty.shape = shape;
        }
    }
    for id in extensible {
        let id = draft.unaliased(id);
        if let Shape::Enum(found) = &mut draft.get_mut(id).shape {
            found.extensible = true;
        }
    }
}

/// The unions, those that are branches of others first: they may turn out to be enums.
fn inner_first(draft: &DraftGraph) -> Vec<TypeId> {
    let mut order = Vec::new();
    let mut seen = vec![false; draft.types.len()];
    for start in (0..draft.types.len()).map(type_id) {
        let mut path = vec![(start, 0)];
        while let Some((id, next)) = path.last_mut() {
            let Shape::Union(union) = &draft.get(*id).shape else {
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
                    path.push((draft.unaliased(variant.ty.id), 0));
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
fn settled(draft: &mut DraftGraph, id: TypeId, extensible: &mut Vec<TypeId>) -> Option<Shape> {
    let Shape::Union(union) = &draft.get(id).shape else { return None };
    let is_string = |variant: &Variant| enum_of(draft, variant, EnumKind::String);
    let is_open = union.variants.iter().filter_map(is_string).any(|found| found.open);
    let is_dropped = |variant: &Variant| {
        let shape = &draft.get(draft.unaliased(variant.ty.id)).shape;
        is_open && shape.as_scalar() == Some(Scalar::String)
    };
    let mut left: Vec<Variant> =
        union.variants.iter().filter(|variant| !is_dropped(variant)).cloned().collect();
    let has_plain = left.len() < union.variants.len();
    if has_plain {
        let enums = left.iter().filter(|variant| is_string(variant).is_some());
        extensible.extend(enums.map(|variant| variant.ty.id));
    }
    let mut is_settled = !has_plain;
    for (kind, name) in MERGED {
        let is_enum = |variant: &Variant| enum_of(draft, variant, kind).is_some();
        let enums = left.iter().filter(|variant| is_enum(variant)).count();
        if enums < 2 {
            continue;
        }
        let has_plain = has_plain && kind == EnumKind::String;
        let merged = merged(draft, id, &left, kind, has_plain);
        if enums == left.len() {
            return Some(Shape::Enum(merged));
        }
        let first = left.iter().position(is_enum)?;
        let location = left.get(first)?.location.clone();
        left.retain(|variant| enum_of(draft, variant, kind).is_none());
        let ty = push(draft, id, name, merged);
        let name = VariantName::Words(name.to_owned());
        left.insert(first, Variant { name, asked: None, ty, boxed: false, docs: Docs::default(), location });
        is_settled = false;
    }
    match left.as_slice() {
        _ if is_settled => None,
        [only] => Some(Shape::Alias(only.ty)),
        _ => Some(Shape::Union(Union { variants: left, reading: TypeSelection::default() })),
    }
}

fn enum_of<'s>(draft: &'s DraftGraph, variant: &Variant, kind: EnumKind) -> Option<&'s Enum> {
    // Secret strings are not merged with others.
    let shape = &draft.get(draft.unaliased(variant.ty.id)).shape;
    shape.as_enum().filter(|found| found.kind == kind && !draft.get(variant.ty.id).secret)
}

/// The enum of all values, which is extensible with a plain string beside them; what is said of a branch of one value is
/// said of the value.
fn merged(draft: &DraftGraph, union: TypeId, variants: &[Variant], kind: EnumKind, has_plain: bool) -> Enum {
    let none = BTreeMap::new();
    let titles = draft.unions.get(&union).map_or(&none, |draft| &draft.titles);
    let mut values: Vec<EnumValue> = Vec::new();
    let mut known = HashSet::new();
    let (mut open, mut extensible) = (false, has_plain);
    for variant in variants {
        let Some(found) = enum_of(draft, variant, kind) else { continue };
        open |= found.open;
        extensible |= found.extensible;
        let is_only = found.values.len() == 1;
        for value in &found.values {
            if !known.insert(format!("{:?}", value.wire)) {
                continue;
            }
            let mut value = value.clone();
            if is_only {
                describe(draft, &mut value, variant, titles);
            }
            values.push(value);
        }
    }
    name_by_titles(&mut values);
    Enum { values, kind, open, extensible }
}

fn describe(draft: &DraftGraph, value: &mut EnumValue, variant: &Variant, titles: &BTreeMap<TypeId, String>) {
    if value.docs == Docs::default() {
        let outer = [&variant.docs, &draft.get(variant.ty.id).docs];
        value.docs = outer.into_iter().find(|docs| **docs != Docs::default()).cloned().unwrap_or_default();
    }
    value.docs.title = titles.get(&variant.ty.id).cloned();
}

/// Adds the type of the merged variant of the union `id`.
fn push(draft: &mut DraftGraph, id: TypeId, word: &str, found: Enum) -> TypeRef {
    let union = draft.get(id);
    let name = union.name.as_ref().map(|name| {
        let path = name.path.iter().cloned().chain([word.to_owned()]).collect();
        NameHint { owner: name.owner, path }
    });
    let ty = Type {
        name,
        docs: Docs::default(),
        location: union.location.clone(),
        shape: Shape::Enum(found),
        has_default: false,
        overrides: Default::default(),
        secret: false,
        constraints: Default::default(),
    };
    draft.types.push(ty);
    TypeRef { id: type_id(draft.types.len() - 1), nullable: false }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn several_enums_of_strings_are_one_variant() {
        check!(
            "enums",
            "
                Level:
                  anyOf:
                    - { enum: [low, high] }
                    - { enum: [auto, low] }
                    - { type: integer }
            ",
            @r#"
            enums
              Level: union
                | enum: Level.enum
            -   | enum: Level.enum
                | integer: integer
                undecided
              Level.enum: enum of string
                "low"
                "high"
                and unknown ones
              Level.enum: enum of string
                "auto"
                "low"
                and unknown ones
            + Level.enum: enum of string
            +   "low"
            +   "high"
            +   "auto"
            +   and unknown ones
            "#
        );
    }

    #[test]
    fn an_open_enum_takes_the_plain_strings_beside_it() {
        check!(
            "enums",
            "
                Size:
                  anyOf:
                    - { enum: [S, M] }
                    - { type: string }
                    - { type: integer }
            ",
            @r#"
            enums
              Size: union
                | enum: Size.enum
            -   | string: string
                | integer: integer
                undecided
              Size.enum: enum of string
                "S"
                "M"
                and unknown ones
            +   extensible
            "#
        );
    }

    #[test]
    fn a_union_of_unions_of_enums_is_an_enum() {
        check!(
            "enums",
            "
                Any: { anyOf: [{ $ref: '#/components/schemas/Inner' }, { $ref: '#/components/schemas/Cold' }] }
                Inner: { anyOf: [{ $ref: '#/components/schemas/Warm' }, { $ref: '#/components/schemas/Hot' }] }
                Warm: { type: string, enum: [yellow] }
                Hot: { type: string, enum: [red] }
                Cold: { type: string, enum: [blue] }
            ",
            @r#"
            enums
            - Any: union
            -   | Inner
            -   | Cold
            -   undecided
            + Any: enum of string
            +   "yellow"
            +   "red"
            +   "blue"
            +   and unknown ones
              Inner: enum of string
                "yellow"
                "red"
                and unknown ones
              Warm: enum of string
                "yellow"
                and unknown ones
              Hot: enum of string
                "red"
                and unknown ones
              Cold: enum of string
                "blue"
                and unknown ones
            "#
        );
    }
}
