//! Checks whether every value of one type can be read as another.

use std::collections::HashSet;

use super::pairing::Pairing;
use super::side::Side;
use super::values::{self, Taken};
use crate::ir::{
    Enum, EnumKind, IntegerKind, Otherwise, Presence, Property, PropertyKind, Rest, Scalar, Shape, Struct,
    TypeId, TypeRef, Union, VariantSelection,
};

/// Types nested deeper than this are not compared and count as different, so that a document cannot exhaust the stack.
const DEEPEST: usize = 128;

/// Who reads a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The emitted models, which keep unknown values of open enums and unions.
    Models,
    /// The other side, of which only the document is known.
    Peer,
}

/// Which generation reads the values of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    OldByNew,
    NewByOld,
}

/// Whether every value of `from` is one of `to`. Types that replaced each other are assumed to match, because their
/// changes are reported with them.
pub(super) fn fits(
    pairing: &Pairing<'_>,
    course: Course,
    reader: Reader,
    from: TypeRef,
    to: TypeRef,
) -> bool {
    Fit::new(pairing, course, reader).uses(from, to)
}

/// The same for two types that replaced each other although they are of different kinds.
pub(super) fn fits_anew(
    pairing: &Pairing<'_>,
    course: Course,
    reader: Reader,
    from: TypeRef,
    to: TypeRef,
) -> bool {
    let mut fit = Fit::new(pairing, course, reader);
    let (from, to) = (fit.source.graph.unaliased(from), fit.target.graph.unaliased(to));
    let takes_null = to.nullable || fit.is_any(to.id);
    (takes_null || !from.nullable) && fit.shapes(from.id, to.id)
}

struct Fit<'p, 'a> {
    pairing: &'p Pairing<'a>,
    course: Course,
    reader: Reader,
    source: &'p Side<'a>,
    target: &'p Side<'a>,
    /// Pairs that have been compared or are being compared.
    assumed: HashSet<(TypeId, TypeId)>,
    depth: usize,
}

impl<'p, 'a> Fit<'p, 'a> {
    fn new(pairing: &'p Pairing<'a>, course: Course, reader: Reader) -> Self {
        let (source, target) = match course {
            Course::OldByNew => (&pairing.old, &pairing.new),
            Course::NewByOld => (&pairing.new, &pairing.old),
        };
        Self { pairing, course, reader, source, target, assumed: HashSet::new(), depth: 0 }
    }
}

impl Fit<'_, '_> {
    fn uses(&mut self, from: TypeRef, to: TypeRef) -> bool {
        let (from, to) = (self.source.graph.unaliased(from), self.target.graph.unaliased(to));
        let takes_null = to.nullable || self.is_any(to.id);
        (takes_null || !from.nullable) && self.content(from.id, to.id)
    }

    fn is_any(&self, id: TypeId) -> bool {
        matches!(self.target.shape(id), Shape::Any(_))
    }

    fn is_successor(&self, from: TypeId, to: TypeId) -> bool {
        match self.course {
            Course::OldByNew => self.pairing.is_successor(from, to),
            Course::NewByOld => self.pairing.is_successor(to, from),
        }
    }

    fn content(&mut self, from: TypeId, to: TypeId) -> bool {
        if self.is_successor(from, to) || self.assumed.contains(&(from, to)) {
            return true;
        }
        if self.depth == DEEPEST {
            return false;
        }
        self.depth += 1;
        let fits = self.shapes(from, to);
        self.depth -= 1;
        fits
    }

    fn shapes(&mut self, from: TypeId, to: TypeId) -> bool {
        self.assumed.insert((from, to));
        match (self.source.shape(from), self.target.shape(to)) {
            (_, Shape::Any(_)) => true,
            (Shape::Union(from), _) => from.variants.iter().all(|variant| self.uses(variant.ty, nonnull(to))),
            (_, Shape::Union(to)) => self.one_of(from, to),
            (Shape::Newtype { content, .. }, _) => self.uses(*content, nonnull(to)),
            (_, Shape::Newtype { content, .. }) => self.uses(nonnull(from), *content),
            (Shape::Scalar(from), Shape::Scalar(to)) => scalar_fits(self.reader, *from, *to),
            (Shape::Enum(from), Shape::Enum(to)) => self.enum_fits(from, to),
            (Shape::Enum(from), Shape::Scalar(_)) => self.values_fit(from, to),
            (Shape::Scalar(from), Shape::Enum(to)) => self.keeps(*from, to),
            (Shape::List(from), Shape::List(to)) | (Shape::Map(from), Shape::Map(to)) => {
                self.uses(*from, *to)
            }
            (Shape::Tuple(from), Shape::List(to)) => from.places.iter().all(|item| self.uses(*item, *to)),
            (Shape::Tuple(from), Shape::Tuple(to)) => {
                let mut places = from.places.iter().zip(&to.places);
                let fit = to.required <= from.required && from.places.len() <= to.places.len();
                fit && places.all(|(from, to)| self.uses(*from, *to))
            }
            (Shape::Struct(from), Shape::Struct(to)) => self.struct_fits(from, to),
            (Shape::Struct(from), Shape::Map(to)) => {
                from.properties.iter().all(|property| self.property_fits(property, *to))
                    && self.rest_fits(from.rest, Rest::Keep(*to), false)
            }
            // What a user's type reads is unknown, so the JSON types of the document are compared.
            (Shape::External(from), Shape::External(to)) => from.json == to.json,
            (
                Shape::Struct(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => false,
        }
    }

    /// Whether a variant accepts it, or an open union keeps it as unknown.
    fn one_of(&mut self, from: TypeId, to: &Union) -> bool {
        to.variants.iter().any(|variant| self.uses(nonnull(from), variant.ty))
    }

    fn enum_fits(&self, from: &Enum, to: &Enum) -> bool {
        // An open union may also hold values that its document does not describe.
        let keeps_all =
            to.open && self.reader == Reader::Models && (from.kind == to.kind || to.kind == EnumKind::Mixed);
        let taken = |value| values::taken(to, self.reader, &value) != Taken::Refused;
        keeps_all || from.values.iter().all(|value| taken(self.source.json(&value.wire)))
    }

    /// Whether all values that an enum lists are values of a scalar type.
    fn values_fit(&self, from: &Enum, to: TypeId) -> bool {
        let fits =
            |value| values::constant_fits(self.target, self.reader, &self.source.json(value), nonnull(to));
        from.values.iter().all(|value| fits(&value.wire))
    }

    /// Whether an enum accepts every value of a scalar type.
    fn keeps(&self, from: Scalar, to: &Enum) -> bool {
        let kind = match to.kind {
            EnumKind::String => from.is_text(),
            EnumKind::Integer => scalar_fits(self.reader, from, Scalar::Integer(to.integers())),
            EnumKind::Mixed => true,
        };
        kind && to.open && self.reader == Reader::Models
    }

    fn struct_fits(&mut self, from: &Struct, to: &Struct) -> bool {
        let strict = refuses_strangers(to, self.reader);
        let known = |property: &Property| to.properties.iter().any(|other| other.wire == property.wire);
        let strangers_fit =
            from.properties.iter().filter(|property| !known(property)).all(|property| match to.rest {
                Rest::Keep(to) => self.property_fits(property, to),
                Rest::Ignore | Rest::Deny => !strict,
            });
        strangers_fit
            && self.rest_fits(from.rest, to.rest, strict)
            && to.properties.iter().all(|property| {
                let given = from.properties.iter().find(|other| other.wire == property.wire);
                self.member_fits(given.map(|given| &given.kind), &property.kind)
            })
    }

    fn member_fits(&mut self, given: Option<&PropertyKind>, to: &PropertyKind) -> bool {
        match (to, given) {
            (PropertyKind::Field { presence, .. }, None) => *presence != Presence::Required,
            (PropertyKind::Constant { required, .. }, None) => !required,
            (
                PropertyKind::Field { ty, presence, .. },
                Some(PropertyKind::Field { ty: given, presence: was, .. }),
            ) => {
                let absent = *presence != Presence::Required || *was == Presence::Required;
                absent && self.uses(*given, *ty)
            }
            (PropertyKind::Constant { value, .. }, Some(PropertyKind::Constant { value: given, .. })) => {
                self.target.json(value) == self.source.json(given)
            }
            (PropertyKind::Field { ty, .. }, Some(PropertyKind::Constant { value, .. })) => {
                values::constant_fits(self.target, self.reader, &self.source.json(value), *ty)
            }
            (PropertyKind::Constant { .. }, Some(PropertyKind::Field { .. })) => false,
        }
    }

    /// Whether the value of a property can be read as a type.
    fn property_fits(&mut self, property: &Property, to: TypeRef) -> bool {
        match &property.kind {
            PropertyKind::Field { ty, .. } => self.uses(*ty, to),
            PropertyKind::Constant { value, .. } => {
                values::constant_fits(self.target, self.reader, &self.source.json(value), to)
            }
        }
    }

    /// Whether the undeclared properties of `from`, if it allows any, are accepted.
    fn rest_fits(&mut self, from: Rest, to: Rest, strict: bool) -> bool {
        match (from, to) {
            (Rest::Keep(from), Rest::Keep(to)) => self.uses(from, to),
            (Rest::Keep(_), Rest::Ignore | Rest::Deny) => !strict,
            (Rest::Ignore | Rest::Deny, _) => true,
        }
    }
}

/// Whether undeclared properties are refused: by models if the settings say so, by a server if its document says so.
pub(super) fn refuses_strangers(shape: &Struct, reader: Reader) -> bool {
    match reader {
        Reader::Models => shape.rest == Rest::Deny,
        Reader::Peer => shape.closed,
    }
}

/// Whether a union keeps an object of a variant that it does not know.
pub(super) fn keeps_unknown(union: &Union) -> bool {
    match &union.reading.object {
        VariantSelection::Tagged(tagged) => match tagged.otherwise {
            Otherwise::Unknown | Otherwise::Variant(_) => true,
            Otherwise::Refuse => false,
        },
        VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => false,
    }
}

fn nonnull(id: TypeId) -> TypeRef {
    TypeRef { id, nullable: false }
}

fn scalar_fits(reader: Reader, from: Scalar, to: Scalar) -> bool {
    match (from, to) {
        (Scalar::Integer(from), Scalar::Integer(to)) => {
            let ((low, high), (least, most)) = (range(from), range(to));
            low >= least && high <= most
        }
        (Scalar::Integer(_), Scalar::Float(_)) => true,
        (from, Scalar::String | Scalar::Secret) => from.is_text(),
        // The models keep the text unchanged, while a server decodes it.
        (from, Scalar::Base64) => from == to || from.is_text() && reader == Reader::Models,
        (from, to) => from == to,
    }
}

/// The number of bits of the negative and of the positive values.
fn range(kind: IntegerKind) -> (i16, i16) {
    match kind {
        IntegerKind::I8 => (-7, 7),
        IntegerKind::I16 => (-15, 15),
        IntegerKind::I32 => (-31, 31),
        IntegerKind::I64 => (-63, 63),
        IntegerKind::I128 => (-127, 127),
        IntegerKind::U8 => (0, 8),
        IntegerKind::U16 => (0, 16),
        IntegerKind::U32 => (0, 32),
        IntegerKind::U64 => (0, 64),
        IntegerKind::U128 => (0, 128),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_type_that_takes_more() {
        check_diff!(
            "
                Id: { type: object, properties: { id: { type: integer } } }
            ",
            "
                Id: { type: object, properties: { id: { anyOf: [{ type: integer }, { type: string }] } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire major)
            1 change breaks something, 1 does not

            Breaks:
              Id
                field `id` has another type: `Option<i64>` -> `Option<IdId>`
                  reading, writing: the type is different
                  old code with the new server: what the server sends may be of another type, which is an error
                  new code with the old server: what is sent may be of another type, which the server refuses

            New:
              IdId
            "
        );
    }
}
