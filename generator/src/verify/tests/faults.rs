//! Faults of exchanges: what is reported, and how it is counted.

use super::{PETS, reported};
use crate::verify::{Options, Target};

#[test]
fn exchanges_that_fit_have_no_faults() {
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
        error[absent-property]: the required property `name` is missing
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

        error[absent-parameter]: the required parameter `X-Trace` is missing
          --> test.yaml:12:11
           |
        12 |         - { name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }
           |           ^
           |
           = note: once in listPets header parameter `X-Trace`
           = note: first in a.jsonl, line 2

        error[absent-header]: the required header `X-Total` is missing
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

        error[absent-parameter]: the required parameter `sort` is missing
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

        error[absent-body]: the required body is missing
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

        warning[unnamed-value]: the open enum does not list "size"
          --> test.yaml:10:76
           |
        10 |         - { name: sort, in: query, required: true, schema: { type: string, enum: [name, age] } }
           |                                                                            ^^^^
           |
           = note: once in listPets query parameter `sort`
           = note: first in a.jsonl, line 2: "size"

        warning[unnamed-value]: the open enum does not list "cow"
          --> test.yaml:38:31
           |
        38 |         kind: { type: string, enum: [cat, dog] }
           |                               ^^^^
           |
           = note: once in listPets response 200, at `/*/kind`
           = note: first in a.jsonl, line 2: "cow"

        4 exchanges of 1 recording, 4 of the document's operations; 4 response bodies and 0 request bodies compared
        13 faults; the models read the values of 2 of them
        "#);
}

#[test]
fn undeclared_statuses_media_types_and_operations_are_listed() {
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
        error[unnamed-status]: the operation does not declare the status 201
          --> test.yaml:18:5
           |
        18 |     post:
           |     ^^^^
           |
           = note: once in createPet response 201
           = note: first in a.jsonl, line 2: {"id":1,"name":"A"}

        error[unnamed-status]: the operation does not declare the status 500
          --> test.yaml:18:5
           |
        18 |     post:
           |     ^^^^
           |
           = note: once in createPet response 500
           = note: first in a.jsonl, line 3

        error[unnamed-media-type]: the document does not declare the media type `text/html`
          --> test.yaml:28:9
           |
        28 |         '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
           |         ^^^^^
           |
           = note: once in getPet response 200
           = note: first in a.jsonl, line 4

        4 requests without an operation:
          other.example.com (twice): the document does not declare this server
          DELETE /v1/pets/1: no operation has this path and method
          GET api.example.com/v1/toys/(redacted): no operation has this path
          = help: use `--server URL` for a server that the document does not declare

        9 exchanges of 1 recording, 4 of the document's operations; 2 response bodies and 1 request body compared
        not compared: 2 requests that the server refused, 1 preflight of a browser
        3 faults
        "#);
}

#[test]
fn undeclared_properties_and_parameters_are_optional_faults() {
    let options = Options { unknown: true, ..Options::default() };
    check!(PETS, &options, [r#"
        {"method":"GET","url":"/v1/pets?sort=name&page=2","status":200,"response":[{"id":1,"name":"A","age":5},{"id":1,"name":"A","age":6}]}
    "#], @r#"
        warning[unnamed-property]: the schema does not declare the property `age`
          --> test.yaml:35:7
           |
        35 |       properties:
           |       ^^^^^^^^^^
           |
           = note: twice in listPets response 200, at `/*/age`
           = note: first in a.jsonl, line 2: 5

        warning[unnamed-parameter]: the operation does not declare the parameter `page`
         --> test.yaml:6:5
          |
        6 |     get:
          |     ^^^
          |
          = note: once in listPets query parameter `page`
          = note: first in a.jsonl, line 2: "2"

        1 exchange of 1 recording, 1 of the document's operations; 1 response body and 0 request bodies compared
        2 faults; the models read the values
        "#);
}

#[test]
fn a_branch_for_any_string_declares_every_value() {
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
        warning[unnamed-value]: the open enum does not list "r"
          --> test.yaml:12:24
           |
        12 |     M: { type: string, enum: [x, y] }
           |                        ^^^^
           |
           = note: once in schema Req, at `/c`
           = note: first in a.jsonl, line 1: "r"

        1 payload of 1 recording
        1 fault; the models read the value
        "#);
}
