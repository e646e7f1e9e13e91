//! A document of a few lines and what was recorded, and the whole report.

use std::io::{Cursor, Read};

use super::{Options, Recording, Report, Target, TargetBody, text, verify};
use crate::testing::read;

/// Checks the report of recordings. A test that fails shows the document.
macro_rules! check {
    ($document:expr, $recording:expr, @$expected:literal) => {
        check!($document, &Options::default(), [$recording], @$expected)
    };
    ($document:expr, $options:expr, [$($recording:expr),*], @$expected:literal) => {{
        let text = reported($document, $options, &[$($recording),*]);
        insta::with_settings!({ description => $document, omit_expression => true }, {
            insta::assert_snapshot!(text, @$expected);
        });
    }};
}

mod secrets;

fn reported(document: &str, options: &Options, recordings: &[&str]) -> String {
    let document = read(document);
    let named = recordings.iter().enumerate().map(|(index, text)| Recording {
        name: format!("{}.jsonl", char::from(b'a' + index as u8)),
        input: Ok(Box::new(Cursor::new(text.as_bytes().to_vec())) as Box<dyn Read>),
    });
    let report = verify(&document.graph, &document.documents, options, &mut named.into_iter());
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    text(&report, &document.sources, false, true)
}

fn report(document: &str, options: &Options, recording: &[u8]) -> Report {
    let document = read(document);
    let recording = Recording {
        name: "a.jsonl".to_owned(),
        input: Ok(Box::new(Cursor::new(recording.to_vec())) as Box<dyn Read>),
    };
    verify(&document.graph, &document.documents, options, &mut [recording].into_iter())
        .unwrap_or_else(|error| panic!("{error}"))
}

const PETS: &str = "
    servers: [{ url: 'https://api.example.com/v1' }]
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - { name: limit, in: query, schema: { type: integer, format: int32 } }
            - { name: sort, in: query, required: true, schema: { type: string, enum: [name, age] } }
            - { name: tags, in: query, schema: { type: array, items: { type: integer } } }
            - { name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }
          responses:
            '200':
              description: All
              headers: { X-Total: { required: true, schema: { type: integer } } }
              content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
        post:
          operationId: createPet
          requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
          responses:
            '200': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      /pets/{id}:
        get:
          operationId: getPet
          parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
          responses:
            '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
            4XX: { description: None, content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } } }
    components:
      schemas:
        Pet:
          type: object
          required: [id, name]
          properties:
            id: { type: integer }
            name: { type: string }
            kind: { type: string, enum: [cat, dog] }
            key: { type: string, format: password }
        Error: { type: object, required: [message], properties: { message: { type: string } } }
";

#[test]
fn what_fits_is_clean() {
    check!(PETS, r#"
        {"method":"GET","url":"https://api.example.com/v1/pets?sort=name&tags=1&tags=2&limit=5","status":200,
         "request_headers":{"x-trace":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"},
         "response_headers":{"X-Total":"2"},"response":[{"id":1,"name":"Tom"},{"id":2,"name":"Rex","kind":"dog"}]}
        {"method":"POST","url":"/v1/pets","status":200,"request":"{\"id\":1,\"name\":\"Tom\"}","response":{"id":1,"name":"Tom"}}
        {"method":"GET","url":"/pets/7","status":404,"response":{"message":"no"}}
        {"method":"GET","url":"/v1/pets/x","status":422,"response":{"message":"not a number"}}
    "#, @r"
        4 exchanges of 1 recording, 4 of the document's operations; 4 response bodies and 1 request body compared
        not compared: 2 requests that the server refused
        no faults
        ");
}

#[test]
fn faults_are_counted_by_what_is_wrong() {
    check!(PETS, r#"
        {"method":"GET","url":"/v1/pets?sort=size&tags=a","status":200,"request_headers":{},"response_headers":{},
         "response":[{"id":1},{"id":2,"name":null},{"id":"3","name":"C","kind":"cow"}]}
        {"method":"GET","url":"/v1/pets","status":200,"response":[{"id":4}]}
        {"method":"GET","url":"/v1/pets/x","status":200,"response":{"id":5,"key":["sk-1234567890123"]}}
        {"method":"POST","url":"/v1/pets","status":200,"request_text":"","response_text":"<html>"}
    "#, @r#"
        error[absent-property]: the required property `name` is absent
          --> test.yaml:34:22
           |
        34 |       required: [id, name]
           |                      ^^^^
           |
           = note: 3 times in listPets response 200 (twice) and getPet response 200 (once), at `/*` and the whole body
           = note: first in a.jsonl, line 2

        error[other-type]: expected an integer, found a string
          --> test.yaml:11:68
           |
        11 |         - { name: tags, in: query, schema: { type: array, items: { type: integer } } }
           |                                                                    ^^^^
           |
           = note: once in listPets query parameter `tags`, at `/*`
           = note: first in a.jsonl, line 2: "a"

        error[absent-parameter]: the required parameter `X-Trace` is absent
          --> test.yaml:12:11
           |
        12 |         - { name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }
           |           ^
           |
           = note: once in listPets header parameter `X-Trace`
           = note: first in a.jsonl, line 2

        error[absent-header]: the required header `X-Total` is absent
          --> test.yaml:16:22
           |
        16 |           headers: { X-Total: { required: true, schema: { type: integer } } }
           |                      ^^^^^^^
           |
           = note: once in listPets response header `X-Total`
           = note: first in a.jsonl, line 2

        error[null]: `null` is not allowed
          --> test.yaml:37:9
           |
        37 |         name: { type: string }
           |         ^^^^
           |
           = note: once in listPets response 200, at `/*/name`
           = note: first in a.jsonl, line 2

        error[other-type]: expected an integer, found a string
          --> test.yaml:36:15
           |
        36 |         id: { type: integer }
           |               ^^^^
           |
           = note: once in listPets response 200, at `/*/id`
           = note: first in a.jsonl, line 2: "3"

        error[absent-parameter]: the required parameter `sort` is absent
          --> test.yaml:10:11
           |
        10 |         - { name: sort, in: query, required: true, schema: { type: string, enum: [name, age] } }
           |           ^
           |
           = note: once in listPets query parameter `sort`
           = note: first in a.jsonl, line 4

        error[other-type]: expected an integer, found a string
          --> test.yaml:26:68
           |
        26 |       parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
           |                                                                    ^^^^
           |
           = note: once in getPet path parameter `id`
           = note: first in a.jsonl, line 5: "x"

        error[other-type]: expected a string, found an array
          --> test.yaml:39:16
           |
        39 |         key: { type: string, format: password }
           |                ^^^^
           |
           = note: once in getPet response 200, at `/key`
           = note: first in a.jsonl, line 5: (redacted)

        error[absent-body]: the body is absent
          --> test.yaml:20:7
           |
        20 |       requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
           |       ^^^^^^^^^^^
           |
           = note: once in createPet request body
           = note: first in a.jsonl, line 6

        error[not-json]: the text is not JSON
          --> test.yaml:22:68
           |
        22 |         '200': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
           |                                                                    ^^^^^^
           |
           = note: once in createPet response 200
           = note: first in a.jsonl, line 6

        warning[unnamed-value]: the open enum does not name "size"
          --> test.yaml:10:76
           |
        10 |         - { name: sort, in: query, required: true, schema: { type: string, enum: [name, age] } }
           |                                                                            ^^^^
           |
           = note: once in listPets query parameter `sort`
           = note: first in a.jsonl, line 2: "size"

        warning[unnamed-value]: the open enum does not name "cow"
          --> test.yaml:38:31
           |
        38 |         kind: { type: string, enum: [cat, dog] }
           |                               ^^^^
           |
           = note: once in listPets response 200, at `/*/kind`
           = note: first in a.jsonl, line 2: "cow"

        4 exchanges of 1 recording, 4 of the document's operations; 4 response bodies and 0 request bodies compared
        13 faults; of 2 the models read the values
        "#);
}

#[test]
fn what_the_document_does_not_name_is_listed() {
    check!(PETS, r#"
        {"method":"POST","url":"/v1/pets","status":201,"request":{"id":1,"name":"A"},"response":{"id":1,"name":"A"}}
        {"method":"POST","url":"/v1/pets","status":500,"response_text":"oops"}
        {"method":"GET","url":"/v1/pets/1","status":200,"response_headers":{"content-type":"text/html"},"response_text":"<html>"}
        {"method":"GET","url":"/v1/pets/1","status":418,"response":{"message":"no","code":5}}
        {"method":"DELETE","url":"/v1/pets/1","status":204}
        {"method":"GET","url":"https://api.example.com/v1/toys/eyJhbGciOiJIUzI1NiJ9.x","status":200}
        {"method":"GET","url":"https://other.example.com/a/b?secret","status":200}
        {"method":"GET","url":"https://other.example.com/c","status":200}
        {"method":"OPTIONS","url":"/v1/other","status":204,"request_headers":{"Access-Control-Request-Method":"GET"}}
    "#, @r#"
        error[unnamed-status]: the operation does not name the status 201
          --> test.yaml:18:5
           |
        18 |     post:
           |     ^^^^
           |
           = note: once in createPet response 201
           = note: first in a.jsonl, line 2: {"id":1,"name":"A"}

        error[unnamed-status]: the operation does not name the status 500
          --> test.yaml:18:5
           |
        18 |     post:
           |     ^^^^
           |
           = note: once in createPet response 500
           = note: first in a.jsonl, line 3

        error[unnamed-media-type]: the document does not name the media type `text/html`
          --> test.yaml:28:9
           |
        28 |         '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
           |         ^^^^^
           |
           = note: once in getPet response 200
           = note: first in a.jsonl, line 4

        4 requests without an operation:
          other.example.com (twice): not a server of the document
          DELETE /v1/pets/1: no operation has this path and method
          GET api.example.com/v1/toys/(redacted): no operation has this path
          = help: `--server URL` names a server that the document does not name

        9 exchanges of 1 recording, 4 of the document's operations; 2 response bodies and 1 request body compared
        not compared: 2 requests that the server refused, 1 preflight of a browser
        3 faults
        "#);
}

/// A recording has a mark in the place of a secret, which may be a number or a tag.
#[test]
fn what_a_recording_leaves_out_is_no_fault() {
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
fn unknown_properties_and_parameters_are_told_if_asked_for() {
    let options = Options { unknown: true, ..Options::default() };
    check!(PETS, &options, [r#"
        {"method":"GET","url":"/v1/pets?sort=name&page=2","status":200,"response":[{"id":1,"name":"A","age":5},{"id":1,"name":"A","age":6}]}
    "#], @r#"
        warning[unnamed-property]: the schema does not name the property `age`
          --> test.yaml:35:7
           |
        35 |       properties:
           |       ^^^^^^^^^^
           |
           = note: twice in listPets response 200, at `/*/age`
           = note: first in a.jsonl, line 2: 5

        warning[unnamed-parameter]: the operation does not name the parameter `page`
         --> test.yaml:6:5
          |
        6 |     get:
          |     ^^^
          |
          = note: once in listPets query parameter `page`
          = note: first in a.jsonl, line 2: "2"

        1 exchange of 1 recording, 1 of the document's operations; 1 response body and 0 request bodies compared
        2 faults, of which the models read the values
        "#);
}

#[test]
fn payloads_are_compared_with_a_schema_or_an_operation() {
    let schema = Options { target: Some(Target::Schema("Pet".to_owned())), ..Options::default() };
    check!(PETS, &schema, [r#"{"id":1,"name":"A"}{"id":1}"#, r#"[1]"#], @r"
        error[absent-property]: the required property `name` is absent
          --> test.yaml:34:22
           |
        34 |       required: [id, name]
           |                      ^^^^
           |
           = note: once in schema Pet
           = note: first in a.jsonl, line 1

        error[other-type]: expected an object, found an array
          --> test.yaml:33:7
           |
        33 |       type: object
           |       ^^^^
           |
           = note: once in schema Pet
           = note: first in b.jsonl, line 1: [1]

        3 payloads of 2 recordings
        2 faults
        ");
    let name = "listPets".to_owned();
    let target = Some(Target::Operation { name: name.clone(), body: TargetBody::Read });
    check!(PETS, &Options { target, ..Options::default() }, [r#"[{"id":1,"name":null}]"#], @r"
        error[null]: `null` is not allowed
          --> test.yaml:37:9
           |
        37 |         name: { type: string }
           |         ^^^^
           |
           = note: once in listPets response 200, at `/*/name`
           = note: first in a.jsonl, line 1

        1 payload of 1 recording
        1 fault
        ");
    let name = "POST /pets".to_owned();
    let target = Some(Target::Operation { name, body: TargetBody::Request });
    check!(PETS, &Options { target, ..Options::default() }, ["{}"], @r"
        error[absent-property]: the required property `id` is absent
          --> test.yaml:34:18
           |
        34 |       required: [id, name]
           |                  ^^
           |
           = note: once in createPet request body
           = note: first in a.jsonl, line 1

        error[absent-property]: the required property `name` is absent
          --> test.yaml:34:22
           |
        34 |       required: [id, name]
           |                      ^^^^
           |
           = note: once in createPet request body
           = note: first in a.jsonl, line 1

        1 payload of 1 recording
        2 faults
        ");
    let unknown = |target| {
        let document = read(PETS);
        let options = Options { target: Some(target), ..Options::default() };
        let error = verify(&document.graph, &document.documents, &options, &mut std::iter::empty());
        error.map(drop).expect_err("there is none").to_string()
    };
    insta::assert_snapshot!(unknown(Target::Schema("Pets".to_owned())), @r"
        the document has no component schema `Pets`
          = help: did you mean `Pet`?
        ");
    let target = |name: &str, body| Target::Operation { name: name.to_owned(), body };
    insta::assert_snapshot!(unknown(target("listPet", TargetBody::Read)), @r"
        the document has no operation `listPet`
          = help: did you mean `listPets`?
        ");
    insta::assert_snapshot!(unknown(target("getPet", TargetBody::Request)), @"the request of `getPet` has no body with a schema of JSON");
    insta::assert_snapshot!(unknown(target("listPets", TargetBody::Response(404))), @"the response 404 of `listPets` has no body with a schema of JSON");
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    check!(PETS, "{\"method\":\"GET\",\"path\":\"/v1/pets/1\",\"status\":200,\"response\":{\"id\":1}}\n{\"method\":\n", @r"
        error[absent-property]: the required property `name` is absent
          --> test.yaml:34:22
           |
        34 |       required: [id, name]
           |                      ^^^^
           |
           = note: once in getPet response 200
           = note: first in a.jsonl, line 1

        error: a.jsonl:3: the recording ends in the middle of the value that begins in line 2

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
            (1, "the value is not UTF-8 from its byte 26 on"),
            (2, "the value is not an exchange: `method` and `request` are missing"),
        ]
    );
    assert!(found.is_broken && found.is_foreign());
}

#[test]
fn what_cannot_be_compared_is_told() {
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

#[test]
fn a_branch_that_takes_any_text_names_all() {
    let schema = Options { target: Some(Target::Schema("Req".to_owned())), ..Options::default() };
    check!("
    paths: {}
    components:
      schemas:
        Req:
          type: object
          properties:
            a: { anyOf: [{ type: string }, { type: string, enum: [x, y] }] }
            b: { anyOf: [{ $ref: '#/components/schemas/M' }, { type: string }] }
            c: { $ref: '#/components/schemas/M' }
        M: { type: string, enum: [x, y] }
    ", &schema, [r#"{"a":"p","b":"q","c":"r"}"#], @r#"
        warning[unnamed-value]: the open enum does not name "r"
          --> test.yaml:12:24
           |
        12 |     M: { type: string, enum: [x, y] }
           |                        ^^^^
           |
           = note: once in schema Req, at `/c`
           = note: first in a.jsonl, line 1: "r"

        1 payload of 1 recording
        1 fault, of which the models read the value
        "#);
}
