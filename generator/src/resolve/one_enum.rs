//! Unions that are one scalar type: strings of whatever kind are one string, and constants of one JSON type are one
//! enum.

use std::collections::{HashMap, HashSet};

use super::branches::Branch;
use super::convert::{Converter, Made, type_id};
use super::enumeration::{self, Constants, is_every_boolean, kind_of, scalar_literal};
use super::external;
use super::merged_schema::MergedSchema;
use super::secrets::is_secret;
use super::site::{Components, Node, Site};
use super::union;
use crate::config::UnknownValues;
use crate::diagnostics::Diagnostic;
use crate::ir::{Docs, Enum, EnumKind, EnumValue, Literal, PlainLiteral, Scalar, Shape, TypeRef};
use crate::words::{name_of, same_words};

/// What the branches are, as long as they are all of the same JSON type.
#[derive(Default)]
struct Found {
    scalars: Vec<Scalar>,
    enums: Vec<Enum>,
    /// The enums among them that are components.
    components: Vec<usize>,
    warnings: Vec<Diagnostic>,
}

/// Step 1 of the selection order: what the branches are when they are one scalar type.
pub(super) fn one_enum<'d>(
    converter: &mut Converter<'_, 'd>,
    whole: &MergedSchema<'d>,
    branches: &[Branch<'d>],
) -> Option<Made> {
    if union::some_are_replaced(converter, branches) {
        return None;
    }
    let mut found = Found::default();
    for branch in branches {
        add_branch(converter, &mut found, branch)?;
    }
    let Found { scalars, enums, components, warnings } = found;
    if enums.is_empty() {
        return Some(Made::Use(TypeRef { id: converter.scalar(joined(&scalars)), nullable: false }));
    }
    let kind = shared_kind(&enums, &scalars)?;
    let extensible = !scalars.is_empty();
    if let ([index], [Enum { open: true, .. }]) = (&components[..], &enums[..]) {
        if extensible {
            converter.extensible.push(type_id(*index));
        }
        return Some(Made::Use(TypeRef { id: type_id(*index), nullable: false }));
    }
    warnings.into_iter().for_each(|warning| enumeration::warn_of_values(converter, Some(warning)));
    let are_open = enums.iter().any(|found| found.open);
    let mut known = HashSet::new();
    let mut values: Vec<EnumValue> = enums.into_iter().flat_map(|found| found.values).collect();
    values.retain(|value| known.insert(format!("{:?}", value.wire)));
    name_by_titles(&mut values);
    if is_every_boolean(&values) {
        if values.iter().all(|value| value.name.is_none() && value.docs == Docs::default()) {
            return Some(Made::Use(TypeRef { id: converter.scalar(Scalar::Boolean), nullable: false }));
        }
        return Some(Made::Shape(Shape::Enum(Enum { values, kind, open: false, extensible })));
    }
    let open = extensible
        || are_open && enumeration::enums(converter, whole.subject.as_ref()) == UnknownValues::Open;
    Some(Made::Shape(Shape::Enum(Enum { values, kind, open, extensible })))
}

/// `None` when the branch is neither a string nor a set of constants.
fn add_branch<'d>(converter: &mut Converter<'_, 'd>, found: &mut Found, branch: &Branch<'d>) -> Option<()> {
    let Branch { merged, component, .. } = branch;
    let subject = match component {
        Some(index) => external::component_subject(converter, *index),
        None => external::subject(converter, &branch.simple),
    };
    // A secret is not listed with what is shown.
    let values = merged.values.as_ref().filter(|_| !is_secret(merged));
    let Some((values, at)) = values else {
        let scalar = super::scalar::plain(merged, converter.options).filter(|scalar| is_string(*scalar))?;
        found.scalars.push(scalar);
        return Some(());
    };
    let constants = Constants::of(merged, values);
    if constants.named.is_empty() || constants.structured {
        return None;
    }
    // What is wrong with a component is said where it is made.
    found.warnings.extend(constants.warning(at).filter(|_| component.is_none()));
    let mut values = constants.named;
    if let [value] = &mut values[..] {
        annotate(&converter.components, value, &branch.site);
    }
    let open = enumeration::enums(converter, subject.as_ref()) == UnknownValues::Open;
    found.components.extend(component);
    found.enums.push(Enum { kind: kind_of(&values), values, open, extensible: false });
    Some(())
}

/// The kind of the enum of all values. `None` when they have several JSON types.
fn shared_kind(enums: &[Enum], scalars: &[Scalar]) -> Option<EnumKind> {
    let values: Vec<EnumValue> = enums.iter().flat_map(|found| found.values.iter().cloned()).collect();
    let mut types = values.iter().map(|value| json_type(&value.wire));
    let first = types.next()?;
    // Only strings are taken together with the values that are known of them.
    let is_one = types.all(|typ| typ == first) && (scalars.is_empty() || first == "string");
    is_one.then(|| kind_of(&values))
}

fn json_type(value: &Literal) -> &'static str {
    match value.plain() {
        Some(PlainLiteral::String(_)) => "string",
        Some(PlainLiteral::Bool(_)) => "boolean",
        Some(PlainLiteral::Integer(_) | PlainLiteral::Float(_)) => "number",
        None => "other",
    }
}

/// What a branch of one value says of it. The title may become its name.
fn annotate<'d>(components: &Components<'d>, value: &mut EnumValue, site: &Site<'d>) {
    let Some((schema, _)) = components.follow(site) else { return };
    if value.docs == Docs::default() {
        value.docs = Docs {
            title: title_of(components, site),
            description: schema.description.clone(),
            deprecated: schema.is_deprecated,
        };
    }
}

/// The title of a branch. That of a component is often its name again and says nothing.
pub(super) fn title_of<'d>(components: &Components<'d>, site: &Site<'d>) -> Option<String> {
    let name = match site.node {
        Node::Reference(reference) => components.find(reference).map(|index| components.name(index)),
        Node::Schema(_) => None,
    };
    let (schema, _) = components.follow(site)?;
    let title = schema.title.as_deref().filter(|title| !title.trim().is_empty())?;
    name.is_none_or(|name| !same_words(title, name)).then(|| title.to_owned())
}

/// Turns titles into names where they distinguish the values.
pub(super) fn name_by_titles(values: &mut [EnumValue]) {
    let mut uses: HashMap<String, HashSet<usize>> = HashMap::new();
    for (index, value) in values.iter().enumerate() {
        let text = if let Literal::String(text) = &value.wire { Some(text) } else { None };
        for text in value.docs.title.iter().chain(text) {
            uses.entry(name_of(text)).or_default().insert(index);
        }
    }
    let is_unique = |title: &String| uses.get(&name_of(title)).is_some_and(|uses| uses.len() == 1);
    for value in values.iter_mut().filter(|value| value.name.is_none()) {
        value.name = value.docs.title.take_if(|title| is_unique(title));
    }
}

/// Whether the scalar is a string on the wire.
fn is_string(scalar: Scalar) -> bool {
    match scalar {
        Scalar::String | Scalar::Secret | Scalar::Uuid | Scalar::DateTime | Scalar::Date | Scalar::Base64 => {
            true
        }
        Scalar::Boolean | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Binary | Scalar::Null => false,
    }
}

/// A secret stays one even if the same value may also come as a plain string.
fn joined(scalars: &[Scalar]) -> Scalar {
    match scalars {
        _ if scalars.contains(&Scalar::Secret) => Scalar::Secret,
        [first, rest @ ..] if rest.iter().all(|scalar| scalar == first) => *first,
        _ => Scalar::String,
    }
}

/// What the branches of a union say of the values of an `enum` that stands beside it.
pub(super) fn annotate_values<'d>(
    components: &Components<'d>,
    merged: &MergedSchema<'d>,
    values: &mut [EnumValue],
) {
    let mut sites: HashMap<String, &Site<'d>> = HashMap::new();
    for site in merged.groups.iter().flat_map(|group| &group.branches) {
        let schema = components.follow(site);
        if let Some([value]) = schema.map(|(schema, _)| &schema.keywords.enumeration[..])
            && let Some(wire) = scalar_literal(value)
        {
            sites.entry(format!("{wire:?}")).or_insert(site);
        }
    }
    for value in values.iter_mut().filter(|_| !sites.is_empty()) {
        if let Some(site) = sites.get(&format!("{:?}", value.wire)) {
            annotate(components, value, site);
        }
    }
    name_by_titles(values);
}
