//! `oneOf` and `anyOf`: which branches there are. How a reader tells them apart is the second pass's business.

use std::collections::HashSet;

use super::convert::{Converter, Made, Naming, type_id};
use super::facets::{Conjunction, Facets, Group, gather};
use super::object::Annotations;
use super::peel::{lone_component, simplify};
use super::says::{Says, is_annotation};
use super::site::{Node, Site, keywords};
use super::union_draft::UnionDraft;
use crate::config::Openness;
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::ir::{
    AnyReason, Enum, EnumKind, Reading, Scalar, Shape, TypeId, TypeRef, Union, Variant, VariantName,
};

/// A union with more branches than this is not a union that anybody matches on.
const MAX_BRANCHES: usize = 2_000;

/// How many combinations unions that hold at once may have: each becomes a type.
const MAX_COMBINATIONS: usize = 10_000;

/// What a branch may say without changing the shape of what stands beside the union.
const NARROWING: Says = Says {
    typ: true,
    properties: true,
    required: true,
    limits: true,
    additional: false,
    items: false,
    values: false,
    format: false,
    all_of: false,
    unions: false,
};

/// What an inline union that can be opened up may say.
const BARE_UNION: Says = Says {
    typ: true,
    unions: true,
    properties: false,
    required: false,
    additional: false,
    items: false,
    values: false,
    format: false,
    all_of: false,
    limits: false,
};

/// A branch before its content is converted.
struct Branch<'d> {
    conjunction: Conjunction<'d>,
    at: Location,
    /// Where the branch stands in its group: inline branches are named by it when nothing better is known.
    index: usize,
}

impl<'d> Converter<'_, 'd> {
    /// What a schema with `oneOf`/`anyOf` is. `None` when its branches only narrow what the rest says.
    pub(super) fn union(
        &mut self,
        facets: &Facets<'d>,
        conjunction: &Conjunction<'d>,
        naming: &Naming,
        id: Option<TypeId>,
    ) -> Option<Made> {
        let group = facets.groups.iter().find(|group| !self.only_narrows(facets, group))?.clone();
        let others = facets.groups.iter().filter(|group| !self.only_narrows(facets, group));
        let combinations = others.map(|group| group.branches.len()).fold(1, usize::saturating_mul);
        if group.branches.len() > MAX_BRANCHES || combinations > MAX_COMBINATIONS {
            let message = if group.branches.len() > MAX_BRANCHES {
                format!("a union of {} branches", group.branches.len())
            } else {
                "unions that hold at once have too many combinations of branches".to_owned()
            };
            self.sink.push(
                Diagnostic::warning("union-too-wide", group.at.clone(), message)
                    .help("it is emitted as any JSON value"),
            );
            return Some(Made::Shape(Shape::Any(AnyReason::TooManyBranches)));
        }
        let branches = self.branches(facets, conjunction, &group);
        if let Some(made) = self.string_like(facets, &branches) {
            return Some(made);
        }
        let variants = self.variants(branches, naming);
        if variants.iter().any(|variant| self.is_unconstrained(variant.ty.id)) {
            return Some(Made::Shape(Shape::Any(AnyReason::Unconstrained)));
        }
        match &variants[..] {
            [] => Some(Made::Shape(Shape::Any(AnyReason::Nothing))),
            [only] => Some(Made::Use(only.ty)),
            _ => {
                let discriminator =
                    group.discriminator.as_ref().map(|(found, at)| self.discriminator(found, at));
                let discriminator = self.asked_discriminator(facets, discriminator, &group.at);
                if let Some(id) = id {
                    self.unions.insert(id, UnionDraft { discriminator });
                }
                Some(Made::Shape(Shape::Union(Union { variants, reading: Reading::default() })))
            }
        }
    }

    /// Whether the branches say nothing of their own about the shape: lists of `required` names, or a repetition of
    /// a component that already is part of the whole.
    fn only_narrows(&self, facets: &Facets<'d>, group: &Group<'d>) -> bool {
        let is_known = |site: &Site<'d>| facets.parts.contains(&self.components.identity(site));
        if group.branches.iter().any(is_known) {
            return true;
        }
        let has_own =
            !facets.properties.is_empty() || facets.typ.as_ref().is_some_and(|(typ, _)| *typ != "object");
        let own_type = facets.typ.as_ref().map(|(typ, _)| *typ);
        group.branches.iter().all(|branch| match branch.node {
            Node::Reference(_) => false,
            Node::Schema(schema) => keywords(schema).is_some_and(|any| {
                let says = Says::of(any);
                let repeats_type = any.typ.is_none()
                    || any.typ.as_deref() == own_type
                    || (own_type.is_none() && has_own && any.typ.as_deref() == Some("object"));
                // Properties without a schema of their own repeat the names of `required`.
                let repeats_properties = any.properties.iter().all(|(name, schema)| {
                    facets.properties.contains_key(name.as_str())
                        && is_annotation(&Site::boxed(schema, Location::default()))
                });
                says.only(NARROWING) && repeats_type && repeats_properties && (has_own || says.required)
            }),
        })
    }

    /// The branches of a group, with what stands beside the group merged into each, inline unions among them opened
    /// up, and without repetitions.
    fn branches(
        &mut self,
        facets: &Facets<'d>,
        conjunction: &Conjunction<'d>,
        group: &Group<'d>,
    ) -> Vec<Branch<'d>> {
        let stands_alone = stands_alone(facets, conjunction);
        let mut found: Vec<Branch<'d>> = Vec::new();
        let mut keys = HashSet::new();
        for (index, site) in group.branches.iter().enumerate() {
            let conjunctions = if stands_alone {
                self.opened(site, 0)
            } else {
                let mut chosen = conjunction.chosen.clone();
                chosen.push((group.identity, index));
                vec![Conjunction { sites: conjunction.sites.clone(), chosen }]
            };
            for conjunction in conjunctions {
                let at = conjunction.sites.first().map_or_else(|| site.at.clone(), |site| site.at.clone());
                let at = if stands_alone { at } else { site.at.clone() };
                if keys.insert(conjunction.key(&self.components)) {
                    found.push(Branch { conjunction, at, index });
                }
            }
        }
        found
    }

    /// A branch, or the branches of the inline union without a tag of its own that it is.
    fn opened(&mut self, site: &Site<'d>, depth: usize) -> Vec<Conjunction<'d>> {
        if let Node::Schema(schema) = site.node
            && depth < 16
            && schema.schema_data.discriminator.is_none()
            && let Some(any) = keywords(schema)
        {
            let (inner, place) = match (&any.one_of[..], &any.any_of[..]) {
                (inner, []) => (inner, "oneOf"),
                ([], inner) => (inner, "anyOf"),
                _ => (&[][..], ""),
            };
            if !inner.is_empty() && Says::of(any).only(BARE_UNION) {
                let place = site.at.keyword(place);
                return inner
                    .iter()
                    .enumerate()
                    .flat_map(|(index, branch)| {
                        self.opened(&Site::new(branch, place.index(index)), depth + 1)
                    })
                    .collect();
            }
        }
        vec![Conjunction::of(site.clone())]
    }

    /// Rung 1: strings of whatever kind are one string type.
    fn string_like(&mut self, facets: &Facets<'d>, branches: &[Branch<'d>]) -> Option<Made> {
        if self.some_are_replaced(branches) {
            return None;
        }
        let whole = facets;
        let mut scalars = Vec::new();
        let mut enums: Vec<Enum> = Vec::new();
        let mut lone_enums = Vec::new();
        for branch in branches {
            let simple = simplify(&self.components, branch.conjunction.clone());
            let mut ignored = Sink::default();
            let mut facets = gather(&self.components, &mut ignored, &simple);
            let component = lone_component(&self.components, &simple);
            facets.subject = match component {
                Some(index) => self.component_subject(index),
                None => self.subject(&simple),
            };
            if facets.typ.as_ref().is_some_and(|(typ, _)| *typ != "string") {
                return None;
            }
            match &facets.values {
                Some((values, at)) => match self.enumeration(&facets, values, at) {
                    Some(Made::Shape(Shape::Enum(found))) if found.kind == EnumKind::String => {
                        lone_enums.extend(component);
                        enums.push(found);
                    }
                    _ => return None,
                },
                None => scalars
                    .push(super::scalar::plain(&facets, self.options).filter(|scalar| is_string(*scalar))?),
            }
        }
        if enums.is_empty() {
            return Some(Made::Use(TypeRef { id: self.scalar(joined(&scalars)), nullable: false }));
        }
        let extensible = !scalars.is_empty();
        if let ([index], [Enum { open: true, .. }]) = (&lone_enums[..], &enums[..]) {
            if extensible {
                self.extensible.push(type_id(*index));
            }
            return Some(Made::Use(TypeRef { id: type_id(*index), nullable: false }));
        }
        let are_open = enums.iter().any(|found| found.open);
        let mut values = Vec::new();
        for value in enums.into_iter().flat_map(|found| found.values) {
            if !values.iter().any(|known: &crate::ir::EnumValue| known.wire == value.wire) {
                values.push(value);
            }
        }
        let open = extensible || are_open && self.enums(whole) == Openness::Open;
        Some(Made::Shape(Shape::Enum(Enum { values, kind: EnumKind::String, open, extensible })))
    }

    /// Whether a type of the user's stands for a branch.
    fn some_are_replaced(&mut self, branches: &[Branch<'d>]) -> bool {
        if self.rules.is_empty() {
            return false;
        }
        branches.iter().any(|branch| {
            let simple = simplify(&self.components, branch.conjunction.clone());
            let subject = match lone_component(&self.components, &simple) {
                Some(index) => self.component_subject(index),
                None => self.subject(&branch.conjunction),
            };
            let facets = gather(&self.components, &mut Sink::default(), &simple);
            self.rules.last(subject.as_ref(), |action, _| super::rules::type_of(action)).is_some()
                || facets.format.is_some_and(|format| self.rules.format(format).is_some())
        })
    }

    fn variants(&mut self, branches: Vec<Branch<'d>>, naming: &Naming) -> Vec<Variant> {
        let mut variants: Vec<Variant> = Vec::new();
        for branch in branches {
            let wrapper = self.wrapped_name(&branch);
            let (name, step) = self.branch_name(&branch, wrapper);
            let ty = self.conjunction(branch.conjunction.clone(), &naming.step(&step));
            if let Shape::Scalar(Scalar::Null) = self.types[ty.id.0 as usize].shape {
                continue;
            }
            if variants.iter().any(|other| other.ty.id == ty.id) {
                continue;
            }
            let notes = Annotations::of(&branch.conjunction.sites[..1.min(branch.conjunction.sites.len())]);
            let docs =
                if branch.conjunction.chosen.is_empty() { notes.docs(&step) } else { Default::default() };
            let ty = TypeRef { nullable: false, ..ty };
            variants.push(Variant { name, asked: None, ty, boxed: false, docs, location: branch.at });
        }
        variants
    }

    /// The only property that an object branch requires: it says which branch it is, as in serde's externally tagged
    /// enums. What is not required does not matter: it may be added later.
    fn wrapped_name(&self, branch: &Branch<'d>) -> Option<&'d str> {
        let simple = simplify(&self.components, branch.conjunction.clone());
        let facets = gather(&self.components, &mut Sink::default(), &simple);
        let mut required = facets.properties.keys().filter(|name| facets.required.contains(*name));
        let name = required.next().filter(|_| required.next().is_none() && facets.groups.is_empty())?;
        Some(*name)
    }

    /// The name of a branch: that of its component, its title, its constant, the `wrapper` that it is, or what JSON type
    /// it has.
    fn branch_name(&mut self, branch: &Branch<'d>, wrapper: Option<&str>) -> (VariantName, String) {
        let simple = simplify(&self.components, branch.conjunction.clone());
        if let Some(index) = lone_component(&self.components, &simple) {
            return (VariantName::OfType, self.components.name(index).to_owned());
        }
        let mut ignored = Sink::default();
        let facets = gather(&self.components, &mut ignored, &simple);
        let words = match (self.chosen_name(&branch.conjunction), own_title(&branch.conjunction)) {
            (Some(name), _) => name,
            (None, Some(title)) => title.to_owned(),
            (None, None) => constant_name(&facets)
                .or_else(|| wrapper.map(str::to_owned))
                .unwrap_or_else(|| kind_name(&facets, branch.index)),
        };
        (VariantName::Words(words.clone()), words)
    }

    /// For a branch that was merged with what stands beside the union: the component that was chosen, or its title.
    fn chosen_name(&self, conjunction: &Conjunction<'d>) -> Option<String> {
        let (identity, index) = conjunction.chosen.last()?;
        let mut ignored = Sink::default();
        let mut without = conjunction.clone();
        without.chosen.pop();
        let facets = gather(&self.components, &mut ignored, &without);
        let group = facets.groups.iter().find(|group| group.identity == *identity)?;
        let site = group.branches.get(*index)?;
        match site.node {
            Node::Reference(reference) => {
                self.components.find(reference).map(|index| self.components.name(index).to_owned())
            }
            Node::Schema(schema) => schema.schema_data.title.clone(),
        }
    }

    fn is_unconstrained(&self, id: TypeId) -> bool {
        matches!(self.types[id.0 as usize].shape, Shape::Any(AnyReason::Unconstrained))
    }
}

/// Whether a union is all that its schema says.
fn stands_alone(facets: &Facets<'_>, conjunction: &Conjunction<'_>) -> bool {
    facets.groups.len() == 1
        && conjunction.chosen.is_empty()
        && facets.properties.is_empty()
        && facets.required.is_empty()
        && facets.additional.is_empty()
        && facets.items.is_empty()
        && facets.values.is_none()
}

fn own_title<'d>(conjunction: &Conjunction<'d>) -> Option<&'d str> {
    if !conjunction.chosen.is_empty() {
        return None;
    }
    conjunction.sites.iter().find_map(|site| match site.node {
        Node::Schema(schema) => schema.schema_data.title.as_deref(),
        Node::Reference(_) => None,
    })
}

/// An inline object with a constant is called by it, and so is an inline constant.
fn constant_name(facets: &Facets<'_>) -> Option<String> {
    if let Some((values, _)) = &facets.values
        && let [serde_json::Value::String(value)] = values[..]
        && !value.is_empty()
    {
        return Some(value.clone());
    }
    facets.properties.values().find_map(|sites| match sites[..] {
        [Site { node: Node::Schema(schema), .. }] => match &keywords(schema)?.enumeration[..] {
            [serde_json::Value::String(value)] if !value.is_empty() => Some(value.clone()),
            _ => None,
        },
        _ => None,
    })
}

fn kind_name(facets: &Facets<'_>, index: usize) -> String {
    let typ = facets.typ.as_ref().map(|(typ, _)| *typ);
    match typ {
        Some("string") if facets.values.is_some() => "enum".to_owned(),
        Some("string") => "string".to_owned(),
        Some("integer") => "integer".to_owned(),
        Some("number") => "number".to_owned(),
        Some("boolean") => "boolean".to_owned(),
        Some("array") => "array".to_owned(),
        Some("object") if facets.properties.is_empty() => "map".to_owned(),
        _ => format!("variant {}", index + 1),
    }
}

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
