//! Compares the fields of structs and of `Params`, which are the same to users.

use super::change::Cases;
use super::fits::{Course, Reader, fits};
use super::model::{Change, Effect, Kind, On};
use super::pairing::Pairing;
use super::side::Side;
use super::values;
use crate::ir::flow::Flow;
use crate::ir::{Literal, Presence, TypeRef};
use crate::number;

/// A field or a parameter.
#[derive(Clone, Copy)]
pub(super) struct Slot<'a> {
    pub(super) ident: &'a str,
    pub(super) ty: TypeRef,
    pub(super) presence: &'a Presence,
    /// Its value in `Default` if it is required.
    pub(super) initial: Option<&'a Literal>,
    pub(super) boxed: bool,
    /// Whether it is omitted when it equals its default.
    pub(super) omits_default: bool,
}

/// The wrapper around a field's type that represents absence and `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrap {
    Plain,
    Option,
    Patch,
}

impl Slot<'_> {
    fn wrap(&self, side: &Side<'_>) -> Wrap {
        match self.presence {
            Presence::ThreeState => Wrap::Patch,
            Presence::Optional => Wrap::Option,
            Presence::Required | Presence::Default(_) => {
                if side.nullable(self.ty) {
                    Wrap::Option
                } else {
                    Wrap::Plain
                }
            }
        }
    }

    pub(super) fn may_be_absent(&self) -> bool {
        match self.presence {
            Presence::Required => false,
            Presence::Optional | Presence::Default(_) | Presence::ThreeState => true,
        }
    }

    /// Whether a program that has the field can omit it.
    pub(super) fn may_be_left_out(&self) -> bool {
        match self.presence {
            Presence::Required => false,
            Presence::Default(_) => self.omits_default,
            Presence::Optional | Presence::ThreeState => true,
        }
    }

    /// Whether a program that has the field can write `null`.
    pub(super) fn may_be_null(&self, side: &Side<'_>) -> bool {
        side.nullable(self.ty) && *self.presence != Presence::Optional
    }

    /// Whether the models read `null` for it.
    fn takes_null(&self, side: &Side<'_>) -> bool {
        self.wrap(side) != Wrap::Plain
    }

    /// The type and the default, as text.
    pub(super) fn shown(&self, side: &Side<'_>) -> String {
        let ty = side.spell_field(self.ty, self.presence, self.boxed);
        match self.presence.default_value().or(self.initial) {
            Some(value) => format!("{ty} = {}", number::text(&side.json(value))),
            None => ty,
        }
    }
}

/// The changes of a field that both sides have.
pub(super) fn changed(
    pairing: &Pairing<'_>,
    on: On,
    flow: Flow,
    old: Slot<'_>,
    new: Slot<'_>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.ident != new.ident {
        let change = Change::new(on, Kind::Renamed).named(new.ident).before(old.ident).after(new.ident);
        changes.push(change.breaks_source("the name is different"));
    }
    let Some(kind) = kind(pairing, &old, &new) else { return changes };
    let same_type = pairing.same_content(old.ty.id, new.ty.id)
        && old.boxed == new.boxed
        && old.wrap(&pairing.old) == new.wrap(&pairing.new);
    let change = Change::new(on, kind)
        .named(new.ident)
        .before(old.shown(&pairing.old))
        .after(new.shown(&pairing.new))
        .on_wire(wire(pairing, &old, &new).along(flow));
    changes.push(if same_type { change } else { change.breaks_source("the type is different") });
    changes
}

/// The kind of the most important difference.
fn kind(pairing: &Pairing<'_>, old: &Slot<'_>, new: &Slot<'_>) -> Option<Kind> {
    if !pairing.same_content(old.ty.id, new.ty.id) {
        return Some(Kind::Retyped);
    }
    let (was_null, is_null) = (pairing.old.nullable(old.ty), pairing.new.nullable(new.ty));
    match (old.may_be_absent(), new.may_be_absent()) {
        (false, true) => return Some(Kind::MadeOptional),
        (true, false) => return Some(Kind::MadeRequired),
        (true, true) | (false, false) => {}
    }
    if was_null != is_null {
        return Some(if is_null { Kind::MadeNullable } else { Kind::MadeNonNull });
    }
    match (old.presence, new.presence) {
        (Presence::Default(was), Presence::Default(is)) if pairing.old.json(was) == pairing.new.json(is) => {}
        (Presence::Required, Presence::Required)
            if old.initial.map(|was| pairing.old.json(was)) != new.initial.map(|is| pairing.new.json(is)) =>
        {
            return Some(Kind::DefaultChanged);
        }
        (Presence::Required, Presence::Required)
        | (Presence::Optional, Presence::Optional)
        | (Presence::ThreeState, Presence::ThreeState) => {}
        (Presence::Required | Presence::Optional | Presence::ThreeState | Presence::Default(_), _) => {
            return Some(Kind::DefaultChanged);
        }
    }
    match (old.boxed, new.boxed) {
        (false, true) => Some(Kind::Boxed),
        (true, false) => Some(Kind::Unboxed),
        (true, true) | (false, false) => None,
    }
}

pub(super) const ABSENT_READ: &str = "what the server sends may lack it, which is an error";
pub(super) const ABSENT_WRITTEN: &str = "what is sent may lack it, which the server refuses";
pub(super) const NULL_READ: &str = "what the server sends may be null, which is an error";
pub(super) const NULL_WRITTEN: &str = "what is sent may be null, which the server refuses";
const DEFAULT_WRITTEN: &str = "the default, which is always sent, is a value that the server refuses";
pub(super) const VALUE_READ: &str = "what the server sends may be of another type, which is an error";
pub(super) const VALUE_WRITTEN: &str = "what is sent may be of another type, which the server refuses";

fn wire(pairing: &Pairing<'_>, old: &Slot<'_>, new: &Slot<'_>) -> Cases {
    let (before, after) = (&pairing.old, &pairing.new);
    let bare = |at: TypeRef| TypeRef { id: at.id, nullable: false };
    let fits = |course, reader| match course {
        Course::OldByNew => fits_bare(pairing, course, reader, bare(old.ty), bare(new.ty)),
        Course::NewByOld => fits_bare(pairing, course, reader, bare(new.ty), bare(old.ty)),
    };
    Cases {
        read_by_old: first(&[
            (!new.may_be_absent() || old.may_be_absent(), ABSENT_READ),
            (!after.nullable(new.ty) || old.takes_null(before), NULL_READ),
            (fits(Course::NewByOld, Reader::Models), VALUE_READ),
        ]),
        read_by_new: first(&[
            (!old.may_be_absent() || new.may_be_absent(), ABSENT_READ),
            (!before.nullable(old.ty) || new.takes_null(after), NULL_READ),
            (fits(Course::OldByNew, Reader::Models), VALUE_READ),
        ]),
        written_by_old: first(&[
            (!old.may_be_left_out() || new.may_be_absent(), ABSENT_WRITTEN),
            (!old.may_be_null(before) || after.nullable(new.ty), NULL_WRITTEN),
            (fits(Course::OldByNew, Reader::Peer), VALUE_WRITTEN),
        ]),
        written_by_new: first(&[
            (!new.may_be_left_out() || old.may_be_absent(), ABSENT_WRITTEN),
            (!new.may_be_null(after) || before.nullable(old.ty), NULL_WRITTEN),
            (fits(Course::NewByOld, Reader::Peer), VALUE_WRITTEN),
            // Even a program that uses nothing new writes the default.
            (default_fits(pairing, old, new), DEFAULT_WRITTEN),
        ]),
    }
}

/// Whether the old document allows the new default, if that is a plain value and written.
fn default_fits(pairing: &Pairing<'_>, old: &Slot<'_>, new: &Slot<'_>) -> bool {
    match new.presence {
        Presence::Default(default) if !new.omits_default => {
            let value = pairing.new.json(default);
            let plain = value.is_string() || value.is_number() || value.is_boolean();
            !plain || values::constant_fits(&pairing.old, Reader::Peer, &value, old.ty)
        }
        Presence::Required | Presence::Optional | Presence::Default(_) | Presence::ThreeState => true,
    }
}

/// Whether the values other than `null` can be read.
fn fits_bare(pairing: &Pairing<'_>, course: Course, reader: Reader, from: TypeRef, to: TypeRef) -> bool {
    let (source, target) = match course {
        Course::OldByNew => (&pairing.old, &pairing.new),
        Course::NewByOld => (&pairing.new, &pairing.old),
    };
    let definition =
        |side: &Side<'_>, at: TypeRef| TypeRef { id: side.graph.definition(at.id), nullable: false };
    fits(pairing, course, reader, definition(source, from), definition(target, to))
}

/// The effect of the first condition that is not met.
pub(super) fn first(all_right: &[(bool, &'static str)]) -> Option<Effect> {
    all_right.iter().find(|(all_right, _)| !all_right).and_then(|(_, why)| Effect::breaks(why))
}

/// A field that only the new side has. `has_rest` says whether one `..` works on both sides.
pub(super) fn added(pairing: &Pairing<'_>, on: On, new: Slot<'_>, has_rest: bool) -> Change {
    let writing = if has_rest {
        Effect::without_rest("literals without `..` lack it")
    } else {
        Effect::breaks("literals lack it")
    };
    Change::new(on, Kind::Added)
        .named(new.ident)
        .after(new.shown(&pairing.new))
        .reading(Effect::without_rest("patterns without `..` lack it"))
        .writing(writing)
}

/// The effects on the wire if only the new side has a field.
pub(super) fn appears(new: Slot<'_>) -> Cases {
    let required = *new.presence == Presence::Required;
    Cases {
        read_by_new: if required { Effect::breaks(ABSENT_READ) } else { None },
        written_by_old: if required { Effect::breaks(ABSENT_WRITTEN) } else { None },
        ..Cases::default()
    }
}

/// A field that only the old side has.
pub(super) fn removed(pairing: &Pairing<'_>, on: On, old: Slot<'_>) -> Change {
    Change::new(on, Kind::Removed)
        .named(old.ident)
        .before(old.shown(&pairing.old))
        .breaks_source("it is gone")
}

/// The effects on the wire if only the old side has a field.
pub(super) fn disappears(old: Slot<'_>) -> Cases {
    let required = *old.presence == Presence::Required;
    Cases {
        read_by_old: if required { Effect::breaks(ABSENT_READ) } else { None },
        written_by_new: if required { Effect::breaks(ABSENT_WRITTEN) } else { None },
        ..Cases::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_property_that_becomes_required_breaks_what_is_sent() {
        check_diff!(
            "
                Pet: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } }
            ",
            "
                Pet: { type: object, required: [name, age], properties: { name: { type: string }, age: { type: integer } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire major)
            1 change breaks something, 0 do not

            Breaks:
              Pet
                field `age` made required: `Option<i64>` -> `i64`
                  reading, writing: the type is different
                  old code with the new server: what is sent may lack it, which the server refuses
                  new code with the old server: what the server sends may lack it, which is an error
            "
        );
    }

    #[test]
    fn a_wider_type_breaks_code() {
        check_diff!(
            "
                Pet: { type: object, properties: { age: { type: integer, format: int32 } } }
            ",
            "
                Pet: { type: object, properties: { age: { type: integer } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire major)
            1 change breaks something, 0 do not

            Breaks:
              Pet
                field `age` has another type: `Option<i32>` -> `Option<i64>`
                  reading, writing: the type is different
                  old code with the new server: what the server sends may be of another type, which is an error
                  new code with the old server: what is sent may be of another type, which the server refuses
            "
        );
    }

    #[test]
    fn a_default_that_is_not_sent_is_missed_by_a_server_that_requires_it() {
        check_diff!(
            "
                paths:
                  /jobs:
                    post:
                      operationId: start
                      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } }
                      responses: { \"204\": { description: Started } }
                components:
                  schemas:
                    Job: { type: object, properties: { tries: { type: integer, default: 3 } } }
            ",
            "
                paths:
                  /jobs:
                    post:
                      operationId: start
                      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } }
                      responses: { \"204\": { description: Started } }
                components:
                  schemas:
                    Job: { type: object, required: [tries], properties: { tries: { type: integer, default: 3 } } }
            ",
            @r"
            Test 1 -> 1: major (source minor, wire major)
            1 change breaks something, 0 do not

            Breaks:
              Job
                field `tries` made required
                  old code with the new server: what is sent may lack it, which the server refuses
            "
        );
    }
}
