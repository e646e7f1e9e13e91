//! Any bytes as a document: no panic, no hang, and what is emitted parses as Rust. How to run it: fuzz/README.md.

#![no_main]

use libfuzzer_sys::fuzz_target;
use modelsmith::config::Config;
use modelsmith::diagnostics::{Style, render};
use modelsmith::load::MemoryReader;

fuzz_target!(|bytes: &[u8]| {
    let reader = MemoryReader::new().with("document.yaml", bytes.to_vec());
    let mut config = Config::default();
    // Examples are read too.
    config.rust.tests = true;
    match modelsmith::generate("document.yaml".as_ref(), &reader, &config) {
        Ok(output) => {
            for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                // The runtime is the same for every document.
                if path.starts_with("src/runtime") {
                    continue;
                }
                if let Err(error) = syn::parse_file(text) {
                    panic!("{path} is not Rust: {error}\n{text}");
                }
            }
            render(&output.warnings, &output.sources, Style::PLAIN);
        }
        Err(failure) => {
            let said = render(&failure.diagnostics, &failure.sources, Style::PLAIN);
            assert!(said.contains("error["), "nothing is emitted and no error says why:\n{said}");
        }
    }
});
