//! Reads recordings and compares their values with the document, on all processors.
//!
//! One thread splits recordings into values and collects them into batches. While a batch is compared, the next one is
//! read. The parts of a batch are compared in parallel and their findings are merged in order, so that the report does
//! not depend on the number of processors.

use std::io::Read;
use std::ops::Range;

use super::exchange::{Examiner, Payload, Shared};
use super::tally::{Origin, Tally};
use super::traffic::{Broken, Frame, Frames, Layout};
use crate::limits::RECORD;

/// A recording.
pub struct Recording<'r> {
    /// Its name in the report: a path.
    pub name: String,
    /// Its bytes, or the error of opening it.
    pub input: std::io::Result<Box<dyn Read + 'r>>,
}

/// The size of a batch, in bytes and in values.
const BATCH: usize = 8 << 20;
const VALUES: usize = 8_192;

/// Fewer bytes than this are not worth a thread.
const WORTH_A_THREAD: usize = 64 << 10;

/// The stack of a comparing thread: the recursion is as deep as the values.
const STACK: usize = 64 << 20;

/// Values that are compared in parallel.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    values: Vec<(Range<usize>, bool, Origin)>,
    /// The findings of the reader.
    tally: Tally,
}

/// Compares recordings with the document. Returns the findings and the names of the recordings.
pub(super) fn run<'r>(
    shared: &Shared<'_>,
    payload: Option<&Payload<'_>>,
    recordings: &mut dyn Iterator<Item = Recording<'r>>,
) -> (Tally, Vec<String>) {
    let layout = if payload.is_some() { Layout::Payloads } else { Layout::Exchanges };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut examiners: Vec<Examiner<'_>> = (0..threads).map(|_| Examiner::new(shared)).collect();
    let mut input = Input { recordings, layout, now: None, names: Vec::new(), value: Vec::new() };
    let mut whole = Tally::default();
    let mut batch = input.batch();
    while let Some(mut now) = batch {
        let (found, next) = std::thread::scope(|scope| {
            let parts = parts(&now, examiners.len());
            let workers: Vec<_> = examiners
                .iter_mut()
                .zip(parts)
                .map(|(examiner, part)| {
                    let (bytes, values) = (&now.bytes, &now.values);
                    let work = move || {
                        for (range, is_entry, origin) in values.get(part).unwrap_or_default() {
                            let text = bytes.get(range.clone()).unwrap_or_default();
                            examiner.frame(text, *is_entry, *origin, payload);
                        }
                        examiner.take()
                    };
                    std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
                })
                .collect();
            let next = input.batch();
            let found: Vec<Tally> = workers
                .into_iter()
                .map(|worker| match worker.map(std::thread::ScopedJoinHandle::join) {
                    Ok(Ok(tally)) => tally,
                    Ok(Err(panic)) => std::panic::resume_unwind(panic),
                    // The program cannot continue if the system cannot start a thread.
                    Err(error) => panic!("the system cannot start a thread: {error}"),
                })
                .collect();
            (found, next)
        });
        found.into_iter().for_each(|tally| whole.merge(tally));
        whole.merge(std::mem::take(&mut now.tally));
        batch = next;
    }
    (whole, input.names)
}

/// Splits the values of a batch into parts of about the same size.
fn parts(batch: &Batch, threads: usize) -> Vec<Range<usize>> {
    let count = (batch.bytes.len() / WORTH_A_THREAD).clamp(1, threads);
    let share = batch.bytes.len() / count + 1;
    let mut parts = Vec::with_capacity(count);
    let mut start = 0;
    for number in 1..=count {
        let end = batch.values.partition_point(|(range, _, _)| range.end <= share * number);
        let end = if number == count { batch.values.len() } else { end.max(start) };
        parts.push(start..end);
        start = end;
    }
    parts
}

/// The recordings that are still to be read.
struct Input<'i, 'r> {
    recordings: &'i mut dyn Iterator<Item = Recording<'r>>,
    layout: Layout,
    /// The current recording.
    now: Option<Frames<Box<dyn Read + 'r>>>,
    names: Vec<String>,
    value: Vec<u8>,
}

impl Input<'_, '_> {
    /// The next batch. `None` at the end.
    fn batch(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        let mut is_over = false;
        while batch.bytes.len() < BATCH && batch.values.len() < VALUES {
            if self.now.is_none() && !self.open(&mut batch) {
                is_over = true;
                break;
            }
            self.next(&mut batch);
        }
        let is_empty =
            batch.values.is_empty() && batch.tally.totals.recordings == 0 && !batch.tally.is_broken;
        (!is_over || !is_empty).then_some(batch)
    }

    /// Opens the next recording. Returns whether there is one.
    fn open(&mut self, batch: &mut Batch) -> bool {
        let Some(Recording { name, input }) = self.recordings.next() else { return false };
        batch.tally.totals.recordings += 1;
        self.names.push(name);
        match input {
            Ok(input) => self.now = Some(Frames::new(input, self.layout, RECORD)),
            Err(error) => {
                let at = Origin { source: self.names.len() - 1, line: 0 };
                batch.tally.unreadable(at, format!("the recording cannot be read: {error}"));
            }
        }
        true
    }

    fn next(&mut self, batch: &mut Batch) {
        let Some(frames) = &mut self.now else { return };
        let source = self.names.len() - 1;
        match frames.next(&mut self.value) {
            None => self.now = None,
            Some(Ok(Frame { line, is_entry })) => {
                let start = batch.bytes.len();
                batch.bytes.extend_from_slice(&self.value);
                batch.tally.totals.bytes += self.value.len() as u64;
                batch.values.push((start..batch.bytes.len(), is_entry, Origin { source, line }));
            }
            Some(Err(Broken::TooLarge { line, bytes })) => {
                batch.tally.totals.too_large += 1;
                let message = format!("a value of {bytes} bytes is skipped: the limit is {RECORD} bytes");
                batch.tally.left_out(Origin { source, line }, message);
            }
            Some(Err(Broken::NotAValue { line, message })) => {
                batch.tally.unreadable(Origin { source, line }, message.to_owned());
            }
            Some(Err(Broken::End { line, message })) => {
                batch.tally.unreadable(Origin { source, line }, message);
            }
        }
    }
}
