//! Reads the keywords of a schema, each into its place in the draft.

use openapiv3::ReferenceOr;

use super::{Draft, Moved};
use crate::document::Marks as _;
use crate::load::Tree;
use crate::lower::{At, Lowering};

impl<'t> Lowering<'t, '_> {
    /// Reads one keyword. Those that say nothing about the shape of a value are dropped.
    pub(in crate::lower) fn keyword(
        &mut self,
        draft: &mut Draft<'t>,
        key: &'t str,
        value: &'t Tree,
        at: &At<'_>,
    ) {
        let _read = self.shape_keyword(draft, key, value, at)
            || self.annotation(draft, key, value, at)
            || self.bound(draft, key, value, at)
            || self.rare_keyword(draft, key, value, at);
    }

    fn shape_keyword(&mut self, draft: &mut Draft<'t>, key: &'t str, value: &'t Tree, at: &At<'_>) -> bool {
        match key {
            "type" => self.type_keyword(draft, value, at),
            "format" => draft.any.format = self.text(value, at, key),
            "enum" => {
                let values = self
                    .elements(value, at, key, |_, values, _, _| values.iter().map(Tree::to_json).collect());
                draft.any.enumeration = values.unwrap_or_default();
            }
            "const" => draft.constant = Some(value),
            "items" => draft.items = Some(value),
            "prefixItems" => draft.prefix_items = Some(value),
            "additionalItems" => draft.additional_items = Some(value),
            "properties" => self.properties(draft, value, at),
            // Draft 3's way, still written by hand; it says nothing since.
            "required" if value.as_bool().is_some() => self.unsupported("required", at),
            "required" => draft.any.required = self.strings(value, at, key),
            "additionalProperties" => draft.additional_properties = Some(value),
            "unevaluatedProperties" => draft.unevaluated_properties = Some(value),
            "patternProperties" => draft.pattern_properties = Some(value),
            "allOf" => draft.any.all_of = self.schema_list(value, at, key),
            "anyOf" => draft.any_of = Some(value),
            "oneOf" => draft.one_of = Some(value),
            "not" => {
                let not = self.schema(value, &at.key(key), Moved::No);
                draft.any.not = Some(Box::new(not));
            }
            "discriminator" => draft.data.discriminator = self.discriminator(value, at),
            _ => return false,
        }
        true
    }

    fn properties(&mut self, draft: &mut Draft<'t>, value: &'t Tree, at: &At<'_>) {
        self.members(value, at, "properties", |this, members, place, moved| {
            draft.any.properties.reserve(members.len());
            for (name, tree) in members.iter() {
                let schema = this.boxed_schema(tree, &place.key(name), moved);
                draft.any.properties.insert(name.to_owned(), schema);
            }
        });
    }

    fn annotation(&mut self, draft: &mut Draft<'t>, key: &str, value: &'t Tree, at: &At<'_>) -> bool {
        let data = &mut draft.data;
        match key {
            "title" => data.title = self.text(value, at, key),
            "description" => data.description = self.text(value, at, key),
            "default" => data.default = Some(value.to_json()),
            "nullable" | "x-nullable" => data.nullable |= self.flag(value, at, key),
            "readOnly" => data.read_only = self.flag(value, at, key),
            "writeOnly" => data.write_only = self.flag(value, at, key),
            "deprecated" => data.deprecated = self.flag(value, at, key),
            "x-kubernetes-int-or-string" => draft.int_or_string = self.flag(value, at, key),
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

    fn bound(&mut self, draft: &mut Draft<'t>, key: &str, value: &'t Tree, at: &At<'_>) -> bool {
        let Draft { any, exact, exclusive, .. } = draft;
        match key {
            "minimum" => (any.minimum, exact.minimum) = self.exact_number(value, at, key),
            "maximum" => (any.maximum, exact.maximum) = self.exact_number(value, at, key),
            "exclusiveMinimum" => match value {
                Tree::Bool(exclusive) => any.exclusive_minimum = Some(*exclusive),
                _ => (exclusive.0, exact.exclusive.0) = self.exact_number(value, at, key),
            },
            "exclusiveMaximum" => match value {
                Tree::Bool(exclusive) => any.exclusive_maximum = Some(*exclusive),
                _ => (exclusive.1, exact.exclusive.1) = self.exact_number(value, at, key),
            },
            "multipleOf" => (any.multiple_of, exact.multiple_of) = self.exact_number(value, at, key),
            "minLength" => any.min_length = self.count(value, at, key),
            "maxLength" => any.max_length = self.count(value, at, key),
            "minItems" => any.min_items = self.count(value, at, key),
            "maxItems" => any.max_items = self.count(value, at, key),
            "minProperties" => any.min_properties = self.count(value, at, key),
            "maxProperties" => any.max_properties = self.count(value, at, key),
            "uniqueItems" => any.unique_items = self.boolean(value, at, key),
            "pattern" => any.pattern = self.text(value, at, key),
            _ => return false,
        }
        true
    }

    fn rare_keyword(&mut self, draft: &mut Draft<'t>, key: &str, value: &'t Tree, at: &At<'_>) -> bool {
        match key {
            "contentEncoding" => draft.base64 = value.as_str().is_some_and(is_base64),
            "contentMediaType" => draft.binary = value.as_str().is_some_and(is_binary),
            "$dynamicRef" | "$recursiveRef" => self.dynamic_reference(draft, key, value, at),
            "if" => self.unsupported("if", at),
            // Without `if` these two mean nothing.
            "then" | "else" => {}
            "dependentSchemas" => self.unsupported("dependentSchemas", at),
            "dependencies" if holds_schemas(value) => self.unsupported("dependencies", at),
            "extends" => self.unsupported("extends", at),
            "disallow" => self.unsupported("disallow", at),
            _ => return false,
        }
        true
    }

    fn dynamic_reference(&mut self, draft: &mut Draft<'t>, key: &str, value: &'t Tree, at: &At<'_>) {
        let keyword = if key == "$dynamicRef" { "$dynamicRef" } else { "$recursiveRef" };
        let reference = match value.as_str() {
            Some("#") if keyword == "$recursiveRef" => self.recursive_anchor(at),
            Some(reference) => {
                let found = self.component_of(crate::lower::Kind::Schema, at, reference);
                found.ok().map(|name| crate::lower::Kind::Schema.reference_to(&name))
            }
            None => None,
        };
        match reference {
            Some(reference) => draft.any.all_of.push(ReferenceOr::Reference { reference }),
            None => {
                self.unsupported(keyword, at);
                draft.data.extensions.mark_unreadable();
            }
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
