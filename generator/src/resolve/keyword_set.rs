//! Which groups of keywords a schema uses: cheap to ask, so that nothing is cloned to find out.

use openapiv3::AnySchema;

use super::site::{Node, Site};

/// Which groups of keywords a schema uses, annotations apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Says {
    pub typ: bool,
    pub properties: bool,
    pub required: bool,
    pub additional: bool,
    pub items: bool,
    pub values: bool,
    pub format: bool,
    pub all_of: bool,
    pub unions: bool,
    /// Lengths, bounds, patterns, `not`: what only narrows.
    pub limits: bool,
}

impl Says {
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
        Self {
            typ: typ.is_some(),
            properties: !properties.is_empty(),
            required: !required.is_empty(),
            additional: additional_properties.is_some(),
            items: items.is_some(),
            values: !enumeration.is_empty(),
            format: format.is_some(),
            all_of: !all_of.is_empty(),
            unions: !one_of.is_empty() || !any_of.is_empty(),
            limits: pattern.is_some()
                || not.is_some()
                || sizes.iter().any(|size| size.is_some())
                || bounds.iter().any(|bound| bound.is_some())
                || flags.iter().any(|flag| flag.is_some()),
        }
    }

    /// Nothing but what is also in `allowed`.
    pub fn only(self, allowed: Says) -> bool {
        (!self.typ || allowed.typ)
            && (!self.properties || allowed.properties)
            && (!self.required || allowed.required)
            && (!self.additional || allowed.additional)
            && (!self.items || allowed.items)
            && (!self.values || allowed.values)
            && (!self.format || allowed.format)
            && (!self.all_of || allowed.all_of)
            && (!self.unions || allowed.unions)
            && (!self.limits || allowed.limits)
    }
}

/// Whether the schema constrains nothing.
pub(super) fn is_annotation(site: &Site<'_>) -> bool {
    match site.node {
        Node::Reference(_) => false,
        Node::Schema(schema) => schema.is_annotation(),
    }
}
