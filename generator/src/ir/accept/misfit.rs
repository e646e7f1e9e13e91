//! Why a type refuses a value. No message shows the value itself, which may be a secret.

use std::fmt;

use serde_json::Value;

use super::nodes::{NodeId, Nodes};
use crate::diagnostics::Pointer;
use crate::ir::TypeId;
use crate::number;

/// Why a type refuses a value. For a union, the reason is that of the closest branch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misfit {
    /// The place in the value.
    pub at: Pointer,
    /// The type that refuses what is there.
    pub ty: TypeId,
    /// The innermost property that leads there or is missing there: a struct and the index of its property.
    pub property: Option<(TypeId, usize)>,
    /// What is wrong.
    pub reason: Reason,
    /// How many other branches the innermost union has that refuses the value.
    pub others: usize,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It has another JSON type or form.
    Expected {
        /// What should be there, with its article.
        what: &'static str,
        /// What is there, with its article.
        found: &'static str,
    },
    /// No branch of the union takes this JSON type.
    NoBranch {
        /// What is there, with its article.
        found: &'static str,
    },
    /// A required property is missing.
    Missing(String),
    /// The struct refuses properties that it does not name.
    UnknownProperty,
    /// The enum refuses values that it does not name.
    UnknownValue,
    /// A constant property has another value.
    OtherConstant,
    /// No branch of the union has this tag.
    UnknownTag,
    /// An array has another length than the tuple.
    Length {
        /// The number of elements that the tuple has.
        expected: usize,
        /// The number of elements that the array has.
        found: usize,
    },
    /// An integer is beyond those of the type.
    OutOfRange,
    /// The library that stands for dates does not have this time.
    OutOfReach,
    /// An alias that leads back to itself.
    Loop,
    /// Arrays and objects lie too deep in each other, or too many unions in each other.
    TooDeep,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { what, found } => write!(f, "expected {what}, found {found}"),
            Self::NoBranch { found } => write!(f, "no variant of the union accepts {found}"),
            Self::Missing(property) => write!(f, "`{property}` is missing"),
            Self::UnknownProperty => f.write_str("the schema does not declare this property"),
            Self::UnknownValue => f.write_str("it is not one of the values that the schema names"),
            Self::OtherConstant => f.write_str("it is not the value that the schema names"),
            Self::UnknownTag => f.write_str("no variant of the union has this tag"),
            Self::Length { expected, found } => write!(f, "expected {expected} items, found {found}"),
            Self::OutOfRange => f.write_str("the integer is out of range"),
            Self::OutOfReach => f.write_str("the configured date library cannot represent this time"),
            Self::Loop => f.write_str("the type is an alias of itself"),
            Self::TooDeep => f.write_str("it nests too deeply"),
        }
    }
}

/// The place, if it is not the whole value, and the reason.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.to_string();
        if !at.is_empty() {
            write!(f, "`{at}`: ")?;
        }
        self.reason.fmt(f)?;
        match self.others {
            0 => Ok(()),
            1 => f.write_str(" (1 other branch does not fit either)"),
            others => write!(f, " ({others} other branches do not fit either)"),
        }
    }
}

/// A misfit before its place is written down.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) node: NodeId,
    pub(super) ty: TypeId,
    pub(super) property: Option<(TypeId, usize)>,
    pub(super) reason: Reason,
    pub(super) others: usize,
}

impl Fault {
    pub(super) fn new(node: NodeId, ty: TypeId, reason: Reason) -> Self {
        Self { node, ty, property: None, reason, others: 0 }
    }

    pub(super) fn misfit(&self, nodes: &Nodes<'_>) -> Misfit {
        let Self { node, ty, property, reason, others } = self.clone();
        Misfit { at: nodes.pointer(node), ty, property, reason, others }
    }
}

/// That something else was expected.
pub(super) fn expected(what: &'static str, found: &Value) -> Reason {
    Reason::Expected { what, found: kind(found) }
}

/// What a value is, with its article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) if number::wide(value).is_some() => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
