//! Objects: structs, maps, and what their properties are.

use serde_json::Value;

use super::access::{access, may_be_withheld};
use super::budget;
use super::convert::{Converter, Made, Naming};
use super::enumeration::{self, Constants, scalar_literal, spelled_default};
use super::external;
use super::merged_schema::{AllOf, MergedSchema, merge_all_of};
use super::notes::Notes;
use super::nullability::nullable;
use super::site::{Components, Node, Site};
use crate::config::{Action, Member, UnknownFields};
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::ir::{
    Access, AnyReason, Docs, Literal, Overrides, Presence, Property, PropertyKind, Rest, Shape, Struct,
    TypeRef,
};
use crate::limits;

/// An object schema: a map when it names no property, a struct when it does.
pub(super) fn object<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    naming: &Naming,
    place: &Location,
) -> Made {
    let additional = additional(converter, merged, naming, place);
    if merged.properties.is_empty() && merged.required.is_empty() {
        if merged.additional_false && merged.additional.is_empty() {
            return Made::Shape(Shape::Struct(Struct {
                properties: Vec::new(),
                rest: rest(converter, merged, None, place),
                closed: true,
            }));
        }
        let values = match additional {
            Some(values) => values,
            None => converter.any(AnyReason::Unconstrained, place.clone()),
        };
        return Made::Shape(Shape::Map(values));
    }
    let mut properties = Vec::with_capacity(merged.properties.len());
    for (name, sites) in &merged.properties {
        if converter.budget.is_spent() {
            break;
        }
        if !is_excluded(converter, merged, name) {
            let property = property(converter, merged, name, sites, naming);
            budget::spend(converter, budget::PROPERTY + budget::text(&property.docs), place);
            properties.push(property);
        }
    }
    // A name that is required but not described may hold anything; the server will send it.
    for name in merged.required.iter().filter(|name| !merged.properties.contains_key(*name)) {
        if is_excluded(converter, merged, name) {
            continue;
        }
        let ty = converter.any(AnyReason::Unconstrained, place.clone());
        let kind = PropertyKind::Field { ty, presence: Presence::Required, boxed: false };
        properties.push(Property {
            wire: (*name).to_owned(),
            docs: Docs::default(),
            location: place.clone(),
            kind,
            initial: None,
            required_when_sent: false,
            access: Access::Both,
            omits_default: false,
            overrides: Overrides::default(),
        });
    }
    let rest = rest(converter, merged, additional, place);
    Made::Shape(Shape::Struct(Struct { properties, rest, closed: merged.additional_false }))
}

/// Whether the settings leave a property out. Also takes note that there is one.
fn is_excluded<'d>(converter: &Converter<'_, 'd>, merged: &MergedSchema<'d>, name: &str) -> bool {
    if let Some(subject) = &merged.subject {
        converter.rules.see_member(subject, Member::Property, &[name]);
    }
    let excluded = converter
        .rules
        .last_of_property(merged.subject.as_ref(), name, |action| (*action == Action::Exclude).then_some(()));
    excluded.is_some()
}

/// The type of properties that the schema does not name, if it asks to keep them.
fn additional<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    naming: &Naming,
    place: &Location,
) -> Option<TypeRef> {
    if !merged.additional.is_empty() {
        let sites = merged.additional.clone();
        return Some(converter.all_of(AllOf::all(sites), &naming.step("value")));
    }
    (merged.additional_true && !merged.additional_false)
        .then(|| converter.any(AnyReason::Unconstrained, place.clone()))
}

fn rest<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    additional: Option<TypeRef>,
    place: &Location,
) -> Rest {
    if let Some(values) = additional {
        return Rest::Keep(values);
    }
    let own = converter.rules.last(merged.subject.as_ref(), |action, _| {
        if let Action::UnknownFields(what) = action { Some(*what) } else { None }
    });
    match own.unwrap_or(converter.options.unknown_fields) {
        UnknownFields::Ignore => Rest::Ignore,
        UnknownFields::Deny => Rest::Deny,
        UnknownFields::Keep => Rest::Keep(converter.any(AnyReason::Unconstrained, place.clone())),
    }
}

fn property<'d>(
    converter: &mut Converter<'_, 'd>,
    of: &MergedSchema<'d>,
    name: &str,
    sites: &[Site<'d>],
    naming: &Naming,
) -> Property {
    let required = of.required.contains(name);
    let notes = Annotations::of(&converter.components, sites);
    let location = sites.last().map(|site| site.at.clone()).unwrap_or_default();
    let docs = notes.docs(name);
    let all_of = AllOf::all(sites.to_vec());
    let replaced = external::replaced_property(converter, of, name, &all_of);
    let default = notes.default.map(|value| spelled_default(&converter.components, sites, value));
    let constant = if replaced.is_some() { None } else { constant(converter, sites) };
    if let Some((value, warning)) = constant
        && (required || default.as_deref().and_then(scalar_literal).as_ref() == Some(&value))
    {
        enumeration::warn_of_values(converter, warning);
        return Property {
            wire: name.to_owned(),
            docs,
            location,
            kind: PropertyKind::Constant { value, required },
            initial: None,
            required_when_sent: false,
            access: Access::Both,
            omits_default: false,
            overrides: Overrides::default(),
        };
    }
    let ty = match replaced {
        Some(ty) => ty,
        None => converter.all_of(all_of, &naming.step(name)),
    };
    let access = access(&converter.components, sites);
    let required_when_sent = required && may_be_withheld(&converter.components, sites);
    let is_required = required && !required_when_sent;
    let (presence, initial) =
        converter.defaults.presence(is_required, default.as_deref(), &location, converter.sink);
    Property {
        wire: name.to_owned(),
        docs,
        location,
        kind: PropertyKind::Field { ty, presence, boxed: false },
        initial,
        required_when_sent,
        access,
        omits_default: false,
        overrides: Overrides::default(),
    }
}

/// The one value that a property can have, if its own schema says so, and what there is to warn of if that is taken.
fn constant<'d>(
    converter: &mut Converter<'_, 'd>,
    sites: &[Site<'d>],
) -> Option<(Literal, Option<Diagnostic>)> {
    let has_enum = |site: &Site<'d>| match site.node {
        Node::Schema(schema) => !schema.keywords.enumeration.is_empty(),
        Node::Reference(_) => false,
    };
    if !sites.iter().any(has_enum) || nullable(&converter.components, sites) {
        return None;
    }
    let merged = merge_all_of(&converter.components, &mut Sink::default(), &AllOf::all(sites.to_vec()));
    let (values, at) = merged.values.as_ref().filter(|_| merged.groups.is_empty())?;
    // A password is a field that is not shown, also where its one value is known.
    if merged.format == Some("password") {
        return None;
    }
    let constants = Constants::of(&merged, values);
    let ([value], [_]) = (&constants.named[..], &values[..]) else { return None };
    Some((value.wire.clone(), constants.warning(at)))
}

/// What is said of a property beside its type: by its own schema and the inline parts of its `allOf`, not by what it
/// refers to.
#[derive(Default)]
pub(super) struct Annotations<'d> {
    notes: Notes<'d>,
    deprecated: bool,
    pub default: Option<&'d Value>,
}

impl<'d> Annotations<'d> {
    /// The later schemas are the more derived ones, so theirs win.
    pub fn of(components: &Components<'d>, sites: &[Site<'d>]) -> Self {
        let mut notes = Self::default();
        for site in sites.iter().rev() {
            notes.add(components, site, 0);
        }
        notes
    }

    fn add(&mut self, components: &Components<'d>, site: &Site<'d>, depth: usize) {
        let Node::Schema(schema) = site.node else { return };
        self.notes.add(0, schema.title.as_deref(), schema.description.as_deref());
        self.deprecated |= schema.is_deprecated;
        self.default = self.default.or(schema.default.as_ref());
        let parts = &schema.keywords.all_of;
        if !parts.is_empty() && !components.is_beyond(&limits::ANNOTATIONS, depth, &site.at) {
            for branch in parts {
                self.add(components, &Site::new(branch, site.at.clone()), depth + 1);
            }
        }
    }

    /// As documentation of something called `name`.
    pub fn docs(&self, name: &str) -> Docs {
        self.notes.docs(name, self.deprecated)
    }
}
