//! All the schemas that one value has to satisfy at once: a schema, what it refers to, and what its `allOf` adds.

use serde_json::{Map, Value};

use crate::Document;

/// How far references and `allOf` are followed.
const DEPTH: usize = 64;

/// Schemas that hold together. No part is a reference, and none is `true`.
#[derive(Clone, Default)]
pub struct Parts<'d> {
    /// The keywords of each.
    pub each: Vec<&'d Map<String, Value>>,
    /// The component (or other target) that the first reference led to, if the schema was one.
    pub target: Option<&'d Value>,
    /// Whether one of them is `false`.
    pub never: bool,
}

/// A union among the parts.
#[derive(Clone, Copy)]
pub struct Union<'d> {
    /// Its branches.
    pub branches: &'d [Value],
    /// The schema in which it stands.
    pub owner: &'d Map<String, Value>,
}

impl<'d> Parts<'d> {
    /// The parts of `schema`.
    pub fn of(document: &'d Document, schema: &'d Value) -> Self {
        let mut parts = Self::default();
        parts.add(document, schema, 0);
        parts
    }

    /// Adds `schema` and what it brings along.
    pub fn add(&mut self, document: &'d Document, schema: &'d Value, depth: usize) {
        let keywords = match schema {
            Value::Object(keywords) => keywords,
            Value::Bool(false) => {
                self.never = true;
                return;
            }
            _ => return,
        };
        if depth > DEPTH || self.each.iter().any(|part| std::ptr::eq(*part, keywords)) {
            return;
        }
        self.each.push(keywords);
        if let Some(target) = reference(document, keywords) {
            if self.target.is_none() && depth == 0 {
                self.target = Some(target);
            }
            self.add(document, target, depth + 1);
        }
        for schema in list(keywords, "allOf") {
            self.add(document, schema, depth + 1);
        }
    }

    /// Adds all of `other`.
    pub fn join(&mut self, other: Self) {
        self.never |= other.never;
        for part in other.each {
            if !self.each.iter().any(|known| std::ptr::eq(*known, part)) {
                self.each.push(part);
            }
        }
    }

    /// The unions among the parts.
    pub fn unions(&self) -> impl Iterator<Item = Union<'d>> + use<'d> {
        let each: Vec<&'d Map<String, Value>> = self.each.clone();
        each.into_iter().flat_map(|owner| {
            ["oneOf", "anyOf"].into_iter().filter_map(|key| {
                let branches = owner.get(key)?.as_array()?.as_slice();
                Some(Union { branches, owner })
            })
        })
    }

    /// Every value of keyword `key`.
    pub fn all<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'d Value> + 's {
        self.each.iter().filter_map(move |part| part.get(key))
    }

    /// The schemas that apply to property `name`; `None` when no part names it, by name, pattern or for all others.
    pub fn property(&self, document: &'d Document, name: &str) -> Option<Self> {
        let mut found: Option<Self> = None;
        for part in &self.each {
            let mut named = false;
            let mut take = |schema| found.get_or_insert_default().add(document, schema, 0);
            if let Some(schema) = part.get("properties").and_then(|properties| properties.get(name)) {
                named = true;
                take(schema);
            }
            for (pattern, schema) in
                part.get("patternProperties").and_then(Value::as_object).into_iter().flatten()
            {
                if crate::pattern::matches(pattern, name) {
                    named = true;
                    take(schema);
                }
            }
            if !named
                && let Some(schema) = part.get("additionalProperties").filter(|schema| **schema != false)
            {
                take(schema);
            }
        }
        found
    }

    /// Whether a part has `name` among its `properties`.
    pub fn names(&self, name: &str) -> bool {
        self.all("properties").any(|properties| properties.get(name).is_some())
    }

    /// The names of all properties, each once.
    pub fn property_names(&self) -> Vec<&'d str> {
        let mut names: Vec<&str> = Vec::new();
        for properties in self.all("properties").filter_map(Value::as_object) {
            names.extend(properties.keys().map(String::as_str));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The schemas that apply to item `index` of an array.
    pub fn item(&self, document: &'d Document, index: usize) -> Option<Self> {
        let mut found: Option<Self> = None;
        for part in &self.each {
            let prefix = list(part, "prefixItems");
            if let Some(schema) = prefix.get(index).or_else(|| part.get("items")) {
                found.get_or_insert_default().add(document, schema, 0);
            }
        }
        found
    }

    /// Whether a part requires property `name`.
    pub fn requires(&self, name: &str) -> bool {
        self.all("required").filter_map(Value::as_array).any(|names| names.iter().any(|known| known == name))
    }

    /// The names of all required properties.
    pub fn required(&self) -> Vec<&'d str> {
        let lists = self.all("required").filter_map(Value::as_array);
        let mut names: Vec<&str> = lists.flatten().filter_map(Value::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The values that `const` and `enum` leave; `None` when neither is there.
    pub fn values(&self) -> Option<Vec<&'d Value>> {
        let mut left: Option<Vec<&Value>> = None;
        for part in &self.each {
            let listed = part.get("enum").and_then(Value::as_array).map(|values| values.iter().collect());
            let constant = part.get("const").map(|value| vec![value]);
            for values in [listed, constant].into_iter().flatten() {
                left = Some(match left {
                    None => values,
                    Some(left) => left.into_iter().filter(|value| values.contains(value)).collect(),
                });
            }
        }
        left
    }

    /// The one value that is allowed, if there is only one.
    pub fn constant(&self) -> Option<&'d Value> {
        match self.values()?.as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }

    /// The types that are left by all `type`s; `None` when there is none.
    pub fn types(&self) -> Option<Vec<&'d str>> {
        let mut left: Option<Vec<&str>> = None;
        for value in self.all("type") {
            let types: Vec<&str> = match value {
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                value => value.as_str().into_iter().collect(),
            };
            left = Some(match left {
                None => types,
                Some(left) => left
                    .into_iter()
                    .filter_map(|one| types.iter().find_map(|other| narrower(one, other)))
                    .collect(),
            });
        }
        left
    }

    /// Whether one of the parts leaves only `value`. Several parts that hold by chance, as branches of a union that all
    /// allow an object without its tag, may leave different ones.
    pub fn is_constant_of_one(&self, value: &Value) -> bool {
        self.each.iter().any(|part| {
            let listed = part.get("enum").and_then(Value::as_array);
            part.get("const") == Some(value)
                || listed.is_some_and(|values| values.len() == 1 && values.contains(value))
        })
    }

    /// The outermost `default`.
    pub fn default_value(&self) -> Option<&'d Value> {
        self.all("default").next()
    }

    /// Whether a part has format `format`.
    pub fn has_format(&self, format: &str) -> bool {
        self.all("format").any(|value| value == format)
    }
}

fn narrower<'d>(one: &'d str, other: &'d str) -> Option<&'d str> {
    match (one, other) {
        _ if one == other => Some(one),
        ("integer", "number") | ("number", "integer") => Some("integer"),
        _ => None,
    }
}

/// What a schema refers to.
pub(crate) fn reference<'d>(document: &'d Document, keywords: &Map<String, Value>) -> Option<&'d Value> {
    document.target(keywords.get("$ref")?.as_str()?)
}

/// A keyword that is a list of schemas.
pub(crate) fn list<'d>(keywords: &'d Map<String, Value>, key: &str) -> &'d [Value] {
    keywords.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

impl<'d> Parts<'d> {
    /// The parts that hold for `value`: of every union those branches that allow it.
    pub fn narrowed(mut self, document: &'d Document, value: &Value) -> Self {
        let mut done: Vec<*const Value> = Vec::new();
        while let Some(union) = self.unions().find(|union| !done.contains(&union.branches.as_ptr())) {
            done.push(union.branches.as_ptr());
            if done.len() > DEPTH {
                break;
            }
            for branch in union.branches {
                let allowed = document.place_of(branch).is_some_and(|place| document.allows(place, value));
                if allowed {
                    self.join(Parts::of(document, branch));
                }
            }
        }
        self
    }

    /// Whether nothing is said about the value.
    pub fn is_free(&self) -> bool {
        const SAYS: [&str; 9] = [
            "type",
            "properties",
            "required",
            "items",
            "enum",
            "const",
            "anyOf",
            "oneOf",
            "additionalProperties",
        ];
        !self.each.iter().any(|part| SAYS.iter().any(|key| part.contains_key(*key)))
    }

    /// Whether `null` is among the types, or no type is said.
    pub fn allows_null(&self, document: &'d Document) -> bool {
        if let Some(values) = self.values() {
            return values.iter().any(|value| value.is_null());
        }
        if let Some(types) = self.types() {
            return types.contains(&"null");
        }
        self.unions().all(|union| {
            union.branches.iter().any(|branch| Parts::of(document, branch).allows_null(document))
        })
    }
}
