//! `include` and `exclude`: what each kind of entry keeps, and what is said of entries that do nothing.

use std::path::Path;

use modelsmith::Output;
use modelsmith::config::Config;
use modelsmith::diagnostics::{Style, render};
use modelsmith::load::MemoryReader;
use modelsmith::settings;

const DOCUMENT: &str = include_str!("../../../tests/fixtures/include.yaml");

fn configured(text: &str) -> Config {
    settings::parse(text.to_owned(), "modelsmith.toml".to_owned(), Path::new(""))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn generated(config: &Config) -> Output {
    generated_from(DOCUMENT, config)
}

fn generated_from(document: &str, config: &Config) -> Output {
    let reader = MemoryReader::new().with("api.yaml", document);
    modelsmith::generate("api.yaml".as_ref(), &reader, config)
        .unwrap_or_else(|failure| panic!("{}", render(&failure.diagnostics, &failure.sources, Style::PLAIN)))
}

fn warnings(output: &Output) -> String {
    render(&output.warnings, &output.sources, Style::PLAIN)
}

/// The modules of the models and of the operations that are emitted, in the order of their names.
#[track_caller]
fn kept(text: &str) -> String {
    let output = generated(&configured(text));
    assert_eq!(warnings(&output), "", "{text}");
    modules(&output)
}

fn modules(output: &Output) -> String {
    let list = |folder: &str| {
        let paths =
            output.files.iter().filter_map(|(path, _)| path.strip_prefix(folder)?.strip_suffix(".rs"));
        paths.collect::<Vec<_>>().join(" ")
    };
    format!("{} | {}", list("src/models/"), list("src/operations/"))
}

#[test]
fn everything_is_kept_without_entries() {
    insta::assert_snapshot!(kept(""), @"bike car cat delivery dog event lonely lonely_too mood order owner pet problem size stock_input stock_output vehicle | cars_get delete_pets_id_owner owners_get pets_create pets_delivered pets_list post_new_pet vehicles_list");
}

#[test]
fn an_operation_keeps_what_it_reaches() {
    insta::assert_snapshot!(kept(r#"include = ["operation:pets/list"]"#), @"cat dog pet size | pets_list");
    // Recursion and what a default names.
    insta::assert_snapshot!(kept(r#"include = ["operation:owners/get"]"#), @"mood owner problem | owners_get");
}

#[test]
fn an_operation_without_an_identifier_is_named_by_its_method_and_path() {
    insta::assert_snapshot!(kept(r#"include = ["operation:DELETE /pets/{id}/owner"]"#), @"problem | delete_pets_id_owner");
    insta::assert_snapshot!(kept(r#"include = ["operation:* webhook:newPet"]"#), @"cat dog event pet size | post_new_pet");
}

#[test]
fn a_tag_keeps_its_operations() {
    insta::assert_snapshot!(kept(r#"include = ["tag:owners"]"#), @"mood owner problem | delete_pets_id_owner owners_get");
}

#[test]
fn a_path_keeps_all_its_methods() {
    insta::assert_snapshot!(kept(r#"include = ["path:/pets/{id}/owner"]"#), @"mood owner problem | delete_pets_id_owner owners_get");
    insta::assert_snapshot!(kept(r#"include = ["path:webhook:newPet"]"#), @"cat dog event pet size | post_new_pet");
}

#[test]
fn a_schema_is_kept_with_what_it_refers_to() {
    insta::assert_snapshot!(kept(r#"include = ["schema:Lonely"]"#), @"lonely mood |");
}

#[test]
fn a_parent_is_kept_with_its_children_and_a_child_without_its_parent() {
    insta::assert_snapshot!(kept(r#"include = ["operation:vehicles/list"]"#), @"bike car vehicle | vehicles_list");
    insta::assert_snapshot!(kept(r#"include = ["operation:cars/get"]"#), @"car | cars_get");
}

#[test]
fn a_callback_is_kept_with_its_operation_and_the_other_way_round() {
    insta::assert_snapshot!(kept(r#"include = ["operation:pets/create"]"#), @"delivery order stock_output | pets_create pets_delivered");
    insta::assert_snapshot!(kept(r#"include = ["operation:pets/delivered"]"#), @"delivery order stock_output | pets_create pets_delivered");
    insta::assert_snapshot!(
        kept(r#"
        include = ["operation:pets/create"]
        exclude = ["operation:pets/delivered"]"#),
        @"order | pets_create"
    );
}

#[test]
fn a_star_stands_for_any_text() {
    insta::assert_snapshot!(kept(r#"include = ["operation:*s/get"]"#), @"car mood owner problem | cars_get owners_get");
    insta::assert_snapshot!(kept(r#"include = ["path:/pets/*"]"#), @"mood owner problem | delete_pets_id_owner owners_get");
    insta::assert_snapshot!(kept(r#"include = ["schema:Lonely*"]"#), @"lonely lonely_too mood |");
}

#[test]
fn what_is_excluded_is_no_root() {
    insta::assert_snapshot!(kept(r#"exclude = ["tag:*", "path:webhook:*", "schema:Lonely*"]"#), @"bike car cat delivery dog event mood order owner pet problem size stock_input stock_output vehicle | cars_get vehicles_list");
    insta::assert_snapshot!(kept(r#"exclude = ["path:*", "schema:*e*", "schema:*a*", "schema:*o*"]"#), @" |");
}

#[test]
fn exclude_has_the_last_word() {
    insta::assert_snapshot!(
        kept(r#"
        include = ["tag:pets", "schema:Lonely*"]
        exclude = ["tag:admin", "schema:LonelyToo"]"#),
        @"cat dog lonely mood pet size | pets_list"
    );
}

/// Both sides of a pair that is one type are needed to know that it is one; otherwise the other side is not kept.
#[test]
fn one_side_of_a_pair_has_the_name_that_it_has_in_the_whole_document() {
    insta::assert_snapshot!(kept(r#"include = ["schema:Order-Output"]"#), @"order |");
    insta::assert_snapshot!(kept(r#"include = ["schema:Stock-Output"]"#), @"stock_output |");
}

#[test]
fn entries_that_match_nothing_are_reported_with_what_is_like_them() {
    let text = r#"include = [
    "operation:pets/lsit",
    "operation:pets/list",
    "schema:pets",
    "path:/nothing/like/it/*",
]
exclude = ["tag:admim"]
"#;
    insta::assert_snapshot!(warnings(&generated(&configured(text))), @r#"
    warning[unused-setting]: `operation:pets/lsit` in `include` matches nothing in the document
     --> modelsmith.toml:2:5
      |
    2 |     "operation:pets/lsit",
      |     ^
      |
      = help: did you mean `operation:pets/list`?

    warning[unused-setting]: `schema:pets` in `include` matches nothing in the document
     --> modelsmith.toml:4:5
      |
    4 |     "schema:pets",
      |     ^
      |
      = help: did you mean `tag:pets`?

    warning[unused-setting]: `path:/nothing/like/it/*` in `include` matches nothing in the document
     --> modelsmith.toml:5:5
      |
    5 |     "path:/nothing/like/it/*",
      |     ^

    warning[unused-setting]: `tag:admim` in `exclude` matches nothing in the document
     --> modelsmith.toml:7:12
      |
    7 | exclude = ["tag:admim"]
      |            ^
      |
      = help: did you mean `tag:admin`?
    "#);
}

#[test]
fn an_include_that_matches_nothing_at_all_is_refused() {
    let config = configured("include = [\"tag:pest\", \"operation:nobody/calls/this\"]\n");
    let reader = MemoryReader::new().with("api.yaml", DOCUMENT);
    let failure = modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect_err("nothing is left");
    insta::assert_snapshot!(render(&failure.diagnostics, &failure.sources, Style::PLAIN).trim_end(), @r#"
    warning[unused-setting]: `tag:pest` in `include` matches nothing in the document
     --> modelsmith.toml:1:12
      |
    1 | include = ["tag:pest", "operation:nobody/calls/this"]
      |            ^
      |
      = help: did you mean `tag:pets`?

    warning[unused-setting]: `operation:nobody/calls/this` in `include` matches nothing in the document
     --> modelsmith.toml:1:24
      |
    1 | include = ["tag:pest", "operation:nobody/calls/this"]
      |                        ^

    error[nothing-included]: no entry of `include` matches anything: nothing would be emitted
     --> modelsmith.toml:1:12
      |
    1 | include = ["tag:pest", "operation:nobody/calls/this"]
      |            ^
      |
      = help: correct the entries, or drop `include` to keep everything
    "#);
}

#[test]
fn settings_without_a_file_have_no_place() {
    let mut config = Config::default();
    for entry in ["schema:Ownr", "schema:Owner"] {
        config.select.include.push(entry.parse().expect("the entry is right"));
    }
    let output = generated(&config);
    insta::assert_snapshot!(warnings(&output), @r#"
    warning[unused-setting]: `schema:Ownr` in `include` matches nothing in the document
     |
     = help: did you mean `schema:Owner`?
    "#);
    insta::assert_snapshot!(render(&output.warnings, &output.sources, Style::JsonLines), @r#"{"code":"unused-setting","severity":"warning","message":"`schema:Ownr` in `include` matches nothing in the document","file":null,"line":null,"column":null,"pointer":null,"related":[],"help":"did you mean `schema:Owner`?"}"#);
}

#[test]
fn excluded_schemas_that_are_needed_are_reported_and_kept() {
    let text = r#"include = ["operation:pets/list"]
exclude = ["schema:Size", "schema:*o*", "schema:Lonely"]
"#;
    let output = generated(&configured(text));
    insta::assert_snapshot!(modules(&output), @"cat dog pet size | pets_list");
    insta::assert_snapshot!(warnings(&output), @r#"
    warning[excluded-but-needed]: `Size` is excluded, but something that is kept refers to it
     --> modelsmith.toml:2:12
      |
    2 | exclude = ["schema:Size", "schema:*o*", "schema:Lonely"]
      |            ^
      |
      = help: it is still emitted; also exclude what refers to it, or remove this entry

    warning[excluded-but-needed]: `Dog` is excluded, but something that is kept refers to it
     --> modelsmith.toml:2:27
      |
    2 | exclude = ["schema:Size", "schema:*o*", "schema:Lonely"]
      |                           ^
      |
      = help: it is still emitted; also exclude what refers to it, or remove this entry
    "#);
}

/// Of the two sides only one is emitted, so the other is not there in spite of the entry.
#[test]
fn the_other_side_of_a_pair_may_be_excluded() {
    insta::assert_snapshot!(
        kept(r#"
        include = ["operation:pets/create"]
        exclude = ["schema:Order-Input"]"#),
        @"delivery order stock_output | pets_create pets_delivered"
    );
}

/// What is kept is named and written as in the whole document where no dropped name is in between.
#[test]
fn what_is_kept_is_what_the_whole_document_gives() {
    let whole = generated(&Config::default());
    let cut = generated(&configured(r#"include = ["tag:pets", "tag:owners", "schema:Stock-Input"]"#));
    let mut compared = 0;
    for (path, text) in cut.files.iter().filter(|(path, _)| path.matches('/').count() == 2) {
        assert_eq!(Some(text), whole.files.get(path), "{path}");
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

/// What stands in an operation and is shared, by a reference into it or through a component.
const SHARED: &str = r##"
openapi: 3.1.0
info: { title: Shared, version: "1" }
paths:
  /a:
    get:
      operationId: getA
      responses: { "200": { $ref: "#/components/responses/Page" } }
    patch:
      operationId: patchA
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
      responses:
        "200": { description: A, content: { application/json: { schema: { type: object, properties: { x: { type: string } } } } } }
  /b:
    get:
      operationId: getB
      responses: { "200": { $ref: "#/components/responses/Page" } }
    post:
      operationId: postB
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
      responses:
        "200":
          description: B
          content:
            application/json:
              schema: { $ref: "#/paths/~1a/patch/responses/200/content/application~1json/schema" }
components:
  responses:
    Page:
      description: Page
      content: { application/json: { schema: { type: object, properties: { next: { type: string } } } } }
  schemas:
    Note: { type: object, properties: { text: { type: [string, "null"] } } }
"##;

/// The first operation of the whole document that has a type is where it stands; in a cut the first that is kept.
#[test]
fn what_operations_share_stands_in_one_that_is_kept() {
    let whole = generated_from(SHARED, &Config::default());
    let cut = generated_from(SHARED, &configured(r#"include = ["operation:getB"]"#));
    let declares = |output: &Output, module: &str| {
        let file = output.files.get(&format!("src/operations/{module}.rs")).unwrap_or_default();
        file.contains("pub struct ")
    };
    assert!(declares(&whole, "get_a") && !declares(&whole, "get_b"));
    assert!(declares(&cut, "get_b"));
    assert_eq!(modules(&cut), " | get_b");
}

/// A schema that is a component only since something refers into an operation goes with what refers to it.
#[test]
fn what_is_referred_to_in_place_is_no_root() {
    let output = generated_from(SHARED, &configured(r#"exclude = ["path:/b", "operation:patchA"]"#));
    assert_eq!(modules(&output), "note | get_a");
    let output = generated_from(SHARED, &configured(r#"exclude = ["operation:patchA"]"#));
    insta::assert_snapshot!(modules(&output), @"note patch_a_response | get_a get_b post_b");
}

/// An operation that is dropped decides nothing.
#[test]
fn a_dropped_patch_gives_no_three_states() {
    let note = |text: &str| {
        let output = generated_from(SHARED, &configured(text));
        output.files.get("src/models/note.rs").unwrap_or_default().contains("Patch<")
    };
    assert!(note(""));
    assert!(!note(r#"include = ["operation:postB"]"#));
}

#[test]
fn build_scripts_cut_too() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("api.yaml"), DOCUMENT).expect("files can be written");
    std::fs::write(at("cut.toml"), "include = [\n\"schema:Mood\",\n\"tag:pest\"]\n")
        .expect("files can be written");
    let lines = modelsmith::build::models(at("api.yaml"))
        .config(at("cut.toml"))
        .generate_into(folder.path())
        .unwrap_or_else(|error| panic!("{error}"));
    let models = std::fs::read_to_string(at("models.rs")).expect("it was written");
    assert!(models.contains("pub enum Mood") && !models.contains("pub enum Size"), "{models}");
    let [document, settings, warning] = &lines[..] else { panic!("{lines:?}") };
    assert!(document.ends_with("api.yaml") && settings.ends_with("cut.toml"), "{lines:?}");
    assert!(
        warning.ends_with(
            "cut.toml:3:1: `tag:pest` in `include` matches nothing in the document [unused-setting]"
        ),
        "{warning}"
    );

    let mut config = Config::default();
    config.select.exclude.push("path:/nowhere".parse().expect("the entry is right"));
    let lines = modelsmith::build::models(at("api.yaml"))
        .settings(config)
        .generate_into(folder.path())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        lines.last().map(String::as_str),
        Some("cargo::warning=`path:/nowhere` in `exclude` matches nothing in the document [unused-setting]")
    );
}

#[test]
fn what_only_calls_mention_is_kept_with_the_operation() {
    let document = r##"
openapi: 3.0.3
info: { title: Files, version: "1" }
paths:
  /files:
    post:
      operationId: upload
      requestBody:
        content:
          application/json: { schema: { $ref: "#/components/schemas/Text" } }
          multipart/form-data: { schema: { $ref: "#/components/schemas/Upload" } }
      responses:
        "204":
          description: ok
          headers:
            X-Kind: { schema: { $ref: "#/components/schemas/Kind" } }
components:
  schemas:
    Text: { type: object, properties: { text: { type: string } } }
    Upload: { type: object, properties: { name: { type: string } } }
    Kind: { type: string, enum: [small, large] }
    Other: { type: object, properties: { other: { type: string } } }
"##;
    let output = generated_from(document, &configured("client = true\ninclude = [\"operation:upload\"]"));
    assert_eq!(warnings(&output), "");
    assert_eq!(modules(&output), "kind text upload | upload");
    let without = generated_from(document, &configured("include = [\"operation:upload\"]"));
    assert_eq!(modules(&without), "text | upload");
}
