//! Components whose names have to be escaped in a reference.

use modelsmith::config;
use modelsmith::load::MemoryReader;

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /p:
    post:
      operationId: send
      parameters: [{ $ref: '#/components/parameters/page~1size' }]
      requestBody: { $ref: '#/components/requestBodies/a~0body' }
      responses: { '200': { $ref: '#/components/responses/an~1answer' } }
components:
  parameters:
    page/size: { name: size, in: query, schema: { type: integer } }
  requestBodies:
    a~body: { content: { application/json: { schema: { $ref: '#/components/schemas/an~1object' } } } }
  responses:
    an/answer:
      description: ok
      headers: { X-Left: { $ref: '#/components/headers/left~1over' } }
      content: { application/json: { schema: { type: string } } }
  headers:
    left/over: { schema: { type: integer } }
  schemas:
    an/object: { type: object, properties: { x: { type: string } } }
";

#[test]
fn what_has_a_slash_or_a_tilde_in_its_name_is_found() {
    let reader = MemoryReader::new().with("api.yaml", DOCUMENT);
    // The headers of responses are for those who call.
    let config = config::parse("client = true").expect("these are settings");
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it is right");
    assert!(output.warnings.is_empty());
    let text = output.files.get("src/operations/send.rs").expect("the operation has its file");
    for line in [
        "    pub size: Option<i64>,",
        "pub type Body = models::AnObject;",
        "    Ok(String),",
        "    pub x_left: Option<i64>,",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}
