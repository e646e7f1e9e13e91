//! Constant values, already matched with the type that they are values of.

use super::TypeId;

/// A constant value of a type of the graph (a default, a constant, an enum value).
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`: `None` of a nullable use.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// A floating-point number.
    Float(f64),
    /// A string; also the text of a value that is parsed from a string (`uuid`, `date-time`, base64, secret), which
    /// `resolve` has checked to parse.
    String(String),
    /// A value of an enum: the index into its values.
    EnumValue(TypeId, usize),
    /// A value of an open enum that its schema does not name.
    UnknownEnumValue(TypeId, Box<Literal>),
    /// The elements of a list or of a tuple.
    List(Vec<Literal>),
    /// The entries of a map.
    Map(Vec<(String, Literal)>),
    /// A struct: property indices and their values, where they differ from the struct's own defaults, and the properties
    /// that it keeps without naming them.
    Struct(TypeId, Vec<(usize, Literal)>, Vec<(String, Literal)>),
    /// A variant of a union, by index, and its content.
    Variant(TypeId, usize, Box<Literal>),
    /// An object that a union keeps whole, since its tag is none of those that the union has.
    UnknownVariant(TypeId, serde_json::Value),
    /// Any JSON value.
    Any(serde_json::Value),
}
