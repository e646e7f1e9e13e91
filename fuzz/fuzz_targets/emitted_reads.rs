//! Any bytes as JSON for emitted code: no panic, reading takes time in proportion to the bytes, messages are short, and
//! what was read and written is read and written the same. How to run it: fuzz/README.md.

#![no_main]

use std::fmt::Debug;
use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use models::runtime::{self, Read, View};
use serde::de::DeserializeOwned;

#[allow(dead_code, unused_imports, reason = "not all that is emitted is read here")]
#[allow(clippy::enum_variant_names, reason = "the document's names, and nobody's API here")]
mod models {
    include!(concat!(env!("OUT_DIR"), "/models.rs"));
}

/// What reading may take: with instruments in it, and beside whatever else the machine does.
const AT_LEAST: Duration = Duration::from_millis(500);
const PER_BYTE: Duration = Duration::from_micros(20);

/// The longest message, without the path: names of types and a value that was cut.
const MESSAGE: usize = 600;

// The first byte says what the others are read as.
fuzz_target!(|bytes: &[u8]| {
    let Some((pick, text)) = bytes.split_first() else { return };
    match pick % 4 {
        0 => read::<models::ByShape>(text),
        1 => read::<models::InOrder>(text),
        2 => read::<models::Tagged>(text),
        _ => read::<models::Everything>(text),
    }
});

fn read<T: Read + View + DeserializeOwned + Debug>(text: &[u8]) {
    let start = Instant::now();
    let read = runtime::from_slice::<T>(text);
    let through = serde_json::from_slice::<T>(text);
    // A `Value` has rounded what it cannot hold, so that it may be refused.
    let _ = serde_json::from_slice(text).map(|value| runtime::from_value::<T>(&value));
    let took = start.elapsed();
    let limit = AT_LEAST + PER_BYTE * u32::try_from(text.len()).unwrap_or(u32::MAX);
    assert!(took <= limit, "{took:?} for {} bytes", text.len());
    assert_eq!(read.is_ok(), through.is_ok(), "{read:?}\n{through:?}");
    match read {
        Ok(read) => {
            let written = runtime::to_vec(&read).expect("what was read can be written");
            let again = runtime::from_slice::<T>(&written).expect("what was written can be read");
            // Not the same variants: the properties that distinguish them may have been skipped.
            assert_eq!(runtime::to_vec(&again).ok(), Some(written));
        }
        Err(error) => assert!(error.message().len() <= MESSAGE, "{}", error.message()),
    }
}
