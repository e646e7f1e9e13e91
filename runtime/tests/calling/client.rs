//! The client: which headers are sent, where redirects lead and what goes along, errors without secrets, uploads.

use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use crate::response::Response;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use modelsmith_runtime as runtime;
use modelsmith_runtime::client::{Body, BoxError, Client, Failure, Piece};
use modelsmith_runtime::{Call, Content, Endpoint, File, Key, KeyPlace, Place, Secret, Sent, Upload, View};

static ENDPOINT: Endpoint = Endpoint {
    id: "send",
    method: "POST",
    path: "/a/b",
    parameters: &[Place::header("X-Token").secret(), Place::header("X-Plain"), Place::cookie("sid")],
    answers: &[],
    security: &[&["key"]],
    server: None,
    success: None,
    rules: &runtime::rules!(),
};

/// A call with a secret in a header, another header, a cookie and a body.
fn call() -> Call<Response> {
    let token: Secret<String> = "hidden".into();
    let (plain, cookie) = ("shown".to_owned(), token.clone());
    let values: [Option<&dyn View>; 3] = [Some(&token), Some(&plain), Some(&cookie)];
    let body = Sent { media_type: "text/plain", content: Content::Text("body") };
    Call::new(&ENDPOINT, &values, Some(body)).expect("it can be made")
}

/// What was sent, one text for each request.
type Log = Arc<Mutex<Vec<String>>>;

/// A client that notes requests, and redirects from one URL to the next.
fn redirecting(status: u16, way: &'static [&'static str]) -> (Client, Log) {
    let log = Log::default();
    let seen = Arc::clone(&log);
    let client = Client::new(way[0], move |request: http::Request<Bytes>| {
        let mut text = format!("{} {}", request.method(), request.uri());
        let mut headers: Vec<_> = request.headers().iter().filter(|(name, _)| *name != ACCEPT).collect();
        headers.sort_by_key(|(name, _)| name.as_str());
        for (name, value) in headers {
            text += &format!(" {name}={}", value.to_str().expect("it is text"));
        }
        text += &format!(" {}", String::from_utf8_lossy(request.body()));
        let mut log = seen.lock().expect("nobody panics");
        log.push(text);
        let next = way.get(log.len());
        async move {
            let response = http::Response::builder();
            let response = match next {
                Some(next) => response.status(status).header("location", *next),
                None => response.status(204),
            };
            Ok::<_, BoxError>(response.body("")?)
        }
    });
    (client, log)
}

fn sent(log: &Log) -> Vec<String> {
    log.lock().expect("nobody panics").clone()
}

fn key() -> Vec<Key> {
    vec![Key { scheme: "key", place: KeyPlace::Header("X-Key"), secret: "hidden".into() }]
}

#[test]
fn secrets_in_headers_and_cookies_are_sensitive() {
    let (client, _) = redirecting(307, &["http://a"]);
    let request = client.credentials(key()).request(&call()).expect("it can be made");
    let mut sensitive: Vec<&str> = request
        .headers()
        .iter()
        .filter(|(_, value)| value.is_sensitive())
        .map(|(name, _)| name.as_str())
        .collect();
    sensitive.sort_unstable();
    assert_eq!(sensitive, ["cookie", "x-key", "x-token"]);
    // What is added under the name of a secret is one, too.
    let (client, _) = redirecting(307, &["http://a"]);
    let call = call().set_header("x-token", "new").header("X-KEY", "other").header("X-Other", "plain");
    let request = client.credentials(key()).request(&call).expect("it can be made");
    assert!(request.headers()["x-token"].is_sensitive() && request.headers()["x-key"].is_sensitive());
    assert!(!request.headers()["x-other"].is_sensitive());
}

#[test]
fn secrets_do_not_go_along_and_do_not_come_back() {
    let (client, log) =
        redirecting(307, &["http://a", "http://a/second", "http://b/third", "http://a/fourth"]);
    call().send_blocking(&client.credentials(key())).expect("it is a success");
    assert_eq!(
        sent(&log),
        [
            "POST http://a/a/b content-type=text/plain cookie=sid=hidden x-key=hidden x-plain=shown x-token=hidden body",
            "POST http://a/second content-type=text/plain cookie=sid=hidden x-key=hidden x-plain=shown x-token=hidden body",
            "POST http://b/third content-type=text/plain x-plain=shown body",
            "POST http://a/fourth content-type=text/plain x-plain=shown body",
        ]
    );
}

#[test]
fn a_body_goes_along_where_the_status_says_so() {
    for (status, second) in [
        (307, "POST http://b/ content-type=text/plain x-plain=shown body"),
        (308, "POST http://b/ content-type=text/plain x-plain=shown body"),
        (301, "GET http://b/ x-plain=shown "),
        (302, "GET http://b/ x-plain=shown "),
        (303, "GET http://b/ x-plain=shown "),
    ] {
        let (client, log) = redirecting(status, &["http://a", "http://b"]);
        call().send_blocking(&client).expect("it is a success");
        assert_eq!(sent(&log)[1], second, "{status}");
    }
}

/// A call with an upload in the place of its body.
fn upload(upload: Upload) -> Call<Response> {
    call().upload(upload)
}

fn path(name: &str, content: &[u8]) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("uploads");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the file can be written");
    path
}

#[test]
fn an_upload_that_is_read_once_is_not_redirected_as_nothing() {
    let (client, log) = redirecting(307, &["http://a", "http://b"]);
    let failure =
        upload(Upload::reader(&b"content"[..], None)).send_blocking(&client).expect_err("it is read once");
    assert_eq!(
        failure.to_string(),
        "the request was not answered: the server redirects the request (307 Temporary Redirect), whose body cannot be sent \
         again: the upload cannot be read: an upload from a reader is sent once"
    );
    assert_eq!(sent(&log).len(), 1);
    // Without the body it is a request like any other.
    let (client, log) = redirecting(303, &["http://a", "http://b"]);
    upload(Upload::reader(&b"content"[..], None)).send_blocking(&client).expect("it is a success");
    assert_eq!(sent(&log)[1], "GET http://b/ x-plain=shown ");
    // A file is read again.
    let (client, log) = redirecting(307, &["http://a", "http://b"]);
    let path = path("redirected", b"content");
    upload(Upload::path(path)).send_blocking(&client).expect("it is a success");
    assert!(sent(&log).iter().all(|sent| sent.ends_with(" content")), "{:?}", sent(&log));
}

#[test]
fn uploads_that_cannot_be_read_are_failures() {
    let (client, log) = redirecting(307, &["http://a"]);
    let failure =
        upload(Upload::path("/nowhere/at/all")).send_blocking(&client).expect_err("it is not there");
    assert!(matches!(failure, Failure::Request(_)), "{failure:?}");
    let text = failure.to_string();
    assert!(
        text.starts_with("the request cannot be made: the upload cannot be read: `/nowhere/at/all`: "),
        "{text}"
    );
    let call = upload(Upload::reader(&b"content"[..], None));
    call.send_blocking(&client).expect("it is a success");
    let failure = call.send_blocking(&client).expect_err("it was read");
    assert_eq!(
        failure.to_string(),
        "the request cannot be made: the upload cannot be read: an upload from a reader is sent once"
    );
    for (content, length, message) in [
        (&b"content"[..], 8, "the request was not answered: an upload ends 1 bytes before its length"),
        (b"content", 6, "the request was not answered: an upload is longer than its length"),
        (b"content", 0, "the request was not answered: an upload is longer than its length"),
    ] {
        let failure =
            upload(Upload::reader(content, Some(length))).send_blocking(&client).expect_err("it is wrong");
        assert_eq!(failure.to_string(), message);
    }
    upload(Upload::reader(&b"content"[..], Some(7))).send_blocking(&client).expect("it is right");
    assert_eq!(sent(&log).len(), 2);
}

/// A reader that is disturbed before each byte.
struct Disturbed(&'static [u8], bool);

impl Read for Disturbed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let most = into.len().min(1);
        self.0.read(&mut into[..most])
    }
}

#[test]
fn forms_with_uploads_are_pieces() {
    let form = std::collections::BTreeMap::from([
        ("a", File::from_path(path("name \".txt", b"one"))),
        ("b", File::new("two", *b"2").with_content_type("text/plain")),
        ("c", File::from_upload("three", Upload::reader(Disturbed(b"33", false), None))),
    ]);
    let form: std::collections::BTreeMap<String, File> =
        form.into_iter().map(|(name, file)| (name.to_owned(), file)).collect();
    let sent = Sent { media_type: "multipart/form-data", content: Content::Form(&form, &[]) };
    let body = sent.write().expect("it can be sent");
    let boundary =
        body.content_type.strip_prefix("multipart/form-data; boundary=").expect("it has a boundary");
    assert_eq!(boundary.len(), "modelsmith-".len() + 32);
    let again = sent.write().expect("it can be sent");
    assert_ne!(again.content_type, body.content_type);
    assert_eq!(format!("{body:?}"), format!("Body({}, {} bytes and 2 uploads)", body.content_type, 494));
    let text = String::from_utf8(body.bytes().expect("it is read").into_owned()).expect("it is text");
    let part = |head: &str, content: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name={head}\r\n\r\n{content}\r\n")
    };
    let octets = "Content-Type: application/octet-stream";
    assert_eq!(
        text,
        part(&format!("\"a\"; filename=\"name %22.txt\"\r\n{octets}"), "one")
            + &part("\"b\"; filename=\"two\"\r\nContent-Type: text/plain", "2")
            + &part(&format!("\"c\"; filename=\"three\"\r\n{octets}"), "33")
            + &format!("--{boundary}--\r\n")
    );
    assert_eq!(
        body.bytes().map_err(|error| error.to_string()),
        Err("the upload cannot be read: an upload from a reader is sent once".to_owned())
    );
    // Uploads are for forms: JSON would need all of it.
    assert!(modelsmith_runtime::to_string(&form).is_err());
}

#[test]
fn the_length_of_uploads_is_known_where_it_can_be() {
    let length = |upload: Upload| {
        let pieces = vec![Piece::Bytes(vec![1, 2]), Piece::Upload(upload), Piece::Bytes(vec![3])];
        let body = Body { content_type: "a/b".to_owned(), pieces };
        body.open().expect("it is there").length()
    };
    assert_eq!(length(Upload::path(path("length", b"content"))), Some(10));
    assert_eq!(length(Upload::reader(&b""[..], Some(4))), Some(7));
    assert_eq!(length(Upload::reader(&b""[..], None)), None);
}

#[test]
fn the_request_of_an_upload_has_it_in_memory() {
    let (client, _) = redirecting(307, &["http://a"]);
    let request = client.request(&upload(Upload::path(path("whole", b"content")))).expect("it can be made");
    assert_eq!(request.body(), "content");
    assert_eq!(request.headers()[CONTENT_TYPE], "text/plain");
    let mut call = call();
    call.body = None;
    let call = call.upload(Upload::reader(&b"x"[..], None));
    assert_eq!(
        client.request(&call).expect("it can be made").headers()[CONTENT_TYPE],
        "application/octet-stream"
    );
}

#[test]
fn headers_of_one_name_are_all_sent_unless_they_are_replaced() {
    let (client, _) = redirecting(307, &["http://a"]);
    let client = client.header(HeaderName::from_static("x-own"), HeaderValue::from_static("client"));
    let all = |call: &Call<Response>, name: &str| -> Vec<String> {
        let request = client.request(call).expect("it can be made");
        request
            .headers()
            .get_all(name)
            .iter()
            .map(|value| value.to_str().expect("it is text").to_owned())
            .collect()
    };
    let two = call()
        .header("X-Plain", "second")
        .header("x-plain", "third")
        .header("X-Own", "1")
        .header("X-Own", "2");
    assert_eq!(all(&two, "x-plain"), ["shown", "second", "third"]);
    // The client's own stands in for none.
    assert_eq!(all(&two, "x-own"), ["1", "2"]);
    assert_eq!(all(&call(), "x-own"), ["client"]);
    assert_eq!(all(&two.set_header("X-PLAIN", "only"), "x-plain"), ["only"]);
    let typed =
        call().header("Accept", "text/csv").header("Content-Type", "a/b").header("Authorization", "own");
    assert_eq!(all(&typed, ACCEPT.as_str()), ["text/csv"]);
    assert_eq!(all(&typed, CONTENT_TYPE.as_str()), ["a/b"]);
    assert_eq!(all(&typed, AUTHORIZATION.as_str()), ["own"]);
    // Cookies are one header (RFC 6265 §5.4).
    let cookies = call().header("Cookie", "a=1").header("cookie", "b=2");
    assert_eq!(all(&cookies, "cookie"), ["sid=hidden; a=1; b=2"]);
}

/// A value with a line break would be another header.
#[test]
fn a_header_that_would_end_its_line_is_not_sent() {
    let (client, log) = redirecting(307, &["http://a"]);
    for call in
        [call().header("X-More", "a\r\nHost: b"), call().header("Cookie", "a\nb"), call().header("a b", "c")]
    {
        let failure = call.send_blocking(&client).expect_err("it would be another header");
        assert!(matches!(failure, Failure::Request(_)), "{failure:?}");
    }
    assert!(sent(&log).is_empty());
}

/// An error whose source shows the URL.
#[derive(Debug)]
struct Outer(BoxError);

impl std::fmt::Display for Outer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it failed")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

#[test]
fn errors_do_not_show_the_secrets_of_a_url() {
    let failing = |text: &'static str| {
        let client = Client::new("http://ann:pass@a.example", move |_: http::Request<Bytes>| async move {
            Err::<http::Response<Bytes>, BoxError>(Outer(text.into()).into())
        });
        let call = call().query("key", "hid'den").query("flag", "");
        match call.send_blocking(&client).expect_err("it fails") {
            Failure::Transport(error) => error,
            other => panic!("{other:?}"),
        }
    };
    for (text, left) in [
        (
            "no http://a.example/a/b?key=hid%27den&flag= there",
            "it failed: no http://a.example/a/b?[redacted] there",
        ),
        ("no key=hid%27den here", "it failed: no [redacted] here"),
        ("no ann:pass@a.example", "it failed: no [redacted]@a.example"),
    ] {
        let error = failing(text);
        assert_eq!(error.to_string(), left);
        assert!(!format!("{error:?}").contains("hid%27den") && error.source().is_none(), "{error:?}");
    }
    // What shows nothing keeps its type.
    assert!(failing("no flag at /a/b?").downcast_ref::<Outer>().is_some());
}

/// The examples of RFC 3986 §5.4.
#[test]
fn locations_count_from_the_url() {
    let resolved = |reference: &'static str| {
        let log: Arc<Mutex<Vec<http::Uri>>> = Arc::default();
        let seen = Arc::clone(&log);
        let client = Client::new("http://a/b/c", move |request: http::Request<Bytes>| {
            let mut log = seen.lock().expect("nobody panics");
            let is_first = log.is_empty();
            log.push(request.uri().clone());
            async move {
                let response = http::Response::builder().status(if is_first { 307 } else { 204 });
                Ok::<_, BoxError>(response.header("location", reference.as_bytes()).body("")?)
            }
        });
        let mut call = call();
        (call.path, call.query) = ("/d;p".to_owned(), "q".to_owned());
        let _ = call.send_blocking(&client);
        log.lock().expect("nobody panics").get(1).cloned()
    };
    let examples = [
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("g#s", "http://a/b/c/g"),
        ("g?y#s", "http://a/b/c/g?y"),
        (";x", "http://a/b/c/;x"),
        ("g;x", "http://a/b/c/g;x"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("https://b/x", "https://b/x"),
        ("//g", "http://g/"),
        ("/ü x", "http://a/%C3%BC%20x"),
    ];
    for (reference, url) in examples {
        let found = resolved(reference).map(|uri| uri.to_string());
        assert_eq!(found.as_deref(), Some(url), "{reference}");
    }
    for none in ["http://", "mailto:a@b", "//", "", "#s", "ftp://a/"] {
        assert_eq!(resolved(none), None, "{none}");
    }
}
