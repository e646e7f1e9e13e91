//! Reading and writing a page of the agent server's events: tagged unions in tagged unions, the tag last.
//!
//! Every candidate is measured in turn, many rounds, and the medians are compared: so what disturbs the machine
//! disturbs all alike. `cargo bench --bench reading`; a number of rounds may follow `--`.

#[path = "reading/derived.rs"]
mod derived;
#[path = "reading/model.rs"]
mod model;
#[path = "reading/ours.rs"]
mod ours;
#[path = "reading/single_pass.rs"]
mod single_pass;

use modelsmith_runtime as runtime;
use serde::{Serialize, de::DeserializeOwned, de::IgnoredAny};
use std::{hint::black_box, time::Instant};

const PAGE: &str = include_str!("../../tests/payloads/search_events_1.json");

fn main() {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(300);
    let last = minify(PAGE);
    let page: ours::Page = serde_json::from_str(&last).expect("the page is of this model");
    let derived: derived::Page = serde_json::from_str(&last).expect("the page is of this model");
    // Nothing is lost, and the models write constants first: that is the page with the tag first.
    let first = serde_json::to_string(&page).expect("a page can be written");
    let whole = value(&last);
    assert_eq!(value(&first), whole);
    assert_eq!(value(&serde_json::to_string(&derived).expect("a page can be written")), whole);

    let mut table = Table::new(last.len());
    table.add("ours, tag last", reads_alone::<ours::Page>(&last));
    table.add("ours, tag first", reads_alone::<ours::Page>(&first));
    table.add("ours through serde, tag last", reads::<ours::Page>(&last));
    table.add("ours through serde, tag first", reads::<ours::Page>(&first));
    table.add("serde's tagged derive, tag last", reads::<derived::Page>(&last));
    table.add("serde's tagged derive, tag first", reads::<derived::Page>(&first));
    table.add("single pass", reads::<single_pass::Page>(&last));
    table.add("serde_json::Value", reads::<serde_json::Value>(&last));
    table.add("IgnoredAny", reads::<IgnoredAny>(&last));
    table.run(rounds, "reading a page");
    table.ratio("serde's tagged derive, tag last", "ours, tag last", "at least 1.25");
    table.ratio("serde's tagged derive, tag last", "ours through serde, tag last", "at least 1");
    table.ratio("ours, tag last", "single pass", "at most 1.25");

    // One kind of event, of scalars only, so that the struct alone can be read too.
    let hooks: Vec<_> =
        page.items.iter().filter(|event| matches!(event, ours::Event::HookExecutionEvent(_))).collect();
    let first = serde_json::to_string(&hooks).expect("events can be written");
    let last = tag_last(&first);
    let mut table = Table::new(first.len());
    table.add("bare struct", reads_alone::<Vec<ours::HookExecutionEvent>>(&last));
    table.add("tag last", reads_alone::<Vec<ours::Event>>(&last));
    table.add("tag first", reads_alone::<Vec<ours::Event>>(&first));
    table.add("tag last through serde", reads::<Vec<ours::Event>>(&last));
    table.add("derived, bare struct", reads::<Vec<derived::HookExecutionEvent>>(&last));
    table.run(rounds, "reading flat events");
    table.ratio("tag last", "bare struct", "at most 1.15");
    table.ratio("tag first", "bare struct", "at most 1.15");
    table.ratio("tag last", "tag first", "at most 1.1");
    table.ratio("bare struct", "derived, bare struct", "at most 1");

    let written = serde_json::to_string(&page).expect("a page can be written").len();
    let mut table = Table::new(written);
    table.add("ours", writes_alone(&page));
    table.add("ours through serde", writes(&page));
    table.add("serde's derive", writes(&derived));
    table.run(rounds, "writing a page");
    table.ratio("ours", "serde's derive", "at most 1");
    table.ratio("ours through serde", "serde's derive", "at most 1");
}

fn value(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// The document without white space between its tokens, as the server sends it.
fn minify(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let keep = |c: &char| {
        let quote = *c == '"' && !escaped;
        escaped = inside && *c == '\\' && !escaped;
        inside ^= quote;
        inside || !c.is_ascii_whitespace()
    };
    text.chars().filter(keep).collect()
}

/// An array of objects with the first property of each put last.
fn tag_last(events: &str) -> String {
    let tag = r#""kind":"HookExecutionEvent","#;
    let tail = format!(",{}}}", tag.trim_end_matches(','));
    events
        .split(tag)
        .collect::<String>()
        .replace("},{", &format!("{tail},{{"))
        .replace("}]", &format!("{tail}]"))
}

fn reads<T: DeserializeOwned>(text: &str) -> Box<dyn Fn() + '_> {
    Box::new(move || drop(black_box(serde_json::from_str::<T>(black_box(text)).expect("it was read before"))))
}

/// Reads with the models' own function, which `serde` has no part in.
fn reads_alone<T: runtime::Read>(text: &str) -> Box<dyn Fn() + '_> {
    Box::new(move || drop(black_box(runtime::from_str::<T>(black_box(text)).expect("it was read before"))))
}

fn writes_alone<T: runtime::View>(value: &T) -> Box<dyn Fn() + '_> {
    Box::new(move || drop(black_box(runtime::to_vec(black_box(value)))))
}

fn writes<T: Serialize>(value: &T) -> Box<dyn Fn() + '_> {
    Box::new(move || drop(black_box(serde_json::to_vec(black_box(value)).expect("it was written before"))))
}

/// Candidates and their times.
struct Table<'a> {
    bytes: usize,
    rows: Vec<Row<'a>>,
}

/// A candidate and the times that it took.
type Row<'a> = (&'static str, Box<dyn Fn() + 'a>, Vec<f64>);

impl<'a> Table<'a> {
    fn new(bytes: usize) -> Self {
        Table { bytes, rows: Vec::new() }
    }

    fn add(&mut self, name: &'static str, candidate: Box<dyn Fn() + 'a>) {
        self.rows.push((name, candidate, Vec::new()));
    }

    fn run(&mut self, rounds: usize, title: &str) {
        for _ in 0..rounds {
            for (_, candidate, times) in &mut self.rows {
                let begin = Instant::now();
                for _ in 0..4 {
                    candidate();
                }
                times.push(begin.elapsed().as_secs_f64() / 4.0);
            }
        }
        println!("\n{title} ({} bytes)", self.bytes);
        for (name, _, _) in &self.rows {
            let time = self.median(name);
            println!("  {name:34} {:8.1} us {:7.0} MB/s", time * 1e6, self.bytes as f64 / time / 1e6);
        }
    }

    fn median(&self, name: &str) -> f64 {
        let (_, _, times) = self.rows.iter().find(|row| row.0 == name).expect("a name of the table");
        let mut times = times.clone();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }

    fn ratio(&self, over: &str, under: &str, wanted: &str) {
        println!("  {over} / {under}: {:.2} (to reach: {wanted})", self.median(over) / self.median(under));
    }
}
