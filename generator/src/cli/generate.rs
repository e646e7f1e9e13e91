//! `modelsmith generate`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use modelsmith::Output;
use modelsmith::config::{self, Dependency};
use modelsmith::diagnostics::{Diagnostic, Location, Sources};
use modelsmith::load::DiskReader;
use modelsmith::report::Regenerated;
use modelsmith::write::{Mode, Reason, Refused, Report, Staleness, Writer};

use super::arguments::{Generate, MessageFormat, Runtime};
use super::terminal::Terminal;
use super::{Failed, settings, shell, watch};

/// Writes the models, or checks them.
pub(super) fn run(options: &Generate) -> Result<(), Failed> {
    let terminal = Terminal::new(options.input.message_format);
    if options.watch { watch::run(options, &terminal) } else { once(options, &terminal, &mut Vec::new()) }
}

/// A file that a run tried to read, and its content.
pub(super) struct Asked {
    pub path: PathBuf,
    /// The content; empty if the file could not be read, and `None` if it is too large to compare.
    pub text: Option<String>,
}

/// Runs the command once. Adds the files of the document to `asked`, including those that could not be read.
pub(super) fn once(options: &Generate, terminal: &Terminal, asked: &mut Vec<Asked>) -> Result<(), Failed> {
    let start = Instant::now();
    let mut config = settings::load(&options.input, terminal)?;
    config.rust.tests |= options.tests;
    match options.runtime {
        Some(Runtime::Embedded) => config.rust.runtime = config::Runtime::Embedded,
        Some(Runtime::Crate) => config.rust.runtime = config::Runtime::Crate(Dependency::default()),
        None => {}
    }
    let places = config.input.traffic.iter().map(|traffic| Asked { path: traffic.place(), text: None });
    asked.extend(places);
    let command = config.rust.command.get_or_insert_with(|| command(options)).clone();
    let output = modelsmith::generate(&options.input.spec, &DiskReader, &config).map_err(|failure| {
        asked.extend(files(&failure.sources, options));
        terminal.failed(&failure)
    })?;
    asked.extend(files(&output.sources, options));
    asked.extend(output.recordings.iter().map(|path| Asked { path: path.clone(), text: None }));
    if !options.quiet {
        terminal.show(&output.warnings, &output.sources);
    }
    let mode = if options.check { Mode::Check } else { Mode::Write };
    let clock = Instant::now();
    let writer = Writer::new(&options.output)
        .inputs(output.sources.iter().map(|(_, source)| PathBuf::from(&source.path)))
        .inputs(output.recordings.iter().cloned())
        .discard_edits(options.discard_edits);
    let report = writer.run(&output.files, mode).map_err(|error| {
        terminal.error(&unwritten(&error, &options.output));
        Failed
    })?;
    let writing = clock.elapsed();
    let regenerated = regenerated(&output, &report);
    if !options.quiet {
        terminal.show(&moved(&regenerated), &output.sources);
    }
    if options.timings {
        terminal.note(&timings(&output, writing, start.elapsed()));
    }
    if options.check && (report.unfinished || !report.stale.is_empty()) {
        terminal.error(&stale(&report, &options.output, &command));
        return Err(Failed);
    }
    if !options.quiet && options.input.message_format == MessageFormat::Human {
        if !regenerated.is_empty() {
            terminal.note(regenerated.to_string().trim_end());
        }
        for path in &report.kept {
            terminal.note(&format!(
                "note: `{path}` is kept: `.modelsmith-manifest` listed it, but it is not an emitted file"
            ));
        }
        terminal.note(&summary(&output, &report, options.check, start.elapsed()));
    }
    // The process ends soon: dropping a large graph would only take time.
    std::mem::forget(output);
    Ok(())
}

/// The error message for a folder that was not written.
fn unwritten(error: &std::io::Error, folder: &Path) -> String {
    let mut text = format!("`{}` cannot be written: {error}", folder.display());
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Refused>());
    let has = |reason| inner.is_some_and(|refused| refused.has(reason));
    if has(Reason::Foreign) || has(Reason::Input) {
        text += "\n  = help: move the files that are not modelsmith's, or choose another folder with `-o`";
    }
    if has(Reason::Edited) {
        text += "\n  = help: save your edits elsewhere, and run the command with `--discard-edits`";
    }
    if error.kind() == std::io::ErrorKind::ResourceBusy {
        text += "\n  = help: run the command again when the other run has ended";
    }
    text
}

/// The files, with their texts if they are watched.
fn files(sources: &Sources, options: &Generate) -> impl Iterator<Item = Asked> {
    let text = |text: &str| if options.watch { text.to_owned() } else { String::new() };
    sources
        .iter()
        .map(move |(_, source)| Asked { path: PathBuf::from(&source.path), text: Some(text(&source.text)) })
}

/// The command that regenerates this output.
fn command(options: &Generate) -> String {
    let path = |path: &Path| shell::word(&path.display().to_string()).into_owned();
    let mut words = vec!["modelsmith generate".to_owned(), path(&options.input.spec)];
    words.push(format!("-o {}", path(&options.output)));
    if let Some(config) = &options.input.config {
        words.push(format!("--config {}", path(config)));
    }
    words.extend(options.input.overlays.iter().map(|overlay| format!("--overlay {}", path(overlay))));
    if options.input.allow_outside {
        words.push("--allow-outside".to_owned());
    }
    if options.tests {
        words.push("--tests".to_owned());
    }
    match options.runtime {
        Some(Runtime::Embedded) => words.push("--runtime embedded".to_owned()),
        Some(Runtime::Crate) => words.push("--runtime crate".to_owned()),
        None => {}
    }
    words.join(" ")
}

/// The message of `--check` if files differ.
fn stale(report: &Report, folder: &Path, command: &str) -> String {
    const MOST: usize = 20;
    let folder = folder.display();
    let mut text = match (report.unfinished, report.stale.is_empty()) {
        (false, _) => format!("{folder} is out of date:"),
        (true, false) => format!("{folder} is incomplete, because a run was interrupted:"),
        (true, true) => format!("{folder} is marked as incomplete, because a run was interrupted"),
    };
    for path in report.stale.iter().take(MOST) {
        let how = match path.kind {
            Staleness::Changed => "differs",
            Staleness::Edited => "was edited since modelsmith wrote it",
            Staleness::Foreign => "was not written by modelsmith",
            Staleness::Missing => "is missing",
            Staleness::Superfluous => "is no longer emitted",
        };
        text.push_str(&format!("\n  {} {how}", path.path));
    }
    if report.stale.len() > MOST {
        text.push_str(&format!("\n  and {} more", report.stale.len() - MOST));
    }
    let is_edited = report.stale.iter().any(|path| path.kind == Staleness::Edited);
    let how = if is_edited { "; add `--discard-edits` to replace edited files" } else { "" };
    text + &format!("\nrun `{command}`{how}")
}

/// The differences from the previous output.
fn regenerated(output: &Output, report: &Report) -> Regenerated {
    if report.before.is_empty() {
        return Regenerated::default();
    }
    let before = report.before.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let after = report.written.iter().filter_map(|path| Some((path.as_str(), output.files.get(path)?)));
    Regenerated::between(before, after)
}

/// A warning for each module that now belongs to another operation.
fn moved(regenerated: &Regenerated) -> Vec<Diagnostic> {
    let warnings = regenerated.moved.iter().map(|moved| {
        Diagnostic::warning("moved-operation", Location::nowhere(), moved.message()).help(format!(
            "code that uses the module now calls another operation; to give this one another name, set `rename` in \
             `[operation.\"{}\"]`",
            moved.after
        ))
    });
    warnings.collect()
}

fn summary(output: &Output, report: &Report, checked: bool, time: Duration) -> String {
    let summary = output.summary();
    let files = if checked {
        format!("{} up to date", counted(report.unchanged, "file"))
    } else {
        format!(
            "{} written, {} unchanged, {} removed",
            counted(report.written.len(), "file"),
            report.unchanged,
            report.removed.len()
        )
    };
    let warnings = match output.warnings.len() {
        0 => "no warnings".to_owned(),
        count => counted(count, "warning"),
    };
    let untyped = match summary.untyped() {
        0 => String::new(),
        count => format!(", {} left untyped", counted(count, "schema")),
    };
    let untyped = match summary.untyped_responses {
        0 => untyped,
        count => format!("{untyped}, {}", counted(count, "untyped response")),
    };
    format!(
        "{}, {}, {}, {}: {files}; {warnings}{untyped} ({} ms)",
        counted(summary.structs, "struct"),
        counted(summary.unions, "union"),
        counted(summary.enums, "enum"),
        counted(summary.operations, "operation"),
        time.as_millis(),
    )
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn timings(output: &Output, writing: Duration, total: Duration) -> String {
    let stages = [
        ("load", output.timings.load),
        ("lower", output.timings.lower),
        ("select", output.timings.select),
        ("resolve", output.timings.resolve),
        ("naming", output.timings.naming),
        ("emit", output.timings.emit),
        ("write", writing),
        ("total", total),
    ];
    let lines: Vec<_> = stages
        .iter()
        .map(|(stage, time)| format!("{stage:>8} {:>9.2} ms", time.as_secs_f64() * 1e3))
        .collect();
    lines.join("\n")
}
