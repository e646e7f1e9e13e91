//! What a node of an OpenAPI document is, by the keys that lead to it: whether its keys are keywords or names, or
//! whether it is a value that only looks like a part of the document.

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
    Aside,
}

impl Position {
    /// What member `key` of an object here is.
    pub(super) fn member(self, key: &str) -> Member {
        match self {
            Position::Value => Member::Part(Position::Value),
            Position::Names => Member::Part(Position::Keywords),
            Position::Fragment if is_aside(key) || matches!(key, "default" | "enum" | "const") => {
                Member::Part(Position::Fragment)
            }
            Position::Keywords if is_aside(key) => Member::Aside,
            Position::Keywords | Position::Fragment => Member::Part(match key {
                "default" | "enum" | "const" => Position::Value,
                _ if holds_names(key) => Position::Names,
                _ => Position::Keywords,
            }),
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

fn is_aside(key: &str) -> bool {
    match key {
        "example" | "examples" => true,
        // Extensions that say something about types, and the place where 3.0 documents keep their webhooks.
        "x-enum-varnames" | "x-enumNames" | "x-enum-descriptions" | "x-nullable" | "x-webhooks" => false,
        "x-kubernetes-int-or-string" => false,
        _ => key.starts_with("x-"),
    }
}

/// Whether the keys of the object under `keyword` are names.
fn holds_names(keyword: &str) -> bool {
    matches!(
        keyword,
        "properties"
            | "patternProperties"
            | "dependentSchemas"
            | "$defs"
            | "definitions"
            | "schemas"
            | "responses"
            | "parameters"
            | "requestBodies"
            | "headers"
            | "securitySchemes"
            | "securityDefinitions"
            | "links"
            | "callbacks"
            | "pathItems"
            | "mediaTypes"
            | "paths"
            | "webhooks"
            | "x-webhooks"
            | "content"
            | "encoding"
            | "mapping"
            | "scopes"
            | "variables"
    )
}
