//! The keywords of a lowered schema that are not schemas themselves, in the words of JSON Schema 2020-12.

use serde_json::Value;

use crate::document::{Number, Schema};
use crate::ir::{Keyword, SchemaNode};
use crate::number;

pub(super) type Keywords = Vec<(&'static str, Keyword)>;

/// What says something about a value and does not decide whether it is one.
const ANNOTATIONS: [&str; 6] = ["title", "description", "default", "deprecated", "readOnly", "writeOnly"];

/// The keywords that have schemas which hold for the same value.
const COMBINED: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];

/// What a schema says about a value as a whole.
pub(super) fn annotations(schema: &Schema, with_docs: bool) -> Keywords {
    let text = |text: &Option<String>| text.clone().filter(|_| with_docs).map(Value::String);
    let flag = |is_set: bool| is_set.then_some(Value::Bool(true));
    let all = [
        ("title", text(&schema.title)),
        ("description", text(&schema.description)),
        ("default", schema.default.clone()),
        ("deprecated", flag(schema.is_deprecated)),
        ("readOnly", flag(schema.is_read_only)),
        ("writeOnly", flag(schema.is_write_only)),
    ];
    present(all)
}

/// What a schema demands of strings, numbers and counts, and which values it lists.
pub(super) fn limits(schema: &Schema) -> Keywords {
    let any = &schema.keywords;
    let size = |size: Option<usize>| size.map(Value::from);
    let text = |text: &Option<String>| text.clone().map(Value::String);
    let bound = |bound: Option<Number>, exclusive: Option<bool>, is_meant: bool| {
        bound.filter(|_| exclusive.unwrap_or_default() == is_meant).map(exact)
    };
    let (least, most) = (any.exclusive_minimum, any.exclusive_maximum);
    let values = (!any.enumeration.is_empty()).then(|| Value::Array(any.enumeration.clone()));
    present([
        ("type", any.typ.as_deref().filter(|typ| TYPES.contains(typ)).map(Value::from)),
        ("format", text(&any.format)),
        ("enum", values),
        ("minimum", bound(any.minimum, least, false)),
        ("exclusiveMinimum", bound(any.minimum, least, true)),
        ("maximum", bound(any.maximum, most, false)),
        ("exclusiveMaximum", bound(any.maximum, most, true)),
        ("multipleOf", any.multiple_of.filter(|step| step.double > 0.0).map(exact)),
        ("minLength", size(any.min_length)),
        ("maxLength", size(any.max_length)),
        ("pattern", text(&any.pattern)),
        ("minItems", size(any.min_items)),
        ("maxItems", size(any.max_items)),
        ("uniqueItems", any.unique_items.filter(|unique| *unique).map(Value::Bool)),
        ("minProperties", size(any.min_properties)),
        ("maxProperties", size(any.max_properties)),
    ])
}

const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

fn present<const N: usize>(all: [(&'static str, Option<Value>); N]) -> Keywords {
    let present = all.into_iter().filter_map(|(key, value)| Some((key, Keyword::Value(value?))));
    present.collect()
}

/// The number under a keyword with all its digits.
fn exact(Number { double, exact }: Number) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match exact {
        Some(integer) => number::value(integer),
        None if double.fract() == 0.0 && double.abs() <= EXACT => Value::from(double as i64),
        None => serde_json::Number::from_f64(double).map_or(Value::Null, Value::Number),
    }
}

/// The schema of these keywords.
pub(super) fn node(keywords: Keywords) -> SchemaNode {
    if keywords.is_empty() { SchemaNode::Boolean(true) } else { SchemaNode::Keywords(keywords) }
}

/// The schema of these keywords, or `null`.
pub(super) fn or_null(keywords: Keywords) -> SchemaNode {
    let is_combined = |(key, _): &(&'static str, Keyword)| COMBINED.contains(key);
    if !keywords.iter().any(is_combined) {
        return node(keywords.into_iter().map(null_among).collect());
    }
    let is_annotation = |(key, _): &(&'static str, Keyword)| ANNOTATIONS.contains(key);
    let (mut outer, mut inner): (Keywords, Keywords) = keywords.into_iter().partition(is_annotation);
    let mut branches = match (inner.pop(), inner.is_empty()) {
        (Some(("anyOf", Keyword::List(branches))), true) => branches,
        (Some(("allOf", Keyword::List(only))), true) if only.len() == 1 => only,
        (last, _) => {
            inner.extend(last);
            vec![node(inner)]
        }
    };
    branches.push(null());
    outer.push(("anyOf", Keyword::List(branches)));
    node(outer)
}

/// The schema of `null`.
pub(super) fn null() -> SchemaNode {
    SchemaNode::Keywords(vec![("type", Keyword::Value("null".into()))])
}

/// A keyword of a schema that allows `null`, too.
fn null_among((key, keyword): (&'static str, Keyword)) -> (&'static str, Keyword) {
    let keyword = match (key, keyword) {
        ("type", Keyword::Value(typ)) if typ != "null" => {
            Keyword::Value(Value::Array(vec![typ, "null".into()]))
        }
        ("enum", Keyword::Value(Value::Array(mut values))) if !values.contains(&Value::Null) => {
            values.push(Value::Null);
            Keyword::Value(Value::Array(values))
        }
        (_, keyword) => keyword,
    };
    (key, keyword)
}
