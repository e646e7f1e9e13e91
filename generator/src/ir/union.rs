//! Unions, and how a reader picks the variant.

use super::{Docs, TypeRef};
use crate::diagnostics::Location;

/// One of several types (`oneOf`, `anyOf`, or an inheritance root).
#[derive(Debug, Clone)]
pub struct Union {
    /// The variants, in document order.
    pub variants: Vec<Variant>,
    /// How a reader picks one.
    pub reading: TypeSelection,
}

/// One branch of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Where its name comes from.
    pub name: VariantName,
    /// The Rust name from the settings.
    pub asked: Option<String>,
    /// Its content. Never nullable: `null` branches were taken out of the union.
    pub ty: TypeRef,
    /// Whether this edge closes a cycle, or the content is so much larger than its siblings that it is boxed.
    pub boxed: bool,
    /// Its documentation.
    pub docs: Docs,
    /// Where the branch is defined.
    pub location: Location,
}

/// Where the name of a variant comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariantName {
    /// The Rust name of its content.
    OfType,
    /// These words (a title, a tag value, a JSON type).
    Words(String),
}

/// How a reader picks the variant, by the JSON type that it finds. An empty list refuses that type.
#[derive(Debug, Clone, Default)]
pub struct TypeSelection {
    /// For `true` and `false`: variant indices, tried in order.
    pub boolean: Vec<usize>,
    /// For integers: variant indices, tried in order.
    pub integer: Vec<usize>,
    /// For numbers with a fraction or an exponent: variant indices, tried in order.
    pub number: Vec<usize>,
    /// For strings: variant indices, tried in order, most constrained first.
    pub string: Vec<usize>,
    /// For arrays: variant indices; among several, the best fit (see [`VariantSelection::BestMatch`]).
    pub array: Vec<usize>,
    /// For objects.
    pub object: VariantSelection,
}

impl TypeSelection {
    /// Whether a value of some JSON type selects a variant.
    pub fn is_decided(&self) -> bool {
        let lists = [&self.boolean, &self.integer, &self.number, &self.string, &self.array];
        let takes_objects = match &self.object {
            VariantSelection::None => false,
            VariantSelection::Single(_) | VariantSelection::Tagged(_) | VariantSelection::BestMatch(_) => {
                true
            }
        };
        takes_objects || lists.into_iter().any(|list| !list.is_empty())
    }
}

/// How a reader picks the variant for an object.
#[derive(Debug, Clone, Default)]
pub enum VariantSelection {
    /// No branch takes an object.
    #[default]
    None,
    /// Only one branch does.
    Single(usize),
    /// A property names the variant.
    Tagged(Tagged),
    /// The best fit: of the candidates that read without an error the one that leaves the fewest properties
    /// unread, an earlier one on a tie.
    BestMatch(Vec<Candidate>),
}

/// A variant that may be read, and what can be said of it without trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The variant's index.
    pub variant: usize,
    /// Properties without which the variant refuses an object.
    pub required: Vec<String>,
}

/// A property names the variant.
#[derive(Debug, Clone)]
pub struct Tagged {
    /// The property's name on the wire.
    pub property: String,
    /// The known tag values, in the order of the variants. A value stands here once.
    pub arms: Vec<TagArm>,
    /// The candidates for an object without the property: the best fit is taken, and without a fit it is an error.
    pub missing: Vec<Candidate>,
    /// What an object with a tag value that no arm knows is.
    pub otherwise: Otherwise,
}

/// A tag value and the variants that it may name.
#[derive(Debug, Clone)]
pub struct TagArm {
    /// The value on the wire.
    pub value: TagValue,
    /// Usually one; several when branches share a tag value, and then the best fit among them is taken.
    pub variants: Vec<Candidate>,
}

impl Tagged {
    /// The values of the tag that may name a variant.
    pub fn values_of(&self, variant: usize) -> impl Iterator<Item = &TagValue> {
        let names = move |arm: &&TagArm| arm.variants.iter().any(|named| named.variant == variant);
        self.arms.iter().filter(names).map(|arm| &arm.value)
    }
}

/// A value of a tag property.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TagValue {
    /// A string, the usual case.
    String(String),
    /// An integer.
    Integer(i128),
    /// A boolean.
    Boolean(bool),
}

/// The value without quotes.
impl std::fmt::Display for TagValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TagValue::String(text) => f.write_str(text),
            TagValue::Integer(value) => write!(f, "{value}"),
            TagValue::Boolean(value) => write!(f, "{value}"),
        }
    }
}

/// What an object with an unknown tag value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// Kept whole in an additional `Unknown` variant and written back unchanged.
    Unknown,
    /// Refused.
    Refuse,
    /// This variant (`defaultMapping`, OpenAPI 3.2 §4.25).
    Variant(usize),
}
