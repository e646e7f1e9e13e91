//! Which groups of keywords a schema uses: cheap to ask, so that nothing is cloned to find out.

use bitflags::bitflags;

use super::site::{Node, Site};
use crate::document::Keywords;

bitflags! {
    /// A set of groups of keywords; annotations are in none of them.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(super) struct KeywordSet: u16 {
        const TYPE = 1;
        const PROPERTIES = 1 << 1;
        const REQUIRED = 1 << 2;
        const ADDITIONAL = 1 << 3;
        const ITEMS = 1 << 4;
        const VALUES = 1 << 5;
        const FORMAT = 1 << 6;
        const ALL_OF = 1 << 7;
        const UNIONS = 1 << 8;
        /// Lengths, bounds, patterns, `not`: what only narrows.
        const LIMITS = 1 << 9;
    }
}

impl KeywordSet {
    /// The groups that a schema uses.
    pub fn of(any: &Keywords) -> Self {
        let Keywords {
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
        used.into_iter().filter_map(|(group, is_used)| is_used.then_some(group)).collect()
    }
}

/// Whether the schema constrains nothing.
pub(super) fn is_annotation(site: &Site<'_>) -> bool {
    match site.node {
        Node::Reference(_) => false,
        Node::Schema(schema) => schema.is_annotation(),
    }
}
