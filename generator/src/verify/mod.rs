//! Compares what was recorded with what the document says: every way in which a recorded value does not fit, the place
//! in the document that refuses it, and the overlay that makes the models read it.
//!
//! | module | what it does |
//! |---|---|
//! | [`fault`] | what is wrong, where in the document, how often |
//! | [`faults`] | all faults of a value, by the interpreter of `ir::accept` |
//! | [`overlay`] | the overlay that corrects the document |
//! | [`sites`] | the schemas of the document that say what a part of a value is |
//! | `traffic` | what is in recordings: HAR, exchanges in lines or arrays, payloads |
//! | `matching` | the operation of a request |
//! | `exchange` | compares the parts of an exchange; `answer` decides what a response is read as, `written` reads texts |
//! | `secrets` | what is not shown |
//! | `tally`, `run` | counting, on all processors |
//! | `report` | what was found, as text, JSON and Markdown |
//! | [`samples`] | the values that emitted tests read |

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
    /// What recordings have in them: exchanges, or payloads of one type.
    pub target: Option<Target>,
    /// The URLs of the servers, in place of those that the document names. Everything behind them is an operation's path.
    pub servers: Vec<String>,
    /// Whether properties and parameters that the document does not name are faults.
    pub unknown: bool,
}

/// Compares recordings with the document that a graph was made of. The graph should be one whose operations can be called
/// (`RustOptions::client`): others know less of requests.
///
/// Recordings are read piece by piece: however long they are, the memory that it takes is bounded by their largest values.
/// The report is the same however many processors there are.
///
/// # Errors
/// When the document does not have what payloads are to be compared with.
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
