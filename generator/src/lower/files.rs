//! What lowering asks of the loaded files.

use crate::diagnostics::{FileId, Pointer};
use crate::load::{Documents, Tree};

/// The loaded files. The root document is `FileId(0)`.
pub trait Files {
    /// Up to which number there are files, itself not included; some below it may not be there.
    fn count(&self) -> u32;

    /// The content of a file.
    fn tree(&self, file: FileId) -> Option<&Tree>;

    /// The path of a file, for names made from its stem.
    fn path(&self, file: FileId) -> &str;

    /// The file that the reference `target` (without fragment, not empty) in `from` leads to.
    fn find(&self, from: FileId, target: &str) -> Option<FileId>;
}

/// A document in one file.
impl Files for Tree {
    fn count(&self) -> u32 {
        1
    }

    fn tree(&self, file: FileId) -> Option<&Tree> {
        (file.0 == 0).then_some(self)
    }

    fn path(&self, _file: FileId) -> &str {
        ""
    }

    fn find(&self, _from: FileId, _target: &str) -> Option<FileId> {
        None
    }
}

impl Files for Documents {
    fn count(&self) -> u32 {
        self.iter().next_back().map_or(0, |last| last.file.0.saturating_add(1))
    }

    fn tree(&self, file: FileId) -> Option<&Tree> {
        self.get(file).map(|document| &document.tree)
    }

    fn path(&self, file: FileId) -> &str {
        self.get(file).map_or("", |document| &document.path)
    }

    fn find(&self, from: FileId, target: &str) -> Option<FileId> {
        // Schemas with an `$id` are looked up before files, so only whole files matter here.
        self.resolve(from, target).filter(|found| found.resource == Pointer::root()).map(|found| found.file)
    }
}
