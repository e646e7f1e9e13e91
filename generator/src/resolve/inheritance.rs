//! Inheritance: a schema with a discriminator and no `oneOf`, and the schemas that extend it by `allOf`
//! (OpenAPI 3.0.4 §4.7.25.3).

use super::convert::{Converter, Made, Naming, type_id};
use super::descendants::Descendants;
use super::discriminator::{self, discriminator};
use super::external;
use super::merged_schema::{AllOf, MergedSchema, merge_all_of};
use super::nullability::nullable;
use super::object;
use super::rules::Subject;
use super::site::{Components, Node};
use super::union::only_narrows;
use super::union_draft::{MappingTarget, UnionDraft};
use super::wrapper::renamed_component;
use crate::diagnostics::{Location, Sink};
use crate::ir::{Docs, NameHint, Shape, TypeId, TypeRef, TypeSelection, Union, Variant, VariantName};
use crate::limits;

impl<'d> Converter<'_, 'd> {
    /// What a component with a discriminator of its own and no `oneOf` is: where it is referred to, one of its
    /// descendants. `None` without descendants.
    pub(super) fn inheritance_root(
        &mut self,
        index: usize,
        merged: &MergedSchema<'d>,
        descendants: &Descendants,
    ) -> Option<Made> {
        if merged.groups.iter().any(|group| !only_narrows(&self.components, merged, group.branches.iter())) {
            return None;
        }
        let outermost = || merged.discriminators.iter().find(|own| own.outermost);
        let own = merged.free_discriminator().or_else(outermost)?;
        let mut draft = discriminator(&self.components, own.found, &own.at);
        for (key, target) in inherited_keys(&self.components, index, merged, &draft.property) {
            if draft.mapping.iter().all(|(known, _)| *known != key) {
                draft.mapping.push((key, target));
            }
        }
        let discriminator = discriminator::asked_discriminator(self, merged, Some(draft), &own.at)?;
        let mut variants = Vec::new();
        let mut is_concrete = false;
        let mapped = discriminator.mapping.iter().filter_map(|(_, target)| match target {
            MappingTarget::Component(id) => Some(id.0 as usize),
            MappingTarget::Dangling(_) => None,
        });
        let mapped: Vec<usize> = mapped.collect();
        for component in descendants.of(index).into_iter().chain(mapped.iter().copied()) {
            if stands_for(&self.components, component) == index {
                is_concrete |= mapped.contains(&component);
            } else if !variants.contains(&component) {
                variants.push(component);
            }
        }
        if variants.is_empty() {
            return None;
        }
        self.discriminators.mark_used(own.found);
        let location = self.components.site(index).at.clone();
        let mut variants: Vec<_> = variants.into_iter().map(|id| self.variant_of(type_id(id))).collect();
        let mut draft =
            UnionDraft { discriminator: Some(discriminator), is_parent: true, ..UnionDraft::default() };
        if is_concrete {
            let base = self.base_struct(index, merged, &location);
            let name = VariantName::Words(self.components.name(index).to_owned());
            let ty = TypeRef { id: base, nullable: false };
            variants.push(Variant { name, asked: None, ty, boxed: false, docs: Docs::default(), location });
            // The mapping means the struct, not the union that the name now stands for.
            for (_, target) in draft.discriminator.iter_mut().flat_map(|found| &mut found.mapping) {
                if let MappingTarget::Component(id) = target
                    && stands_for(&self.components, id.0 as usize) == index
                {
                    *id = base;
                }
            }
        }
        self.unions.insert(type_id(index), draft);
        Some(Made::Shape(Shape::Union(Union { variants, reading: TypeSelection::default() })))
    }

    fn variant_of(&self, id: TypeId) -> Variant {
        let location = self.types[id.0 as usize].location.clone();
        let ty = TypeRef { id, nullable: false };
        Variant { name: VariantName::OfType, asked: None, ty, boxed: false, docs: Docs::default(), location }
    }

    /// The parent's own fields.
    fn base_struct(&mut self, index: usize, merged: &MergedSchema<'d>, location: &Location) -> TypeId {
        let owner = crate::ir::Owner::Component(index);
        let naming = Naming { owner, path: vec!["base".to_owned()] };
        let shape = match object::object(self, merged, &naming, location) {
            Made::Shape(shape) => shape,
            Made::Use(target) => Shape::Alias(target),
        };
        let name = NameHint { owner, path: naming.path };
        let id = self.push(shape, Some(name), super::convert::docs(merged, ""), location.clone());
        external::note_subject(
            self,
            id,
            merged.subject.clone().map(|subject| Subject { is_base: true, ..subject }),
        );
        let all_of = AllOf::of(self.components.site(index).clone());
        self.sources.note(id, &all_of);
        id
    }
}

/// The component that a component is another name for: itself when it says something of its own, or is a child that
/// adds nothing to its parent.
pub(super) fn stands_for<'d>(components: &Components<'d>, index: usize) -> usize {
    let mut at = index;
    for depth in 0.. {
        at = components.end(at).unwrap_or(at);
        if components.is_beyond(&limits::REPETITIONS, depth, &components.site(at).at) {
            break;
        }
        match renamed_component(components, components.site(at)) {
            Some(target) if target != at && !is_bare_child(components, at, target) => at = target,
            Some(_) | None => break,
        }
    }
    at
}

/// Whether a component that repeats `parent` and adds nothing is a child of it, not another name. The parent's
/// discriminator decides: its mapping or the values of its tag name the child, or it has neither of them.
pub(super) fn is_bare_child<'d>(components: &Components<'d>, index: usize, parent: usize) -> bool {
    let site = components.site(index);
    let Node::Schema(schema) = site.node else { return false };
    let extends = !schema.keywords.all_of.is_empty();
    let Some(parent) = components.end(parent) else { return false };
    if !extends || nullable(components, std::slice::from_ref(site)) {
        return false;
    }
    let all_of = AllOf::of(components.site(parent).clone());
    let merged = merge_all_of(components, &mut Sink::default(), &all_of);
    let Some(own) = merged.free_discriminator() else { return false };
    let mapping = &own.found.mapping;
    if mapping.values().any(|target| components.find_mapped(target) == Some(index)) {
        return true;
    }
    let tag = merged.properties.get(own.found.property.as_str());
    let tag = AllOf::all(tag.cloned().unwrap_or_default());
    let values = merge_all_of(components, &mut Sink::default(), &tag).values;
    let name = components.name(index);
    match values {
        Some((values, _)) => values.iter().any(|value| value.as_str() == Some(name)),
        None => mapping.is_empty(),
    }
}

/// The keys by which the mappings of a component's own parents name it, where their tag is the same property: an
/// object may be one of its children or the component itself.
fn inherited_keys<'d>(
    components: &Components<'d>,
    index: usize,
    merged: &MergedSchema<'d>,
    property: &str,
) -> Vec<(String, MappingTarget)> {
    let same = merged.inherited.iter().filter(|found| found.property == property);
    let entries = same.flat_map(|found| &found.mapping);
    entries
        .filter(|(_, target)| components.find_mapped(target) == Some(index))
        .map(|(key, _)| (key.clone(), MappingTarget::Component(type_id(index))))
        .collect()
}
