//! Checks that the place of every lowered schema exists in the source.

use serde_json::Value;

/// The places that do not exist, as `file#pointer`.
pub fn lost_places(lowered: &Value, sources: &[Value]) -> Vec<String> {
    let mut walk = Walk { sources, lost: Vec::new() };
    walk.node(lowered, (0, String::new()), false);
    walk.lost
}

struct Walk<'s> {
    sources: &'s [Value],
    lost: Vec<String>,
}

type Place = (usize, String);

impl Walk<'_> {
    fn node(&mut self, value: &Value, mut place: Place, is_schema: bool) {
        match value {
            Value::Object(members) => {
                if let Some(source) = members.get("x-modelsmith-source").and_then(Value::as_str) {
                    let (file, pointer) = source.split_once('#').expect("file#pointer");
                    place = (file.parse().expect("an index"), pointer.to_owned());
                }
                let says_something = !members.is_empty() && !members.contains_key("$ref");
                if is_schema && says_something && self.sources[place.0].pointer(&place.1).is_none() {
                    self.lost.push(format!("{}#{}", place.0, place.1));
                }
                for (key, child) in members {
                    if key == "default" || key == "enum" || key == "discriminator" || key.starts_with("x-") {
                        continue;
                    }
                    let holds =
                        matches!(key.as_str(), "properties" | "schemas" | "allOf" | "anyOf" | "oneOf");
                    let below = step(&place, key);
                    match child {
                        Value::Object(named) if holds && !named.contains_key("x-modelsmith-source") => {
                            for (name, child) in named {
                                self.node(child, step(&below, name), true);
                            }
                        }
                        Value::Array(list) if holds => {
                            for (index, child) in list.iter().enumerate() {
                                self.node(child, step(&below, &index.to_string()), true);
                            }
                        }
                        child => {
                            let one = matches!(key.as_str(), "items" | "additionalProperties" | "schema");
                            self.node(child, below, one);
                        }
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(item, step(&place, &index.to_string()), false);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn step((file, pointer): &Place, token: &str) -> Place {
    (*file, format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1")))
}
