//! Compares recorded traffic with the document. Reports every mismatch with the place in the document, and writes the
//! overlay with which the models read the recorded values.
//!
//! | module | what it does |
//! |---|---|
//! | [`fault`] | mismatches: what is wrong, where in the document, how often |
//! | [`faults`] | finds all faults of a value with the interpreter of `ir::accept` |
//! | [`overlay`] | writes the overlay that corrects the document |
//! | [`sites`] | finds the schemas in the document that apply to a part of a value |
//! | `traffic` | reads recordings: HAR, exchanges in lines or arrays, bare payloads |
//! | `matching` | finds the operation of a request |
//! | `exchange` | compares the parts of an exchange; `answer` selects the response and its content, `written` parses parameters and forms |
//! | `secrets` | hides secrets in reports |
//! | `tally`, `run` | count faults, on all processors |
//! | `report` | writes the findings as text, JSON and Markdown |
//! | [`samples`] | selects the values that emitted tests read |

mod answer;
mod events;
mod exchange;
pub mod fault;
pub mod faults;
mod learn;
mod matching;
pub mod overlay;
mod place;
mod report;
mod run;
pub mod samples;
mod secrets;
pub mod sites;
mod subject;
mod tally;
mod target;
#[cfg(test)]
mod tests;
mod traffic;
mod url;
mod written;

pub use fault::{Counted, Fault, FaultKind, Faults};
pub use faults::Checker;
pub use learn::{Learned, Members};
pub use matching::Unmatched;
pub use overlay::Asked;
pub use report::{Finding, Problem, Report, Stranger, json, markdown, text};
pub use run::Recording;
pub use sites::{SiteId, Sites};
pub use tally::Totals;
pub use target::{Target, TargetBody, UnknownTarget};

use self::exchange::Shared;
use self::matching::Routes;
use self::secrets::Secrets;
use crate::ir::Graph;
use crate::load::Documents;

/// How recordings are compared.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What recordings contain: exchanges (`None`) or payloads of one type.
    pub target: Option<Target>,
    /// The URLs of the servers, which replace those of the document. The rest of a recorded URL is the path of an
    /// operation.
    pub servers: Vec<String>,
    /// Whether properties and parameters that the document does not declare are faults.
    pub unknown: bool,
}

/// Compares recordings with the document that a graph was made from. The graph should have operations that can be
/// called (`RustOptions::client`): otherwise it lacks parts of the requests.
///
/// Recordings are streamed, so the memory used is bounded by their largest values, not by their length. The report does
/// not depend on the number of processors.
///
/// # Errors
/// If the document does not have the schema or the operation that payloads are to be compared with.
pub fn verify<'r>(
    graph: &Graph,
    documents: &Documents,
    options: &Options,
    recordings: &mut dyn Iterator<Item = Recording<'r>>,
) -> Result<Report, UnknownTarget> {
    let payload = options.target.as_ref().map(|target| target::find(target, graph, documents)).transpose()?;
    let shared = Shared {
        graph,
        documents,
        routes: Routes::of(graph, &options.servers),
        secrets: Secrets::of(graph),
        unknown: options.unknown,
    };
    let (tally, names) = run::run(&shared, payload.as_ref(), recordings);
    Ok(Report::of(graph, tally, names))
}
