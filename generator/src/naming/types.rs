//! Names the types of component schemas: first the components, then the types inside them.

use std::collections::{HashMap, HashSet};

use super::Names;
use super::component;
use super::reserved;
use super::scope::Scope;
use super::words::{self, Case};
use crate::ir::{Graph, Owner, PairOrigin, Type, TypeId};

/// Names the component schemas and the types inside them.
pub(super) fn assign_components(graph: &Graph, names: &mut Names) {
    let mut scope = Scope::new(Case::Type, &[reserved::TYPES]);
    let own = own_types(graph);
    let wanted: Vec<bool> =
        (0..graph.components().len()).map(|index| own[index].is_some() || is_alias(graph, index)).collect();
    let paired = paired(graph);
    asked_for(graph, names, &mut scope);
    for (index, own) in own.iter().enumerate() {
        names.components[index].ident = own.and_then(|id| names.types[id.0 as usize].ident.clone());
    }
    let exact = |index: usize| !paired[index] && component::is_exact(&graph.components()[index].name);
    let is_open = |names: &Names, index: usize| wanted[index] && names.components[index].ident.is_none();
    for index in (0..graph.components().len()).filter(|&index| exact(index)) {
        if !is_open(names, index) {
            continue;
        }
        let name = &graph.components()[index].name;
        if scope.claim(name) {
            names.components[index].ident = Some(name.clone());
        }
    }
    for index in (0..graph.components().len()).filter(|&index| wanted[index]) {
        if names.components[index].ident.is_none() {
            let candidates = component::candidates(&graph.components()[index].name, paired[index]);
            names.components[index].ident = Some(scope.claim_first(candidates));
        }
        if let Some(id) = own[index] {
            let ident = names.components[index].ident.clone();
            names.types[id.0 as usize].ident = ident;
            names.types[id.0 as usize].owner = Some(Owner::Component(index));
        }
    }
    inline_of_components(graph, names, &mut scope);
    for (index, ty) in graph.types().iter().enumerate() {
        if let Some(Owner::Component(_)) = owner_of(ty) {
            required_of(graph, names, index, &mut scope);
        }
    }
}

/// Names the struct of a type's required fields, if it has one. This comes after all types, so it renames none of them.
pub(super) fn required_of(graph: &Graph, names: &mut Names, index: usize, scope: &mut Scope) {
    let id = TypeId(index as u32);
    let Some(ident) = names.type_ident(id).map(str::to_owned) else { return };
    if graph.takes_struct(id) {
        names.types[index].required = Some(scope.claim_first([format!("{ident}Required")]));
    }
}

/// Claims the configured names before all others.
fn asked_for(graph: &Graph, names: &mut Names, scope: &mut Scope) {
    for (index, ty) in graph.types().iter().enumerate() {
        if let (Some(Owner::Component(owner)), Some(name)) = (owner_of(ty), &ty.overrides.name) {
            names.types[index].ident = Some(scope.claim_first([super::given_name(name)]));
            names.types[index].owner = Some(Owner::Component(owner));
        }
    }
}

/// Names the types inside component schemas, in the order of the components.
fn inline_of_components(graph: &Graph, names: &mut Names, scope: &mut Scope) {
    // The types that are sent for split schemas come last, so that they take no name from a schema of the document.
    let splits: HashSet<TypeId> =
        graph.pairs().iter().filter(|pair| pair.origin == PairOrigin::Split).map(|pair| pair.sent).collect();
    let mut inline: Vec<(bool, usize, usize)> = Vec::new();
    for (index, ty) in graph.types().iter().enumerate() {
        if let (Some(Owner::Component(owner)), None) = (owner_of(ty), &names.types[index].ident) {
            inline.push((splits.contains(&TypeId(index as u32)), owner, index));
        }
    }
    inline.sort_unstable();
    for (_, owner, index) in inline {
        let Some(component) = graph.components().get(owner) else { continue };
        let base = match names.component_ident(owner) {
            Some(ident) => ident.to_owned(),
            None => words::spell(&component.name, Case::Type),
        };
        let path = graph.types()[index].name.as_ref().map_or(&[][..], |hint| &hint.path);
        let ident = scope.claim_first(inline_candidates(&base, path));
        names.types[index].ident = Some(ident);
        names.types[index].owner = Some(Owner::Component(owner));
    }
}

/// The candidate names of a type inside `base`.
pub(super) fn inline_candidates(base: &str, path: &[String]) -> Vec<String> {
    let mut short = base.to_owned();
    let mut full = base.to_owned();
    for step in path {
        let step = words::spell(step, Case::Type);
        short = join(&short, &step);
        full = words::joined([full.as_str(), &step]);
    }
    vec![short, full]
}

/// Joins both names, without repeating words at the end of one and the start of the other.
fn join(base: &str, step: &str) -> String {
    let step_words = words::words_of(step);
    let letters: String = base.chars().filter(|char| *char != '_').collect::<String>().to_ascii_lowercase();
    let may_repeat = |count| letters.ends_with(&step_words[..count].concat());
    if !(1..step_words.len()).any(may_repeat) {
        // This is enough for nearly all names, and avoids splitting the long base into words.
        return words::joined([base, step]);
    }
    let base_words = words::words_of(base);
    let most = base_words.len().min(step_words.len().saturating_sub(1));
    let repeated = (1..=most).rev().find(|&count| base_words.ends_with(&step_words[..count]));
    match repeated {
        Some(count) => {
            let letters: usize = step_words[..count].iter().map(String::len).sum();
            let rest = step.char_indices().filter(|(_, char)| *char != '_').nth(letters);
            words::joined([base, rest.map_or("", |(at, _)| &step[at..])])
        }
        None => words::joined([base, step]),
    }
}

/// By component: the type of the component itself.
fn own_types(graph: &Graph) -> Vec<Option<TypeId>> {
    let mut own = vec![None; graph.components().len()];
    for (index, ty) in graph.types().iter().enumerate() {
        let Some(hint) = ty.name.as_ref().filter(|hint| hint.path.is_empty()) else { continue };
        let Owner::Component(owner) = hint.owner else { continue };
        let Some(component) = graph.components().get(owner) else { continue };
        let id = TypeId(index as u32);
        if own[owner].is_none() || component.ty.id == id {
            own[owner] = Some(id);
        }
    }
    own
}

/// Whether a component without its own type is an alias: of a type that is spelled by its structure, or of another
/// component's type that is not merely its other side.
fn is_alias(graph: &Graph, index: usize) -> bool {
    let component = &graph.components()[index];
    match owner_of(graph.get(component.ty.id)) {
        Some(Owner::Component(owner)) => match graph.components().get(owner) {
            Some(other) => owner != index && !component::are_sides_of_one(&component.name, &other.name),
            None => false,
        },
        Some(Owner::Operation(_)) | None => true,
    }
}

/// By component: whether its other side became the same type.
fn paired(graph: &Graph) -> Vec<bool> {
    let by_name: HashMap<&str, TypeId> =
        graph.components().iter().map(|component| (component.name.as_str(), component.ty.id)).collect();
    let other_side = |name: &str| {
        let (base, side) = component::side(name)?;
        let other = if side == "Input" { "-Output" } else { "-Input" };
        by_name.get(format!("{base}{other}").as_str()).copied()
    };
    graph.components().iter().map(|component| other_side(&component.name) == Some(component.ty.id)).collect()
}

fn owner_of(ty: &Type) -> Option<Owner> {
    ty.name.as_ref().map(|hint| hint.owner)
}
