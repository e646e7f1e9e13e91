//! What the settings override of single types and properties: names, derives, attributes, descriptions.

use std::collections::BTreeMap;

use super::{described, split};
use crate::config::{Action, Member, Rule, Target, TypeOptions, is_deprecation, star};
use crate::diagnostics::Sink;
use crate::ir::{
    Docs, Enum, Literal, Overrides, PairOrigin, PropertyKind, Shape, Struct, TypeId, Union, VariantSelection,
};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;
use crate::resolve::rules::{Rules, Subject};
use crate::words::name_of;

/// Applies the names, derives and attributes of the settings, and removes descriptions.
pub(super) fn run(draft: &mut DraftGraph, options: &TypeOptions, rules: &Rules<'_>, sink: &mut Sink) {
    if options.without_docs {
        drop_descriptions(draft, rules);
    }
    if rules.is_empty() {
        return;
    }
    for (index, ty) in draft.types.iter_mut().enumerate() {
        let Some(subject) = draft.subjects.get(&type_id(index)) else { continue };
        let is_item = match &mut ty.shape {
            Shape::Struct(shape) => {
                properties(rules, subject, shape);
                true
            }
            Shape::Enum(shape) => {
                values(rules, subject, shape);
                true
            }
            Shape::Union(shape) => {
                variants(rules, subject, &draft.subjects, shape);
                true
            }
            Shape::Newtype { .. } => true,
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => false,
        };
        if ty.name.is_none() {
            continue;
        }
        if !subject.is_base {
            let last =
                rules.last(Some(subject), |action, rule| Some((renamed(action, rule, subject)?, rule)));
            draft.renames.extend(last.as_ref().and_then(|(_, rule)| Some((type_id(index), rule.place?.key))));
            ty.overrides.name = last.map(|(name, _)| name);
        }
        if is_item {
            ty.overrides.derives = lists(rules.all(subject, |action, _| {
                if let Action::Derives(derives) = action { Some(derives) } else { None }
            }));
            ty.overrides.attributes = lists(rules.all(subject, |action, _| attributes(action)));
            let docs = rules.last(Some(subject), |action, _| docs(action));
            described::separate(&mut ty.overrides, docs.unwrap_or(!options.without_docs));
            deprecated_by_attribute(&mut ty.docs, &ty.overrides);
        }
        if rules.last(Some(subject), |action, _| docs(action)) == Some(false) {
            clear(&mut ty.docs);
            clear_within(&mut ty.shape);
        }
    }
    rename_sent(draft);
    described::report_misled(draft, sink);
}

fn properties(rules: &Rules<'_>, subject: &Subject, shape: &mut Struct) {
    for property in &mut shape.properties {
        match property.kind {
            PropertyKind::Field { .. } => {
                property.overrides = Overrides {
                    name: rules.last_of_property(Some(subject), &property.wire, new_name),
                    derives: Vec::new(),
                    described: Vec::new(),
                    attributes: lists(rules.all_of_property(subject, &property.wire, attributes)),
                };
                deprecated_by_attribute(&mut property.docs, &property.overrides);
            }
            PropertyKind::Constant { .. } => continue,
        }
        if rules.last_of_property(Some(subject), &property.wire, docs) == Some(false) {
            clear(&mut property.docs);
        }
    }
}

fn values(rules: &Rules<'_>, subject: &Subject, shape: &mut Enum) {
    for value in &mut shape.values {
        let text = match &value.wire {
            Literal::String(text) => text.clone(),
            Literal::Bool(value) => value.to_string(),
            Literal::Integer(value) => value.to_string(),
            Literal::Float(value) => value.to_string(),
            Literal::Null
            | Literal::EnumValue(..)
            | Literal::UnknownEnumValue(..)
            | Literal::Variant(..)
            | Literal::List(_)
            | Literal::Map(_)
            | Literal::Struct(..)
            | Literal::UnknownVariant(..)
            | Literal::Any(_) => continue,
        };
        rules.see_member(subject, Member::Value, &[&text]);
        value.asked = rules.all_of_member(subject, Member::Value, &[&text], new_name).pop();
    }
}

fn variants(rules: &Rules<'_>, subject: &Subject, subjects: &BTreeMap<TypeId, Subject>, shape: &mut Union) {
    for index in 0..shape.variants.len() {
        let mut texts: Vec<String> = match &shape.reading.object {
            VariantSelection::Tagged(tagged) => tagged.values_of(index).map(ToString::to_string).collect(),
            VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => {
                Vec::new()
            }
        };
        let variant = &mut shape.variants[index];
        texts.extend(subjects.get(&variant.ty.id).into_iter().flat_map(|content| content.names.clone()));
        texts.extend(rules.at(std::iter::once(&variant.location)).places);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        rules.see_member(subject, Member::Variant, &texts);
        variant.asked = rules.all_of_member(subject, Member::Variant, &texts, new_name).pop();
    }
}

fn new_name(action: &Action) -> Option<String> {
    if let Action::Rename(name) = action { Some(name.clone()) } else { None }
}

fn attributes(action: &Action) -> Option<&Vec<String>> {
    if let Action::Attributes(attributes) = action { Some(attributes) } else { None }
}

fn docs(action: &Action) -> Option<bool> {
    if let Action::Docs(docs) = action { Some(*docs) } else { None }
}

/// The name, with what the pattern's `*` matched in place of its own.
fn renamed(action: &Action, rule: &Rule, subject: &Subject) -> Option<String> {
    let Action::Rename(name) = action else { return None };
    let Target::Schema(pattern) = &rule.target else { return Some(name.clone()) };
    let mut texts = subject.names.iter().chain(&subject.places);
    match texts.find_map(|text| star(pattern, text)) {
        Some(matched) if name.contains('*') => Some(name_of(&name.replace('*', matched))),
        Some(_) | None => Some(name.clone()),
    }
}

/// What is sent of a schema that was split is called after what is read of it, unless a rule names it alone.
fn rename_sent(draft: &mut DraftGraph) {
    for pair in draft.pairs.clone().iter().filter(|pair| pair.origin == PairOrigin::Split) {
        let read = draft.get(pair.read).overrides.name.clone();
        let sent = &mut draft.get_mut(pair.sent).overrides.name;
        if read.is_some() && *sent == read {
            *sent = read.map(|name| name + split::STEP);
        }
    }
}

/// The lists as one, each text once.
fn lists(lists: Vec<&Vec<String>>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in lists.into_iter().flatten() {
        if !all.contains(text) {
            all.push(text.clone());
        }
    }
    all
}

/// An item cannot be deprecated twice: an attribute of the settings says more than the document.
fn deprecated_by_attribute(docs: &mut Docs, overrides: &Overrides) {
    docs.deprecated &= !overrides.attributes.iter().any(|attribute| is_deprecation(attribute));
}

/// Takes the descriptions out; whether something is deprecated stays.
fn clear(docs: &mut Docs) {
    *docs = Docs { deprecated: docs.deprecated, ..Docs::default() };
}

fn clear_within(shape: &mut Shape) {
    match shape {
        Shape::Struct(shape) => shape.properties.iter_mut().for_each(|property| clear(&mut property.docs)),
        Shape::Union(shape) => shape.variants.iter_mut().for_each(|variant| clear(&mut variant.docs)),
        Shape::Enum(shape) => shape.values.iter_mut().for_each(|value| clear(&mut value.docs)),
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => {}
    }
}

fn drop_descriptions(draft: &mut DraftGraph, rules: &Rules<'_>) {
    for (index, ty) in draft.types.iter_mut().enumerate() {
        let asked = rules.last(draft.subjects.get(&type_id(index)), |action, _| docs(action));
        if asked != Some(true) {
            clear(&mut ty.docs);
            clear_within(&mut ty.shape);
        }
    }
    for operation in &mut draft.operations {
        clear(&mut operation.docs);
        operation.parameters.iter_mut().for_each(|parameter| clear(&mut parameter.docs));
        operation.body.iter_mut().for_each(|body| clear(&mut body.docs));
        operation.responses.iter_mut().for_each(|response| clear(&mut response.docs));
        operation.headers.iter_mut().for_each(|header| clear(&mut header.docs));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn names_derives_and_attributes_of_the_settings() {
        check!(
            "overrides",
            "
                LegacyPet:
                  description: An old one.
                  type: object
                  properties: { type: { type: string }, size: { enum: [s, l] } }
            ",
            r#"
                [schema."Legacy*"]
                rename = "*"
                derives = ["Eq"]
                docs = false
                [schema.LegacyPet.property]
                type = { rename = "kind", attributes = ["serde"] }
            "#,
            @r#"
            overrides
            - LegacyPet: struct, has a default // An old one.
            -   type: string, optional
            + LegacyPet: struct, has a default, called Pet, derives Eq
            +   type: string, optional, called kind, #[serde]
                size: LegacyPet.size, optional
              LegacyPet.size: enum of string
                "s"
                "l"
                and unknown ones
            "#
        );
    }
}
