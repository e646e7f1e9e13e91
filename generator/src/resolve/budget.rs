//! Bounds what a document grows to: every type has a copy of what it inherits by `allOf`, and unions that hold at once
//! become a type for each combination of their branches.

use super::convert::Converter;
use crate::diagnostics::{Diagnostic, Location};
use crate::ir::Docs;

/// What may still be made, in bytes of memory, roughly.
pub(super) struct Budget {
    left: usize,
    is_spent: bool,
}

/// What a type, a property, a branch of a union and a value of an enum take without their texts.
pub(super) const TYPE: usize = 512;
pub(super) const PROPERTY: usize = 512;
pub(super) const VARIANT: usize = 256;
pub(super) const VALUE: usize = 128;

/// What a branch takes into which the schemas beside its union are merged; time more than memory.
pub(super) const COMBINATION: usize = 8 << 10;

impl Budget {
    /// Enough for a document of this many bytes that was written to be read.
    pub fn of(bytes: usize) -> Self {
        const FACTOR: usize = 64;
        const BASE: usize = 128 << 20;
        Self { left: bytes.saturating_mul(FACTOR).saturating_add(BASE), is_spent: false }
    }

    /// Whether nothing more may be made, which was said.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }
}

/// Takes this much from the budget, for something that is made of the schema at `place`.
pub(super) fn spend(converter: &mut Converter<'_, '_>, bytes: usize, place: &Location) {
    match converter.budget.left.checked_sub(bytes) {
        Some(left) => converter.budget.left = left,
        None if converter.budget.is_spent => {}
        None => {
            converter.budget.is_spent = true;
            let message = "what schemas inherit and combine by `allOf` is too much to emit";
            let found = Diagnostic::error("too-many-copies", place.clone(), message);
            converter.sink.push(found.help(
                "every type has a copy of what it is made of: hold large common parts in a property instead, \
                 or leave schemas out with `exclude`",
            ));
        }
    }
}

/// How much text there is in `docs`.
pub(super) fn text(docs: &Docs) -> usize {
    [&docs.title, &docs.description].into_iter().flatten().map(String::len).sum()
}
