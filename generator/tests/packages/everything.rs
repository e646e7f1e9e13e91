//! An emitted crate with one of everything compiles, without a warning of rustc, clippy or rustdoc, and its doctest
//! holds.

use std::path::{Path, PathBuf};

use modelsmith::config::{Layout, RustOptions};
use modelsmith::emit;
use modelsmith::ir::{Scalar, Shape};

use crate::cli_support::cargo::succeed;
use crate::cli_support::write;
use crate::emit_graph::everything::everything;
use crate::emit_graph::{Builder, some};

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted");
    if folder.join("src").exists() {
        std::fs::remove_dir_all(folder.join("src")).expect("an old emitted crate can be removed");
    }
    folder
}

#[test]
fn everything_compiles_without_a_warning() {
    let graph = everything();
    let folder = folder();
    for (path, text) in emit::emit(&graph, &RustOptions::default()).iter() {
        write(&folder, path, text);
    }
    // Out of this project's workspace, and the single file beside.
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest was written");
    write(&folder, "Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    let mut options = RustOptions::default();
    options.layout = Layout::SingleFile;
    for (_, text) in emit::emit(&graph, &options).iter() {
        write(&folder, "tests/one/models.rs", text);
    }
    // And a document with next to nothing in it, which leaves most of the runtime unused.
    let mut least = Builder::new();
    let text = least.scalar(Scalar::String);
    least.component("Name", Shape::Alias(some(text)), true);
    for (_, text) in emit::emit(&least.graph(), &options).iter() {
        write(&folder, "tests/least/models.rs", text);
    }
    write(&folder, "tests/least.rs", "pub mod models {\n    include!(\"least/models.rs\");\n}\n");
    write(&folder, "tests/single_file.rs", include_str!("../emit_graph/single_file.rs"));
    // The library has no tests inside: as a test of its own it would be the same once more.
    succeed(&folder, &["clippy", "--lib", "--test", "*", "--", "-Dwarnings"]);
    succeed(&folder, &["doc", "--no-deps"]);
    succeed(&folder, &["test", "--test", "*"]);
    succeed(&folder, &["test", "--doc"]);
}
