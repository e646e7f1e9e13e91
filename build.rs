//! Emits what the tests compile: the models of `spec/` a second time, through the library's entry point for build scripts, and the
//! documents of `tests/fixtures`, with lists of what reads their components. Says when `generated/` is stale.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelsmith::config::Config;
use modelsmith::diagnostics::{Style, render};
use modelsmith::ir::Side;
use modelsmith::load::DiskReader;
use modelsmith::write::FileSet;
use modelsmith::{Output, report};

#[path = "tests/fixtures/documents.rs"]
mod documents;

#[path = "tests/requests/callers.rs"]
mod callers;

use documents::Fixture;

const DOCUMENT: &str = "spec/agent-server.openapi.json";
const SETTINGS: &str = "spec/modelsmith.toml";
const FIXTURES: &str = "tests/fixtures";

fn main() -> ExitCode {
    modelsmith::build::models(DOCUMENT)
        .config(SETTINGS)
        .warn_if_stale("generated", "cargo regenerate")
        .generate();
    match fixtures().and_then(|()| agent_server_readers()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Emits every document of `tests/fixtures` as a module, all of them below one, and `fixtures.rs`, which names that.
/// They share the package `modelsmith-runtime`.
fn fixtures() -> Result<(), String> {
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or("OUT_DIR is not set")?;
    println!("cargo::rerun-if-changed={FIXTURES}");
    let mut modules = FileSet::new();
    let mut root = String::from("pub use modelsmith_runtime as runtime;\n");
    let mut readers = Readers::default();
    let mut callers = Callers::default();
    let all = documents::fixtures(Path::new(FIXTURES)).map_err(|error| format!("{FIXTURES}: {error}"))?;
    for fixture in all {
        let name = fixture.name.replace('-', "_");
        let _ = writeln!(root, "pub mod {name};");
        let output = emitted(&fixture)?;
        // Settings change what is promised, and the judge reads one file.
        if fixture.settings.is_none() && !fixture.document.ends_with("openapi.yaml") {
            let types = format!("crate::emitted::fixtures::{name}");
            readers.add(&name, &fixture.document, &types, &output);
        }
        // Where settings put in types of the user's the document says something else.
        if output.graph.calls()
            && fixture.name.starts_with("calls")
            && !fixture.document.ends_with("openapi.yaml")
        {
            callers.add(
                &name,
                &fixture.document,
                &format!("crate::emitted::fixtures::{name}"),
                (&output, SENT),
            );
        }
        let files = output.files;
        if files.get("mod.rs").is_some() {
            // A module folder is compiled as it is, with a runtime of its own.
            files.iter().for_each(|(path, text)| modules.insert(format!("{name}/{path}"), text));
            continue;
        }
        let mut module = String::from("use super::runtime;\n\nmod models;\npub use models::*;\n");
        for (path, text) in files.iter() {
            let Some(path) = path.strip_prefix("src/") else { continue };
            match path {
                "lib.rs" => {}
                // Each has a copy of what it needs of the runtime.
                _ if path.starts_with("runtime") => {}
                _ => modules.insert(format!("{name}/{path}"), text),
            }
            if let "client.rs" | "operations.rs" = path {
                // A fixture may have one of these names too.
                module.push_str("#[allow(clippy::module_inception)]\n");
                let _ = writeln!(module, "pub mod {};", path.trim_end_matches(".rs"));
            }
        }
        modules.insert(format!("{name}.rs"), module);
    }
    modules.insert("mod.rs", root);
    let folder = out.join("fixtures");
    store(&modules, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::write(out.join("fixture_readers.rs"), readers.text()).map_err(|error| error.to_string())?;
    fs::write(out.join("fixture_callers.rs"), callers.text()).map_err(|error| error.to_string())?;
    let list = format!("#[path = {:?}]\npub mod fixtures;\n", folder.join("mod.rs"));
    fs::write(out.join("fixtures.rs"), list).map_err(|error| error.to_string())
}

/// Writes what differs. What an earlier run left is not named by any module.
fn store(files: &FileSet, folder: &Path) -> std::io::Result<()> {
    for (path, text) in files.iter() {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|found| found == text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The emitted files of a fixture.
fn emitted(fixture: &Fixture) -> Result<Output, String> {
    let config = match &fixture.settings {
        Some(settings) => modelsmith::settings::read(settings).map_err(|error| error.to_string())?,
        None => Config::default(),
    };
    // What is warned of is pinned by the tests.
    modelsmith::generate(&fixture.document, &DiskReader, &config)
        .map_err(|failure| render(&failure.diagnostics, &failure.sources, Style::PLAIN))
}

/// Writes the list of readers of `generated/`.
fn agent_server_readers() -> Result<(), String> {
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or("OUT_DIR is not set")?;
    let config = modelsmith::settings::read(Path::new(SETTINGS)).map_err(|error| error.to_string())?;
    let document = Path::new(DOCUMENT);
    let output = modelsmith::generate(document, &DiskReader, &config)
        .map_err(|failure| render(&failure.diagnostics, &failure.sources, Style::PLAIN))?;
    let mut readers = Readers::default();
    readers.add("agent_server", document, "agent_server_models", &output);
    fs::write(out.join("agent_server_readers.rs"), readers.text()).map_err(|error| error.to_string())?;
    let mut callers = Callers::default();
    callers.add("agent_server_calls", document, "agent_server_models", (&output, SENT));
    fs::write(out.join("agent_server_callers.rs"), callers.text()).map_err(|error| error.to_string())?;
    // A test sends them, too.
    let mut senders = Callers::default();
    senders.add("agent_server_calls", document, "agent_server_models", (&output, "crate::send"));
    fs::write(out.join("agent_server_senders.rs"), senders.text()).map_err(|error| error.to_string())
}

/// The macro that takes a call apart.
const SENT: &str = "fidelity::sent";

/// Which function makes the request of which operation, and which reads its replies, for tests that do it for all of them.
#[derive(Default)]
struct Callers {
    modules: String,
    callers: String,
    repliers: String,
}

impl Callers {
    /// Adds those of a document. `root` is the module that has its operations.
    fn add(&mut self, name: &str, document: &Path, root: &str, (output, done): (&Output, &str)) {
        let (calls, replies) = (callers::callers(output, root, done), callers::repliers(output, root));
        let _ = writeln!(
            self.modules,
            "#[allow(deprecated)]\nmod {name} {{\n    use fidelity::replies::Replier;\n    use fidelity::requests::Caller;\n\n    \
             pub static CALLERS: &[(&str, Caller)] = &[\n{calls}    ];\n\n    \
             #[allow(dead_code, reason = \"not every test asks for them\")]\n    \
             pub static REPLIERS: &[(&str, Replier)] = &[\n{replies}    ];\n}}\n"
        );
        let _ = writeln!(self.callers, "    ({document:?}, {name}::CALLERS),");
        let _ = writeln!(self.repliers, "    ({document:?}, {name}::REPLIERS),");
    }

    fn text(&self) -> String {
        let table = |name: &str, of: &str, rows: &str| {
            format!(
                "#[allow(dead_code, reason = \"not every test asks for each\")]\n\
                 pub static {name}: &[(&str, &[(&str, {of})])] = &[\n{rows}];\n"
            )
        };
        self.modules.clone()
            + &table("CALLERS", "Caller", &self.callers)
            + &table("REPLIERS", "Replier", &self.repliers)
    }
}

/// Which function reads and writes the type of which component, for tests that judge all of them.
#[derive(Default)]
struct Readers {
    modules: String,
    list: String,
    shown: String,
    sides: String,
}

impl Readers {
    /// Adds those of a document. `types` is the module that has its types.
    fn add(&mut self, name: &str, document: &Path, types: &str, output: &Output) {
        let (mut rows, mut shown) = (String::new(), String::new());
        let (mut read, mut sent) = (String::new(), String::new());
        for (row, component) in
            report::type_rows(&output.graph, &output.names).iter().zip(output.graph.components())
        {
            let used = |path: &str| if row.nullable { format!("Option<{path}>") } else { path.to_owned() };
            let ty = used(&row.rust_path);
            let line = |ty: &str| format!("        ({:?}, again::<{ty}>),\n", component.name);
            rows += &line(&ty);
            match output.graph.side_of(component.ty.id) {
                None => {}
                Some(Side::Read) => read += &line(&ty),
                Some(Side::Sent) => sent += &line(&ty),
            }
            sent += &row.sent_as.as_deref().map(|path| line(&used(path))).unwrap_or_default();
            let _ = writeln!(shown, "        ({:?}, shown::<{ty}>),", component.name);
        }
        let _ = writeln!(
            self.modules,
            "#[allow(deprecated)]\nmod {name} {{\n    #[allow(unused_imports)]\n    use {types}::*;\n    #[allow(unused_imports)]\n    use fidelity::judge::{{Again, again, shown}};\n\n    \
             pub static READERS: &[(&str, Again)] = &[\n{rows}    ];\n    \
             pub static SHOWN: &[(&str, Again)] = &[\n{shown}    ];\n    \
             pub static READ: &[(&str, Again)] = &[\n{read}    ];\n    \
             pub static SENT: &[(&str, Again)] = &[\n{sent}    ];\n}}\n"
        );
        for (rows, name_of_rows, keyword) in [(read, "READ", "writeOnly"), (sent, "SENT", "readOnly")] {
            if !rows.is_empty() {
                let _ = writeln!(self.sides, "    ({document:?}, {keyword:?}, {name}::{name_of_rows}),");
            }
        }
        let _ = writeln!(self.list, "    ({document:?}, {name}::READERS),");
        let _ = writeln!(self.shown, "    ({document:?}, {name}::SHOWN),");
    }

    fn text(&self) -> String {
        let table = |name: &str, rows: &str| {
            format!(
                "#[allow(dead_code, reason = \"not every test uses each\")]\n\
                 pub static {name}: &[(&str, &[(&str, Again)])] = &[\n{rows}];\n"
            )
        };
        let sides = format!(
            "/// Types of which the document says more: with the keyword of what they lack.\n\
             #[allow(dead_code, reason = \"not every test uses each\")]\n\
             pub static SIDES: &[(&str, &str, &[(&str, Again)])] = &[\n{}];\n",
            self.sides
        );
        self.modules.clone() + &table("ALL", &self.list) + &table("SHOWN", &self.shown) + &sides
    }
}
