//! Where a document holds schemas.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Dialect;
use super::sanitize::sanitize;
use super::translate::{choice_of_items, exclusive_bounds, null_branches, translate as to_json_schema};
use crate::pointer;

/// Keywords whose value is a schema.
pub(crate) const ONE: [&str; 14] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "additionalItems",
    "contentSchema",
    "schema",
    "itemSchema",
];
/// Keywords whose value is a list of schemas.
pub(crate) const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value is an object of schemas.
pub(crate) const MAPS: [&str; 5] =
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/// JSON pointers of a document's schemas.
#[derive(Debug, Default)]
pub struct Places {
    /// Every schema, an outer one before what it holds.
    pub all: Vec<String>,
    /// Component schemas, or definitions.
    pub components: Vec<String>,
    /// Schemas of media types, parameters and headers.
    pub operations: Vec<String>,
    /// Branches of unions.
    pub branches: Vec<String>,
    /// Other schemas that have an example or a default.
    pub valued: Vec<String>,
    /// Components and operations' schemas, for look-ups.
    roots: HashSet<String>,
}

impl Places {
    /// The schemas that can be asked about values.
    pub fn judged(&self) -> impl Iterator<Item = &str> {
        self.components
            .iter()
            .chain(&self.operations)
            .chain(&self.branches)
            .chain(&self.valued)
            .map(String::as_str)
    }

    /// The component or operation's schema in which the schema at `pointer` stands.
    pub fn root_of<'a>(&self, pointer: &'a str) -> Option<&'a str> {
        let ends = pointer.match_indices('/').skip(1).map(|(end, _)| end).chain([pointer.len()]);
        ends.filter_map(|end| pointer.get(..end)).find(|root| self.roots.contains(*root))
    }
}

/// Translates every schema of `document` and says where the results stand.
pub(super) fn translate(document: &mut Value, dialect: Dialect) -> Places {
    Walk { task: Task::Translate(dialect), places: Places::default() }.document(document);
    // Only then: a translation may put a schema one level down.
    let mut walk = Walk { task: Task::Collect, places: Places::default() };
    walk.document(document);
    let mut places = walk.places;
    places.roots = places.components.iter().chain(&places.operations).cloned().collect();
    places
}

struct Walk {
    task: Task,
    places: Places,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    Translate(Dialect),
    Collect,
}

impl Walk {
    fn document(&mut self, document: &mut Value) {
        if let Value::Object(root) = document {
            if let Some(Value::Object(definitions)) = root.get_mut("definitions") {
                self.components(definitions, "/definitions");
            }
            for (key, value) in root.iter_mut().filter(|(key, _)| *key != "definitions") {
                self.node(value, &pointer::join("", key));
            }
        }
    }

    fn components(&mut self, schemas: &mut Map<String, Value>, at: &str) {
        for (name, schema) in schemas {
            let at = pointer::join(at, name);
            if self.schema(schema, &at, 0) {
                self.places.components.push(at);
            }
        }
    }

    /// Anything that is not a schema.
    fn node(&mut self, value: &mut Value, at: &str) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    let below = pointer::join(at, key);
                    match (key.as_str(), &mut *value) {
                        ("schemas", Value::Object(schemas)) if at == "/components" => {
                            self.components(schemas, &below);
                        }
                        ("schema" | "itemSchema", schema) => {
                            if self.schema(schema, &below, 0) {
                                self.places.operations.push(below);
                            }
                        }
                        ("example" | "examples" | "default" | "enum", _) => {}
                        (key, _) if key.starts_with("x-") => {}
                        (_, value) => self.node(value, &below),
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.node(item, &format!("{at}/{index}"));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A schema. `false` when the value is none.
    fn schema(&mut self, schema: &mut Value, at: &str, depth: usize) -> bool {
        if schema.is_boolean() {
            self.places.all.push(at.to_owned());
            return true;
        }
        let Value::Object(keywords) = schema else {
            *schema = Value::Bool(true);
            return false;
        };
        if depth > 200 {
            keywords.clear();
        }
        if self.task == Task::Translate(Dialect::Swagger2) {
            choice_of_items(keywords);
        }
        if self.task != Task::Collect {
            null_branches(keywords);
            sanitize(keywords);
        }
        self.places.all.push(at.to_owned());
        if ["example", "examples", "default"].iter().any(|key| keywords.contains_key(*key)) {
            self.places.valued.push(at.to_owned());
        }
        for key in ONE.iter().take(12) {
            if let Some(schema) = keywords.get_mut(*key) {
                self.schema(schema, &pointer::join(at, key), depth + 1);
            }
        }
        for key in LISTS {
            if let Some(Value::Array(schemas)) = keywords.get_mut(key) {
                for (index, schema) in schemas.iter_mut().enumerate() {
                    let at = format!("{at}/{key}/{index}");
                    if self.schema(schema, &at, depth + 1) && matches!(key, "anyOf" | "oneOf") {
                        self.places.branches.push(at);
                    }
                }
            }
        }
        for key in MAPS {
            if let Some(Value::Object(schemas)) = keywords.get_mut(key) {
                for (name, schema) in schemas {
                    self.schema(schema, &pointer::join(&format!("{at}/{key}"), name), depth + 1);
                }
            }
        }
        match self.task {
            Task::Translate(Dialect::Swagger2 | Dialect::OpenApi30) => to_json_schema(keywords),
            Task::Translate(Dialect::JsonSchema) => exclusive_bounds(keywords),
            Task::Collect => {}
        }
        true
    }
}
