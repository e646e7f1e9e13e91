//! Which way the schemas of a document travel, as its text has it.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

/// Which way a schema travels, seen from a client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    pub read: bool,
    pub written: bool,
}

impl Flow {
    pub fn or(self, other: Self) -> Self {
        Self { read: self.read || other.read, written: self.written || other.written }
    }

    /// What no operation leads to may travel either way.
    pub fn or_both(self) -> Self {
        if self == Self::default() { Self { read: true, written: true } } else { self }
    }
}

/// By pointer of a component schema: which way it travels.
pub fn flows(document: &Value) -> HashMap<String, Flow> {
    let mut found: HashMap<String, Flow> = HashMap::new();
    for (key, flow) in
        [("responses", Flow { read: true, written: false }), ("", Flow { read: false, written: true })]
    {
        let mut seen = HashSet::new();
        for operation in operations(document) {
            for (part, value) in operation {
                let is_response = part == "responses";
                if is_response == (key == "responses") {
                    reach(document, value, &mut seen);
                }
            }
        }
        for pointer in seen {
            let known = found.entry(pointer).or_default();
            *known = known.or(flow);
        }
    }
    found
}

/// The parts of what is called: parameters of a path count as those of an operation.
fn operations(document: &Value) -> Vec<Vec<(&String, &Value)>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let items = paths.filter_map(|(_, item)| item.as_object()).flatten();
    items
        .map(|(key, part)| match part {
            Value::Object(members) => members.iter().filter(|(name, _)| *name != "callbacks").collect(),
            other => vec![(key, other)],
        })
        .collect()
}

/// The pointers of all references, and of what they refer to.
fn reach(document: &Value, value: &Value, seen: &mut HashSet<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|member| reach(document, member, seen)),
        Value::Array(items) => items.iter().for_each(|item| reach(document, item, seen)),
        // `$ref`, and the values of a discriminator's mapping.
        Value::String(text) => {
            if let Some(pointer) = text.strip_prefix('#')
                && let Some(target) = document.pointer(pointer)
                && seen.insert(pointer.to_owned())
            {
                reach(document, target, seen);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
