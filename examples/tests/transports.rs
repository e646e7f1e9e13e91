//! `reqwest` with servers on this machine: what is sent, what comes back, and where secrets go. Blocking and async requests
//! are the same on the wire.
#![allow(deprecated, reason = "some operations are, and are called all the same")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use agent_server_models::client::{Answers, Call, Client, Failure};
use agent_server_models::operations::*;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

/// A server for some connections, one request each: what it is sent, and the pieces of each answer, which are sent one
/// after the other.
fn serve(answers: Vec<Vec<String>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it has an address"));
    (url, serve_at(listener, answers))
}

fn serve_at(listener: TcpListener, answers: Vec<Vec<String>>) -> JoinHandle<Vec<String>> {
    let serve = move |pieces: Vec<String>| {
        let (mut stream, _) = listener.accept().expect("somebody calls");
        let mut sent = Vec::new();
        let mut chunk = [0; 64 << 10];
        while !is_complete(&sent) {
            let length = stream.read(&mut chunk).expect("it sends");
            sent.extend_from_slice(&chunk[..length]);
        }
        for piece in pieces {
            stream.write_all(piece.as_bytes()).expect("it listens");
            stream.flush().expect("it listens");
            std::thread::sleep(Duration::from_millis(5));
        }
        String::from_utf8_lossy(&sent).into_owned()
    };
    std::thread::spawn(move || answers.into_iter().map(serve).collect())
}

/// Whether a request is there, with all of its body.
fn is_complete(sent: &[u8]) -> bool {
    let text = String::from_utf8_lossy(sent).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("it is a number"))
}

fn http(status: &str, header: &str, body: &str) -> Vec<String> {
    vec![format!(
        "HTTP/1.1 {status}\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )]
}

const JSON: &str = "Content-Type: application/json\r\n";

/// A client that leaves redirects to ours.
fn without_redirects() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("it can be made")
}

fn secret(name: HeaderName, client: Client) -> Client {
    let mut value = HeaderValue::from_static("hidden");
    value.set_sensitive(true);
    client.header(name, value)
}

const KEY: HeaderName = HeaderName::from_static("x-session-api-key");

#[tokio::test]
async fn reqwest_sends_and_receives() {
    let (url, served) =
        serve(vec![http("201 Created", JSON, r#"{"success":true}"#), http("404 No", "", "gone")]);
    let client = Client::new(url, reqwest::Client::new());
    let params = update_conversation::Params { conversation_id: uuid::Uuid::nil() };
    let body = update_conversation::Body { title: "Tea & cups".to_owned() };
    let call = update_conversation::call(&params, &body).expect("it can be made").header("X-More", "1");
    let reply = call.send(&client).await.expect("it is a success");
    assert_eq!((reply.status, reply.value.success), (201, true));
    let failure = call.send(&client).await.expect_err("it is not a success");
    assert_eq!(failure.to_string(), r#"the server answered 404: NotFound("gone")"#);
    let sent = served.join().expect("it served").remove(0);
    let path = "/api/conversations/00000000-0000-0000-0000-000000000000";
    assert!(sent.starts_with(&format!("PATCH {path} HTTP/1.1\r\n")), "{sent}");
    assert!(sent.contains("x-more: 1\r\n") && sent.contains("content-type: application/json\r\n"), "{sent}");
    assert!(sent.ends_with("\r\n\r\n{\"title\":\"Tea & cups\"}"), "{sent}");
}

#[tokio::test]
async fn a_body_comes_in_chunks() {
    let chunk = "x".repeat(10_000);
    let mut pieces =
        vec!["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n".to_owned()];
    pieces.extend((0..100).map(|_| format!("{:x}\r\n{chunk}\r\n", chunk.len())));
    pieces.push("0\r\n\r\n".to_owned());
    let (url, _) = serve(vec![pieces.clone(), pieces]);
    let client = Client::new(url, reqwest::Client::new()).limit(999_999);
    let call = health::call().expect("it can be made");
    let mut response = client.open(&call).await.expect("it is there");
    let (mut length, mut chunks) = (0, 0);
    while let Some(chunk) = response.body_mut().chunk().await {
        length += chunk.expect("it is there").len();
        chunks += 1;
    }
    assert_eq!(length, 1_000_000);
    assert!(chunks > 1, "it came as a whole");
    let failure = call.send(&client).await.expect_err("it is too long");
    assert_eq!(failure.to_string(), "the request was not answered: the body is longer than 999999 bytes");
}

/// Two servers, of which the first redirects to the second.
fn redirecting() -> (String, JoinHandle<Vec<String>>, JoinHandle<Vec<String>>) {
    let (other, at_other) = serve(vec![http("200 OK", JSON, r#"{"status":"ready"}"#)]);
    let (url, at_first) = serve(vec![http("302 Found", &format!("Location: {other}/ready\r\n"), "")]);
    (url, at_first, at_other)
}

#[tokio::test]
async fn secrets_stay_with_their_server() {
    for name in [KEY, AUTHORIZATION] {
        let (url, at_first, at_other) = redirecting();
        let client = secret(name.clone(), Client::new(url, without_redirects()));
        let reply = ready::call().expect("it can be made").send(&client).await.expect("it is a success");
        assert_eq!(reply.value["status"], "ready");
        let header = format!("{name}: hidden\r\n");
        let (first, other) = (at_first.join().expect("it served"), at_other.join().expect("it served"));
        assert!(first[0].contains(&header), "{first:?}");
        assert!(!other[0].contains("hidden") && other[0].starts_with("GET /ready "), "{other:?}");
    }
}

#[tokio::test]
async fn reqwest_that_redirects_itself_is_told_of() {
    // It takes out this header itself.
    let (url, _, at_other) = redirecting();
    let client = secret(AUTHORIZATION, Client::new(url, reqwest::Client::new()));
    let call = ready::call().expect("it can be made");
    assert!(call.send(&client).await.is_ok());
    assert!(!at_other.join().expect("it served")[0].contains("hidden"));
    // This one it does not know.
    let (url, _, at_other) = redirecting();
    let client = secret(KEY, Client::new(url, reqwest::Client::new()));
    let failure = call.send(&client).await.expect_err("the key was given away");
    assert!(at_other.join().expect("it served")[0].contains("hidden"));
    assert_eq!(
        failure.to_string(),
        "the request was not answered: reqwest followed redirects itself and may have sent the secret header \
         `x-session-api-key` to another host: build it with `reqwest::redirect::Policy::none()`, and the client follows \
         redirects without secrets"
    );
}

/// A server that redirects to another one, which redirects back: what they are sent.
fn there_and_back() -> (String, JoinHandle<Vec<String>>, JoinHandle<Vec<String>>) {
    let first = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", first.local_addr().expect("it has an address"));
    let (other, at_other) = serve(vec![http("302 Found", &format!("Location: {url}/end\r\n"), "")]);
    let there = http("302 Found", &format!("Location: {other}/ready\r\n"), "");
    let at_first = serve_at(first, vec![there, http("200 OK", JSON, r#"{"status":"ready"}"#)]);
    (url, at_first, at_other)
}

#[tokio::test]
async fn secrets_do_not_come_back() {
    for name in [KEY, AUTHORIZATION] {
        let (url, at_first, at_other) = there_and_back();
        let client = secret(name, Client::new(url, without_redirects()));
        let reply = ready::call().expect("it can be made").send(&client).await.expect("it is a success");
        assert_eq!(reply.value["status"], "ready");
        let (first, other) = (at_first.join().expect("it served"), at_other.join().expect("it served"));
        assert!(first[0].contains("hidden") && !other[0].contains("hidden"), "{first:?} {other:?}");
        assert!(first[1].starts_with("GET /end ") && !first[1].contains("hidden"), "{first:?}");
    }
    // Where reqwest redirects, it is not known that another host was on the way.
    let (url, ..) = there_and_back();
    let client = secret(KEY, Client::new(url, reqwest::Client::new()));
    let failure = ready::call().expect("it can be made").send(&client).await.expect_err("nobody knows");
    assert!(failure.to_string().contains("may have sent the secret header"), "{failure}");
}

#[tokio::test]
async fn errors_do_not_show_the_url() {
    let nobody =
        TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("it has an address");
    let url = format!("http://{nobody}/path");
    // This one says the URL that it refuses.
    let https_only: ureq::Agent = ureq::Agent::config_builder().https_only(true).build().into();
    let clients = [
        Client::new(url.as_str(), reqwest::Client::new()),
        Client::new(url.as_str(), ureq::Agent::new_with_defaults()),
        Client::new(url.as_str(), https_only),
    ];
    let call = ready::call().expect("it can be made").query("key", "hidden");
    let mut shown = String::new();
    for client in clients {
        let failure = call.send(&client).await.expect_err("nobody is there");
        let Failure::Transport(error) = &failure else { panic!("{failure}") };
        shown = format!("{error} {error:?}");
        assert!(!shown.contains("hidden"), "{shown}");
    }
    assert!(shown.contains("[redacted]"), "{shown}");
}

/// A request on the wire, without the names of libraries and in one order of headers.
async fn on_the_wire<R: Answers>(call: &Call<R>, is_blocking: bool) -> String {
    let (url, served) = serve(vec![http("204 Done", "", "")]);
    let client = match is_blocking {
        true => Client::new(url, ureq::Agent::new_with_defaults()),
        false => Client::new(url, reqwest::Client::new()),
    };
    let client = client.header(http::header::USER_AGENT, HeaderValue::from_static("test"));
    drop(client.open(call).await);
    let sent = served.join().expect("it served").remove(0);
    let (head, body) = sent.split_once("\r\n\r\n").expect("it has a head");
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    lines.retain(|line| !line.to_lowercase().starts_with("host: ") && !line.starts_with("accept-encoding: "));
    lines[1..].iter_mut().for_each(|line| *line = line.replacen(':', "\0", 1).to_lowercase());
    lines[1..].sort();
    format!("{}\n\n{body}", lines.join("\n"))
}

#[tokio::test]
async fn blocking_and_async_requests_are_the_same() {
    async fn same<R: Answers>(call: Result<Call<R>, agent_server_models::runtime::Error>) {
        let call = call.expect("it can be made");
        assert_eq!(on_the_wire(&call, true).await, on_the_wire(&call, false).await);
    }
    let conversation_id = uuid::Uuid::nil();
    same(ready::call()).await;
    same(run_conversation::call(&run_conversation::Params { conversation_id })).await;
    same(delete_conversation::call(&delete_conversation::Params { conversation_id })).await;
    let params = batch_get_conversation_events::Params { conversation_id };
    // A GET with a body.
    same(batch_get_conversation_events::call(&params, &vec!["a".to_owned()])).await;
    let ids = vec![conversation_id, conversation_id];
    same(batch_get_conversations::call(&batch_get_conversations::Params { ids })).await;
    same(list_models::call(&list_models::Params { provider: Some("a/b c".to_owned()) })).await;
    let file = agent_server_models::runtime::File::new("a.bin", vec![1, 2, 3]);
    let params = upload_file_path::Params { path: "/tmp/a b".to_owned() };
    same(upload_file_path::call(&params, &upload_file_path::Body { file })).await;
}
