//! Boxes the content of variants that are large, so that a small variant does not take a large one's room (what clippy calls
//! `large_enum_variant`), and fields that no stack has room for.
//!
//! A content is large by itself, and not beside the others: another variant, another response or another media type changes
//! no box. Users see boxes only where they move a whole content out of a variant; `From` puts it in.

use super::cycles::set_boxed;
use crate::ir::{
    Body, Content, FloatKind, IntegerKind, Otherwise, Presence, PropertyKind, Rest, Scalar, Shape, TypeId,
    TypeRef, Union, VariantSelection,
};
use crate::resolve::draft::DraftGraph;

/// The size in bytes from which the content of a variant is boxed. Clippy warns of variants that are 200 larger than the
/// others, and sizes here are estimates.
const LARGEST_CONTENT: usize = 150;

/// The size in bytes from which a field is boxed. Structs that hold one another double in size with every level, and
/// a value must fit on the stack.
const LARGEST_FIELD: usize = 64 << 10;

/// What the variant for unknown tags takes.
const UNKNOWN: usize = 56;

/// Settles which variants and responses are boxed.
pub(in crate::resolve::passes) fn run(draft: &mut DraftGraph) {
    let mut sizes = vec![None; draft.types.len()];
    for index in 0..draft.types.len() {
        size_of(draft, crate::resolve::convert::type_id(index), &mut sizes, 0);
    }
    for operation in 0..draft.operations.len() {
        let all = draft.operations[operation].responses.iter().flat_map(|response| &response.contents);
        let contents: Vec<Content> = all.map(|found| found.content).collect();
        let boxed = large(draft, &contents, &mut sizes);
        let responses = draft.operations[operation].responses.iter_mut();
        for (content, boxed) in responses.flat_map(|response| &mut response.contents).zip(boxed) {
            content.boxed = boxed;
        }
        let choice = draft.operations[operation].body.as_ref().filter(|body| body.is_choice());
        let Some(contents) = choice.map(|body| body.contents().map(|it| it.content).collect::<Vec<_>>())
        else {
            continue;
        };
        let boxed = large(draft, &contents, &mut sizes);
        let bodies = draft.operations[operation].body.iter_mut().flat_map(Body::contents_mut);
        bodies.zip(boxed).for_each(|(content, boxed)| content.boxed = boxed);
    }
}

/// Which contents are large.
fn large(draft: &mut DraftGraph, contents: &[Content], sizes: &mut Vec<Option<usize>>) -> Vec<bool> {
    contents.iter().map(|content| content_size(draft, *content, sizes) > LARGEST_CONTENT).collect()
}

fn content_size(draft: &mut DraftGraph, content: Content, sizes: &mut Vec<Option<usize>>) -> usize {
    match content {
        Content::Json(ty) | Content::Form(ty) => use_size(draft, ty, sizes, 0),
        Content::String | Content::Text | Content::Bytes => 24,
        Content::Empty => 0,
    }
}

/// The estimated size of a type in bytes. Unions are boxed on the way, innermost first.
fn size_of(draft: &mut DraftGraph, id: TypeId, sizes: &mut Vec<Option<usize>>, depth: usize) -> usize {
    let index = id.0 as usize;
    if let Some(size) = sizes[index] {
        return size;
    }
    // By-value nesting is finite after boxing; a graph deeper than this is estimated as large.
    if depth > 200 {
        return 1_000;
    }
    // While it is open a type can only be met again behind a box.
    sizes[index] = Some(8);
    let size = match draft.types[index].shape.clone() {
        Shape::Struct(shape) => {
            let mut size = match shape.rest {
                Rest::Keep(_) => 24,
                Rest::Ignore | Rest::Deny => 0,
            };
            for (place, property) in shape.properties.iter().enumerate() {
                if let PropertyKind::Field { ty, presence, boxed } = &property.kind {
                    let mut field = field_size(draft, *ty, presence, *boxed, sizes, depth);
                    if field > LARGEST_FIELD {
                        set_boxed(&mut draft.get_mut(id).shape, place);
                        field = 8;
                    }
                    size += field;
                }
            }
            size
        }
        Shape::Union(union) => union_size(draft, id, &union, sizes, depth),
        Shape::Tuple(tuple) => tuple
            .places
            .iter()
            .map(|item| use_size(draft, *item, sizes, depth + 1))
            .fold(0, usize::saturating_add),
        Shape::Newtype { boxed: true, .. } => 8,
        Shape::Alias(ty) | Shape::Newtype { content: ty, boxed: false } => {
            use_size(draft, ty, sizes, depth + 1)
        }
        Shape::Scalar(scalar) => scalar_size(scalar),
        Shape::Enum(found) => {
            if found.open {
                24
            } else {
                1
            }
        }
        Shape::List(_) | Shape::Map(_) | Shape::External(_) => 24,
        Shape::Any(_) => 32,
    };
    sizes[index] = Some(size);
    size
}

fn field_size(
    draft: &mut DraftGraph,
    ty: TypeRef,
    presence: &Presence,
    boxed: bool,
    sizes: &mut Vec<Option<usize>>,
    depth: usize,
) -> usize {
    if boxed {
        return 8;
    }
    let optional = match presence {
        Presence::Required | Presence::Default(_) => ty.nullable,
        Presence::Optional | Presence::ThreeState => true,
    };
    use_size(draft, TypeRef { nullable: optional, ..ty }, sizes, depth + 1)
}

fn use_size(draft: &mut DraftGraph, ty: TypeRef, sizes: &mut Vec<Option<usize>>, depth: usize) -> usize {
    let size = size_of(draft, ty.id, sizes, depth + 1);
    // Only plain numbers have no spare value for `None`.
    let has_niche = size >= 24 || size == 1 || size == 0;
    if ty.nullable && !has_niche { size.saturating_add(8) } else { size }
}

fn union_size(
    draft: &mut DraftGraph,
    id: TypeId,
    union: &Union,
    sizes: &mut Vec<Option<usize>>,
    depth: usize,
) -> usize {
    let mut found: Vec<usize> = union
        .variants
        .iter()
        .map(|variant| if variant.boxed { 8 } else { use_size(draft, variant.ty, sizes, depth + 1) })
        .collect();
    let extra = match &union.reading.object {
        VariantSelection::Tagged(tagged) if tagged.otherwise == Otherwise::Unknown => UNKNOWN,
        VariantSelection::Tagged(_)
        | VariantSelection::None
        | VariantSelection::Single(_)
        | VariantSelection::BestMatch(_) => 0,
    };
    let boxed: Vec<bool> = found.iter().map(|size| *size > LARGEST_CONTENT).collect();
    if let Shape::Union(union) = &mut draft.get_mut(id).shape {
        for ((variant, boxed), size) in union.variants.iter_mut().zip(boxed).zip(&mut found) {
            variant.boxed |= boxed;
            if boxed {
                *size = 8;
            }
        }
    }
    found.into_iter().max().unwrap_or_default().max(extra).saturating_add(8)
}

fn scalar_size(scalar: Scalar) -> usize {
    match scalar {
        Scalar::Boolean => 1,
        Scalar::Integer(kind) => match kind {
            IntegerKind::I8 | IntegerKind::U8 => 1,
            IntegerKind::I16 | IntegerKind::U16 => 2,
            IntegerKind::I32 | IntegerKind::U32 => 4,
            IntegerKind::I64 | IntegerKind::U64 => 8,
            IntegerKind::I128 | IntegerKind::U128 => 16,
        },
        Scalar::Float(FloatKind::F32) => 4,
        Scalar::Float(FloatKind::F64) => 8,
        Scalar::Uuid | Scalar::DateTime => 16,
        Scalar::Date => 4,
        Scalar::String | Scalar::Secret | Scalar::Base64 => 24,
        Scalar::Binary => 72,
        Scalar::Null => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_large_variant_is_boxed_whatever_stands_beside_it() {
        check!(
            "sizes",
            "
                Either: { oneOf: [{ $ref: '#/components/schemas/Large' }, { $ref: '#/components/schemas/Small' }] }
                Both: { oneOf: [{ $ref: '#/components/schemas/Large' }, { $ref: '#/components/schemas/Larger' }] }
                Large:
                  type: object
                  required: [a, b, c, d, e, f, g, h]
                  properties:
                    { a: &t { type: string }, b: *t, c: *t, d: *t, e: *t, f: *t, g: *t, h: *t }
                Larger: { type: object, required: [j], properties: { j: { $ref: '#/components/schemas/Large' } } }
                Small: { type: object, required: [i], properties: { i: { type: string } } }
            ",
            @r#"
            sizes
              Either: union
            -   | Large
            +   | Large, boxed
                | Small
                object: best of Large ["a", "b", "c", "d", "e", "f", "g", "h"], Small ["i"]
              Both: union
            -   | Large
            -   | Larger
            +   | Large, boxed
            +   | Larger, boxed
                object: best of Large ["a", "b", "c", "d", "e", "f", "g", "h"], Larger ["j"]
              Large: struct
                a: string, required
                b: string, required
                c: string, required
                d: string, required
                e: string, required
                f: string, required
                g: string, required
                h: string, required
              Larger: struct
                j: Large, required
              Small: struct
                i: string, required
            "#
        );
    }
}
