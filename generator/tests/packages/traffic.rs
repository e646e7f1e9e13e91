//! The tests that are emitted of recorded traffic: they hold the models to what was recorded.

use modelsmith::config::{Config, Layout, Traffic, TrafficOf};
use modelsmith::load::MemoryReader;

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
        4XX: { description: No, content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } } }
    post:
      operationId: addOrder
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/NewOrder" } } } }
      responses:
        "201": { description: Added, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
  /orders/{id}/label:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { "200": { description: Text, content: { text/plain: { schema: { type: string } } } } }
components:
  schemas:
    NewOrder:
      type: object
      required: [item]
      properties:
        item: { type: string }
        count: { type: integer, default: 1 }
        card_token: { type: string, format: uuid }
    Order:
      type: object
      required: [id, item]
      properties:
        id: { type: integer }
        item: { type: string }
        state: { enum: [open, done] }
        at: { type: string, format: date-time }
        pin: { type: string, format: password }
        payment: { $ref: "#/components/schemas/Payment" }
    Payment:
      oneOf: [{ $ref: "#/components/schemas/Card" }, { $ref: "#/components/schemas/Cash" }]
    Card: { type: object, required: [number], properties: { number: { type: string } } }
    Cash: { type: object, required: [paid], properties: { paid: { type: number } } }
    Problem: { type: object, properties: { title: { type: string } } }
    Event: { type: object, required: [kind], properties: { kind: { type: string }, order: { $ref: "#/components/schemas/Order" } } }
"##;

/// What a browser recorded.
const HAR: &str = r#"{"log": {"version": "1.2", "creator": {}, "entries": [
    {"request": {"method": "GET", "url": "https://shop.example.com/v1/orders", "headers": [{"name": "Authorization", "value": "Bearer abcdefghijklmnop"}], "bodySize": 0},
     "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "application/json; charset=utf-8"}],
       "content": {"mimeType": "application/json", "size": 9, "text": "[ {\"id\": 1, \"item\": \"a  b\", \"pin\": \"1234\"},\n {\"id\": 2, \"item\": \"c\", \"state\": \"open\", \"at\": \"2024-02-29 12:00:00Z\", \"more\": [1] } ]"}}},
    {"request": {"method": "GET", "url": "https://shop.example.com/v1/orders", "headers": [], "bodySize": 0},
     "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "application/json"}],
       "content": {"mimeType": "application/json", "size": 9, "text": "[{\"id\":7,\"item\":\"x\"}]"}}},
    {"request": {"method": "GET", "url": "https://shop.example.com/favicon.ico", "headers": [], "bodySize": 0}, "response": {"status": 404, "headers": []}}
]}}"#;

/// What a recorder wrote.
const LINES: &str = r#"{"method":"POST","path":"/orders","status":201,"request":{"item":"Ähre","count":1,"card_token":"5f0c7a54-1b7f-4a53-8b15-0a3a0f1c9d11"},"response":{"id":3,"item":"Ähre","payment":{"number":"1","valid":true}}}
{"method":"POST","path":"/orders","status":201,"request":{"item":"b"},"response":{"id":4,"item":"b","payment":{"paid":2.50}}}
{"method":"POST","path":"/orders","status":201,"request":{"item":"c"},"response":{"id":5,"item":"c","payment":{"paid":3}}}
{"method":"GET","path":"/orders","status":404,"response_headers":{"content-type":"application/problem+json"},"response":{"title":"gone"}}
{"method":"GET","path":"/orders/5/label","status":200,"response_headers":{"content-type":"text/plain"},"response":"A label"}
"#;

const SETTINGS: &str = r#"[tests]
traffic = ["traffic/*", { path = "events", schema = "Event" }]
"#;

fn shop() -> Folder {
    let folder = Folder::new();
    folder.write("shop.yaml", SHOP);
    folder.write("traffic/browser.har", HAR);
    folder.write("traffic/recorder.jsonl", LINES);
    folder.write(
        "events/opened.json",
        r#"{"kind": "opened", "order": {"id": 9, "item": "e", "state": "paused"}}"#,
    );
    folder.write("modelsmith.toml", SETTINGS);
    folder
}

fn generated(folder: &Folder) -> Run {
    folder.run(&["generate", "shop.yaml", "-o", "out"])
}

#[test]
fn what_was_recorded_is_tested_once_and_without_secrets() {
    let folder = shop();
    let run = generated(&folder);
    assert_eq!((run.code, run.stderr.contains("no warnings")), (Some(0), true), "{run}");
    let emitted = folder.read("out/tests/traffic.rs");
    let (tests, _) = emitted.split_once("\nmod recorded {").expect("the helper comes last");
    insta::assert_snapshot!("traffic_tests", tests);
    insta::assert_snapshot!("traffic_data", folder.read("out/tests/traffic.jsonl"));
}

#[test]
fn the_emitted_tests_pass_and_name_what_changes() {
    let folder = shop();
    // Packages of one name would share what is compiled of them.
    folder.write("modelsmith.toml", &format!("crate-name = \"traffic-shop\"\n{SETTINGS}"));
    generated(&folder);
    let passed = folder.cargo("out", &["test", "--test", "traffic"]);
    assert_eq!(passed.code, Some(0), "{passed}");
    assert!(passed.stdout.contains("test result: ok. 3 passed; 0 failed"), "{passed}");
    assert!(!passed.stderr.contains("warning"), "{passed}");

    // A model that calls a property by another name drops it; one that has another type refuses it; one that does not know a
    // status keeps the response without reading it.
    for (file, old, new, said) in [
        (
            "models/order",
            "required id, item;",
            "required id, item: \"title\";",
            "line 3 of traffic.jsonl (traffic/browser.har, line 2): the response 200 is not read: ",
        ),
        (
            "models/problem",
            "optional title;",
            "optional title: \"name\";",
            "`/response/title` changes\n  read:    \"gone\"\n  written: null",
        ),
        (
            "operations/list_orders",
            "in 400..=499 =>",
            "in 500..=599 =>",
            "(traffic/recorder.jsonl, line 4): the response 404 is not one of those that are read",
        ),
    ] {
        let path = format!("out/src/{file}.rs");
        let model = folder.read(&path);
        assert!(model.contains(old), "{model}");
        folder.write(&path, &model.replace(old, new));
        let failed = folder.cargo("out", &["test", "--test", "traffic"]);
        assert_eq!(failed.code, Some(101), "{failed}");
        assert!(failed.stdout.contains(said), "{failed}");
        folder.write(&path, &model);
    }
}

#[test]
fn the_files_belong_to_the_output_and_follow_the_settings() {
    let folder = shop();
    folder.write("modelsmith.toml", &format!("command = \"make models\"\n{SETTINGS}"));
    generated(&folder);
    let check = || folder.run(&["generate", "shop.yaml", "-o", "out", "--check"]);
    assert_eq!(check().code, Some(0), "{}", check());
    // From elsewhere nothing is different: paths count from the settings.
    folder.write("elsewhere/note", "");
    let run = folder.run_in("elsewhere", &["generate", "../shop.yaml", "-o", "../out", "--check"]);
    assert_eq!(run.code, Some(0), "{run}");
    // What was recorded changes.
    folder.write("events/closed.json", r#"{"kind": "closed"}"#);
    let run = check();
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("tests/traffic.jsonl differs"), "{run}");
    // An edit is not lost.
    let data = folder.read("out/tests/traffic.jsonl");
    folder.write("out/tests/traffic.jsonl", &format!("{data}{{}}\n"));
    assert!(generated(&folder).stderr.contains("tests/traffic.jsonl"), "{}", generated(&folder));
    folder.write("out/tests/traffic.jsonl", &data);
    folder.remove("modelsmith.toml");
    assert_eq!(generated(&folder).code, Some(0));
    assert!(!folder.exists("out/tests"));
}

#[test]
fn what_is_left_out_is_told() {
    let folder = shop();
    let long = "x".repeat(300_000);
    folder.write(
        "traffic/recorder.jsonl",
        &format!(
            r#"{{"method":"POST","path":"/orders","status":201,"request":{{"item":"b"}},"response":{{"id":"4"}}}}
{{"method":"GET","path":"/orders","status":200,"response":[{{"id":1,"item":"{long}"}}]}}
"#
        ),
    );
    folder.write("events/opened.json", r#"{"kind": 1}"#);
    folder.write("none.jsonl", r#"{"method":"GET","path":"/baskets","status":200,"response":{}}"#);
    folder.write(
        "modelsmith.toml",
        "crate-name = \"traffic-left-out\"\n[tests]\ntraffic = [\n  \"traffic\",\n  { path = \"events\", schema = \"Event\" },\n  \"none.jsonl\",\n]\n",
    );
    insta::assert_snapshot!("traffic_left_out", generated(&folder));
    // What fits of an exchange is tested.
    let data = folder.read("out/tests/traffic.jsonl");
    assert!(data.contains(r#"line 1","request":{"item":"b"}}"#), "{data}");
    let passed = folder.cargo("out", &["test", "--test", "traffic"]);
    assert_eq!(passed.code, Some(0), "{passed}");
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    let folder = shop();
    folder.write(
        "broken.jsonl",
        "{\"method\":\"GET\",\"path\":\"/orders\"}\n{\"path\":\"/orders\"}\nnothing\n",
    );
    folder.write("empty/readme.md", "");
    for (entry, expected) in [
        (
            "\"broken.jsonl\"",
            "`broken.jsonl`, line 2: the value is not an exchange: `method` and `request` are missing",
        ),
        ("\"gone.har\"", "`gone.har` cannot be read: it does not exist"),
        ("\"*.har\"", "`*.har` matches no recording"),
        ("\"empty\"", "the folder `empty` has no recordings"),
        ("{ path = \"events\", schema = \"Evnet\" }", "the document has no component schema `Evnet`"),
    ] {
        folder.write("modelsmith.toml", &format!("[tests]\ntraffic = [{entry}]\n"));
        let run = generated(&folder);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stderr.contains("error[unreadable-traffic]: "), "{run}");
        assert!(run.stderr.contains(expected), "{run}");
        assert!(run.stderr.contains("--> modelsmith.toml:2:12"), "{run}");
    }
    insta::assert_snapshot!("traffic_unreadable", {
        folder.write("modelsmith.toml", "[tests]\ntraffic = [\"broken.jsonl\"]\n");
        generated(&folder)
    });
}

/// A file that is included has to be complete.
#[test]
fn tests_of_examples_and_of_traffic_share_the_comparison() {
    let document = SHOP.replace("Cash: { type: object,", "Cash: { type: object, example: { paid: 2 },");
    let reader = MemoryReader::new().with("shop.yaml", document).with("a.jsonl", LINES);
    for (layout, files) in [
        (Layout::Crate, &["tests/difference/mod.rs"][..]),
        (Layout::Module, &["difference.rs"]),
        (Layout::SingleFile, &["examples.rs", "traffic.rs"]),
    ] {
        let mut config = Config::default();
        config.rust.tests = true;
        config.rust.layout = layout;
        config.input.traffic.push(Traffic::exchanges("a.jsonl"));
        let output = modelsmith::generate("shop.yaml".as_ref(), &reader, &config);
        let output = output.expect("the document is right");
        let found: Vec<&str> = output
            .files
            .iter()
            .filter(|(_, text)| text.contains("pub fn first("))
            .map(|(path, _)| path)
            .collect();
        assert_eq!(found, files, "{layout:?}");
    }
}

/// In a module folder and in an included file, as a build script gives it.
#[test]
fn every_layout_has_its_tests() {
    let folder = shop();
    for (layout, out) in [("module", "user/src/folder"), ("single-file", "user/src/file")] {
        folder.write("layout.toml", &format!("layout = \"{layout}\"\n{SETTINGS}"));
        let run = folder.run(&["generate", "shop.yaml", "-o", out, "--config", "layout.toml", "-q"]);
        assert_eq!(run.code, Some(0), "{run}");
    }
    let built = folder.path("user/src/built");
    std::fs::create_dir_all(&built).expect("a folder can be made");
    let lines = modelsmith::build::models(folder.path("shop.yaml"))
        .traffic(folder.path("traffic/*.jsonl").display().to_string())
        .generate_into(&built)
        .expect("it can be built");
    let watched = format!("cargo::rerun-if-changed={}", folder.path("traffic").display());
    assert!(lines.contains(&watched), "{lines:?}");
    folder.run(&["generate", "shop.yaml", "-o", "package", "-q"]);
    let manifest = folder.read("package/Cargo.toml");
    let (_, dependencies) = manifest.split_once("[dependencies]\n").expect("there are some");
    folder.write(
        "user/Cargo.toml",
        &format!(
            "[package]\nname = \"traffic-user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}"
        ),
    );
    let included = |name: &str| {
        format!(
            "pub mod {name} {{\n    include!(\"{name}/models.rs\");\n\n    #[cfg(test)]\n    mod traffic {{\n        \
             include!(\"{name}/traffic.rs\");\n    }}\n}}\n\n"
        )
    };
    folder.write(
        "user/src/lib.rs",
        &format!("#![deny(warnings)]\n\npub mod folder;\n\n{}{}", included("file"), included("built")),
    );
    let passed = folder.cargo("user", &["test", "--lib"]);
    assert_eq!(passed.code, Some(0), "{passed}");
    for test in ["folder::traffic::list_orders", "file::traffic::event", "built::traffic::add_order"] {
        assert!(passed.stdout.contains(&format!("test {test} ... ok")), "{test}: {passed}");
    }
}

/// Names and texts that an author of tests would not think of, and the same bytes each time.
#[test]
fn hostile_recordings_become_harmless_text() {
    let lines = [
        r###"{"method":"GET","path":"/orders","status":200,"response":[{"id":1,"item":"\"#\"##\u0000\u2028 */ }} fn main() {","a\"]\n~/":1}]}"###.to_owned(),
        "{\"method\":\"GET\",\"path\":\"/orders\",\"status\":200,\"response\":[{\"id\":1,\"item\":\"\u{202e}x\",\"at\":null}]}".to_owned(),
        r#"{"method":"GET","path":"/orders","status":200,"response":[]}"#.to_owned(),
    ];
    let reader = MemoryReader::new()
        .with("shop.yaml", SHOP)
        .with("a\"b\n.jsonl", lines.join("\n"))
        .with("events/1.json", "{\"kind\":\"x\"}");
    let mut config = Config::default();
    config.input.traffic.push(Traffic::exchanges("a*.jsonl"));
    config.input.traffic.push(Traffic::exchanges("events").of(TrafficOf::Schema("Event".to_owned())));
    config.rust.layout = Layout::SingleFile;
    let emitted =
        || modelsmith::generate("shop.yaml".as_ref(), &reader, &config).expect("the document is right");
    let output = emitted();
    assert_eq!(output.files, emitted().files);
    let data = output.files.get("traffic.jsonl").expect("it is there");
    assert_eq!(data.lines().count(), 5, "{data}");
    assert!(data.is_ascii(), "{data}");
    let lines: Vec<serde_json::Value> =
        data.lines().skip(1).map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert_eq!(lines[0]["payload"]["kind"], "x");
    assert_eq!(lines[1]["response"][0]["item"], "\"#\"##\u{0}\u{2028} */ }} fn main() {");
    assert_eq!(lines[1]["except"], serde_json::json!(["/response/*/a\"]\n~0~1"]));
    assert_eq!(lines[1]["recorded"], "a\"b\n.jsonl, line 1");
}
