//! Schemas.

use openapiv3::{AnySchema, ReferenceOr, SchemaData, SchemaKind};
use serde_json::Value;

use super::{Extensions, UNREADABLE, flag, named, reference_to, source};
use crate::document::{AdditionalProperties, Discriminator, Keywords, Number, Schema, SchemaRef, ValueTexts};
use crate::number;

/// `true` on an array schema whose `properties` are the elements by position.
const TUPLE: &str = "x-tuple";
/// `true` on a schema whose further properties have to keep different things (`patternProperties`).
const VALUES_DIFFER: &str = "x-modelsmith-values-differ";
/// On a schema: the integers under keywords for numbers that a double only comes close to.
const EXACT: &str = "x-modelsmith-exact";
/// Of a discriminator: the schema for tags that no mapping names.
const DEFAULT_MAPPING: &str = "x-defaultMapping";
/// The names of the `enum` values.
const ENUM_NAMES: &str = "x-enum-varnames";
/// The descriptions of the `enum` values.
const ENUM_DESCRIPTIONS: &str = "x-enum-descriptions";

pub(super) fn schema(schema: &SchemaRef) -> ReferenceOr<openapiv3::Schema> {
    match schema {
        SchemaRef::Reference(found) => {
            ReferenceOr::Reference { reference: reference_to("schemas", &found.component) }
        }
        SchemaRef::Schema(schema) => ReferenceOr::Item(item(schema)),
    }
}

fn boxed(part: &SchemaRef) -> ReferenceOr<Box<openapiv3::Schema>> {
    match schema(part) {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}

fn list(parts: &[SchemaRef]) -> Vec<ReferenceOr<openapiv3::Schema>> {
    parts.iter().map(schema).collect()
}

/// Every schema is `Any`: one shape to read.
fn item(schema: &Schema) -> openapiv3::Schema {
    let schema_data = SchemaData {
        nullable: schema.is_nullable,
        read_only: schema.is_read_only,
        write_only: schema.is_write_only,
        deprecated: schema.is_deprecated,
        title: schema.title.clone(),
        description: schema.description.clone(),
        default: schema.default.clone(),
        discriminator: schema.discriminator.as_ref().map(discriminator),
        extensions: extensions(schema),
        ..SchemaData::default()
    };
    openapiv3::Schema { schema_data, schema_kind: SchemaKind::Any(keywords(&schema.keywords)) }
}

fn keywords(keywords: &Keywords) -> AnySchema {
    let double = |number: Option<Number>| number.map(|number| number.double);
    AnySchema {
        typ: keywords.typ.clone(),
        pattern: keywords.pattern.clone(),
        multiple_of: double(keywords.multiple_of),
        exclusive_minimum: keywords.exclusive_minimum,
        exclusive_maximum: keywords.exclusive_maximum,
        minimum: double(keywords.minimum),
        maximum: double(keywords.maximum),
        properties: named(&keywords.properties, boxed),
        required: keywords.required.clone(),
        additional_properties: keywords.additional_properties.as_ref().map(additional_properties),
        min_properties: keywords.min_properties,
        max_properties: keywords.max_properties,
        items: keywords.items.as_ref().map(boxed),
        min_items: keywords.min_items,
        max_items: keywords.max_items,
        unique_items: keywords.unique_items,
        enumeration: keywords.enumeration.clone(),
        format: keywords.format.clone(),
        min_length: keywords.min_length,
        max_length: keywords.max_length,
        one_of: list(&keywords.one_of),
        all_of: list(&keywords.all_of),
        any_of: list(&keywords.any_of),
        not: keywords.not.as_ref().map(|not| Box::new(schema(not))),
    }
}

fn additional_properties(additional: &AdditionalProperties) -> openapiv3::AdditionalProperties {
    match additional {
        AdditionalProperties::Any(allowed) => openapiv3::AdditionalProperties::Any(*allowed),
        AdditionalProperties::Schema(further) => {
            openapiv3::AdditionalProperties::Schema(Box::new(schema(further)))
        }
    }
}

fn extensions(schema: &Schema) -> Extensions {
    let texts = schema.value_texts.iter().map(|texts| match texts {
        ValueTexts::Names(names) => (ENUM_NAMES.to_owned(), Value::Array(names.clone())),
        ValueTexts::Descriptions(texts) => (ENUM_DESCRIPTIONS.to_owned(), Value::Array(texts.clone())),
    });
    source(schema.source.as_ref())
        .chain(texts)
        .chain(flag(UNREADABLE, schema.is_unreadable))
        .chain(exact(&schema.keywords))
        .chain(flag(TUPLE, schema.is_tuple))
        .chain(flag(VALUES_DIFFER, schema.values_differ))
        .collect()
}

/// The integers that doubles only come close to, by their keywords.
fn exact(keywords: &Keywords) -> Option<(String, Value)> {
    let all =
        [("minimum", keywords.minimum), ("maximum", keywords.maximum), ("multipleOf", keywords.multiple_of)];
    let exact =
        all.into_iter().filter_map(|(key, found)| Some((key.to_owned(), number::value(found?.exact?))));
    let exact: serde_json::Map<String, Value> = exact.collect();
    (!exact.is_empty()).then(|| (EXACT.to_owned(), Value::Object(exact)))
}

fn discriminator(discriminator: &Discriminator) -> openapiv3::Discriminator {
    let default = discriminator.default_mapping.as_ref();
    let default = default.map(|target| (DEFAULT_MAPPING.to_owned(), Value::String(target.to_string())));
    openapiv3::Discriminator {
        property_name: discriminator.property.clone(),
        mapping: named(&discriminator.mapping, ToString::to_string),
        extensions: default.into_iter().collect(),
    }
}
