//! `generated/` is what the document gives.

use std::path::Path;

use modelsmith::load::DiskReader;
use modelsmith::write::{Mode, write};

#[test]
fn the_committed_models_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings =
        std::fs::read_to_string(root.join("spec/modelsmith.toml")).expect("the settings are readable");
    let config = modelsmith::config::parse(&settings).unwrap_or_else(|error| panic!("{}", error.message));
    let spec = root.join("spec/agent-server.openapi.json");
    let output = modelsmith::generate(&spec, &DiskReader, &config).expect("the document is right");
    let report = write(&output.files, &root.join("generated"), Mode::Check).expect("the folder is readable");
    assert!(report.stale.is_empty(), "run `cargo regenerate`: {:#?}", report.stale);
    assert!(report.unchanged > 0, "nothing was compared");
}
