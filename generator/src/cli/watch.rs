//! `modelsmith generate --watch`: runs again whenever a file changes that the last run read or looked for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::arguments::{Generate, MessageFormat};
use super::generate::Asked;
use super::terminal::Terminal;
use super::{Failed, generate, settings};

/// Editors write a file in several steps: no change may occur for this long before files are read.
const QUIET: Duration = Duration::from_millis(100);

/// Files that change all the time are read after this long.
const PATIENCE: Duration = Duration::from_secs(2);

/// Runs until the process is ended. After an error it waits for the next change.
pub(super) fn run(options: &Generate, terminal: &Terminal) -> Result<(), Failed> {
    let fail = |error: notify::Error| {
        terminal.error(&format!("files cannot be watched: {error}"));
        Failed
    };
    let (sender, events) = channel();
    let watcher = notify::recommended_watcher(move |event| {
        // The receiver is gone if the process ends.
        let _ = sender.send(event);
    });
    let mut watch =
        Watch { watcher: watcher.map_err(fail)?, folders: BTreeSet::new(), files: BTreeSet::new() };
    // Watched before the first run, so that no change is missed.
    let named = std::iter::once(options.input.spec.clone())
        .chain(settings::place(&options.input))
        .chain(options.input.overlays.iter().cloned());
    let named: Vec<PathBuf> = named.collect();
    watch.follow(named.iter().map(PathBuf::as_path)).map_err(fail)?;
    loop {
        let mut asked = Vec::new();
        let failed = generate::once(options, terminal, &mut asked).is_err();
        let paths = named.iter().chain(asked.iter().map(|file| &file.path));
        let more = watch.follow(paths.map(PathBuf::as_path)).map_err(fail)?;
        // This run read from new folders, which were not watched meanwhile.
        if more && asked.iter().any(has_changed) {
            continue;
        }
        if failed && options.input.message_format == MessageFormat::Human {
            terminal.note("nothing was written; waiting for a change");
        }
        // A missing file has an unknown path: any new file can be the one.
        if !watch.wait(&events, failed) {
            return Ok(());
        }
    }
}

/// The watched folders. Not files, since editors replace a file by a new one.
struct Watch {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    files: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches these files from now on, and no others. Returns whether some of their folders were not watched before.
    fn follow<'p>(&mut self, files: impl Iterator<Item = &'p Path>) -> notify::Result<bool> {
        self.files = files.flat_map(places).collect();
        let before = self.folders.len();
        for folder in self.files.iter().filter_map(|file| file.parent()) {
            if !self.folders.contains(folder) {
                self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
                self.folders.insert(folder.to_owned());
            }
        }
        Ok(self.folders.len() > before)
    }

    /// Waits until something has changed and no further change occurs; returns `false` if no event can come any more.
    fn wait(&self, events: &Receiver<notify::Result<Event>>, any_new: bool) -> bool {
        loop {
            match events.recv() {
                Ok(event) if self.concerns(&event, any_new) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let latest = Instant::now() + PATIENCE;
        let mut quiet_at = Instant::now() + QUIET;
        loop {
            match events.recv_timeout(quiet_at.saturating_duration_since(Instant::now())) {
                Ok(event) if self.concerns(&event, any_new) => quiet_at = latest.min(Instant::now() + QUIET),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn concerns(&self, event: &notify::Result<Event>, any_new: bool) -> bool {
        // An error of the watcher can hide any change.
        let Ok(event) = event else { return true };
        match event.kind {
            EventKind::Access(_) => false,
            EventKind::Create(_) if any_new => true,
            EventKind::Any
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Remove(_)
            | EventKind::Other => {
                event.need_rescan() || event.paths.iter().any(|path| self.files.contains(path))
            }
        }
    }
}

/// Whether the content of a file differs from what was read.
fn has_changed(file: &Asked) -> bool {
    let Some(text) = &file.text else { return false };
    let bytes = std::fs::read(&file.path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}') != text
}

/// The paths that events for a file have: its own, and that of the file that it is a symbolic link to.
fn places(file: &Path) -> Vec<PathBuf> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let own = folder.canonicalize().ok().zip(file.file_name()).map(|(folder, name)| folder.join(name));
    own.into_iter().chain(file.canonicalize().ok()).collect()
}
