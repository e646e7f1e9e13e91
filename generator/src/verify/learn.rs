//! Infers what a set of values looks like, from which a schema is written: JSON types, members of objects, elements of
//! arrays.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::number;

/// How deep values are inspected. Deeper values may be anything.
const DEPTH: usize = 16;

/// How many members of objects are kept apart. An object with more members is a map.
const MEMBERS: usize = 64;

/// What a set of values looks like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned {
    /// Whether one value is `null`.
    pub null: bool,
    /// Whether one is a boolean.
    pub boolean: bool,
    /// Whether one is an integer.
    pub integer: bool,
    /// The smallest and the largest integer.
    pub range: Option<(i128, i128)>,
    /// Whether one is a number with a fraction or an exponent.
    pub number: bool,
    /// Whether one is a string.
    pub string: bool,
    /// What the elements look like, if one value is an array.
    pub array: Option<Box<Learned>>,
    /// What the members look like, if one value is an object.
    pub object: Option<Members>,
    /// Whether some values nest too deeply to be inspected.
    pub any: bool,
}

/// What the members of objects look like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// By name.
    pub named: BTreeMap<String, Learned>,
    /// What all members together look like, if objects have too many names.
    pub all: Option<Box<Learned>>,
}

impl Learned {
    /// What a single value looks like.
    pub fn of(value: &Value) -> Self {
        let mut learned = Self::default();
        learned.add(value, 0);
        learned
    }

    fn add(&mut self, value: &Value, depth: usize) {
        if depth >= DEPTH {
            self.any = true;
            return;
        }
        if let Some(integer) = number::integer(value) {
            self.integer = true;
            self.extend_range((integer, integer));
            return;
        }
        match value {
            Value::Null => self.null = true,
            Value::Bool(_) => self.boolean = true,
            Value::Number(_) => self.number = true,
            Value::String(_) => self.string = true,
            Value::Array(items) => {
                let item = self.array.get_or_insert_default();
                items.iter().for_each(|value| item.add(value, depth + 1));
            }
            Value::Object(members) => {
                let found = self.object.get_or_insert_default();
                for (name, value) in members {
                    found.slot(name).add(value, depth + 1);
                }
            }
        }
    }

    fn extend_range(&mut self, (low, high): (i128, i128)) {
        let (least, most) = self.range.unwrap_or((low, high));
        self.range = Some((least.min(low), most.max(high)));
    }

    /// Adds another set of values.
    pub fn merge(&mut self, other: Self) {
        self.null |= other.null;
        self.boolean |= other.boolean;
        self.integer |= other.integer;
        self.number |= other.number;
        self.string |= other.string;
        self.any |= other.any;
        if let Some(range) = other.range {
            self.extend_range(range);
        }
        if let Some(array) = other.array {
            self.array.get_or_insert_default().merge(*array);
        }
        if let Some(object) = other.object {
            let found = self.object.get_or_insert_default();
            for (name, value) in object.named {
                found.slot(&name).merge(value);
            }
            if let Some(all) = object.all {
                found.all().merge(*all);
            }
        }
    }
}

impl Members {
    /// The entry of a member.
    fn slot(&mut self, name: &str) -> &mut Learned {
        let is_known = self.named.contains_key(name);
        if self.all.is_some() || !is_known && self.named.len() >= MEMBERS {
            return self.all();
        }
        self.named.entry(name.to_owned()).or_default()
    }

    /// The entry of all members, which from now on are not kept apart.
    fn all(&mut self) -> &mut Learned {
        let named = std::mem::take(&mut self.named);
        let all = self.all.get_or_insert_default();
        named.into_values().for_each(|value| all.merge(value));
        all
    }
}
