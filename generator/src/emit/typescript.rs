//! Writes schemas as TypeScript types.

use serde_json::Value;

use crate::ir::{Keyword, SchemaNode, TypeId};
use crate::number;

/// Writes types.
pub(super) struct TypeScript<'a> {
    /// The name of a type that has the trait.
    pub(super) word: &'a dyn Fn(TypeId) -> String,
}

/// A type and its structure, which decides whether it needs parentheses.
struct Written {
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `unknown`.
    Unknown,
    Simple,
    Union,
    Intersection,
}

impl Written {
    fn simple(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Simple }
    }

    fn unknown() -> Self {
        Self { text: "unknown".to_owned(), kind: Kind::Unknown }
    }

    /// A union of these types. `unknown` absorbs all others.
    fn union(all: impl IntoIterator<Item = Self>) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for one in all {
            match one.kind {
                Kind::Unknown => return Self::unknown(),
                Kind::Simple | Kind::Union => {}
                Kind::Intersection => {
                    texts.push(format!("({})", one.text));
                    continue;
                }
            }
            if !texts.contains(&one.text) {
                texts.push(one.text);
            }
        }
        match texts.len() {
            0 => Self::simple("never"),
            1 => Self::simple(texts.remove(0)),
            _ => Self { text: texts.join(" | "), kind: Kind::Union },
        }
    }

    /// An intersection of these types.
    fn intersection(all: impl IntoIterator<Item = Self>) -> Self {
        let mut said: Vec<Self> = all.into_iter().filter(|one| one.kind != Kind::Unknown).collect();
        match said.len() {
            0 => Self::unknown(),
            1 => said.remove(0),
            _ => {
                let texts: Vec<String> = said.iter().map(Self::in_parentheses).collect();
                Self { text: texts.join(" & "), kind: Kind::Intersection }
            }
        }
    }

    /// The text, in parentheses if only a simple type is possible.
    fn in_parentheses(&self) -> String {
        match self.kind {
            Kind::Unknown | Kind::Simple => self.text.clone(),
            Kind::Union | Kind::Intersection => format!("({})", self.text),
        }
    }
}

impl TypeScript<'_> {
    /// The type of a schema.
    pub(super) fn text(&self, schema: &SchemaNode) -> String {
        self.written(schema).text
    }

    fn written(&self, schema: &SchemaNode) -> Written {
        let keywords = match schema {
            SchemaNode::Boolean(true) => return Written::unknown(),
            SchemaNode::Boolean(false) => return Written::simple("never"),
            SchemaNode::Reference(id) => return Written::simple((self.word)(*id)),
            SchemaNode::Keywords(keywords) => Keywords(keywords),
        };
        let mut all = vec![self.own(keywords)];
        for key in ["allOf", "anyOf", "oneOf"] {
            let Some(branches) = keywords.list(key) else { continue };
            let branches = branches.iter().map(|branch| self.written(branch));
            all.push(if key == "allOf" { Written::intersection(branches) } else { Written::union(branches) });
        }
        Written::intersection(all)
    }

    /// The type of a schema without its references and branches.
    fn own(&self, keywords: Keywords<'_>) -> Written {
        if let Some(Value::Array(values)) = keywords.value("enum") {
            return Written::union(values.iter().map(|value| Written::simple(number::text(value))));
        }
        let is_object = ["properties", "required", "additionalProperties", "patternProperties"]
            .iter()
            .any(|key| keywords.get(key).is_some());
        let is_array = ["items", "prefixItems"].iter().any(|key| keywords.get(key).is_some());
        match keywords.value("type") {
            Some(Value::String(word)) => self.of_type(word, keywords),
            Some(Value::Array(words)) => {
                let words = words.iter().filter_map(Value::as_str);
                Written::union(words.map(|word| self.of_type(word, keywords)))
            }
            // Without a `type` other values are also allowed, but that is never intended.
            _ if is_object => self.of_type("object", keywords),
            _ if is_array => self.of_type("array", keywords),
            _ => Written::unknown(),
        }
    }

    fn of_type(&self, word: &str, keywords: Keywords<'_>) -> Written {
        match word {
            "string" => Written::simple("string"),
            "integer" | "number" => Written::simple("number"),
            "boolean" => Written::simple("boolean"),
            "null" => Written::simple("null"),
            "array" => self.array(keywords),
            _ => self.object(keywords),
        }
    }

    fn array(&self, keywords: Keywords<'_>) -> Written {
        let item = keywords.schema("items").map_or_else(Written::unknown, |items| self.written(items));
        let Some(places) = keywords.list("prefixItems") else {
            return Written::simple(format!("Array<{}>", item.text));
        };
        let least = keywords.value("minItems").and_then(Value::as_u64).unwrap_or_default();
        let places = places.iter().zip(0..).map(|(place, index)| {
            let place = self.written(place).in_parentheses();
            if index < least { place } else { format!("{place}?") }
        });
        let rest = match keywords.schema("items") {
            Some(SchemaNode::Boolean(false)) => None,
            Some(_) | None => Some(format!("...Array<{}>", item.text)),
        };
        let places: Vec<String> = places.chain(rest).collect();
        Written::simple(format!("[{}]", places.join(", ")))
    }

    fn object(&self, keywords: Keywords<'_>) -> Written {
        let no_properties = Vec::new();
        let properties = keywords.named("properties").unwrap_or(&no_properties);
        let required: Vec<&str> = match keywords.value("required") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(_) | None => Vec::new(),
        };
        let members = properties.iter().map(|(name, schema)| {
            let mark = if required.contains(&name.as_str()) { "" } else { "?" };
            format!("{}{mark}: {}", property(name), self.text(schema))
        });
        let is_unnamed = |name: &&&str| !properties.iter().any(|(known, _)| known == *name);
        let unnamed = required.iter().filter(is_unnamed).map(|name| format!("{}: unknown", property(name)));
        let members: Vec<String> = members.chain(unnamed).collect();
        let further = match keywords.schema("additionalProperties") {
            None if members.is_empty() => Some("unknown".to_owned()),
            None | Some(SchemaNode::Boolean(_)) => None,
            Some(further) => Some(self.text(further)),
        };
        let further = further.map(|further| Written::simple(format!("{{ [key in string]?: {further} }}")));
        match members.is_empty() {
            true => further.unwrap_or_else(|| Written::simple("Record<string, never>")),
            false => {
                let own = Written::simple(format!("{{ {} }}", members.join(", ")));
                Written::intersection(std::iter::once(own).chain(further))
            }
        }
    }
}

/// A property's name, in quotes if it is not a word.
fn property(name: &str) -> String {
    let is_word = !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$'));
    if is_word { name.to_owned() } else { Value::from(name).to_string() }
}

#[derive(Clone, Copy)]
struct Keywords<'k>(&'k [(&'static str, Keyword)]);

impl<'k> Keywords<'k> {
    fn get(self, key: &str) -> Option<&'k Keyword> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, keyword)| keyword)
    }

    fn value(self, key: &str) -> Option<&'k Value> {
        if let Some(Keyword::Value(value)) = self.get(key) { Some(value) } else { None }
    }

    fn schema(self, key: &str) -> Option<&'k SchemaNode> {
        if let Some(Keyword::Schema(schema)) = self.get(key) { Some(schema) } else { None }
    }

    fn list(self, key: &str) -> Option<&'k [SchemaNode]> {
        if let Some(Keyword::List(schemas)) = self.get(key) { Some(schemas) } else { None }
    }

    fn named(self, key: &str) -> Option<&'k Vec<(String, SchemaNode)>> {
        if let Some(Keyword::Named(schemas)) = self.get(key) { Some(schemas) } else { None }
    }
}
