//! Reads the keywords of a schema, each into its place in the draft.

use openapiv3::ReferenceOr;

use super::discriminator;
use super::reference;
use super::types;
use super::{Draft, Moved};
use crate::document::Marks as _;
use crate::load::Tree;
use crate::lower::inline;
use crate::lower::refs;
use crate::lower::schema;
use crate::lower::unsupported;
use crate::lower::{At, Lowering};

/// Reads one keyword. Those that say nothing about the shape of a value are dropped.
pub(in crate::lower) fn keyword<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &'t str,
    value: &'t Tree,
    at: &At<'_>,
) {
    let _read = shape_keyword(lowering, draft, key, value, at)
        || annotation(lowering, draft, key, value, at)
        || bound(lowering, draft, key, value, at)
        || rare_keyword(lowering, draft, key, value, at);
}

fn shape_keyword<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &'t str,
    value: &'t Tree,
    at: &At<'_>,
) -> bool {
    match key {
        "type" => types::type_keyword(lowering, draft, value, at),
        "format" => draft.any.format = lowering.text(value, at, key),
        "enum" => {
            let values = inline::elements(lowering, value, at, key, |_, values, _, _| {
                values.iter().map(Tree::to_json).collect()
            });
            draft.any.enumeration = values.unwrap_or_default();
        }
        "const" => draft.constant = Some(value),
        "items" => draft.items = Some(value),
        "prefixItems" => draft.prefix_items = Some(value),
        "additionalItems" => draft.additional_items = Some(value),
        "properties" => properties(lowering, draft, value, at),
        // Draft 3's way, still written by hand; it says nothing since.
        "required" if value.as_bool().is_some() => unsupported::unsupported(lowering, "required", at),
        "required" => draft.any.required = lowering.strings(value, at, key),
        "additionalProperties" => draft.additional_properties = Some(value),
        "unevaluatedProperties" => draft.unevaluated_properties = Some(value),
        "patternProperties" => draft.pattern_properties = Some(value),
        "allOf" => draft.any.all_of = schema::schema_list(lowering, value, at, key),
        "anyOf" => draft.any_of = Some(value),
        "oneOf" => draft.one_of = Some(value),
        "not" => {
            let not = schema::schema(lowering, value, &at.key(key), Moved::No);
            draft.any.not = Some(Box::new(not));
        }
        "discriminator" => draft.data.discriminator = discriminator::discriminator(lowering, value, at),
        _ => return false,
    }
    true
}

fn properties<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, value: &'t Tree, at: &At<'_>) {
    inline::members(lowering, value, at, "properties", |this, members, place, moved| {
        draft.any.properties.reserve(members.len());
        for (name, tree) in members.iter() {
            let schema = schema::boxed_schema(this, tree, &place.key(name), moved);
            draft.any.properties.insert(name.to_owned(), schema);
        }
    });
}

fn annotation<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &str,
    value: &'t Tree,
    at: &At<'_>,
) -> bool {
    let data = &mut draft.data;
    match key {
        "title" => data.title = lowering.text(value, at, key),
        "description" => data.description = lowering.text(value, at, key),
        "default" => data.default = Some(value.to_json()),
        "nullable" | "x-nullable" => data.nullable |= lowering.flag(value, at, key),
        "readOnly" => data.read_only = lowering.flag(value, at, key),
        "writeOnly" => data.write_only = lowering.flag(value, at, key),
        "deprecated" => data.deprecated = lowering.flag(value, at, key),
        "x-kubernetes-int-or-string" => draft.int_or_string = lowering.flag(value, at, key),
        "x-enum-varnames" | "x-enumNames" if value.as_array().is_some() => {
            data.extensions.mark_value_names(value.to_json());
        }
        "x-enum-descriptions" if value.as_array().is_some() => {
            data.extensions.mark_value_descriptions(value.to_json());
        }
        _ => return false,
    }
    true
}

fn bound<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &str,
    value: &'t Tree,
    at: &At<'_>,
) -> bool {
    let Draft { any, exact, exclusive, .. } = draft;
    match key {
        "minimum" => (any.minimum, exact.minimum) = lowering.exact_number(value, at, key),
        "maximum" => (any.maximum, exact.maximum) = lowering.exact_number(value, at, key),
        "exclusiveMinimum" => match value {
            Tree::Bool(exclusive) => any.exclusive_minimum = Some(*exclusive),
            _ => (exclusive.0, exact.exclusive.0) = lowering.exact_number(value, at, key),
        },
        "exclusiveMaximum" => match value {
            Tree::Bool(exclusive) => any.exclusive_maximum = Some(*exclusive),
            _ => (exclusive.1, exact.exclusive.1) = lowering.exact_number(value, at, key),
        },
        "multipleOf" => (any.multiple_of, exact.multiple_of) = lowering.exact_number(value, at, key),
        "minLength" => any.min_length = lowering.count(value, at, key),
        "maxLength" => any.max_length = lowering.count(value, at, key),
        "minItems" => any.min_items = lowering.count(value, at, key),
        "maxItems" => any.max_items = lowering.count(value, at, key),
        "minProperties" => any.min_properties = lowering.count(value, at, key),
        "maxProperties" => any.max_properties = lowering.count(value, at, key),
        "uniqueItems" => any.unique_items = lowering.boolean(value, at, key),
        "pattern" => any.pattern = lowering.text(value, at, key),
        _ => return false,
    }
    true
}

fn rare_keyword<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &str,
    value: &'t Tree,
    at: &At<'_>,
) -> bool {
    match key {
        "contentEncoding" => draft.base64 = value.as_str().is_some_and(is_base64),
        "contentMediaType" => draft.binary = value.as_str().is_some_and(is_binary),
        "$dynamicRef" | "$recursiveRef" => dynamic_reference(lowering, draft, key, value, at),
        "if" => unsupported::unsupported(lowering, "if", at),
        // Without `if` these two mean nothing.
        "then" | "else" => {}
        "dependentSchemas" => unsupported::unsupported(lowering, "dependentSchemas", at),
        "dependencies" if holds_schemas(value) => unsupported::unsupported(lowering, "dependencies", at),
        "extends" => unsupported::unsupported(lowering, "extends", at),
        "disallow" => unsupported::unsupported(lowering, "disallow", at),
        _ => return false,
    }
    true
}

fn dynamic_reference<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &str,
    value: &'t Tree,
    at: &At<'_>,
) {
    let keyword = if key == "$dynamicRef" { "$dynamicRef" } else { "$recursiveRef" };
    let reference = match value.as_str() {
        Some("#") if keyword == "$recursiveRef" => reference::recursive_anchor(lowering, at),
        Some(reference) => {
            let found = refs::component_of(lowering, crate::lower::Kind::Schema, at, reference);
            found.ok().map(|name| crate::lower::Kind::Schema.reference_to(&name))
        }
        None => None,
    };
    match reference {
        Some(reference) => draft.any.all_of.push(ReferenceOr::Reference { reference }),
        None => {
            unsupported::unsupported(lowering, keyword, at);
            draft.data.extensions.mark_unreadable();
        }
    }
}

fn is_base64(encoding: &str) -> bool {
    encoding.eq_ignore_ascii_case("base64") || encoding.eq_ignore_ascii_case("base64url")
}

fn is_binary(media_type: &str) -> bool {
    matches!(media_type, "application/octet-stream" | "binary")
        || ["image/", "audio/", "video/"].iter().any(|family| media_type.starts_with(family))
}

/// Whether `dependencies` (draft 7) has more than lists of required names.
fn holds_schemas(value: &Tree) -> bool {
    value.as_object().is_some_and(|members| members.iter().any(|(_, member)| member.as_object().is_some()))
}
