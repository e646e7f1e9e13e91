//! What a node of an OpenAPI document is, by the keys that lead to it: whether its keys are keywords or names, or
//! whether it is a value that only looks like a part of the document.

use crate::keywords::{Holds, keyword};

/// How the keys of a node are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// The top of a file that is not the root document: a schema, a path item, or a map of them.
    Fragment,
    /// Keys are keywords of OpenAPI or JSON Schema.
    Keywords,
    /// Keys are names that the author chose.
    Names,
    /// A value of the API (a default, an example, a constant): nothing in it means anything to OpenAPI.
    Value,
}

/// What is to be done with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// It is a part of the document.
    Part(Position),
    /// Models never need it: an example, or an extension that modelsmith does not know.
    Ignored,
}

impl Position {
    /// What member `key` of an object here is.
    pub(super) fn member(self, key: &str) -> Member {
        let holds = match self {
            Position::Value => return Member::Part(Position::Value),
            Position::Names => return Member::Part(Position::Keywords),
            Position::Keywords | Position::Fragment => keyword(key).holds,
        };
        match (holds, self) {
            // What looks like a keyword may be a name here.
            (Holds::Ignored | Holds::Value, Position::Fragment) => Member::Part(Position::Fragment),
            (Holds::Ignored, _) => Member::Ignored,
            (Holds::Value, _) => Member::Part(Position::Value),
            (Holds::Names, _) => Member::Part(Position::Names),
            (Holds::Part, _) => Member::Part(Position::Keywords),
        }
    }

    /// What an element of an array here is.
    pub(super) fn element(self) -> Position {
        match self {
            Position::Value => Position::Value,
            Position::Names | Position::Keywords | Position::Fragment => Position::Keywords,
        }
    }
}
