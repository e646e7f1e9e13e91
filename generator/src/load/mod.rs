//! Reads an OpenAPI document, in JSON or YAML, and the files that it refers to, into JSON trees.
//!
//! Input is not trusted: depth and size are bounded, nothing is downloaded, and references may not lead out of the
//! folder of the root document unless the user allows it.

mod documents;
mod file;
mod follow;
mod ignored_keys;
mod links;
#[cfg(feature = "overlay")]
mod overlay;
mod parse;
mod position;
mod reader;
mod recordings;
mod reference;
mod tree;
mod yaml;

use std::path::Path;

use crate::diagnostics::{FileId, Sink};

pub use documents::{Document, Documents, Target};
pub use file::{DiskReader, FolderEntry, MemoryReader, ReadFile};
pub use follow::load;
pub use recordings::{RecordingFile, recordings, recordings_at};
pub(crate) use reference::percent_decode;
pub use tree::{Object, Tree};

/// Reads a text that is not a document, such as an overlay. `None` if it is neither JSON nor YAML.
pub(crate) fn parse_value(path: &Path, text: &str, sink: &mut Sink) -> Option<Tree> {
    parse::parse(FileId(0), path, text, position::Position::Value, true, sink).1
}
