//! `type`: one word, or a list of them.

use serde_json::Value;

use super::{Draft, Moved};
use crate::diagnostics::{Diagnostic, excerpt_of};
use crate::document::{Keywords, SchemaRef};
use crate::load::Tree;
use crate::lower::schema;
use crate::lower::{At, Lowering};
use crate::number;

/// The JSON types of JSON Schema, without null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

impl JsonType {
    fn name(self) -> &'static str {
        match self {
            JsonType::String => "string",
            JsonType::Number => "number",
            JsonType::Integer => "integer",
            JsonType::Boolean => "boolean",
            JsonType::Array => "array",
            JsonType::Object => "object",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "string" => JsonType::String,
            "number" => JsonType::Number,
            "integer" => JsonType::Integer,
            "boolean" => JsonType::Boolean,
            "array" => JsonType::Array,
            "object" => JsonType::Object,
            _ => return None,
        })
    }

    /// Whether a value is of this type.
    fn admits(self, value: &Value) -> bool {
        match self {
            JsonType::String => value.is_string() && number::wide(value).is_none(),
            JsonType::Number => value.is_number() || number::wide(value).is_some(),
            JsonType::Integer => number::integer(value).is_some(),
            JsonType::Boolean => value.is_boolean(),
            JsonType::Array => value.is_array(),
            JsonType::Object => value.is_object(),
        }
    }
}

/// The types a schema allows, in document order, each once.
#[derive(Default)]
pub(in crate::lower) struct TypeList {
    types: [Option<JsonType>; 6],
    /// Whether `null` was among them.
    null: bool,
    /// Whether one of the words is not a type.
    unknown: bool,
}

impl TypeList {
    /// Whether no type was named, not even null.
    pub fn is_empty(&self) -> bool {
        self.types[0].is_none() && !self.null
    }

    /// Adds one type.
    pub fn add(&mut self, new: JsonType) {
        if self.has(new) {
            return;
        }
        if let Some(free) = self.types.iter_mut().find(|slot| slot.is_none()) {
            *free = Some(new);
        }
    }

    /// Says that the value is an array, when the document does not say what it is.
    pub fn add_array_when_empty(&mut self) {
        if self.is_empty() {
            self.add(JsonType::Array);
        }
    }

    /// Whether this type was named.
    pub fn has(&self, wanted: JsonType) -> bool {
        self.types.contains(&Some(wanted))
    }

    fn list(&self) -> Vec<JsonType> {
        let number = self.has(JsonType::Number);
        let kept = self.types.iter().flatten().copied();
        // Every integer is a number.
        kept.filter(|t| !(number && *t == JsonType::Integer)).collect()
    }
}

/// Reads `type`.
pub(super) fn type_keyword<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    value: &'t Tree,
    at: &At<'_>,
) {
    match value {
        Tree::String(word) => type_word(lowering, draft, word, &at.key("type")),
        Tree::Array(words) => {
            let list = at.key("type");
            for (index, word) in words.iter().enumerate() {
                match word {
                    Tree::String(word) => type_word(lowering, draft, word, &list.index(index)),
                    // `type: [string, null]` without quotes is a slip that YAML invites.
                    Tree::Null => draft.types.null = true,
                    Tree::Bool(_) | Tree::Number(_) | Tree::Array(_) | Tree::Object(_) => {
                        lowering.unreadable_keyword(word, at, "type", "a type or a list of types");
                    }
                }
            }
        }
        Tree::Null => draft.types.null = true,
        Tree::Bool(_) | Tree::Number(_) | Tree::Object(_) => {
            lowering.unreadable_keyword(value, at, "type", "a type or a list of types");
        }
    }
}

fn type_word<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, word: &str, at: &At<'_>) {
    match word {
        "null" => draft.types.null = true,
        // Swagger 2.0's word for uploads.
        "file" => {
            draft.types.add(JsonType::String);
            draft.binary = true;
        }
        _ => match JsonType::of_word(word) {
            Some(known) => draft.types.add(known),
            None => {
                draft.types.unknown = true;
                let message = format!("`{}` is not a type of JSON Schema; it is ignored", excerpt_of(word));
                let help = "the types are string, number, integer, boolean, array, object and null";
                lowering.sink.push(Diagnostic::warning("unknown-type", at.location(), message).help(help));
            }
        },
    }
}

/// Settles `type`.
pub(super) fn types<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, at: &At<'_>) {
    if draft.types.null {
        draft.schema.is_nullable = true;
    }
    if draft.int_or_string || draft.schema.keywords.format.as_deref() == Some("int-or-string") {
        let others = [JsonType::Number, JsonType::Boolean, JsonType::Array, JsonType::Object];
        if !others.into_iter().any(|other| draft.types.has(other)) {
            // In one order, so that all such schemas are alike.
            draft.types = TypeList { null: draft.types.null, ..TypeList::default() };
            draft.types.add(JsonType::Integer);
            draft.types.add(JsonType::String);
            draft.schema.keywords.format = None;
        }
    }
    match draft.types.list().as_slice() {
        [] if draft.types.unknown && draft.schema.keywords.is_empty() => {
            draft.schema.is_unreadable = true;
        }
        [] => {
            if draft.types.null && draft.schema.keywords.is_empty() {
                draft.schema.keywords.enumeration = vec![Value::Null];
            }
        }
        [only] => draft.schema.keywords.typ = Some(only.name().to_owned()),
        list => several_types(lowering, draft, list, at),
    }
}

fn several_types<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, list: &[JsonType], at: &At<'_>) {
    let any = &mut draft.schema.keywords;
    if !any.enumeration.is_empty() {
        // The values say their types; a list that they all share is worth naming.
        let fits = |t: &&JsonType| any.enumeration.iter().all(|value| t.admits(value));
        any.typ = list.iter().find(fits).map(|t| t.name().to_owned());
        return;
    }
    let combined = any.one_of.iter().chain(&any.any_of).chain(&any.all_of);
    if combined.clone().next().is_some() && combined.into_iter().all(has_shape) {
        return;
    }
    if is_everything(list) && !has_members(any) {
        return;
    }
    let branches = split(lowering, draft, list, at);
    let any = &mut draft.schema.keywords;
    if any.one_of.is_empty() && any.any_of.is_empty() {
        any.any_of = branches;
    } else {
        let mut choice = schema::new_schema(lowering, at, Moved::Yes);
        choice.keywords.any_of = branches;
        any.all_of.push(choice.into());
    }
}

/// One schema per type, each with the keywords that apply to it.
fn split<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    list: &[JsonType],
    at: &At<'_>,
) -> Vec<SchemaRef> {
    let is_tuple = std::mem::take(&mut draft.schema.is_tuple);
    let any = &mut draft.schema.keywords;
    let format = any.format.take();
    let (mut members, mut elements) = (std::mem::take(&mut any.properties), Default::default());
    if is_tuple {
        std::mem::swap(&mut members, &mut elements);
    }
    let mut branches = Vec::with_capacity(list.len());
    for &json_type in list {
        let mut schema = schema::new_schema(lowering, at, Moved::Yes);
        let branch = &mut schema.keywords;
        branch.typ = Some(json_type.name().to_owned());
        let any = &mut draft.schema.keywords;
        match json_type {
            JsonType::String => {
                branch.pattern = any.pattern.take();
                branch.min_length = any.min_length.take();
                branch.max_length = any.max_length.take();
                branch.format = format.clone().filter(|f| !is_numeric_format(f));
            }
            JsonType::Number | JsonType::Integer => {
                branch.minimum = any.minimum.take();
                branch.maximum = any.maximum.take();
                branch.exclusive_minimum = any.exclusive_minimum.take();
                branch.exclusive_maximum = any.exclusive_maximum.take();
                branch.multiple_of = any.multiple_of.take();
                branch.format = format.clone().filter(|f| is_numeric_format(f));
            }
            JsonType::Boolean => {}
            JsonType::Array => {
                branch.items = any.items.take();
                branch.min_items = any.min_items.take();
                branch.max_items = any.max_items.take();
                branch.unique_items = any.unique_items.take();
                branch.properties = std::mem::take(&mut elements);
                schema.is_tuple = is_tuple;
            }
            JsonType::Object => {
                branch.properties = std::mem::take(&mut members);
                branch.required = std::mem::take(&mut any.required);
                branch.additional_properties = any.additional_properties.take();
                branch.min_properties = any.min_properties.take();
                branch.max_properties = any.max_properties.take();
            }
        }
        branches.push(schema.into());
    }
    branches
}

fn is_everything(list: &[JsonType]) -> bool {
    [JsonType::String, JsonType::Number, JsonType::Boolean, JsonType::Array, JsonType::Object]
        .iter()
        .all(|t| list.contains(t))
}

fn has_members(any: &Keywords) -> bool {
    any.items.is_some() || !any.properties.is_empty() || any.additional_properties.is_some()
}

/// Whether a branch says by itself what its values look like.
fn has_shape(branch: &SchemaRef) -> bool {
    match branch {
        SchemaRef::Reference(_) => true,
        SchemaRef::Schema(schema) => {
            let any = &schema.keywords;
            any.typ.is_some()
                || !any.enumeration.is_empty()
                || !any.one_of.is_empty()
                || !any.any_of.is_empty()
                || !any.all_of.is_empty()
        }
    }
}

fn is_numeric_format(format: &str) -> bool {
    let sized = format.strip_prefix("uint").or_else(|| format.strip_prefix("int"));
    sized.is_some_and(|bits| bits.is_empty() || bits.bytes().all(|b| b.is_ascii_digit()))
        || matches!(format, "float" | "double" | "decimal" | "number" | "integer" | "long")
}
