//! Checks whether a single value can be read as a type.

use serde_json::Value;

use super::fits::Reader;
use super::side::Side;
use crate::ir::accept::{Content, Part, enum_value};
use crate::ir::{Enum, Scalar, TypeRef, accept};

/// How an enum reads a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// As one of its listed values.
    Known,
    /// As an unknown value, which is kept.
    Kept,
    Refused,
}

/// How an enum reads `value`.
pub(super) fn taken(shape: &Enum, reader: Reader, value: &Value) -> Taken {
    match enum_value(shape, value) {
        Ok(Some(_)) => Taken::Known,
        Ok(None) if reader == Reader::Models || shape.extensible => Taken::Kept,
        Ok(None) | Err(_) => Taken::Refused,
    }
}

/// Whether a constant can be read as a type of `side`.
pub(super) fn constant_fits(side: &Side<'_>, reader: Reader, value: &Value, to: TypeRef) -> bool {
    let Ok(accepted) = accept(side.graph, to, value) else { return false };
    let mut fits = true;
    accepted.visit(value, &mut |_, part| fits &= part_fits(side, reader, part));
    fits
}

/// Whether the reader accepts a part of a value that the models accept.
fn part_fits(side: &Side<'_>, reader: Reader, part: Part<'_>) -> bool {
    match (part, reader) {
        // What a user's type reads is unknown.
        (Part::Content(Content::External(_)), _) => false,
        (Part::Content(_) | Part::Skipped(_), Reader::Models) => true,
        (Part::Content(Content::UnknownValue(id)), Reader::Peer) => {
            side.shape(*id).as_enum().is_some_and(|shape| shape.extensible)
        }
        (Part::Content(Content::UnknownVariant(_)), Reader::Peer) => false,
        // A server decodes what the models keep as text, and may be strict about the format of dates.
        (Part::Content(Content::Scalar { kind, written }), Reader::Peer) => {
            *kind != Scalar::Base64 && written.is_none()
        }
        (Part::Content(_), Reader::Peer) => true,
        (Part::Skipped(id), Reader::Peer) => side.shape(id).as_struct().is_none_or(|shape| !shape.closed),
    }
}

/// Whether this is the only value of a type.
pub(super) fn is_only(side: &Side<'_>, value: &Value, ty: TypeRef) -> bool {
    let ty = side.graph.unaliased(ty);
    let values = side.shape(ty.id).as_enum().map_or(&[][..], |shape| &shape.values);
    !ty.nullable && !values.is_empty() && values.iter().all(|known| side.json(&known.wire) == *value)
}
