//! Any bytes as JSON: the runtime's reader and `serde_json` accept the same texts, as the same values. How to run it:
//! fuzz/README.md.

#![no_main]

use modelsmith_runtime as runtime;

#[path = "../../runtime/tests/support/alike.rs"]
mod alike;
#[path = "../../runtime/tests/support/models.rs"]
mod models;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    alike::alike(bytes);
    models::alike(bytes);
});
