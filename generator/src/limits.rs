//! How much of a document is read and looked into: all bounds that a document can meet, in one place.
//!
//! They are there for documents that were made to exhaust the stack, the memory or one's patience; no document that was
//! written to be read is known to meet one. What lies beyond is an error where the document as a whole is too large, and
//! otherwise a warning at the place. How many findings, names or branches are shown is decided where they are shown.

/// Bytes of one file. Beyond: the file is not read, an error. A file that is larger was referred to by mistake.
pub(crate) const FILE: u64 = 1 << 30;

/// How deep arrays and objects may lie in each other in JSON. Beyond: an error.
pub(crate) const JSON_DEPTH: usize = 512;

/// The same in YAML, of which reading takes more of the stack.
pub(crate) const YAML_DEPTH: usize = 256;

/// The nodes that all overlays together may add; text counts too, a node for 16 bytes. Beyond: an error.
#[cfg(feature = "overlay")]
pub(crate) const OVERLAY_NODES: usize = 1 << 20;

/// Bytes of a compiled regular expression of an overlay. Beyond: an error.
#[cfg(feature = "overlay")]
pub(crate) const EXPRESSION: usize = 1 << 20;

/// How deep schemas may lie in each other, in steps of the pointer. Beyond: any JSON value, `too-deep`.
pub(crate) const SCHEMA_STEPS: u16 = 200;

/// How deep callbacks may lie in each other's operations. Beyond: the callback is left out, `too-deep`.
pub(crate) const CALLBACKS: usize = 4;

/// How many references a pointer may cross on its way. Beyond: the reference dangles, `dangling-reference`.
pub(crate) const CROSSINGS: u8 = 16;

/// How many references to parameters, bodies or responses may follow one another. Beyond: as if there was none.
pub(crate) const REFERENCES: usize = 1_000;

/// How deep `allOf` and references may lie in each other within one type. Beyond: any JSON value, `too-deep`.
pub(crate) const ALL_OF_DEPTH: usize = 256;

/// How deep schemas may lie in each other within one component. Beyond: any JSON value, `too-deep`.
pub(crate) const TYPE_DEPTH: usize = 200;

/// The branches of a union. Beyond: any JSON value, `union-too-wide`: nobody matches on so many.
pub(crate) const BRANCHES: usize = 2_000;

/// The properties of a union's first variant, times its variants, up to which methods are looked for that all variants have.
/// Beyond: none, since each would be an arm for each variant.
pub(crate) const SHARED_PROPERTIES: usize = 20_000;

/// The combinations that unions which hold at once may have: each becomes a type. Beyond: any JSON value,
/// `union-too-wide`.
pub(crate) const COMBINATIONS: usize = 10_000;

/// The places of a tuple: longer ones do not implement the traits of the standard library. Beyond: a list.
pub(crate) const PLACES: usize = 12;

/// The values of one default. Beyond: no default, `large-default`.
pub(crate) const DEFAULT: usize = 10_000;

/// A default of no more values is always taken.
pub(crate) const SMALL_DEFAULT: usize = 100;

/// The values of all defaults that are not small: each child of a schema has those that it inherits. Beyond: no default,
/// `large-default`.
pub(crate) const DEFAULTS: usize = 250_000;

/// How deep the expression of a default may nest. Beyond: no default, `default-does-not-fit`.
pub(crate) const DEFAULT_DEPTH: usize = 128;

/// The schemas that are written for all traits that describe types. Beyond: an error, `unfit-derive`.
pub(crate) const DESCRIPTIONS: usize = 1 << 20;

/// How deep schemas may lie in each other in one of these. Beyond: an error, `unfit-derive`.
pub(crate) const DESCRIPTION_DEPTH: usize = 120;

/// How deep arrays and objects may lie in each other in the text of one of these: emitted code reads it with `serde_json`, which
/// goes no deeper. Beyond: an error, `unfit-derive`.
pub(crate) const JSON_TEXT_DEPTH: usize = 127;

/// How deep a value may nest to be compared with a type: readers of JSON take no deeper ones. Beyond: it does not fit.
pub(crate) const VALUE_DEPTH: usize = 127;

/// How many types may be on the way to a part of a value: several for each step into it. Beyond: it does not fit.
pub(crate) const VALUE_TYPES: usize = 2_000;

/// How many ways in which a value does not fit its type are told. Beyond: none, until these are corrected.
pub(crate) const MISFITS: usize = 10_000;

/// Bytes of an exchange or a payload of recorded traffic. Beyond: it is left out, and counted.
pub(crate) const RECORD: usize = 64 << 20;

/// Bytes of a recorded body that is compared with the document. Beyond: it is not, and is counted. Its values take some
/// forty times as much memory in the worst case.
pub(crate) const BODY: usize = 16 << 20;

/// Bytes of a recorded body that is tested. Beyond: it is not, `traffic-left-out`.
pub(crate) const SAMPLE: usize = 256 << 10;

/// Bytes of all recorded exchanges that are tested. Beyond: those that come later are not, `traffic-left-out`.
pub(crate) const SAMPLES: usize = 8 << 20;

/// How deep types without a name are spelled in each other: `JSON_DEPTH` is met long before.
pub(crate) const SPELLED_DEPTH: usize = 256;

/// How far schemas are looked into to answer one question about them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Depth {
    /// The last depth that is looked at.
    pub most: usize,
    /// What is not known beyond it.
    pub message: &'static str,
    /// What is taken for it.
    pub help: &'static str,
}

/// Wrappers around a reference.
pub(crate) const WRAPPERS: Depth = Depth {
    most: 64,
    message: "schemas wrap a reference too deeply here",
    help: "the type is not the one that is referred to, but one of its own; refer to the schema directly",
};

/// References and branches to look through for `null`.
pub(crate) const NULLABILITY: Depth = Depth {
    most: 64,
    message: "schemas nest too deeply here to tell whether `null` is allowed",
    help: "what lies deeper does not allow it; say `null` further outside",
};

/// References and branches to look through for the JSON types of a schema.
pub(crate) const JSON_TYPES: Depth = Depth {
    most: 64,
    message: "schemas nest too deeply here to tell which JSON types are allowed",
    help: "all are taken to be; name the `type` further outside",
};

/// Branches to look through for whether they say anything but types.
pub(crate) const BARE_TYPES: Depth = Depth {
    most: 8,
    message: "branches that only name types nest too deeply here",
    help: "they are taken to say more than types; write one `type`",
};

/// Inline unions in inline unions that are one union.
pub(crate) const INLINE_UNIONS: Depth = Depth {
    most: 15,
    message: "unions nest too deeply in each other here",
    help: "the inner one is emitted as a union of its own; write one list of branches",
};

/// Schemas to look through for the files of a form.
pub(crate) const FORM_FILES: Depth = Depth {
    most: 15,
    message: "schemas nest too deeply here to tell whether the field is a file",
    help: "it is emitted as text; write the field's schema in place",
};

/// Branches to look through for the fields of an event.
pub(crate) const EVENT_FIELDS: Depth = Depth {
    most: 32,
    message: "schemas nest too deeply here to tell which fields an event has",
    help: "what lies deeper is not looked at; name the fields further outside",
};

/// Parts of `allOf` to look through for what is said of a property.
pub(crate) const ANNOTATIONS: Depth = Depth {
    most: 7,
    message: "`allOf` nests too deeply here for titles, descriptions and defaults",
    help: "those that lie deeper are left out; write them further outside",
};

/// Inline parts of `allOf` to look through for parents.
pub(crate) const PARENTS: Depth = Depth {
    most: 63,
    message: "`allOf` nests too deeply here to look for parents",
    help: "schemas that are referred to deeper are not taken for parents; refer to them in the outer `allOf`",
};

/// A chain of components that are only other names for each other.
pub(crate) const REPETITIONS: Depth = Depth {
    most: 63,
    message: "too many schemas only refer to another schema here",
    help: "the last of them is taken for the schema itself; refer to the first schema directly",
};
