//! Pairs of documents that matter on the wire: which way a type travels, and what is refused there.

use super::union_cases::{sides, unions};
use crate::diff_cases::Case;

pub(super) fn case(name: &'static str, old: &'static str, new: &'static str) -> Case {
    Case { name, old, new, config: "", new_config: None, snippets: ["", "", ""] }
}

fn configured(config: &'static str, case: Case) -> Case {
    Case { config, ..case }
}

/// A document in which schema `Pet` is only sent, and `Found` only received.
macro_rules! travelling {
    ($pet:literal, $found:literal) => {
        concat!(
            "paths: { /pets: { post: { operationId: addPet,
  requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } },
  responses: { '200': { description: All, content: { application/json: { schema: { $ref: '#/components/schemas/Found' } } } } } } } }
components: { schemas: { Pet: ",
            $pet,
            ", Found: ",
            $found,
            " } }"
        )
    };
}

macro_rules! schemas {
    ($schemas:literal) => {
        concat!("components: { schemas: { ", $schemas, " } }")
    };
}

pub(super) use schemas;

/// A retyped field, and what it holds.
macro_rules! field {
    ($schema:literal) => {
        concat!(
            "components: { schemas: { Pet: { type: object, required: [it], properties: { it: ",
            $schema,
            " } } } }"
        )
    };
}
pub(super) use field;

/// All of them.
pub fn wire_cases() -> Vec<Case> {
    let mut all = travels();
    all.extend(objects());
    all.extend(scalars());
    all.extend(unions());
    all.extend(sides());
    all
}

const NAMED: &str = travelling!(
    "{ type: object, required: [name], properties: { name: { type: string } } }",
    "{ type: object, required: [name], properties: { name: { type: string } } }"
);

fn travels() -> Vec<Case> {
    vec![
        case(
            "sent_and_received_required",
            NAMED,
            travelling!(
                "{ type: object, required: [name, age], properties: { name: { type: string }, age: { type: integer } } }",
                "{ type: object, required: [name, age], properties: { name: { type: string }, age: { type: integer } } }"
            ),
        ),
        case(
            "sent_and_received_optional",
            NAMED,
            travelling!(
                "{ type: object, properties: { name: { type: string } } }",
                "{ type: object, properties: { name: { type: string } } }"
            ),
        ),
        case(
            "sent_and_received_null",
            NAMED,
            travelling!(
                "{ type: object, required: [name], properties: { name: { type: [string, 'null'] } } }",
                "{ type: object, required: [name], properties: { name: { type: [string, 'null'] } } }"
            ),
        ),
        case(
            "sent_and_received_removed",
            NAMED,
            travelling!("{ type: object, properties: {} }", "{ type: object, properties: {} }"),
        ),
        case(
            "sent_and_received_with_a_default",
            NAMED,
            travelling!(
                "{ type: object, properties: { name: { type: string, default: Rex } } }",
                "{ type: object, properties: { name: { type: string, default: Rex } } }"
            ),
        ),
        case(
            "sent_and_received_values",
            travelling!("{ type: string, enum: [small, large] }", "{ type: string, enum: [small, large] }"),
            travelling!("{ type: string, enum: [small, huge] }", "{ type: string, enum: [small, huge] }"),
        ),
        case(
            "sent_and_received_text",
            travelling!("{ type: string, enum: [small, large] }", "{ type: string, enum: [small, large] }"),
            travelling!("{ type: string }", "{ type: string }"),
        ),
    ]
}

fn objects() -> Vec<Case> {
    vec![
        case(
            "optional_made_nullable",
            schemas!("Pet: { type: object, properties: { name: { type: string } } }"),
            schemas!("Pet: { type: object, properties: { name: { type: [string, 'null'] } } }"),
        ),
        case(
            "default_made_nullable",
            schemas!("Pet: { type: object, properties: { name: { type: string, default: Rex } } }"),
            schemas!("Pet: { type: object, properties: { name: { type: [string, 'null'], default: Rex } } }"),
        ),
        configured(
            "three-states = \"everywhere\"",
            case(
                "three_states_lose_null",
                schemas!("Pet: { type: object, properties: { name: { type: [string, 'null'] } } }"),
                schemas!("Pet: { type: object, properties: { name: { type: string } } }"),
            ),
        ),
        case(
            "extra_properties_refused",
            schemas!(
                "Pet: { type: object, additionalProperties: { type: string }, properties: { name: { type: string } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string } } }"
            ),
        ),
        case(
            "field_added_to_a_strict_object",
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string }, age: { type: integer } } }"
            ),
        ),
        case(
            "field_with_a_default_added_to_a_strict_object",
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string }, age: { type: integer, default: 3 } } }"
            ),
        ),
        case(
            "constant_added_to_a_strict_object",
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string }, kind: { const: dog } } }"
            ),
        ),
        case(
            "field_removed_from_a_strict_object",
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string }, age: { type: integer } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: false, properties: { name: { type: string } } }"
            ),
        ),
        configured(
            "unknown-fields = \"deny\"",
            case(
                "field_added_where_unknown_ones_are_denied",
                schemas!("Pet: { type: object, properties: { name: { type: string } } }"),
                schemas!(
                    "Pet: { type: object, properties: { name: { type: string }, age: { type: integer } } }"
                ),
            ),
        ),
        case(
            "extra_properties_retyped",
            schemas!(
                "Pet: { type: object, additionalProperties: { type: string }, properties: { name: { type: string } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: { type: integer }, properties: { name: { type: string } } }"
            ),
        ),
        case(
            "field_added_beside_extra_properties",
            schemas!(
                "Pet: { type: object, additionalProperties: { type: string }, properties: { name: { type: string } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: { type: string }, properties: { name: { type: string }, age: { type: integer } } }"
            ),
        ),
        case(
            "field_removed_beside_extra_properties",
            schemas!(
                "Pet: { type: object, additionalProperties: { type: string }, properties: { name: { type: string }, age: { type: integer } } }"
            ),
            schemas!(
                "Pet: { type: object, additionalProperties: { type: string }, properties: { name: { type: string } } }"
            ),
        ),
        case(
            "strict_object_became_stricter",
            field!(
                "{ type: object, title: A, additionalProperties: false, properties: { name: { type: string }, age: { type: integer } } }"
            ),
            field!(
                "{ type: object, title: B, additionalProperties: false, properties: { name: { type: string } } }"
            ),
        ),
        case(
            "optional_constant_added",
            schemas!("Pet: { type: object, properties: { name: { type: string } } }"),
            schemas!("Pet: { type: object, properties: { name: { type: string }, kind: { const: dog } } }"),
        ),
        case(
            "constant_made_optional",
            schemas!(
                "Pet: { type: object, required: [kind], properties: { name: { type: string }, kind: { const: dog } } }"
            ),
            schemas!("Pet: { type: object, properties: { name: { type: string }, kind: { const: dog } } }"),
        ),
        case(
            "optional_constant_changed",
            schemas!("Pet: { type: object, properties: { name: { type: string }, kind: { const: dog } } }"),
            schemas!("Pet: { type: object, properties: { name: { type: string }, kind: { const: cat } } }"),
        ),
        case(
            "optional_field_became_constant",
            schemas!("Pet: { type: object, properties: { kind: { type: string }, name: { type: string } } }"),
            schemas!("Pet: { type: object, properties: { kind: { const: cat }, name: { type: string } } }"),
        ),
        case(
            "constant_became_field",
            schemas!("Pet: { type: object, properties: { kind: { const: cat }, name: { type: string } } }"),
            schemas!("Pet: { type: object, properties: { kind: { type: string }, name: { type: string } } }"),
        ),
        case(
            "constant_became_required_enum",
            schemas!("Pet: { type: object, required: [kind], properties: { kind: { const: cat } } }"),
            schemas!(
                "Pet: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat, dog] } } }"
            ),
        ),
        case(
            "constant_became_enum_with_a_default",
            schemas!("Pet: { type: object, properties: { kind: { const: cat } } }"),
            schemas!(
                "Pet: { type: object, properties: { kind: { type: string, enum: [cat, dog], default: dog } } }"
            ),
        ),
        case(
            "constant_became_number",
            schemas!("Pet: { type: object, required: [kind], properties: { kind: { const: cat } } }"),
            schemas!("Pet: { type: object, required: [kind], properties: { kind: { type: integer } } }"),
        ),
        case(
            "object_became_map",
            schemas!(
                "Pet: { type: object, required: [name], properties: { name: { type: string }, age: { type: string } } }"
            ),
            schemas!("Pet: { type: object, additionalProperties: { type: string } }"),
        ),
        case(
            "object_with_more_became_map",
            schemas!(
                "Pet: { type: object, additionalProperties: { type: integer }, properties: { name: { type: string } } }"
            ),
            schemas!("Pet: { type: object, additionalProperties: { type: string } }"),
        ),
        case(
            "object_with_a_constant_became_map",
            schemas!("Pet: { type: object, required: [kind], properties: { kind: { const: cat } } }"),
            schemas!("Pet: { type: object, additionalProperties: { type: string } }"),
        ),
    ]
}

fn scalars() -> Vec<Case> {
    vec![
        case("integer_became_number", field!("{ type: integer }"), field!("{ type: number }")),
        case(
            "integer_became_wider",
            field!("{ type: integer, format: int32 }"),
            field!("{ type: integer, format: int64 }"),
        ),
        case(
            "integer_became_unsigned",
            field!("{ type: integer, format: int32 }"),
            field!("{ type: integer, format: uint32 }"),
        ),
        case("number_became_single", field!("{ type: number }"), field!("{ type: number, format: float }")),
        case("text_became_time", field!("{ type: string }"), field!("{ type: string, format: date-time }")),
        case(
            "date_became_time",
            field!("{ type: string, format: date }"),
            field!("{ type: string, format: date-time }"),
        ),
        case("text_became_secret", field!("{ type: string }"), field!("{ type: string, format: password }")),
        case(
            "integer_became_secret",
            field!("{ type: integer }"),
            field!("{ type: integer, format: password }"),
        ),
        case("text_became_base64", field!("{ type: string }"), field!("{ type: string, format: byte }")),
        case("text_became_anything", field!("{ type: string }"), field!("{}")),
        case(
            "text_became_enum",
            field!("{ type: string }"),
            field!("{ type: string, enum: [small, large] }"),
        ),
        configured(
            "enums = \"closed\"",
            case(
                "text_became_closed_enum",
                field!("{ type: string }"),
                field!("{ type: string, enum: [small, large] }"),
            ),
        ),
        case(
            "enum_became_integers",
            field!("{ type: string, enum: [small, large] }"),
            field!("{ type: integer, enum: [1, 2] }"),
        ),
        case(
            "enum_became_mixed",
            field!("{ type: string, enum: [small, large] }"),
            field!("{ enum: [small, large, 3] }"),
        ),
        case(
            "integers_became_integer",
            field!("{ type: integer, enum: [1, 2] }"),
            field!("{ type: integer, format: int32 }"),
        ),
        case("mixed_became_text", field!("{ enum: [small, large, 3] }"), field!("{ type: string }")),
        case(
            "integer_became_integers",
            field!("{ type: integer }"),
            field!("{ type: integer, enum: [1, 2] }"),
        ),
        case("integer_became_mixed", field!("{ type: integer }"), field!("{ enum: [small, 3] }")),
        case("number_became_mixed", field!("{ type: number }"), field!("{ enum: [small, 3] }")),
        case(
            "list_became_list_of_wider",
            field!("{ type: array, items: { type: integer } }"),
            field!("{ type: array, items: { type: number } }"),
        ),
        case(
            "list_became_tuple",
            field!("{ type: array, items: { type: integer } }"),
            field!(
                "{ type: array, prefixItems: [{ type: integer }, { type: integer }], minItems: 2, maxItems: 2 }"
            ),
        ),
        case(
            "tuple_became_longer",
            field!("{ type: array, prefixItems: [{ type: integer }], minItems: 1, maxItems: 1 }"),
            field!(
                "{ type: array, prefixItems: [{ type: integer }, { type: integer }], minItems: 2, maxItems: 2 }"
            ),
        ),
        case(
            "list_of_nullable",
            field!("{ type: array, items: { type: integer } }"),
            field!("{ type: array, items: { type: [integer, 'null'] } }"),
        ),
        case(
            "map_of_wider",
            field!("{ type: object, additionalProperties: { type: integer } }"),
            field!("{ type: object, additionalProperties: { type: number } }"),
        ),
        case(
            "anything_became_object",
            field!("{}"),
            field!("{ type: object, properties: { a: { type: string } } }"),
        ),
        case("null_became_text", field!("{ type: 'null' }"), field!("{ type: string }")),
        case("null_became_nullable", field!("{ type: 'null' }"), field!("{ type: [string, 'null'] }")),
    ]
}
