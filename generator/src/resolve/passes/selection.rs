//! How a reader picks the variant of each union: steps 2 to 5 of the selection order.

use super::Context;
use super::branch_tag::BranchTags;
use super::kinds::{Kinds, kinds};
use super::tagged::{tag_property, tagged};
use crate::ir::{PropertyKind, Scalar, Shape, TypeId, TypeSelection, Union, VariantSelection};
use crate::resolve::draft::DraftGraph;

/// Settles the reading of every union.
pub(super) fn run(draft: &mut DraftGraph, cx: &mut Context<'_>) {
    let kinds = kinds(draft);
    let writes_more = writing_more(draft);
    let mut tags = BranchTags::new(draft);
    for index in 0..draft.types.len() {
        let id = crate::resolve::convert::type_id(index);
        let Shape::Union(union) = &draft.get(id).shape else { continue };
        let reading = reading(draft, id, union, (&kinds, &writes_more), (&mut tags, cx));
        if let Shape::Union(union) = &mut draft.get_mut(id).shape {
            union.reading = reading;
        }
    }
}

fn reading(
    draft: &DraftGraph,
    id: TypeId,
    union: &Union,
    (kinds, writes_more): (&[Kinds], &[bool]),
    (tags, cx): (&mut BranchTags, &Context<'_>),
) -> TypeSelection {
    let all: Vec<Kinds> = union.variants.iter().map(|variant| kinds[variant.ty.id.0 as usize]).collect();
    let takers = |takes: fn(&Kinds) -> bool| -> Vec<usize> {
        let mut found: Vec<_> = (0..all.len()).filter(|index| takes(&all[*index])).collect();
        // Most constrained first; document order among equals.
        found.sort_by_key(|index| rank(draft, union.variants[*index].ty.id));
        found
    };
    let objects: Vec<_> = (0..all.len()).filter(|index| all[*index].object).collect();
    TypeSelection {
        boolean: takers(|kinds| kinds.boolean),
        integer: takers(|kinds| kinds.integer),
        number: takers(|kinds| kinds.number),
        string: takers(|kinds| kinds.string),
        array: takers(|kinds| kinds.array),
        object: object_reading(draft, id, union, (&objects, writes_more), (tags, cx)),
    }
}

fn object_reading(
    draft: &DraftGraph,
    id: TypeId,
    union: &Union,
    (objects, writes_more): (&[usize], &[bool]),
    (tags, cx): (&mut BranchTags, &Context<'_>),
) -> VariantSelection {
    if let Some(property) = tag_property(draft, id, objects, tags)
        && let Some(tagged) = tagged(draft, id, objects, property, (tags, cx))
    {
        return VariantSelection::Tagged(tagged);
    }
    match objects {
        [] => VariantSelection::None,
        [only] => VariantSelection::Single(*only),
        several => {
            // Of those that fit as well, the first is taken: what would write a property that was not there comes last.
            let mut several = several.to_vec();
            several
                .sort_by_key(|index| writes_more[draft.unaliased(union.variants[*index].ty.id).0 as usize]);
            VariantSelection::BestMatch(several.iter().map(|index| draft.candidate(union, *index)).collect())
        }
    }
}

/// By type: whether it may write an object with a constant that was read without it. A union does if one of its variants does.
fn writing_more(draft: &DraftGraph) -> Vec<bool> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); draft.types.len()];
    let mut todo = Vec::new();
    for (index, ty) in draft.types.iter().enumerate() {
        match &ty.shape {
            Shape::Struct(shape) => {
                let has_more = shape.properties.iter().any(|property| match property.kind {
                    PropertyKind::Constant { required, .. } => !required,
                    PropertyKind::Field { .. } => false,
                });
                todo.extend(has_more.then_some(index));
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    holders[draft.unaliased(variant.ty.id).0 as usize].push(index);
                }
            }
            Shape::Enum(_)
            | Shape::Scalar(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => {}
        }
    }
    let mut found = vec![false; draft.types.len()];
    while let Some(index) = todo.pop() {
        if !std::mem::replace(&mut found[index], true) {
            todo.extend(&holders[index]);
        }
    }
    found
}

/// How much a type constrains a value of the JSON type that it takes: less comes first.
fn rank(draft: &DraftGraph, id: TypeId) -> u8 {
    match &draft.get(draft.unaliased(id)).shape {
        Shape::Enum(found) if !found.open => 0,
        Shape::Scalar(scalar) => match scalar {
            Scalar::Uuid | Scalar::DateTime | Scalar::Date | Scalar::Boolean | Scalar::Null => 1,
            Scalar::Base64 => 2,
            Scalar::Integer(_) => 3,
            Scalar::Float(_) => 4,
            Scalar::Secret | Scalar::String | Scalar::Binary => 7,
        },
        Shape::Tuple(_) => 1,
        Shape::Struct(_) | Shape::Map(_) | Shape::List(_) | Shape::Union(_) => 5,
        Shape::Enum(_) => 6,
        // Its values are some of those that its JSON type has.
        Shape::External(found) if found.json.is_some() => 2,
        Shape::External(_) | Shape::Any(_) | Shape::Alias(_) | Shape::Newtype { .. } => 8,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn objects_by_their_tag() {
        check!(
            "selection",
            "
                Pet:
                  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
                  discriminator: { propertyName: kind }
                Cat: { type: object, properties: { kind: { const: cat }, lives: { type: integer } } }
                Dog: { type: object, properties: { tricks: { type: integer } } }
            ",
            @r#"
            selection
              Pet: union
                | Cat
                | Dog
            -   undecided
            +   kind "cat": Cat
            +   kind "Dog": Dog
            +   kind absent: Cat, Dog
            +   kind unknown: kept
              Cat: struct
                kind = "cat", optional
                lives: integer, optional
              Dog: struct
                tricks: integer, optional
                kind: string, optional // Names the variant of the union that this is read from.
              Cat.kind: enum of string
                "cat"
                and unknown ones
            "#
        );
    }

    #[test]
    fn values_by_their_json_type_the_narrowest_first() {
        check!(
            "selection",
            "
                Value:
                  anyOf:
                    - { type: string }
                    - { type: string, format: uuid }
                    - { type: integer }
                    - { type: array, items: { type: string } }
                    - { type: object, properties: { text: { type: string } } }
            ",
            @r"
            selection
              Value: union
                | string: string
                | uuid: uuid
                | integer: integer
                | array: [string]
                | variant 5: Value.variant 5
            -   undecided
            +   integer: integer
            +   string: uuid, string
            +   array: [string]
            +   object: Value.variant 5
              Value.variant 5: struct
                text: string, optional
            "
        );
    }

    /// `{}` is read as what writes `{}`, and not as the object with a constant that may be absent.
    #[test]
    fn constants_that_may_be_absent_come_last() {
        check!(
            "selection",
            "
                Maybe: { anyOf: [{ $ref: '#/components/schemas/Rule' }, { $ref: '#/components/schemas/Nothing' }] }
                Rule: { oneOf: [{ $ref: '#/components/schemas/Email' }, { $ref: '#/components/schemas/Date' }] }
                Email: { type: object, required: [kind], properties: { kind: { const: email } } }
                Date: { type: object, properties: { kind: { const: date } } }
                Nothing: { type: object, additionalProperties: false }
            ",
            @r#"
            selection
              Maybe: union
                | Rule
                | Nothing
            -   undecided
            +   object: best of Nothing [], Rule []
              Rule: union
                | Email
                | Date
            -   undecided
            +   kind "email": Email
            +   kind "date": Date
            +   kind absent: Date
            +   kind unknown: kept
              Email: struct
                kind = "email"
              Date: struct
                kind = "date", optional
              Nothing: struct
              Date.kind: enum of string
                "date"
                and unknown ones
            "#
        );
    }

    #[test]
    fn objects_without_a_tag_by_what_fits_best() {
        check!(
            "selection",
            "
                Either: { oneOf: [{ $ref: '#/components/schemas/Left' }, { $ref: '#/components/schemas/Right' }] }
                Left: { type: object, required: [left], properties: { left: { type: string } } }
                Right: { type: object, properties: { right: { type: string } } }
            ",
            @r#"
            selection
              Either: union
                | Left
                | Right
            -   undecided
            +   object: best of Left ["left"], Right []
              Left: struct
                left: string, required
              Right: struct
                right: string, optional
            "#
        );
    }
}
