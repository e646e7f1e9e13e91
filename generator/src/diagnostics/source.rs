//! The texts that diagnostics point into.

use super::FileId;

/// The loaded files' paths and texts, by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// One loaded file.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The path as it is shown to the user.
    pub path: String,
    /// The text without a byte order mark; empty when the file could not be read.
    pub text: String,
    /// What the text is written in.
    pub syntax: Syntax,
}

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Syntax {
    /// JSON (RFC 8259).
    #[default]
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Sources {
    /// Adds a file.
    ///
    /// # Panics
    /// When there are 2³² files.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = u32::try_from(self.files.len()).expect("fewer than 2^32 files");
        self.files.push(source);
        FileId(id)
    }

    /// Sets the text of a file that was added without.
    pub(crate) fn fill(&mut self, file: FileId, text: String, syntax: Syntax) {
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            source.text = text;
            source.syntax = syntax;
        }
    }

    /// The file, if it was added.
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// All files, in the order of their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(at, source)| (FileId(at as u32), source))
    }
}
