//! A schema that has been read but not yet brought into the lowered form.

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::keywords;
use super::maps;
use super::nulls;
use super::tuples;
use super::types::{self, TypeList};
use super::{Moved, reference, schema_of};
use crate::document::Marks as _;
use crate::load::{Object, Tree};
use crate::lower::schema;
use crate::lower::{At, Lowering};

/// What the keywords of one schema say, in part as it stands in the source.
#[derive(Default)]
pub(in crate::lower) struct Draft<'t> {
    /// Annotations, in the lowered form.
    pub data: SchemaData,
    /// Everything else that is in the lowered form at once.
    pub any: AnySchema,
    /// `type`.
    pub types: TypeList,
    /// `const`.
    pub constant: Option<&'t Tree>,
    /// `oneOf`.
    pub one_of: Option<&'t Tree>,
    /// `anyOf`.
    pub any_of: Option<&'t Tree>,
    /// `exclusiveMinimum` and `exclusiveMaximum` as numbers.
    pub exclusive: (Option<f64>, Option<f64>),
    /// The integers among all of these that a double only comes close to.
    pub exact: Exact,
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

/// Integers that a double only comes close to.
#[derive(Default)]
pub(in crate::lower) struct Exact {
    pub minimum: Option<i128>,
    pub maximum: Option<i128>,
    /// Those of `exclusiveMinimum` and `exclusiveMaximum`.
    pub exclusive: (Option<i128>, Option<i128>),
    pub multiple_of: Option<i128>,
}

/// The schema that an object is.
pub(super) fn object_schema<'t>(
    lowering: &mut Lowering<'t, '_>,
    object: &'t Object,
    at: &At<'_>,
    moved: Moved,
) -> ReferenceOr<Schema> {
    let reference = reference::of(object);
    if let Some(reference) = reference
        && let Some(alone) = reference::lone_reference(lowering, reference, object, at, moved)
    {
        return alone;
    }
    let mut draft = Draft { data: schema::new_data(lowering, at, moved), ..Draft::default() };
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
) -> ReferenceOr<Schema> {
    draft.bounds();
    draft.formats();
    draft.constants();
    tuples::tuples_and_items(lowering, &mut draft, at);
    maps::maps(lowering, &mut draft, at);
    if let Some(alone) = nulls::combiners(lowering, &mut draft, at) {
        return alone;
    }
    types::types(lowering, &mut draft, at);
    ReferenceOr::Item(schema_of(draft.data, draft.any))
}

impl Draft<'_> {
    /// `exclusiveMinimum: 3` becomes `minimum: 3, exclusiveMinimum: true`.
    fn bounds(&mut self) {
        let any = &mut self.any;
        if let Some(bound) = self.exclusive.0
            && any.minimum.is_none_or(|minimum| bound >= minimum)
        {
            any.minimum = Some(bound);
            any.exclusive_minimum = Some(true);
            self.exact.minimum = self.exact.exclusive.0;
        }
        if let Some(bound) = self.exclusive.1
            && any.maximum.is_none_or(|maximum| bound <= maximum)
        {
            any.maximum = Some(bound);
            any.exclusive_maximum = Some(true);
            self.exact.maximum = self.exact.exclusive.1;
        }
        let Exact { minimum, maximum, multiple_of, .. } = self.exact;
        for (key, integer) in [("minimum", minimum), ("maximum", maximum), ("multipleOf", multiple_of)] {
            if let Some(integer) = integer {
                self.data.extensions.mark_exact(key, integer);
            }
        }
    }

    /// What 3.1 says with `contentEncoding` and `contentMediaType`, 3.0 says with `format`.
    fn formats(&mut self) {
        if self.any.format.is_none() && (self.base64 || self.binary) {
            self.any.format = Some(if self.base64 { "byte" } else { "binary" }.to_owned());
        }
    }

    /// `const` becomes `enum`; a null among the values becomes nullability.
    fn constants(&mut self) {
        if let Some(constant) = self.constant {
            self.any.enumeration = vec![constant.to_json()];
        }
        let values = &mut self.any.enumeration;
        if values.is_empty() || !values.iter().any(Value::is_null) {
            return;
        }
        self.data.nullable = true;
        if values.iter().all(Value::is_null) {
            values.truncate(1);
            return;
        }
        let nulls: Vec<bool> = values.iter().map(Value::is_null).collect();
        values.retain(|value| !value.is_null());
        // Names and descriptions go by position.
        for list in self.data.extensions.value_lists().filter(|list| list.len() == nulls.len()) {
            let mut null = nulls.iter();
            list.retain(|_| !null.next().copied().unwrap_or(false));
        }
    }
}
