//! A schema that has been read but not yet brought into the lowered form.

use serde_json::Value;

use super::keywords;
use super::maps;
use super::nulls;
use super::tuples;
use super::types::{self, TypeList};
use super::{Moved, reference};
use crate::document::{Number, Schema, SchemaRef, ValueTexts};
use crate::load::{Object, Tree};
use crate::lower::schema;
use crate::lower::{At, Lowering};

/// What the keywords of one schema say, in part as it stands in the source.
pub(in crate::lower) struct Draft<'t> {
    /// Everything that is in the lowered form at once.
    pub schema: Schema,
    /// `type`.
    pub types: TypeList,
    /// `const`.
    pub constant: Option<&'t Tree>,
    /// `oneOf`.
    pub one_of: Option<&'t Tree>,
    /// `anyOf`.
    pub any_of: Option<&'t Tree>,
    /// `exclusiveMinimum` and `exclusiveMaximum` as numbers.
    pub exclusive: (Option<Number>, Option<Number>),
    /// `items`.
    pub items: Option<&'t Tree>,
    /// `items` where it means `anyOf`.
    pub choice: Option<&'t Tree>,
    /// `prefixItems`.
    pub prefix_items: Option<&'t Tree>,
    /// `additionalItems`, which only counts beside an array of `items`.
    pub additional_items: Option<&'t Tree>,
    /// `patternProperties`.
    pub pattern_properties: Option<&'t Tree>,
    /// `additionalProperties`.
    pub additional_properties: Option<&'t Tree>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<&'t Tree>,
    /// Whether the value is an integer or a string (`x-kubernetes-int-or-string`).
    pub int_or_string: bool,
    /// Whether the string holds base64 (`contentEncoding`).
    pub base64: bool,
    /// Whether the string holds raw bytes (`contentMediaType`).
    pub binary: bool,
}

/// The schema that an object is.
pub(super) fn object_schema<'t>(
    lowering: &mut Lowering<'t, '_>,
    object: &'t Object,
    at: &At<'_>,
    moved: Moved,
) -> SchemaRef {
    let reference = reference::of(object);
    if let Some(reference) = reference
        && let Some(alone) = reference::lone_reference(lowering, reference, object, at, moved)
    {
        return alone;
    }
    let mut draft = Draft::new(schema::new_schema(lowering, at, moved));
    for (key, value) in object.iter() {
        if reference.is_none() || reference::counts_beside_reference(lowering, key) {
            keywords::keyword(lowering, &mut draft, key, value, at);
        }
    }
    if let Some(reference) = reference {
        reference::add_reference(lowering, &mut draft, reference, at);
    }
    finish(lowering, draft, at)
}

/// Brings a draft into the lowered form.
pub(in crate::lower) fn finish<'t>(
    lowering: &mut Lowering<'t, '_>,
    mut draft: Draft<'t>,
    at: &At<'_>,
) -> SchemaRef {
    draft.bounds();
    draft.formats();
    draft.constants();
    tuples::tuples_and_items(lowering, &mut draft, at);
    maps::maps(lowering, &mut draft, at);
    if let Some(alone) = nulls::combiners(lowering, &mut draft, at) {
        return alone;
    }
    types::types(lowering, &mut draft, at);
    draft.schema.into()
}

impl Draft<'_> {
    /// One of which nothing has been read yet.
    pub fn new(schema: Schema) -> Self {
        Self {
            schema,
            types: TypeList::default(),
            constant: None,
            one_of: None,
            any_of: None,
            exclusive: (None, None),
            items: None,
            choice: None,
            prefix_items: None,
            additional_items: None,
            pattern_properties: None,
            additional_properties: None,
            unevaluated_properties: None,
            int_or_string: false,
            base64: false,
            binary: false,
        }
    }

    /// `exclusiveMinimum: 3` becomes `minimum: 3, exclusiveMinimum: true`.
    fn bounds(&mut self) {
        let any = &mut self.schema.keywords;
        if let Some(bound) = self.exclusive.0
            && any.minimum.is_none_or(|minimum| bound.double >= minimum.double)
        {
            any.minimum = Some(bound);
            any.exclusive_minimum = Some(true);
        }
        if let Some(bound) = self.exclusive.1
            && any.maximum.is_none_or(|maximum| bound.double <= maximum.double)
        {
            any.maximum = Some(bound);
            any.exclusive_maximum = Some(true);
        }
    }

    /// What 3.1 says with `contentEncoding` and `contentMediaType`, 3.0 says with `format`.
    fn formats(&mut self) {
        let format = &mut self.schema.keywords.format;
        if format.is_none() && (self.base64 || self.binary) {
            *format = Some(if self.base64 { "byte" } else { "binary" }.to_owned());
        }
    }

    /// `const` becomes `enum`; a null among the values becomes nullability.
    fn constants(&mut self) {
        if let Some(constant) = self.constant {
            self.schema.keywords.enumeration = vec![constant.to_json()];
        }
        let values = &mut self.schema.keywords.enumeration;
        if values.is_empty() || !values.iter().any(Value::is_null) {
            return;
        }
        self.schema.is_nullable = true;
        if values.iter().all(Value::is_null) {
            values.truncate(1);
            return;
        }
        let nulls: Vec<bool> = values.iter().map(Value::is_null).collect();
        values.retain(|value| !value.is_null());
        // Names and descriptions go by position.
        let lists = self.schema.value_texts.iter_mut().map(ValueTexts::list_mut);
        for list in lists.filter(|list| list.len() == nulls.len()) {
            let mut null = nulls.iter();
            list.retain(|_| !null.next().copied().unwrap_or(false));
        }
    }
}
