//! Compares a property that is a constant on one side and a field on the other.

use serde_json::Value;

use super::change::Cases;
use super::field::{
    ABSENT_READ, ABSENT_WRITTEN, NULL_READ, NULL_WRITTEN, Slot, VALUE_READ, VALUE_WRITTEN, first,
};
use super::fits::Reader;
use super::model::Effect;
use super::side::Side;
use super::values;

pub(super) const OTHER_VALUE: &str = "the expected value is different";

/// A property with a constant value, which is always written.
#[derive(Clone, Copy)]
pub(super) struct Fixed<'v> {
    pub(super) value: &'v Value,
    /// Whether it is required.
    pub(super) required: bool,
}

/// The effects if a constant became a field of `side`.
pub(super) fn became_field(side: &Side<'_>, old: Fixed<'_>, new: &Slot<'_>) -> Cases {
    Cases {
        read_by_old: read_as_constant(side, old, new),
        read_by_new: read_as_field(side, old, new),
        written_by_old: written_to_field(side, old, new),
        written_by_new: written_to_constant(side, old, new),
    }
}

/// The effects if a field of `side` became a constant.
pub(super) fn became_constant(side: &Side<'_>, old: &Slot<'_>, new: Fixed<'_>) -> Cases {
    Cases {
        read_by_old: read_as_field(side, new, old),
        read_by_new: read_as_constant(side, new, old),
        written_by_old: written_to_constant(side, new, old),
        written_by_new: written_to_field(side, new, old),
    }
}

/// The effect on models that expect the constant, when a server sends the field.
fn read_as_constant(side: &Side<'_>, constant: Fixed<'_>, field: &Slot<'_>) -> Option<Effect> {
    first(&[
        (!constant.required || !field.may_be_absent(), ABSENT_READ),
        (!side.nullable(field.ty), NULL_READ),
        (values::is_only(side, constant.value, field.ty), OTHER_VALUE),
    ])
}

/// The effect on models that have the field, when a server sends the constant.
fn read_as_field(side: &Side<'_>, constant: Fixed<'_>, field: &Slot<'_>) -> Option<Effect> {
    first(&[
        (constant.required || field.may_be_absent(), ABSENT_READ),
        (values::constant_fits(side, Reader::Models, constant.value, field.ty), VALUE_READ),
    ])
}

/// The effect on a server that expects the field, when the models write the constant.
fn written_to_field(side: &Side<'_>, constant: Fixed<'_>, field: &Slot<'_>) -> Option<Effect> {
    first(&[(values::constant_fits(side, Reader::Peer, constant.value, field.ty), VALUE_WRITTEN)])
}

/// The effect on a server that expects the constant, when the models write the field.
fn written_to_constant(side: &Side<'_>, constant: Fixed<'_>, field: &Slot<'_>) -> Option<Effect> {
    first(&[
        (!constant.required || !field.may_be_left_out(), ABSENT_WRITTEN),
        (!field.may_be_null(side), NULL_WRITTEN),
        (values::is_only(side, constant.value, field.ty), OTHER_VALUE),
    ])
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_field_that_becomes_a_constant() {
        check_diff!(
            "
                Pet: { type: object, required: [kind], properties: { kind: { type: string } } }
            ",
            "
                Pet: { type: object, required: [kind], properties: { kind: { const: pet } } }
            ",
            @r#"
            Test 1 -> 1: major (source major, wire major)
            1 change breaks something, 1 does not

            Breaks:
              Pet
                field `kind` removed: `String` -> `always "pet"`
                  reading, writing: it is no longer a field
                  old code with the new server, new code with the old server: the expected value is different

            Breaks nothing:
              Pet
                `Default` added
            "#
        );
    }
}
