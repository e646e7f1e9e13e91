//! Whether a single value is read as a type.

use serde_json::Value;

use super::fits::Reader;
use super::side::Side;
use crate::ir::accept::{Content, Part, enum_value};
use crate::ir::{Enum, Scalar, TypeRef, accept};

/// What becomes of a value that an enum gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The document names it.
    Known,
    /// It is kept as one that the document does not name.
    Kept,
    Refused,
}

/// What becomes of `value` in an enum.
pub(super) fn taken(shape: &Enum, reader: Reader, value: &Value) -> Taken {
    match enum_value(shape, value) {
        Ok(Some(_)) => Taken::Known,
        Ok(None) if reader == Reader::Models || shape.extensible => Taken::Kept,
        Ok(None) | Err(_) => Taken::Refused,
    }
}

/// Whether a constant is read as a type of `side`.
pub(super) fn constant_fits(side: &Side<'_>, reader: Reader, value: &Value, to: TypeRef) -> bool {
    let Ok(accepted) = accept(side.graph, to, value) else { return false };
    let mut fits = true;
    accepted.visit(value, &mut |_, part| fits &= part_fits(side, reader, part));
    fits
}

/// Whether a part of a value that the models take is taken by the reader in question.
fn part_fits(side: &Side<'_>, reader: Reader, part: Part<'_>) -> bool {
    match (part, reader) {
        // What the user's types read is the user's business.
        (Part::Content(Content::External(_)), _) => false,
        (Part::Content(_) | Part::Skipped(_), Reader::Models) => true,
        (Part::Content(Content::UnknownValue(id)), Reader::Peer) => {
            side.shape(*id).as_enum().is_some_and(|shape| shape.extensible)
        }
        (Part::Content(Content::UnknownVariant(_)), Reader::Peer) => false,
        // A server decodes what the models keep as text, and may be strict about the form of dates.
        (Part::Content(Content::Scalar { kind, written }), Reader::Peer) => {
            *kind != Scalar::Base64 && written.is_none()
        }
        (Part::Content(_), Reader::Peer) => true,
        (Part::Skipped(id), Reader::Peer) => side.shape(id).as_struct().is_none_or(|shape| !shape.closed),
    }
}

/// Whether a type has no value but this one.
pub(super) fn is_only(side: &Side<'_>, value: &Value, ty: TypeRef) -> bool {
    let ty = side.graph.unaliased(ty);
    let values = side.shape(ty.id).as_enum().map_or(&[][..], |shape| &shape.values);
    !ty.nullable && !values.is_empty() && values.iter().all(|known| side.json(&known.wire) == *value)
}
