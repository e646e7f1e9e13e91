//! The property that selects a union's variant, as the document or the settings name it.

use std::collections::HashSet;

use super::convert::{Converter, type_id};
use super::merged_schema::{AllOf, MergedSchema, merge_all_of};
use super::site::{Components, Node};
use super::union_draft::{DiscriminatorDraft, MappingTarget};
use crate::config::{Action, DiscriminatorRule};
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::document::{self, Discriminator, SchemaId};

/// Which discriminators the converted schemas have, and which of them a union took.
#[derive(Default)]
pub(super) struct Discriminators {
    met: Vec<Met>,
    known: HashSet<SchemaId>,
    used: HashSet<SchemaId>,
}

struct Met {
    identity: SchemaId,
    property: String,
    at: Location,
    beside_union: bool,
}

impl Discriminators {
    /// A union is read by this one, or the settings say how it is read.
    pub(super) fn mark_used(&mut self, found: &Discriminator) {
        self.used.insert(found.id);
    }

    fn note(&mut self, merged: &MergedSchema<'_>) {
        for own in &merged.discriminators {
            let identity = own.found.id;
            if self.known.insert(identity) {
                let property = own.found.property.clone();
                let (at, beside_union) = (own.at.clone(), own.beside_union);
                self.met.push(Met { identity, property, at, beside_union });
            }
        }
    }

    /// Warns of those that no union took.
    pub(super) fn report_ignored(self, sink: &mut Sink) {
        for met in self.met.iter().filter(|met| !self.used.contains(&met.identity)) {
            let property = &met.property;
            let (message, help) = if met.beside_union {
                (
                    format!(
                        "the discriminator `{property}` is ignored: there is only one type to choose from"
                    ),
                    "add the missing branches, or drop the discriminator",
                )
            } else {
                (
                    format!("the discriminator `{property}` is ignored: no schema extends this one"),
                    "let the schemas that extend this one refer to it in `allOf`, list them in `oneOf`, or drop the \
                     discriminator",
                )
            };
            sink.push(Diagnostic::warning("ignored-discriminator", met.at.clone(), message).help(help));
        }
    }
}

/// Notes the discriminators of a schema that is converted. A union of one branch whose tag lists its values keeps what
/// the discriminator says.
pub(super) fn note_discriminators<'d>(converter: &mut Converter<'_, 'd>, merged: &MergedSchema<'d>) {
    for own in &merged.discriminators {
        let tag = merged.properties.get(own.found.property.as_str());
        let tag = AllOf::all(tag.cloned().unwrap_or_default());
        let is_listed = || merge_all_of(&converter.components, &mut Sink::default(), &tag).values.is_some();
        if own.beside_union && merged.groups.is_empty() && is_listed() {
            converter.discriminators.mark_used(own.found);
        }
    }
    converter.discriminators.note(merged);
}

/// Notes the discriminator of a schema that says nothing else than the one component that it refers to.
pub(super) fn note_wrapper<'d>(converter: &mut Converter<'_, 'd>, all_of: &AllOf<'d>) {
    let has_discriminator = all_of.sites.iter().any(|site| match site.node {
        Node::Schema(schema) => schema.discriminator.is_some(),
        Node::Reference(_) => false,
    });
    if has_discriminator {
        let merged = merge_all_of(&converter.components, &mut Sink::default(), all_of);
        note_discriminators(converter, &merged);
    }
}

/// What the settings say instead of the document, if they say something.
pub(super) fn asked_discriminator<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    found: Option<DiscriminatorDraft>,
    at: &Location,
) -> Option<DiscriminatorDraft> {
    let asked = converter.rules.last(merged.subject.as_ref(), |action, _| {
        if let Action::Discriminator(rule) = action { Some(rule) } else { None }
    });
    let (property, mapping) = match asked {
        None => return found,
        Some(DiscriminatorRule::Ignore) => {
            merged.discriminators.iter().for_each(|own| converter.discriminators.mark_used(own.found));
            return None;
        }
        Some(DiscriminatorRule::Use { property, mapping }) => (property, mapping),
    };
    let mapping = mapping.as_ref().map(|entries| {
        entries
            .iter()
            .map(|(tag, text)| (tag.clone(), target_of(converter.components.find_named(text), text)))
            .collect()
    });
    match (found, property) {
        (Some(found), property) => Some(DiscriminatorDraft {
            property: property.clone().unwrap_or(found.property),
            mapping: mapping.unwrap_or(found.mapping),
            ..found
        }),
        (None, Some(property)) => Some(DiscriminatorDraft {
            property: property.clone(),
            mapping: mapping.unwrap_or_default(),
            default: None,
            location: at.clone(),
        }),
        // A mapping alone says nothing where the document names no property.
        (None, None) => None,
    }
}

/// Looks a discriminator's targets up.
pub(super) fn discriminator<'d>(
    components: &Components<'d>,
    found: &Discriminator,
    at: &Location,
) -> DiscriminatorDraft {
    DiscriminatorDraft {
        property: found.property.clone(),
        mapping: found
            .mapping
            .iter()
            .map(|(tag, target)| (tag.clone(), mapping_target(components, target)))
            .collect(),
        default: found.default_mapping.as_ref().map(|target| mapping_target(components, target)),
        location: at.clone(),
    }
}

fn mapping_target<'d>(components: &Components<'d>, target: &document::MappingTarget) -> MappingTarget {
    target_of(components.find_mapped(target), target)
}

/// The component that was found, or the text that names none.
fn target_of(found: Option<usize>, written: &impl ToString) -> MappingTarget {
    match found {
        Some(index) => MappingTarget::Component(type_id(index)),
        None => MappingTarget::Dangling(written.to_string()),
    }
}
