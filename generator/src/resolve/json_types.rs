//! Which JSON types the schemas of the document allow, before any of them is converted.

use std::collections::HashMap;

use bitflags::bitflags;
use serde_json::Value;

use super::keyword_set::KeywordSet;
use super::site::{Components, Node, Site};
use crate::diagnostics::Location;
use crate::document::{Keywords, Schema, SchemaId};
use crate::limits;
use crate::number;

bitflags! {
    /// A set of JSON types; integers and other numbers are two types.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(super) struct JsonTypes: u8 {
        const NULL = 1;
        const BOOLEAN = 1 << 1;
        const INTEGER = 1 << 2;
        const FRACTION = 1 << 3;
        const STRING = 1 << 4;
        const ARRAY = 1 << 5;
        const OBJECT = 1 << 6;
    }
}

impl JsonTypes {
    /// Without `null`, which is the business of [`super::nullability`].
    pub fn without_null(self) -> Self {
        self.difference(Self::NULL)
    }

    /// Whether strings are among them.
    pub fn has_strings(self) -> bool {
        self.intersects(Self::STRING)
    }

    /// Whether anything but strings and `null` is among them.
    pub fn has_others_than_strings(self) -> bool {
        !Self::STRING.contains(self.without_null())
    }

    /// The types that `type` names; everything for what is not a type.
    fn of_word(word: &str) -> Self {
        match word {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::INTEGER | Self::FRACTION,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::all(),
        }
    }

    pub fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.as_f64().is_some_and(|value| value.fract() != 0.0) => {
                Self::FRACTION
            }
            Value::Number(_) => Self::INTEGER,
            Value::String(_) if number::wide(value).is_some() => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// The types that a schema's own keywords allow, whatever its references, `allOf` and unions say.
    pub fn of_own_keywords(any: &Keywords) -> Self {
        let typ = any.typ.as_deref().map_or(Self::all(), Self::of_word);
        let values = any.enumeration.iter().map(Self::of_value).collect::<Self>();
        if any.enumeration.is_empty() {
            typ
        } else if values == Self::NULL {
            values
        } else if typ.intersects(values) {
            typ & values
        } else if typ == Self::OBJECT && any.properties.is_empty() {
            // Scalars beside `type: object`: the type is the slip.
            values
        } else {
            typ
        }
    }
}

/// Everything.
impl Default for JsonTypes {
    fn default() -> Self {
        Self::all()
    }
}

/// The types that the schemas behind references allow, by the schemas' ids: each is looked at once.
#[derive(Debug, Default)]
pub(super) struct KnownTypes(HashMap<SchemaId, JsonTypes>);

/// The JSON types that a schema allows, as far as types, constants and unions tell.
pub(super) fn json_types<'d>(
    components: &Components<'d>,
    site: &Site<'d>,
    known: &mut KnownTypes,
) -> JsonTypes {
    of_site(components, site, 0, known)
}

fn of_site<'d>(
    components: &Components<'d>,
    site: &Site<'d>,
    depth: usize,
    known: &mut KnownTypes,
) -> JsonTypes {
    if components.is_beyond(&limits::JSON_TYPES, depth, &site.at) {
        return JsonTypes::all();
    }
    match site.node {
        Node::Schema(schema) => of_schema(components, (schema, &site.at), depth, known),
        Node::Reference(_) => {
            let Some((schema, at)) = components.follow(site) else { return JsonTypes::all() };
            let identity = schema.id;
            if let Some(types) = known.0.get(&identity) {
                return *types;
            }
            // One that is still looked at has no say in itself.
            known.0.insert(identity, JsonTypes::all());
            let types = of_schema(components, (schema, &at), depth + 1, known);
            known.0.insert(identity, types);
            types
        }
    }
}

fn of_schema<'d>(
    components: &Components<'d>,
    (schema, at): (&'d Schema, &Location),
    depth: usize,
    known: &mut KnownTypes,
) -> JsonTypes {
    if schema.is_unreadable {
        return JsonTypes::all();
    }
    let any = &schema.keywords;
    let mut of = |branch| of_site(components, &Site::new(branch, at.clone()), depth + 1, known);
    let mut types = JsonTypes::of_own_keywords(any);
    for branch in &any.all_of {
        types &= of(branch);
    }
    for branches in [&any.one_of, &any.any_of] {
        if !branches.is_empty() {
            types &= branches.iter().map(&mut of).collect::<JsonTypes>();
        }
    }
    if schema.is_nullable { types | JsonTypes::NULL } else { types }
}

/// What may be said by a schema that constrains nothing but the JSON type.
const TYPES_ONLY: KeywordSet = KeywordSet::TYPE.union(KeywordSet::ALL_OF).union(KeywordSet::UNIONS);

/// Whether a schema says nothing of values of the types `among` except that it allows them.
pub(super) fn allows_all<'d>(
    components: &Components<'d>,
    site: &Site<'d>,
    among: JsonTypes,
    known: &mut KnownTypes,
) -> bool {
    let among = among.without_null();
    !among.is_empty()
        && of_site(components, site, 0, known).contains(among)
        && says_only_types(components, site, among, 0, known)
}

fn says_only_types<'d>(
    components: &Components<'d>,
    site: &Site<'d>,
    among: JsonTypes,
    depth: usize,
    known: &mut KnownTypes,
) -> bool {
    let Some((schema, at)) = components.follow(site) else { return false };
    let any = &schema.keywords;
    if components.is_beyond(&limits::BARE_TYPES, depth, &at) {
        return false;
    }
    if !TYPES_ONLY.contains(KeywordSet::of(any)) || !schema.is_annotated_only() {
        return false;
    }
    let unions = any.one_of.iter().chain(&any.any_of).map(|branch| (branch, true));
    unions.chain(any.all_of.iter().map(|branch| (branch, false))).all(|(branch, is_choice)| {
        let site = Site::new(branch, at.clone());
        // A branch that cannot be chosen may say what it likes.
        let cannot_be = is_choice && (of_site(components, &site, depth + 1, known) & among).is_empty();
        cannot_be || says_only_types(components, &site, among, depth + 1, known)
    })
}
