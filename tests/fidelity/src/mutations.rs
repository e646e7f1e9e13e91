//! Valid values, spoiled in one place.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::{Document, Parts, pointer};

/// What was done to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A required property was removed.
    RequiredRemoved,
    /// A value was replaced by one of another JSON type.
    TypeChanged,
    /// A constant was replaced by another value of its type.
    ConstantChanged,
}

/// A value that the schema refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutation {
    /// What was done.
    pub kind: Kind,
    /// Where.
    pub pointer: String,
    /// The spoiled value.
    pub value: Value,
    /// Whether a reader has to refuse it. Not those that only a bound, an open enum or an unknown tag makes invalid.
    pub promised: bool,
}

/// At most `limit` mutations of `value`, which the schema at `schema` allows.
pub fn mutations(
    document: &Document,
    schema: &str,
    value: &Value,
    rng: &mut Rng,
    limit: usize,
) -> Vec<Mutation> {
    let Some(root) = document.schema(schema) else { return Vec::new() };
    let mut found = Found { document, places: Vec::new() };
    found.value(Parts::of(document, root), "", value, 0);
    rng.shuffle(&mut found.places);
    let mut mutations = Vec::new();
    for (kind, at) in found.places {
        if mutations.len() >= limit {
            break;
        }
        let Some(spoiled) = spoiled(value, kind, &at, rng) else { continue };
        if !document.allows(schema, &spoiled) {
            let promised = document.must_refuse(schema, &spoiled);
            mutations.push(Mutation { kind, pointer: at, value: spoiled, promised });
        }
    }
    mutations
}

struct Found<'d> {
    document: &'d Document,
    places: Vec<(Kind, String)>,
}

impl<'d> Found<'d> {
    fn value(&mut self, parts: Parts<'d>, at: &str, value: &Value, depth: usize) {
        if parts.is_free() || depth > 32 || self.places.len() > 500 {
            return;
        }
        let parts = parts.narrowed(self.document, value);
        self.places.push((Kind::TypeChanged, at.to_owned()));
        if parts.constant().is_some() {
            self.places.push((Kind::ConstantChanged, at.to_owned()));
        }
        match value {
            Value::Object(members) => self.object(&parts, at, members, depth),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(parts) = parts.item(self.document, index) {
                        self.value(parts, &format!("{at}/{index}"), item, depth + 1);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn object(&mut self, parts: &Parts<'d>, at: &str, members: &Map<String, Value>, depth: usize) {
        for (name, value) in members {
            let at = pointer::join(at, name);
            if parts.requires(name) {
                self.places.push((Kind::RequiredRemoved, at.clone()));
            }
            if let Some(property) = parts.property(self.document, name) {
                self.value(property, &at, value, depth + 1);
            }
        }
    }
}

fn spoiled(value: &Value, kind: Kind, at: &str, rng: &mut Rng) -> Option<Value> {
    let mut spoiled = value.clone();
    match kind {
        Kind::RequiredRemoved => {
            pointer::remove(&mut spoiled, at)?;
        }
        Kind::TypeChanged => {
            let old = value.pointer(at)?;
            let others = [json!("text"), json!(7), json!(true), json!({"other": 1}), json!([[]])];
            let fitting: Vec<&Value> = others
                .iter()
                .filter(|new| std::mem::discriminant(*new) != std::mem::discriminant(old))
                .collect();
            let new = (*rng.choice(&fitting)?).clone();
            pointer::set(&mut spoiled, at, new);
        }
        Kind::ConstantChanged => {
            let new = match value.pointer(at)? {
                Value::String(text) => json!(format!("{text}-other")),
                Value::Bool(flag) => json!(!flag),
                Value::Number(number) => json!(number.as_i64()?.wrapping_add(1)),
                Value::Null | Value::Array(_) | Value::Object(_) => return None,
            };
            pointer::set(&mut spoiled, at, new);
        }
    }
    Some(spoiled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(schema: Value, value: Value) -> Vec<Mutation> {
        let document = Document::new(json!({"openapi": "3.1.0", "components": {"schemas": {
            "Subject": schema,
            "Cat": {"type": "object", "required": ["kind", "name"],
                    "properties": {"kind": {"const": "cat"}, "name": {"type": "string", "maxLength": 5}}},
            "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "dog"}}}
        }}}))
        .unwrap();
        let subject = "/components/schemas/Subject";
        assert!(document.allows(subject, &value));
        let mut all = mutations(&document, subject, &value, &mut Rng::with_seed(3), 100);
        all.sort_by(|one, other| (one.kind, &one.pointer).cmp(&(other.kind, &other.pointer)));
        all
    }

    fn promised(all: &[Mutation], kind: Kind, pointer: &str) -> Option<bool> {
        all.iter().find(|one| one.kind == kind && one.pointer == pointer).map(|one| one.promised)
    }

    #[test]
    fn structs_refuse_what_they_cannot_hold() {
        let schema = json!({"type": "object", "required": ["a", "b", "d"], "properties": {
            "a": {"const": "x"}, "b": {"enum": ["p", "q"]}, "c": {}, "d": {"type": "integer", "default": 1}}});
        let all = all(schema, json!({"a": "x", "b": "p", "c": 1, "d": 2}));
        assert_eq!(promised(&all, Kind::ConstantChanged, "/a"), Some(true));
        assert_eq!(promised(&all, Kind::RequiredRemoved, "/b"), Some(true));
        assert_eq!(promised(&all, Kind::TypeChanged, "/b"), Some(true));
        assert_eq!(promised(&all, Kind::TypeChanged, "/c"), None, "anything goes");
        assert_eq!(promised(&all, Kind::RequiredRemoved, "/d"), Some(false), "a default stands in");
    }

    #[test]
    fn unions_keep_unknown_tags_and_refuse_the_rest() {
        let schema =
            json!({"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]});
        let all = all(schema, json!({"kind": "cat", "name": "Tom"}));
        assert_eq!(promised(&all, Kind::ConstantChanged, "/kind"), Some(false), "an unknown tag is kept");
        assert_eq!(promised(&all, Kind::RequiredRemoved, "/kind"), Some(true));
        assert_eq!(promised(&all, Kind::RequiredRemoved, "/name"), Some(true));
        assert_eq!(promised(&all, Kind::TypeChanged, "/name"), Some(true));
    }
}
