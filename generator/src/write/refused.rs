//! The error for files that a run would destroy.

use std::fmt;

/// The error for files that a run would destroy. It is the source of an [`io::Error`](std::io::Error).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The files, relative to the folder and sorted.
    pub files: Vec<(String, Reason)>,
}

/// Why a file is not replaced or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Its first line is not the header of emitted files.
    Foreign,
    /// It was edited since modelsmith wrote it.
    Edited,
    /// The output is made from it.
    Input,
}

impl Refused {
    /// Whether a file is refused for this reason.
    pub fn has(&self, reason: Reason) -> bool {
        self.files.iter().any(|(_, why)| *why == reason)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 20;
        f.write_str("these files would be lost:")?;
        for (path, reason) in self.files.iter().take(MOST) {
            let why = match reason {
                Reason::Foreign => "was not written by modelsmith",
                Reason::Edited => "was edited since modelsmith wrote it",
                Reason::Input => "is an input from which the output is made",
            };
            write!(f, "\n  {path} {why}")?;
        }
        match self.files.len().saturating_sub(MOST) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

impl std::error::Error for Refused {}
