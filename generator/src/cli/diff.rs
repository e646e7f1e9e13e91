//! `modelsmith diff`. Exit codes: 0 if all changes are below the level of `--fail-on`, 1 if not, 2 if the comparison
//! fails.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelsmith::Output;
use modelsmith::config::{Config, Layout};
use modelsmith::diff::{self, Level};
use modelsmith::load::{DiskReader, ReadFile};

use super::arguments::{Diff, DiffFormat, FailOn};
use super::revision::Revision;
use super::terminal::Terminal;
use super::{Failed, settings};

/// Prints what changed.
pub(super) fn run(options: &Diff) -> ExitCode {
    match verdict(options) {
        Ok(verdict) if fails(options.fail_on, verdict) => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(Failed) => ExitCode::from(2),
    }
}

fn fails(on: FailOn, verdict: Level) -> bool {
    match on {
        FailOn::Minor => verdict >= Level::Minor,
        FailOn::Major => verdict >= Level::Major,
        FailOn::Never => false,
    }
}

fn verdict(options: &Diff) -> Result<Level, Failed> {
    let terminal = Terminal::new(options.message_format);
    let (old, _) = compiled(&options.old, &options.old_overlays, options, &terminal)?;
    let (new, layout) = compiled(&options.new, &options.new_overlays, options, &terminal)?;
    let mut assumed = diff::Options::default();
    // Files that are included in a module are part of the user's crate.
    assumed.in_user_crate = match layout {
        Layout::SingleFile | Layout::Module => true,
        Layout::Crate => false,
    };
    assumed.assume_rest = options.assume_rest;
    let found = diff::compare(&old.compiled(), &new.compiled(), assumed);
    let text = match options.format {
        DiffFormat::Text if options.all => diff::text_in_full(&found),
        DiffFormat::Text => diff::text(&found),
        DiffFormat::Markdown => diff::markdown(&found),
        DiffFormat::Json => terminal.json(&found)?,
    };
    match &options.output {
        None => terminal.print(&text)?,
        Some(path) => {
            if is_input(path, options, [&old, &new]) {
                let path = path.display();
                terminal.error(&format!(
                    "`{path}` is an input of the comparison and is not overwritten\n  = help: name another file after `-o`"
                ));
                return Err(Failed);
            }
            std::fs::write(path, text).map_err(|error| {
                terminal.error(&format!("`{}` cannot be written: {error}", path.display()));
                Failed
            })?
        }
    }
    Ok(found.verdict)
}

/// Whether a file is an input of the comparison.
fn is_input(path: &Path, options: &Diff, outputs: [&Output; 2]) -> bool {
    let documents = [&options.old, &options.new];
    let beside = documents.iter().map(|document| document.with_file_name(settings::FILE));
    let overlays = [&options.overlays, &options.old_overlays, &options.new_overlays];
    let named = documents.into_iter().chain(overlays.into_iter().flatten()).chain(&options.config).cloned();
    let read = outputs.into_iter().flat_map(|output| output.sources.iter());
    let read = read.map(|(_, source)| PathBuf::from(&source.path));
    named.chain(beside).chain(read).any(|input| same_file::is_same_file(path, input).unwrap_or_default())
}

/// Compiles one of the documents, a file on the disk or in a revision.
fn compiled(
    at: &Path,
    overlays: &[PathBuf],
    options: &Diff,
    terminal: &Terminal,
) -> Result<(Output, Layout), Failed> {
    let revision = Revision::of(at).map_err(|message| {
        terminal.error(&message);
        Failed
    })?;
    let (root, reader): (&Path, &(dyn ReadFile + Sync)) = match &revision {
        Some(revision) => (revision.root(), revision),
        None => (at, &DiskReader),
    };
    let mut config = config(root, reader, options, terminal)?;
    config.input.allow_outside |= options.allow_outside;
    config.input.overlays.extend(options.overlays.iter().chain(overlays).cloned());
    // Tests do not change types.
    config.input.traffic.clear();
    let output = modelsmith::generate(root, reader, &config).map_err(|failure| terminal.failed(&failure))?;
    Ok((output, config.rust.layout))
}

/// The settings: the given file, or the one in the folder of the document, in the same revision.
fn config(root: &Path, reader: &dyn ReadFile, options: &Diff, terminal: &Terminal) -> Result<Config, Failed> {
    if let Some(path) = &options.config {
        return settings::read(path, terminal);
    }
    let path = root.with_file_name(settings::FILE);
    match reader.read(&path) {
        Ok(bytes) => settings::understand(&path, String::from_utf8_lossy(&bytes).into_owned(), terminal),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
        Err(error) => {
            terminal.error(&format!("`{}` cannot be read: {error}", path.display()));
            Err(Failed)
        }
    }
}
