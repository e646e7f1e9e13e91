//! Documents in which schemas refer to each other in long chains or in many ways: the time grows with the document and
//! not with the number of ways through it.

use modelsmith::Output;
use serde_json::{Map, Value, json};

use crate::growth_support::{assert_linear, timed};
use crate::hostile_support::{codes, emitted, emitted_alone, emitted_in_linear_time};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn document(schemas: impl IntoIterator<Item = (String, Value)>, paths: &Value) -> String {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    let info = json!({ "title": "T", "version": "1" });
    json!({ "openapi": "3.1.0", "info": info, "paths": paths, "components": { "schemas": schemas } })
        .to_string()
}

fn with_schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> String {
    document(schemas, &json!({}))
}

/// What is emitted for a document with these schemas.
#[track_caller]
fn schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> Output {
    emitted("a.json", with_schemas(schemas))
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
    let document = |length| with_schemas(chain(length, |_, next| json!({ "allOf": [next] }), thing()));
    emitted_in_linear_time(150, document, |length, output| {
        assert_eq!(codes(output), TOO_DEEP_TO_TELL);
        let first = output.files.get("src/models/s0.rs").expect("every name has its file");
        assert!(first.ends_with(&format!("pub type S0 = S{length};\n")), "{first}");
    });
}

/// Every link of the chain is referred to, and so is every one of the loop.
#[test]
fn references_by_way_of_properties() {
    let links = |length: usize, last: Value| {
        let next =
            |number: usize| json!({ "$ref": format!("#/components/schemas/A/properties/p{}", number + 1) });
        let mut properties: Map<String, Value> =
            (0..length).map(|number| (format!("p{number}"), next(number))).collect();
        properties.insert(format!("p{length}"), last);
        with_schemas([("A".to_owned(), json!({ "properties": properties }))])
    };
    emitted_in_linear_time(
        200,
        |length| links(length, thing()),
        |length, output| {
            assert_eq!(codes(output), Vec::<&str>::new());
            let text = output.files.get("src/models/a.rs").expect("it has its file");
            assert_eq!(text.matches(&format!(": Option<P{length}>")).count(), length + 1, "{text}");
        },
    );
    let first = json!({ "$ref": "#/components/schemas/A/properties/p0" });
    emitted_in_linear_time(
        200,
        |length| links(length, first.clone()),
        |length, output| {
            assert_eq!(codes(output), vec!["reference-loop"; length + 1]);
        },
    );
}

#[test]
fn arrays_of_arrays() {
    let array = |_, next: Value| json!({ "type": "array", "items": next });
    emitted_in_linear_time(
        100,
        |length| with_schemas(chain(length, array, thing())),
        |_, output| {
            assert_eq!(codes(output), Vec::<&str>::new());
        },
    );
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

/// Each of them is a union of all that come after it: twice as many unions have four times as many branches.
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
    let document = |branches: usize| with_schemas(chain((2 * branches).isqrt(), link, own.clone()));
    emitted_in_linear_time(1_250, document, |_, output| {
        // Nothing extends the first of them.
        let is_expected = |code: &&str| ["too-deep", "ignored-discriminator"].contains(code);
        assert!(codes(output).iter().all(is_expected), "{:?}", codes(output));
    });
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
    let document = |count: usize| {
        let all: Vec<Value> = (0..count).map(|number| reference(&format!("B{number}"))).collect();
        let branches = (0..count).map(|number| (format!("B{number}"), branch(number)));
        with_schemas(branches.chain([("U".to_owned(), json!({ "oneOf": all }))]))
    };
    emitted_in_linear_time(100, document, |_, output| assert_eq!(codes(output), Vec::<&str>::new()));
}

/// A document with one operation, whose body is a form.
fn with_form(schemas: impl IntoIterator<Item = (String, Value)>, form: &Value) -> String {
    let content = json!({ "multipart/form-data": { "schema": form } });
    let operation = json!({ "operationId": "send", "requestBody": { "content": content }, "responses": {} });
    document(schemas, &json!({ "/p": { "post": operation } }))
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
    let document = |count| {
        let fields: Map<String, Value> =
            (0..count).map(|number| (format!("file{number}"), file.clone())).collect();
        with_form([], &json!({ "type": "object", "properties": fields }))
    };
    emitted_in_linear_time(1_000, document, |count, output| {
        let text = output.files.get("src/operations/send.rs").expect("it has its file");
        assert_eq!(text.matches("runtime::File").count(), count);
    });
}

#[test]
fn a_response_with_very_many_media_types() {
    let of = |prefix: &str, count: usize| {
        let media_type = |number: usize| {
            let schema =
                json!({ "type": "array", "items": { "type": "string" }, "maxItems": number % (count / 2) });
            (format!("application/{prefix}{number}+json"), json!({ "schema": schema }))
        };
        let content: Map<String, Value> = (0..count).map(media_type).collect();
        let responses = json!({ "200": { "description": "", "content": content } });
        let operation = json!({ "operationId": "get", "responses": responses });
        document([], &json!({ "/p": { "get": operation } }))
    };
    compared_in_linear_time(400, of, |count, changes| assert!(changes >= count / 2));
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
    let side = |side: &str, length: usize| {
        let side = side.to_owned();
        (0..length).map(move |number| {
            let next = reference(&format!("S{}{side}", number + 1));
            (format!("S{number}{side}"), json!({ "type": "object", "properties": { "next": next } }))
        })
    };
    let document = |length: usize| {
        let last = ["-Input", "-Output"].map(|side| (format!("S{length}{side}"), thing()));
        with_schemas(side("-Input", length).chain(side("-Output", length)).chain(last))
    };
    emitted_in_linear_time(100, document, |_, output| {
        assert_eq!(codes(output), Vec::<&str>::new());
        assert!(output.files.get("src/models/s0.rs").is_some(), "both sides are one type");
    });
}

#[test]
fn large_enums_that_hold_at_once() {
    let document = |count: usize| {
        let values = |step: usize| -> Vec<String> {
            (0..count).step_by(step).map(|number| format!("v{number}")).collect()
        };
        let both = json!({ "type": "string", "allOf": [{ "enum": values(1) }, { "enum": values(2) }] });
        with_schemas([("E".to_owned(), both)])
    };
    emitted_in_linear_time(2_000, document, |count, output| {
        assert_eq!(codes(output), Vec::<&str>::new());
        let text = output.files.get("src/models/e.rs").expect("it has its file");
        let (even, odd) = (format!("V{}", count - 2), format!("V{}", count - 1));
        assert!(text.contains(&even) && !text.contains(&odd));
    });
}

/// Each is by default one whose default is made from the next one's.
#[test]
fn defaults_of_defaults() {
    let link = |_, next: Value| json!({ "type": "object", "properties": { "next": { "default": {}, "allOf": [next] } } });
    let last = json!({ "type": "object", "properties": { "x": { "default": 1 } } });
    emitted_in_linear_time(
        100,
        |length| with_schemas(chain(length, link, last.clone())),
        |_, output| {
            assert_eq!(codes(output), Vec::<&str>::new());
        },
    );
}

#[test]
fn operations_with_the_same_answer() {
    let answer = json!({ "type": "object", "properties": { "a": { "enum": ["x", "y"] }, "b": thing() } });
    let path = |number: usize| {
        let content = json!({ "application/json": { "schema": answer } });
        let responses = json!({ "200": { "description": "", "content": content } });
        let operation = json!({ "operationId": format!("op{number}"), "responses": responses });
        (format!("/p{number}"), json!({ "get": operation }))
    };
    let document = |count| document([], &Value::Object((0..count).map(path).collect()));
    emitted_in_linear_time(50, document, |_, output| assert_eq!(codes(output), Vec::<&str>::new()));
}

#[test]
fn operations_with_the_same_identifier() {
    let operation = json!({ "operationId": "same", "responses": {} });
    let path = |number| (format!("/p{number}"), json!({ "get": operation }));
    let document = |count| document([], &Value::Object((0..count).map(path).collect()));
    emitted_in_linear_time(1_000, document, |count, output| {
        let last = format!("src/operations/get_p{}.rs", count - 1);
        assert!(output.files.get(&last).is_some(), "the path distinguishes them");
    });
}

#[test]
fn an_operation_with_very_many_parameters() {
    let of = |prefix: &str, count: usize| {
        let parameter = |number| json!({ "name": format!("{prefix}{number}"), "in": "query", "schema": { "type": "string" } });
        let all: Vec<Value> = (0..count).map(parameter).collect();
        let operation = json!({ "operationId": "find", "parameters": all, "responses": {} });
        document([], &json!({ "/p": { "get": operation } }))
    };
    compared_in_linear_time(800, of, |count, changes| assert_eq!(changes, 2 * count));
}

#[test]
fn structs_whose_fields_are_all_renamed() {
    let of = |prefix: &str, count: usize| {
        let fields: Map<String, Value> =
            (0..count).map(|number| (format!("{prefix}{number}"), json!({ "type": "string" }))).collect();
        with_schemas([("S".to_owned(), json!({ "type": "object", "properties": fields }))])
    };
    compared_in_linear_time(1_000, of, |count, changes| assert_eq!(changes, 2 * count));
}

#[test]
fn enums_that_have_nothing_in_common() {
    let of = |prefix: &str, count: usize| {
        let values: Vec<String> = (0..count).map(|number| format!("{prefix}{number}")).collect();
        with_schemas([("E".to_owned(), json!({ "type": "string", "enum": values }))])
    };
    compared_in_linear_time(1_000, of, |count, changes| assert_eq!(changes, 2 * count));
}

#[test]
fn unions_that_have_nothing_in_common() {
    let of = |prefix: &str, count: usize| {
        let branch = |number: usize| {
            let name = format!("{prefix}{number}");
            let kind = json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "const": name } } });
            (name, kind)
        };
        let all: Vec<Value> = (0..count).map(|number| reference(&format!("{prefix}{number}"))).collect();
        with_schemas((0..count).map(branch).chain([("U".to_owned(), json!({ "oneOf": all }))]))
    };
    compared_in_linear_time(100, of, |count, changes| assert!(changes >= 2 * count));
}

/// Compares two documents of about this size, which `of` makes from a prefix for what it names. `check` gets the size
/// and how many changes there are.
#[track_caller]
fn compared_in_linear_time(size: usize, of: impl Fn(&str, usize) -> String, check: impl Fn(usize, usize)) {
    emitted_in_linear_time(size, |size| of("a", size), |_, _| {});
    let subject = |size| (size, ["a", "b"].map(|prefix| emitted_alone(&of(prefix, size)).1));
    assert_linear(size, subject, |(size, [old, new])| {
        let (time, changes) = timed(|| {
            let found = modelsmith::diff::compare(&old.compiled(), &new.compiled(), Default::default());
            let texts = [
                modelsmith::diff::text(&found),
                modelsmith::diff::text_in_full(&found),
                modelsmith::diff::markdown(&found),
            ];
            assert!(texts.iter().all(|text| text.ends_with('\n')));
            found.items.iter().map(|item| item.changes.len()).sum()
        });
        check(*size, changes);
        [time]
    });
}
