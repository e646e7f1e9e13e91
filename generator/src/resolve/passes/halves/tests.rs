use crate::testing::check;

#[test]
fn what_travels_both_ways_is_two_types() {
    check!(
        "halves",
        r#"
            paths:
              /pets:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Shop' } } } }
                  responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Shop' } } } } }
            components:
              schemas:
                Shop: { type: object, properties: { pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }, place: { $ref: '#/components/schemas/Place' } } }
                Pet:
                  type: object
                  required: [id, name, pin]
                  properties:
                    id: { type: integer, readOnly: true }
                    made: { type: string, readOnly: true }
                    name: { type: string }
                    pin: { type: integer, writeOnly: true }
                Place: { type: object, properties: { since: { type: string, readOnly: true } } }
        "#,
        @r"
        halves
          Shop: struct
            pets: [Pet], optional
            place: Place, optional
          Pet: struct
            id: integer, required, only read
            made: string, optional, only read
            name: string, required
            pin: secret alias of integer, optional, required when sent
          Place: struct
            since: string, optional, only read
        + Shop.Write: struct
        +   pets: [Pet.Write], optional
        +   place: Place, optional
        + Pet.Write: struct
        +   name: string, required
        +   pin: secret alias of integer, required, required when sent
          POST /pets
        -   body application/json: Shop
        +   body application/json: Shop.Write
            Code(200) application/json: Shop
        + Shop is sent as Shop.Write
        + Pet is sent as Pet.Write
        + [Pet] is sent as [Pet.Write]
        "
    );
}

#[test]
fn one_way_decides() {
    check!(
        "halves",
        r#"
            paths:
              /pets:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewPet' } } } }
                  responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
            components:
              schemas:
                NewPet: { type: object, required: [id, pin], properties: { id: { type: integer, readOnly: true }, pin: { type: integer, writeOnly: true } } }
                Pet: { type: object, required: [id, pin], properties: { id: { type: integer, readOnly: true }, pin: { type: integer, writeOnly: true } } }
                Unused: { type: object, required: [id, pin], properties: { id: { type: integer, readOnly: true }, pin: { type: integer, writeOnly: true } } }
        "#,
        @r"
        halves
          NewPet: struct
        -   id: integer, required, only read
            pin: secret alias of integer, required, required when sent
          Pet: struct
            id: integer, required, only read
            pin: secret alias of integer, optional, required when sent
          Unused: struct
            id: integer, required, only read
            pin: secret alias of integer, optional, required when sent
          POST /pets
            body application/json: NewPet
            Code(200) application/json: Pet
        "
    );
}

#[test]
fn tags_stay_and_nothing_becomes_empty() {
    check!(
        "halves",
        r#"
            paths:
              /pets:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                  responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
            components:
              schemas:
                Pet:
                  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
                  discriminator: { propertyName: kind }
                Cat: { type: object, required: [kind, id], properties: { kind: { type: string, readOnly: true }, id: { type: integer, readOnly: true } } }
                Dog: { type: object, required: [kind], properties: { kind: { type: string, readOnly: true }, meta: { $ref: '#/components/schemas/Meta' } } }
                Meta: { type: object, required: [made], properties: { made: { type: string, readOnly: true } } }
        "#,
        @r#"
        halves
          Pet: union
            | Cat
            | Dog
            kind "Cat": Cat
            kind "Dog": Dog
            kind unknown: kept
          Cat: struct
            kind: string, required, only read
            id: integer, required, only read
          Dog: struct
            kind: string, required, only read
            meta: Meta, optional
          Meta: struct
            made: string, required, only read
        + Pet.Write: union
        +   | Cat.Write
        +   | Dog
        +   kind "Cat": Cat.Write
        +   kind "Dog": Dog
        +   kind unknown: kept
        + Cat.Write: struct
        +   kind: string, required, only read
          POST /pets
        -   body application/json: Pet
        +   body application/json: Pet.Write
            Code(200) application/json: Pet
        + Pet is sent as Pet.Write
        + Cat is sent as Cat.Write
        "#
    );
}

#[test]
fn the_settings_keep_one_type() {
    check!(
        "halves",
        r#"
            paths:
              /pets:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                  responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
            components:
              schemas:
                Pet: { type: object, required: [id], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
        "#,
        r#"read-write = "one""#,
        @r"
        halves
          Pet: struct
            id: integer, required, only read
            name: string, optional
          POST /pets
            body application/json: Pet
            Code(200) application/json: Pet
        "
    );
}

#[test]
fn a_merged_pair_is_split_as_one_schema_is() {
    check!(
        "halves",
        r#"
            paths:
              /pets:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet-Input' } } } }
                  responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet-Output' } } } } }
            components:
              schemas:
                Pet-Input: { type: object, required: [id, kind], properties: { id: { type: integer, readOnly: true }, kind: { const: pet } } }
                Pet-Output: { type: object, required: [id], properties: { id: { type: integer, readOnly: true }, kind: { const: pet, default: pet } } }
        "#,
        @r#"
        halves
          Pet-Input -> Pet-Output
          Pet-Input: struct
            id: integer, required, only read
            kind = "pet"
          Pet-Output: struct
            id: integer, required, only read
            kind = "pet", optional
        + Pet-Output.Write: struct
        +   kind = "pet", optional
          POST /pets
        -   body application/json: Pet-Output
        +   body application/json: Pet-Output.Write
            Code(200) application/json: Pet-Output
          Pet-Input.kind: sent Required, read Optional
        + Pet-Output is sent as Pet-Output.Write
        "#
    );
}
