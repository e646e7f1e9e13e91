//! Classifies the nodes of an OpenAPI document by the keys that lead to them: nodes whose keys are keywords, nodes
//! whose keys are names, and values that only look like parts of the document.

use crate::keywords::{Holds, keyword};

/// The meaning of the keys of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// The top of a file that is not the root document: a schema, a path item, or a map of them.
    Fragment,
    /// Keys are keywords of OpenAPI or JSON Schema.
    Keywords,
    /// Keys are names that the author chose.
    Names,
    /// A value of the API (a default, an example, a constant), whose keys have no meaning in OpenAPI.
    Value,
}

/// What to do with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// It is a part of the document.
    Part(Position),
    /// Models never need it: an example, or an extension that modelsmith does not know.
    Ignored,
}

impl Position {
    /// Classifies member `key` of an object at this position.
    pub(super) fn member(self, key: &str) -> Member {
        let holds = match self {
            Position::Value => return Member::Part(Position::Value),
            Position::Names => return Member::Part(Position::Keywords),
            Position::Keywords | Position::Fragment => keyword(key).holds,
        };
        match (holds, self) {
            // A key that looks like a keyword can be a name here.
            (Holds::Ignored | Holds::Value, Position::Fragment) => Member::Part(Position::Fragment),
            (Holds::Ignored, _) => Member::Ignored,
            (Holds::Value, _) => Member::Part(Position::Value),
            (Holds::Names, _) => Member::Part(Position::Names),
            (Holds::Part, _) => Member::Part(Position::Keywords),
        }
    }

    /// The position of the elements of an array at this position.
    pub(super) fn element(self) -> Position {
        match self {
            Position::Value => Position::Value,
            Position::Names | Position::Keywords | Position::Fragment => Position::Keywords,
        }
    }
}
