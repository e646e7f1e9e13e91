//! Models of many documents in one package, a module each, with one runtime for all.

use std::fmt::Write as _;
use std::path::Path;

use modelsmith::Output;
use modelsmith::config;
use modelsmith::load::MemoryReader;

use crate::cli_support::write;

/// The models of a document of which the head is left out.
pub fn generated(name: &str, settings: &str, document: &str) -> Output {
    let config = config::parse(settings).unwrap_or_else(|error| panic!("{name}: {}", error.message));
    let reader = MemoryReader::new().with("pets.yaml", whole(document));
    modelsmith::generate("pets.yaml".as_ref(), &reader, &config)
        .unwrap_or_else(|failure| panic!("{name}: {:#?}", failure.diagnostics))
}

/// A document with its head.
pub fn whole(document: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: Pets, version: \"1\" }}\n{document}")
}

/// Writes a package with the library `models` to `folder`.
pub fn models(folder: &Path, package: &str, modules: &[(String, &Output)]) {
    write(folder, "src/lib.rs", &format!("#![allow(unused)]\n{}", written(folder, modules)));
    write(folder, "Cargo.toml", &format!("{}\n[lib]\nname = \"models\"\n", manifest(package)));
}

/// The same as a program, in which `main` is behind the modules. Of these only what the program uses becomes machine code.
pub fn program(folder: &Path, package: &str, modules: &[(String, &Output)], main: &str) {
    write(folder, "src/main.rs", &format!("#![allow(unused)]\n{}{main}", written(folder, modules)));
    write(folder, "Cargo.toml", &manifest(package));
}

/// Writes the models of each module, and gives the lines of a crate's root that they need.
fn written(folder: &Path, modules: &[(String, &Output)]) -> String {
    let mut root = String::from("pub use modelsmith_runtime as runtime;\n");
    for (name, output) in modules {
        let _ = writeln!(root, "pub mod {name};");
        let mut module = String::from("use super::runtime;\nmod models;\npub use models::*;\n");
        for (path, text) in output.files.iter() {
            let Some(path) = path.strip_prefix("src/") else { continue };
            if let "client.rs" | "operations.rs" = path {
                let _ = writeln!(module, "pub mod {};", path.trim_end_matches(".rs"));
            }
            if path != "lib.rs" && !path.starts_with("runtime") {
                write(folder, &format!("src/{name}/{path}"), text);
            }
        }
        write(folder, &format!("src/{name}.rs"), &module);
    }
    root
}

fn manifest(package: &str) -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    MANIFEST.replace("NAME", package).replace("RUNTIME", &format!("{runtime:?}"))
}

/// What any of the models needs.
const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.1.0"
edition = "2024"

[dependencies]
chrono = { version = "0.4", default-features = false, features = ["serde", "std"] }
indexmap = { version = "2", features = ["serde"] }
jiff = { version = "0.2", default-features = false, features = ["serde", "std"] }
modelsmith-runtime = { path = RUNTIME, features = ["chrono", "indexmap", "jiff", "time", "uuid"] }
serde = { version = "1", features = ["derive"] }
serde_json = { version = "1", features = ["raw_value"] }
time = { version = "0.3", default-features = false, features = ["formatting", "parsing", "std"] }
uuid = { version = "1", features = ["serde"] }
"#;

/// An empty folder with a workspace of these members.
pub fn workspace(folder: &Path, members: &str) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("what an earlier run left can be removed");
    }
    let manifest = format!(
        "[workspace]\nmembers = [{members}]\nresolver = \"3\"\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    );
    write(folder, "Cargo.toml", &manifest);
}
