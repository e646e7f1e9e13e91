//! `additionalProperties` and what says nearly the same.

use std::collections::HashSet;

use super::{Draft, Moved};
use crate::document::{AdditionalProperties, SchemaRef};
use crate::load::{Object, Tree};
use crate::lower::inline;
use crate::lower::schema;
use crate::lower::{At, Lowering};

/// Settles `additionalProperties`, `patternProperties` and `unevaluatedProperties`.
pub(super) fn maps<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, at: &At<'_>) {
    let additional = draft.additional_properties;
    if let Some(patterns) = draft.pattern_properties
        && let Some(values) = inline::members(lowering, patterns, at, "patternProperties", pattern_values)
        && !values.is_empty()
    {
        let is_closed = additional.and_then(Tree::as_bool) == Some(false);
        if values.len() > 1 || !is_closed {
            draft.schema.values_differ = true;
        }
        draft.schema.keywords.additional_properties = Some(any_of_patterns(lowering, values, additional, at));
        return;
    }
    draft.schema.keywords.additional_properties = match (additional, draft.unevaluated_properties) {
        (Some(tree), _) => additional_schema(lowering, tree, at, "additionalProperties", Moved::No),
        // `false` closes an object for validation only; `true` is the same as nothing.
        (None, Some(tree @ Tree::Object(_))) => {
            additional_schema(lowering, tree, at, "unevaluatedProperties", Moved::Yes)
        }
        (None, _) => None,
    };
}

fn pattern_values<'t>(
    lowering: &mut Lowering<'t, '_>,
    patterns: &'t Object,
    place: &At<'_>,
    _moved: Moved,
) -> Vec<SchemaRef> {
    let mut values = Vec::with_capacity(patterns.len() + 1);
    let mut known = HashSet::new();
    for (pattern, tree) in patterns.iter() {
        let schema = schema::schema(lowering, tree, &place.key(pattern), Moved::Yes);
        // Schemas that stand here say so and are all different; only references can be the same.
        let is_new = match &schema {
            SchemaRef::Reference(reference) => known.insert(reference.component.clone()),
            SchemaRef::Schema(_) => true,
        };
        if is_new {
            values.push(schema);
        }
    }
    values
}

/// What a property that matches one of the patterns, or none of them, may be.
fn any_of_patterns<'t>(
    lowering: &mut Lowering<'t, '_>,
    mut values: Vec<SchemaRef>,
    additional: Option<&'t Tree>,
    at: &At<'_>,
) -> AdditionalProperties {
    if let Some(tree @ Tree::Object(_)) = additional {
        values.push(schema::schema(lowering, tree, &at.key("additionalProperties"), Moved::Yes));
    }
    let value = if values.len() == 1 { values.pop() } else { None };
    let value = value.unwrap_or_else(|| {
        let mut choice = schema::new_schema(lowering, &at.key("patternProperties"), Moved::Yes);
        choice.keywords.any_of = values;
        choice.into()
    });
    AdditionalProperties::Schema(value)
}

fn additional_schema<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    key: &str,
    moved: Moved,
) -> Option<AdditionalProperties> {
    match tree {
        Tree::Bool(allowed) => Some(AdditionalProperties::Any(*allowed)),
        Tree::Object(_) => {
            let schema = schema::schema(lowering, tree, &at.key(key), moved);
            Some(AdditionalProperties::Schema(schema))
        }
        Tree::Null | Tree::Number(_) | Tree::String(_) | Tree::Array(_) => {
            lowering.unreadable_keyword(tree, at, key, "a schema");
            None
        }
    }
}
