//! Values of enums, and branches of unions.

use super::check;
use crate::testing::recorded::{actions, whole};
use crate::verify::overlay::Asked;

#[test]
fn values_are_added_to_closed_enums() {
    check!("3.1.0", "
        A:
          type: object
          properties:
            a: { type: string, enum: [x, y] }
            b: { $ref: '#/components/schemas/B' }
            c: { const: one }
            d: { oneOf: [{ const: p, title: P }, { const: q, title: Q }] }
          required: [c]
        B: { type: string, enum: [x, y] }
    ", "enums = \"closed\"", ["A": { "a": "z", "b": "w", "c": "two", "d": "r" }, "A": { "a": "v", "c": "one" }], @r#"
        # Recorded once: the enum does not list "z".
        # Recorded once: the enum does not list "v".
        - target: $.components.schemas.A.properties.a
          update:
            enum:
            - z
            - v
        # Recorded once: the enum does not list "w".
        - target: $.components.schemas.B
          update:
            enum:
            - w
        # Recorded once: "two" is not the constant that the schema requires.
        - target: $.components.schemas.A.properties.c.const
          remove: true
        - target: $.components.schemas.A.properties.c
          update:
            enum:
            - one
            - two
        # Recorded once: the enum does not list "r".
        - target: $.components.schemas.A.properties.d.oneOf[0].const
          remove: true
        - target: $.components.schemas.A.properties.d.oneOf[0]
          update:
            enum:
            - p
            - r
        "#);
}

#[test]
fn branches_are_added_for_unknown_tags() {
    check!("3.1.0", "
        E: { oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Y' }] }
        D: { oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Y' }], discriminator: { propertyName: type, mapping: { x: '#/components/schemas/X', y: '#/components/schemas/Y' } } }
        X: { type: object, required: [type], properties: { type: { type: string, enum: [x] }, a: { type: string } } }
        Y: { type: object, required: [type], properties: { type: { type: string, enum: [y] } } }
    ", "unions = \"closed\"", ["E": { "type": "z", "n": 1 }, "D": { "type": "w", "n": "t" }], @r#"
        # Recorded once: no variant of the union has the `type` "z".
        - target: $.components.schemas.E
          update:
            oneOf:
            - type: object
              required:
              - type
              properties:
                type:
                  const: z
                n:
                  type: integer
        # Recorded once: no variant of the union has the `type` "w".
        - target: $.components.schemas
          update:
            D_w:
              type: object
              required:
              - type
              properties:
                type:
                  const: w
                n:
                  type: string
        - target: $.components.schemas.D
          update:
            oneOf:
            - $ref: '#/components/schemas/D_w'
        - target: $.components.schemas.D.discriminator
          update:
            mapping:
              w: '#/components/schemas/D_w'
        "#);
}

#[test]
fn the_branch_that_the_tag_names_is_corrected() {
    check!("3.1.0", "
        E: { oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Y' }] }
        X: { type: object, required: [type, a, b], properties: { type: { const: x }, a: { type: string }, b: { type: string } } }
        Y: { type: object, required: [type, c], properties: { type: { const: y }, c: { type: string } } }
    ", ["E": { "type": "x", "c": "t" }, "E": { "c": "t" }], @r#"
        # Recorded once: the required property `a` is missing.
        - target: $.components.schemas.X.required[?@ == 'a']
          remove: true
        # Recorded once: the required property `b` is missing.
        - target: $.components.schemas.X.required[?@ == 'b']
          remove: true
        # Recorded once: the required property `type` is missing.
        - target: $.components.schemas.Y.required[?@ == 'type']
          remove: true
        "#);
}

#[test]
fn what_is_read_although_it_is_not_named_is_added_on_request() {
    let document = whole(
        "3.1.0",
        "
        A: { type: object, properties: { kind: { type: string, enum: [x] }, e: { $ref: '#/components/schemas/E' } } }
        E: { oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Y' }] }
        X: { type: object, required: [type], properties: { type: { const: x } } }
        Y: { type: object, required: [type], properties: { type: { const: y } } }
        ",
    );
    let recorded = [
        (
            "A",
            serde_json::json!({ "kind": "z", "e": { "type": "x", "n": null }, "more": { "deep": [1, 2.5] } }),
        ),
        ("E", serde_json::json!({ "type": "w", "m": "t" })),
    ];
    assert_eq!(actions(&document, "", &recorded, Asked::default()), "");
    let text = actions(&document, "", &recorded, Asked { unnamed: true });
    insta::assert_snapshot!(text, @r#"
        # Recorded once: the schema does not declare the property `n`.
        - target: $.components.schemas.X
          update:
            properties:
              n: {}
        # Recorded once: the open enum does not list "z".
        - target: $.components.schemas.A.properties.kind
          update:
            enum:
            - z
        # Recorded once: the schema does not declare the property `more`.
        - target: $.components.schemas.A
          update:
            properties:
              more:
                type: object
                properties:
                  deep:
                    type: array
                    items:
                      type: number
        # Recorded once: no variant of the open union has the `type` "w".
        - target: $.components.schemas.E
          update:
            oneOf:
            - type: object
              required:
              - type
              properties:
                type:
                  const: w
                m:
                  type: string
        "#);
}
