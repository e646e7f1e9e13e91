//! Makes the request of a call with six parameters, beside the same one written by hand.
//!
//! They take turns, so that a machine whose speed drifts slows all of them. The number of rounds is the first argument
//! (`cargo bench --bench requests -- 50`).

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use agent_server_models::client::{BoxError, Client};
use agent_server_models::operations::count_conversation_events::{Params, call};

/// How many requests are made within one round.
const REQUESTS: u32 = 200;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(500);
    let params = Params {
        conversation_id: "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().expect("it is an id"),
        kind: Some("openhands.sdk.event.MessageEvent".to_owned()),
        source: Some("user".to_owned()),
        body: Some("hello, world & more".to_owned()),
        timestamp_gte: Some("2026-05-01T10:00:00+02:00".parse().expect("it is a date")),
        timestamp_lt: Some("2026-05-02T10:00:00+02:00".parse().expect("it is a date")),
    };
    let nobody = |_: http::Request<bytes::Bytes>| async { Ok::<_, BoxError>(http::Response::new("")) };
    let client = Client::new("http://localhost:8000", nobody);
    let made = client.request(&call(&params).expect("it can be made")).expect("it can be made");
    assert_eq!(made.uri(), by_hand(&params).uri());
    let makers: [(&str, &dyn Fn()); 3] = [
        ("call", &|| drop(black_box(call(black_box(&params))))),
        ("call and request", &|| {
            drop(black_box(call(black_box(&params)).map(|call| client.request(&call))));
        }),
        ("by hand", &|| drop(black_box(by_hand(black_box(&params))))),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); makers.len()];
    for _ in 0..rounds {
        for ((_, make), times) in makers.iter().zip(&mut times) {
            let start = Instant::now();
            (0..REQUESTS).for_each(|_| make());
            times.push(start.elapsed() / REQUESTS);
        }
    }
    println!("{}", made.uri());
    println!("{rounds} rounds of {REQUESTS}, medians");
    for ((name, _), times) in makers.iter().zip(&mut times) {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        println!("{name:>20} {:>6} ns", median.as_nanos());
    }
}

/// As one would write it for this operation alone.
fn by_hand(params: &Params) -> http::Request<bytes::Bytes> {
    let mut uri = format!("http://localhost:8000/api/conversations/{}/events/count", params.conversation_id);
    let mut separator = '?';
    let mut add = |name: &str, value: &str| {
        uri.push(separator);
        uri.push_str(name);
        uri.push('=');
        encode(value, &mut uri);
        separator = '&';
    };
    for (name, value) in [("kind", &params.kind), ("source", &params.source), ("body", &params.body)] {
        if let Some(value) = value {
            add(name, value);
        }
    }
    for (name, value) in [("timestamp__gte", params.timestamp_gte), ("timestamp__lt", params.timestamp_lt)] {
        if let Some(value) = value {
            add(name, &value.to_rfc3339());
        }
    }
    http::Request::builder()
        .method("GET")
        .uri(uri)
        .header("accept", "application/json, */*;q=0.1")
        .body(bytes::Bytes::new())
        .expect("it can be made")
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}
