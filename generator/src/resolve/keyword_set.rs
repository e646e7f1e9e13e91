//! Which groups of keywords a schema uses: cheap to ask, so that nothing is cloned to find out.

use openapiv3::AnySchema;

use super::site::{Node, Site};

/// A set of groups of keywords; annotations are in none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeywordSet(u16);

impl KeywordSet {
    const NONE: Self = Self(0);
    pub const TYPE: Self = Self(1);
    pub const PROPERTIES: Self = Self(1 << 1);
    pub const REQUIRED: Self = Self(1 << 2);
    const ADDITIONAL: Self = Self(1 << 3);
    const ITEMS: Self = Self(1 << 4);
    const VALUES: Self = Self(1 << 5);
    const FORMAT: Self = Self(1 << 6);
    pub const ALL_OF: Self = Self(1 << 7);
    pub const UNIONS: Self = Self(1 << 8);
    /// Lengths, bounds, patterns, `not`: what only narrows.
    pub const LIMITS: Self = Self(1 << 9);

    /// The groups that a schema uses.
    pub fn of(any: &AnySchema) -> Self {
        let AnySchema {
            typ,
            pattern,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
            items,
            min_items,
            max_items,
            unique_items,
            enumeration,
            format,
            min_length,
            max_length,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        let sizes = [min_properties, max_properties, min_items, max_items, min_length, max_length];
        let bounds = [minimum, maximum, multiple_of];
        let flags = [exclusive_minimum, exclusive_maximum, unique_items];
        let narrows = pattern.is_some()
            || not.is_some()
            || sizes.iter().any(|size| size.is_some())
            || bounds.iter().any(|bound| bound.is_some())
            || flags.iter().any(|flag| flag.is_some());
        let used = [
            (Self::TYPE, typ.is_some()),
            (Self::PROPERTIES, !properties.is_empty()),
            (Self::REQUIRED, !required.is_empty()),
            (Self::ADDITIONAL, additional_properties.is_some()),
            (Self::ITEMS, items.is_some()),
            (Self::VALUES, !enumeration.is_empty()),
            (Self::FORMAT, format.is_some()),
            (Self::ALL_OF, !all_of.is_empty()),
            (Self::UNIONS, !one_of.is_empty() || !any_of.is_empty()),
            (Self::LIMITS, narrows),
        ];
        used.into_iter().filter(|(_, is_used)| *is_used).fold(Self::NONE, |all, (group, _)| all.with(group))
    }

    /// The groups of both sets.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all groups of this set are in the other one.
    pub const fn is_within(self, other: Self) -> bool {
        self.0 & other.0 == self.0
    }
}

/// Whether the schema constrains nothing.
pub(super) fn is_annotation(site: &Site<'_>) -> bool {
    match site.node {
        Node::Reference(_) => false,
        Node::Schema(schema) => schema.is_annotation(),
    }
}
