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
}

impl<'t> Lowering<'t, '_> {
    /// Takes one from the budget; `false` when it is spent, which is an error said once.
    pub fn spend(&mut self, at: &At<'_>) -> bool {
        match self.budget.left.checked_sub(1) {
            Some(left) => {
                self.budget.left = left;
                true
            }
            None => {
                if !self.budget.reported {
                    self.budget.reported = true;
                    let message =
                        "path items, callbacks or parts of schemas refer to each other too many times";
                    let found = Diagnostic::error("too-many-copies", at.location(), message);
                    self.sink.push(found.help("every reference to one of them is a copy of it"));
                }
                false
            }
        }
    }
}
