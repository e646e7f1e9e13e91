//! Overlays that are written, and those that are not needed any more.

use super::traffic::run_with;
use super::{SHOP, entry, har, shop};
use crate::cli_support::Folder;

#[test]
fn an_overlay_makes_the_models_read_everything() {
    let folder = shop();
    let arguments = ["verify", "shop.yaml", "traffic.har", "--overlay", "fix.yaml"];
    let first = folder.run(&arguments);
    assert_eq!(first.code, Some(0), "{first}");
    insta::assert_snapshot!(first.stderr, @"`fix.yaml` has 3 more corrections (3 actions); with it the models read everything that was recorded");
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
          # Recorded once: the operation does not declare the status 201.
          - target: $.paths['/orders'].post
            update:
              responses:
                '201':
                  description: Added
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Order'
          # Recorded once: the required property `note` is missing.
          - target: $.components.schemas.Order.required[?@ == 'note']
            remove: true
          # Recorded once: the required body is missing.
          - target: $.paths['/orders'].post.requestBody
            update:
              required: false
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
fn an_overlay_is_no_report_and_knows_where_its_document_is() {
    let folder = shop();
    let arguments = ["verify", "shop.yaml", "traffic.har", "--overlay", "fix.yaml", "-o", "./fix.yaml"];
    insta::assert_snapshot!(folder.run(&arguments), @r"
        exit code 2
        --- stderr
        error: `fix.yaml` cannot be both the overlay and the report
          = help: name another file for the report
        ");
    assert!(!folder.exists("fix.yaml"));
    folder.write("over lays/.keep", "");
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "--overlay", "over lays/fix.json"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(folder.read("over lays/fix.json").contains(r#""extends": "../shop.yaml""#));
}

/// Hundreds of corrections, of which each is needed, are looked at in a few dozen passes over the traffic.
#[test]
fn many_corrections_are_all_needed() {
    let names: Vec<String> = (0..300).map(|number| format!("p{number}")).collect();
    let properties: String = names.iter().map(|name| format!("{name}: {{ type: string }}, ")).collect();
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Wide, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{ type: \
         object, required: [{}], properties: {{ {properties} }} }}\n",
        names.join(", ")
    );
    let folder = Folder::new();
    folder.write("wide.yaml", &document);
    let members = |value: &dyn Fn(usize) -> String| {
        let members = names.iter().enumerate().map(|(number, name)| format!("\"{name}\":{}", value(number)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let values = |number: usize| if number.is_multiple_of(3) { "1".to_owned() } else { "\"x\"".to_owned() };
    folder.write("traffic.json", &format!("{}\n{{}}", members(&values)));
    let arguments = ["verify", "wide.yaml", "traffic.json", "--schema", "A"];
    let run = folder.run(&[&arguments[..], &["--overlay", "fix.yaml"]].concat());
    assert_eq!(run.code, Some(0), "{run}");
    let run = folder.run(&[&arguments[..], &["--since", "fix.yaml"]].concat());
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "every correction is needed\n"), "{run}");
}

#[test]
fn corrections_that_are_not_needed_any_more_are_told() {
    let folder = shop();
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "--overlay", "fix.yaml"]);
    assert_eq!(run.code, Some(0), "{run}");
    let since = ["verify", "shop.yaml", "traffic.har", "--since", "fix.yaml"];
    insta::assert_snapshot!(folder.run(&since), @r"
        exit code 0
        --- stdout
        every correction is needed
        ");
    // The server was corrected: it sends every note, and 200.
    folder.write("traffic.har", &har(&[entry("POST", "/orders", 200, r#"{"id":3,"note":"x"}"#)]));
    insta::assert_snapshot!(folder.run(&since), @r"
        exit code 1
        --- stdout
        2 corrections are not needed for the recorded traffic:
          action 1, $.paths['/orders'].post: the models read everything without it
          action 2, $.components.schemas.Order.required[?@ == 'note']: the models read everything without it
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
        error[unnamed-status]: the operation does not declare the status 503
            --> agent-server.openapi.json:2397:7
             |
        2397 |       "get": {
             |       ^^^^^
             |
             = note: once in get_desktop_url_api_desktop_url_get response 503
             = note: first in traffic.jsonl, line 6: {"detail":"Internal Server Error","exception":"503: Desktop is disabled in configuration. Set enable_vnc=true t…"}

        error[unnamed-status]: the operation does not declare the status 201
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
