//! Faults of recorded values, turned into the actions of an OpenAPI Overlay (1.0) that make the models read the values.
//!
//! | module | what it does |
//! |---|---|
//! | `plan` | which schema each fault changes, and how |
//! | `edit` | what is to change in one schema |
//! | `widen` | `null`, other JSON types and branches for a schema, by dialect |
//! | `tags` | branches for the tags that a union does not have |
//! | `answers` | statuses and media types for operations |
//! | `schema` | the schema of what values look like |
//! | `path` | JSONPaths |
//! | `text` | actions as text, put behind those that an overlay has |

mod answers;
mod edit;
mod path;
mod plan;
mod schema;
mod tags;
#[cfg(all(test, feature = "overlay"))]
mod tests;
mod text;
mod widen;

pub use plan::{Asked, corrections};
pub use text::{Header, Kept, actions_of, appended, kept, without};

use crate::load::{Object, Tree};

/// One change of a document: what it is for, and the actions that make it.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Why, and how often that was met: a line each.
    pub reasons: Vec<String>,
    /// What is done, in this order.
    pub actions: Vec<Action>,
}

/// An action of an overlay (Overlay 1.0 §4.4.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The JSONPath of what is changed.
    pub target: String,
    /// What is done to it.
    pub change: Change,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Takes it out.
    Remove,
    /// Merges these members into it. Arrays in them are put behind those that are there.
    Update(Object),
}

impl Action {
    fn remove(target: String) -> Self {
        Self { target, change: Change::Remove }
    }

    fn update(target: String, members: Vec<(&str, Tree)>) -> Self {
        Self { target, change: Change::Update(object(members)) }
    }

    fn tree(&self) -> Tree {
        let change = match &self.change {
            Change::Remove => ("remove", Tree::Bool(true)),
            Change::Update(members) => ("update", Tree::Object(members.clone())),
        };
        Tree::Object(object(vec![("target", string(&self.target)), change]))
    }
}

/// Which version a document is written in: how a schema says what it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Swagger 2.0.
    V20,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and 3.2.
    V31,
}

impl Dialect {
    fn of(root: &Tree) -> Self {
        if root.get("swagger").is_some() {
            return Self::V20;
        }
        let version = match root.get("openapi") {
            Some(Tree::String(text)) => text.to_string(),
            Some(Tree::Number(number)) => number.to_string(),
            Some(Tree::Null | Tree::Bool(_) | Tree::Array(_) | Tree::Object(_)) | None => String::new(),
        };
        let version = version.trim();
        if version.starts_with("3.0") || version == "3" { Self::V30 } else { Self::V31 }
    }
}

fn object(members: Vec<(&str, Tree)>) -> Object {
    members.into_iter().map(|(key, value)| (key.into(), value)).collect()
}

fn string(text: &str) -> Tree {
    Tree::String(text.into())
}
