//! What recordings may be, and what the exit codes say of them.

use super::shop;
use crate::cli_support::{Folder, Run};

/// Runs with something on standard input.
pub(super) fn run_with(folder: &Folder, arguments: &[&str], input: &str) -> Run {
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
          = help: recordings have the extensions .har, .json, .jsonl or .ndjson
        ");
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "gone.har"]), @r"
        exit code 2
        --- stderr
        error: `gone.har` cannot be read: it does not exist
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
        warning[unnamed-property]: the schema does not declare the property `more`
          --> shop.yaml:22:7
           |
        22 |       properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
           |       ^^^^^^^^^^
           |
           = note: once in schema Order, at `/more`
           = note: first in order.json, line 1: 1

        1 payload of 1 recording
        1 fault; the models read the value
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
          other.example.com: the document does not declare this server
          = help: use `--server URL` for a server that the document does not declare

        1 exchange of 1 recording, 0 of the document's operations; 0 response bodies and 0 request bodies compared
        no faults

        --- stderr
        error: no exchange in the recordings belongs to an operation of the document: nothing was compared
        ");
    let run = folder.run(&["verify", "shop.yaml", "other.json", "--server", "https://other.example.com"]);
    assert_eq!(run.code, Some(0), "{run}");
    folder.write("broken.json", r#"[{"method":"GET","path":"/orders","status":200},"#);
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "broken.json"]), @r"
        exit code 2
        --- stdout
        error: broken.json:1: the recording ends inside of a list

        1 exchange of 1 recording, 1 of the document's operations; 0 response bodies and 0 request bodies compared
        not compared: 1 body that was not recorded
        no faults

        --- stderr
        error: parts of the recordings cannot be read: see the report
        ");
}
