//! `generated/` is what the document gives.

use std::path::Path;

use modelsmith::load::DiskReader;
use modelsmith::write::{Mode, write};

#[test]
fn the_committed_models_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = modelsmith::settings::read(&root.join("spec/modelsmith.toml"))
        .unwrap_or_else(|error| panic!("{error}"));
    let spec = root.join("spec/agent-server.openapi.json");
    let output = modelsmith::generate(&spec, &DiskReader, &config).expect("the document is right");
    let report = write(&output.files, &root.join("generated"), Mode::Check).expect("the folder is readable");
    assert!(report.stale.is_empty(), "run `cargo regenerate`: {:#?}", report.stale);
    assert!(report.unchanged > 0, "nothing was compared");
}
