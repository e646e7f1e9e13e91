//! `null`, other JSON types, formats and lengths.

use super::check;

#[test]
fn null_is_allowed_where_it_was_recorded() {
    check!("3.1.0", "
        A:
          type: object
          properties:
            a: { type: string }
            b: { type: [string, integer] }
            c: { $ref: '#/components/schemas/C' }
            d: { oneOf: [{ type: string }, { type: boolean }] }
            e: { type: string, enum: [x] }
            f: { type: array, items: { const: y } }
          required: [a, b, c, d, e]
        C: { type: object, properties: { x: { type: string } } }
    ", ["A": { "a": null, "b": null, "c": null, "d": null, "e": null, "f": [null] }], @r#"
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.a.type
          remove: true
        - target: $.components.schemas.A.properties.a
          update:
            type:
            - string
            - 'null'
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.b
          update:
            type:
            - 'null'
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.c['$ref']
          remove: true
        - target: $.components.schemas.A.properties.c
          update:
            anyOf:
            - $ref: '#/components/schemas/C'
            - type: 'null'
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.d
          update:
            oneOf:
            - type: 'null'
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.e.type
          remove: true
        - target: $.components.schemas.A.properties.e
          update:
            type:
            - string
            - 'null'
            enum:
            - null
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.f.items.const
          remove: true
        - target: $.components.schemas.A.properties.f.items
          update:
            enum:
            - y
            - null
        "#);
}

#[test]
fn null_is_a_flag_before_openapi_3_1() {
    let document = "
        A:
          type: object
          properties:
            a: { type: string }
            c: { $ref: '#/components/schemas/C' }
            d: { oneOf: [{ type: string }, { type: boolean }] }
            e: { type: string, enum: [x] }
          required: [a, c, d, e]
        C: { type: object, properties: { x: { type: string } } }
    ";
    check!("3.0.3", document, ["A": { "a": null, "c": null, "d": null, "e": null }], @r#"
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.a
          update:
            nullable: true
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.c['$ref']
          remove: true
        - target: $.components.schemas.A.properties.c
          update:
            nullable: true
            allOf:
            - $ref: '#/components/schemas/C'
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.d
          update:
            nullable: true
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.A.properties.e
          update:
            nullable: true
            enum:
            - null
        "#);
    let document = &document.replace("components/schemas", "definitions");
    check!("2.0", document, ["A": { "a": null, "c": null, "d": "x", "e": null }], @r#"
        # Recorded once: `null` is not allowed.
        - target: $.definitions.A.properties.a
          update:
            x-nullable: true
        # Recorded once: `null` is not allowed.
        - target: $.definitions.A.properties.c['$ref']
          remove: true
        - target: $.definitions.A.properties.c
          update:
            x-nullable: true
            allOf:
            - $ref: '#/definitions/C'
        # Recorded once: `null` is not allowed.
        - target: $.definitions.A.properties.e
          update:
            x-nullable: true
            enum:
            - null
        "#);
}

#[test]
fn types_are_widened() {
    check!("3.1.0", "
        A:
          type: object
          properties:
            a: { type: string, description: A text. }
            b: { type: integer, format: int32 }
            c: { $ref: '#/components/schemas/C' }
            d: { oneOf: [{ type: string }, { type: boolean }] }
            e: { type: object, properties: { x: { type: string } } }
            g: { type: [integer, boolean] }
        C: { type: object, properties: { x: { type: string } } }
    ", ["A": { "a": 1, "b": 1.5, "c": "x", "d": { "k": [1] }, "e": false, "g": 2.5 }], @r#"
        # Recorded once: expected a string, found a number.
        - target: $.components.schemas.A.properties.a.type
          remove: true
        - target: $.components.schemas.A.properties.a
          update:
            type:
            - string
            - integer
        # Recorded once: expected an integer, found a number.
        - target: $.components.schemas.A.properties.b.format
          remove: true
        - target: $.components.schemas.A.properties.b
          update:
            type: number
        # Recorded once: expected an object, found a string.
        - target: $.components.schemas.A.properties.c['$ref']
          remove: true
        - target: $.components.schemas.A.properties.c
          update:
            anyOf:
            - $ref: '#/components/schemas/C'
            - type: string
        # Recorded once: no variant of the union accepts an object.
        - target: $.components.schemas.A.properties.d
          update:
            oneOf:
            - type: object
              properties:
                k:
                  type: array
                  items:
                    type: integer
        # Recorded once: expected an object, found a boolean.
        - target: $.components.schemas.A.properties.e.type
          remove: true
        - target: $.components.schemas.A.properties.e
          update:
            type:
            - object
            - boolean
        # Recorded once: no variant of the union accepts a number.
        - target: $.components.schemas.A.properties.g
          update:
            type:
            - number
        "#);
}

#[test]
fn types_are_widened_by_branches_before_openapi_3_1() {
    let document = "
        A:
          type: object
          properties:
            a: { type: string, description: A text. }
            c: { $ref: '#/components/schemas/C' }
            d: { oneOf: [{ type: string }, { type: boolean }] }
        C: { type: object, properties: { x: { type: string } } }
    ";
    check!("3.0.3", document, ["A": { "a": 1, "c": "x", "d": { "k": [1] } }], @r#"
        # Recorded once: expected a string, found a number.
        - target: $.components.schemas.A.properties.a.type
          remove: true
        - target: $.components.schemas.A.properties.a
          update:
            anyOf:
            - type: string
            - type: integer
        # Recorded once: expected an object, found a string.
        - target: $.components.schemas.A.properties.c['$ref']
          remove: true
        - target: $.components.schemas.A.properties.c
          update:
            anyOf:
            - $ref: '#/components/schemas/C'
            - type: string
        # Recorded once: no variant of the union accepts an object.
        - target: $.components.schemas.A.properties.d
          update:
            oneOf:
            - type: object
              properties:
                k:
                  type: array
                  items:
                    type: integer
        "#);
    let document = &document.replace("components/schemas", "definitions");
    check!("2.0", document, ["A": { "a": 1, "c": "x", "d": "x" }], @r#"
        # Recorded once: expected a string, found a number.
        - target: $.definitions.A.properties.a.type
          remove: true
        # Recorded once: expected an object, found a string.
        - target: $.definitions.A.properties.c['$ref']
          remove: true
        "#);
}

#[test]
fn a_component_without_parts_is_widened_itself_when_several_uses_of_it_are() {
    check!("3.1.0", "
        A: { type: object, properties: { a: { $ref: '#/components/schemas/Id' }, b: { $ref: '#/components/schemas/Id' } } }
        B: { type: object, properties: { a: { $ref: '#/components/schemas/Key' }, b: { $ref: '#/components/schemas/Key' } } }
        Id: { type: integer }
        Key: { type: integer }
    ", ["A": { "a": "x", "b": "y" }, "B": { "a": "x", "b": 1 }], @r#"
        # Recorded once: expected an integer, found a string.
        # Recorded once: expected an integer, found a string.
        - target: $.components.schemas.Id.type
          remove: true
        - target: $.components.schemas.Id
          update:
            type:
            - integer
            - string
        # Recorded once: expected an integer, found a string.
        - target: $.components.schemas.B.properties.a['$ref']
          remove: true
        - target: $.components.schemas.B.properties.a
          update:
            anyOf:
            - $ref: '#/components/schemas/Key'
            - type: string
        "#);
}

#[test]
fn formats_that_texts_do_not_have_are_dropped() {
    check!("3.0.3", "
        A:
          type: object
          properties:
            a: { type: string, format: date-time }
            b: { type: string, format: uuid }
            c: { type: integer, format: int32 }
            d: { type: integer }
            e: { type: integer, format: int64, minimum: 0 }
            f: { type: integer }
    ", ["A": { "a": "soon", "b": "1", "c": 5000000000u64, "d": 18446744073709551615u64, "e": 18446744073709551615u64 }], @r#"
        # Recorded once: the string is not a date-time (RFC 3339).
        - target: $.components.schemas.A.properties.a.format
          remove: true
        # Recorded once: the string is not a UUID.
        - target: $.components.schemas.A.properties.b.format
          remove: true
        # Recorded once: the integer is out of range.
        - target: $.components.schemas.A.properties.c.format
          remove: true
        # Recorded once: the integer is out of range.
        - target: $.components.schemas.A.properties.d
          update:
            format: uint64
        # Recorded once: the integer is out of range.
        - target: $.components.schemas.A.properties.e
          update:
            format: uint64
        "#);
}

#[test]
fn tuples_take_other_lengths() {
    check!("3.1.0", "
        A: { type: array, prefixItems: [{ type: number }, { type: number }], items: false, minItems: 2, maxItems: 2 }
        B: { type: array, prefixItems: [{ type: string }, { type: number }], items: false, minItems: 2 }
    ", ["A": [1, 2, 3], "B": ["x"]], @r#"
        # Recorded once: expected 2 items, found 3.
        - target: $.components.schemas.A.items
          remove: true
        - target: $.components.schemas.A
          update:
            maxItems: 3
            items:
              type: integer
        # Recorded once: expected 2 items, found 1.
        - target: $.components.schemas.B
          update:
            minItems: 1
        "#);
}

#[test]
fn an_integer_is_a_number_beside_other_types() {
    check!("3.1.0", "
        A: { type: object, properties: { a: { type: integer, format: int32 }, b: { type: integer } } }
    ", ["A": { "a": 1.5, "b": 1.5 }, "A": { "a": [], "b": "x" }], @r"
        # Recorded once: expected an integer, found a number.
        # Recorded once: expected an integer, found an array.
        - target: $.components.schemas.A.properties.a['type', 'format']
          remove: true
        - target: $.components.schemas.A.properties.a
          update:
            anyOf:
            - type: number
            - type: array
              items: {}
        # Recorded once: expected an integer, found a number.
        # Recorded once: expected an integer, found a string.
        - target: $.components.schemas.A.properties.b
          update:
            type: number
        - target: $.components.schemas.A.properties.b.type
          remove: true
        - target: $.components.schemas.A.properties.b
          update:
            type:
            - number
            - string
        ");
}
