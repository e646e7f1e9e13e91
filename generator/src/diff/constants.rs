//! Compares enums of constants.

use std::collections::HashMap;

use serde_json::Value;

use super::Options;
use super::change::Cases;
use super::model::{Change, Effect, Kind, On};
use super::pairing::Pairing;
use super::side::Side;
use crate::ir::accept::unnamed;
use crate::ir::flow::Flow;
use crate::ir::{Enum, EnumKind, IntegerKind, TypeId};
use crate::number;

const UNKNOWN_READ: &str = "an unknown value is an error";
const UNKNOWN_WRITTEN: &str = "the server refuses an unknown value";
const KEPT: &str = "the value is kept as an unknown one";
pub(super) const EXHAUSTIVE: &str = "exhaustive matches do not cover it";

/// The changes of an enum.
pub(super) fn compare(
    pairing: &Pairing<'_>,
    options: Options,
    flow: Flow,
    (old_id, old): (TypeId, &Enum),
    (new_id, new): (TypeId, &Enum),
) -> Vec<Change> {
    let mut changes = Vec::new();
    if kind_text(old) != kind_text(new) {
        let change = Change::new(On::Type, Kind::Retyped)
            .before(kind_text(old))
            .after(kind_text(new))
            .breaks_source("its values are of another type");
        changes.push(change);
    }
    // Matched by their text in a map, since an enum may have very many values.
    let texts = |side: &Side<'_>, of: &Enum| -> Vec<String> {
        of.values.iter().map(|value| number::text(&side.json(&value.wire))).collect()
    };
    let (before, after) = (texts(&pairing.old, old), texts(&pairing.new, new));
    let places = |texts: &[String]| -> HashMap<String, usize> {
        texts.iter().enumerate().map(|(index, text)| (text.clone(), index)).collect()
    };
    let (in_old, in_new) = (places(&before), places(&after));
    for (index, wire) in after.iter().enumerate() {
        let name = pairing.new.names.member(new_id, index);
        let Some(&other) = in_old.get(wire) else {
            let read_by_old = read_as_unknown(old, &pairing.new.json(&new.values[index].wire));
            let change = added(options, old.open, name, wire);
            changes.push(change.on_wire(Cases { read_by_old, ..Cases::default() }.along(flow)));
            continue;
        };
        let was = pairing.old.names.member(old_id, other);
        if was != name {
            let change = Change::new(On::Value, Kind::Renamed).named(name).before(was).after(name);
            changes.push(change.breaks_source("the name is different"));
        }
    }
    for (index, wire) in before.iter().enumerate().filter(|(_, wire)| !in_new.contains_key(*wire)) {
        let cases = Cases {
            read_by_new: read_as_unknown(new, &pairing.old.json(&old.values[index].wire)),
            written_by_old: Effect::breaks(UNKNOWN_WRITTEN),
            ..Cases::default()
        };
        let change = Change::new(On::Value, Kind::Removed)
            .named(pairing.old.names.member(old_id, index))
            .before(wire)
            .breaks_source("it is gone");
        changes.push(change.on_wire(cases.along(flow)));
    }
    changes.extend(openness(old.open, new.open));
    changes
}

/// The effect on models that read a value which their enum does not list. The caller has looked the value up already,
/// since an enum may have very many values.
fn read_as_unknown(by: &Enum, value: &Value) -> Option<Effect> {
    match unnamed(by, value) {
        Ok(()) => Effect::notice(KEPT),
        Err(_) => Effect::breaks(UNKNOWN_READ),
    }
}

fn added(options: Options, was_open: bool, name: &str, wire: &str) -> Change {
    let change = Change::new(On::Value, Kind::Added).named(name).after(wire);
    // `#[non_exhaustive]` affects only other crates.
    let reading = if was_open && !options.in_user_crate { None } else { Effect::breaks(EXHAUSTIVE) };
    change.reading(reading)
}

fn openness(was: bool, is: bool) -> Option<Change> {
    let change =
        |before: &str, after: &str| Change::new(On::UnknownValues, Kind::Treated).before(before).after(after);
    match (was, is) {
        (true, false) => {
            // Nothing changes on the wire: a server sends only values that its document lists.
            Some(change("kept", "refused").breaks_source("the variant that kept them is gone"))
        }
        (false, true) => {
            let change = change("refused", "kept").reading(Effect::breaks(EXHAUSTIVE));
            Some(change.writing(Effect::breaks("it is no longer `Copy`, or can no longer be cast")))
        }
        (true, true) | (false, false) => None,
    }
}

fn kind_text(of: &Enum) -> &'static str {
    match (of.kind, of.integers()) {
        (EnumKind::String, _) => "strings",
        (EnumKind::Integer, IntegerKind::U64) => "integers (u64)",
        (EnumKind::Integer, IntegerKind::I128) => "integers (i128)",
        (EnumKind::Integer, _) => "integers",
        (EnumKind::Mixed, _) => "values of several types",
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_new_value_of_an_open_enum() {
        check_diff!(
            "
                Size: { enum: [small, large] }
            ",
            "
                Size: { enum: [small, large, huge] }
            ",
            @r#"
            Test 1 -> 1: minor (source minor, wire patch)
            0 changes break something, 1 does not

            Breaks nothing:
              Size
                value `Huge` added: `"huge"`
            "#
        );
    }

    #[test]
    fn a_value_that_is_gone() {
        check_diff!(
            "
                Size: { enum: [small, large] }
            ",
            "
                Size: { enum: [small] }
            ",
            @r#"
            Test 1 -> 1: major (source major, wire major)
            1 change breaks something, 0 do not

            Breaks:
              Size
                value `Large` removed: `"large"`
                  reading, writing: it is gone
                  old code with the new server: the server refuses an unknown value
            "#
        );
    }
}
