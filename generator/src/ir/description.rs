//! Schemas of types in the words of JSON Schema 2020-12, for traits that give one.

use serde_json::Value;

use super::TypeId;

/// A trait that says what the values of a type look like. It is implemented, not derived: its derive reads attributes of
/// serde, which emitted types do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaTrait {
    /// Which one.
    pub kind: SchemaTraitKind,
    /// Its path, as the settings write it.
    pub path: String,
    /// The condition of `cfg` under which it is implemented.
    pub condition: Option<String>,
    /// Whether what it says has the document's titles and descriptions.
    pub docs: bool,
}

impl SchemaTrait {
    /// The crate that it is in, as a path.
    pub fn krate(&self) -> &str {
        self.path.rsplit_once("::").map_or(self.path.as_str(), |(krate, _)| krate)
    }

    /// Whether a type that has the other trait always has it where this one is implemented.
    pub fn implies(&self, other: &Self) -> bool {
        self.kind == other.kind && (other.condition.is_none() || other.condition == self.condition)
    }
}

/// The traits that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SchemaTraitKind {
    /// `schemars::JsonSchema`.
    JsonSchema,
    /// `utoipa::ToSchema`.
    ToSchema,
    /// `ts_rs::TS`.
    TypeScript,
}

/// What a trait says of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// The type.
    pub ty: TypeId,
    /// The trait.
    pub by: SchemaTrait,
    /// The schema.
    pub schema: SchemaNode,
}

/// A schema.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaNode {
    /// The schema that allows everything, or nothing.
    Boolean(bool),
    /// That of a type that has the trait, too.
    Reference(TypeId),
    /// Keywords, each once.
    Keywords(Vec<(&'static str, Keyword)>),
}

/// What stands under a keyword.
#[derive(Debug, Clone, PartialEq)]
pub enum Keyword {
    /// A value.
    Value(Value),
    /// A schema.
    Schema(Box<SchemaNode>),
    /// A list of schemas.
    List(Vec<SchemaNode>),
    /// Schemas by name.
    Named(Vec<(String, SchemaNode)>),
    /// A `discriminator` of OpenAPI, which JSON Schema does not have: the property, and the types that its values mean.
    Discriminator(String, Vec<(String, TypeId)>),
}

impl SchemaNode {
    /// The types that it refers to, each once, in order.
    pub fn references(&self) -> Vec<TypeId> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut Vec<TypeId>) {
        let keywords = match self {
            Self::Boolean(_) => return,
            Self::Reference(id) => {
                if !found.contains(id) {
                    found.push(*id);
                }
                return;
            }
            Self::Keywords(keywords) => keywords,
        };
        for (_, keyword) in keywords {
            match keyword {
                Keyword::Value(_) | Keyword::Discriminator(..) => {}
                Keyword::Schema(schema) => schema.collect(found),
                Keyword::List(schemas) => schemas.iter().for_each(|schema| schema.collect(found)),
                Keyword::Named(schemas) => schemas.iter().for_each(|(_, schema)| schema.collect(found)),
            }
        }
    }

    /// How deep arrays and objects lie in each other in its JSON.
    pub fn json_depth(&self) -> usize {
        let keywords = match self {
            Self::Boolean(_) => return 0,
            Self::Reference(_) => return 1,
            Self::Keywords(keywords) => keywords,
        };
        let deepest = |schemas: &mut dyn Iterator<Item = &SchemaNode>| {
            1 + schemas.map(Self::json_depth).max().unwrap_or_default()
        };
        let depths = keywords.iter().map(|(_, keyword)| match keyword {
            Keyword::Value(value) => depth(value),
            Keyword::Schema(schema) => schema.json_depth(),
            Keyword::List(schemas) => deepest(&mut schemas.iter()),
            Keyword::Named(schemas) => deepest(&mut schemas.iter().map(|(_, schema)| schema)),
            Keyword::Discriminator(..) => 2,
        });
        1 + depths.max().unwrap_or_default()
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or_default(),
    }
}
