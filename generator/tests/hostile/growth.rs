//! Documents in which schemas refer to each other in long chains or in many ways: the time grows with the document and
//! not with the number of ways through it.

use modelsmith::Output;
use serde_json::{Map, Value, json};

use crate::hostile_support::{codes, emitted};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// What is emitted for a document with these schemas.
#[track_caller]
fn schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> Output {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "components": { "schemas": schemas }
    });
    emitted("a.json", document.to_string())
}

/// `S0` made from `S1` made from `S2` …, and the last one.
fn chain(length: usize, link: impl Fn(usize, Value) -> Value, last: Value) -> Vec<(String, Value)> {
    let links = (0..length)
        .map(|number| (format!("S{number}"), link(number, reference(&format!("S{}", number + 1)))));
    links.chain([(format!("S{length}"), last)]).collect()
}

fn thing() -> Value {
    json!({ "type": "object", "properties": { "x": { "type": "string" } } })
}

/// What is said where nobody looks to the end for `null` and for JSON types. The types are right all the same.
const TOO_DEEP_TO_TELL: [&str; 2] = ["too-deep", "too-deep"];

#[test]
fn wrappers_around_wrappers() {
    let output = schemas(chain(8_000, |_, next| json!({ "allOf": [next] }), thing()));
    assert_eq!(codes(&output), TOO_DEEP_TO_TELL);
    let first = output.files.get("src/models/s0.rs").expect("every name has its file");
    assert!(first.ends_with("pub type S0 = S8000;\n"), "{first}");
}

/// Every link of the chain is referred to, and so is every one of the loop.
#[test]
fn references_by_way_of_properties() {
    let links = |last: Value| {
        let next =
            |number: usize| json!({ "$ref": format!("#/components/schemas/A/properties/p{}", number + 1) });
        let mut properties: Map<String, Value> =
            (0..20_000).map(|number| (format!("p{number}"), next(number))).collect();
        properties.insert("p20000".to_owned(), last);
        [("A".to_owned(), json!({ "properties": properties }))]
    };
    let output = schemas(links(thing()));
    assert_eq!(codes(&output), Vec::<&str>::new());
    let text = output.files.get("src/models/a.rs").expect("it has its file");
    assert_eq!(text.matches(": Option<P20000>").count(), 20_001, "{text}");
    let output = schemas(links(json!({ "$ref": "#/components/schemas/A/properties/p0" })));
    assert_eq!(codes(&output), vec!["reference-loop"; 20_001]);
}

#[test]
fn arrays_of_arrays() {
    let output = schemas(chain(5_000, |_, next| json!({ "type": "array", "items": next }), thing()));
    assert_eq!(codes(&output), Vec::<&str>::new());
}

#[test]
fn children_of_children() {
    let own = |number: usize| json!({ "type": "object", "properties": { format!("p{number}"): {} } });
    let output = schemas(chain(2_000, |number, next| json!({ "allOf": [next, own(number)] }), thing()));
    // What is made of more than 256 others is any value.
    assert!(codes(&output).iter().all(|code| *code == "too-deep"), "{:?}", codes(&output));
    let last = output.files.get("src/models/s1900.rs").expect("every name has its file");
    assert_eq!(last.matches("    pub ").count(), 101, "{last}");
}

/// Each of them is a union of all that come after it.
#[test]
fn children_of_children_that_all_have_a_discriminator() {
    let own = json!({
        "type": "object",
        "required": ["kind"],
        "properties": { "kind": { "type": "string" } },
        "discriminator": { "propertyName": "kind" }
    });
    let link = |_, next| {
        let mut schema = own.clone();
        schema["allOf"] = json!([next]);
        schema
    };
    let output = schemas(chain(500, link, own.clone()));
    // Nothing extends the first of them.
    let is_expected = |code: &&str| ["too-deep", "ignored-discriminator"].contains(code);
    assert!(codes(&output).iter().all(is_expected), "{:?}", codes(&output));
}

/// Two unions on every level lead to both of the next: there are 2^300 ways.
#[test]
fn unions_of_the_same_unions() {
    let leaf = |value: &str| json!({ "type": "object", "required": ["k"], "properties": { "k": { "const": value } } });
    let both = |number: usize| json!({ "oneOf": [reference(&format!("A{number}")), reference(&format!("B{number}"))] });
    let levels = (1..=300)
        .flat_map(|next| [(format!("A{}", next - 1), both(next)), (format!("B{}", next - 1), both(next))]);
    let output = schemas(levels.chain([("A300".to_owned(), leaf("a")), ("B300".to_owned(), leaf("b"))]));
    assert_eq!(codes(&output), TOO_DEEP_TO_TELL);
    // What the branches of branches pin is a tag all the way up.
    let first = output.files.get("src/models/a0.rs").expect("every name has its file");
    assert!(first.contains("A0"), "{first}");
}

/// All of them are branches of all others.
#[test]
fn unions_of_one_another() {
    let leaf =
        |number| json!({ "type": "object", "required": ["k"], "properties": { "k": { "const": number } } });
    let all: Vec<Value> = (0..60).map(|number| reference(&format!("U{number}"))).collect();
    let unions = (0..60).map(|number| {
        let mut branches = vec![leaf(number)];
        branches.extend((0..60).filter(|other| *other != number).map(|other| all[other].clone()));
        (format!("U{number}"), json!({ "oneOf": branches }))
    });
    schemas(unions);
}

#[test]
fn branches_that_refer_to_their_union() {
    let branch = |number: usize| {
        let fields = json!({ "kind": { "const": number }, "a": reference("U"), "b": reference("U"), "c": reference("U") });
        json!({ "type": "object", "required": ["kind"], "properties": fields })
    };
    let all: Vec<Value> = (0..2_000).map(|number| reference(&format!("B{number}"))).collect();
    let branches = (0..2_000).map(|number| (format!("B{number}"), branch(number)));
    let output = schemas(branches.chain([("U".to_owned(), json!({ "oneOf": all }))]));
    assert_eq!(codes(&output), Vec::<&str>::new());
}

/// A document with one operation, whose body is a form.
fn with_form(schemas: impl IntoIterator<Item = (String, Value)>, form: &Value) -> String {
    let content = json!({ "multipart/form-data": { "schema": form } });
    let operation = json!({ "operationId": "send", "requestBody": { "content": content }, "responses": {} });
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    document(&schemas.into(), &json!({ "/p": { "post": operation } }))
}

/// There are 10^14 ways to the last of them, which is a file.
#[test]
fn files_behind_unions_of_unions() {
    let ten = |_, next: Value| json!({ "anyOf": vec![next; 10] });
    let all = chain(14, ten, json!({ "type": "string", "format": "binary" }));
    let form = json!({ "type": "object", "properties": { "file": reference("S0") } });
    let output = emitted("a.json", with_form(all, &form));
    let text = output.files.get("src/operations/send.rs").expect("it has its file");
    assert!(text.contains("Body"), "{text}");
}

#[test]
fn a_form_with_very_many_files() {
    let file = json!({ "type": "string", "format": "binary" });
    let fields: Map<String, Value> =
        (0..120_000).map(|number| (format!("file{number}"), file.clone())).collect();
    let output = emitted("a.json", with_form([], &json!({ "type": "object", "properties": fields })));
    let text = output.files.get("src/operations/send.rs").expect("it has its file");
    assert_eq!(text.matches("runtime::File").count(), 120_000);
}

#[test]
fn a_response_with_very_many_media_types() {
    let of = |prefix: &str| {
        let media_type = |number: usize| {
            let schema =
                json!({ "type": "array", "items": { "type": "string" }, "maxItems": number % 20_000 });
            (format!("application/{prefix}{number}+json"), json!({ "schema": schema }))
        };
        let content: Map<String, Value> = (0..40_000).map(media_type).collect();
        let responses = json!({ "200": { "description": "", "content": content } });
        let operation = json!({ "operationId": "get", "responses": responses });
        document(&json!({}), &json!({ "/p": { "get": operation } }))
    };
    assert!(compared(&of("a"), &of("b")) >= 20_000);
}

/// Each holds the next one twice, so that the last would lie 2^250 times in the first.
#[test]
fn structs_and_tuples_that_double() {
    let twice = |_, next: Value| json!({ "type": "object", "required": ["a", "b"], "properties": { "a": next, "b": next } });
    let output = schemas(chain(250, twice, thing()));
    assert_eq!(codes(&output), Vec::<&str>::new());
    let boxed = output.files.iter().filter(|(_, text)| text.contains("pub a: Box<S")).count();
    assert!((10..50).contains(&boxed), "{boxed} structs have boxes");
    let pair = |_, next: Value| json!({ "type": "array", "prefixItems": [next, next], "minItems": 2, "maxItems": 2 });
    schemas(chain(250, pair, thing()));
}

#[test]
fn pairs_that_mean_the_same() {
    let side = |side: &str| {
        let side = side.to_owned();
        (0..4_000).map(move |number| {
            let next = reference(&format!("S{}{side}", number + 1));
            (format!("S{number}{side}"), json!({ "type": "object", "properties": { "next": next } }))
        })
    };
    let last = ["-Input", "-Output"].map(|side| (format!("S4000{side}"), thing()));
    let output = schemas(side("-Input").chain(side("-Output")).chain(last));
    assert_eq!(codes(&output), Vec::<&str>::new());
    assert!(output.files.get("src/models/s0.rs").is_some(), "both sides are one type");
}

#[test]
fn large_enums_that_hold_at_once() {
    let values = |step: usize| -> Vec<String> {
        (0..120_000).step_by(step).map(|number| format!("v{number}")).collect()
    };
    let output = schemas([(
        "E".to_owned(),
        json!({ "type": "string", "allOf": [{ "enum": values(1) }, { "enum": values(2) }] }),
    )]);
    assert_eq!(codes(&output), Vec::<&str>::new());
    let text = output.files.get("src/models/e.rs").expect("it has its file");
    assert!(text.contains("V119998") && !text.contains("V119999"));
}

/// Each is by default one whose default is made from the next one's.
#[test]
fn defaults_of_defaults() {
    let link = |_, next: Value| json!({ "type": "object", "properties": { "next": { "default": {}, "allOf": [next] } } });
    let output =
        schemas(chain(8_000, link, json!({ "type": "object", "properties": { "x": { "default": 1 } } })));
    assert_eq!(codes(&output), Vec::<&str>::new());
}

#[test]
fn operations_with_the_same_answer() {
    let answer = json!({ "type": "object", "properties": { "a": { "enum": ["x", "y"] }, "b": thing() } });
    let paths: Map<String, Value> = (0..2_500)
        .map(|number| {
            let content = json!({ "application/json": { "schema": answer } });
            let responses = json!({ "200": { "description": "", "content": content } });
            (
                format!("/p{number}"),
                json!({ "get": { "operationId": format!("op{number}"), "responses": responses } }),
            )
        })
        .collect();
    let document = json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths });
    let output = emitted("a.json", document.to_string());
    assert_eq!(codes(&output), Vec::<&str>::new());
}

fn document(schemas: &Value, paths: &Value) -> String {
    let info = json!({ "title": "T", "version": "1" });
    json!({ "openapi": "3.1.0", "info": info, "paths": paths, "components": { "schemas": schemas } })
        .to_string()
}

#[test]
fn operations_with_the_same_identifier() {
    let operation = json!({ "operationId": "same", "responses": {} });
    let paths: Map<String, Value> =
        (0..50_000).map(|number| (format!("/p{number}"), json!({ "get": operation }))).collect();
    let output = emitted("a.json", document(&json!({}), &paths.into()));
    assert!(output.files.get("src/operations/get_p49999.rs").is_some(), "the path distinguishes them");
}

fn parameters(prefix: &str) -> String {
    let parameter = |number| json!({ "name": format!("{prefix}{number}"), "in": "query", "schema": { "type": "string" } });
    let all: Vec<Value> = (0..78_000).map(parameter).collect();
    let operation = json!({ "operationId": "find", "parameters": all, "responses": {} });
    document(&json!({}), &json!({ "/p": { "get": operation } }))
}

#[test]
fn an_operation_with_very_many_parameters() {
    let changes = compared(&parameters("q"), &parameters("r"));
    assert_eq!(changes, 2 * 78_000);
}

#[test]
fn structs_whose_fields_are_all_renamed() {
    let of = |prefix: &str| {
        let fields: Map<String, Value> =
            (0..60_000).map(|number| (format!("{prefix}{number}"), json!({ "type": "string" }))).collect();
        document(&json!({ "S": { "type": "object", "properties": fields } }), &json!({}))
    };
    assert_eq!(compared(&of("a"), &of("b")), 2 * 60_000);
}

#[test]
fn enums_that_have_nothing_in_common() {
    let of = |prefix: &str| {
        let values: Vec<String> = (0..20_000).map(|number| format!("{prefix}{number}")).collect();
        document(&json!({ "E": { "type": "string", "enum": values } }), &json!({}))
    };
    assert_eq!(compared(&of("a"), &of("b")), 2 * 20_000);
}

#[test]
fn unions_that_have_nothing_in_common() {
    let of = |prefix: &str| {
        let branch = |number: usize| {
            let name = format!("{prefix}{number}");
            let kind = json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "const": name } } });
            (name, kind)
        };
        let mut schemas: Map<String, Value> = (0..3_000).map(branch).collect();
        let all: Vec<Value> = (0..3_000).map(|number| reference(&format!("{prefix}{number}"))).collect();
        schemas.insert("U".to_owned(), json!({ "oneOf": all }));
        document(&schemas.into(), &json!({}))
    };
    assert!(compared(&of("A"), &of("B")) >= 2 * 3_000);
}

/// How many changes there are between two documents.
#[track_caller]
fn compared(old: &str, new: &str) -> usize {
    let (old, new) = (emitted("a.json", old), emitted("b.json", new));
    let start = std::time::Instant::now();
    let found = modelsmith::diff::compare(&old.compiled(), &new.compiled(), Default::default());
    let texts = [
        modelsmith::diff::text(&found),
        modelsmith::diff::text_in_full(&found),
        modelsmith::diff::markdown(&found),
    ];
    assert!(texts.iter().all(|text| text.ends_with('\n')));
    assert!(start.elapsed() < crate::hostile_support::LIMIT, "comparing took {:?}", start.elapsed());
    found.items.iter().map(|item| item.changes.len()).sum()
}
