//! Methods that OpenAPI 3.0 does not have (OpenAPI 3.2 §4.8).

use modelsmith::config::{self, Config};
use modelsmith::load::MemoryReader;

const DOCUMENT: &str = "openapi: 3.2.0
info: { title: M, version: '1' }
paths:
  /files/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    query: { operationId: find, responses: { '204': { description: ok } } }
    additionalOperations:
      COPY: { operationId: copy, responses: { '204': { description: ok } } }
      M-SEARCH: { operationId: search, responses: { '204': { description: ok } } }
      purge: { operationId: purge, responses: { '204': { description: ok } } }
    post:
      operationId: watch
      responses: { '204': { description: ok } }
      callbacks:
        changed:
          '{$request.query.url}':
            query: { operationId: ask, responses: { '204': { description: ok } } }
  GET /odd:
    get: { operationId: odd, responses: { '204': { description: ok } } }
";

/// Methods are case-sensitive (RFC 9110 §9.1), and a path is a path, whatever it begins with.
#[test]
fn methods_and_paths_are_those_of_the_document() {
    let reader = MemoryReader::new().with("api.yaml", DOCUMENT);
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &Config::default()).expect("it is right");
    let of = |module: &str, constant: &str| {
        let text = output.files.get(&format!("src/operations/{module}.rs")).expect(module);
        let start = format!("pub const {constant}: &str = \"");
        let line =
            text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_else(|| panic!("{text}"));
        line.trim_end_matches("\";").to_owned()
    };
    for (module, method) in
        [("find", "QUERY"), ("copy", "COPY"), ("search", "M-SEARCH"), ("purge", "purge"), ("watch", "POST")]
    {
        assert_eq!((of(module, "METHOD").as_str(), of(module, "PATH").as_str()), (method, "/files/{id}"));
    }
    assert_eq!(of("ask", "METHOD"), "QUERY");
    assert_eq!(of("odd", "PATH"), "GET /odd");
}

/// Settings name the operation of a callback by the same method and path.
#[test]
fn a_query_in_a_callback_can_be_excluded() {
    for entry in ["path:{$request.query.url}", "operation:QUERY {$request.query.url}"] {
        let reader = MemoryReader::new().with("api.yaml", DOCUMENT);
        let config = config::parse(&format!("exclude = [\"{entry}\"]")).expect("these are settings");
        let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it is right");
        assert!(output.warnings.is_empty(), "{entry}");
        assert!(output.files.get("src/operations/ask.rs").is_none(), "{entry}");
        assert!(output.files.get("src/operations/watch.rs").is_some(), "{entry}");
    }
}

/// What a path item says holds for all its operations (OpenAPI 3.2.0 §4.9): servers and parameters.
#[test]
fn new_methods_have_what_their_path_item_says() {
    let document = DOCUMENT.replace(
        "    parameters: [{ name: id",
        "    servers: [{ url: 'https://files.example.com' }]\n    parameters: [{ name: id",
    );
    let reader = MemoryReader::new().with("api.yaml", document);
    let config = config::parse("client = true").expect("these are settings");
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it is right");
    for module in ["find", "copy", "search", "purge", "watch"] {
        let text = output.files.get(&format!("src/operations/{module}.rs")).expect(module);
        assert!(text.contains("#[server(\"https://files.example.com\")]"), "{text}");
        assert!(text.contains("pub id: String"), "{text}");
    }
}
