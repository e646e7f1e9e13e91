//! A document as one side sees it: without the properties that travel the other way only.

use serde_json::{Map, Value};

use crate::pointer;

/// References that lead on are followed so often.
const STEPS: usize = 16;

/// The document without the properties that `keyword` marks, `readOnly` or `writeOnly`, also where they are required. What
/// names the variant of a union stays, and so does what would have no property left.
pub fn without(document: &Value, keyword: &str) -> Value {
    let mut tags = Vec::new();
    each_object(document, &mut |object| {
        let tag = object.get("discriminator").and_then(|found| found.get("propertyName")?.as_str());
        tags.extend(tag.map(str::to_owned));
    });
    let cutter = Cutter { document, keyword, tags };
    let mut cut = document.clone();
    cutter.cut(&mut cut);
    cut
}

fn each_object(value: &Value, visit: &mut dyn FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|value| each_object(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| each_object(value, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

struct Cutter<'d> {
    document: &'d Value,
    keyword: &'d str,
    tags: Vec<String>,
}

impl Cutter<'_> {
    fn cut(&self, value: &mut Value) {
        match value {
            Value::Object(object) => {
                self.cut_properties(object);
                object.values_mut().for_each(|value| self.cut(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|value| self.cut(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn cut_properties(&self, schema: &mut Map<String, Value>) {
        let Some(Value::Object(properties)) = schema.get("properties") else { return };
        let is_gone = |name: &String, property: &Value| {
            !self.tags.contains(name) && property.get("const").is_none() && self.is_marked(property, STEPS)
        };
        let gone: Vec<String> = properties
            .iter()
            .filter(|(name, property)| is_gone(name, property))
            .map(|(name, _)| name.clone())
            .collect();
        if gone.len() == properties.len() {
            return;
        }
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.retain(|name, _| !gone.contains(name));
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| name.as_str().is_none_or(|name| !gone.iter().any(|gone| gone == name)));
        }
    }

    fn is_marked(&self, property: &Value, steps: usize) -> bool {
        if property.get(self.keyword) == Some(&Value::Bool(true)) {
            return true;
        }
        let Some(steps) = steps.checked_sub(1) else { return false };
        let target = property.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference);
        let target = target.and_then(|at| self.document.pointer(&at));
        let parts = property.get("allOf").and_then(Value::as_array).into_iter().flatten();
        target.into_iter().chain(parts).any(|schema| self.is_marked(schema, steps))
    }
}

#[cfg(test)]
mod tests {
    use super::without;
    use serde_json::json;

    #[test]
    fn what_travels_the_other_way_is_gone_and_not_required() {
        let document = json!({
            "Id": { "readOnly": true },
            "Pet": {
                "required": ["id", "name"],
                "properties": { "id": { "$ref": "#/Id" }, "made": { "readOnly": true }, "name": {}, "pin": { "writeOnly": true } }
            },
            "Stamp": { "required": ["at"], "properties": { "at": { "readOnly": true } } },
            "Union": { "discriminator": { "propertyName": "kind" } },
            "Cat": { "required": ["kind"], "properties": { "kind": { "readOnly": true }, "lives": {} } }
        });
        let mut expected = document.clone();
        expected["Pet"] =
            json!({ "required": ["name"], "properties": { "name": {}, "pin": { "writeOnly": true } } });
        assert_eq!(without(&document, "readOnly"), expected);
    }
}
