//! Warnings that are expected and therefore hidden.

use std::fmt;

/// A warning that is expected, everywhere or in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allow {
    /// The warning's code.
    pub code: String,
    /// Where it is expected: in component schemas, by name, or at a place (`#/paths/~1pets`) and below; `*` matches any
    /// text. `None` means everywhere.
    pub within: Option<String>,
    /// The byte offset in the text of the settings, if the entry is from there.
    pub offset: Option<usize>,
}

impl Allow {
    /// Hides the warnings with this code.
    ///
    /// # Errors
    /// If no warning has this code.
    pub fn new(code: &str, within: Option<&str>) -> Result<Self, UnknownCode> {
        if WARNINGS.contains(&code) {
            return Ok(Self { code: code.to_owned(), within: within.map(str::to_owned), offset: None });
        }
        Err(UnknownCode(code.to_owned()))
    }
}

/// The error for a text that is not the code of a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode(String);

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not the code of a warning", self.0)
    }
}

impl std::error::Error for UnknownCode {}

/// The codes of all warnings. `docs/diagnostics.md` explains them.
pub const WARNINGS: &[&str] = &[
    "beside-reference",
    "conflicting-all-of",
    "dangling-mapping",
    "dangling-reference",
    "default-does-not-fit",
    "duplicate-key",
    "enum-value-type",
    "example-does-not-fit",
    "excluded-but-needed",
    "ignored-discriminator",
    "items-as-choice",
    "large-default",
    "mapping-contradicts-constant",
    "mapping-contradicts-type",
    "mapping-outside-union",
    "misleading-derive",
    "missing-dependency",
    "moved-operation",
    "name-taken",
    "nested-deep-object",
    "open-tuple",
    "overlay-no-effect",
    "reference-loop",
    "structured-enum",
    "too-deep",
    "traffic-does-not-fit",
    "traffic-left-out",
    "unfit-pages",
    "unfit-path-parameter",
    "union-too-wide",
    "unknown-security",
    "unknown-server-variable",
    "unknown-status",
    "unknown-type",
    "unreachable-branch",
    "unreadable-keyword",
    "unreadable-object",
    "unreadable-operation",
    "unreadable-parameter",
    "unreadable-path-item",
    "unreadable-pattern",
    "unreadable-schema",
    "unreadable-security",
    "unsupported-keyword",
    "unsupported-parameter",
    "unused-setting",
];
