//! The constraints of a document as tables, and whether a value satisfies a constraint.

use super::decimal::Decimal;
use super::scalar::Scalar;
use regress::Regex;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The constraints of a value and of what is in it.
///
/// ```text
/// { maxItems: 10, uniqueItems; *: { minLength: 1, pattern: "^[a-z]+$" }; }
/// ```
///
/// First come the constraints of the value itself, by the keywords of the document, then those of its parts. A part is
/// named by its property or, in a tuple, by its index: `"name", "title": { minLength: 1 };`. `*` is every item, and
/// every property without a field. `[secret]` at the beginning says that no part of the value may be shown.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no constraints")]
macro_rules! rules {
    () => { runtime::Rules::NONE };
    ({ $([$secret:ident])? $($keyword:ident $(: $limit:literal)?),* $(,)? }) => {
        runtime::rules!({ $([$secret])? $($keyword $(: $limit)?),*; })
    };
    ({
        $([$secret:ident])?
        $($keyword:ident $(: $limit:literal)?),* $(;)?
        $($($name:literal),+ : $named:tt;)*
        $(* : $each:tt;)?
    }) => {
        runtime::Rules {
            secret: runtime::object_part!(secret $($secret)?),
            own: &[$(runtime::rule!($keyword $($limit)?)),*],
            named: &[$((&[$($name),+], runtime::rules!($named))),*],
            each: &[$(runtime::rules!($each))?],
        }
    };
}
pub(crate) use rules;

/// One constraint of the macro [`rules!`](crate::rules).
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no constraints")]
macro_rules! rule {
    (minimum $limit:literal) => {
        runtime::Rule::Minimum(runtime::Literal($limit).get())
    };
    (exclusiveMinimum $limit:literal) => {
        runtime::Rule::ExclusiveMinimum(runtime::Literal($limit).get())
    };
    (maximum $limit:literal) => {
        runtime::Rule::Maximum(runtime::Literal($limit).get())
    };
    (exclusiveMaximum $limit:literal) => {
        runtime::Rule::ExclusiveMaximum(runtime::Literal($limit).get())
    };
    (multipleOf $limit:literal) => {
        runtime::Rule::MultipleOf(runtime::Literal($limit).get())
    };
    (minLength $limit:literal) => {
        runtime::Rule::MinLength($limit)
    };
    (maxLength $limit:literal) => {
        runtime::Rule::MaxLength($limit)
    };
    (pattern $limit:literal) => {
        runtime::Rule::Pattern($limit)
    };
    (minItems $limit:literal) => {
        runtime::Rule::MinItems($limit)
    };
    (maxItems $limit:literal) => {
        runtime::Rule::MaxItems($limit)
    };
    (uniqueItems) => {
        runtime::Rule::UniqueItems
    };
    (minProperties $limit:literal) => {
        runtime::Rule::MinProperties($limit)
    };
    (maxProperties $limit:literal) => {
        runtime::Rule::MaxProperties($limit)
    };
}
pub(crate) use rule;

/// The constraints of a value and of what is in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Whether the value must not be shown.
    pub secret: bool,
    /// The constraints of the value itself.
    pub own: &'static [Rule],
    /// Those of its parts, by their names.
    pub named: &'static [(&'static [&'static str], Rules)],
    /// Those of every item, and of every property without a field: one table or none.
    pub each: &'static [Rules],
}

impl Rules {
    /// No constraints.
    pub const NONE: Rules = Rules { secret: false, own: &[], named: &[], each: &[] };

    /// The constraints of a part with this name.
    pub(super) fn named(&self, name: &str) -> Option<&'static Rules> {
        self.named.iter().find(|(names, _)| names.contains(&name)).map(|(_, rules)| rules)
    }
}

/// A constraint (JSON Schema validation §6).
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// `minimum`.
    Minimum(Scalar<'static>),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Scalar<'static>),
    /// `maximum`.
    Maximum(Scalar<'static>),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Scalar<'static>),
    /// `multipleOf`.
    MultipleOf(Scalar<'static>),
    /// `minLength`, in code points.
    MinLength(usize),
    /// `maxLength`, in code points.
    MaxLength(usize),
    /// `pattern`, a regular expression of ECMA-262.
    Pattern(&'static str),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
}

impl Rule {
    /// The keyword of JSON Schema.
    pub fn keyword(&self) -> &'static str {
        match self {
            Rule::Minimum(_) => "minimum",
            Rule::ExclusiveMinimum(_) => "exclusiveMinimum",
            Rule::Maximum(_) => "maximum",
            Rule::ExclusiveMaximum(_) => "exclusiveMaximum",
            Rule::MultipleOf(_) => "multipleOf",
            Rule::MinLength(_) => "minLength",
            Rule::MaxLength(_) => "maxLength",
            Rule::Pattern(_) => "pattern",
            Rule::MinItems(_) => "minItems",
            Rule::MaxItems(_) => "maxItems",
            Rule::UniqueItems => "uniqueItems",
            Rule::MinProperties(_) => "minProperties",
            Rule::MaxProperties(_) => "maxProperties",
        }
    }

    /// Whether a number satisfies the constraint. Constraints for other JSON types are ignored.
    pub(super) fn allows_number(&self, number: Decimal) -> bool {
        let is = |limit: &Scalar<'_>, keeps: fn(Decimal, Decimal) -> bool| {
            Decimal::of(*limit).is_none_or(|limit| keeps(number, limit))
        };
        match self {
            Rule::Minimum(limit) => is(limit, |number, limit| number >= limit),
            Rule::ExclusiveMinimum(limit) => is(limit, |number, limit| number > limit),
            Rule::Maximum(limit) => is(limit, |number, limit| number <= limit),
            Rule::ExclusiveMaximum(limit) => is(limit, |number, limit| number < limit),
            Rule::MultipleOf(step) => is(step, Decimal::is_multiple_of),
            Rule::MinLength(_) | Rule::MaxLength(_) | Rule::Pattern(_) | Rule::MinItems(_) => true,
            Rule::MaxItems(_) | Rule::UniqueItems | Rule::MinProperties(_) | Rule::MaxProperties(_) => true,
        }
    }

    /// Whether a string satisfies the constraint.
    pub(super) fn allows_text(&self, text: &str) -> bool {
        match self {
            Rule::MinLength(least) => text.chars().take(*least).count() == *least,
            Rule::MaxLength(most) => text.len() <= *most || text.chars().nth(*most).is_none(),
            Rule::Pattern(pattern) => compiled(pattern).is_none_or(|regex| regex.find(text).is_some()),
            Rule::Minimum(_) | Rule::ExclusiveMinimum(_) | Rule::Maximum(_) => true,
            Rule::ExclusiveMaximum(_) | Rule::MultipleOf(_) | Rule::MinItems(_) | Rule::MaxItems(_) => true,
            Rule::UniqueItems | Rule::MinProperties(_) | Rule::MaxProperties(_) => true,
        }
    }

    /// Whether an array of this length satisfies the constraint. `uniqueItems` does not depend on the length.
    pub(super) fn allows_items(&self, count: usize) -> bool {
        match self {
            Rule::MinItems(least) => count >= *least,
            Rule::MaxItems(most) => count <= *most,
            Rule::Minimum(_) | Rule::ExclusiveMinimum(_) | Rule::Maximum(_) => true,
            Rule::ExclusiveMaximum(_) | Rule::MultipleOf(_) | Rule::MinLength(_) => true,
            Rule::MaxLength(_) | Rule::Pattern(_) | Rule::UniqueItems => true,
            Rule::MinProperties(_) | Rule::MaxProperties(_) => true,
        }
    }

    /// Whether an object with this many properties satisfies the constraint.
    pub(super) fn allows_properties(&self, count: usize) -> bool {
        match self {
            Rule::MinProperties(least) => count >= *least,
            Rule::MaxProperties(most) => count <= *most,
            Rule::Minimum(_) | Rule::ExclusiveMinimum(_) | Rule::Maximum(_) => true,
            Rule::ExclusiveMaximum(_) | Rule::MultipleOf(_) | Rule::MinLength(_) => true,
            Rule::MaxLength(_) | Rule::Pattern(_) | Rule::MinItems(_) => true,
            Rule::MaxItems(_) | Rule::UniqueItems => true,
        }
    }
}

/// The keyword and its value: `minLength 1`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keyword = self.keyword();
        match self {
            Rule::Minimum(limit)
            | Rule::ExclusiveMinimum(limit)
            | Rule::Maximum(limit)
            | Rule::ExclusiveMaximum(limit)
            | Rule::MultipleOf(limit) => write!(f, "{keyword} {limit}"),
            Rule::MinLength(limit)
            | Rule::MaxLength(limit)
            | Rule::MinItems(limit)
            | Rule::MaxItems(limit)
            | Rule::MinProperties(limit)
            | Rule::MaxProperties(limit) => write!(f, "{keyword} {limit}"),
            Rule::Pattern(pattern) => write!(f, "{keyword} `{pattern}`"),
            Rule::UniqueItems => f.write_str(keyword),
        }
    }
}

/// Compiled patterns, by their text.
type Compiled = HashMap<&'static str, Option<Arc<Regex>>>;

/// The patterns that were used so far.
static COMPILED: LazyLock<Mutex<Compiled>> = LazyLock::new(Mutex::default);

/// A pattern. The generator leaves out those that cannot be compiled.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let mut known = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(pattern).or_insert_with(|| compile(pattern).map(Arc::new)).clone()
}

/// Documents write patterns with the flag `u` in mind, which has `\p{L}`, or without, where more may be escaped.
fn compile(pattern: &str) -> Option<Regex> {
    ["u", ""].into_iter().find_map(|flags| Regex::with_flags(pattern, flags).ok())
}
