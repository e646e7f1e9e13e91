//! Bare payloads, compared with a schema or an operation.

use super::{PETS, reported};
use crate::testing::read;
use crate::verify::{Options, Target, TargetBody, verify};

#[test]
fn payloads_are_compared_with_a_schema_or_an_operation() {
    let schema = Options { target: Some(Target::Schema("Pet".to_owned())), ..Options::default() };
    check!(PETS, &schema, [r#"{"id":1,"name":"A"}{"id":1}"#, r#"[1]"#], @r"
        error[absent-property]: the required property `name` is missing
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
        error[absent-property]: the required property `id` is missing
          --> test.yaml:34:18
           |
        34 |       required: [id, name]
           |                  ^^
           |
           = note: once in createPet request body
           = note: first in a.jsonl, line 1

        error[absent-property]: the required property `name` is missing
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
    insta::assert_snapshot!(unknown(target("getPet", TargetBody::Request)), @"the request of `getPet` has no JSON body with a schema");
    insta::assert_snapshot!(unknown(target("listPets", TargetBody::Response(404))), @"the 404 response of `listPets` has no JSON body with a schema");
}
