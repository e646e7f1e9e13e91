//! Compares what was recorded with what the document says: every way in which a recorded value does not fit, the place
//! in the document that refuses it, and the overlay that makes the models read it.
//!
//! | module | what it does |
//! |---|---|
//! | [`fault`] | what is wrong, where in the document, how often |
//! | [`faults`] | all faults of a value, by the interpreter of `ir::accept` |
//! | [`overlay`] | the overlay that corrects the document |
//! | [`sites`] | the schemas of the document that say what a part of a value is |

pub mod fault;
pub mod faults;
mod learn;
pub mod overlay;
pub mod sites;

pub use fault::{Counted, Fault, FaultKind, Faults};
pub use faults::Checker;
pub use learn::{Learned, Members};
pub use sites::{SiteId, Sites};
