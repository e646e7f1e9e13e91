//! `modelsmith verify` from the outside: recordings of every form, reports, overlays, exit codes.

use crate::cli_support::{Folder, Run};

const SHOP: &str = r##"openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://shop.example.com/v1" }]
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        "200":
          description: All
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Order" } } } }
    post:
      operationId: addOrder
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
      responses:
        "200": { description: Added, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
components:
  schemas:
    Order:
      type: object
      required: [id, note]
      properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
"##;

/// An entry of HAR with the JSON of a response.
fn entry(method: &str, path: &str, status: u16, body: &str) -> String {
    let body = serde_json::Value::from(body);
    format!(
        r#"{{"request":{{"method":"{method}","url":"https://shop.example.com/v1{path}","headers":[],"bodySize":0}},
            "response":{{"status":{status},"headers":[{{"name":"Content-Type","value":"application/json"}}],
            "content":{{"mimeType":"application/json","size":1,"text":{body}}}}}}}"#
    )
}

fn har(entries: &[String]) -> String {
    format!(r#"{{"log":{{"version":"1.2","creator":{{}},"entries":[{}]}}}}"#, entries.join(","))
}

fn shop() -> Folder {
    let folder = Folder::new();
    folder.write("shop.yaml", SHOP);
    folder.write(
        "traffic.har",
        &har(&[
            entry("GET", "/orders", 200, r#"[{"id":1,"note":"a"},{"id":2}]"#),
            entry("POST", "/orders", 201, r#"{"id":3,"note":null,"token":"abc"}"#),
            entry("GET", "/baskets", 200, "{}"),
        ]),
    );
    folder
}

#[test]
fn a_report_names_faults_and_their_places() {
    insta::assert_snapshot!(shop().run(&["verify", "shop.yaml", "traffic.har"]), @r##"
        exit code 1
        --- stdout
        error[absent-property]: the required property `note` is absent
          --> shop.yaml:21:22
           |
        21 |       required: [id, note]
           |                      ^^^^
           |
           = note: once in listOrders response 200, at `/*`
           = note: first in traffic.har, line 1

        error[absent-body]: the body is absent
          --> shop.yaml:14:7
           |
        14 |       requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
           |       ^^^^^^^^^^^
           |
           = note: once in addOrder request body
           = note: first in traffic.har, line 3

        error[unnamed-status]: the operation does not name the status 201
          --> shop.yaml:12:5
           |
        12 |     post:
           |     ^^^^
           |
           = note: once in addOrder response 201
           = note: first in traffic.har, line 3: {"id":3,"note":null,"token":"(redacted)"}

        error[null]: `null` is not allowed
          --> shop.yaml:22:44
           |
        22 |       properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
           |                                            ^^^^
           |
           = note: once in addOrder response 201, at `/note`
           = note: first in traffic.har, line 3

        1 request without an operation:
          GET shop.example.com/v1/baskets: no operation has this path

        3 exchanges of 1 recording, 2 of the document's operations; 2 response bodies and 0 request bodies compared
        4 faults
        "##);
}

#[test]
fn a_report_is_json_or_markdown_and_goes_to_a_file() {
    let folder = shop();
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "traffic.har", "--format", "json"]), @r#"
        exit code 1
        --- stdout
        {
          "title": "Shop",
          "version": "1",
          "totals": {
            "recordings": 1,
            "bytes": 903,
            "exchanges": 3,
            "matched": 2,
            "payloads": 0,
            "request_bodies": 0,
            "response_bodies": 2,
            "refused_requests": 0,
            "preflights": 0,
            "left_out": 0,
            "too_large": 0,
            "uncounted": 0
          },
          "faults": [
            {
              "code": "absent-property",
              "refused": true,
              "message": "the required property `note` is absent",
              "file": "shop.yaml",
              "line": 21,
              "column": 22,
              "pointer": "/components/schemas/Order/required/1",
              "count": 1,
              "parts": [
                {
                  "part": "listOrders response 200",
                  "count": 1
                }
              ],
              "places": [
                "/*"
              ],
              "more_places": 0,
              "example": "{}",
              "recording": "traffic.har",
              "recording_line": 1
            },
            {
              "code": "absent-body",
              "refused": true,
              "message": "the body is absent",
              "file": "shop.yaml",
              "line": 14,
              "column": 7,
              "pointer": "/paths/~1orders/post/requestBody",
              "count": 1,
              "parts": [
                {
                  "part": "addOrder request body",
                  "count": 1
                }
              ],
              "places": [
                ""
              ],
              "more_places": 0,
              "example": "null",
              "recording": "traffic.har",
              "recording_line": 3
            },
            {
              "code": "unnamed-status",
              "refused": true,
              "message": "the operation does not name the status 201",
              "file": "shop.yaml",
              "line": 12,
              "column": 5,
              "pointer": "/paths/~1orders/post",
              "count": 1,
              "parts": [
                {
                  "part": "addOrder response 201",
                  "count": 1
                }
              ],
              "places": [
                ""
              ],
              "more_places": 0,
              "example": "{\"id\":3,\"note\":null,\"token\":\"(redacted)\"}",
              "recording": "traffic.har",
              "recording_line": 3
            },
            {
              "code": "null",
              "refused": true,
              "message": "`null` is not allowed",
              "file": "shop.yaml",
              "line": 22,
              "column": 44,
              "pointer": "/components/schemas/Order/properties/note",
              "count": 1,
              "parts": [
                {
                  "part": "addOrder response 201",
                  "count": 1
                }
              ],
              "places": [
                "/note"
              ],
              "more_places": 0,
              "example": "null",
              "recording": "traffic.har",
              "recording_line": 3
            }
          ],
          "unmatched": [
            {
              "why": "path",
              "method": "GET",
              "host": "shop.example.com",
              "path": "/v1/baskets",
              "count": 1
            }
          ],
          "more_unmatched": 0,
          "problems": [],
          "more_problems": 0
        }
        "#);
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "--format", "markdown", "-o", "report.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(folder.read("report.md"), @r#"
        ### Recorded traffic: 4 faults

        3 exchanges of 1 recording, 2 of the document's operations; 2 response bodies and 0 request bodies compared.

        #### The models refuse or do not know

        | what | document | how often | in | at | example |
        |---|---|--:|---|---|---|
        | the required property `note` is absent | `shop.yaml:21` | 1 time | listOrders response 200 | `/*` |  |
        | the body is absent | `shop.yaml:14` | 1 time | addOrder request body |  |  |
        | the operation does not name the status 201 | `shop.yaml:12` | 1 time | addOrder response 201 |  | `{"id":3,"note":null,"token":"(redacted)"}` |
        | `null` is not allowed | `shop.yaml:22` | 1 time | addOrder response 201 | `/note` |  |

        #### Requests without an operation

        - `GET shop.example.com/v1/baskets` (once): no operation has this path
        "#);
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "-o", "shop.yaml"]);
    insta::assert_snapshot!(run, @r"
        exit code 2
        --- stderr
        error: `shop.yaml` is the document and is not overwritten
          = help: name another file
        ");
    assert_eq!(folder.read("shop.yaml"), SHOP);
}

/// Runs with something on standard input.
fn run_with(folder: &Folder, arguments: &[&str], input: &str) -> Run {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut command = folder.command(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // A run that refuses its arguments does not read.
    drop(child.stdin.take().expect("it is piped").write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    Run {
        stdout: String::from_utf8(output.stdout).expect("results are text"),
        stderr: String::from_utf8(output.stderr).expect("messages are text"),
        code: output.status.code(),
    }
}

#[test]
fn traffic_is_files_folders_and_standard_input() {
    let folder = shop();
    let line = |id: &str| {
        format!(r#"{{"method":"GET","path":"/orders","status":200,"response":[{{"id":{id},"note":"x"}}]}}"#)
    };
    folder.write("recorded/b/two.jsonl", &format!("{}\n{}\n", line("1"), line("2")));
    folder.write("recorded/a.json", &format!("[{},{}]", line("3"), line("4")));
    folder.write("recorded/.hidden.json", "{");
    folder.write("recorded/notes.txt", "not a recording");
    let run = folder.run(&["verify", "shop.yaml", "recorded"]);
    insta::assert_snapshot!(run, @r"
        exit code 0
        --- stdout
        4 exchanges of 2 recordings, 4 of the document's operations; 4 response bodies and 0 request bodies compared
        no faults
        ");
    let run = run_with(&folder, &["verify", "shop.yaml", "recorded/a.json", "-"], &line("\"5\""));
    insta::assert_snapshot!(run, @r#"
        exit code 1
        --- stdout
        error[other-type]: expected an integer, found a string
          --> shop.yaml:22:27
           |
        22 |       properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
           |                           ^^^^
           |
           = note: once in listOrders response 200, at `/*/id`
           = note: first in standard input, line 1: "5"

        3 exchanges of 2 recordings, 3 of the document's operations; 3 response bodies and 0 request bodies compared
        1 fault
        "#);
    folder.write("empty/notes.txt", "");
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "empty"]), @r"
        exit code 2
        --- stderr
        error: the folder `empty` has no recordings
          = help: files that end with .har, .json, .jsonl or .ndjson are read
        ");
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "gone.har"]), @r"
        exit code 2
        --- stderr
        error: `gone.har` cannot be read: No such file or directory (os error 2)
        ");
}

#[test]
fn payloads_have_a_schema_or_an_operation() {
    let folder = shop();
    folder.write("order.json", r#"{"id":1,"note":"x","more":1}"#);
    let run = folder.run(&["verify", "shop.yaml", "order.json", "--schema", "Order"]);
    insta::assert_snapshot!(run, @r"
        exit code 0
        --- stdout
        1 payload of 1 recording
        no faults
        ");
    let run = folder.run(&["verify", "shop.yaml", "order.json", "--schema", "Order", "--unknown"]);
    insta::assert_snapshot!(run, @r"
        exit code 1
        --- stdout
        warning[unnamed-property]: the schema does not name the property `more`
          --> shop.yaml:22:7
           |
        22 |       properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
           |       ^^^^^^^^^^
           |
           = note: once in schema Order, at `/more`
           = note: first in order.json, line 1: 1

        1 payload of 1 recording
        1 fault, of which the models read the value
        ");
    let run = folder.run(&["verify", "shop.yaml", "order.json", "--operation", "addOrder", "--request"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = folder.run(&["verify", "shop.yaml", "order.json", "--operation", "listOrders"]);
    assert!(run.code == Some(1) && run.stdout.contains("expected an array, found an object"), "{run}");
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "order.json", "--schema", "Orders"]), @r"
        exit code 2
        --- stderr
        error: the document has no component schema `Orders`
          = help: did you mean `Order`?
        ");
}

#[test]
fn nothing_that_was_compared_is_not_success() {
    let folder = shop();
    folder.write("empty.json", "[]");
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "empty.json"]), @r"
        exit code 2
        --- stdout
        0 exchanges of 1 recording, 0 of the document's operations; 0 response bodies and 0 request bodies compared
        no faults

        --- stderr
        error: the recordings are empty: nothing was compared
        ");
    folder.write("other.json", r#"[{"method":"GET","url":"https://other.example.com/orders","status":200}]"#);
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "other.json"]), @r"
        exit code 2
        --- stdout
        1 request without an operation:
          other.example.com: not a server of the document
          = help: `--server URL` names a server that the document does not name

        1 exchange of 1 recording, 0 of the document's operations; 0 response bodies and 0 request bodies compared
        no faults

        --- stderr
        error: no exchange of the recordings belongs to an operation of the document: nothing was compared
        ");
    let run = folder.run(&["verify", "shop.yaml", "other.json", "--server", "https://other.example.com"]);
    assert_eq!(run.code, Some(0), "{run}");
    folder.write("broken.json", r#"[{"method":"GET","path":"/orders","status":200},"#);
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "broken.json"]), @r"
        exit code 2
        --- stdout
        error: broken.json:1: the recording ends in the middle of a list

        1 exchange of 1 recording, 1 of the document's operations; 0 response bodies and 0 request bodies compared
        not compared: 1 body that was not recorded
        no faults

        --- stderr
        error: something in the recordings cannot be read: see the report
        ");
}

#[test]
fn an_overlay_makes_the_models_read_everything() {
    let folder = shop();
    let arguments = ["verify", "shop.yaml", "traffic.har", "--overlay", "fix.yaml"];
    let first = folder.run(&arguments);
    assert_eq!(first.code, Some(0), "{first}");
    insta::assert_snapshot!(first.stderr, @"`fix.yaml` has 4 more corrections (5 actions); with it the models read everything that was recorded");
    let overlay = folder.read("fix.yaml");
    insta::assert_snapshot!(overlay, @r"
        # Where recorded traffic does not fit the document. Each correction says why it is needed, and how often that was
        # recorded.
        overlay: 1.0.0
        info:
          title: Corrections of Shop learned from recorded traffic
          version: 1.0.0
        extends: shop.yaml
        actions:
          # Recorded once: the required property `note` is absent.
          - target: $.components.schemas.Order.required[?@ == 'note']
            remove: true
          # Recorded once: the body is absent.
          - target: $.paths['/orders'].post.requestBody
            update:
              required: false
          # Recorded once: the operation does not name the status 201.
          - target: $.paths['/orders'].post
            update:
              responses:
                '201':
                  description: Added
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Order'
          # Recorded once: `null` is not allowed.
          - target: $.components.schemas.Order.properties.note.type
            remove: true
          - target: $.components.schemas.Order.properties.note
            update:
              type:
              - string
              - 'null'
        ");
    // With it nothing is left to correct, and the file stays as it is.
    let second = folder.run(&arguments);
    insta::assert_snapshot!(second, @r"
        exit code 0
        --- stdout
        1 request without an operation:
          GET shop.example.com/v1/baskets: no operation has this path

        3 exchanges of 1 recording, 2 of the document's operations; 2 response bodies and 0 request bodies compared
        no faults

        --- stderr
        `fix.yaml` needs no correction
        ");
    assert_eq!(folder.read("fix.yaml"), overlay);
    assert_eq!(folder.run(&["verify", "shop.yaml", "traffic.har", "--apply", "fix.yaml"]).code, Some(0));
    assert_eq!(folder.read("shop.yaml"), SHOP);
    let run = run_with(&folder, &["verify", "shop.yaml", "-", "--overlay", "fix.yaml"], "[]");
    insta::assert_snapshot!(run, @r"
        exit code 2
        --- stderr
        error: `--overlay` reads the traffic several times, and standard input can be read once
          = help: save the traffic in a file
        ");
}

#[test]
fn corrections_that_are_not_needed_any_more_are_told() {
    let folder = shop();
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "--overlay", "fix.yaml"]);
    assert_eq!(run.code, Some(0), "{run}");
    let since = ["verify", "shop.yaml", "traffic.har", "--since", "fix.yaml"];
    insta::assert_snapshot!(folder.run(&since), @r"
        exit code 1
        --- stdout
        1 correction is not needed for what was recorded:
          actions 4 to 5, $.components.schemas.Order.properties.note.type: everything is read without it
        ");
    // The server was corrected: it sends every note, and 200.
    folder.write("traffic.har", &har(&[entry("POST", "/orders", 200, r#"{"id":3,"note":"x"}"#)]));
    insta::assert_snapshot!(folder.run(&since), @r"
        exit code 1
        --- stdout
        3 corrections are not needed for what was recorded:
          action 1, $.components.schemas.Order.required[?@ == 'note']: everything is read without it
          action 3, $.paths['/orders'].post: everything is read without it
          actions 4 to 5, $.components.schemas.Order.properties.note.type: everything is read without it
        ");
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "--since", "fix.yaml", "--format", "json"]);
    assert!(run.stdout.contains("\"why\": \"read-without\""), "{run}");
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "traffic.har", "--since", "gone.yaml"]), @r"
        exit code 2
        --- stderr
        error: `gone.yaml` cannot be read: there is no such file
        ");
}

/// What the agent server really answers.
#[test]
fn the_agent_server_differs_from_its_document() {
    let folder = Folder::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("it is there");
    folder.write("agent-server.openapi.json", &read("../spec/agent-server.openapi.json"));
    folder.write("traffic.jsonl", &read("tests/recordings/agent-server.jsonl"));
    let run = folder.run(&["verify", "agent-server.openapi.json", "traffic.jsonl"]);
    insta::assert_snapshot!(run, @r#"
        exit code 1
        --- stdout
        error[unnamed-status]: the operation does not name the status 503
            --> agent-server.openapi.json:2397:7
             |
        2397 |       "get": {
             |       ^^^^^
             |
             = note: once in get_desktop_url_api_desktop_url_get response 503
             = note: first in traffic.jsonl, line 6: {"detail":"Internal Server Error","exception":"503: Desktop is disabled in configuration. Set enable_vnc=true t…"}

        error[unnamed-status]: the operation does not name the status 201
           --> agent-server.openapi.json:973:7
            |
        973 |       "post": {
            |       ^^^^^^
            |
            = note: once in start_conversation_api_conversations_post response 201
            = note: first in traffic.jsonl, line 7: {"activated_knowledge_skills":[],"agent":{"agent_context":null,"condenser":{"kind":"NoOpCondenser"},"critic":{"iterative…

        1 request without an operation:
          GET 127.0.0.1:8000/docs: no operation has this path

        13 exchanges of 1 recording, 12 of the document's operations; 10 response bodies and 2 request bodies compared
        not compared: 3 requests that the server refused
        2 faults
        "#);
}
