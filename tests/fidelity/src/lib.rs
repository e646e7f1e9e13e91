//! An independent judge of emitted models: what a document's schemas allow, in the words of JSON Schema and of the
//! `jsonschema` crate, and nothing of modelsmith's own reading of them.
//!
//! [`Document`] turns an OpenAPI document into JSON Schema 2020-12. [`examples`] finds the values that a document
//! and recorded payloads bring along, [`instances`] makes up valid ones, [`mutations`] and [`constraints`] spoil them, and
//! [`equivalence`] says whether a value that was read and written back is still the same. [`judge`] does all of it.
//! [`sides`] has a document as it is read or sent. [`requests`] reads back what operations send, and [`replies`] has what they are answered.

pub mod constraints;
pub mod equivalence;
pub mod examples;
pub mod instances;
pub mod judge;
pub mod mutations;
mod parts;
pub mod pattern;
pub mod pointer;
mod relaxed;
pub mod replies;
pub mod requests;
pub mod schema;
mod shuffled;
pub mod sides;

pub use parts::Parts;
pub use schema::{Dialect, Document, NotOpenApi};
pub use shuffled::shuffled;
