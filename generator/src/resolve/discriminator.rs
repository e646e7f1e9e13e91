//! Which property tells a union's variants apart: what the document says, and what the settings say instead.

use openapiv3::Discriminator;

use super::convert::{Converter, type_id};
use super::facets::Facets;
use super::union_draft::{DiscriminatorDraft, MappingTarget};
use crate::config::{Action, DiscriminatorRule};
use crate::diagnostics::Location;

impl<'d> Converter<'_, 'd> {
    /// Looks a discriminator's targets up.
    pub(super) fn discriminator(&self, found: &Discriminator, at: &Location) -> DiscriminatorDraft {
        let default = found.extensions.get("x-defaultMapping").and_then(serde_json::Value::as_str);
        DiscriminatorDraft {
            property: found.property_name.clone(),
            mapping: found
                .mapping
                .iter()
                .map(|(tag, text)| (tag.clone(), self.mapping_target(text)))
                .collect(),
            default: default.map(|text| self.mapping_target(text)),
            location: at.clone(),
        }
    }

    fn mapping_target(&self, text: &str) -> MappingTarget {
        match self.components.find_mapped(text) {
            Some(index) => MappingTarget::Component(type_id(index)),
            None => MappingTarget::Dangling(text.to_owned()),
        }
    }

    /// What the settings say instead of the document, if they say something.
    pub(super) fn asked_discriminator(
        &self,
        facets: &Facets<'d>,
        found: Option<DiscriminatorDraft>,
        at: &Location,
    ) -> Option<DiscriminatorDraft> {
        let asked = self.rules.last(facets.subject.as_ref(), |action, _| {
            if let Action::Discriminator(rule) = action { Some(rule) } else { None }
        });
        let (property, mapping) = match asked {
            None => return found,
            Some(DiscriminatorRule::Ignore) => return None,
            Some(DiscriminatorRule::Use { property, mapping }) => (property, mapping),
        };
        let mapping = mapping.as_ref().map(|entries| {
            entries.iter().map(|(tag, text)| (tag.clone(), self.mapping_target(text))).collect()
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
}
