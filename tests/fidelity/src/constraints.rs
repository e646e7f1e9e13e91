//! Valid values that are spoiled in one constraint, each by its own keyword.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::{Document, Parts, pointer};

/// A value that its schema refuses, since a value in it does not keep a constraint.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoiled {
    /// The keyword of the constraint.
    pub keyword: &'static str,
    /// Where the value is.
    pub pointer: String,
    /// The whole value.
    pub value: Value,
}

/// How many items or properties are made too many, and how long a string gets.
const LONGEST: u64 = 5_000;

/// At most `limit` ways to spoil `value`, which the schema at `schema` allows.
pub fn spoiled(
    document: &Document,
    schema: &str,
    value: &Value,
    rng: &mut Rng,
    limit: usize,
) -> Vec<Spoiled> {
    let Some(root) = document.schema(schema) else { return Vec::new() };
    let mut found = Found { document, places: Vec::new() };
    found.value(Parts::of(document, root), "", value, 0);
    rng.shuffle(&mut found.places);
    let mut all = Vec::new();
    for (keyword, at, others) in found.places {
        if all.len() >= limit {
            break;
        }
        let refused = others.into_iter().find_map(|other| {
            let mut whole = value.clone();
            pointer::set(&mut whole, &at, other);
            (!document.allows(schema, &whole)).then_some(whole)
        });
        all.extend(refused.map(|value| Spoiled { keyword, pointer: at, value }));
    }
    all
}

/// A keyword, a place, and values for it of which one is likely to break the constraint and nothing else.
type Place = (&'static str, String, Vec<Value>);

struct Found<'d> {
    document: &'d Document,
    places: Vec<Place>,
}

impl<'d> Found<'d> {
    fn value(&mut self, parts: Parts<'d>, at: &str, value: &Value, depth: usize) {
        if depth > 32 || self.places.len() > 500 {
            return;
        }
        let parts = parts.narrowed(self.document, value);
        // A value that is listed is not free to change.
        if parts.values().is_none() {
            for (keyword, others) in others(&parts, value) {
                self.places.push((keyword, at.to_owned(), others));
            }
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
            if let Some(property) = parts.property(self.document, name) {
                self.value(property, &pointer::join(at, name), value, depth + 1);
            }
        }
    }
}

/// For each constraint values that break it.
fn others(parts: &Parts<'_>, value: &Value) -> Vec<(&'static str, Vec<Value>)> {
    match value {
        Value::String(text) => strings(parts, text),
        Value::Number(number) => numbers(parts, number.as_f64().unwrap_or_default()),
        Value::Array(items) => arrays(parts, items),
        Value::Object(members) => objects(parts, members),
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

fn least(parts: &Parts<'_>, keyword: &str) -> Option<u64> {
    parts.all(keyword).filter_map(Value::as_u64).max().filter(|least| *least > 0)
}

fn most(parts: &Parts<'_>, keyword: &str) -> Option<u64> {
    parts.all(keyword).filter_map(Value::as_u64).min().filter(|most| *most < LONGEST)
}

fn strings(parts: &Parts<'_>, text: &str) -> Vec<(&'static str, Vec<Value>)> {
    let mut all = Vec::new();
    if let Some(least) = least(parts, "minLength") {
        let shorter: String = text.chars().take(least as usize - 1).collect();
        all.push(("minLength", vec![json!(shorter)]));
    }
    if let Some(most) = most(parts, "maxLength") {
        let missing = (most as usize + 1).saturating_sub(text.chars().count());
        let last = text.chars().last().unwrap_or('x');
        let longer: String = text.chars().chain(std::iter::repeat_n(last, missing)).collect();
        all.push(("maxLength", vec![json!(longer)]));
    }
    if parts.all("pattern").next().is_some() {
        let length = text.chars().count();
        let same = |char: char| std::iter::repeat_n(char, length.max(1)).collect::<String>();
        all.push(("pattern", vec![json!(same('!')), json!(same('ß')), json!(same('\n')), json!("")]));
    }
    all
}

fn numbers(parts: &Parts<'_>, value: f64) -> Vec<(&'static str, Vec<Value>)> {
    let is_whole = parts.types().is_some_and(|types| types == ["integer"]);
    let number = |float: f64| {
        // What is a float in JSON is not read as an integer.
        if float.fract() == 0.0 && float.abs() < 9e15 { json!(float as i64) } else { json!(float) }
    };
    let bounds = |keyword: &str| parts.all(keyword).filter_map(Value::as_f64).collect::<Vec<_>>();
    let mut all = Vec::new();
    let low = |keyword| bounds(keyword).into_iter().reduce(f64::max);
    let high = |keyword| bounds(keyword).into_iter().reduce(f64::min);
    let below = low("minimum").map(|bound| vec![number(bound - 1.0), number(bound.next_down())]);
    let above = high("maximum").map(|bound| vec![number(bound + 1.0), number(bound.next_up())]);
    all.extend(below.map(|others| ("minimum", others)));
    all.extend(above.map(|others| ("maximum", others)));
    all.extend(low("exclusiveMinimum").map(|bound| ("exclusiveMinimum", vec![number(bound)])));
    all.extend(high("exclusiveMaximum").map(|bound| ("exclusiveMaximum", vec![number(bound)])));
    for step in bounds("multipleOf") {
        let others = if is_whole { vec![number(value + 1.0)] } else { vec![number(value + step / 2.0)] };
        all.push(("multipleOf", others));
    }
    all
}

fn arrays(parts: &Parts<'_>, items: &[Value]) -> Vec<(&'static str, Vec<Value>)> {
    let mut all = Vec::new();
    if let Some(least) = least(parts, "minItems") {
        let fewer: Vec<&Value> = items.iter().take(least as usize - 1).collect();
        all.push(("minItems", vec![json!(fewer)]));
    }
    if let Some(most) = most(parts, "maxItems")
        && !items.is_empty()
    {
        let more: Vec<&Value> = items.iter().cycle().take((most as usize + 1).max(items.len())).collect();
        all.push(("maxItems", vec![json!(more)]));
    }
    if parts.all("uniqueItems").any(|unique| *unique == true)
        && let [first, ..] = items
    {
        let twice: Vec<&Value> = items.iter().chain([first]).collect();
        let instead: Vec<&Value> = items.iter().take(items.len().max(2) - 1).chain([first]).collect();
        all.push(("uniqueItems", vec![json!(instead), json!(twice)]));
    }
    all
}

fn objects(parts: &Parts<'_>, members: &Map<String, Value>) -> Vec<(&'static str, Vec<Value>)> {
    let mut all = Vec::new();
    if let Some(least) = least(parts, "minProperties") {
        let required = parts.required();
        let mut fewer = members.clone();
        let optional: Vec<String> =
            members.keys().filter(|name| !required.contains(&name.as_str())).cloned().collect();
        for name in optional {
            if fewer.len() as u64 >= least {
                fewer.remove(&name);
            }
        }
        all.push(("minProperties", vec![Value::Object(fewer)]));
    }
    // What is not named by the schema has one like it.
    let further = members.iter().find(|(name, _)| !parts.names(name));
    if let Some(most) = most(parts, "maxProperties")
        && let Some((_, value)) = further
    {
        let mut more = members.clone();
        for index in 0..=most {
            if more.len() as u64 <= most {
                more.insert(format!("further key {index}"), value.clone());
            }
        }
        all.push(("maxProperties", vec![Value::Object(more)]));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(schema: Value, value: &Value) -> Vec<(&'static str, String)> {
        let raw = json!({"openapi": "3.1.0", "components": {"schemas": {"Subject": schema}}});
        let document = Document::new(raw).expect("it is one");
        let subject = "/components/schemas/Subject";
        assert!(document.allows(subject, value), "{value}");
        let all = spoiled(&document, subject, value, &mut Rng::with_seed(3), 100);
        assert!(all.iter().all(|one| !document.allows(subject, &one.value)), "{all:?}");
        let mut all: Vec<_> = all.into_iter().map(|one| (one.keyword, one.pointer)).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn every_constraint_is_broken_where_it_is() {
        let schema = json!({"type": "object", "minProperties": 1, "maxProperties": 9, "properties": {
            "text": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]"},
            "count": {"type": "integer", "minimum": 2, "maximum": 8, "multipleOf": 2},
            "ratio": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "multipleOf": 0.1},
            "list": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true, "items": {"maxLength": 1}},
            "listed": {"enum": ["a"], "maxLength": 3},
        }, "additionalProperties": {"type": "integer"}});
        let value = json!({"text": "abc", "count": 4, "ratio": 0.3, "list": ["a"], "listed": "a", "more": 1});
        let expected = [
            ("exclusiveMaximum", "/ratio"),
            ("exclusiveMinimum", "/ratio"),
            ("maxItems", "/list"),
            ("maxLength", "/list/0"),
            ("maxLength", "/text"),
            ("maxProperties", ""),
            ("maximum", "/count"),
            ("minItems", "/list"),
            ("minLength", "/text"),
            ("minProperties", ""),
            ("minimum", "/count"),
            ("multipleOf", "/count"),
            ("multipleOf", "/ratio"),
            ("pattern", "/text"),
            ("uniqueItems", "/list"),
        ];
        let expected: Vec<_> = expected.iter().map(|(keyword, at)| (*keyword, (*at).to_owned())).collect();
        assert_eq!(all(schema, &value), expected);
    }
}
