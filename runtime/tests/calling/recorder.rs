//! What a recorder writes down of what is sent and what comes back.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use modelsmith_runtime::client::{BoxError, Chunks, Incoming, Recorder, Transport};

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// A recorder of a server that answers so, and its lines.
fn recorder(
    content_type: &'static str,
    body: impl Fn() -> Incoming + Send + Sync + 'static,
) -> (Recorder<impl Transport>, Arc<Mutex<Vec<String>>>) {
    let server = move |_: Request<Bytes>| {
        let response = Response::builder()
            .status(201)
            .header("content-type", content_type)
            .header("set-cookie", "session=1")
            .body(body())
            .map_err(BoxError::from);
        std::future::ready(response)
    };
    let lines = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&lines);
    let take = move |line: &str| taken.lock().expect("nobody panics").push(line.to_owned());
    (Recorder::new(server, "pin xdoor", take), lines)
}

fn request(content_type: &str, body: &'static str) -> Request<Bytes> {
    let mut request = Request::builder()
        .method("POST")
        .uri("https://me:pw@example.com/a?x=1&api_key=abc")
        .header("content-type", content_type)
        .header("authorization", "Bearer abc")
        .header("x-door", "key")
        .header("x-forwarded", "Bearer 0123456789");
    let mut sensitive = HeaderValue::from_static("hidden");
    sensitive.set_sensitive(true);
    request = request.header("x-other", sensitive);
    request.body(Bytes::from_static(body.as_bytes())).expect("it is a request")
}

/// The line of an exchange that is read to its end.
fn line(request: Request<Bytes>, content_type: &'static str, body: &'static str) -> serde_json::Value {
    let (recorder, lines) = recorder(content_type, move || body.into());
    let response = ready(recorder.send(request)).expect("it answers");
    let read = ready(response.into_body().collect(1 << 20)).expect("it is read");
    assert_eq!(read, body.as_bytes());
    let lines = lines.lock().expect("nobody panics");
    assert_eq!(lines.len(), 1);
    assert!(!lines[0].contains('\n'), "{}", lines[0]);
    serde_json::from_str(&lines[0]).expect("it is JSON")
}

#[test]
fn an_exchange_is_a_line_without_secrets() {
    let sent =
        "{\"pin\":1234,\"a\":[1.50,{\"password\":\"x\",\"max_tokens\":5}],\n\"b\":\"Bearer 0123456789\"}";
    let found = line(request("application/json", sent), "application/json; charset=utf-8", "{\"id\":1}");
    assert_eq!(
        found,
        serde_json::json!({
            "method": "POST",
            "url": "https://example.com/a?x=1&api_key=(redacted)",
            "request_headers": [
                ["content-type", "application/json"],
                ["authorization", "(redacted)"],
                ["x-door", "(redacted)"],
                ["x-forwarded", "(redacted)"],
                ["x-other", "(redacted)"],
            ],
            "request": { "pin": 0, "a": [1.5, { "password": "(redacted)", "max_tokens": 5 }], "b": "(redacted)" },
            "status": 201,
            "response_headers": [
                ["content-type", "application/json; charset=utf-8"],
                ["set-cookie", "(redacted)"],
            ],
            "response": { "id": 1 },
        })
    );
}

#[test]
fn what_stands_for_a_secret_has_its_form() {
    for (secret, stand_in) in [
        ("abc", "(redacted)"),
        ("6F9619FF-8B86-D011-B42D-00CF4FC964FF", "00000000-0000-0000-0000-000000000000"),
        ("6F9619FF-8B86-D011-B42D-00CF4FC964FG", "(redacted)"),
        ("2024-02-29", "1970-01-01"),
        ("2024-02-29T12:00:00.5+01:00", "1970-01-01T00:00:00Z"),
        ("2024-02-29 12:00", "1970-01-01T00:00:00Z"),
        ("2024-02-29?", "(redacted)"),
    ] {
        let sent: &'static str = format!("{{\"token\":\"{secret}\"}}").leak();
        let found = line(request("application/json", sent), "application/json", "1");
        assert_eq!(found["request"], serde_json::json!({ "token": stand_in }));
    }
}

#[test]
fn bodies_are_recorded_by_their_media_types() {
    for (content_type, body, expected) in [
        ("application/json", "\"a\"", serde_json::json!({ "response_text": "\"a\"" })),
        ("application/json", "{\"pin\":\"hunter2", serde_json::json!({ "response_text": "(redacted)" })),
        (
            "application/json",
            "{\"pin\":[\"a\",{\"b\":5}],\"xDoor\":{\"c\":\"d\"}}",
            serde_json::json!({ "response": { "pin": ["(redacted)", { "b": 0 }], "xDoor": { "c": "(redacted)" } } }),
        ),
        ("application/json", "", serde_json::json!({ "response_text": "" })),
        ("", "[1]", serde_json::json!({ "response": [1] })),
        ("", "text", serde_json::json!({})),
        ("text/plain", "a\nb", serde_json::json!({ "response_text": "a\nb" })),
        (
            "application/x-www-form-urlencoded",
            "a=1&pin=2&b=eyJhbGciOiJIUzI1NiJ9",
            serde_json::json!({ "response_text": "a=1&pin=(redacted)&b=(redacted)" }),
        ),
        (
            "text/event-stream",
            "data: {\"pin\":\"1\"}\n\n",
            serde_json::json!({ "response_text": "data: {\"pin\":\"(redacted)\"}\n\n" }),
        ),
        (
            "application/jsonl",
            "{\"pin\":1}\n[]\n",
            serde_json::json!({ "response_text": "{\"pin\":0}\n[]\n" }),
        ),
        ("image/png", "PNG", serde_json::json!({})),
    ] {
        let found = line(request("text/plain", ""), content_type, body);
        let members = found.as_object().expect("it is an object").iter();
        let of_body = members.filter(|(name, _)| ["response", "response_text"].contains(&name.as_str()));
        let of_body: serde_json::Map<_, _> =
            of_body.map(|(name, value)| (name.clone(), value.clone())).collect();
        assert_eq!(serde_json::Value::Object(of_body), expected, "{content_type} {body}");
    }
}

/// A body that fails after its first chunk.
struct Cut(Option<&'static str>);

impl Chunks for Cut {
    fn next(&mut self) -> modelsmith_runtime::client::BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        let chunk = self.0.take().map(|text| Ok(Bytes::from(text)));
        Box::pin(std::future::ready(chunk.or(Some(Err("cut".into())))))
    }
}

#[test]
fn of_what_is_not_read_to_its_end_streams_are_kept() {
    for (content_type, is_kept) in [("application/json", false), ("text/event-stream", true)] {
        let (recorder, lines) = recorder(content_type, || Incoming::new(Cut(Some("data: 1\n\n"))));
        let response = ready(recorder.send(request("text/plain", ""))).expect("it answers");
        assert!(ready(response.into_body().collect(100)).is_err());
        let lines = lines.lock().expect("nobody panics");
        assert_eq!(lines[0].contains("response_text"), is_kept, "{}", lines[0]);
    }
    let failing =
        |_: Request<Bytes>| std::future::ready(Err::<Response<Incoming>, _>(BoxError::from("no network")));
    let lines = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&lines);
    let recorder = Recorder::new(failing, "", move |line: &str| {
        taken.lock().expect("nobody panics").push(line.to_owned())
    });
    assert!(ready(recorder.send(request("text/plain", "x"))).is_err());
    let line: serde_json::Value =
        serde_json::from_str(&lines.lock().expect("nobody panics")[0]).expect("it is JSON");
    assert_eq!((line.get("status"), &line["request_text"]), (None, &"x".into()));
}
