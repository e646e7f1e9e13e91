//! Counts of the emitted items.

use std::collections::BTreeMap;

use super::operations::is_untyped;
use super::types::reason_text;
use crate::ir::{AnyReason, Graph, Shape};

/// Counts of the emitted items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Structs.
    pub structs: usize,
    /// Unions.
    pub unions: usize,
    /// Enums of constants.
    pub enums: usize,
    /// Operations, webhooks and callbacks.
    pub operations: usize,
    /// Responses that are any JSON value, whether or not the document says so.
    pub untyped_responses: usize,
    /// Schemas that are any JSON value, by reason.
    pub any: BTreeMap<&'static str, usize>,
    /// All types in the output; each scalar type is counted once.
    pub types: usize,
}

impl Summary {
    /// Counts the types of a graph.
    #[doc(hidden)]
    pub fn of(graph: &Graph) -> Self {
        let responses = graph.operations().iter().flat_map(|operation| &operation.responses);
        let untyped = responses.filter(|response| {
            response.contents.iter().any(|found| found.is_main && is_untyped(graph, found.content))
        });
        let mut summary = Self {
            operations: graph.operations().len(),
            untyped_responses: untyped.count(),
            ..Self::default()
        };
        for ty in graph.types() {
            match &ty.shape {
                Shape::Struct(_) => summary.structs += 1,
                Shape::Union(_) => summary.unions += 1,
                Shape::Enum(_) => summary.enums += 1,
                Shape::Any(reason) => *summary.any.entry(reason_text(*reason)).or_default() += 1,
                Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::Newtype { .. }
                | Shape::External(_) => {}
            }
            summary.types += 1;
        }
        summary
    }

    /// Schemas that are any JSON value although the document constrains them.
    pub fn untyped(&self) -> usize {
        let asked_for = reason_text(AnyReason::Unconstrained);
        self.any.iter().filter(|(reason, _)| **reason != asked_for).map(|(_, count)| count).sum()
    }
}
