//! Bounds the work: what is lowered in place may be referred to again and again.
//!
//! Path items, callbacks, media types and all that `inline.rs` follows have no place among the components of OpenAPI
//! 3.0, so each reference to one lowers it anew. Nested in each other they could make a small document grow without bound.

use super::{At, Lowering};
use crate::diagnostics::Diagnostic;

/// How many schemas, operations and the like may still be lowered.
pub(super) struct Budget {
    left: usize,
    reported: bool,
}

impl Budget {
    /// Enough for any document of this size that was written to be read.
    pub fn of(nodes: usize) -> Self {
        const FACTOR: usize = 16;
        const BASE: usize = 20_000;
        Self { left: nodes.saturating_mul(FACTOR).saturating_add(BASE), reported: false }
    }

    /// Whether nothing more may be lowered, which was said.
    pub fn is_spent(&self) -> bool {
        self.reported
    }
}

/// Takes one from the budget, and more where the way is long, since what is lowered says where it stood; `false` when
/// it is spent, which is an error said once.
pub fn spend(lowering: &mut Lowering<'_, '_>, at: &At<'_>) -> bool {
    /// Few ways in real documents are longer.
    const LONG: usize = 256;
    let for_length = at.length / LONG;
    match lowering.budget.left.checked_sub(1 + for_length) {
        Some(left) => {
            lowering.budget.left = left;
            true
        }
        None => {
            if !lowering.budget.reported {
                lowering.budget.reported = true;
                let (message, help) = match for_length {
                    0 => (
                        "path items, callbacks or parts of schemas refer to each other too many times",
                        "every reference to one of them is a copy of it",
                    ),
                    _ => ("keys are too long for the number of values below them", "use shorter names"),
                };
                let found = Diagnostic::error("too-many-copies", at.location(), message);
                lowering.sink.push(found.help(help));
            }
            false
        }
    }
}
