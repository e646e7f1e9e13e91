//! What tells the parts of a document apart, however equal they are.

/// What tells one schema, or one reference to a schema, from all others of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(usize);

/// Gives out the ids of one document, each once.
#[derive(Debug, Default)]
pub(crate) struct Ids(usize);

impl Ids {
    pub fn next(&mut self) -> SchemaId {
        let id = SchemaId(self.0);
        self.0 += 1;
        id
    }
}

/// What tells the branches of one `oneOf` or `anyOf` from those of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct UnionId {
    /// The schema that it stands in.
    pub schema: SchemaId,
    pub keyword: UnionKeyword,
}

/// A keyword that lists branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum UnionKeyword {
    OneOf,
    AnyOf,
}

impl UnionKeyword {
    /// As it is written.
    pub fn key(self) -> &'static str {
        match self {
            UnionKeyword::OneOf => "oneOf",
            UnionKeyword::AnyOf => "anyOf",
        }
    }
}
