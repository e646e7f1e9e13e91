//! `modelsmith verify`. Exit codes: 0 the recordings fit the document, 1 they do not, 2 they could not be compared.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use modelsmith::config::Config;
use modelsmith::load::DiskReader;
use modelsmith::verify::{self, Asked, Faults, Options, Report, Target, TargetBody, UnknownTarget};
use modelsmith::{CorrectError, Corrected, OverlayFile, ReadDocument, Unneeded, Why};

use super::arguments::{Verify, VerifyFormat};
use super::terminal::Terminal;
use super::traffic::Traffic;
use super::{Failed, settings};

/// Compares recorded traffic with a document.
pub(super) fn run(options: &Verify) -> ExitCode {
    let terminal = Terminal::new(options.message_format);
    match outcome(options, &terminal) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Failed) => ExitCode::from(2),
    }
}

/// The outcome of the comparison.
fn outcome(options: &Verify, terminal: &Terminal) -> Result<bool, Failed> {
    let traffic = Traffic::of(&options.traffic).map_err(|message| {
        terminal.error(&message);
        Failed
    })?;
    let is_read_again = options.overlay.is_some() || options.since.is_some();
    if is_read_again && traffic.has_stdin() {
        let how = if options.since.is_some() { "--since" } else { "--overlay" };
        terminal.error(&format!(
            "`{how}` reads the traffic several times, and standard input can be read once\n  = help: save the traffic in a file"
        ));
        return Err(Failed);
    }
    let traffic = traffic.with_progress();
    let run = Run { options, asked: asked(options), traffic, config: config(options, terminal)?, terminal };
    match (&options.since, &options.overlay) {
        (Some(path), _) => run.drift(path),
        (None, Some(path)) => run.correct(path),
        (None, None) => run.report(&run.config),
    }
}

fn asked(options: &Verify) -> Options {
    let body = match options.status {
        Some(status) => TargetBody::Response(status),
        None if options.request => TargetBody::Request,
        None => TargetBody::Read,
    };
    let schema = options.schema.clone().map(Target::Schema);
    let target = schema.or_else(|| options.operation.clone().map(|name| Target::Operation { name, body }));
    Options { target, servers: options.servers.clone(), unknown: options.unknown }
}

/// The settings of the document, with calls enabled, so that requests are resolved.
fn config(options: &Verify, terminal: &Terminal) -> Result<Config, Failed> {
    let path = options.config.clone().or_else(|| settings::beside(&options.spec));
    let mut config = settings::read_or_default(path.as_deref(), terminal)?;
    config.input.allow_outside |= options.allow_outside;
    config.input.overlays.extend(options.apply.iter().cloned());
    config.rust.client = true;
    config.rust.tests = false;
    config.input.traffic.clear();
    Ok(config)
}

struct Run<'r> {
    options: &'r Verify,
    asked: Options,
    traffic: Traffic,
    config: Config,
    terminal: &'r Terminal,
}

impl Run<'_> {
    /// Prints the faults. Returns whether there are none.
    fn report(&self, config: &Config) -> Result<bool, Failed> {
        let document = modelsmith::read_document(&self.options.spec, &DiskReader, config)
            .map_err(|failure| self.terminal.failed(&failure))?;
        let report = self.compared(&document).map_err(|error| self.unknown(&error))?;
        let is_clean = self.shown(&report, &document)?;
        self.readable(&report)?;
        Ok(is_clean)
    }

    fn compared(&self, document: &ReadDocument) -> Result<Report, UnknownTarget> {
        let mut recordings = self.traffic.recordings();
        let report = verify::verify(&document.graph, &document.documents, &self.asked, &mut recordings);
        self.traffic.done();
        report
    }

    fn unknown(&self, error: &UnknownTarget) -> Failed {
        self.terminal.error(&error.to_string());
        Failed
    }

    /// Prints a report. Returns whether it has no fault that counts.
    fn shown(&self, report: &Report, document: &ReadDocument) -> Result<bool, Failed> {
        let to_file = self.options.output.as_deref();
        let text = match self.options.format {
            VerifyFormat::Text => {
                let colour = to_file.is_none() && self.terminal.colours_results();
                verify::text(report, &document.sources, colour, self.options.all)
            }
            VerifyFormat::Markdown => verify::markdown(report, &document.sources),
            VerifyFormat::Json => verify::json(report, &document.sources).map_err(|error| {
                self.terminal.error(&format!("the report cannot be written as JSON: {error}"));
                Failed
            })?,
        };
        match to_file {
            None => self.terminal.print(&text)?,
            Some(path) => self.written(path, &text)?,
        }
        Ok(if self.asked.unknown { report.is_clean() } else { !report.faults.has_refused() })
    }

    /// Fails if nothing was compared, or something could not be read.
    fn readable(&self, report: &Report) -> Result<(), Failed> {
        if report.is_broken {
            self.terminal.error("parts of the recordings cannot be read: see the report");
            return Err(Failed);
        }
        if report.is_foreign() {
            let message = match report.totals.exchanges {
                0 => "the recordings are empty",
                _ => "no exchange in the recordings belongs to an operation of the document",
            };
            self.terminal.error(&format!("{message}: nothing was compared"));
            return Err(Failed);
        }
        Ok(())
    }

    /// Writes the overlay with which the models read the recordings, and prints the faults without it. Returns whether
    /// all recordings fit with it.
    fn correct(&self, path: &Path) -> Result<bool, Failed> {
        if self.options.output.as_deref().is_some_and(|output| are_one(output, path)) {
            self.terminal.error(&format!(
                "`{}` cannot be both the overlay and the report\n  = help: name another file for the report",
                path.display()
            ));
            return Err(Failed);
        }
        let overlay = self.overlay(path)?;
        let mut config = self.config.clone();
        if overlay.text.is_some() && !is_among(path, &config.input.overlays) {
            config.input.overlays.push(path.to_owned());
        }
        let was_clean = self.report(&config)?;
        if was_clean {
            self.terminal.note(&format!("`{}` needs no correction", path.display()));
            return Ok(true);
        }
        let asked = Asked { unnamed: self.asked.unknown };
        let found = modelsmith::correct(
            &self.options.spec,
            &DiskReader,
            &self.config,
            &overlay,
            asked,
            &mut |document: &ReadDocument| self.faults(document),
        );
        let corrected = found.map_err(|error| self.uncorrected(error, path))?;
        if let Some(text) = corrected.text.as_ref().filter(|_| corrected.corrections > 0) {
            self.written(path, text)?;
        }
        self.terminal.note(&summary(&corrected, path));
        Ok(corrected.left.is_empty())
    }

    /// Lists the corrections in an overlay that the recordings do not need. Returns whether all are needed.
    fn drift(&self, path: &Path) -> Result<bool, Failed> {
        let overlay = self.overlay(path)?;
        if overlay.text.is_none() {
            self.terminal.error(&format!("`{}` cannot be read: there is no such file", path.display()));
            return Err(Failed);
        }
        let found = modelsmith::unneeded(
            &self.options.spec,
            &DiskReader,
            &self.config,
            &overlay,
            &mut |document: &ReadDocument| self.faults(document),
        );
        let found = found.map_err(|error| self.uncorrected(error, path))?;
        if self.options.format == VerifyFormat::Json {
            self.terminal.print_json(&found.iter().map(row).collect::<Vec<_>>())?;
        } else if found.is_empty() {
            self.terminal.print("every correction is needed\n")?;
        } else {
            let lines: Vec<String> = found.iter().map(|one| format!("{}\n", line(one))).collect();
            let count = if found.len() == 1 {
                "1 correction is".to_owned()
            } else {
                format!("{} corrections are", found.len())
            };
            self.terminal
                .print(&format!("{count} not needed for the recorded traffic:\n{}", lines.concat()))?;
        }
        Ok(found.is_empty())
    }

    fn faults(&self, document: &ReadDocument) -> Result<Faults, Failed> {
        let report = self.compared(document).map_err(|error| self.unknown(&error))?;
        if report.is_broken || report.is_foreign() {
            self.readable(&report)?;
        }
        Ok(report.faults)
    }

    fn overlay(&self, path: &Path) -> Result<OverlayFile, Failed> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                self.terminal.error(&format!("`{}` cannot be read: {error}", path.display()));
                return Err(Failed);
            }
        };
        Ok(OverlayFile { path: path.to_owned(), text })
    }

    fn uncorrected(&self, error: CorrectError<Failed>, path: &Path) -> Failed {
        match error {
            CorrectError::Document(failure) => self.terminal.failed(&failure),
            CorrectError::NotOverlay => {
                self.terminal.error(&format!("`{}` is not an OpenAPI Overlay", path.display()));
                Failed
            }
            CorrectError::Traffic(failed) => failed,
        }
    }

    /// Writes a result to a file atomically.
    fn written(&self, path: &Path, text: &str) -> Result<(), Failed> {
        if let Some(input) = self.input_at(path) {
            self.terminal.error(&format!(
                "`{}` is {input} and is not overwritten\n  = help: name another file",
                path.display()
            ));
            return Err(Failed);
        }
        // The target of a symbolic link is replaced, not the link. Only a regular file can be replaced atomically.
        let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let is_special = std::fs::metadata(path).is_ok_and(|found| !found.is_file());
        let mut beside = path.file_name().unwrap_or_default().to_owned();
        beside.push(format!(".{}", std::process::id()));
        let beside = path.with_file_name(beside);
        let result = match is_special {
            true => std::fs::write(path, text),
            false => std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path)),
        };
        result.map_err(|error| {
            drop(std::fs::remove_file(&beside));
            self.terminal.error(&format!("`{}` cannot be written: {error}", path.display()));
            Failed
        })
    }

    /// Which input a file is, if any. The overlay that is extended does not count.
    fn input_at(&self, path: &Path) -> Option<&'static str> {
        let is_it = |other: &Path| same_file::is_same_file(path, other).unwrap_or_default();
        if is_it(&self.options.spec) {
            return Some("the document");
        }
        if self.options.traffic.iter().any(|traffic| is_it(traffic)) {
            return Some("recorded traffic");
        }
        self.options.config.as_deref().is_some_and(is_it).then_some("the file of settings")
    }
}

fn is_among(path: &Path, others: &[PathBuf]) -> bool {
    others.iter().any(|other| other == path || same_file::is_same_file(path, other).unwrap_or_default())
}

/// Whether two paths lead to the same file, even if it does not exist yet.
fn are_one(path: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = std::fs::canonicalize(folder.unwrap_or_else(|| Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    };
    let is_same_name = matches!((whole(path), whole(other)), (Some(one), Some(other)) if one == other);
    is_same_name || same_file::is_same_file(path, other).unwrap_or_default()
}

/// A summary of what was written, and of the faults that no overlay corrects.
fn summary(corrected: &Corrected, path: &Path) -> String {
    let counted =
        |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
    let path = path.display();
    let mut text = match corrected.corrections {
        0 => format!("`{path}` is unchanged: no overlay corrects these faults"),
        count => {
            format!(
                "`{path}` has {} ({})",
                counted(count, "more correction"),
                counted(corrected.actions, "action")
            )
        }
    };
    if corrected.left.is_empty() {
        text.push_str("; with it the models read everything that was recorded");
    } else {
        text.push_str(&format!(
            "; {} left:",
            if corrected.left.len() == 1 {
                "1 fault is".to_owned()
            } else {
                format!("{} faults are", corrected.left.len())
            }
        ));
        for counted in corrected.left.iter().take(10) {
            text.push_str(&format!("\n  {} at {}", counted.fault.kind, counted.fault.place.pointer));
        }
        if corrected.left.len() > 10 {
            text.push_str(&format!("\n  and {} more", corrected.left.len() - 10));
        }
    }
    text
}

/// A correction that is not needed, as JSON.
fn row(found: &Unneeded) -> serde_json::Value {
    serde_json::json!({
        "first_action": found.correction.first,
        "actions": found.correction.count,
        "target": found.correction.target,
        "why": match found.why {
            Why::NoTarget => "no-target",
            Why::ReadWithout => "read-without",
        },
    })
}

fn line(found: &Unneeded) -> String {
    let first = found.correction.first + 1;
    let numbers = match found.correction.count {
        1 => format!("action {first}"),
        count => format!("actions {first} to {}", first + count - 1),
    };
    let why = match found.why {
        Why::NoTarget => "its target matches nothing in the document",
        Why::ReadWithout => "the models read everything without it",
    };
    format!("  {numbers}, {}: {why}", found.correction.target)
}
