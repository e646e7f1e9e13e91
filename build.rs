//! Emits the models of `spec/` a second time, through the library's entry point for build scripts, with lists of what reads
//! and calls them, for the tests. Warns when `generated/` is stale.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use modelsmith::diagnostics::{Style, render};
use modelsmith::load::DiskReader;

#[path = "tests/lists/mod.rs"]
mod lists;

use lists::{Callers, Readers};

const DOCUMENT: &str = "spec/agent-server.openapi.json";
const SETTINGS: &str = "spec/modelsmith.toml";

/// The crate with the models.
const MODELS: &str = "agent_server_models";

fn main() -> Result<(), Box<dyn Error>> {
    modelsmith::build::models(DOCUMENT)
        .config(SETTINGS)
        .warn_if_stale("generated", "cargo regenerate")
        .generate();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("`OUT_DIR` is not set")?);
    let document = Path::new(DOCUMENT);
    let config = modelsmith::settings::read(Path::new(SETTINGS))?;
    let output = modelsmith::generate(document, &DiskReader, &config)
        .map_err(|failure| render(&failure.diagnostics, &failure.sources, Style::PLAIN))?;
    let mut readers = Readers::default();
    readers.add("agent_server", document, MODELS, &output);
    fs::write(out.join("agent_server_readers.rs"), readers.text())?;
    let mut callers = Callers::default();
    callers.add("agent_server_calls", document, MODELS, (&output, "fidelity::sent"));
    fs::write(out.join("agent_server_callers.rs"), callers.text())?;
    // The same requests, sent to a server.
    let mut senders = Callers::default();
    senders.add("agent_server_calls", document, MODELS, (&output, "crate::clients::send"));
    fs::write(out.join("agent_server_senders.rs"), senders.text())?;
    Ok(())
}
