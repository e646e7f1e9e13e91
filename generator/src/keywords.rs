//! The keywords of OpenAPI and JSON Schema, and what stands under them: one table for all who walk through documents that
//! are not lowered yet.

/// What the value of a keyword is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A part of the document: an object of keywords, a list of such objects, or plain text.
    Part,
    /// An object whose keys are names that the author chose.
    Names,
    /// A value of the API (a default, a constant): nothing in it means anything to OpenAPI.
    Value,
    /// What models never need: an example, or an extension that modelsmith does not know.
    Ignored,
}

/// The word that a keyword adds to the name of an unnamed schema below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Nothing, and what follows is a keyword again or says nothing.
    Silent,
    /// Nothing, and what follows is a name.
    NameFollows,
    /// These letters at the end.
    Suffix(&'static str),
    /// Itself: it is not one of the keywords that lead to schemas.
    Word,
}

/// What is known of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Keyword {
    pub holds: Holds,
    pub naming: Naming,
}

/// The table.
pub(crate) fn keyword(key: &str) -> Keyword {
    let (holds, naming) = match key {
        // Schemas, parameters and others by names of their own.
        "properties" | "patternProperties" | "$defs" | "definitions" | "schemas" | "responses"
        | "parameters" | "requestBodies" | "headers" | "pathItems" => (Holds::Names, Naming::NameFollows),
        // By paths and media types, which are names of nothing.
        "paths" | "webhooks" | "content" => (Holds::Names, Naming::Silent),
        "dependentSchemas"
        | "securitySchemes"
        | "securityDefinitions"
        | "links"
        | "callbacks"
        | "mediaTypes"
        | "x-webhooks"
        | "encoding"
        | "mapping"
        | "scopes"
        | "variables" => (Holds::Names, Naming::Word),
        "items" | "prefixItems" => (Holds::Part, Naming::Suffix("_item")),
        "additionalProperties" | "unevaluatedProperties" => (Holds::Part, Naming::Suffix("_value")),
        "not" => (Holds::Part, Naming::Suffix("_not")),
        "schema" | "allOf" | "oneOf" | "anyOf" | "components" | "requestBody" => {
            (Holds::Part, Naming::Silent)
        }
        "default" | "enum" | "const" => (Holds::Value, Naming::Word),
        "example" | "examples" => (Holds::Ignored, Naming::Word),
        // Extensions that say something about types.
        "x-enum-varnames"
        | "x-enumNames"
        | "x-enum-descriptions"
        | "x-nullable"
        | "x-kubernetes-int-or-string" => (Holds::Value, Naming::Word),
        // Extensions that say how an operation answers in pages.
        "x-speakeasy-pagination" | "x-ms-pageable" | "x-dropshot-pagination" => (Holds::Value, Naming::Word),
        _ if key.starts_with("x-") => (Holds::Ignored, Naming::Word),
        _ => (Holds::Part, Naming::Word),
    };
    Keyword { holds, naming }
}
