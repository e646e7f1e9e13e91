//! What a server on this machine is sent by `ureq`, which blocks, and by `reqwest`, which does not: the same, for all
//! operations of the agent server. What it answers is read the same.

mod server;

use std::fs;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use agent_server_models::client::{Answers, Call, Client, Transport};
use fidelity::Document;
use fidelity::replies::Replier;
use fidelity::requests::{Caller, Sent, judge};

use server::{Seen, Server};

include!(concat!(env!("OUT_DIR"), "/agent_server_senders.rs"));

/// Sends a call of whatever operation.
macro_rules! send {
    ($call:expr) => {
        $call.map_err(|error| error.to_string()).and_then(|call| crate::clients::send_twice(&call))
    };
}
pub(crate) use send;

/// Answers of every kind, in turn: both clients get the same.
const ANSWERS: [(&str, &str, &str); 5] = [
    ("200 OK", "application/json", "{}"),
    ("404 Not Found", "application/json", r#"{"detail": "gone"}"#),
    ("422 Unprocessable Content", "application/json", r#"{"detail": []}"#),
    ("500 Oh", "text/html", "<h1>no</h1>"),
    ("204 No Content", "", ""),
];

static TURN: AtomicUsize = AtomicUsize::new(0);

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    Server::start(|_, out| {
        let (status, media_type, body) = ANSWERS[TURN.load(Ordering::SeqCst) % ANSWERS.len()];
        let media_type =
            if media_type.is_empty() { String::new() } else { format!("Content-Type: {media_type}\r\n") };
        let length = body.len();
        let length =
            if status.starts_with("204") { String::new() } else { format!("Content-Length: {length}\r\n") };
        // Who has gone away needs no answer.
        let _ = write!(
            out,
            "HTTP/1.1 {status}\r\n{media_type}{length}X-Request-Id: 7\r\nConnection: close\r\n\r\n{body}"
        );
    })
});

static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made")
});

/// The server requires a secret, though its document does not say so.
fn client(transport: impl Transport + 'static) -> Client {
    let (name, value) = ("x-session-api-key", "secret");
    Client::new(SERVER.url.as_str(), transport)
        .header(http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
}

/// Sends a call with both clients. Returns what the server saw of it.
pub(crate) fn send_twice<R: Answers + std::fmt::Debug>(call: &Call<R>) -> Result<Sent, String> {
    TURN.fetch_add(1, Ordering::SeqCst);
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    let blocking = client(agent);
    let answer = format!("{:?}", call.answer_blocking(&blocking));
    let blocking = own(SERVER.take());
    let waiting = client(reqwest::Client::new());
    let other = format!("{:?}", RUNTIME.block_on(call.answer(&waiting)));
    let waiting = own(SERVER.take());
    if answer != other {
        return Err(format!("one reads {answer}, the other {other}"));
    }
    if answer.contains("Transport(") {
        return Err(answer);
    }
    let [sent] = &waiting[..] else { return Err(format!("it was sent {} times", waiting.len())) };
    if blocking != waiting {
        return Err(format!("one sends {blocking:?}, the other {waiting:?}"));
    }
    as_sent(sent, call)
}

/// The requests without the headers that belong to the HTTP library.
fn own(mut seen: Vec<Seen>) -> Vec<Seen> {
    const OF_THE_LIBRARY: [&str; 6] =
        ["host", "user-agent", "connection", "accept-encoding", "content-length", "transfer-encoding"];
    for request in &mut seen {
        request.headers.retain(|(name, _)| !OF_THE_LIBRARY.contains(&name.as_str()));
    }
    seen
}

/// What the server saw, without what every request has.
fn as_sent<R: Answers>(seen: &Seen, call: &Call<R>) -> Result<Sent, String> {
    let mut headers = seen.headers.clone();
    let mut take = |name: &str| {
        let at = headers.iter().position(|(known, _)| known == name)?;
        Some(headers.remove(at).1)
    };
    if take("accept") != Some(call.accept()) {
        return Err("the header `Accept` is another".to_owned());
    }
    if take("x-session-api-key").as_deref() != Some("secret") {
        return Err("the header of the client is missing".to_owned());
    }
    let content_type = take("content-type");
    let mut line = seen.line.split(' ');
    let (method, target) = (line.next().unwrap_or_default(), line.next().unwrap_or_default());
    Ok(Sent {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body: content_type.map(|content_type| (content_type, seen.body.clone())),
    })
}

#[test]
fn blocking_and_waiting_requests_are_equal_and_say_what_was_given() {
    for (path, callers) in CALLERS {
        let text = fs::read_to_string(path).expect("the document is readable");
        let raw = serde_json::from_str(&text).expect("the document is JSON");
        let document = Document::new(raw).expect("it is an OpenAPI document");
        let verdict = judge(&document, 5, callers);
        assert!(verdict.wrong.is_empty(), "{}", verdict.wrong.join("\n"));
        assert!(verdict.operations > 45 && verdict.requests > 4 * verdict.operations, "{verdict:?}");
    }
}
