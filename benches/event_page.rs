//! Reads a recorded page of events as `EventPage`, as `serde_json::Value` and as nothing at all (`IgnoredAny`).
//!
//! The three take turns, so that a machine whose speed drifts slows all of them; what counts is the ratios. The
//! number of rounds is the first argument (`cargo bench --bench event_page -- 50`).

use std::hint::black_box;
use std::time::{Duration, Instant};

use agent_server_models::EventPage;
use serde::de::IgnoredAny;
use serde_json::Value;

/// How often each reader reads the text within one round.
const READS: u32 = 20;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let recorded: Value = serde_json::from_str(include_str!("../tests/payloads/search_events_1.json"))
        .expect("the recorded page is JSON");
    let text = recorded.to_string();
    let page: EventPage = serde_json::from_str(&text).expect("the recorded page is a page of events");
    let readers: [(&str, &dyn Fn()); 4] = [
        ("EventPage", &|| drop(black_box(serde_json::from_str::<EventPage>(black_box(&text))))),
        ("Value", &|| drop(black_box(serde_json::from_str::<Value>(black_box(&text))))),
        ("IgnoredAny", &|| drop(black_box(serde_json::from_str::<IgnoredAny>(black_box(&text))))),
        ("EventPage, writing", &|| drop(black_box(serde_json::to_string(black_box(&page))))),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); readers.len()];
    for _ in 0..rounds {
        for ((_, read), times) in readers.iter().zip(&mut times) {
            let start = Instant::now();
            (0..READS).for_each(|_| read());
            times.push(start.elapsed() / READS);
        }
    }
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times).as_secs_f64()).collect();
    println!("{} bytes, {rounds} rounds of {READS}, medians", text.len());
    for ((name, _), median) in readers.iter().zip(&medians) {
        let speed = text.len() as f64 / median / 1e6;
        println!("{name:>20} {speed:>8.0} MB/s, {:.2} times the time of Value", median / medians[1]);
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
