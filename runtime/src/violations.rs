//! The constraints that a value violates.

use super::rules::Rule;
use std::fmt;

/// The constraints that a value violates, at least one, in the order in which the value is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// `Ok` if the list is empty.
    pub(super) fn or_ok(found: Vec<Violation>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Violations(found)) }
    }

    /// The violations.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// `2 constraints are violated: /name: minLength 1, found ""; /tags: maxItems 10, found 12 items`.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => f.write_str("a constraint is violated: ")?,
            count => write!(f, "{count} constraints are violated: ")?,
        }
        for (index, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if index > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// A constraint that a value violates.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    pub(super) pointer: String,
    pub(super) rule: Rule,
    pub(super) found: String,
}

impl Violation {
    /// Where the value is: a JSON pointer (RFC 6901), empty for the value that was checked. It ends at a secret, since
    /// the names inside a secret may be part of it.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The constraint.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The keyword of the constraint: `minLength`.
    pub fn keyword(&self) -> &'static str {
        self.rule.keyword()
    }

    /// The value as JSON, if it is a number or a string; at most 64 characters of a string are shown. Otherwise `12
    /// items` for an array, `3 properties` for an object, `items 0 and 2` for an array in which these two are equal,
    /// and `a secret` for a value that must not be shown.
    pub fn found(&self) -> &str {
        &self.found
    }
}

/// `/name: minLength 1, found ""`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { pointer, rule, found } = self;
        match pointer.as_str() {
            "" => write!(f, "{rule}, found {found}"),
            pointer => write!(f, "{pointer}: {rule}, found {found}"),
        }
    }
}
