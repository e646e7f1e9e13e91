//! The documents among the workspace's fixtures, and how much of what can be done to them is tried.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use modelsmith::config::{Config, Dependency, Runtime};

/// Of all that can be tried one in so many is, always the same: all of it takes minutes, and what is beside each other in
/// a document is mostly read by the same code. A prime, so that every document and every kind of change has its turn.
/// `MODELSMITH_EVERY=1` tries all of it.
const EVERY: usize = 23;

pub fn every() -> usize {
    std::env::var("MODELSMITH_EVERY").ok().and_then(|text| text.parse().ok()).unwrap_or(EVERY)
}

/// Settings without a copy of the runtime. It is the same for all documents, and most of the time that emitting a small one
/// takes.
pub fn without_runtime() -> Config {
    let mut config = Config::default();
    config.rust.runtime = Runtime::Crate(Dependency::default());
    config
}

/// Those in one file, by name.
fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut documents: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "json"))
        .collect();
    documents.sort();
    documents
}

/// Does the same with each document, on all processors. The answers are in the order of the documents.
pub fn with_each<R: Send>(work: impl Fn(&Path) -> R + Sync) -> Vec<R> {
    for_all(&documents(), |path| work(path))
}

/// Does the same with all of these, on all processors. The answers are in the same order.
pub fn for_all<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut answers = Vec::new();
        while let Some((index, one)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, all.get(index)?)))
        {
            answers.push((index, work(one)));
        }
        answers
    };
    let count = thread::available_parallelism().map_or(1, usize::from);
    let mut answers: Vec<(usize, R)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(take)).collect();
        let done = threads.into_iter().map(|thread| thread.join());
        done.flat_map(|found| found.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
