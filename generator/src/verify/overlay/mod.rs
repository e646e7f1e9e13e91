//! Turns faults of recorded values into the actions of an OpenAPI Overlay (1.0) with which the models read the values.
//!
//! | module | what it does |
//! |---|---|
//! | `plan` | decides which schema to change for each fault, and how |
//! | `edit` | the changes of one schema |
//! | `widen` | allows `null`, other JSON types or more branches, by dialect |
//! | `tags` | adds branches for tag values that a union does not have |
//! | `answers` | corrects operations: statuses, media types, optional parts |
//! | `schema` | writes the schema of values from what was learned about them |
//! | `path` | JSONPaths |
//! | `text` | appends actions to the text of an overlay |

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

/// One correction of a document: its reasons, and its actions.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// What was wrong and how often, one line for each reason.
    pub reasons: Vec<String>,
    /// The actions, in order.
    pub actions: Vec<Action>,
}

/// An action of an overlay (Overlay 1.0 §4.4.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The JSONPath of the node that is changed.
    pub target: String,
    /// The change.
    pub change: Change,
}

/// What an action does to its target.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Removes it.
    Remove,
    /// Merges these members into it. Arrays are appended to the existing ones.
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

/// The version of a document, which decides how a schema expresses what it allows.
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
