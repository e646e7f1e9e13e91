//! Reports what became of a document: the table and the pictures of `modelsmith types`, and the counts of the summary
//! line.

mod operations;
mod picture;
mod regenerated;
mod summary;
mod types;

pub use operations::{ContentRow, OperationRow, ResponseRow, operation_rows};
pub use picture::{Edge, Node, NodeKind, Picture, Start, find, picture};
pub use regenerated::{Moved, Regenerated};
pub use summary::Summary;
pub use types::{Became, TypeRow, type_rows};
pub(crate) use types::{spell, spell_structure};
