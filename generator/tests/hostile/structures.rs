//! Documents whose structure is meant to exhaust time, memory or the stack, from the text to the emitted code.

use std::fmt::Write as _;

use modelsmith::Output;

use crate::hostile_support::{codes, emitted, emitted_alone, emitted_in_linear_time, parse, refused, said};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n";

/// A JSON document with these schemas.
fn document(schemas: &str) -> String {
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

#[test]
fn an_alias_bomb_of_schemas_is_refused() {
    let mut bomb = format!("{HEAD}    A: &a {{type: object, properties: {{x: {{type: string}}}}}}\n");
    for (name, of) in ('b'..='m').zip('a'..) {
        let members: Vec<String> = (0..9).map(|number| format!("p{number}: *{of}")).collect();
        let _ =
            writeln!(bomb, "    {}: &{name} {{properties: {{{}}}}}", name.to_uppercase(), members.join(", "));
    }
    insta::assert_snapshot!(refused("bomb.yaml", bomb), @r#"
    error[too-large]: aliases (`*name`) expand to far more than the file contains
     --> bomb.yaml:5:39
      |
    5 |     A: &a {type: object, properties: {x: {type: string}}}
      |                                       ^
      |
      = help: write the repeated parts as components and refer to them by `$ref`
    "#);
}

#[test]
fn aliases_within_reason_are_read() {
    let text = format!(
        "{HEAD}    A: &a {{type: object, properties: {{x: {{type: string}}}}}}\n    B: {{properties: {{one: *a, two: *a}}}}\n"
    );
    let output = emitted("a.yaml", text);
    assert_eq!(codes(&output), Vec::<&str>::new());
    assert!(parse(&output).is_ok_and(|names| names.contains(&"B".to_owned())));
}

#[test]
fn schemas_ten_thousand_deep_are_refused() {
    let json = document(&format!(
        "\"A\": {}{}",
        "{\"items\": ".repeat(10_000),
        "true".to_owned() + &"}".repeat(10_000)
    ));
    insta::assert_snapshot!(refused("deep.json", json), @r#"
    error[too-deep]: values are nested more than 512 levels deep
     --> deep.json:1:5184
      |
    1 | …{"items": {"items": {"items": {"items": {"items": {"items": {"items": {"items": {"items": {"items": {"items": {"items": {"items": …
      |                                                              ^
    "#);
    let yaml = format!("{HEAD}    A: {}true{}\n", "{items: ".repeat(10_000), "}".repeat(10_000));
    insta::assert_snapshot!(refused("deep.yaml", yaml), @r#"
    error[too-deep]: values are nested more than 256 levels deep
     --> deep.yaml:5:2032
      |
    5 | …ms: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items: {items…
      |                                                              ^
    "#);
}

/// As deep as the loader allows: every stage after it stands that.
#[test]
fn schemas_as_deep_as_may_be_are_emitted() {
    for (open, close) in [
        ("{\"type\": \"array\", \"items\": ", "}"),
        ("{\"type\": \"object\", \"additionalProperties\": ", "}"),
        ("{\"properties\": {\"p\": ", "}}"),
        ("{\"allOf\": [", "]}"),
        ("{\"oneOf\": [{\"type\": \"integer\"}, ", "]}"),
        ("{\"anyOf\": [{\"required\": [\"a\"], \"properties\": {\"a\": {}}}, ", "]}"),
        ("{\"not\": ", "}"),
    ] {
        let levels = 500 / (open.matches(['{', '[']).count() - open.matches(['}', ']']).count());
        let schema = open.repeat(levels) + "{\"type\": \"string\"}" + &close.repeat(levels);
        let output = emitted("deep.json", document(&format!("\"Deep\": {schema}")));
        let found = codes(&output);
        assert!(found.iter().all(|code| ["too-deep", "union-too-wide"].contains(code)), "{open}: {found:?}");
    }
}

#[test]
fn a_chain_of_very_many_references_is_followed() {
    let chain = |length: usize| {
        let mut schemas: String = (0..length)
            .map(|number| format!("\"S{number}\": {{\"$ref\": \"#/components/schemas/S{}\"}},\n", number + 1))
            .collect();
        let _ = write!(schemas, "\"S{length}\": {{\"type\": \"object\", \"properties\": {{\"x\": {{}}}}}}");
        document(&schemas)
    };
    let check = |length: usize, output: &Output| {
        assert_eq!(codes(output), Vec::<&str>::new());
        let last = output.files.get("src/models/s0.rs").expect("every name has its file");
        assert!(last.ends_with(&format!("pub type S0 = S{length};\n")), "{last}");
    };
    emitted_in_linear_time(500, chain, check);
    // Whoever follows it by recursion exhausts the stack of 64 MiB: a step of the resolver takes more than a kilobyte.
    check(50_000, &emitted_alone(&chain(50_000)).1);
}

#[test]
fn mutual_all_of_loops_end() {
    let text = format!(
        "{HEAD}    A: {{allOf: [{{$ref: '#/components/schemas/B'}}, {{properties: {{a: {{type: string}}}}}}]}}
    B: {{allOf: [{{$ref: '#/components/schemas/C'}}, {{properties: {{b: {{type: string}}}}}}]}}
    C: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/C'}}]}}
    D: {{allOf: [{{$ref: '#/components/schemas/E'}}]}}
    E: {{allOf: [{{$ref: '#/components/schemas/D'}}]}}
"
    );
    let output = emitted("loops.yaml", text);
    let text = output.files.get("src/models/a.rs").expect("A has its file");
    assert!(text.contains("pub a: Option<String>") && text.contains("pub b: Option<String>"), "{text}");
    insta::assert_snapshot!(said(&Ok(output)), @r#"
    warning[reference-loop]: this schema is only another name for itself
     --> loops.yaml:8:5
      |
    8 |     D: {allOf: [{$ref: '#/components/schemas/E'}]}
      |     ^
      |
      = help: it is emitted as any JSON value; let one of the references end at a schema
    "#);
}

/// Each of many schemas holds all the others: a graph in which every path is a loop.
#[test]
fn all_of_everything_ends() {
    let all: Vec<String> =
        (0..60).map(|number| format!("{{\"$ref\": \"#/components/schemas/S{number}\"}}")).collect();
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let schemas: Vec<String> =
            (0..60).map(|number| format!("\"S{number}\": {{\"{keyword}\": [{}]}}", all.join(","))).collect();
        let output = emitted("tangle.json", document(&schemas.join(",\n")));
        assert!(
            codes(&output).iter().all(|code| ["reference-loop", "too-deep", "union-too-wide"].contains(code)),
            "{keyword}: {:?}",
            codes(&output)
        );
    }
}

/// Unions of unions multiply: what cannot sensibly be written down is any value, with a warning.
#[test]
fn unions_that_multiply_end_in_a_warning() {
    let pair = |name: &str| {
        format!(
            "{{\"oneOf\": [{{\"required\": [\"{name}1\"], \"properties\": {{\"{name}1\": {{}}}}}}, {{\"required\": [\"{name}2\"], \"properties\": {{\"{name}2\": {{}}}}}}]}}"
        )
    };
    let parts: Vec<String> = (0..40).map(|number| pair(&format!("p{number}_"))).collect();
    let output = emitted("wide.json", document(&format!("\"Wide\": {{\"allOf\": [{}]}}", parts.join(","))));
    assert_eq!(codes(&output), ["union-too-wide"]);
}

/// Many long values, and longer ones.
#[test]
fn an_enum_of_megabytes_is_emitted() {
    let huge = |count: usize, length: usize| {
        let padding = "v".repeat(length);
        let values: Vec<String> = (0..count).map(|number| format!("\"{padding}{number}\"")).collect();
        document(&format!("\"Huge\": {{\"type\": \"string\", \"enum\": [{}]}}", values.join(",")))
    };
    let check = |_: usize, output: &Output| assert_eq!(codes(output), Vec::<&str>::new());
    emitted_in_linear_time(1_000, |count| huge(count, 100), check);
    emitted_in_linear_time(12_500, |length| huge(10, length), check);
}
