//! `oneOf` and `anyOf`: which branches there are. How a reader selects one is decided by the passes.

use super::branch_names::branch_names;
use super::branches::{self, Branch};
use super::budget;
use super::constraints::{self, unconstrained};
use super::convert::{Converter, Made, Naming, type_id};
use super::discriminator::{self, discriminator};
use super::external;
use super::keyword_set::{KeywordSet, is_annotation};
use super::merged_schema::{AllOf, Group, MergedSchema, merge_all_of};
use super::object::Annotations;
use super::one_enum::{self, title_of};
use super::site::{Components, Node, Site};
use super::union_draft::{DiscriminatorDraft, UnionDraft};
use super::wrapper::{lone_component, simplify};
use crate::diagnostics::{Diagnostic, Location};
use crate::ir::{AnyReason, Scalar, Shape, TypeId, TypeRef, TypeSelection, Union, Variant};
use crate::limits;

/// What a branch may say without changing the shape of what stands beside the union.
const NARROWING: KeywordSet =
    KeywordSet::TYPE.union(KeywordSet::PROPERTIES).union(KeywordSet::REQUIRED).union(KeywordSet::LIMITS);

/// What a schema with `oneOf`/`anyOf` is. `None` when its branches only narrow what the rest says.
pub(super) fn union<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    all_of: &AllOf<'d>,
    naming: &Naming,
    id: Option<TypeId>,
) -> Option<Made> {
    for group in &merged.groups {
        if only_narrows(&converter.components, merged, group.branches.iter()) {
            continue;
        }
        if let Some(made) = too_wide(converter, merged, group) {
            return Some(made);
        }
        let branches = branches::branches(converter, merged, all_of, group);
        let is_narrowed = (1..group.branches.len()).contains(&branches.len());
        if is_narrowed
            && only_narrows(&converter.components, merged, branches.iter().map(|branch| &branch.site))
        {
            continue;
        }
        if let [only] = &branches[..]
            && let Some(made) = only_branch(converter, only, naming, id)
        {
            return Some(made);
        }
        return Some(union_of(converter, merged, (all_of, group), branches, naming, id));
    }
    None
}

/// What a schema is of whose union one branch is left: the branch itself, under the schema's name.
fn only_branch<'d>(
    converter: &mut Converter<'_, 'd>,
    branch: &Branch<'d>,
    naming: &Naming,
    id: Option<TypeId>,
) -> Option<Made> {
    // Rules of the settings name the branch.
    if !converter.rules.is_empty() || branch.component.is_some() {
        return None;
    }
    // Merged again, since what is wrong with it has to be said.
    let merged = merge_all_of(&converter.components, converter.sink, &branch.simple);
    Some(match converter.make(&merged, &branch.simple, naming, &branch.at, id) {
        Made::Use(ty) => Made::Use(constraints::constrained(converter, ty, &merged)),
        Made::Shape(shape) => {
            let constraints = constraints::constraints(converter, &merged);
            if let Some(id) = id {
                converter.types[id.0 as usize].constraints.extend(constraints);
            }
            Made::Shape(shape)
        }
    })
}

fn union_of<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    (all_of, group): (&AllOf<'d>, &Group<'d>),
    branches: Vec<Branch<'d>>,
    naming: &Naming,
    id: Option<TypeId>,
) -> Made {
    if branches.is_empty() {
        return Made::Use(TypeRef { id: converter.scalar(Scalar::Null), nullable: false });
    }
    if let Some(made) = one_enum::one_enum(converter, merged, &branches) {
        return made;
    }
    let (variants, notes) = variants(converter, group, branches, naming);
    if variants.iter().any(|variant| is_unconstrained(converter, variant.ty.id)) {
        return Made::Shape(Shape::Any(AnyReason::Unconstrained));
    }
    match &variants[..] {
        [] => Made::Shape(Shape::Any(AnyReason::Nothing)),
        [only] => Made::Use(only.ty),
        _ => {
            let discriminator = union_discriminator(converter, merged, all_of, group);
            if let Some(id) = id {
                converter.unions.insert(id, UnionDraft { discriminator, is_parent: false, ..notes });
            }
            Made::Shape(Shape::Union(Union { variants, reading: TypeSelection::default() }))
        }
    }
}

/// The discriminator of a group: the one beside it, or one that stands in another part of the `allOf`.
fn union_discriminator<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    all_of: &AllOf<'d>,
    group: &Group<'d>,
) -> Option<DiscriminatorDraft> {
    let free = || {
        let own = merged.free_discriminator().filter(|_| all_of.chosen.is_empty())?;
        Some((own.found, own.at.clone()))
    };
    let found = group.discriminator.clone().or_else(free);
    let draft = found.map(|(found, at)| {
        converter.discriminators.mark_used(found);
        discriminator(&converter.components, found, &at)
    });
    discriminator::asked_discriminator(converter, merged, draft, &group.at)
}

/// Any JSON value, with a warning, when the union would be too large.
fn too_wide<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    group: &Group<'d>,
) -> Option<Made> {
    let others = merged
        .groups
        .iter()
        .filter(|group| !only_narrows(&converter.components, merged, group.branches.iter()));
    let combinations = others.map(|group| group.branches.len()).fold(1, usize::saturating_mul);
    let message = if group.branches.len() > limits::BRANCHES {
        format!("a union of {} branches", group.branches.len())
    } else if combinations > limits::COMBINATIONS {
        "unions that hold at once have too many combinations of branches".to_owned()
    } else {
        return None;
    };
    converter.sink.push(
        Diagnostic::warning("union-too-wide", group.at.clone(), message)
            .help("it is emitted as any JSON value"),
    );
    Some(Made::Shape(Shape::Any(AnyReason::TooManyBranches)))
}

/// Whether a type of the user's stands for a branch.
pub(super) fn some_are_replaced<'d>(converter: &mut Converter<'_, 'd>, branches: &[Branch<'d>]) -> bool {
    if converter.rules.is_empty() {
        return false;
    }
    branches.iter().any(|branch| {
        let subject = match branch.component {
            Some(index) => external::component_subject(converter, index),
            None => external::subject(converter, &branch.all_of),
        };
        converter.rules.last(subject.as_ref(), |action, _| super::rules::type_of(action)).is_some()
            || branch.merged.format.is_some_and(|format| converter.rules.format(format).is_some())
    })
}

/// The variants, and what the second pass has to know of them: the titles of those that are one constant, and the
/// components that those are of which were merged with what stands beside the union.
fn variants<'d>(
    converter: &mut Converter<'_, 'd>,
    group: &Group<'d>,
    branches: Vec<Branch<'d>>,
    naming: &Naming,
) -> (Vec<Variant>, UnionDraft) {
    let names = branch_names(&converter.components, converter.options, group, &branches);
    let mut variants: Vec<Variant> = Vec::new();
    let mut notes = UnionDraft::default();
    for (branch, (name, step)) in branches.into_iter().zip(names) {
        if converter.budget.is_spent() {
            break;
        }
        budget::spend(converter, budget::VARIANT, &branch.at);
        let ty = converter.all_of(branch.all_of.clone(), &naming.step(&step));
        let plain = unconstrained(&converter.types, ty.id);
        let shape = &converter.types[plain.0 as usize].shape;
        if matches!(shape, Shape::Scalar(Scalar::Null)) {
            continue;
        }
        let is_same = |other: &&mut Variant| unconstrained(&converter.types, other.ty.id) == plain;
        if let Some(other) = variants.iter_mut().find(is_same) {
            // Of two branches of one type it is not known which constraints a value has to keep.
            if other.ty.id != ty.id {
                other.ty.id = plain;
            }
            continue;
        }
        if shape.as_enum().is_some_and(|found| found.values.len() == 1)
            && let Some(title) = title_of(&converter.components, &branch.site)
        {
            notes.titles.insert(ty.id, title);
        }
        notes.sources.extend(source_of(&converter.components, &branch).map(|source| (ty.id, source)));
        let docs = Annotations::of(&converter.components, std::slice::from_ref(&branch.site)).docs(&step);
        let ty = TypeRef { nullable: false, ..ty };
        variants.push(Variant { name, asked: None, ty, boxed: false, docs, location: branch.at });
    }
    (variants, notes)
}

fn is_unconstrained(converter: &Converter<'_, '_>, id: TypeId) -> bool {
    matches!(converter.types[id.0 as usize].shape, Shape::Any(AnyReason::Unconstrained))
}

/// Whether the branches say nothing of their own about the shape: lists of `required` names, or a repetition of
/// a component that already is part of the whole.
pub(super) fn only_narrows<'d, 's>(
    components: &Components<'d>,
    merged: &MergedSchema<'d>,
    branches: impl Iterator<Item = &'s Site<'d>> + Clone,
) -> bool
where
    'd: 's,
{
    let is_known = |site: &Site<'d>| merged.parts.contains(&components.identity(site));
    if branches.clone().any(is_known) {
        return true;
    }
    let has_own =
        !merged.properties.is_empty() || merged.typ.as_ref().is_some_and(|(typ, _)| *typ != "object");
    let own_type = merged.typ.as_ref().map(|(typ, _)| *typ);
    branches.clone().all(|branch| match branch.node {
        Node::Reference(_) => false,
        Node::Schema(schema) => {
            let any = &schema.keywords;
            let used = KeywordSet::of(any);
            let repeats_type = any.typ.is_none()
                || any.typ.as_deref() == own_type
                || (own_type.is_none() && has_own && any.typ.as_deref() == Some("object"));
            // Properties without a schema of their own repeat the names of `required`.
            let repeats_properties = any.properties.iter().all(|(name, schema)| {
                merged.properties.contains_key(name.as_str())
                    && is_annotation(&Site::new(schema, Location::default()))
            });
            NARROWING.contains(used)
                && repeats_type
                && repeats_properties
                && (has_own || used.contains(KeywordSet::REQUIRED))
        }
    })
}

/// The component that a branch was before it was merged with what stands beside its union.
fn source_of<'d>(components: &Components<'d>, branch: &Branch<'d>) -> Option<TypeId> {
    if branch.all_of.chosen.is_empty() {
        return None;
    }
    let simple = simplify(components, AllOf::of(branch.site.clone()));
    lone_component(components, &simple).map(type_id)
}
