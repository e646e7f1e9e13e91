//! Reads an OpenAPI document, in JSON or YAML, and the files that it refers to, into JSON trees.
//!
//! Input is not trusted: depth and size are bounded, nothing is fetched from the network, and references lead
//! nowhere but into the root document's folder unless the user says so.

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
mod reference;
mod tree;
mod yaml;

pub use documents::{Document, Documents, Target};
pub use file::{DiskReader, MemoryReader, ReadFile};
pub use follow::load;
pub(crate) use reference::percent_decode;
pub use tree::{Object, Tree};
