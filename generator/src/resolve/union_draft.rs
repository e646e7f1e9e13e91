//! What the first pass leaves for the second to know of a union.

use std::collections::BTreeMap;

use crate::diagnostics::Location;
use crate::ir::TypeId;

/// A union whose variants are known but not yet how a reader picks one.
#[derive(Debug, Clone, Default)]
pub(super) struct UnionDraft {
    /// The `discriminator`, if there is one.
    pub discriminator: Option<DiscriminatorDraft>,
    /// The titles of branches that are one constant, by their types.
    pub titles: BTreeMap<TypeId, String>,
    /// For a variant that was made of a component and of what stands beside the union: its type, and the component, which
    /// is what a mapping points at.
    pub sources: BTreeMap<TypeId, TypeId>,
    /// Whether the variants are all the descendants of a parent, so that those of a descendant are variants too.
    pub is_parent: bool,
}

/// A `discriminator` (OpenAPI 3.0.4 §4.7.25) with its targets looked up.
#[derive(Debug, Clone)]
pub(super) struct DiscriminatorDraft {
    pub property: String,
    /// Tag value and what it points at.
    pub mapping: Vec<(String, MappingTarget)>,
    /// `defaultMapping` (OpenAPI 3.2 §4.25).
    pub default: Option<MappingTarget>,
    pub location: Location,
}

/// What a mapping entry points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MappingTarget {
    Component(TypeId),
    /// The text of a target that does not exist.
    Dangling(String),
}
