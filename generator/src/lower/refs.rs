//! Follows references: JSON pointers, anchors, `$id`s, other files.

use std::rc::Rc;

use super::hoist::Kind;
use super::{At, Lowering, address, uri};
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

impl<'t> Lowering<'t, '_> {
    /// The node that `reference` leads to, one step on.
    pub fn locate(&mut self, file: FileId, resource: Option<u32>, reference: &str) -> Option<Target<'t>> {
        self.locate_within(file, resource, reference, CROSSINGS)
    }

    fn locate_within(
        &mut self,
        file: FileId,
        resource: Option<u32>,
        reference: &str,
        crossings: u8,
    ) -> Option<Target<'t>> {
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !base.is_empty() {
            let start = self.locate_document(file, resource, base)?;
            return self.locate_fragment(&start, fragment, crossings);
        }
        // A fragment counts from the enclosing schema resource; many documents mean the file all the same.
        if let Some(start) = resource.and_then(|index| self.scan.resources.get(index as usize)) {
            let start = start.target.clone();
            if let Some(found) = self.locate_fragment(&start, fragment, crossings) {
                return Some(found);
            }
        }
        let start = self.whole_file(file)?;
        let found = self.locate_fragment(&start, fragment, crossings);
        if found.is_none() && file.0 != 0 {
            // Parts of split documents often speak of the root document's components.
            let root = self.whole_file(FileId(0))?;
            return self.locate_fragment(&root, fragment, crossings);
        }
        found
    }

    fn whole_file(&self, file: FileId) -> Option<Target<'t>> {
        let tree = self.files.tree(file)?;
        Some(Target { file, pointer: Pointer::root(), tree, resource: self.resource_of(tree) })
    }

    fn resource_of(&self, tree: &Tree) -> Option<u32> {
        self.scan.resource_at.get(&address(tree)).copied()
    }

    fn locate_document(&mut self, file: FileId, resource: Option<u32>, base: &str) -> Option<Target<'t>> {
        if !self.scan.resources.is_empty() {
            let current = resource.and_then(|index| self.scan.resources.get(index as usize));
            let joined = uri::join(current.map(|r| r.id.as_str()), base);
            let by_id = &self.scan.by_id;
            if let Some(index) = by_id.get(&joined).or_else(|| by_id.get(base)) {
                return self.scan.resources.get(*index as usize).map(|r| r.target.clone());
            }
        }
        let found = self.files.find(file, base)?;
        self.whole_file(found)
    }

    fn locate_fragment(&mut self, start: &Target<'t>, fragment: &str, crossings: u8) -> Option<Target<'t>> {
        if fragment.is_empty() {
            return Some(start.clone());
        }
        let decoded = percent_decode(fragment);
        let Some(pointer) = decoded.strip_prefix('/') else {
            let anchors = &self.scan.anchors;
            let anchor: &str = &decoded;
            let in_resource = |resource| anchors.get(&(start.file, resource))?.get(anchor);
            return in_resource(start.resource).or_else(|| in_resource(None)).cloned();
        };
        let mut at = start.clone();
        for token in pointer.split('/') {
            let token = token.replace("~1", "/").replace("~0", "~");
            at = self.step(at, &token, crossings)?;
        }
        Some(at)
    }

    fn step(&mut self, at: Target<'t>, token: &str, crossings: u8) -> Option<Target<'t>> {
        let found = match at.tree {
            Tree::Object(object) => object.get(token).map(|tree| (tree, at.pointer.key(token))),
            Tree::Array(items) => {
                let index = token.parse::<usize>().ok()?;
                items.get(index).map(|tree| (tree, at.pointer.index(index)))
            }
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => None,
        };
        if let Some((tree, pointer)) = found {
            let resource = self.resource_of(tree).or(at.resource);
            return Some(Target { file: at.file, pointer, tree, resource });
        }
        let reference = at.tree.get("$ref")?.as_str()?;
        let crossings = crossings.checked_sub(1)?;
        let beyond = self.locate_within(at.file, at.resource, reference, crossings)?;
        self.step(beyond, token, crossings)
    }

    /// The node that `reference` leads to in the end: not only a reference itself, or a component.
    pub fn follow(
        &mut self,
        kind: Kind,
        file: FileId,
        resource: Option<u32>,
        reference: &str,
    ) -> Result<Target<'t>, Broken> {
        let target = self.locate(file, resource, reference).ok_or(Broken::Missing)?;
        self.follow_on(kind, target)
    }

    /// Follows the `$ref` of something that is lowered in place (path items, callbacks, media types),
    /// starting from a node that may be one.
    pub fn inline_target(&mut self, tree: &'t Tree, at: &At<'_>) -> Option<Target<'t>> {
        let reference = tree.get("$ref")?.as_str()?;
        match self.follow(Kind::Inline, at.file, at.resource, reference) {
            Ok(target) => Some(target),
            Err(broken) => {
                self.report_broken(Kind::Inline, reference, &broken, at);
                None
            }
        }
    }

    /// `#/components/<kind>/<name>` for a reference, or `None` after a warning.
    pub fn reference(&mut self, kind: Kind, reference: &'t str, at: &At<'_>) -> Option<String> {
        match self.component_of(kind, at, reference) {
            Ok(name) => Some(kind.reference_to(&name)),
            Err(broken) => {
                self.report_broken(kind, reference, &broken, at);
                None
            }
        }
    }

    /// The component that the reference at a place means; what is none yet becomes one.
    pub fn component_of(&mut self, kind: Kind, at: &At<'_>, reference: &'t str) -> Result<Rc<str>, Broken> {
        let key = (kind, at.file, at.resource, reference);
        let found = match self.known_references.get(&key) {
            Some(known) => known.clone(),
            None => {
                let found = self.follow(kind, at.file, at.resource, reference);
                let found = found.map(|target| self.hoist(kind, target));
                self.known_references.insert(key, found.clone());
                found
            }
        };
        match found {
            Err(Broken::Missing) => {
                let target = self.enclosing_definition(at, reference).ok_or(Broken::Missing)?;
                self.follow_on(kind, target).map(|target| self.hoist(kind, target))
            }
            found => found,
        }
    }

    /// What `#/$defs/…` leads to when it counts from an enclosing schema: schemas that were made for themselves are
    /// put into documents whole, with their definitions and without an `$id`.
    fn enclosing_definition(&mut self, at: &At<'_>, reference: &str) -> Option<Target<'t>> {
        let fragment = reference.strip_prefix('#')?;
        if !["/$defs/", "/definitions/"].iter().any(|start| fragment.starts_with(start)) {
            return None;
        }
        let mut enclosing = vec![self.whole_file(at.file)?];
        for token in at.pointer().tokens() {
            let Some(outer) = enclosing.last().cloned() else { break };
            let Some(inner) = self.step(outer, &token, 0) else { break };
            enclosing.push(inner);
        }
        let mut innermost_first = enclosing.iter().rev();
        innermost_first.find_map(|start| self.locate_fragment(start, fragment, CROSSINGS))
    }

    /// Warns that a reference leads nowhere.
    pub fn report_broken(&mut self, kind: Kind, reference: &str, broken: &Broken, at: &At<'_>) {
        let place = at.key("$ref").location();
        let diagnostic = match broken {
            Broken::Missing => {
                let message = format!("`{reference}` does not exist");
                let mut found = Diagnostic::warning("dangling-reference", place, message);
                if let Some(name) = self.closest_name(kind, reference) {
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
        self.sink.push(diagnostic);
    }

    fn closest_name(&mut self, kind: Kind, reference: &str) -> Option<String> {
        // Suggestions cost a comparison with every name; a document full of holes gets only so many.
        self.suggestions = self.suggestions.checked_sub(1)?;
        let wanted = reference.rsplit('/').next().unwrap_or(reference);
        closest(wanted, self.registry.names_of(kind).map(|name| &**name)).map(str::to_owned)
    }
}

/// How many steps of a loop are shown.
pub(super) const MAX_SHOWN: usize = 8;
