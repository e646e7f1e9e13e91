//! Pairs of documents with unions, and with schemas that have two sides.

use super::cases::{case, field, schemas};
use crate::diff_cases::Case;

pub(super) fn unions() -> Vec<Case> {
    vec![
        case(
            "text_became_union",
            field!("{ type: string }"),
            field!("{ oneOf: [{ type: string }, { type: integer }] }"),
        ),
        case(
            "union_lost_a_branch",
            field!("{ oneOf: [{ type: string }, { type: integer }, { type: boolean }] }"),
            field!("{ oneOf: [{ type: string }, { type: integer }] }"),
        ),
        case(
            "union_became_anything",
            field!("{ oneOf: [{ type: string }, { type: integer }] }"),
            field!("{}"),
        ),
        case(
            "object_became_tagged_union",
            schemas!(
                "Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }, Home: { type: object, required: [pet], properties: { pet: { $ref: '#/components/schemas/Cat' } } }"
            ),
            schemas!(
                "Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }, Home: { type: object, required: [pet], properties: { pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } } } }"
            ),
        ),
        case(
            "untagged_object_became_tagged_union",
            schemas!(
                "Pet: { type: object, properties: { lives: { type: integer } } }, Home: { type: object, required: [pet], properties: { pet: { $ref: '#/components/schemas/Pet' } } }"
            ),
            schemas!(
                "Cat: { type: object, required: [kind], properties: { kind: { const: cat }, lives: { type: integer } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }, Home: { type: object, required: [pet], properties: { pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } } } }"
            ),
        ),
        case(
            "union_by_shape_grew",
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Cat: { type: object, required: [lives], properties: { lives: { type: integer } } }, Dog: { type: object, required: [tricks], properties: { tricks: { type: integer } } }"
            ),
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Fish' }] }, Cat: { type: object, required: [lives], properties: { lives: { type: integer } } }, Dog: { type: object, required: [tricks], properties: { tricks: { type: integer } } }, Fish: { type: object, required: [fins], properties: { fins: { type: integer } } }"
            ),
        ),
        case(
            "union_by_shape_became_tagged",
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Cat: { type: object, required: [lives], properties: { lives: { type: integer } } }, Dog: { type: object, required: [tricks], properties: { tricks: { type: integer } } }"
            ),
            schemas!(
                "Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: integer } } }, Dog: { type: object, required: [kind, tricks], properties: { kind: { const: dog }, tricks: { type: integer } } }"
            ),
        ),
        case(
            "tag_value_changed",
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } } }, Cat: { type: object, required: [kind], properties: { kind: { type: string } } }, Dog: { type: object, required: [kind], properties: { kind: { type: string }, tricks: { type: integer } } }"
            ),
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', hound: '#/components/schemas/Dog' } } }, Cat: { type: object, required: [kind], properties: { kind: { type: string } } }, Dog: { type: object, required: [kind], properties: { kind: { type: string }, tricks: { type: integer } } }"
            ),
        ),
        case(
            "text_added_to_a_tagged_union",
            schemas!(
                "Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }"
            ),
            schemas!(
                "Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { type: string }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }"
            ),
        ),
        case(
            "untagged_variant_added_to_a_tagged_union",
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }"
            ),
            schemas!(
                "Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Fish' }] }, Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }, Fish: { type: object, required: [fins], properties: { fins: { type: integer } } }"
            ),
        ),
        case(
            "content_of_a_variant_changed",
            schemas!(
                "Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: integer } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }"
            ),
            schemas!(
                "Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: string } } }, Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }"
            ),
        ),
    ]
}

/// A pair of which the one side is sent and the other received.
macro_rules! sides {
    ($sent:literal, $read:literal) => {
        concat!(
            "paths: { /pets: { post: { operationId: addPet,
  requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet-Input' } } } },
  responses: { '200': { description: All, content: { application/json: { schema: { $ref: '#/components/schemas/Pet-Output' } } } } } } } }
components: { schemas: { Pet-Input: ",
            $sent,
            ", Pet-Output: ",
            $read,
            " } }"
        )
    };
}

/// Constants are required of what is read only, and what is sent has a property of its own: one type.
const ONE: &str = sides!(
    "{ type: object, required: [name], properties: { name: { type: string }, kind: { type: string, const: pet }, note: { type: string } } }",
    "{ type: object, required: [name, kind], properties: { name: { type: string }, kind: { type: string, const: pet } } }"
);

pub(super) fn sides() -> Vec<Case> {
    vec![
        case(
            "sides_part",
            ONE,
            sides!(
                "{ type: object, required: [name], properties: { name: { type: string }, kind: { type: string, const: pet } } }",
                "{ type: object, required: [name, kind, id], properties: { name: { type: string }, kind: { type: string, const: pet }, id: { type: integer } } }"
            ),
        ),
        case(
            "side_needs_more",
            ONE,
            sides!(
                "{ type: object, required: [name, owner], properties: { name: { type: string }, kind: { type: string, const: pet }, owner: { type: string } } }",
                "{ type: object, required: [name, kind], properties: { name: { type: string }, kind: { type: string, const: pet } } }"
            ),
        ),
        case(
            "sides_stay_one",
            ONE,
            sides!(
                "{ type: object, required: [name], properties: { name: { type: string }, kind: { type: string, const: pet } } }",
                "{ type: object, required: [name], properties: { name: { type: string }, kind: { type: string, const: pet } } }"
            ),
        ),
    ]
}
