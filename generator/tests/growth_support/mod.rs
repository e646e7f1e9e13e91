//! Whether work takes time in proportion to the size of its subject.
//!
//! With a limit in seconds, only a subject so large that linear work takes seconds tells linear work from quadratic
//! work. Here the time for a large subject is compared with the time for several small ones, and all can be short.

#![allow(dead_code, reason = "not every test uses all of it")]

use std::time::{Duration, Instant};

/// How many small subjects are as large as the large one. Quadratic work takes that many times as long with the large
/// one.
pub const FACTOR: usize = 8;

/// How many times as long the large subject may take. Linear work takes about as long as with the small ones.
const MOST: u32 = 2;

/// How often the work is measured before it counts as too slow. Whatever else the machine does only adds to the time,
/// so the least of all measurements is compared.
const ATTEMPTS: usize = 5;

/// Asserts that every step of the work takes time in proportion to the size. `work` returns the times of its steps for
/// a subject, which `subject` makes in a given size.
#[track_caller]
pub fn assert_linear<S, const STEPS: usize>(
    size: usize,
    subject: impl Fn(usize) -> S,
    work: impl Fn(&S) -> [Duration; STEPS],
) {
    let (small, large) = (subject(size), subject(size * FACTOR));
    let mut least = [[Duration::MAX; STEPS]; 2];
    for _ in 0..ATTEMPTS {
        // The small ones before and after the large one, and as many as take the same time: a busy machine then
        // interrupts them as much as the large one.
        let mut smalls = [Duration::ZERO; STEPS];
        let mut add =
            |times: [Duration; STEPS]| smalls.iter_mut().zip(times).for_each(|(sum, time)| *sum += time);
        (0..FACTOR / 2).for_each(|_| add(work(&small)));
        let once = work(&large);
        (FACTOR / 2..FACTOR).for_each(|_| add(work(&small)));
        for (least, times) in least.iter_mut().zip([smalls, once]) {
            least.iter_mut().zip(times).for_each(|(least, time)| *least = time.min(*least));
        }
        let [smalls, large] = &least;
        println!("{smalls:?} for {FACTOR} times {size}, {large:?} for {}", size * FACTOR);
        if smalls.iter().zip(large).all(|(smalls, large)| *large <= *smalls * MOST) {
            return;
        }
    }
    let [smalls, large] = least;
    panic!("{smalls:?} for {FACTOR} times {size}, but {large:?} for {}", size * FACTOR);
}

/// How long the work takes, and its result.
pub fn timed<R>(work: impl FnOnce() -> R) -> (Duration, R) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}
