//! The recordings on the command line: files, folders, standard input; and the progress of reading them.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use modelsmith::load::{DiskReader, recordings_at};
use modelsmith::verify::Recording;

/// The name for standard input.
const STDIN: &str = "-";

/// The recordings, in order.
pub(super) struct Traffic {
    paths: Vec<PathBuf>,
    progress: Option<Progress>,
}

impl Traffic {
    /// Finds the recordings at these paths.
    ///
    /// # Errors
    /// If a path does not exist, or a folder has no recordings.
    pub fn of(paths: &[PathBuf]) -> Result<Self, String> {
        let mut found = Vec::new();
        for path in paths {
            if path.as_os_str() == STDIN {
                found.push(path.clone());
                continue;
            }
            let files = recordings_at(path, &path.display().to_string(), &DiskReader)?;
            found.extend(files.into_iter().map(|file| file.path));
        }
        Ok(Self { paths: found, progress: None })
    }

    /// Whether they include standard input, which can be read only once.
    pub fn has_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == STDIN)
    }

    /// Shows the progress, if standard error is a terminal.
    #[must_use]
    pub fn with_progress(self) -> Self {
        let progress = io::stderr().is_terminal().then(|| Progress::of(&self.paths));
        Self { progress, ..self }
    }

    /// The recordings. Each is opened when it is read.
    pub fn recordings(&self) -> impl Iterator<Item = Recording<'_>> {
        self.paths.iter().map(|path| {
            let is_stdin = path.as_os_str() == STDIN;
            let name = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
            let input: io::Result<Box<dyn Read>> = match is_stdin {
                true => Ok(Box::new(io::stdin().lock())),
                false => File::open(path).map(|file| Box::new(file) as Box<dyn Read>),
            };
            let progress = self.progress.as_ref();
            let input = input.map(|input| Box::new(Watched { input, progress }) as Box<dyn Read>);
            Recording { name, input }
        })
    }

    /// Clears the progress.
    pub fn done(&self) {
        if let Some(progress) = &self.progress {
            progress.clear();
        }
    }
}

/// The progress of reading, on standard error.
struct Progress {
    /// The total size of all files.
    all: u64,
    read: AtomicU64,
    start: Instant,
    shown: Mutex<Option<Instant>>,
}

/// The time before the progress is first shown, and between updates.
const PATIENCE: Duration = Duration::from_millis(1_000);
const PAUSE: Duration = Duration::from_millis(200);

impl Progress {
    fn of(paths: &[PathBuf]) -> Self {
        let sizes = paths.iter().filter_map(|path| Some(path.metadata().ok()?.len()));
        Self { all: sizes.sum(), read: AtomicU64::new(0), start: Instant::now(), shown: Mutex::new(None) }
    }

    fn add(&self, bytes: usize) {
        let read = self.read.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = shown.map_or_else(|| self.start.elapsed() >= PATIENCE, |shown| shown.elapsed() >= PAUSE);
        if waited {
            *shown = Some(Instant::now());
            drop(write!(io::stderr(), "\r{}\u{1b}[K", self.line(read)));
        }
    }

    fn line(&self, read: u64) -> String {
        let megabytes = |bytes: u64| bytes / 1_000_000;
        // Recordings can be read several times.
        match read.checked_rem(self.all) {
            Some(now) if self.all >= read => {
                format!("reading: {} % of {} MB", now * 100 / self.all.max(1), megabytes(self.all))
            }
            Some(now) => format!(
                "reading again ({}): {} % of {} MB",
                read / self.all + 1,
                now * 100 / self.all.max(1),
                megabytes(self.all)
            ),
            None => format!("reading: {} MB", megabytes(read)),
        }
    }

    fn clear(&self) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.take().is_some() {
            drop(write!(io::stderr(), "\r\u{1b}[K"));
        }
    }
}

/// A recording whose progress is shown.
struct Watched<'p> {
    input: Box<dyn Read + 'p>,
    progress: Option<&'p Progress>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        if let Some(progress) = self.progress {
            progress.add(length);
        }
        Ok(length)
    }
}
