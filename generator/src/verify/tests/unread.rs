//! Values that are not compared: secrets that were left out, broken recordings, other media types.

use super::{PETS, report, reported};
use crate::verify::Options;

/// A recording has a mark in the place of a secret, which may be a number or a tag.
#[test]
fn replaced_secrets_are_not_faults() {
    let document = "
        paths:
          /keys:
            put:
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Key' } } } }
              responses: {}
        components:
          schemas:
            Key:
              type: object
              required: [token, count]
              properties:
                count: { type: integer }
                token: { oneOf: [{ $ref: '#/components/schemas/Static' }, { $ref: '#/components/schemas/Looked' }] }
                pin: { type: integer }
                at: { type: string, format: date }
            Static: { type: object, required: [kind], properties: { kind: { const: static }, value: { type: string } } }
            Looked: { type: object, required: [kind], properties: { kind: { const: looked } } }
    ";
    let body = r#"{"token":{"kind":"(redacted)","value":"(redacted)"},"pin":"(redacted)","at":"(redacted)","count":"x"}"#;
    let recording = format!(r#"{{"method":"PUT","path":"/keys","request":{body}}}"#);
    check!(document, &recording, @r#"
        error[other-type]: expected an integer, found a string
          --> test.yaml:14:18
           |
        14 |         count: { type: integer }
           |                  ^^^^
           |
           = note: once in PUT /keys request body, at `/count`
           = note: first in a.jsonl, line 1: "x"

        1 exchange of 1 recording, 1 of the document's operations; 0 response bodies and 1 request body compared
        1 fault
        "#);
}

#[test]
fn broken_values_are_reported_and_the_rest_is_read() {
    check!(PETS, "{\"method\":\"GET\",\"path\":\"/v1/pets/1\",\"status\":200,\"response\":{\"id\":1}}\n{\"method\":\n", @r"
        error[absent-property]: the required property `name` is missing
          --> test.yaml:34:22
           |
        34 |       required: [id, name]
           |                      ^^^^
           |
           = note: once in getPet response 200
           = note: first in a.jsonl, line 1

        error: a.jsonl:3: the recording ends inside of the value that begins in line 2

        1 exchange of 1 recording, 1 of the document's operations; 1 response body and 0 request bodies compared
        1 fault
        ");
    let text = b"{\"method\":\"GET\",\"path\":\"/\xff\"}\n{\"a\":1}\n{\"method\":\"GET\",\"path\":\"/x\"}\n";
    let found = report(PETS, &Options::default(), text);
    let messages: Vec<(usize, &str)> =
        found.problems.iter().map(|it| (it.line, it.message.as_str())).collect();
    assert_eq!(
        messages,
        [
            (1, "the value is not UTF-8 from byte 26 on"),
            (2, "the value is not an exchange: `method` and `request` are missing"),
        ]
    );
    assert!(found.is_broken && found.is_foreign());
}

#[test]
fn values_that_cannot_be_compared_are_counted() {
    let document = "
    paths:
      /both:
        post:
          operationId: both
          requestBody:
            required: true
            content:
              application/json: { schema: { type: object } }
              application/x-www-form-urlencoded: { schema: { type: object } }
          responses:
            '200': { description: d, content: { application/json: { schema: { type: string } } } }
            default: { description: d, content: { application/json: { schema: { type: string } } } }
    webhooks:
      pet: { post: { operationId: onPet, parameters: [{ name: a, in: query, required: true, schema: { type: string } }], requestBody: { content: { application/json: { schema: { type: integer } } } }, responses: { '200': { description: d } } } }
    ";
    check!(document, r#"
        {"method":"POST","path":"/both","status":200,"request_text":"a=1","request_headers":{"content-type":"application/x-www-form-urlencoded"}}
        {"method":"POST","path":"/both","status":304,"request":{},"response_text":""}
        {"method":"POST","path":"/both","status":0,"request":{},"response":5}
        {"method":"POST","path":"/both","request":{},"response":5}
        {"operation":"onPet","request":{"name":"Tom"}}
        {"operation":"onPets","request":{"name":"Tom"}}
    "#, @r#"
        error[other-type]: expected an integer, found an object
          --> test.yaml:16:174
           |
        16 | …}], requestBody: { content: { application/json: { schema: { type: integer } } } }, responses: { '200': { description: d } } } }
           |                                                              ^^^^
           = note: once in onPet request body
           = note: first in a.jsonl, line 6: {"name":"Tom"}

        error: a.jsonl:7: the document has no operation `onPets`

        6 exchanges of 1 recording, 5 of the document's operations; 0 response bodies and 4 request bodies compared
        not compared: 1 body that was not recorded, 1 body of a media type that the models do not read, 2 responses without a status, 1 response 304 (not modified)
        1 fault
        "#);
}
