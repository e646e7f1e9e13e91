//! Reads a document up to its types, to compare values with them. Nothing is named or emitted.

use std::path::Path;

use super::{Failure, Keep, Resolved, Timings, allow, on_large_stack, resolved};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Sources};
use crate::ir::Graph;
use crate::load::{Documents, ReadFile};

/// A document and its types.
#[derive(Debug)]
pub struct ReadDocument {
    /// The types.
    pub graph: Graph,
    /// The document and the files that it refers to, with the overlays applied.
    pub documents: Documents,
    /// The texts that locations point into.
    pub sources: Sources,
    /// The warnings, in the order in which they were found.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the document at `root` and resolves its schemas. Reads only through `reader`, and writes nothing.
///
/// # Errors
/// If a file cannot be read or is not an OpenAPI document.
pub fn read_document(
    root: &Path,
    reader: &(dyn ReadFile + Sync),
    config: &Config,
) -> Result<ReadDocument, Failure> {
    on_large_stack(|| read_here(root, reader, config))
}

/// The same on the stack of the caller, which has to be large.
pub(super) fn read_here(
    root: &Path,
    reader: &dyn ReadFile,
    config: &Config,
) -> Result<ReadDocument, Failure> {
    let found = resolved(root, reader, config, Keep::Documents, &mut Timings::default())?;
    let Resolved { graph, documents, sink, sources, settings } = found;
    let warnings = allow::apply(sink.into_vec(), &graph, config, settings);
    match documents {
        Some(documents) => Ok(ReadDocument { graph, documents, sources, warnings }),
        None => Err(Failure { diagnostics: warnings, sources }),
    }
}
