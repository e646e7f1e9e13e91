//! What the parts of a page, and the parameters that get another one, have to be.

use super::draft::DraftGraph;
use crate::ir::{Scalar, Shape, TypeId};

/// What a part of a page is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The items.
    List,
    /// A cursor or a count: a text or a number.
    Value,
    /// A URL.
    Text,
    /// Whether there is more.
    Flag,
}

impl Wanted {
    /// What it is called in a message.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::List => "a list",
            Self::Value => "a text or a number",
            Self::Text => "a text",
            Self::Flag => "true or false",
        }
    }

    /// Whether a value of this type may be read as that. Of some types it is known only when the value is there.
    pub(super) fn may_be(self, draft: &DraftGraph, id: TypeId) -> bool {
        match &draft.get(draft.unaliased(id)).shape {
            Shape::Any(_) | Shape::External(_) | Shape::Union(_) | Shape::Newtype { .. } => true,
            Shape::List(_) | Shape::Tuple(_) => self == Self::List,
            Shape::Struct(_) | Shape::Map(_) => false,
            Shape::Scalar(scalar) => self.may_be_scalar(*scalar),
            Shape::Enum(_) => self != Self::List,
            // An alias has been followed.
            Shape::Alias(_) => true,
        }
    }

    fn may_be_scalar(self, scalar: Scalar) -> bool {
        match scalar {
            Scalar::Boolean => self == Self::Flag,
            Scalar::Integer(_) | Scalar::Float(_) => matches!(self, Self::Value | Self::Flag),
            Scalar::String
            | Scalar::Secret
            | Scalar::Uuid
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Base64
            | Scalar::Binary => self != Self::List,
            // The document shows a last page.
            Scalar::Null => true,
        }
    }
}
