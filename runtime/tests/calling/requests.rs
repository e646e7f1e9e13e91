//! Parts of requests that are the same for all operations: boundaries, numbers, `Accept`.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::response::Response;
use modelsmith_runtime as runtime;
use modelsmith_runtime::{Answer, Call, Content, Endpoint, ForeignView, Held, Place, Sent, View};

fn sent(media_type: &'static str, value: &dyn View) -> Result<String, String> {
    let content = Content::Form(value, const { &[Place::field("list").form().joined()] });
    let body = Sent { media_type, content }.write().map_err(|error| error.to_string())?;
    Ok(String::from_utf8(body.bytes().expect("it is there").into_owned()).expect("it is text"))
}

/// A file may list the boundaries that would be chosen.
#[test]
fn the_boundary_is_in_no_part() {
    let list =
        |count: u64| -> String { (0..count).map(|number| format!("modelsmith-{number:016x}\n")).collect() };
    let parts = BTreeMap::from([
        ("a".to_owned(), list(10_000)),
        ("b".to_owned(), "modelsmith-+000000000000001 modelsmith-0000000000002711".to_owned()),
    ]);
    let start = Instant::now();
    let body = sent("multipart/form-data", &parts).expect("it can be sent");
    assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    assert!(body.starts_with("--modelsmith-0000000000002710\r\n"), "{}", &body[..40]);
    assert!(body.ends_with("--modelsmith-0000000000002710--\r\n"));
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    let of =
        |number: f64| sent("application/x-www-form-urlencoded", &BTreeMap::from([("a".to_owned(), number)]));
    assert_eq!(of(1.5), Ok("a=1.5".to_owned()));
    assert_eq!(of(f64::NAN), Err("the number NaN cannot be sent: it is not finite".to_owned()));
    assert_eq!(of(f64::NEG_INFINITY), Err("the number -inf cannot be sent: it is not finite".to_owned()));
    let of = |number: f32| sent("multipart/form-data", &BTreeMap::from([("a".to_owned(), number)]));
    assert!(of(0.1).is_ok_and(|body| body.contains("\r\n\r\n0.1\r\n")));
    assert_eq!(of(f32::NAN), Err("the number NaN cannot be sent: it is not finite".to_owned()));
    assert_eq!(of(f32::INFINITY), Err("the number inf cannot be sent: it is not finite".to_owned()));
}

/// The media type decides by the same rule as for responses: its parameters, its case and `text/json` do not matter.
#[test]
fn lists_with_a_json_media_type_are_one_part() {
    let parts = |media_type: &'static str| {
        let fields = vec![Place::field("tags").typed(media_type)].leak();
        let value = BTreeMap::from([("tags".to_owned(), vec![1, 2])]);
        let sent = Sent { media_type: "multipart/form-data", content: Content::Form(&value, fields) };
        let body = sent.write().expect("it can be sent");
        let body = String::from_utf8(body.bytes().expect("it is there").into_owned()).expect("it is text");
        (body.matches("name=\"tags\"").count(), body.contains("\r\n\r\n[1,2]\r\n"))
    };
    for json in
        ["application/json", "application/json; charset=utf-8", "Application/JSON", "text/json", "a/b+json"]
    {
        assert_eq!(parts(json), (1, true), "{json}");
    }
    for other in ["text/plain", "application/stream+json"] {
        assert_eq!(parts(other), (2, false), "{other}");
    }
}

/// A type of the user.
#[derive(serde::Serialize)]
struct Own {
    name: &'static str,
    list: Vec<u8>,
}

#[test]
fn forms_of_types_that_have_the_traits_of_serde_only() {
    let own = Own { name: "a b", list: vec![1, 2] };
    let body = sent("application/x-www-form-urlencoded", &ForeignView(&own));
    assert_eq!(body, Ok("name=a%20b&list=1,2".to_owned()));
    let body = sent("multipart/form-data", &ForeignView(&own)).expect("it can be sent");
    assert_eq!(body.matches("Content-Disposition: form-data; name=\"list\"\r\n\r\n").count(), 2, "{body}");
}

const fn answer(variant: &'static str, status: u16, media_types: &'static [&'static str]) -> Answer {
    Answer { variant, statuses: (status, status), held: Held::Json, media_types }
}

#[test]
fn every_media_type_is_accepted_once() {
    static ENDPOINT: Endpoint = Endpoint {
        id: "get",
        method: "GET",
        path: "/",
        parameters: &[],
        answers: &[
            answer("Ok", 200, &["application/json", "text/csv"]),
            answer("Created", 201, &["Application/JSON", "application/xml", "*/*"]),
            answer("Accepted", 202, &["application/xml"]),
        ],
        security: &[],
        server: None,
        success: Some("Ok"),
        rules: &runtime::rules!(),
    };
    let call = Call::<Response>::new(&ENDPOINT, &[], None).expect("it can be sent");
    assert_eq!(call.accept(), "application/json, text/csv, application/xml;q=0.5, */*;q=0.5");
}

/// What is named comes before what is not, also within one answer.
#[test]
fn anything_is_accepted_behind_what_is_named() {
    static ENDPOINT: Endpoint = Endpoint {
        id: "get",
        method: "GET",
        path: "/",
        parameters: &[],
        answers: &[answer("Ok", 200, &["*/*", "application/json"])],
        security: &[],
        server: None,
        success: Some("Ok"),
        rules: &runtime::rules!(),
    };
    static ANY: Endpoint = Endpoint { answers: &[answer("Ok", 200, &["*/*"])], ..ENDPOINT };
    let accept = |endpoint| Call::<Response>::new(endpoint, &[], None).expect("it can be sent").accept();
    assert_eq!(accept(&ENDPOINT), "application/json, */*;q=0.1");
    assert_eq!(accept(&ANY), "*/*");
}
