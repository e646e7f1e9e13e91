//! Inheritance: a schema with a discriminator and no `oneOf`, and the schemas that extend it by `allOf`
//! (OpenAPI 3.0.4 §4.7.25.3).

use openapiv3::Discriminator;

use super::convert::{Converter, Made, Naming, type_id};
use super::descendants::Descendants;
use super::facets::Facets;
use super::rules::Subject;
use super::union_draft::{MappingTarget, UnionDraft};
use crate::diagnostics::Location;
use crate::ir::{Docs, NameHint, Reading, Shape, TypeId, TypeRef, Union, Variant, VariantName};

impl<'d> Converter<'_, 'd> {
    /// What a component with a discriminator of its own and no `oneOf` is: where it is referred to, one of its
    /// descendants. `None` when there are none.
    pub(super) fn inheritance_root(
        &mut self,
        index: usize,
        facets: &Facets<'d>,
        (found, at): (&'d Discriminator, &Location),
        descendants: &Descendants,
    ) -> Option<Made> {
        if !facets.groups.is_empty() {
            return None;
        }
        let discriminator = self.discriminator(found, at);
        let discriminator = self.asked_discriminator(facets, Some(discriminator), at)?;
        let mut variants: Vec<TypeId> = descendants.of(index).into_iter().map(type_id).collect();
        let own = type_id(index);
        let mut is_concrete = false;
        for (_, target) in &discriminator.mapping {
            match target {
                MappingTarget::Component(id) if *id == own => is_concrete = true,
                MappingTarget::Component(id) if !variants.contains(id) => variants.push(*id),
                MappingTarget::Component(_) | MappingTarget::Dangling(_) => {}
            }
        }
        if variants.is_empty() {
            return None;
        }
        let location = self.components.site(index).at.clone();
        let mut variants: Vec<_> = variants.into_iter().map(|id| self.variant_of(id)).collect();
        let mut draft = UnionDraft { discriminator: Some(discriminator), ..UnionDraft::default() };
        if is_concrete {
            let base = self.base_struct(index, facets, &location);
            let name = VariantName::Words(self.components.name(index).to_owned());
            let ty = TypeRef { id: base, nullable: false };
            variants.push(Variant { name, asked: None, ty, boxed: false, docs: Docs::default(), location });
            // The mapping means the struct, not the union that the name now stands for.
            for (_, target) in draft.discriminator.iter_mut().flat_map(|found| &mut found.mapping) {
                if *target == MappingTarget::Component(own) {
                    *target = MappingTarget::Component(base);
                }
            }
        }
        self.unions.insert(own, draft);
        Some(Made::Shape(Shape::Union(Union { variants, reading: Reading::default() })))
    }

    fn variant_of(&self, id: TypeId) -> Variant {
        let location = self.types[id.0 as usize].location.clone();
        let ty = TypeRef { id, nullable: false };
        Variant { name: VariantName::OfType, asked: None, ty, boxed: false, docs: Docs::default(), location }
    }

    /// The parent's own fields.
    fn base_struct(&mut self, index: usize, facets: &Facets<'d>, location: &Location) -> TypeId {
        let owner = crate::ir::Owner::Component(index);
        let naming = Naming { owner, path: vec!["base".to_owned()] };
        let shape = match self.object(facets, &naming, location) {
            Made::Shape(shape) => shape,
            Made::Use(target) => Shape::Alias(target),
        };
        let name = NameHint { owner, path: naming.path };
        let id = self.push(shape, Some(name), super::convert::docs(facets, ""), location.clone());
        self.note_subject(id, facets.subject.clone().map(|subject| Subject { is_base: true, ..subject }));
        id
    }
}
