//! Streams and pages of operations: settings, extensions of documents, and what is kept for them.

use std::path::Path;

use modelsmith::config::{Config, DeepArrays};
use modelsmith::diagnostics::{Style, render};
use modelsmith::load::MemoryReader;
use modelsmith::settings;

use crate::cli_support::Folder;

const STREAMS: &str = include_str!("../../../tests/fixtures/streams.yaml");
const PAGES: &str = include_str!("../../../tests/fixtures/pages.yaml");

fn configured(text: &str) -> Config {
    settings::parse(text.to_owned(), "modelsmith.toml".to_owned(), Path::new(""))
        .unwrap_or_else(|error| panic!("{error}"))
}

/// What is said of settings that a document does not fit.
fn refused(document: &str, text: &str) -> String {
    let reader = MemoryReader::new().with("api.yaml", document);
    match modelsmith::generate("api.yaml".as_ref(), &reader, &configured(text)) {
        Ok(output) => panic!("{text}: {}", render(&output.warnings, &output.sources, Style::PLAIN)),
        Err(failure) => {
            let errors: Vec<_> = failure
                .diagnostics
                .into_iter()
                .filter(|finding| finding.severity == modelsmith::diagnostics::Severity::Error)
                .collect();
            render(&errors, &failure.sources, Style::PLAIN)
        }
    }
}

#[test]
fn what_settings_name_has_to_be_there() {
    let streams = [
        "[operation.caht]\nstream = \"Chunk\"\n",
        "[operation.\"GET /nothing\"]\ndone = \"[DONE]\"\n",
        "[operation.chat]\nstream = \"Chunks\"\n",
    ];
    let pages = [
        "[operation.byCursor]\npages = { cursor = \"aftre\", next = \"meta.next\" }\n",
        "[operation.byCursor]\npages = { cursor = \"after\", next = \"meta.nxt\" }\n",
        "[operation.byCursor]\npages = { cursor = \"after\", next = \"data.next\" }\n",
        "[operation.byCursor]\npages = { cursor = \"after\", next = \"meta.next\", more = \"mroe\" }\n",
        "[operation.byNumber]\npages = { page = \"page\", size = \"length\" }\n",
        "[operation.search]\npages = { cursor = \"body.strat\", next = \"meta.next\" }\n",
        "[operation.byLink]\npages = { cursor = \"body.start\", next = \"0.id\" }\n",
        "[operation.byLnik]\npages = \"link\"\n",
    ];
    let found = streams.map(|text| refused(STREAMS, text)).into_iter();
    let found: Vec<String> = found.chain(pages.map(|text| refused(PAGES, text))).collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn what_settings_name_has_to_be_of_a_type_that_fits() {
    const TYPES: &str = "openapi: 3.1.0
info: { title: Types, version: '1' }
paths:
  /list:
    get:
      operationId: list
      parameters:
        - { name: deep, in: query, schema: { type: boolean } }
        - { name: page, in: query, schema: { type: integer } }
      responses: { '200': { description: Page, content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } } }
components:
  schemas:
    Page:
      type: object
      properties:
        data: { type: array, items: { type: string } }
        meta: { type: object, properties: { next: { type: string }, total: { type: integer }, last: { type: boolean } } }
        free: {}
";
    let refusals = [
        "{ page = \"page\", items = \"meta\" }",
        "{ page = \"page\", items = \"meta.next\" }",
        "{ page = \"deep\", items = \"data\" }",
        "{ cursor = \"page\", next = \"data\" }",
        "{ cursor = \"page\", next = \"meta.last\" }",
        "{ link = \"meta.total\" }",
        "{ page = \"page\", items = \"data\", more = \"data\" }",
    ];
    let found = refusals.map(|pages| refused(TYPES, &format!("[operation.list]\npages = {pages}\n")));
    insta::assert_snapshot!(found.join("\n"));
    for pages in [
        "{ page = \"page\", items = \"data\", more = \"meta.last\", size = \"page\" }",
        "{ page = \"page\", items = \"free\", pages = \"meta.total\" }",
        "{ cursor = \"page\", next = \"meta.next\" }",
        "{ cursor = \"page\", next = \"data[-1]\" }",
        "{ link = \"meta.next\" }",
    ] {
        let text = format!("client = true\n[operation.list]\npages = {pages}\n");
        assert_eq!(warnings(TYPES, &text), "", "{pages}");
    }
}

/// The warnings of a document with settings.
fn warnings(document: &str, text: &str) -> String {
    let reader = MemoryReader::new().with("api.yaml", document);
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &configured(text))
        .unwrap_or_else(|failure| panic!("{}", render(&failure.diagnostics, &failure.sources, Style::PLAIN)));
    render(&output.warnings, &output.sources, Style::PLAIN)
}

#[test]
fn what_settings_say_in_vain_is_a_warning() {
    // An operation that is left out may be named all the same, and a marker needs a stream.
    let text = "exclude = [\"operation:chat\"]\n[operation.chat]\nstream = \"Chunk\"\n";
    insta::assert_snapshot!(warnings(STREAMS, text));
    insta::assert_snapshot!(
        "a_marker_without_a_stream",
        warnings(STREAMS, "client = true\n[operation.chat]\ndone = \"[DONE]\"\n")
    );
}

/// What says how calls are made is in vain where there are none.
#[test]
fn settings_for_calls_need_calls() {
    let without = "deep-arrays = \"brackets\"\n[operation.tokens]\ndone = \"[DONE]\"\n";
    insta::assert_snapshot!(warnings(STREAMS, without), @r#"
    warning[unused-setting]: `done` changes nothing about the operation `tokens`
     --> modelsmith.toml:3:8
      |
    3 | done = "[DONE]"
      |        ^
      |
      = help: it is for operations that can be called, which `client = true` emits the code for

    warning[unused-setting]: `deep-arrays` changes nothing: no calls are emitted
     --> modelsmith.toml:1:15
      |
    1 | deep-arrays = "brackets"
      |               ^
      |
      = help: it is for operations that can be called, which `client = true` emits the code for
    "#);
    assert_eq!(warnings(STREAMS, &format!("client = true\n{without}")), "");
    let pages = "[operation.byCursor]\npages = { cursor = \"after\", next = \"meta.next\" }\n";
    let found = warnings(PAGES, pages);
    let finding = "warning[unused-setting]: `pages` changes nothing about the operation `byCursor`\n --> modelsmith.toml:2:9\n";
    assert!(found.contains(finding), "{found}");
    assert!(!warnings(PAGES, &format!("client = true\n{pages}")).contains("unused-setting"));
    // A default that is spelled out does no harm, and what an item is needs no calls.
    let harmless = "deep-arrays = \"indexed\"\n[operation.chat]\nstream = \"Chunk\"\n";
    assert_eq!(warnings(STREAMS, harmless), "");
    // Who sets it in a build script has no file to point into.
    let mut config = Config::default();
    config.rust.deep_arrays = DeepArrays::Brackets;
    let reader = MemoryReader::new().with("api.yaml", STREAMS);
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it can be used");
    insta::assert_snapshot!(render(&output.warnings, &output.sources, Style::PLAIN), @r"
        warning[unused-setting]: `deep-arrays` changes nothing: no calls are emitted
         |
         = help: it is for operations that can be called, which `client = true` emits the code for
        ");
}

/// A cursor can be set in a body only if that is JSON, and nothing else.
#[test]
fn a_cursor_in_a_body_needs_one_json_body() {
    let document = |content: &str| {
        let content = format!("requestBody: {{ content: {{ {content} }} }}");
        let before = "requestBody: { content: { application/json: { schema: { type: object, properties: { text: { type: string }, start: { type: string } } } } } }";
        assert!(PAGES.contains(before));
        PAGES.replace(before, &content)
    };
    let schema = "{ schema: { type: object, properties: { start: { type: string } } } }";
    let text =
        "client = true\n[operation.search]\npages = { cursor = \"body.start\", next = \"meta.next\" }\n";
    let json = document(&format!("application/json: {schema}"));
    assert!(!warnings(&json, text).contains("search"));
    let message = "error[unfit-setting]: `POST /search` does not have a JSON object as its only body\n";
    for content in [
        format!("application/json: {schema}, text/csv: {{}}"),
        format!("application/x-www-form-urlencoded: {schema}"),
        "application/json: { schema: { type: string } }".to_owned(),
    ] {
        let found = refused(&document(&content), text);
        assert!(found.starts_with(message), "{content}: {found}");
    }
}

/// The feature for streams does not exist without streams, even if the settings switch it on.
#[test]
fn streams_are_switched_on_where_there_are_some() {
    let manifest = |document: &str| {
        let reader = MemoryReader::new().with("api.yaml", document);
        let config = configured("[client]\nfeatures = [\"ureq\", \"stream\"]\n");
        let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it can be used");
        output.files.get("Cargo.toml").expect("the manifest").to_owned()
    };
    let (with, without) = (manifest(STREAMS), manifest(PAGES));
    assert!(with.contains("default = [\"ureq\", \"stream\"]\n"), "{with}");
    assert!(without.contains("default = [\"ureq\"]\n") && !without.contains("stream"), "{without}");
    assert!(!without.contains("futures-core"), "{without}");
}

/// An empty URL, and none, is where the API is.
#[test]
fn a_server_without_a_url_is_the_one_that_is_set() {
    let module = |servers: &str| {
        let document = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\n{servers}\npaths: {{ /x: {{ get: {{ operationId: x, responses: {{}} }} }} }}\n"
        );
        let reader = MemoryReader::new().with("api.yaml", document);
        let config = configured("[client]\nserver = \"https://api.example.com/docs/api.yaml\"\n");
        let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it can be used");
        assert_eq!(render(&output.warnings, &output.sources, Style::PLAIN), "");
        output.files.get("src/client.rs").expect("the servers").to_owned()
    };
    for servers in ["", "servers: [{ url: '' }]"] {
        let module = module(servers);
        assert!(module.contains("\"https://api.example.com/docs/api.yaml\""), "{module}");
    }
    let up = module("servers: [{ url: '../{version}/x', variables: { version: { default: v2 } } }]");
    assert!(up.contains("https://api.example.com/{version}/x"), "{up}");
}

#[test]
fn an_operation_keeps_the_schemas_of_its_items() {
    let kept = |text: &str| {
        let reader = MemoryReader::new().with("api.yaml", STREAMS);
        let output =
            modelsmith::generate("api.yaml".as_ref(), &reader, &configured(text)).expect("it can be used");
        let models = output.files.iter().filter_map(|(path, _)| path.strip_prefix("src/models/"));
        models.map(|path| path.trim_end_matches(".rs").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kept("include = [\"operation:tokens\"]\n"), ["kind", "problem", "token"]);
    assert_eq!(kept("include = [\"operation:runs\"]\n"), ["created", "ended", "row", "run_event"]);
    assert_eq!(kept("include = [\"operation:features\"]\n"), ["feature"]);
    assert_eq!(kept("include = [\"operation:rows\"]\n"), ["row"]);
    let chat = "include = [\"operation:chat\"]\n[operation.chat]\nstream = \"Chunk\"\n";
    assert_eq!(kept(chat), ["answer", "chunk", "problem"]);
}

/// `itemSchema` beside `schema`: of what stands for many values that of an item counts, elsewhere the other one.
#[test]
fn the_schema_of_an_item_comes_first_where_there_are_items() {
    let document = |media_type: &str| {
        format!(
            "openapi: 3.2.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /x:\n    get:\n      operationId: x\n      responses:\n        '200':\n          \
             description: It\n          content:\n            {media_type}: {{ schema: {{ type: object, properties: {{ whole: {{ type: string }} }} }}, \
             itemSchema: {{ type: object, properties: {{ one: {{ type: string }} }} }} }}\n"
        )
    };
    let module = |media_type: &str| {
        let reader = MemoryReader::new().with("api.yaml", document(media_type));
        let config = configured("client = true\n");
        let output = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("it can be used");
        output.files.get("src/operations/x.rs").expect("the operation").to_owned()
    };
    let lines = module("application/x-ndjson; charset=utf-8");
    assert!(lines.contains("pub struct Item {\n    pub one: Option<String>,\n}"), "{lines}");
    assert!(!lines.contains("whole"), "{lines}");
    let json = module("application/json");
    assert!(json.contains("pub whole: Option<String>") && !json.contains("Item"), "{json}");
}

/// Without streams and pages the crate has nothing for them.
#[test]
fn the_runtime_has_what_the_document_needs() {
    let files = |document: &str, text: &str| {
        let folder = Folder::new();
        folder.write("api.yaml", document);
        folder.write("modelsmith.toml", text);
        let run = folder.run(&["generate", "api.yaml", "-o", "out"]);
        assert_eq!(run.code, Some(0), "{run}");
        folder
    };
    let plain =
        files(PAGES, "client = true\ninclude = [\"operation:unfit\"]\n[operation.unfit]\npages = false\n");
    let all = files(STREAMS, "client = true\n");
    let pages = files(PAGES, "client = true\n");
    for module in
        ["events", "items", "records", "stream", "streaming", "following", "futures", "stream_error"]
    {
        let path = format!("out/src/runtime/client/{module}.rs");
        assert!(all.exists(&path) && !plain.exists(&path) && !pages.exists(&path), "{module}");
    }
    for module in ["pages", "paged", "paging"] {
        let path = format!("out/src/runtime/client/{module}.rs");
        assert!(pages.exists(&path) && !plain.exists(&path) && !all.exists(&path), "{module}");
    }
    for word in ["Items", "Paged", "`items`", "mod pages", "futures"] {
        assert!(!plain.read("out/src/runtime/client.rs").contains(word), "{word}");
        assert!(!plain.read("out/src/client.rs").contains(word), "{word}");
    }
    assert!(!plain.read("out/Cargo.toml").contains("futures-core"));
    let manifest = all.read("out/Cargo.toml");
    assert!(manifest.contains("stream = [\"client\", \"dep:futures-core\"]"), "{manifest}");
    assert!(
        manifest.contains("futures-core = { version = \"0.3\", default-features = false, optional = true }")
    );
    // The package compiles with all of its features.
    for folder in [&plain, &all, &pages] {
        let run = folder.cargo("out", &["check", "--quiet", "--offline", "--features", "client,ureq"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run}");
    }
    let run = all.cargo("out", &["check", "--quiet", "--offline", "--all-features"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run}");
}
