//! Follows references: JSON pointers, anchors, `$id`s, other files.

use std::rc::Rc;

use super::chains;
use super::hoist::{self, Kind};
use super::{At, Lowering, NodeId, uri};
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, closest};
use crate::limits::CROSSINGS;
use crate::load::{Tree, percent_decode};

/// A node that a reference leads to.
#[derive(Clone)]
pub(super) struct Target<'t> {
    /// The file it is in.
    pub file: FileId,
    /// Its place there.
    pub pointer: Pointer,
    /// The node.
    pub tree: &'t Tree,
    /// The schema resource (`$id`) it is in or starts.
    pub resource: Option<u32>,
}

impl<'t> Target<'t> {
    /// The place as the start of a walk.
    pub fn at(&self) -> At<'_> {
        At::base(self.file, &self.pointer, self.resource)
    }

    /// The same for a walk that is `depth` steps deep already.
    pub fn at_depth(&self, depth: u16) -> At<'_> {
        self.at().with_depth(depth)
    }

    /// The place in a form that outlives the target.
    pub fn location(&self) -> Location {
        Location::new(self.file, self.pointer.clone())
    }
}

/// Why a reference leads nowhere.
#[derive(Clone)]
pub(super) enum Broken {
    /// There is nothing at its end.
    Missing,
    /// It only leads back to itself, by these places.
    Loop(Rc<[Location]>),
}

/// The text of a `$ref`, when the node is nothing else.
pub(super) fn lone_reference(kind: Kind, tree: &Tree) -> Option<&str> {
    let object = tree.as_object()?;
    if kind == Kind::Schema && object.len() != 1 {
        return None;
    }
    object.get("$ref")?.as_str()
}

/// The node that `reference` leads to, one step on.
pub fn locate<'t>(
    lowering: &mut Lowering<'t, '_>,
    file: FileId,
    resource: Option<u32>,
    reference: &str,
) -> Option<Target<'t>> {
    locate_within(lowering, file, resource, reference, CROSSINGS)
}

fn locate_within<'t>(
    lowering: &mut Lowering<'t, '_>,
    file: FileId,
    resource: Option<u32>,
    reference: &str,
    crossings: u8,
) -> Option<Target<'t>> {
    let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if !base.is_empty() {
        let start = locate_document(lowering, file, resource, base)?;
        return locate_fragment(lowering, &start, fragment, crossings);
    }
    // A fragment counts from the enclosing schema resource; many documents mean the file all the same.
    if let Some(start) = resource.and_then(|index| lowering.scan.resources.get(index as usize)) {
        let start = start.target.clone();
        if let Some(found) = locate_fragment(lowering, &start, fragment, crossings) {
            return Some(found);
        }
    }
    let start = whole_file(lowering, file)?;
    let found = locate_fragment(lowering, &start, fragment, crossings);
    if found.is_none() && file.0 != 0 {
        // Parts of split documents often speak of the root document's components.
        let root = whole_file(lowering, FileId(0))?;
        return locate_fragment(lowering, &root, fragment, crossings);
    }
    found
}

fn whole_file<'t>(lowering: &Lowering<'t, '_>, file: FileId) -> Option<Target<'t>> {
    let tree = lowering.files.tree(file)?;
    Some(Target { file, pointer: Pointer::root(), tree, resource: resource_of(lowering, tree) })
}

fn resource_of(lowering: &Lowering<'_, '_>, tree: &Tree) -> Option<u32> {
    lowering.scan.resource_at.get(&NodeId(tree)).copied()
}

fn locate_document<'t>(
    lowering: &mut Lowering<'t, '_>,
    file: FileId,
    resource: Option<u32>,
    base: &str,
) -> Option<Target<'t>> {
    if !lowering.scan.resources.is_empty() {
        let current = resource.and_then(|index| lowering.scan.resources.get(index as usize));
        let joined = uri::join(current.map(|r| r.id.as_str()), base);
        let by_id = &lowering.scan.by_id;
        if let Some(index) = by_id.get(&joined).or_else(|| by_id.get(base)) {
            return lowering.scan.resources.get(*index as usize).map(|r| r.target.clone());
        }
    }
    let found = lowering.files.find(file, base)?;
    whole_file(lowering, found)
}

fn locate_fragment<'t>(
    lowering: &mut Lowering<'t, '_>,
    start: &Target<'t>,
    fragment: &str,
    crossings: u8,
) -> Option<Target<'t>> {
    if fragment.is_empty() {
        return Some(start.clone());
    }
    let decoded = percent_decode(fragment);
    let Some(pointer) = decoded.strip_prefix('/') else {
        let anchors = &lowering.scan.anchors;
        let anchor: &str = &decoded;
        let in_resource = |resource| anchors.get(&(start.file, resource))?.get(anchor);
        return in_resource(start.resource).or_else(|| in_resource(None)).cloned();
    };
    let mut at = start.clone();
    for token in pointer.split('/') {
        let token = token.replace("~1", "/").replace("~0", "~");
        at = step(lowering, at, &token, crossings)?;
    }
    Some(at)
}

fn step<'t>(
    lowering: &mut Lowering<'t, '_>,
    at: Target<'t>,
    token: &str,
    crossings: u8,
) -> Option<Target<'t>> {
    let found = match at.tree {
        Tree::Object(object) => object.get(token).map(|tree| (tree, at.pointer.key(token))),
        Tree::Array(items) => {
            let index = token.parse::<usize>().ok()?;
            items.get(index).map(|tree| (tree, at.pointer.index(index)))
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => None,
    };
    if let Some((tree, pointer)) = found {
        let resource = resource_of(lowering, tree).or(at.resource);
        return Some(Target { file: at.file, pointer, tree, resource });
    }
    let reference = at.tree.get("$ref")?.as_str()?;
    let crossings = crossings.checked_sub(1)?;
    let beyond = locate_within(lowering, at.file, at.resource, reference, crossings)?;
    step(lowering, beyond, token, crossings)
}

/// The node that `reference` leads to in the end: not only a reference itself, or a component.
pub fn follow<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    file: FileId,
    resource: Option<u32>,
    reference: &str,
) -> Result<Target<'t>, Broken> {
    let target = locate(lowering, file, resource, reference).ok_or(Broken::Missing)?;
    chains::follow_on(lowering, kind, target)
}

/// Follows the `$ref` of something that is lowered in place (path items, callbacks, media types),
/// starting from a node that may be one.
pub fn inline_target<'t>(lowering: &mut Lowering<'t, '_>, tree: &'t Tree, at: &At<'_>) -> Option<Target<'t>> {
    let reference = tree.get("$ref")?.as_str()?;
    match follow(lowering, Kind::Inline, at.file, at.resource, reference) {
        Ok(target) => Some(target),
        Err(broken) => {
            report_broken(lowering, Kind::Inline, reference, &broken, at);
            None
        }
    }
}

/// The name of the component that a reference leads to, or `None` after a warning.
pub fn reference<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    reference: &'t str,
    at: &At<'_>,
) -> Option<Rc<str>> {
    match component_of(lowering, kind, at, reference) {
        Ok(name) => Some(name),
        Err(broken) => {
            report_broken(lowering, kind, reference, &broken, at);
            None
        }
    }
}

/// The component that a reference at a place leads to; its target becomes a component if necessary.
pub fn component_of<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    at: &At<'_>,
    reference: &'t str,
) -> Result<Rc<str>, Broken> {
    let key = (kind, at.file, at.resource, reference);
    let found = match lowering.known_references.get(&key) {
        Some(known) => known.clone(),
        None => {
            let found = follow(lowering, kind, at.file, at.resource, reference);
            let found = found.map(|target| hoist::hoist(lowering, kind, target));
            lowering.known_references.insert(key, found.clone());
            found
        }
    };
    match found {
        Err(Broken::Missing) => {
            let target = enclosing_definition(lowering, at, reference).ok_or(Broken::Missing)?;
            chains::follow_on(lowering, kind, target).map(|target| hoist::hoist(lowering, kind, target))
        }
        found => found,
    }
}

/// What `#/$defs/…` leads to when it counts from an enclosing schema: schemas that were made for themselves are
/// put into documents whole, with their definitions and without an `$id`.
fn enclosing_definition<'t>(
    lowering: &mut Lowering<'t, '_>,
    at: &At<'_>,
    reference: &str,
) -> Option<Target<'t>> {
    let fragment = reference.strip_prefix('#')?;
    if !["/$defs/", "/definitions/"].iter().any(|start| fragment.starts_with(start)) {
        return None;
    }
    let mut enclosing = vec![whole_file(lowering, at.file)?];
    for token in at.pointer().tokens() {
        let Some(outer) = enclosing.last().cloned() else { break };
        let Some(inner) = step(lowering, outer, &token, 0) else { break };
        enclosing.push(inner);
    }
    let mut innermost_first = enclosing.iter().rev();
    innermost_first.find_map(|start| locate_fragment(lowering, start, fragment, CROSSINGS))
}

/// Warns that a reference leads nowhere.
pub fn report_broken(
    lowering: &mut Lowering<'_, '_>,
    kind: Kind,
    reference: &str,
    broken: &Broken,
    at: &At<'_>,
) {
    let place = at.key("$ref").location();
    let diagnostic = match broken {
        Broken::Missing => {
            let message = format!("`{reference}` does not exist");
            let mut found = Diagnostic::warning("dangling-reference", place, message);
            if let Some(name) = closest_name(lowering, kind, reference) {
                found = found.help(format!("did you mean `{}`?", kind.reference_to(&name)));
            }
            found
        }
        Broken::Loop(passed) => {
            let message = format!("`{reference}` only leads back to itself");
            let mut found = Diagnostic::warning("reference-loop", place, message);
            for (index, step) in passed.iter().take(MAX_SHOWN).enumerate() {
                let last = index + 1 == passed.len();
                found = found.also(step.clone(), if last { "and back" } else { "through this" });
            }
            found
        }
    };
    lowering.sink.push(diagnostic);
}

fn closest_name(lowering: &mut Lowering<'_, '_>, kind: Kind, reference: &str) -> Option<String> {
    // Suggestions cost a comparison with every name; a document full of holes gets only so many.
    lowering.suggestions = lowering.suggestions.checked_sub(1)?;
    let wanted = reference.rsplit('/').next().unwrap_or(reference);
    closest(wanted, lowering.registry.names_of(kind).map(|name| &**name)).map(str::to_owned)
}

/// How many steps of a loop are shown.
pub(super) const MAX_SHOWN: usize = 8;
