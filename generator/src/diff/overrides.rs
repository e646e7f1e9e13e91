//! What the settings add to items: traits to derive, and attributes.

use std::collections::HashMap;

use super::Options;
use super::model::{Change, Effect, Kind, On};
use super::pairing::Pairing;
use crate::ir::{Property, PropertyKind, Shape, Struct, Type, TypeId};
use crate::naming;

const NO_TRAIT: &str = "the trait is no longer implemented";
const ATTRIBUTE_GONE: &str = "what it stood for is gone";
const NON_EXHAUSTIVE: &str = "`#[non_exhaustive]` is new";

/// What changed about the traits and attributes of an item and of the fields that both sides have.
pub(super) fn compare(pairing: &Pairing<'_>, options: Options, old: TypeId, new: TypeId) -> Vec<Change> {
    let (before, after) = (pairing.old.graph.get(old), pairing.new.graph.get(new));
    let mut changes = derives(before, after);
    changes.extend(described(before, after));
    let (was, is) = (&before.overrides.attributes, &after.overrides.attributes);
    changes.extend(is.iter().filter(|attribute| !was.contains(attribute)).map(|attribute| {
        let change = Change::new(On::Attribute, Kind::Added).named(attribute);
        if attribute == "non_exhaustive" { non_exhaustive(change, &after.shape, options) } else { change }
    }));
    changes.extend(was.iter().filter(|attribute| !is.contains(attribute)).map(|attribute| {
        let change = Change::new(On::Attribute, Kind::Removed).named(attribute);
        if is_remark(attribute) { change } else { change.breaks_source(ATTRIBUTE_GONE) }
    }));
    if let (Shape::Struct(was), Shape::Struct(is)) = (&before.shape, &after.shape) {
        changes.extend(fields(pairing, was, (new, is)));
    }
    changes
}

/// Traits from the settings of one side; those that an item has anyway are reported with its other changes. They are compared
/// as they are written: only the compiler knows what a path means.
fn derives(before: &Type, after: &Type) -> Vec<Change> {
    let (was, is) = (naming::derives(before), naming::derives(after));
    let asked = |ty: &Type, name: &&str| ty.overrides.derives.iter().any(|asked| asked == name);
    let gone = was.iter().filter(|name| asked(before, name) && !is.contains(name));
    let new = is.iter().filter(|name| asked(after, name) && !was.contains(name));
    let gone = gone.map(|name| Change::new(On::Derive, Kind::Removed).named(name).breaks_source(NO_TRAIT));
    gone.chain(new.map(|name| Change::new(On::Derive, Kind::Added).named(name))).collect()
}

/// Traits that describe a type, each with the condition under which it is there.
fn described(before: &Type, after: &Type) -> Vec<Change> {
    let (was, is) = (&before.overrides.described, &after.overrides.described);
    let gone = was.iter().filter(|known| !is.iter().any(|other| known.implies(other)));
    let new = is.iter().filter(|known| !was.iter().any(|other| known.implies(other)));
    let gone =
        gone.map(|known| Change::new(On::Derive, Kind::Removed).named(&known.path).breaks_source(NO_TRAIT));
    gone.chain(new.map(|known| Change::new(On::Derive, Kind::Added).named(&known.path))).collect()
}

/// Whether an attribute says something about an item, and does nothing to it.
fn is_remark(attribute: &str) -> bool {
    const REMARKS: [&str; 9] = [
        "allow",
        "deny",
        "deprecated",
        "doc",
        "expect",
        "forbid",
        "must_use",
        // Code that does with less can do with more.
        "non_exhaustive",
        "warn",
    ];
    let end = attribute.find(|char: char| !char.is_alphanumeric() && char != '_');
    REMARKS.contains(&attribute.get(..end.unwrap_or(attribute.len())).unwrap_or_default())
}

fn non_exhaustive(change: Change, shape: &Shape, options: Options) -> Change {
    // It means something to other crates only.
    if options.in_user_crate {
        return change;
    }
    match shape {
        Shape::Struct(_) => {
            change.reading(Effect::without_rest(NON_EXHAUSTIVE)).writing(Effect::breaks(NON_EXHAUSTIVE))
        }
        Shape::Enum(shape) if !shape.open => change.reading(Effect::breaks(NON_EXHAUSTIVE)),
        Shape::Enum(_)
        | Shape::Union(_)
        | Shape::Newtype { .. }
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => change,
    }
}

/// Attributes of fields: they affect what the item derives, which is reported with the item.
fn fields(pairing: &Pairing<'_>, old: &Struct, (id, new): (TypeId, &Struct)) -> Vec<Change> {
    let by_wire: HashMap<&str, &Property> =
        old.properties.iter().map(|property| (property.wire.as_str(), property)).collect();
    let fields = new.properties.iter().enumerate().filter_map(|(index, after)| match after.kind {
        PropertyKind::Constant { .. } => None,
        PropertyKind::Field { .. } => {
            let before = by_wire.get(after.wire.as_str())?;
            let (was, is) = (&before.overrides.attributes, &after.overrides.attributes);
            let change = Change::new(On::Field, Kind::Changed).named(pairing.new.names.member(id, index));
            (was != is).then(|| change.before(shown(was)).after(shown(is)))
        }
    });
    fields.collect()
}

fn shown(attributes: &[String]) -> String {
    if attributes.is_empty() {
        return "no attributes".to_owned();
    }
    attributes.iter().map(|attribute| format!("#[{attribute}]")).collect::<Vec<_>>().join(" ")
}
