//! Overlays: what they make of a document, and what is said of those that cannot be applied.

use crate::overlay_support::{after, said, tree};

const API: &str = "\
openapi: 3.1.0
info: { title: Pets, version: \"1\" }
x-level: 1
paths:
  /pets:
    get: { tags: [a, b], x-traits: [paged], parameters: [{ name: top }, { name: skip }] }
    post: { tags: [b] }
components:
  schemas:
    Pet: { type: object, required: [id], example: { id: 1 } }
";

/// The members of the root that differ from those of [`API`], after the actions of an overlay.
fn changed(version: &str, actions: &str) -> String {
    after(API, &[&format!("overlay: {version}\nactions:\n{actions}")])
}

#[test]
fn an_update_is_merged_recursively() {
    insta::assert_snapshot!(changed("1.0.0", "- target: $
  update:
    info: { title: Dogs, summary: New }
    components: { schemas: { Pet: { required: [name] }, Dog: { type: object } } }
"), @r#"
    info: {"title":"Dogs","version":"1","summary":"New"}
    components: {"schemas":{"Pet":{"type":"object","required":["id","name"]},"Dog":{"type":"object"}}}
    "#);
}

#[test]
fn an_array_gets_an_element_or_in_1_1_those_of_another_array() {
    let update =
        "- target: $.paths.*.get.tags\n  update: [c, d]\n- target: $.paths.*.get.tags\n  update: e\n";
    insta::assert_snapshot!(changed("1.0.1", update), @r#"paths: {"/pets":{"get":{"tags":["a","b",["c","d"],"e"],"parameters":[{"name":"top"},{"name":"skip"}]},"post":{"tags":["b"]}}}"#);
    insta::assert_snapshot!(changed("1.1.0", update), @r#"paths: {"/pets":{"get":{"tags":["a","b","c","d","e"],"parameters":[{"name":"top"},{"name":"skip"}]},"post":{"tags":["b"]}}}"#);
}

#[test]
fn a_primitive_is_replaced_in_1_1() {
    insta::assert_snapshot!(changed("1.1.0", "- target: $.info['title', 'version']\n  update: x\n"), @r#"info: {"title":"x","version":"x"}"#);
}

#[test]
fn what_is_removed_is_chosen_before_anything_moves() {
    insta::assert_snapshot!(
        changed("1.0.0", "- target: $.paths.*.*.tags[?@ == 'b']\n  remove: true\n- target: $.paths.*.get.parameters[0, 1, 0]\n  remove: true\n"),
        @r#"paths: {"/pets":{"get":{"tags":["a"],"parameters":[]},"post":{"tags":[]}}}"#
    );
    insta::assert_snapshot!(changed("1.0.0", "- target: $..[?@.tags]\n  remove: true\n  update: { x: 1 }\n"), @r#"paths: {"/pets":{}}"#);
}

#[test]
fn a_copy_moves_with_an_update_before_and_a_removal_after_it() {
    insta::assert_snapshot!(changed("1.1.0", "- target: $.paths
  update: { /dogs: {} }
- target: $.paths['/dogs']
  copy: $.paths['/pets']
- target: $.paths['/pets']
  remove: true
"), @r#"paths: {"/dogs":{"get":{"tags":["a","b"],"parameters":[{"name":"top"},{"name":"skip"}]},"post":{"tags":["b"]}}}"#);
}

#[test]
fn examples_and_extensions_can_be_targets_though_models_never_see_them() {
    insta::assert_snapshot!(
        changed("1.0.0", "- target: $..[?@['x-traits'][?@ == 'paged']]\n  update: { deprecated: true }\n- target: $..[?@.example.id == 1]\n  update: { title: Seen }\n"),
        @r#"
    paths: {"/pets":{"get":{"tags":["a","b"],"parameters":[{"name":"top"},{"name":"skip"}],"deprecated":true},"post":{"tags":["b"]}}}
    components: {"schemas":{"Pet":{"type":"object","required":["id"],"title":"Seen"}}}
    "#
    );
}

#[test]
fn an_overlay_that_changes_nothing_leaves_every_document_as_it_is() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lower");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the fixtures are there") {
        let path = entry.expect("a readable entry").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let api = std::fs::read_to_string(&path).expect("the fixture is text");
            let noop = "overlay: 1.0.0\nactions: [{ target: $, update: {} }]";
            assert_eq!(tree(&api, &[noop]), tree(&api, &[]), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 10);
}

#[test]
fn overlays_come_one_after_the_other() {
    let first = "overlay: 1.0.0\nactions: [{ target: $.info, update: { x-by: first, summary: First } }]";
    let second = "{\"overlay\": \"1.1.0\", \"actions\": [{ \"target\": \"$.info[?@ == 'First']\", \"update\": \"Second\" }]}";
    insta::assert_snapshot!(after(API, &[first, second]), @r#"info: {"title":"Pets","version":"1","summary":"Second"}"#);
}

#[test]
fn what_matches_nothing_is_a_warning_at_its_place() {
    insta::assert_snapshot!(said(API, "overlay: 1.0.0
actions:
  - target: $.info
    update: {}
  - target: $.paths['/pts']
    remove: true
  - { target: $.info }
"), @"
    warning[overlay-no-effect]: `$.paths['/pts']` matches nothing
     --> overlay1.yaml:5:5
      |
    5 |   - target: $.paths['/pts']
      |     ^^^^^^
      |
      = help: correct the JSONPath, or drop the action if the document no longer needs it

    warning[overlay-no-effect]: the action has neither `update`, `copy` nor `remove: true`
     --> overlay1.yaml:7:5
      |
    7 |   - { target: $.info }
      |     ^
    ");
}

#[test]
fn what_is_no_overlay() {
    insta::assert_snapshot!(said(API, "[]"), @"
    error[not-overlay]: this is not an OpenAPI Overlay document: it is an array
     --> overlay1.yaml:1:1
      |
    1 | []
      | ^
      |
      = help: an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action
    ");
    insta::assert_snapshot!(said(API, API), @"
    error[not-overlay]: this is not an OpenAPI Overlay document: it is an OpenAPI document
     --> overlay1.yaml:1:1
      |
    1 | openapi: 3.1.0
      | ^^^^^^^
      |
      = help: an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action
    ");
    insta::assert_snapshot!(said(API, "actions: []"), @"
    error[not-overlay]: this is not an OpenAPI Overlay document: it has no member `overlay`
     --> overlay1.yaml:1:1
      |
    1 | actions: []
      | ^^^^^^^
      |
      = help: an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action
    ");
    insta::assert_snapshot!(said(API, "overlay: 1.2.0\nactions: []"), @"
    error[unsupported-version]: `overlay: 1.2.0` is a version that modelsmith does not know
     --> overlay1.yaml:1:1
      |
    1 | overlay: 1.2.0
      | ^^^^^^^
      |
      = help: it knows 1.0.x and 1.1.x
    ");
    insta::assert_snapshot!(said(API, "overlay: { version: 1.0.0 }"), @"
    error[unsupported-version]: `overlay: an object` is a version that modelsmith does not know
     --> overlay1.yaml:1:1
      |
    1 | overlay: { version: 1.0.0 }
      | ^^^^^^^
      |
      = help: it knows 1.0.x and 1.1.x
    ");
    insta::assert_snapshot!(said(API, "overlay: 1.0.0\ninfo: { title: None }\n"), @"
    error[not-overlay]: this is not an OpenAPI Overlay document: it has no member `actions`
     --> overlay1.yaml:1:1
      |
    1 | overlay: 1.0.0
      | ^^^^^^^
      |
      = help: an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action
    ");
    insta::assert_snapshot!(said(API, "overlay: 1.0.0\nactions: []"), @"
    error[not-overlay]: this is not an OpenAPI Overlay document: `actions` is empty
     --> overlay1.yaml:2:1
      |
    2 | actions: []
      | ^^^^^^^
      |
      = help: an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action
    ");
    insta::assert_snapshot!(said(API, "overlay: 1.0.0\nactions: { target: $ }"), @"
    error[not-overlay]: this is not an OpenAPI Overlay document: `actions` is an object
     --> overlay1.yaml:2:1
      |
    2 | actions: { target: $ }
      | ^^^^^^^
      |
      = help: an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action
    ");
    insta::assert_snapshot!(said(API, "overlay: [1.0.0\n"), @r#"
    error[syntax]: invalid YAML: unclosed bracket '['
     --> overlay1.yaml:1:10
      |
    1 | overlay: [1.0.0
      |          ^
    "#);
}

#[test]
fn all_actions_that_are_wrong_are_said() {
    insta::assert_snapshot!(said(API, "overlay: 1.0.0
actions:
  - update everything
  - update: {}
  - { target: 1, remove: true }
  - { target: $, remove: \"true\" }
  - { target: $.info, copy: $.paths }
  - { target: paths, remove: true }
  - { target: $.x-level, remove: true }
"), @r#"
    error[overlay-action]: an action must be an object but is a string
     --> overlay1.yaml:3:5
      |
    3 |   - update everything
      |     ^^^^^^^^^^^^^^^^^
      |
      = help: an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`

    error[overlay-action]: the action has no `target`
     --> overlay1.yaml:4:5
      |
    4 |   - update: {}
      |     ^^^^^^
      |
      = help: an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`

    error[overlay-action]: `target` must be a JSONPath but is a number
     --> overlay1.yaml:5:7
      |
    5 |   - { target: 1, remove: true }
      |       ^^^^^^
      |
      = help: an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`

    error[overlay-action]: `remove` must be a boolean but is a string
     --> overlay1.yaml:6:18
      |
    6 |   - { target: $, remove: "true" }
      |                  ^^^^^^
      |
      = help: an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`

    error[overlay-action]: `copy` needs `overlay: 1.1.0`
     --> overlay1.yaml:7:23
      |
    7 |   - { target: $.info, copy: $.paths }
      |                       ^^^^
      |
      = help: an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`

    error[invalid-json-path]: `paths` is not a JSONPath expression: expected `$`
     --> overlay1.yaml:8:7
      |
    8 |   - { target: paths, remove: true }
      |       ^^^^^^
      |
      = help: a path begins with `$`; names that are not plain words are quoted: `$['x-name']`

    error[invalid-json-path]: `$.x-level` is not a JSONPath expression: expected the end, segment, or a letter
     --> overlay1.yaml:9:7
      |
    9 |   - { target: $.x-level, remove: true }
      |       ^^^^^^
      |
      = help: a path begins with `$`; names that are not plain words are quoted: `$['x-name']`
    "#);
    insta::assert_snapshot!(said(API, "overlay: 1.1.0
actions:
  - { target: $.info, copy: $.paths, update: {} }
  - { target: $.info, copy: \"$.paths[\" }
"), @r#"
    error[overlay-action]: the action has both `update` and `copy`: make two actions of it
     --> overlay1.yaml:3:23
      |
    3 |   - { target: $.info, copy: $.paths, update: {} }
      |                       ^^^^
      |
      = help: an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`

    error[invalid-json-path]: `$.paths[` is not a JSONPath expression: expected selector
     --> overlay1.yaml:4:23
      |
    4 |   - { target: $.info, copy: "$.paths[" }
      |                       ^^^^
      |
      = help: a path begins with `$`; names that are not plain words are quoted: `$['x-name']`
    "#);
}

#[test]
fn what_cannot_be_merged() {
    let one = |version: &str, action: &str| said(API, &format!("overlay: {version}\nactions:\n{action}"));
    insta::assert_snapshot!(one("1.1.0", "  - target: $.components\n    update:\n      schemas:\n        Pet:\n          type: [object, \"null\"]\n"), @r#"
    error[overlay-mismatch]: an array cannot be merged into a primitive value
      --> overlay1.yaml:7:11
       |
     7 |           type: [object, "null"]
       |           ^^^^
       |
    note: the target
      --> api.yaml:10:12
       |
    10 |     Pet: { type: object, required: [id], example: { id: 1 } }
       |            ^^^^
    help: to put another kind of value there, remove the old one in an action before this one
    "#);
    insta::assert_snapshot!(one("1.0.0", "  - { target: $.info.title, update: Dogs }\n"), @r#"
    error[overlay-mismatch]: a primitive value cannot be a target in Overlay 1.0
     --> overlay1.yaml:3:29
      |
    3 |   - { target: $.info.title, update: Dogs }
      |                             ^^^^^^
      |
    note: the target
     --> api.yaml:2:9
      |
    2 | info: { title: Pets, version: "1" }
      |         ^^^^^
    help: target the object that holds it, or write `overlay: 1.1.0`
    "#);
    insta::assert_snapshot!(one("1.1.0", "  - { target: $.info.title, update: { a: 1 } }\n"), @r#"
    error[overlay-mismatch]: an object cannot be merged into a primitive value
     --> overlay1.yaml:3:29
      |
    3 |   - { target: $.info.title, update: { a: 1 } }
      |                             ^^^^^^
      |
    note: the target
     --> api.yaml:2:9
      |
    2 | info: { title: Pets, version: "1" }
      |         ^^^^^
    help: to put another kind of value there, remove the old one in an action before this one
    "#);
    insta::assert_snapshot!(one("1.1.0", "  - { target: \"$..tags[0, 1]\", copy: $.components }\n"), @r#"
    error[overlay-mismatch]: an object cannot be merged into a primitive value
     --> overlay1.yaml:3:32
      |
    3 |   - { target: "$..tags[0, 1]", copy: $.components }
      |                                ^^^^
      |
    note: the target
     --> api.yaml:6:19
      |
    6 |     get: { tags: [a, b], x-traits: [paged], parameters: [{ name: top }, { name: skip }] }
      |                   ^
    help: to put another kind of value there, remove the old one in an action before this one
    "#);
    insta::assert_snapshot!(one("1.1.0", "  - { target: $.paths..*, update: { a: 1 } }\n"), @"
    error[overlay-mismatch]: the target matches both an object and an array
     --> overlay1.yaml:3:7
      |
    3 |   - { target: $.paths..*, update: { a: 1 } }
      |       ^^^^^^
      |
      = help: make an action for each: they are changed in different ways
    ");
    insta::assert_snapshot!(one("1.1.0", "  - { target: $, remove: true }\n"), @"
    error[overlay-action]: the whole document cannot be removed
     --> overlay1.yaml:3:7
      |
    3 |   - { target: $, remove: true }
      |       ^^^^^^
      |
      = help: remove members of it: `$.*` matches all of them
    ");
}

#[test]
fn a_copy_needs_exactly_one_value() {
    let copy =
        |from: &str| said(API, &format!("overlay: 1.1.0\nactions:\n  - target: $.info\n    copy: {from}\n"));
    insta::assert_snapshot!(copy("$.nothing"), @"
    error[overlay-copy-source]: `$.nothing` matches nothing, so there is nothing to copy
     --> overlay1.yaml:4:5
      |
    4 |     copy: $.nothing
      |     ^^^^
      |
      = help: correct the JSONPath so that it matches exactly one value
    ");
    insta::assert_snapshot!(copy("$.paths.*.*"), @"
    error[overlay-copy-source]: `$.paths.*.*` matches 2 values; one can be copied
     --> overlay1.yaml:4:5
      |
    4 |     copy: $.paths.*.*
      |     ^^^^
      |
      = help: correct the JSONPath so that it matches exactly one value
    ");
}

#[test]
fn copies_of_copies_are_bounded() {
    let wide = "  - { target: $.info, copy: $ }\n  - { target: $.paths, copy: $ }\n".repeat(20);
    insta::assert_snapshot!(said(API, &format!("overlay: 1.1.0\nactions:\n{wide}")), @"
    error[too-large]: the overlays add more than modelsmith accepts
      --> overlay1.yaml:19:23
       |
    19 |   - { target: $.info, copy: $ }
       |                       ^^^^
       |
       = help: add large parts as components once, and refer to them by `$ref`
    ");
}

#[test]
fn depth_is_bounded() {
    let api = format!("{{\"openapi\": \"3.1.0\", \"x-deep\": {}1{}}}", "[".repeat(500), "]".repeat(500));
    let all = "  - { target: \"$..[?@ == 1]\", update: 2 }\n  - { target: $..*, remove: true }\n";
    assert_eq!(said(&api, &format!("overlay: 1.1.0\nactions:\n{all}")), "");
    let update =
        format!("  - {{ target: \"$..[?@[0] == 1]\", update: {}{} }}\n", "[".repeat(20), "]".repeat(20));
    insta::assert_snapshot!(said(&api, &format!("overlay: 1.0.0\nactions:\n{update}")), @r#"
    error[too-deep]: values are nested more than 512 levels deep after this action
     --> overlay1.yaml:3:34
      |
    3 |   - { target: "$..[?@[0] == 1]", update: [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]] }
      |                                  ^^^^^^
    "#);
    let path =
        format!("  - {{ target: \"$[?{}@.a{}]\", remove: true }}\n", "(".repeat(9999), ")".repeat(9999));
    let said = said(&api, &format!("overlay: 1.0.0\nactions:\n{path}"));
    assert!(
        said.contains("…` is not a JSONPath expression: JSONPath nesting depth exceeds the maximum of 128"),
        "{said}"
    );
    let nested = "@[?".repeat(60) + "@.a" + &"]".repeat(60);
    let parens = format!("{}@.a{}", "(".repeat(120), ")".repeat(120));
    for filter in [nested, parens] {
        let action = format!("  - {{ target: \"$[?{filter}]\", remove: true }}\n");
        let said = said_of(&api, &action);
        assert!(said.contains("matches nothing") || said.is_empty(), "{said}");
    }
}

fn said_of(api: &str, action: &str) -> String {
    said(api, &format!("overlay: 1.0.0\nactions:\n{action}"))
}
