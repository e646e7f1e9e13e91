//! Reads the keywords of a schema, each into its place in the draft.

use super::discriminator;
use super::reference;
use super::types;
use super::{Draft, Moved};
use crate::document::ValueTexts;
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
        "format" => draft.schema.keywords.format = lowering.text(value, at, key),
        "enum" => {
            let values = inline::elements(lowering, value, at, key, |_, values, _, _| {
                values.iter().map(Tree::to_json).collect()
            });
            draft.schema.keywords.enumeration = values.unwrap_or_default();
        }
        "const" => draft.constant = Some(value),
        "items" => draft.items = Some(value),
        "prefixItems" => draft.prefix_items = Some(value),
        "additionalItems" => draft.additional_items = Some(value),
        "properties" => properties(lowering, draft, value, at),
        // Draft 3's way, still written by hand; it says nothing since.
        "required" if value.as_bool().is_some() => unsupported::unsupported(lowering, "required", at),
        "required" => draft.schema.keywords.required = lowering.strings(value, at, key),
        "additionalProperties" => draft.additional_properties = Some(value),
        "unevaluatedProperties" => draft.unevaluated_properties = Some(value),
        "patternProperties" => draft.pattern_properties = Some(value),
        "allOf" => draft.schema.keywords.all_of = schema::schema_list(lowering, value, at, key),
        "anyOf" => draft.any_of = Some(value),
        "oneOf" => draft.one_of = Some(value),
        "not" => {
            let not = schema::schema(lowering, value, &at.key(key), Moved::No);
            draft.schema.keywords.not = Some(not);
        }
        "discriminator" => {
            let id = draft.schema.id;
            draft.schema.discriminator = discriminator::discriminator(lowering, id, value, at);
        }
        _ => return false,
    }
    true
}

fn properties<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, value: &'t Tree, at: &At<'_>) {
    inline::members(lowering, value, at, "properties", |this, members, place, moved| {
        let properties = &mut draft.schema.keywords.properties;
        properties.reserve(members.len());
        for (name, tree) in members.iter() {
            let schema = schema::schema(this, tree, &place.key(name), moved);
            properties.insert(name.to_owned(), schema);
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
    let schema = &mut draft.schema;
    match key {
        "title" => schema.title = lowering.text(value, at, key),
        "description" => schema.description = lowering.text(value, at, key),
        "default" => schema.default = Some(value.to_json()),
        "nullable" | "x-nullable" => schema.is_nullable |= lowering.flag(value, at, key),
        "readOnly" => schema.is_read_only = lowering.flag(value, at, key),
        "writeOnly" => schema.is_write_only = lowering.flag(value, at, key),
        "deprecated" => schema.is_deprecated = lowering.flag(value, at, key),
        "x-kubernetes-int-or-string" => draft.int_or_string = lowering.flag(value, at, key),
        "x-enum-varnames" | "x-enumNames" | "x-enum-descriptions" => {
            let Some(texts) = value.as_array() else { return false };
            let texts = texts.iter().map(Tree::to_json).collect();
            schema.set_value_texts(match key {
                "x-enum-descriptions" => ValueTexts::Descriptions(texts),
                _ => ValueTexts::Names(texts),
            });
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
    let Draft { schema, exclusive, .. } = draft;
    let any = &mut schema.keywords;
    match key {
        "minimum" => any.minimum = lowering.exact_number(value, at, key),
        "maximum" => any.maximum = lowering.exact_number(value, at, key),
        "exclusiveMinimum" => match value {
            Tree::Bool(exclusive) => any.exclusive_minimum = Some(*exclusive),
            _ => exclusive.0 = lowering.exact_number(value, at, key),
        },
        "exclusiveMaximum" => match value {
            Tree::Bool(exclusive) => any.exclusive_maximum = Some(*exclusive),
            _ => exclusive.1 = lowering.exact_number(value, at, key),
        },
        "multipleOf" => any.multiple_of = lowering.exact_number(value, at, key),
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
        Some(reference) => refs::component_of(lowering, crate::lower::Kind::Schema, at, reference).ok(),
        None => None,
    };
    match reference {
        Some(name) => {
            let reference = schema::reference_to(lowering, name.to_string());
            draft.schema.keywords.all_of.push(reference);
        }
        None => {
            unsupported::unsupported(lowering, keyword, at);
            draft.schema.is_unreadable = true;
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
