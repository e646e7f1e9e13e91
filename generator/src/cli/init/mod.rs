//! `modelsmith init`: a new crate for a document, ready to build.

mod first_call;
mod package;
mod place;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use modelsmith::config::{ClientFeature, Config, Layout};
use modelsmith::emit;
use modelsmith::ir::{Operation, OperationKind};
use modelsmith::load::DiskReader;
use modelsmith::write::{FileSet, Mode, write};

use super::Failed;
use super::arguments::{Init, MessageFormat};
use super::settings;
use super::terminal::Terminal;
use first_call::FirstCall;
use package::Package;
use place::Place;

/// Writes the crate, or nothing.
pub(super) fn run(options: &Init) -> Result<(), Failed> {
    let terminal = Terminal::new(options.message_format);
    let refuse = |message: String| {
        terminal.error(&message);
        Failed
    };
    if let Some(settings) = settings::beside(&options.spec) {
        return Err(refuse(format!(
            "`{}` is already set up by `{}`: write its models with `modelsmith generate`",
            options.spec.display(),
            settings.display()
        )));
    }
    let mut config = config_of(options);
    let output = modelsmith::generate(&options.spec, &DiskReader, &config)
        .map_err(|failure| terminal.failed(&failure))?;
    terminal.show(&output.warnings, &output.sources);

    let is_called = |operation: &Operation| operation.kind == OperationKind::Path;
    if options.client && !output.graph.operations().iter().any(is_called) {
        let document = options.spec.display();
        return Err(refuse(format!("`{document}` has no operations to call: leave `--client` out")));
    }
    let name = emit::crate_name(&output.graph, &config.rust);
    let folder = options.output.clone().unwrap_or_else(|| PathBuf::from(&name));
    let place = Place::new(&options.spec, &folder, &output.sources).map_err(refuse)?;
    let first_call = FirstCall::find(&output.graph, &output.names).filter(|_| options.client);
    let package = Package {
        name,
        spec: place.within.clone(),
        command: place.command(),
        client: options.client,
        first_call,
    };
    config.rust.dependencies = package.dependencies(options.build_script);
    // With the names in the new settings, so that the next run changes nothing.
    config.rust.crate_name = Some(package.name.clone());
    config.rust.command = Some(package.command.clone());
    let files = emit::emit_named(&output.graph, &output.names, &config.rust);

    config.rust.layout = Layout::SingleFile;
    let needs = emit::dependencies(&output.graph, &config.rust);
    let own = package.files(&needs, options.build_script);
    let emitted = if options.build_script { FileSet::new() } else { files };
    let taken = taken(&folder, &own, &emitted, &place);
    if !taken.is_empty() {
        let list = Vec::from_iter(taken).join("`, `");
        let message =
            format!("`{}` already contains `{list}`: choose another folder with `-o`", folder.display());
        return Err(refuse(message));
    }
    let mut written = Vec::new();
    let store_emitted = || match options.build_script {
        true => Ok(()),
        false => write(&emitted, &folder, Mode::Write).map(drop).map_err(|error| error.to_string()),
    };
    store(&folder, &own, &place, &mut written).and_then(|()| store_emitted()).map_err(|error| {
        discard(&folder, &written);
        refuse(format!("`{}` cannot be written: {error}", folder.display()))
    })?;
    if options.message_format == MessageFormat::Human {
        terminal.print(&next_steps(&package, &folder, options.build_script))?;
    }
    Ok(())
}

/// With tests, and with what sends requests where there is a client.
fn config_of(options: &Init) -> Config {
    let mut config = Config::default();
    config.rust.tests = true;
    if options.client {
        config.rust.client = true;
        config.rust.client_options.features = vec![ClientFeature::Ureq];
    }
    config
}

/// The paths in the folder of the crate that are written.
fn paths<'a>(own: &'a FileSet, emitted: &'a FileSet, place: &'a Place) -> impl Iterator<Item = &'a str> {
    let copies = place.copies.iter().map(|(_, to)| to.as_str());
    own.iter().chain(emitted.iter()).map(|(path, _)| path).chain(copies)
}

/// The paths that already exist, or are files where a folder is needed.
fn taken(folder: &Path, own: &FileSet, emitted: &FileSet, place: &Place) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    for path in paths(own, emitted, place) {
        for above in Path::new(path).ancestors().filter(|above| !above.as_os_str().is_empty()) {
            let found = folder.join(above).symlink_metadata();
            if found.is_ok_and(|found| above == Path::new(path) || !found.is_dir()) {
                taken.insert(above.display().to_string());
            }
        }
    }
    taken.into_iter().take(5).collect()
}

/// Removes the files that this run wrote, after an error.
fn discard(folder: &Path, written: &[String]) {
    for path in written {
        // The error that led here is the one to report.
        let _ = fs::remove_file(folder.join(path));
        for parent in Path::new(path).ancestors().skip(1) {
            // The system refuses this for a folder that is not empty.
            let _ = fs::remove_dir(folder.join(parent));
        }
    }
}

/// Copies the document and writes the files that belong to the user. Adds their paths to `written`.
fn store(folder: &Path, own: &FileSet, place: &Place, written: &mut Vec<String>) -> Result<(), String> {
    let mut create = |path: &str, content: &mut dyn Read| -> std::io::Result<()> {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().unwrap_or(folder))?;
        // Never overwrites a file that was created meanwhile.
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(target)?;
        written.push(path.to_owned());
        std::io::copy(content, &mut file).map(drop)
    };
    let failed = |path: &str, error: std::io::Error| format!("`{path}`: {error}");
    for (from, to) in &place.copies {
        let mut file = fs::File::open(from).map_err(|error| failed(&from.display().to_string(), error))?;
        create(to, &mut file).map_err(|error| failed(to, error))?;
    }
    for (path, text) in own.iter() {
        create(path, &mut text.as_bytes()).map_err(|error| failed(path, error))?;
    }
    Ok(())
}

fn next_steps(package: &Package, folder: &Path, build_script: bool) -> String {
    let mut steps = Vec::new();
    let is_here = folder == Path::new(".") || folder == Path::new("");
    if !is_here {
        steps.push((format!("cd {}", folder.display()), ""));
    }
    steps.push(("cargo test".to_owned(), "reads and rewrites the document's examples"));
    if let Some(first) = &package.first_call {
        steps.push((first.command().to_owned(), "calls the API"));
    }
    if !build_script {
        steps.push((package.command.clone(), "whenever the document changes"));
        steps.push((format!("{} --check", package.command), "in CI"));
    }
    let width = steps.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    let place = if is_here { "this folder".to_owned() } else { folder.display().to_string() };
    let mut text = format!("The crate `{}` is in {place}. Next:\n\n", package.name);
    for (command, why) in steps {
        text.push_str(format!("  {command:width$}    {why}").trim_end());
        text.push('\n');
    }
    let settings = package.settings_path();
    text + &format!("\nThe settings are in {settings}; README.md says more.\n")
}
