//! Required `writeOnly` properties: needed in what is sent, and missing in what is read.

use modelsmith::config::Config;
use modelsmith::load::MemoryReader;

const PATHS: &str = r##"openapi: 3.1.0
info: { title: Secrets, version: "1" }
paths:
  /secrets:
    post:
      operationId: create
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Create" } } } }
      responses: { "200": { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/Read" } } } } }
    put:
      operationId: replace
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Both" } } } }
      responses: { "200": { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/Both" } } } } }
  /pushed:
    post:
      operationId: push
      responses: { "204": { description: x } }
      callbacks:
        done:
          "{$url}":
            post:
              requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Called" } } } }
              responses: { "200": { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/Answer" } } } } }
components:
  schemas:
    Key: { type: string, writeOnly: true }
"##;

/// The fields of the struct that each of the schemas becomes, which all have this one property, required.
fn fields(property: &str) -> Vec<String> {
    let names = ["Create", "Read", "Both", "Called", "Answer", "Unreached"];
    let schema = |name: &&str| {
        format!("    {name}: {{ type: object, required: [a], properties: {{ a: {property} }} }}\n")
    };
    let document = PATHS.to_owned() + &names.iter().map(schema).collect::<String>();
    let reader = MemoryReader::new().with("api.yaml", document);
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &Config::default()).expect("it is right");
    let field = |name: &&str| {
        let path = format!("src/models/{}.rs", name.to_lowercase());
        let text = output.files.get(&path).unwrap_or_else(|| panic!("{path} is missing"));
        let line =
            text.lines().find(|line| line.starts_with("    pub a: ")).unwrap_or_else(|| panic!("{text}"));
        let ty = line.trim_start_matches("    pub a: ").trim_end_matches(',');
        format!("{name}: {}", if ty.starts_with("Option<") { "optional" } else { "required" })
    };
    names.iter().map(field).collect()
}

const BY_FLOW: [&str; 6] = [
    "Create: required",
    "Read: optional",
    "Both: optional",
    // The server sends the request of a callback, and reads its answer.
    "Called: optional",
    "Answer: required",
    "Unreached: optional",
];

#[test]
fn it_is_required_where_it_is_only_sent() {
    assert_eq!(fields("{ type: string, writeOnly: true }"), BY_FLOW);
}

#[test]
fn branches_and_references_say_it_as_the_property_does() {
    for property in [
        "{ anyOf: [{ type: string }, { type: string, format: password, writeOnly: true }] }",
        "{ oneOf: [{ type: integer }, { type: string, writeOnly: true }] }",
        "{ allOf: [{ type: string }, { writeOnly: true }] }",
        "{ anyOf: [{ type: integer }, { anyOf: [{ type: boolean }, { type: string, writeOnly: true }] }] }",
        "{ $ref: \"#/components/schemas/Key\" }",
        "{ anyOf: [{ type: integer }, { $ref: \"#/components/schemas/Key\" }] }",
    ] {
        assert_eq!(fields(property), BY_FLOW, "{property}");
    }
}

#[test]
fn what_is_not_write_only_is_required_everywhere() {
    let all = BY_FLOW.map(|line| line.replace("optional", "required"));
    for property in [
        "{ type: string }",
        "{ type: string, format: password }",
        "{ type: object, properties: { b: { type: string, writeOnly: true } } }",
    ] {
        assert_eq!(fields(property), all, "{property}");
    }
}

#[test]
fn a_default_is_for_what_is_read() {
    let required = fields("{ type: boolean, default: true, writeOnly: true }");
    assert_eq!(required[0], "Create: required");
}
