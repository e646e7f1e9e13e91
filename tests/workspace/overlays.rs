//! Overlays on the agent server's document: a defect of the document is fixed without touching the file.

use std::path::{Path, PathBuf};

use modelsmith::Output;
use modelsmith::config::Config;
use modelsmith::load::DiskReader;

fn emitted(overlays: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings =
        std::fs::read_to_string(root.join("spec/modelsmith.toml")).expect("the settings are readable");
    let mut config: Config =
        modelsmith::config::parse(&settings).unwrap_or_else(|error| panic!("{}", error.message));
    config.input.overlays = overlays.iter().map(|path| root.join(path)).collect::<Vec<PathBuf>>();
    let spec = root.join("spec/agent-server.openapi.json");
    modelsmith::generate(&spec, &DiskReader, &config).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn codes(output: &Output) -> Vec<(&'static str, usize)> {
    let mut codes: Vec<&str> = output.warnings.iter().map(|warning| warning.code).collect();
    codes.sort_unstable();
    codes.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect()
}

#[test]
fn corrected_mappings_contradict_nothing_and_change_no_type() {
    let (before, after) = (emitted(&[]), emitted(&["tests/overlays/agent-server-mapping.yaml"]));
    let without = |codes: Vec<(&'static str, usize)>| -> Vec<_> {
        codes.into_iter().filter(|(code, _)| *code != "mapping-contradicts-constant").collect()
    };
    assert!(codes(&before).contains(&("mapping-contradicts-constant", 18)), "{:?}", codes(&before));
    assert_eq!(codes(&after), without(codes(&before)));
    let files = |output: &Output| -> Vec<(String, String)> {
        output.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    };
    assert!(files(&before) == files(&after), "the constants decided before, so nothing else may change");
}
