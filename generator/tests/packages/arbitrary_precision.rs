//! An emitted package in a program that turns `serde_json`'s feature `arbitrary_precision` on: it keeps numbers as text,
//! and hands them to visitors as maps. In a package of its own, since features of one package in a build are all on.

use std::path::Path;

use modelsmith::config::Config;
use modelsmith::load::MemoryReader;

use crate::cli_support::cargo::succeed;
use crate::cli_support::write;

#[test]
fn numbers_are_read_and_kept() {
    let reader = MemoryReader::new().with("document.yaml", include_str!("arbitrary_precision/document.yaml"));
    let output = modelsmith::generate("document.yaml".as_ref(), &reader, &Config::default());
    let Ok(output) = output else { panic!("the document is generated") };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("arbitrary-precision");
    let _ = std::fs::remove_dir_all(folder.join("src"));
    for (path, text) in output.files.iter() {
        write(&folder, path, text);
    }
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest was written");
    let features = "features = [\"float_roundtrip\", \"raw_value\"]";
    assert!(manifest.contains(features), "{manifest}");
    let manifest = manifest
        .replace(features, "features = [\"arbitrary_precision\", \"float_roundtrip\", \"raw_value\"]");
    write(
        &folder,
        "Cargo.toml",
        &format!(
            "{manifest}\n[dev-dependencies]\nciborium = \"0.2\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\n[workspace]\n"
        ),
    );
    write(&folder, "tests/numbers.rs", include_str!("arbitrary_precision/numbers.rs"));
    let out = succeed(&folder, &["test", "--test", "numbers"]);
    assert!(out.contains("4 passed"), "{out}");
}
