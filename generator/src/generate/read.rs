//! A document with its types, for what compares them with values: nothing is named or emitted.

use std::path::Path;

use super::{Failure, Keep, Resolved, Timings, allow, on_large_stack, resolved};
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Sources};
use crate::ir::Graph;
use crate::load::{Documents, ReadFile};

/// A document that was read, and its types.
#[derive(Debug)]
pub struct ReadDocument {
    /// The types.
    pub graph: Graph,
    /// The document and the files that it refers to, with the overlays applied.
    pub documents: Documents,
    /// The texts that places lead into.
    pub sources: Sources,
    /// What is worth knowing, in the order in which it was found.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the document at `root` and decides what its schemas are. Reads through `reader` only and writes nothing.
///
/// # Errors
/// When a file cannot be read or is not an OpenAPI document.
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
