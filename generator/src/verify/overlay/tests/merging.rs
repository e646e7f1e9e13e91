//! Existing overlays: appending actions, and finding corrections that are not needed.

use crate::testing::recorded::{Recorded, corrected, unneeded_lines, whole, with_what_is_left};
use crate::verify::overlay::{self, Asked};

#[test]
fn actions_are_put_behind_those_of_an_overlay_that_is_there() {
    let document = whole("3.1.0", "A: { type: object, required: [a], properties: { a: { type: string } } }");
    let overlay = "\
# Written by hand.
overlay: 1.1.0 # the version
info: { title: Fixes, version: 1.0.0 }
actions:
    # A is closed.
    - target: $.components.schemas.A
      update: { additionalProperties: false } # as the server says

# The end.
x-more: 1
";
    let recorded = [("A", serde_json::json!({}))];
    let text = corrected(&document, "", Some(overlay), &recorded, Asked::default());
    insta::assert_snapshot!(text, @r#"
        # Written by hand.
        overlay: 1.1.0 # the version
        info: { title: Fixes, version: 1.0.0 }
        actions:
            # A is closed.
            - target: $.components.schemas.A
              update: { additionalProperties: false } # as the server says
            # Recorded once: the required property `a` is missing.
            - target: $.components.schemas.A.required
              remove: true
        
        # The end.
        x-more: 1
        "#);
}

#[test]
fn an_overlay_in_another_style_keeps_its_actions() {
    let document = whole("3.1.0", "A: { type: object, required: [a], properties: { a: { type: string } } }");
    let overlay = "{ overlay: 1.0.0, info: { title: Fixes, version: 1.0.0 }, actions: [{ target: $.info, update: { x-a: 1 } }] }";
    let recorded = [("A", serde_json::json!({}))];
    let text = corrected(&document, "", Some(overlay), &recorded, Asked::default());
    insta::assert_snapshot!(text, @r#"
        overlay: 1.0.0
        info:
          title: Fixes
          version: 1.0.0
        actions:
        - target: $.info
          update:
            x-a: 1
        - target: $.components.schemas.A.required
          description: 'Recorded once: the required property `a` is missing.'
          remove: true
        "#);
}

#[test]
fn json_overlays_have_the_reasons_in_descriptions() {
    let corrections = [overlay::Correction {
        reasons: vec!["Recorded once: `null` is not allowed.".to_owned()],
        actions: vec![
            overlay::Action::remove("$.a.type".to_owned()),
            overlay::Action::update("$.a".to_owned(), Vec::new()),
        ],
    }];
    let header = overlay::Header { title: "Pets".to_owned(), extends: "pets.json".to_owned() };
    let new = overlay::appended("fix.json".as_ref(), None, &header, &corrections).expect("it is an overlay");
    insta::assert_snapshot!(new, @r#"
        {
          "overlay": "1.0.0",
          "info": {
            "title": "Corrections of Pets learned from recorded traffic",
            "version": "1.0.0"
          },
          "extends": "pets.json",
          "actions": [
            {
              "target": "$.a.type",
              "description": "Recorded once: `null` is not allowed.",
              "remove": true
            },
            {
              "target": "$.a",
              "update": {}
            }
          ]
        }
        "#);
    let more =
        overlay::appended("fix.json".as_ref(), Some(&new), &header, &corrections).expect("it is an overlay");
    assert_eq!(overlay::actions_of("fix.json".as_ref(), &more).map(|actions| actions.len()), Some(4));
    assert_eq!(overlay::appended("fix.json".as_ref(), Some("[]"), &header, &corrections), None);
}

#[test]
fn corrections_that_recorded_values_do_not_need_are_told() {
    let document = whole(
        "3.1.0",
        "A: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string }, c: { type: integer } } }",
    );
    let overlay = "\
overlay: 1.0.0
info: { title: Fixes, version: 1.0.0 }
actions:
  - target: $.components.schemas.A.required[?@ == 'a']
    remove: true
  - target: $.components.schemas.A.required[?@ == 'b']
    remove: true
  - target: $.components.schemas.A.properties.c.type
    remove: true
  - target: $.components.schemas.A.properties.c
    update: { type: [integer, string] }
  - target: $.components.schemas.B.properties.c
    update: { type: string }
  - target: $.components.schemas.A
    update: { properties: { d: { type: string } } }
";
    let told = |recorded: Recorded<'_>| unneeded_lines(&document, overlay, recorded);
    insta::assert_snapshot!(told(&[("A", serde_json::json!({ "b": "x", "c": "y", "d": "z" }))]), @r#"
        1+1 $.components.schemas.A.required[?@ == 'b'] ReadWithout
        4+1 $.components.schemas.B.properties.c NoTarget
        "#);
    insta::assert_snapshot!(told(&[("A", serde_json::json!({ "a": "x", "b": "x", "c": 1 }))]), @r#"
        0+1 $.components.schemas.A.required[?@ == 'a'] ReadWithout
        1+1 $.components.schemas.A.required[?@ == 'b'] ReadWithout
        2+2 $.components.schemas.A.properties.c.type ReadWithout
        4+1 $.components.schemas.B.properties.c NoTarget
        5+1 $.components.schemas.A ReadWithout
        "#);
}

#[test]
fn schemas_of_other_files_are_left() {
    let root = "
openapi: 3.1.0
info: { title: Test, version: \"1\" }
components:
  schemas:
    A: { type: object, required: [a, b], properties: { b: { $ref: 'parts.yaml#/B' } } }
";
    let parts = "B: { type: object, required: [c] }";
    let recorded = [("A", serde_json::json!({ "b": {} }))];
    let (text, left) = with_what_is_left(root, &[("parts.yaml", parts)], &recorded);
    insta::assert_snapshot!(text, @r#"
    # Recorded once: the required property `a` is missing.
    - target: $.components.schemas.A.required[?@ == 'a']
      remove: true
    "#);
    assert_eq!(left, ["the required property `c` is missing"]);
}

#[test]
fn actions_that_are_one_correction_are_told_as_one() {
    let text = "\
overlay: 1.0.0
info: { title: Fixes, version: 1.0.0 }
actions:
  - { target: $.components.schemas, update: { New: { type: object } } }
  - { target: $.components.schemas.Union, update: { oneOf: [{ $ref: '#/components/schemas/New' }] } }
  - { target: $.components.schemas.Union.discriminator, update: { mapping: { new: '#/components/schemas/New' } } }
  - { target: $.components.schemas.A.format, remove: true }
  - { target: $.components.schemas.A.minimum, remove: true }
  - { target: $.components.schemas.A, update: { format: uint64 } }
  - { target: \"$.components.schemas.A.required[?@ == 'a']\", remove: true }
  - { target: $.components.schemas.A, update: { properties: { b: {} } } }
";
    let actions = overlay::actions_of("fix.yaml".as_ref(), text).expect("it is an overlay");
    let found: Vec<(usize, usize)> =
        overlay::kept(&actions).iter().map(|kept| (kept.first, kept.count)).collect();
    assert_eq!(found, [(0, 3), (3, 3), (6, 1), (7, 1)]);
}
