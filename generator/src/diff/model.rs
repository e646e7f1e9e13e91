//! What a comparison gives. Plain data; as JSON it has the shape that docs/diff.md describes.

use serde::Serialize;

/// What is different between two generations, for those who use the emitted models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diff {
    /// The version of this shape; a number that is added to when a reader would have to change.
    pub format: u32,
    /// What the old models were made from.
    pub old: Api,
    /// What the new models were made from.
    pub new: Api,
    /// The highest level of all changes.
    pub verdict: Level,
    /// The highest level of what happens to code that is compiled against the models.
    pub source: Level,
    /// The highest level of what happens between a program and a server of different versions.
    pub wire: Level,
    /// What changed, type by type and operation by operation, in the order of the new document; what is gone comes last.
    pub items: Vec<Item>,
}

/// A document that models were made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
}

/// How much a change weighs, in the words of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing changed.
    None,
    /// Nothing that a program could notice.
    Patch,
    /// Something was added, or behaves differently without breaking anything.
    Minor,
    /// Something breaks.
    Major,
}

/// A type or an operation, and what changed about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Item {
    /// Its path from the root of the emitted crate; the old one when it is gone.
    pub path: String,
    /// Its old path, when that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What it is.
    pub what: What,
    /// The highest level of its changes.
    pub level: Level,
    /// What changed. Never empty.
    pub changes: Vec<Change>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum What {
    /// A struct.
    Struct,
    /// An enum with a content in each variant.
    Union,
    /// An enum of constants.
    Enum,
    /// A struct with one unnamed field.
    Newtype,
    /// Another name for a type.
    Alias,
    /// An operation: a module with its parameters, its body and its responses.
    Operation,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What it happened to.
    pub on: On,
    /// The Rust name of that, where it has one: of a field, a variant, a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What happened.
    pub change: Kind,
    /// What it was before, in outline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is now, in outline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How much it weighs, all in all.
    pub level: Level,
    /// What happens to code that is compiled against the models.
    pub source: Source,
    /// What happens between a program and a server of different versions.
    pub wire: Wire,
}

/// What happens to code that compiled against the old models when it is compiled against the new ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// To code that reads parts of values: field access, patterns.
    pub reading: Option<Effect>,
    /// To code that makes values: literals, constructors.
    pub writing: Option<Effect>,
}

/// What happens on the wire, without the program doing anything that is new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Wire {
    /// When a program with the old models talks to a server of the new document.
    pub old_code: Option<Effect>,
    /// When a program with the new models talks to a server of the old document.
    pub new_code: Option<Effect>,
}

/// A change's effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// How bad it is.
    pub severity: Severity,
    /// What happens, in a few words.
    pub why: &'static str,
}

/// How bad an effect is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing fails.
    Notice,
    /// Fails to compile where a struct is named without `..`, in a literal or in a pattern.
    BreaksWithoutRest,
    /// Fails.
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

/// What a change happened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum On {
    /// The type itself.
    Type,
    /// A field of a struct.
    Field,
    /// A property with one value, which is not a field.
    Constant,
    /// Properties that the schema does not name.
    UnknownFields,
    /// `impl Default`.
    Default,
    /// The function `new`.
    New,
    /// `impl From` another type.
    Conversion,
    /// A trait that is derived.
    Derive,
    /// An attribute from the settings.
    Attribute,
    /// A variant of a union.
    Variant,
    /// A method of a union, for what all its variants share.
    Accessor,
    /// The property that names a union's variant.
    Tag,
    /// A variant of an enum of constants.
    Value,
    /// Tags or values that the document does not name.
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
    /// The function `call`: what it takes, and what a success gives.
    Call,
    /// The secrets that the server requires.
    Security,
    /// Where requests are sent.
    Server,
    /// How pages follow each other.
    Pages,
    /// Documentation.
    Documentation,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// It was not there before.
    Added,
    /// It is gone.
    Removed,
    /// It has another Rust name, and means the same.
    Renamed,
    /// Its type is another.
    Retyped,
    /// It may be absent now.
    MadeOptional,
    /// It must be there now.
    MadeRequired,
    /// It may be `null` now.
    MadeNullable,
    /// It may no longer be `null`.
    MadeNonNull,
    /// What its absence means is another value.
    DefaultChanged,
    /// It is in a box now.
    Boxed,
    /// It is no longer in a box.
    Unboxed,
    /// Its value on the wire is another; of a field, its name there.
    ValueChanged,
    /// It is another kind of type.
    Reshaped,
    /// It stands for another type.
    Redirected,
    /// It was a type of its own and is another name for one.
    BecameAlias,
    /// It was another name for a type and is one of its own.
    BecameType,
    /// They are treated in another way.
    Treated,
    /// It was one type for what is sent and what is read, and is two now.
    Split,
    /// They were two types, for what is sent and what is read, and are one now.
    United,
    /// Its name belonged to another operation.
    Reassigned,
    /// It reads otherwise.
    Changed,
}
