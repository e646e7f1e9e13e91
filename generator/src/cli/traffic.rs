//! The recordings that the command line names: files, folders of them, standard input; and how far they were read.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use modelsmith::load::{DiskReader, recordings_at};
use modelsmith::verify::Recording;

/// Standard input.
const STDIN: &str = "-";

/// Recordings, in the order in which they are read.
pub(super) struct Traffic {
    paths: Vec<PathBuf>,
    progress: Option<Progress>,
}

impl Traffic {
    /// The recordings among these paths.
    ///
    /// # Errors
    /// When a path leads nowhere, or a folder has no recordings.
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

    /// Whether standard input is among them, which can be read only once.
    pub fn has_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == STDIN)
    }

    /// Shows how far they were read where somebody looks at it.
    #[must_use]
    pub fn with_progress(self) -> Self {
        let progress = io::stderr().is_terminal().then(|| Progress::of(&self.paths));
        Self { progress, ..self }
    }

    /// The recordings. Each is opened when it is its turn.
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

    /// Takes away what was shown.
    pub fn done(&self) {
        if let Some(progress) = &self.progress {
            progress.clear();
        }
    }
}

/// How far recordings were read, on standard error.
struct Progress {
    /// The bytes of all files.
    all: u64,
    read: AtomicU64,
    start: Instant,
    shown: Mutex<Option<Instant>>,
}

/// Nothing is shown of what takes less time than this, and nothing more often than this.
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
        // Recordings may be read several times.
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

/// A recording that is watched.
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
