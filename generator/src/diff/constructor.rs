//! Compares the arguments of `new`.

use super::model::{Change, Effect, Kind, On};
use crate::ir::Presence;

/// A field or parameter that `new` takes or could take.
pub(super) struct Slot {
    /// The name of the field.
    pub name: String,
    /// Whether it is an argument of `new`.
    pub is_given: bool,
    /// Whether the field has the type of its values rather than an `Option` of it.
    pub is_bare: bool,
}

/// Whether a field of this presence has the type of its values.
pub(super) fn is_bare(presence: &Presence) -> bool {
    match presence {
        Presence::Required | Presence::Default(_) => true,
        Presence::Optional | Presence::ThreeState => false,
    }
}

/// The change of `new`, unless a change of a field implies it. The settings may omit `new` on either side.
pub(super) fn compare(old: Option<&[Slot]>, new: Option<&[Slot]>) -> Option<Change> {
    match (old, new) {
        (Some(old), Some(new)) => arguments(old, new),
        (Some(old), None) if old.iter().any(|slot| slot.is_given) => {
            let change = Change::new(On::New, Kind::Removed);
            Some(change.writing(Effect::breaks("the settings leave it out")))
        }
        (None, Some(new)) if new.iter().any(|slot| slot.is_given) => Some(Change::new(On::New, Kind::Added)),
        (Some(_) | None, Some(_) | None) => None,
    }
}

fn arguments(old: &[Slot], new: &[Slot]) -> Option<Change> {
    let given = |slots: &[Slot]| -> Vec<String> {
        slots.iter().filter(|slot| slot.is_given).map(|slot| slot.name.clone()).collect()
    };
    let (was, is) = (given(old), given(new));
    if was == is || was.is_empty() {
        return None;
    }
    let same_names = was.len() == is.len() && was.iter().all(|name| is.contains(name));
    let find = |slots: &'_ [Slot], name: &str| -> Option<(bool, bool)> {
        slots.iter().find(|slot| slot.name == name).map(|slot| (slot.is_given, slot.is_bare))
    };
    // Whether `new` takes a field on one side only although its type is unchanged, so that no change of a field reports
    // it.
    let is_silent = old.iter().any(|slot| match find(new, &slot.name) {
        Some((is_given, is_bare)) => slot.is_bare && is_bare && slot.is_given != is_given,
        None => false,
    });
    let change = Change::new(On::New, Kind::Changed).before(was.join(", ")).after(is.join(", "));
    match (same_names, is_silent) {
        (true, _) => Some(change.writing(Effect::breaks("the order of the arguments is different"))),
        (false, true) if is.is_empty() => {
            let change = Change::new(On::New, Kind::Removed);
            Some(change.writing(Effect::breaks("it takes no arguments any longer")))
        }
        (false, true) => Some(change.writing(Effect::breaks("the arguments are different"))),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn what_new_takes_is_compared_where_fields_do_not_say_it() {
        check_diff!(
            "
                Swapped: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }
                Filled: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }
                None: { type: object, required: [a], properties: { a: { type: string } } }
                Told: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }
            ",
            "
                Swapped: { type: object, required: [a, b], properties: { b: { type: string }, a: { type: string } } }
                Filled: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string, default: x } } }
                None: { type: object, required: [a], properties: { a: { type: string, default: x } } }
                Told: { type: object, required: [a], properties: { a: { type: string }, b: { type: string } } }
            ",
            @r#"
            Test 1 -> 1: major (source major, wire major)
            4 changes break something, 3 do not

            Breaks:
              Swapped
                `new` changed: `a, b` -> `b, a`
                  writing: the order of the arguments is different
              Filled
                `new` changed: `a, b` -> `a`
                  writing: the arguments are different
              NoneModel
                `new` removed
                  writing: it takes no arguments any longer
              Told
                field `b` made optional: `String` -> `Option<String>`
                  reading, writing: the type is different
                  old code with the new server: what the server sends may lack it, which is an error
                  new code with the old server: what is sent may lack it, which the server refuses

            Breaks nothing:
              Filled
                field `b` has another default: `String` -> `String = "x"`
              NoneModel
                field `a` has another default: `String` -> `String = "x"`
                `Default` added
            "#
        );
    }
}
