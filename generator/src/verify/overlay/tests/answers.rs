//! Statuses and media types of operations.

use serde_json::Value;

use crate::testing::recorded::{corrections_of, learned_of};
use crate::verify::FaultKind;

#[test]
fn statuses_and_media_types_are_added_to_operations() {
    let document = "
openapi: 3.0.3
info: { title: Test, version: \"1\" }
paths:
  /pets:
    post:
      responses:
        '200': { description: Made., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '404': { description: None. }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string } } }
";
    let told = |faults| corrections_of(document, faults);
    let status = |code, media_type: Option<&str>| FaultKind::Status {
        code,
        media_type: media_type.map(str::to_owned),
    };
    let pet = serde_json::json!({ "name": "Rex" });
    // Statuses are corrected first: the other faults are found again afterwards.
    insta::assert_snapshot!(told(vec![
        (status(201, Some("application/json")), "/paths/~1pets/post", pet),
        (status(503, Some("application/problem+json")), "/paths/~1pets/post", serde_json::json!({ "detail": "busy" })),
        (status(204, None), "/paths/~1pets/post", Value::Null),
    ]), @r"
        # Recorded once: the operation does not declare the status 201.
        - target: $.paths['/pets'].post
          update:
            responses:
              '201':
                description: Made.
                content:
                  application/json:
                    schema:
                      $ref: '#/components/schemas/Pet'
        # Recorded once: the operation does not declare the status 503.
        - target: $.paths['/pets'].post
          update:
            responses:
              '503':
                description: Recorded with the status 503.
                content:
                  application/problem+json:
                    schema:
                      type: object
                      properties:
                        detail:
                          type: string
        # Recorded once: the operation does not declare the status 204.
        - target: $.paths['/pets'].post
          update:
            responses:
              '204':
                description: Recorded with the status 204.
        ");
    insta::assert_snapshot!(told(vec![
        (FaultKind::MediaType("text/json".to_owned()), "/paths/~1pets/post/responses/200", Value::Null),
        (FaultKind::MediaType("text/plain".to_owned()), "/paths/~1pets/post/responses/404", "none".into()),
        (FaultKind::MediaType("application/zip".to_owned()), "/paths/~1pets/post/responses/404", "".into()),
    ]), @r"
        # Recorded once: the document does not declare the media type `text/json`.
        - target: $.paths['/pets'].post.responses['200']
          update:
            content:
              text/json:
                schema:
                  $ref: '#/components/schemas/Pet'
        # Recorded once: the document does not declare the media type `text/plain`.
        - target: $.paths['/pets'].post.responses['404']
          update:
            content:
              text/plain:
                schema:
                  type: string
        # Recorded once: the document does not declare the media type `application/zip`.
        - target: $.paths['/pets'].post.responses['404']
          update:
            content:
              application/zip:
                schema:
                  type: string
                  format: binary
        ");
}

/// The overlay for exchanges of one operation. With it the models read them.
fn learned(responses: &str, traffic: &str) -> String {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Test, version: \"1\" }}\npaths:\n  /o:\n    get:\n      operationId: o\n      \
         responses: {{ {responses} }}\n"
    );
    learned_of(&document, traffic)
}

const OF_STRING: &str =
    "'200': { description: d, content: { application/json: { schema: { type: string } } } }";

#[test]
fn a_status_has_all_that_was_recorded_with_it() {
    let none = r#"{"method":"GET","path":"/o","status":202,"response_text":""}"#;
    let unknown = r#"{"method":"GET","path":"/o","status":202}"#;
    let array = r#"{"method":"GET","path":"/o","status":202,"response":[]}"#;
    let problem = r#"{"method":"GET","path":"/o","status":202,"response":{"a":1},"response_headers":{"content-type":"application/problem+json"}}"#;
    let text = r#"{"method":"GET","path":"/o","status":202,"response":"hi","response_headers":{"content-type":"text/plain"}}"#;
    let told = |traffic: &[&str]| learned(OF_STRING, &traffic.join("\n"));
    insta::assert_snapshot!(told(&[text, array, problem, array]), @r"
        # Recorded 4 times: the operation does not declare the status 202.
        - target: $.paths['/o'].get
          update:
            responses:
              '202':
                description: Recorded with the status 202.
                content:
                  text/plain:
                    schema:
                      type: string
                  application/json:
                    schema:
                      type: array
                      items: {}
                  application/problem+json:
                    schema:
                      type: object
                      properties:
                        a:
                          type: integer
        ");
    insta::assert_snapshot!(told(&[unknown, array]), @r"
        # Recorded 2 times: the operation does not declare the status 202.
        - target: $.paths['/o'].get
          update:
            responses:
              '202':
                description: Recorded with the status 202.
                content:
                  application/json:
                    schema:
                      type: array
                      items: {}
        ");
    // OpenAPI cannot declare an optional response body.
    insta::assert_snapshot!(told(&[array, none]), @r"
        # Recorded 2 times: the operation does not declare the status 202.
        - target: $.paths['/o'].get
          update:
            responses:
              '202':
                description: Recorded with the status 202.
        ");
    insta::assert_snapshot!(told(&[none]), @r"
        # Recorded once: the operation does not declare the status 202.
        - target: $.paths['/o'].get
          update:
            responses:
              '202':
                description: Recorded with the status 202.
        ");
}

#[test]
fn a_response_of_the_same_hundred_is_taken_if_it_takes_the_body() {
    let told = |response: &str| {
        learned(
            OF_STRING,
            &format!(r#"{{"method":"GET","path":"/o","status":201,"response_text":{response:?}}}"#),
        )
    };
    let of = |body: &str| {
        let line = format!(
            r#"{{"method":"GET","path":"/o","status":201,"response_headers":{{"content-type":"application/json"}},"response_text":{body:?}}}"#
        );
        learned(OF_STRING, &line)
    };
    insta::assert_snapshot!(of("\"x\""), @r"
        # Recorded once: the operation does not declare the status 201.
        - target: $.paths['/o'].get
          update:
            responses:
              '201':
                description: d
                content:
                  application/json:
                    schema:
                      type: string
        ");
    insta::assert_snapshot!(of("{\"a\":1}"), @r"
        # Recorded once: the operation does not declare the status 201.
        - target: $.paths['/o'].get
          update:
            responses:
              '201':
                description: Recorded with the status 201.
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        a:
                          type: integer
        ");
    insta::assert_snapshot!(told("x"), @r"
        # Recorded once: the operation does not declare the status 201.
        - target: $.paths['/o'].get
          update:
            responses:
              '201':
                description: Recorded with the status 201.
        ");
}

#[test]
fn parameters_and_headers_of_swagger_2_keep_what_they_are() {
    let document = "
swagger: \"2.0\"
info: { title: Test, version: \"1\" }
paths:
  /a/{id}:
    get:
      operationId: getA
      parameters:
        - { name: id, in: path, required: true, type: integer, format: int64, maximum: 5, description: It. }
        - { name: tags, in: query, type: array, items: { type: integer }, collectionFormat: csv }
      responses: { '200': { description: d, headers: { X-Left: { type: integer } } } }
";
    let traffic =
        r#"{"method":"GET","path":"/a/abc?tags=x,y","status":200,"response_headers":{"X-Left":"many"}}"#;
    insta::assert_snapshot!(learned_of(document, traffic), @r"
        # Recorded once: expected an integer, found a string.
        - target: $.paths['/a/{id}'].get.parameters[0]['format', 'maximum']
          remove: true
        - target: $.paths['/a/{id}'].get.parameters[0]
          update:
            type: string
        # Recorded 2 times: expected an integer, found a string.
        - target: $.paths['/a/{id}'].get.parameters[1].items
          update:
            type: string
        # Recorded once: expected an integer, found a string.
        - target: $.paths['/a/{id}'].get.responses['200'].headers['X-Left']
          update:
            type: string
        ");
}
