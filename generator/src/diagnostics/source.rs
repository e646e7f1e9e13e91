//! The texts that diagnostics point into.

use std::collections::{HashMap, HashSet};

use super::{FileId, Location, Pointer};

/// The loaded files' paths and texts, by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// Arrays, by the tokens of their pointers, whose elements do not have the indices that they have in the text.
    moved: HashMap<FileId, HashSet<Vec<String>>>,
}

/// One loaded file.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Source {
    /// The path as it is shown to the user.
    pub path: String,
    /// The text without a byte order mark; empty when the file could not be read.
    pub text: String,
    /// What the text is written in.
    pub syntax: Syntax,
}

impl Source {
    /// A file with its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>, syntax: Syntax) -> Self {
        Self { path: path.into(), text: text.into(), syntax }
    }
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

    /// How many bytes the texts have together.
    pub(crate) fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.text.len()).sum()
    }

    /// Sets the text of a file that was added without.
    pub(crate) fn fill(&mut self, file: FileId, text: String, syntax: Syntax) {
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            source.text = text;
            source.syntax = syntax;
        }
    }

    /// Takes note that elements of an array were taken out after the text was read.
    #[cfg(feature = "overlay")]
    pub(crate) fn elements_moved(&mut self, array: &Location) {
        self.moved.entry(array.file).or_default().insert(array.pointer.tokens());
    }

    /// What to look for in the text to show a location: an array whose elements were moved stands for them.
    pub(super) fn in_text(&self, location: &Location) -> Pointer {
        let Some(moved) = self.moved.get(&location.file) else { return location.pointer.clone() };
        let tokens = location.pointer.tokens();
        let kept = (0..tokens.len()).find(|&length| moved.contains(tokens.get(..length).unwrap_or_default()));
        match kept {
            Some(length) => tokens.iter().take(length).fold(Pointer::root(), |at, token| at.key(token)),
            None => location.pointer.clone(),
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
