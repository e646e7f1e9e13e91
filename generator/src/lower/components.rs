//! The root document's components, and what was hoisted beside them.

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;

use super::bodies;
use super::dialect::Dialect;
use super::hoist::Kind;
use super::inline;
use super::parameters;
use super::refs::{self, MAX_SHOWN, lone_reference};
use super::schema::{self, Moved};
use super::{At, Lowering, Target};
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer};
use crate::document::{Ref, RequestBody, Response, SchemaRef};
use crate::load::Tree;

/// What the sections of components are called in OpenAPI 3, and at the top of Swagger 2.0 documents.
const SECTIONS: [(Kind, &str, Option<&str>); 5] = [
    (Kind::Schema, "schemas", Some("definitions")),
    (Kind::Response, "responses", Some("responses")),
    (Kind::Parameter, "parameters", Some("parameters")),
    (Kind::RequestBody, "requestBodies", None),
    (Kind::Header, "headers", None),
];

/// Gives every component its name before anything is lowered.
pub fn register_components(lowering: &mut Lowering<'_, '_>) {
    lowering.sections = find_sections(lowering);
    for (kind, section) in lowering.sections.clone() {
        for (name, tree) in section.tree.as_object().into_iter().flat_map(|members| members.iter()) {
            if let Some(kind) = kind_of_entry(lowering, kind, tree) {
                lowering.registry.insert(kind, tree, Rc::from(name));
            }
        }
    }
    // An entry that only refers to a place outside of the components lends it its name.
    for (kind, section) in lowering.sections.clone() {
        for (name, tree) in section.tree.as_object().into_iter().flat_map(|members| members.iter()) {
            if let Some(reference) = lone_reference(kind, tree)
                && let Ok(target) = refs::follow(lowering, kind, section.file, section.resource, reference)
            {
                lowering.registry.insert(kind, target.tree, Rc::from(name));
            }
        }
    }
}

/// Finds the sections of components that the document has; a section may be a reference, and all of them too.
fn find_sections<'t>(lowering: &mut Lowering<'t, '_>) -> Vec<(Kind, Target<'t>)> {
    let swagger = lowering.dialect == Dialect::Swagger2;
    let Some(root) = refs::locate(lowering, FileId(0), None, "#") else { return Vec::new() };
    let holder = if swagger { Some(root) } else { inline::member(lowering, &root, "components") };
    let Some(holder) = holder else { return Vec::new() };
    if holder.tree.as_object().is_none() {
        lowering.unreadable_value(holder.tree, &holder.at(), &holder.at(), "components", "an object");
    }
    let mut sections = Vec::with_capacity(SECTIONS.len());
    for (kind, modern, old) in SECTIONS {
        let key = if swagger { old } else { Some(modern) };
        let Some(section) = key.and_then(|key| inline::member(lowering, &holder, key)) else { continue };
        if section.tree.as_object().is_none() {
            let at = section.at();
            lowering.unreadable_value(section.tree, &at, &at, key.unwrap_or(modern), "an object");
        }
        sections.push((kind, section));
    }
    sections
}

/// Swagger 2.0 keeps bodies among the parameters; form fields have no component of their own.
fn kind_of_entry(lowering: &Lowering<'_, '_>, kind: Kind, tree: &Tree) -> Option<Kind> {
    if kind != Kind::Parameter || lowering.dialect != Dialect::Swagger2 {
        return Some(kind);
    }
    match tree.get("in").and_then(Tree::as_str) {
        Some("body") => Some(Kind::RequestBody),
        Some("formData") => None,
        _ => Some(Kind::Parameter),
    }
}

/// Lowers the components.
pub fn components(lowering: &mut Lowering<'_, '_>) {
    for (kind, section) in lowering.sections.clone() {
        let Some(members) = section.tree.as_object() else { continue };
        let in_place = section.file == FileId(0) && section.pointer == place_of(kind);
        for (name, tree) in members.iter().filter(|(name, tree)| !is_extension(kind, name, tree)) {
            if let Some(kind) = kind_of_entry(lowering, kind, tree) {
                let base = section.at();
                component(lowering, kind, name, tree, &base.key(name), Moved::when(!in_place));
            }
        }
    }
}

fn component<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    name: &str,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) {
    let Some(reference) = lone_reference(kind, tree) else {
        return put(lowering, kind, name, tree, at, moved);
    };
    match refs::follow(lowering, kind, at.file, at.resource, reference) {
        Ok(target) => match lowering.registry.name(kind, target.tree) {
            Some(named) if &*named == name && !std::ptr::eq(target.tree, tree) => {
                put(lowering, kind, name, target.tree, &target.at(), Moved::Yes);
            }
            Some(named) => put_alias(lowering, kind, name, &named),
            None => put(lowering, kind, name, target.tree, &target.at(), Moved::Yes),
        },
        Err(broken) => {
            refs::report_broken(lowering, kind, reference, &broken, at);
            if kind == Kind::Schema {
                let schema = schema::unreadable_mark(lowering, at, moved);
                lowering.out.schemas.insert(name.to_owned(), schema.into());
            } else {
                put_empty(lowering, kind, name);
            }
        }
    }
}

/// Lowers what was hoisted, which may hoist more.
pub fn hoisted_components(lowering: &mut Lowering<'_, '_>) {
    while let Some(pending) = lowering.registry.queue.pop_front() {
        put(lowering, pending.kind, &pending.name, pending.target.tree, &pending.target.at(), Moved::Yes);
    }
}

fn put<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    name: &str,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) {
    let name = name.to_owned();
    match kind {
        Kind::Schema => {
            let schema = schema::schema_body(lowering, tree, at, moved);
            lowering.out.schemas.insert(name, schema);
        }
        Kind::Response => {
            let response = bodies::response_body(lowering, tree, at, moved).unwrap_or_default();
            lowering.out.responses.insert(name, Ref::Item(response));
        }
        Kind::Parameter => match parameters::parameter_body(lowering, tree, at, moved) {
            Some(parameter) => {
                lowering.out.parameters.insert(name, Ref::Item(parameter));
            }
            None => put_empty(lowering, kind, &name),
        },
        Kind::RequestBody => {
            let body = bodies::request_body_item(lowering, tree, at, moved).unwrap_or_default();
            lowering.out.request_bodies.insert(name, Ref::Item(body));
        }
        Kind::Header => {
            let header = parameters::header_body(lowering, tree, at, moved);
            let header = header.unwrap_or_else(|| parameters::unreadable_header(lowering));
            lowering.out.headers.insert(name, Ref::Item(header));
        }
        // Nothing of this kind is hoisted.
        Kind::Inline => {}
    }
}

fn put_alias(lowering: &mut Lowering<'_, '_>, kind: Kind, name: &str, target: &str) {
    let (name, target) = (name.to_owned(), target.to_owned());
    match kind {
        Kind::Schema => {
            let reference = schema::reference_to(lowering, target);
            lowering.out.schemas.insert(name, reference);
        }
        Kind::Response => drop(lowering.out.responses.insert(name, Ref::To(target))),
        Kind::Parameter => drop(lowering.out.parameters.insert(name, Ref::To(target))),
        Kind::RequestBody => drop(lowering.out.request_bodies.insert(name, Ref::To(target))),
        Kind::Header => drop(lowering.out.headers.insert(name, Ref::To(target))),
        Kind::Inline => {}
    }
}

/// What stands for a component that could not be read, so that references to it still lead somewhere.
fn put_empty(lowering: &mut Lowering<'_, '_>, kind: Kind, name: &str) {
    let key = name.to_owned();
    match kind {
        Kind::Schema => {
            let schema = schema::unreadable(lowering);
            lowering.out.schemas.insert(key, schema.into());
        }
        Kind::Response => drop(lowering.out.responses.insert(key, Ref::Item(Response::default()))),
        Kind::Parameter => {
            let parameter = parameters::unreadable_parameter(lowering, name);
            lowering.out.parameters.insert(key, Ref::Item(parameter));
        }
        Kind::RequestBody => {
            lowering.out.request_bodies.insert(key, Ref::Item(RequestBody::default()));
        }
        Kind::Header => {
            let header = parameters::unreadable_header(lowering);
            lowering.out.headers.insert(key, Ref::Item(header));
        }
        Kind::Inline => {}
    }
}

/// Breaks loops of components that are only references to each other.
pub fn break_alias_loops(lowering: &mut Lowering<'_, '_>) {
    let loops = [
        (Kind::Schema, alias_loops(&lowering.out.schemas, schema_alias)),
        (Kind::Response, alias_loops(&lowering.out.responses, alias)),
        (Kind::Parameter, alias_loops(&lowering.out.parameters, alias)),
        (Kind::RequestBody, alias_loops(&lowering.out.request_bodies, alias)),
        (Kind::Header, alias_loops(&lowering.out.headers, alias)),
    ];
    let sections = lowering.sections.clone();
    for (kind, loops) in loops {
        let section = sections.iter().find(|(k, _)| *k == kind).map(|(_, target)| target.clone());
        for members in loops {
            report_alias_loop(lowering, kind, &members, section.as_ref());
            for name in &members {
                put_empty(lowering, kind, name);
            }
        }
    }
}

fn report_alias_loop<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    members: &[String],
    section: Option<&Target<'t>>,
) {
    let place = |name: &str| {
        let (file, pointer) =
            section.map_or((FileId(0), place_of(kind)), |target| (target.file, target.pointer.clone()));
        Location::new(file, pointer.key(name).keyword("$ref"))
    };
    let Some(first) = members.first() else { return };
    let mut chain: Vec<String> = members.iter().take(MAX_SHOWN).map(|name| format!("`{name}`")).collect();
    if members.len() > MAX_SHOWN {
        chain.push(format!("… {} more", members.len() - MAX_SHOWN));
    }
    chain.push(format!("`{first}`"));
    let message = format!("the reference only leads back to itself: {}", chain.join(" -> "));
    let mut found = Diagnostic::warning("reference-loop", place(first), message);
    for name in members.iter().skip(1).take(MAX_SHOWN) {
        found = found.also(place(name), "through this");
    }
    lowering.sink.push(found.help("one of them must say what the value is"));
}

fn place_of(kind: Kind) -> Pointer {
    Pointer::root().keyword("components").keyword(kind.section())
}

/// `x-` members of a section that are not components. Headers and schemas may well be called so.
fn is_extension(kind: Kind, name: &str, tree: &Tree) -> bool {
    kind != Kind::Schema && name.starts_with("x-") && tree.as_object().is_none()
}

/// The component that an entry is only a reference to.
fn alias<T>(entry: &Ref<T>) -> Option<&str> {
    match entry {
        Ref::To(name) => Some(name),
        Ref::Item(_) => None,
    }
}

fn schema_alias(entry: &SchemaRef) -> Option<&str> {
    match entry {
        SchemaRef::Reference(reference) => Some(&reference.component),
        SchemaRef::Schema(_) => None,
    }
}

/// The members of each loop, in the order of the loop.
fn alias_loops<T>(components: &IndexMap<String, T>, alias: fn(&T) -> Option<&str>) -> Vec<Vec<String>> {
    let next: HashMap<usize, usize> = components
        .values()
        .enumerate()
        .filter_map(|(index, entry)| Some((index, components.get_index_of(alias(entry)?)?)))
        .collect();
    let mut visited_in = vec![0usize; components.len()];
    let mut loops = Vec::new();
    for start in 0..components.len() {
        let round = start + 1;
        let mut path = Vec::new();
        let mut at = start;
        while visited_in.get(at) == Some(&0) {
            visited_in[at] = round;
            path.push(at);
            match next.get(&at) {
                Some(following) => at = *following,
                None => break,
            }
        }
        if next.contains_key(&at)
            && visited_in.get(at) == Some(&round)
            && let Some(entry) = path.iter().position(|index| *index == at)
        {
            let names = path.iter().skip(entry).filter_map(|index| components.get_index(*index));
            loops.push(names.map(|(name, _)| name.clone()).collect());
        }
    }
    loops
}
