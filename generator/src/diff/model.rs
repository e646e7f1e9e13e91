//! The result of a comparison: plain data. docs/diff.md describes its JSON.

use serde::Serialize;

/// The differences between two generations for users of the emitted models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diff {
    /// The version of this format, which is increased by changes that readers have to follow.
    pub format: u32,
    /// The document of the old models.
    pub old: Api,
    /// The document of the new models.
    pub new: Api,
    /// The highest level of all changes.
    pub verdict: Level,
    /// The highest level of the effects on code that is compiled against the models.
    pub source: Level,
    /// The highest level of the effects between a program and a server of different versions.
    pub wire: Level,
    /// The changed types and operations, in the order of the new document. Removed ones come last.
    pub items: Vec<Item>,
}

/// The document of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
}

/// The importance of a change, in terms of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing changed.
    None,
    /// Only changes that a program cannot observe.
    Patch,
    /// Something was added, or behaves differently without breaking anything.
    Minor,
    /// Something breaks.
    Major,
}

/// A type or an operation with its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Item {
    /// Its path from the root of the emitted crate, or its old path if it was removed.
    pub path: String,
    /// Its old path, if that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Its kind.
    pub what: What,
    /// The highest level of its changes.
    pub level: Level,
    /// What changed. Never empty.
    pub changes: Vec<Change>,
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum What {
    /// A struct.
    Struct,
    /// An enum whose variants have contents.
    Union,
    /// An enum of constants.
    Enum,
    /// A struct with one unnamed field.
    Newtype,
    /// A type alias.
    Alias,
    /// An operation: a module with its parameters, body and responses.
    Operation,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The part that changed.
    pub on: On,
    /// The Rust name of the part, if it has one: of a field, a variant, a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The kind of the change.
    pub change: Kind,
    /// A short description of the old state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// A short description of the new state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The level of all effects of the change.
    pub level: Level,
    /// The effects on code that is compiled against the models.
    pub source: Source,
    /// The effects between a program and a server of different versions.
    pub wire: Wire,
}

/// The effects on code that compiled with the old models when it is compiled with the new ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// On code that reads parts of values: field access, patterns.
    pub reading: Option<Effect>,
    /// On code that creates values: literals, constructors.
    pub writing: Option<Effect>,
}

/// The effects on the wire for a program that uses nothing new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Wire {
    /// When a program with the old models talks to a server with the new document.
    pub old_code: Option<Effect>,
    /// When a program with the new models talks to a server with the old document.
    pub new_code: Option<Effect>,
}

/// An effect of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// Its severity.
    pub severity: Severity,
    /// A short description of the effect.
    pub why: &'static str,
}

/// The severity of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing fails.
    Notice,
    /// Literals and patterns of a struct without `..` fail to compile.
    BreaksWithoutRest,
    /// Code fails to compile, or a value is refused.
    Breaks,
}

impl Effect {
    pub(super) fn notice(why: &'static str) -> Option<Self> {
        Some(Self { severity: Severity::Notice, why })
    }

    pub(super) fn without_rest(why: &'static str) -> Option<Self> {
        Some(Self { severity: Severity::BreaksWithoutRest, why })
    }

    pub(super) fn breaks(why: &'static str) -> Option<Self> {
        Some(Self { severity: Severity::Breaks, why })
    }
}

/// The part of an item that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum On {
    /// The type itself.
    Type,
    /// A field of a struct.
    Field,
    /// A property with a constant value, which is not a field.
    Constant,
    /// Properties that the schema does not declare.
    UnknownFields,
    /// `impl Default`.
    Default,
    /// The function `new`.
    New,
    /// `impl From` another type.
    Conversion,
    /// A derived trait.
    Derive,
    /// An attribute from the settings.
    Attribute,
    /// A variant of a union.
    Variant,
    /// A method of a union for a field that all its variants share.
    Accessor,
    /// The property that selects a union's variant.
    Tag,
    /// A variant of an enum of constants.
    Value,
    /// Tags or values that the document does not list.
    UnknownValues,
    /// The operation itself.
    Operation,
    /// `METHOD`.
    Method,
    /// `PATH`.
    Path,
    /// A field of `Params`.
    Parameter,
    /// `Body`.
    Body,
    /// A variant of `Response`.
    Response,
    /// A field of `Headers`.
    Header,
    /// The arguments and the return type of the function `call`.
    Call,
    /// The secrets that the server requires.
    Security,
    /// The server that requests are sent to.
    Server,
    /// How the next page is found.
    Pages,
    /// Documentation.
    Documentation,
}

/// The kind of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// It is new.
    Added,
    /// It was removed.
    Removed,
    /// It has a new Rust name and the same meaning.
    Renamed,
    /// Its type changed.
    Retyped,
    /// It is now optional.
    MadeOptional,
    /// It is now required.
    MadeRequired,
    /// It may now be `null`.
    MadeNullable,
    /// It may no longer be `null`.
    MadeNonNull,
    /// Its default changed.
    DefaultChanged,
    /// It is now in a `Box`.
    Boxed,
    /// It is no longer in a `Box`.
    Unboxed,
    /// Its value on the wire changed, or the name of a field on the wire.
    ValueChanged,
    /// It is now a different kind of type.
    Reshaped,
    /// It is now an alias of a different type.
    Redirected,
    /// It was a type of its own and is now an alias.
    BecameAlias,
    /// It was an alias and is now a type of its own.
    BecameType,
    /// They are handled differently.
    Treated,
    /// It was one type for sending and reading, and is now two types.
    Split,
    /// They were two types, for sending and for reading, and are now one type.
    United,
    /// Its name used to belong to another operation.
    Reassigned,
    /// Its text changed.
    Changed,
}
