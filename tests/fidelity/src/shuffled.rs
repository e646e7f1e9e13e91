//! JSON text with the members of every object in a random order, since readers must not depend on it.

use fastrand::Rng;
use serde_json::Value;

/// `value` as text, its members in an order that `rng` decides.
pub fn shuffled(value: &Value, rng: &mut Rng) -> String {
    let mut text = String::new();
    write(value, rng, &mut text);
    text
}

fn write(value: &Value, rng: &mut Rng, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            rng.shuffle(&mut members);
            text.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, rng, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, rng, text);
            }
            text.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_value_stays_and_the_order_changes() {
        let value = json!({"a": 1, "b": [{"c": "x\n", "d": null}], "e": {"f": 1.5}});
        let texts: Vec<String> = (0..20).map(|seed| shuffled(&value, &mut Rng::with_seed(seed))).collect();
        assert!(texts.iter().all(|text| serde_json::from_str::<Value>(text).unwrap() == value));
        assert!(texts.iter().any(|text| text.starts_with("{\"e\"")));
        assert!(texts.iter().any(|text| text.starts_with("{\"a\"")));
    }
}
