//! Neither reports nor overlays of `verify` show a secret.

use std::io::{Cursor, Read};

use super::{Options, Recording, Target, read, reported, text, verify};
use crate::verify::overlay::{Asked, Header, appended, corrections};
use crate::verify::{Checker, json, markdown};

/// The secrets: a text, a number, and a text that looks like a credential. They are only in the recordings.
const HIDDEN: [&str; 3] = ["hunter2", "424242", "eyJhbGciOiJIUzI1NiJ9"];

const DOCUMENT: &str = "
    paths:
      /token:
        post:
          operationId: token
          parameters:
            - { name: X-Pin, in: header, schema: { $ref: '#/components/schemas/Pin' } }
            - { name: X-Sort, in: header, schema: { type: object, properties: { a: { type: integer } } }, explode: true }
            - { name: api_key, in: query, schema: { type: string, enum: [a, b] } }
            - { name: filter, in: query, content: { application/json: { schema: { type: object, properties: { a: { type: integer } } } } } }
          responses:
            '200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }
      /pins:
        post:
          operationId: pins
          responses:
            '200': { description: They, content: { application/json: { schema: { $ref: '#/components/schemas/Pins' } } } }
    components:
      schemas:
        Pin: { type: integer, format: password }
        Pins: { type: array, items: { $ref: '#/components/schemas/Pin' } }
        Words: { type: object, additionalProperties: { type: string, format: password } }
        Pair: { type: array, prefixItems: [{ type: string }, { type: string, format: password }], minItems: 2, maxItems: 2 }
        Either: { oneOf: [{ type: boolean }, { $ref: '#/components/schemas/Pins' }] }
        Token: { type: object, properties: { access_token: { type: string } } }
        Kinds:
          type: object
          properties:
            mixed: { enum: [a, 1] }
            token: { type: string, enum: [a, b] }
            hush: { type: integer, enum: [1, 2], writeOnly: true }
            closed: { type: boolean, enum: [true], writeOnly: true }
            count: { type: integer }
            words: { $ref: '#/components/schemas/Words' }
            pins: { $ref: '#/components/schemas/Pins' }
            pair: { $ref: '#/components/schemas/Pair' }
            either: { $ref: '#/components/schemas/Either' }
            map: { type: object, additionalProperties: { type: integer } }
        ByToken:
          oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Y' }]
          discriminator: { propertyName: token }
        ByKind:
          oneOf: [{ $ref: '#/components/schemas/V' }, { $ref: '#/components/schemas/W' }]
          discriminator: { propertyName: kind }
        X: { type: object, required: [token], properties: { token: { type: string, const: x } } }
        Y: { type: object, required: [token], properties: { token: { type: string, const: y } } }
        V: { type: object, required: [kind], properties: { kind: { type: string, const: v } } }
        W: { type: object, required: [kind], properties: { kind: { type: string, const: w } } }
";

/// Everything that is written for a recording: the report in each format, and the overlay.
fn written(schema: Option<&str>, recording: &str) -> Vec<String> {
    let document = read(DOCUMENT);
    let target = schema.map(|name| Target::Schema(name.to_owned()));
    let options = Options { target, unknown: true, ..Options::default() };
    let recording = Recording {
        name: "a.jsonl".to_owned(),
        input: Ok(Box::new(Cursor::new(recording.as_bytes().to_vec())) as Box<dyn Read>),
    };
    let report = verify(&document.graph, &document.documents, &options, &mut [recording].into_iter());
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    let mut checker = Checker::new(&document.graph, &document.documents);
    let corrections = corrections(&mut checker, &report.faults, Asked { unnamed: true });
    let overlay = |path: &str| appended(path.as_ref(), None, &Header::default(), &corrections);
    let left = report.faults.iter().map(|counted| counted.fault.kind.to_string()).collect();
    vec![
        text(&report, &document.sources, false, true),
        json(&report, &document.sources).expect("it is written"),
        markdown(&report, &document.sources),
        overlay("a.yaml").unwrap_or_default(),
        overlay("a.json").unwrap_or_default(),
        left,
    ]
}

#[test]
fn nothing_that_is_written_shows_a_secret() {
    let cases = [
        (Some("Kinds"), r#"{"mixed":{"code":0,"token":"hunter2"}}"#),
        (Some("Kinds"), r#"{"mixed":"eyJhbGciOiJIUzI1NiJ9"}"#),
        (Some("Kinds"), r#"{"mixed":[{"a":{"b":{"c":{"d":{"token":"hunter2"}}}}}]}"#),
        (Some("Kinds"), r#"{"token":"hunter2"}"#),
        (Some("Kinds"), r#"{"hush":424242}"#),
        (Some("Kinds"), r#"{"hush":"hunter2"}"#),
        (Some("Kinds"), r#"{"count":{"hush":424242}}"#),
        (Some("Kinds"), r#"{"words":["hunter2",424242]}"#),
        (Some("Kinds"), r#"{"words":{"a":424242}}"#),
        (Some("Kinds"), r#"{"pins":["hunter2"]}"#),
        (Some("Kinds"), r#"{"pins":{"a":424242}}"#),
        (Some("Kinds"), r#"{"pair":["a","hunter2",424242]}"#),
        (Some("Kinds"), r#"{"either":"hunter2"}"#),
        (Some("Kinds"), r#"{"map":{"eyJhbGciOiJIUzI1NiJ9":"a"}}"#),
        (Some("Kinds"), r#"{"eyJhbGciOiJIUzI1NiJ9":1}"#),
        (Some("Pin"), r#""hunter2""#),
        (Some("Pin"), "424242.5"),
        (Some("Pins"), r#"["hunter2",[424242]]"#),
        (Some("Pins"), r#"{"a":"hunter2"}"#),
        (Some("Words"), r#"{"a":424242}"#),
        (Some("Pair"), r#"[424242,"hunter2"]"#),
        (Some("Either"), r#""hunter2""#),
        (Some("ByToken"), r#"{"token":"hunter2","a":1}"#),
        (Some("ByKind"), r#"{"kind":"eyJhbGciOiJIUzI1NiJ9"}"#),
        (None, r#"{"method":"POST","url":"/token","status":200,"request_headers":{"X-Pin":"hunter2"}}"#),
        (None, r#"{"method":"POST","url":"/token?api_key=hunter2","status":200}"#),
        (None, r#"{"method":"POST","url":"/token?filter={hunter2","status":200}"#),
        (None, r#"{"method":"POST","url":"/token?eyJhbGciOiJIUzI1NiJ9=5","status":200}"#),
        (None, r#"{"method":"POST","url":"/token?token=hunter2","status":200}"#),
        (
            None,
            r#"{"method":"POST","url":"/token","status":200,"response_text":"access_token=hunter2&scope=a",
            "response_headers":{"content-type":"application/x-www-form-urlencoded"}}"#,
        ),
        (
            None,
            r#"{"method":"POST","url":"/token","status":200,"response":"access_token=hunter2&scope=a",
            "response_headers":{"content-type":"application/json"}}"#,
        ),
        (
            None,
            r#"{"method":"POST","url":"/token","status":200,"response_text":"424242",
            "response_headers":{"content-type":"text/plain"}}"#,
        ),
        (None, r#"{"method":"POST","url":"/token","status":201,"response_text":"your code is hunter2"}"#),
        (
            None,
            r#"{"method":"POST","url":"/token","status":201,"response_text":"{\"access_token\":\"hunter2"}"#,
        ),
        (None, r#"{"method":"POST","url":"/token","status":200,"response":"{\"access_token\":\"hunter2"}"#),
        (None, r#"{"method":"POST","url":"/pins","status":201,"response":[424242,"hunter2"]}"#),
        (None, r#"{"method":"POST","url":"/pins","status":200,"response":{"a":"hunter2"}}"#),
        (None, r#"{"method":"POST","url":"/pins","status":"hunter2"}"#),
    ];
    let mut wrong = Vec::new();
    for (schema, recording) in cases {
        assert!(HIDDEN.iter().any(|hidden| recording.contains(hidden)), "{recording}");
        let all = written(schema, recording);
        if all[0].contains("\nno faults\n") && !all[0].starts_with("error: a.jsonl") {
            wrong.push(format!("nothing is found in {recording}"));
        }
        for text in all {
            for hidden in HIDDEN {
                if text.contains(hidden) {
                    wrong.push(format!("{recording} shows {hidden}:\n{text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_an_overlay_would_show_is_not_corrected_and_the_report_says_so() {
    let options = Options { target: Some(Target::Schema("Kinds".to_owned())), ..Options::default() };
    check!(DOCUMENT, &options, [r#"
        {"token":"hunter2"}
        {"token":"hunter3","mixed":{"code":0,"token":"hunter2"}}
        {"mixed":{"code":0}}
    "#], @r#"
        warning[unnamed-value]: the open enum does not list (redacted); no overlay corrects this, since it would show a secret
          --> test.yaml:31:32
           |
        31 |         token: { type: string, enum: [a, b] }
           |                                ^^^^
           |
           = note: twice in schema Kinds, at `/token`
           = note: first in a.jsonl, line 2: (redacted)

        warning[unnamed-value]: the open enum does not list {"code":0,"token":"(redacted)"}; no overlay corrects this, since it would show a secret
          --> test.yaml:30:18
           |
        30 |         mixed: { enum: [a, 1] }
           |                  ^^^^
           |
           = note: once in schema Kinds, at `/mixed`
           = note: first in a.jsonl, line 3: {"code":0,"token":"(redacted)"}

        warning[unnamed-value]: the open enum does not list {"code":0}
          --> test.yaml:30:18
           |
        30 |         mixed: { enum: [a, 1] }
           |                  ^^^^
           |
           = note: once in schema Kinds, at `/mixed`
           = note: first in a.jsonl, line 4: {"code":0}

        3 payloads of 1 recording
        3 faults; the models read the values
        "#);
    let overlay = |recording: &str| written(Some("Kinds"), recording).swap_remove(3);
    assert_eq!(overlay(r#"{"token":"hunter2"}"#), "");
    assert!(overlay(r#"{"mixed":"c"}"#).contains("- c\n"), "others are corrected");
}

#[test]
fn of_forms_the_names_are_shown_and_of_other_texts_nothing() {
    check!(DOCUMENT, r#"
        {"method":"POST","url":"/token","status":200,"response_text":"access_token=hunter2&scope=a",
         "response_headers":{"content-type":"application/x-www-form-urlencoded"}}
        {"method":"POST","url":"/token","status":201,"response_text":"your code is hunter2"}
        {"method":"POST","url":"/token","status":200,"response":"{\"access_token\":\"hunter2"}
    "#, @r"
        error[unnamed-media-type]: the document does not declare the media type `application/x-www-form-urlencoded`
          --> test.yaml:13:9
           |
        13 |         '200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }
           |         ^^^^^
           |
           = note: once in token response 200
           = note: first in a.jsonl, line 2: access_token=(redacted)&scope=(redacted)

        error[unnamed-status]: the operation does not declare the status 201
         --> test.yaml:5:5
          |
        5 |     post:
          |     ^^^^
          |
          = note: once in token response 201
          = note: first in a.jsonl, line 4

        error[not-json]: the text is not JSON
          --> test.yaml:13:66
           |
        13 |         '200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }
           |                                                                  ^^^^^^
           |
           = note: once in token response 201
           = note: first in a.jsonl, line 4

        error[other-type]: expected an object, found a string
          --> test.yaml:26:14
           |
        26 |     Token: { type: object, properties: { access_token: { type: string } } }
           |              ^^^^
           |
           = note: once in token response 200
           = note: first in a.jsonl, line 5

        3 exchanges of 1 recording, 3 of the document's operations; 2 response bodies and 0 request bodies compared
        4 faults
        ");
}
