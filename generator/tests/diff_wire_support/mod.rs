//! Two versions of a document, their models in one program, and what becomes of values that travel between them.

pub mod cases;
pub mod flow;
pub mod harness;
pub mod judge;
mod union_cases;
pub mod versions;
