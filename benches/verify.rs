//! Compares a recording of the agent server with its document, beside skipping the same bytes (`IgnoredAny`) and reading the
//! bodies with the compiled models.
//!
//! They take turns, so that a machine whose speed drifts slows all of them; processor time counts, since `verify` uses all
//! processors. The number of rounds is the first argument (`cargo bench --bench verify -- 5`).

use std::borrow::Cow;
use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use agent_server_models::operations::{
    batch_get_conversations, search_conversation_events, start_conversation,
};
use modelsmith::ReadDocument;
use modelsmith::config::Config;
use modelsmith::load::DiskReader;
use modelsmith::verify::{self, Options, Recording};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// How long the recording is.
const BYTES: usize = 100 << 20;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(3);
    let mut config = Config::default();
    config.rust.client = true;
    let document = modelsmith::read_document("spec/agent-server.openapi.json".as_ref(), &DiskReader, &config)
        .expect("the document is right");
    let har = har();
    let readers: [(&str, &dyn Fn()); 4] = [
        ("verify", &|| verified(&document, &har)),
        ("IgnoredAny", &|| drop(black_box(serde_json::from_str::<IgnoredAny>(&har)))),
        ("entries of HAR", &|| drop(black_box(serde_json::from_str::<Har<'_>>(&har)))),
        ("entries, compiled models", &|| read(&har)),
    ];
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); readers.len()];
    for _ in 0..rounds {
        for ((_, read), times) in readers.iter().zip(&mut times) {
            let (start, before) = (Instant::now(), processor_time());
            read();
            let taken = processor_time().zip(before).map(|(after, before)| after - before);
            times.push(taken.unwrap_or_else(|| start.elapsed().as_secs_f64()));
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    println!("{} bytes, {rounds} rounds, medians of processor time", har.len());
    for ((name, _), median) in readers.iter().zip(&medians) {
        let speed = har.len() as f64 / median / 1e6;
        println!("{name:>25} {speed:>6.0} MB/s, {:.2} times the time of IgnoredAny", median / medians[1]);
    }
}

/// Pages of events, conversations and requests to start one.
fn har() -> String {
    let payload = |text: &str| -> Value { serde_json::from_str(text).expect("a payload is JSON") };
    let base = "http://127.0.0.1:8000/api/conversations";
    let id = "70203aab-c045-4de7-b93d-f10069fc0d34";
    let entry = |method: &str, url: String, request: Option<Value>, status: u16, response: &Value| {
        let json = json!([{ "name": "Content-Type", "value": "application/json" }]);
        let mut sent = json!({ "method": method, "url": url, "httpVersion": "HTTP/1.1", "headers": json, "bodySize": 0 });
        if let Some(request) = request {
            sent["postData"] = json!({ "mimeType": "application/json", "text": request.to_string() });
        }
        let text = response.to_string();
        let content = json!({ "size": text.len(), "mimeType": "application/json", "text": text });
        json!({
            "startedDateTime": "2026-01-01T00:00:00Z",
            "time": 12.5,
            "request": sent,
            "response": { "status": status, "statusText": "OK", "headers": json, "content": content },
        })
        .to_string()
    };
    let conversations = payload(include_str!("../tests/payloads/batch_get_conversations.json"));
    let one = |index: usize| conversations.get(index).cloned().unwrap_or_default();
    let entries = [
        entry(
            "GET",
            format!("{base}/{id}/events/search?limit=100"),
            None,
            200,
            &payload(include_str!("../tests/payloads/search_events_1.json")),
        ),
        entry(
            "GET",
            format!("{base}/{id}/events/search?limit=100"),
            None,
            200,
            &payload(include_str!("../tests/payloads/search_events_3.json")),
        ),
        entry("GET", format!("{base}?ids={id}"), None, 200, &conversations),
        entry(
            "POST",
            base.to_owned(),
            Some(payload(include_str!("../tests/payloads/start_conversation_request_1.json"))),
            200,
            &one(0),
        ),
    ];
    let mut har =
        r#"{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":["#.to_owned();
    let mut next = entries.iter().cycle();
    while let Some(entry) = next.next().filter(|_| har.len() < BYTES) {
        har.push_str(entry);
        har.push(',');
    }
    har.pop();
    har + "]}}"
}

fn verified(document: &ReadDocument, har: &str) {
    let input: Box<dyn Read> = Box::new(har.as_bytes());
    let mut recordings = std::iter::once(Recording { name: "bench".to_owned(), input: Ok(input) });
    let report = verify::verify(&document.graph, &document.documents, &Options::default(), &mut recordings);
    let report = report.expect("no target was named");
    assert!(report.totals.response_bodies > 100 && !report.faults.has_refused(), "{:?}", report.totals);
}

#[derive(Deserialize)]
struct Har<'a> {
    #[serde(borrow)]
    log: Log<'a>,
}

#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    request: Request<'a>,
    #[serde(borrow)]
    response: Response<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    url: &'a str,
    #[serde(borrow)]
    post_data: Option<Content<'a>>,
}

#[derive(Deserialize)]
struct Response<'a> {
    status: u16,
    #[serde(borrow)]
    content: Content<'a>,
}

#[derive(Deserialize)]
struct Content<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// Reads the bodies as what they are.
fn read(har: &str) {
    let har: Har<'_> = serde_json::from_str(har).expect("it is HAR");
    for entry in har.log.entries {
        let (status, body) = (entry.response.status, entry.response.content.text.as_bytes());
        let json = Some("application/json");
        let is_read = match entry.request.post_data {
            Some(sent) => {
                let request =
                    serde_json::from_str::<agent_server_models::StartConversationRequest>(&sent.text);
                drop(black_box(request.expect("it is a request")));
                start_conversation::Response::from_parts(status, json, body).map(|it| drop(black_box(it)))
            }
            None if entry.request.url.contains("events") => {
                search_conversation_events::Response::from_parts(status, json, body)
                    .map(|it| drop(black_box(it)))
            }
            None => batch_get_conversations::Response::from_parts(status, json, body)
                .map(|it| drop(black_box(it))),
        };
        is_read.expect("it is read");
    }
}

/// The seconds that this process has used the processors, where that is known.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    // The 14th field of proc(5), in hundredths of a second: time outside of the system.
    let ticks: f64 = rest.split_whitespace().nth(11)?.parse().ok()?;
    Some(ticks / 100.0)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
