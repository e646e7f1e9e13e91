//! Tells people what became of a document: the table of `modelsmith types`, the counts of the summary line.

mod summary;
mod types;

pub use summary::Summary;
pub use types::{Became, TypeRow, type_rows};
