//! Statuses and media types of operations.

use serde_json::Value;

use crate::testing::recorded::corrections_of;
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
    insta::assert_snapshot!(told(vec![
        (status(201, Some("application/json")), "/paths/~1pets/post", pet),
        (status(503, Some("application/problem+json")), "/paths/~1pets/post", serde_json::json!({ "detail": "busy" })),
        (status(204, None), "/paths/~1pets/post", Value::Null),
        (FaultKind::MediaType("text/json".to_owned()), "/paths/~1pets/post/responses/200", Value::Null),
        (FaultKind::MediaType("text/plain".to_owned()), "/paths/~1pets/post/responses/404", "none".into()),
        (FaultKind::MediaType("application/zip".to_owned()), "/paths/~1pets/post/responses/404", "".into()),
    ]), @r#"
        # Recorded once: the operation does not name the status 201.
        - target: $.paths['/pets'].post
          update:
            responses:
              '201':
                description: Made.
                content:
                  application/json:
                    schema:
                      $ref: '#/components/schemas/Pet'
        # Recorded once: the operation does not name the status 503.
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
        # Recorded once: the operation does not name the status 204.
        - target: $.paths['/pets'].post
          update:
            responses:
              '204':
                description: Recorded with the status 204.
        # Recorded once: the document does not name the media type `text/json`.
        - target: $.paths['/pets'].post.responses['200']
          update:
            content:
              text/json:
                schema:
                  $ref: '#/components/schemas/Pet'
        # Recorded once: the document does not name the media type `text/plain`.
        - target: $.paths['/pets'].post.responses['404']
          update:
            content:
              text/plain:
                schema:
                  type: string
        # Recorded once: the document does not name the media type `application/zip`.
        - target: $.paths['/pets'].post.responses['404']
          update:
            content:
              application/zip:
                schema:
                  type: string
                  format: binary
        "#);
}
