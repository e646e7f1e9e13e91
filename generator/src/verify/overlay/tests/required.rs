//! Missing properties, and properties that are not declared.

use super::check;

#[test]
fn nothing_is_corrected_that_fits() {
    check!("3.1.0", "A: { type: object, required: [a], properties: { a: { type: string } } }", ["A": { "a": "b" }], @"");
}

#[test]
fn properties_that_are_absent_are_not_required() {
    check!("3.1.0", "A: { type: object, required: [a, b, c], properties: { a: { type: string } } }", [
        "A": { "a": "x", "b": 1 }, "A": { "a": "x", "b": 1 },
    ], @r#"
        # Recorded 2 times: the required property `c` is missing.
        - target: $.components.schemas.A.required[?@ == 'c']
          remove: true
        "#);
}

#[test]
fn a_list_of_required_properties_goes_with_its_last_name() {
    check!("3.0.3", "A: { type: object, required: [a], properties: { a: { type: string } } }", ["A": {}], @r#"
        # Recorded once: the required property `a` is missing.
        - target: $.components.schemas.A.required
          remove: true
        "#);
}

#[test]
fn the_schema_that_requires_a_property_is_found_through_references_and_all_of() {
    check!("3.0.3", "
        Base: { type: object, required: [id], properties: { id: { type: integer } } }
        A: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [id, n], properties: { n: { type: string } } }] }
        List: { type: array, items: { $ref: '#/components/schemas/A' } }
    ", ["List": [{ "n": "x" }]], @r#"
        # Recorded once: the required property `id` is missing.
        - target: $.components.schemas.Base.required
          remove: true
        # Recorded once: the required property `id` is missing.
        - target: $.components.schemas.A.allOf[1].required[?@ == 'id']
          remove: true
        "#);
}

#[test]
fn the_schema_that_requires_a_property_is_found_in_the_only_branch_of_a_union() {
    check!("3.0.3", "
        Base: { type: object, required: [id], properties: { id: { type: integer } } }
        A: { type: object, properties: { of: { nullable: true, anyOf: [{ $ref: '#/components/schemas/Base' }] } } }
    ", ["A": { "of": {} }], @r#"
        # Recorded once: the required property `id` is missing.
        - target: $.components.schemas.Base.required
          remove: true
        "#);
    check!("3.1.0", "
        Base: { type: object, required: [id], properties: { id: { type: integer } } }
        A: { type: object, properties: { of: { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Base' }] } } }
    ", ["A": { "of": {} }], @r#"
        # Recorded once: the required property `id` is missing.
        - target: $.components.schemas.Base.required
          remove: true
        "#);
}

#[test]
fn properties_are_added_where_others_are_refused() {
    check!("3.1.0", "A: { type: object, properties: { a: { type: string } } }", "unknown-fields = \"deny\"", [
        "A": { "b": 1 }, "A": { "b": null }, "A": { "b": 1.5, "c": [{ "d": true }] },
    ], @r#"
        # Recorded 3 times: the schema does not allow the property `b`.
        - target: $.components.schemas.A
          update:
            properties:
              b:
                type:
                - number
                - 'null'
        # Recorded once: the schema does not allow the property `c`.
        - target: $.components.schemas.A
          update:
            properties:
              c:
                type: array
                items:
                  type: object
                  properties:
                    d:
                      type: boolean
        "#);
}

#[test]
fn a_name_behind_a_choice_with_null_is_not_required_any_more() {
    check!("3.1.0", "
        P:
          type: object
          properties:
            a: { anyOf: [{ $ref: '#/components/schemas/C' }, { type: 'null' }] }
            b: { oneOf: [{ type: object, required: [y, z], properties: { y: { type: string } } }, { type: 'null' }] }
        Q:
          type: object
          required: [c]
          properties:
            c: { allOf: [{ $ref: '#/components/schemas/C' }, { type: object, required: [name], properties: { name: { type: string } } }] }
        C: { type: object, required: [x], properties: { x: { type: string } } }
    ", ["P": { "a": {}, "b": { "z": 1 } }, "Q": { "c": null }, "Q": { "c": { "x": "1" } }], @r"
        # Recorded once: the required property `x` is missing.
        - target: $.components.schemas.C.required
          remove: true
        # Recorded once: the required property `y` is missing.
        - target: $.components.schemas.P.properties.b.oneOf[0].required[?@ == 'y']
          remove: true
        # Recorded once: `null` is not allowed.
        - target: $.components.schemas.Q.properties.c.allOf
          remove: true
        - target: $.components.schemas.Q.properties.c
          update:
            anyOf:
            - allOf:
              - $ref: '#/components/schemas/C'
              - type: object
                required:
                - name
                properties:
                  name:
                    type: string
            - type: 'null'
        # Recorded once: the required property `name` is missing.
        - target: $.components.schemas.Q.properties.c.anyOf[0].allOf[1].required
          remove: true
        ");
}

#[test]
fn a_definition_that_is_another_one_has_its_place() {
    check!("2.0", "
        B: { type: array, items: { type: object, required: [id, n], properties: { id: { type: integer } } } }
        Top: { $ref: '#/definitions/B' }
    ", ["Top": [{ "n": 1 }]], @r"
        # Recorded once: the required property `id` is missing.
        - target: $.definitions.B.items.required[?@ == 'id']
          remove: true
        ");
}
