//! Compares unions.

use std::collections::{HashMap, HashSet};

use super::Options;
use super::change::Cases;
use super::constants::EXHAUSTIVE;
use super::field::{VALUE_READ, VALUE_WRITTEN};
use super::fits::{Course, Reader, fits, keeps_unknown};
use super::model::{Change, Effect, Kind, On};
use super::pairing::Pairing;
use super::side::Side;
use super::union_methods;
use crate::ir::flow::Flow;
use crate::ir::{
    Otherwise, PropertyKind, Shape, TagValue, Tagged, TypeId, TypeRef, Union, Variant, VariantSelection,
};

const UNKNOWN_READ: &str = "an unknown variant is an error";
const UNKNOWN_WRITTEN: &str = "the server refuses an unknown variant";
const KEPT: &str = "it is kept as an unknown variant";
const OTHER_TAG: &str = "the expected tag is different";

/// If more variants than this have no type of their own and no variant of the same name, they are not matched by
/// content.
const MOST_RENAMED: usize = 200;

/// The changes of a union.
pub(super) fn compare(
    pairing: &Pairing<'_>,
    options: Options,
    flow: Flow,
    (old_id, old): (TypeId, &Union),
    (new_id, new): (TypeId, &Union),
) -> Vec<Change> {
    let arms = (arms(old), arms(new));
    let unions = Unions { pairing, options, flow, old_id, new_id, old, new, arms };
    let old_of = unions.old_of();
    let mut changes: Vec<Change> = unions.tag().into_iter().collect();
    for (index, old) in old_of.iter().enumerate() {
        match old {
            Some(old) => changes.extend(unions.both(*old, index)),
            None => changes.push(unions.added(index)),
        }
    }
    let stayed: HashSet<usize> = old_of.iter().flatten().copied().collect();
    for index in (0..old.variants.len()).filter(|index| !stayed.contains(index)) {
        changes.push(unions.removed(index));
    }
    changes.extend(unions.unknown());
    changes.extend(union_methods::compare(pairing, (old_id, old), (new_id, new), &old_of));
    changes
}

/// Old variants without a new variant of the same name, indexed by content.
struct Left {
    by_path: HashMap<String, Vec<usize>>,
    by_type: HashMap<TypeId, Vec<usize>>,
    /// Those whose types are written by their structure.
    structures: Vec<usize>,
}

impl Left {
    fn of(unions: &Unions<'_, '_>, variants: impl Iterator<Item = usize>) -> Self {
        let side = &unions.pairing.old;
        let mut left = Self { by_path: HashMap::new(), by_type: HashMap::new(), structures: Vec::new() };
        for index in variants {
            let id = unions.old.variants[index].ty.id;
            let path = side.names.type_path(id);
            if let Some(path) = path.and_then(|path| unions.pairing.new_path(&path).map(str::to_owned)) {
                left.by_path.entry(path).or_default().push(index);
            }
            let id = side.graph.definition(id);
            if is_structure(side, id) {
                left.structures.push(index);
            } else {
                left.by_type.entry(id).or_default().push(index);
            }
        }
        if left.structures.len() > MOST_RENAMED {
            left.structures.clear();
        }
        left
    }

    /// Those that may have the same content as a new variant.
    fn like<'l>(&'l self, unions: &'l Unions<'_, '_>, ty: TypeRef) -> impl Iterator<Item = usize> + 'l {
        let side = &unions.pairing.new;
        let by_path = side.names.type_path(ty.id).and_then(|path| self.by_path.get(&path));
        let id = side.graph.definition(ty.id);
        let of_types = unions.pairing.predecessors(id).iter().filter_map(|old| self.by_type.get(old));
        let structures = if is_structure(side, id) { &self.structures[..] } else { &[] };
        by_path.into_iter().flatten().chain(of_types.flatten()).chain(structures).copied()
    }
}

fn is_structure(side: &Side<'_>, id: TypeId) -> bool {
    match side.shape(id) {
        Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => false,
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => true,
    }
}

/// The variants of a union that each tag value selects.
type Arms<'u> = HashMap<&'u TagValue, Vec<usize>>;

fn arms(union: &Union) -> Arms<'_> {
    let arms = tagged(union).into_iter().flat_map(|tagged| &tagged.arms);
    arms.map(|arm| (&arm.value, arm.variants.iter().map(|candidate| candidate.variant).collect())).collect()
}

struct Unions<'p, 'a> {
    pairing: &'p Pairing<'a>,
    options: Options,
    flow: Flow,
    old_id: TypeId,
    new_id: TypeId,
    old: &'p Union,
    new: &'p Union,
    /// The arms of both.
    arms: (Arms<'p>, Arms<'p>),
}

impl Unions<'_, '_> {
    fn names(&self, old: usize, new: usize) -> (&str, &str) {
        (self.pairing.old.names.member(self.old_id, old), self.pairing.new.names.member(self.new_id, new))
    }

    /// The old variant of each new one, matched by name, then by content.
    fn old_of(&self) -> Vec<Option<usize>> {
        let names = (&self.pairing.old.names, &self.pairing.new.names);
        let by_name: HashMap<&str, usize> =
            (0..self.old.variants.len()).map(|old| (names.0.member(self.old_id, old), old)).collect();
        let mut old_of: Vec<Option<usize>> = (0..self.new.variants.len())
            .map(|new| by_name.get(names.1.member(self.new_id, new)).copied())
            .collect();
        let mut taken: HashSet<usize> = old_of.iter().flatten().copied().collect();
        let left = Left::of(self, (0..self.old.variants.len()).filter(|old| !taken.contains(old)));
        for (new, pair) in old_of.iter_mut().enumerate().filter(|(_, pair)| pair.is_none()) {
            let is = self.new.variants[new].ty;
            let same =
                |old: &usize| !taken.contains(old) && self.pairing.same(self.old.variants[*old].ty, is);
            *pair = left.like(self, is).filter(same).min();
            taken.extend(*pair);
        }
        old_of
    }

    fn both(&self, old: usize, new: usize) -> Vec<Change> {
        let (before, after) = (&self.old.variants[old], &self.new.variants[new]);
        let (was, is) = self.names(old, new);
        let mut changes = Vec::new();
        if was != is {
            let change = Change::new(On::Variant, Kind::Renamed).named(is).before(was).after(is);
            changes.push(change.breaks_source("the name is different"));
        }
        let same = self.pairing.same(before.ty, after.ty);
        let kind = match (same, before.boxed, after.boxed) {
            (false, _, _) => Some(Kind::Retyped),
            (true, false, true) => Some(Kind::Boxed),
            (true, true, false) => Some(Kind::Unboxed),
            (true, true, true) | (true, false, false) => None,
        };
        if let Some(kind) = kind {
            let fit = |course, reader, why| {
                let (from, to) = match course {
                    Course::OldByNew => (before.ty, after.ty),
                    Course::NewByOld => (after.ty, before.ty),
                };
                if fits(self.pairing, course, reader, from, to) { None } else { Effect::breaks(why) }
            };
            let cases = Cases {
                read_by_old: fit(Course::NewByOld, Reader::Models, VALUE_READ),
                read_by_new: fit(Course::OldByNew, Reader::Models, VALUE_READ),
                written_by_old: fit(Course::OldByNew, Reader::Peer, VALUE_WRITTEN),
                written_by_new: fit(Course::NewByOld, Reader::Peer, VALUE_WRITTEN),
            };
            let change = Change::new(On::Variant, kind)
                .named(is)
                .before(shown(&self.pairing.old, before))
                .after(shown(&self.pairing.new, after))
                .breaks_source("the type of its content is different");
            changes.push(change.on_wire(cases.along(self.flow)));
        }
        changes.extend(self.tag_values(old, new));
        changes
    }

    fn added(&self, index: usize) -> Change {
        let variant = &self.new.variants[index];
        let fit = |old: usize| {
            let to = self.old.variants[old].ty;
            fits(self.pairing, Course::NewByOld, Reader::Models, variant.ty, to)
        };
        let read_by_old = if self.keeps(Course::NewByOld, variant) {
            Effect::notice(KEPT)
        } else if self.among((self.new, index), (self.old, &self.arms.0)).into_iter().any(fit) {
            None
        } else {
            Effect::breaks(UNKNOWN_READ)
        };
        // `#[non_exhaustive]`, which every union has, affects only other crates.
        let reading = if self.options.in_user_crate { Effect::breaks(EXHAUSTIVE) } else { None };
        Change::new(On::Variant, Kind::Added)
            .named(self.pairing.new.names.member(self.new_id, index))
            .after(shown(&self.pairing.new, variant))
            .reading(reading)
            .on_wire(Cases { read_by_old, ..Cases::default() }.along(self.flow))
    }

    fn removed(&self, index: usize) -> Change {
        let variant = &self.old.variants[index];
        let among = self.among((self.old, index), (self.new, &self.arms.1));
        let fit = |reader| {
            let fits = |new: &usize| {
                fits(self.pairing, Course::OldByNew, reader, variant.ty, self.new.variants[*new].ty)
            };
            among.iter().any(fits)
        };
        let read_by_new = match self.keeps(Course::OldByNew, variant) {
            true => Effect::notice(KEPT),
            false if fit(Reader::Models) => None,
            false => Effect::breaks(UNKNOWN_READ),
        };
        let written_by_old = if fit(Reader::Peer) { None } else { Effect::breaks(UNKNOWN_WRITTEN) };
        Change::new(On::Variant, Kind::Removed)
            .named(self.pairing.old.names.member(self.old_id, index))
            .before(shown(&self.pairing.old, variant))
            .breaks_source("it is gone")
            .on_wire(Cases { read_by_new, written_by_old, ..Cases::default() }.along(self.flow))
    }

    /// The variants of `to` as which a value of a variant of `from` may be read: those that its tag selects, if both
    /// unions have the same tag property and the variant is an object with it.
    fn among(&self, (from, index): (&Union, usize), (to, arms): (&Union, &Arms<'_>)) -> Vec<usize> {
        let all = || (0..to.variants.len()).collect();
        let (Some(ours), Some(theirs)) = (tagged(from), tagged(to)) else { return all() };
        let mut values = ours.values_of(index).peekable();
        let may_lack_tag = ours.missing.iter().any(|candidate| candidate.variant == index);
        if ours.property != theirs.property || may_lack_tag || values.peek().is_none() {
            return all();
        }
        let mut named: Vec<usize> = values.filter_map(|value| arms.get(value)).flatten().copied().collect();
        if let Otherwise::Variant(other) = theirs.otherwise {
            named.push(other);
        }
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Whether the union that does not know a variant keeps its values.
    fn keeps(&self, course: Course, variant: &Variant) -> bool {
        let (source, to) = match course {
            Course::OldByNew => (&self.pairing.old, self.new),
            Course::NewByOld => (&self.pairing.new, self.old),
        };
        let Some(by_tag) = tagged(to) else { return false };
        match by_tag.otherwise {
            Otherwise::Unknown => has_tag(source, variant.ty, &by_tag.property),
            Otherwise::Variant(index) => to
                .variants
                .get(index)
                .is_some_and(|other| fits(self.pairing, course, Reader::Models, variant.ty, other.ty)),
            Otherwise::Refuse => false,
        }
    }

    /// The change in how the variant of an object is selected.
    fn tag(&self) -> Option<Change> {
        let (before, after) = (&self.old.reading.object, &self.new.reading.object);
        let (was, is) = (reading_text(before), reading_text(after));
        if was == is {
            return None;
        }
        let change = Change::new(On::Tag, Kind::Changed).before(was).after(is);
        let cases = match (before, after) {
            (VariantSelection::Tagged(_), VariantSelection::Tagged(_)) => Cases {
                read_by_old: Effect::breaks(OTHER_TAG),
                read_by_new: Effect::breaks(OTHER_TAG),
                written_by_old: Effect::breaks(OTHER_TAG),
                written_by_new: Effect::breaks(OTHER_TAG),
            },
            (
                VariantSelection::Tagged(_)
                | VariantSelection::None
                | VariantSelection::Single(_)
                | VariantSelection::BestMatch(_),
                _,
            ) => Cases::default(),
        };
        Some(change.on_wire(cases.along(self.flow)))
    }

    /// The change of a variant's tag values, unless its content has a constant with the same values.
    fn tag_values(&self, old: usize, new: usize) -> Option<Change> {
        let (before, after) = (tagged(self.old)?, tagged(self.new)?);
        let (was, is) = (values(before, old), values(after, new));
        let pinned = |side: &Side<'_>, variant: &Variant, tagged: &Tagged| {
            let shape = side.shape(side.graph.definition(variant.ty.id)).as_struct();
            shape.is_some_and(|shape| {
                shape.properties.iter().any(|property| match property.kind {
                    PropertyKind::Constant { .. } => property.wire == tagged.property,
                    PropertyKind::Field { .. } => false,
                })
            })
        };
        let said = pinned(&self.pairing.old, &self.old.variants[old], before)
            && pinned(&self.pairing.new, &self.new.variants[new], after);
        if was == is || said || before.property != after.property {
            return None;
        }
        let lost = was.iter().any(|value| !is.contains(value));
        let gained = is.iter().any(|value| !was.contains(value));
        let unknown = |union| {
            if keeps_unknown(union) { Effect::notice(KEPT) } else { Effect::breaks(OTHER_TAG) }
        };
        let cases = Cases {
            read_by_old: unknown(self.old).filter(|_| gained),
            read_by_new: unknown(self.new).filter(|_| lost),
            written_by_old: if lost { Effect::breaks(OTHER_TAG) } else { None },
            written_by_new: if gained { Effect::breaks(OTHER_TAG) } else { None },
        };
        let change = Change::new(On::Variant, Kind::ValueChanged).named(self.names(old, new).1);
        Some(change.before(was.join(", ")).after(is.join(", ")).on_wire(cases.along(self.flow)))
    }

    /// The change in how values with an undeclared tag are handled.
    fn unknown(&self) -> Option<Change> {
        let extra = |side: &Side<'_>, id| !side.names.extra(id).is_empty();
        let change = |before: &str, after: &str| {
            Change::new(On::UnknownValues, Kind::Treated).before(before).after(after)
        };
        match (extra(&self.pairing.old, self.old_id), extra(&self.pairing.new, self.new_id)) {
            (true, false) => {
                // Nothing changes on the wire: a server sends only variants that its document declares.
                let kept = keeps_unknown(self.new);
                let change = change("kept", if kept { "read as one of the variants" } else { "refused" });
                Some(change.breaks_source("the variant that kept them is gone"))
            }
            (false, true) => {
                let change = change("refused", "kept");
                let in_user_crate = self.options.in_user_crate;
                Some(change.reading(if in_user_crate { Effect::breaks(EXHAUSTIVE) } else { None }))
            }
            (true, true) | (false, false) => None,
        }
    }
}

/// Whether all values of a type are objects with this property.
fn has_tag(side: &Side<'_>, ty: TypeRef, tag: &str) -> bool {
    let (mut todo, mut seen) = (vec![ty], HashSet::new());
    while let Some(ty) = todo.pop() {
        let id = side.graph.definition(ty.id);
        if !seen.insert(id) {
            continue;
        }
        match side.shape(id) {
            Shape::Struct(shape) if shape.properties.iter().any(|property| property.wire == tag) => {}
            Shape::Union(union) => todo.extend(union.variants.iter().map(|variant| variant.ty)),
            Shape::Newtype { content, .. } => todo.push(*content),
            Shape::Struct(_)
            | Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => return false,
        }
    }
    true
}

fn shown(side: &Side<'_>, variant: &Variant) -> String {
    let content = side.spell(variant.ty);
    if variant.boxed { format!("Box<{content}>") } else { content }
}

fn tagged(union: &Union) -> Option<&Tagged> {
    match &union.reading.object {
        VariantSelection::Tagged(tagged) => Some(tagged),
        VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => None,
    }
}

/// The tag values that may select a variant.
fn values(tagged: &Tagged, variant: usize) -> Vec<String> {
    let shown = |value: &TagValue| match value {
        TagValue::String(text) => format!("{text:?}"),
        TagValue::Integer(_) | TagValue::Boolean(_) => value.to_string(),
    };
    tagged.values_of(variant).map(shown).collect()
}

fn reading_text(reading: &VariantSelection) -> String {
    match reading {
        VariantSelection::Tagged(tagged) => format!("by the property {:?}", tagged.property),
        VariantSelection::BestMatch(_) => "by shape".to_owned(),
        // The changes of the variants say which of them is selected.
        VariantSelection::Single(_) | VariantSelection::None => "by type".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_new_variant_of_a_tagged_union() {
        check_diff!(
            "
                Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
                Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }
                Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }
                Bird: { type: object, required: [kind], properties: { kind: { const: bird } } }
            ",
            "
                Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Bird' }] }
                Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }
                Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }
                Bird: { type: object, required: [kind], properties: { kind: { const: bird } } }
            ",
            @r"
            Test 1 -> 1: minor (source minor, wire patch)
            0 changes break something, 1 does not

            Breaks nothing:
              Pet
                variant `Bird` added: `Bird`
            "
        );
    }
}
