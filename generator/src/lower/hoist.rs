//! What is referred to outside the root document's components becomes a component, once.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::refs;
use super::{Lowering, NodeId, Target, names};
use crate::document::reference_to;
use crate::load::Tree;

/// The kinds of components.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A schema.
    Schema,
    /// A response.
    Response,
    /// A parameter that is not a body.
    Parameter,
    /// A request body.
    RequestBody,
    /// A header.
    Header,
    /// What has no place among the components of OpenAPI 3.0 and is lowered where it is used.
    Inline,
}

impl Kind {
    /// The key in `components`.
    pub fn section(self) -> &'static str {
        match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::Inline => "pathItems",
        }
    }

    /// The reference to component `name`, as it is written.
    pub fn reference_to(self, name: &str) -> String {
        reference_to(self.section(), name)
    }
}

/// A component still to be lowered.
pub(super) struct Pending<'t> {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: Rc<str>,
    /// Where it comes from.
    pub target: Target<'t>,
}

/// The components that exist, by the node they come from.
#[derive(Default)]
pub(super) struct Registry<'t> {
    by_node: HashMap<(Kind, NodeId<'t>), Rc<str>>,
    components: HashSet<NodeId<'t>>,
    taken: HashSet<(Kind, Rc<str>)>,
    in_order: Vec<(Kind, Rc<str>)>,
    /// Hoisted but not lowered yet.
    pub queue: VecDeque<Pending<'t>>,
}

impl<'t> Registry<'t> {
    /// The component that `tree` is.
    pub fn name(&self, kind: Kind, tree: &Tree) -> Option<Rc<str>> {
        self.by_node.get(&(kind, NodeId(tree))).cloned()
    }

    /// Whether `tree` is a component of any kind.
    pub fn is_component(&self, tree: &Tree) -> bool {
        self.components.contains(&NodeId(tree))
    }

    /// Says that `tree` is component `name`.
    pub fn insert(&mut self, kind: Kind, tree: &'t Tree, name: Rc<str>) {
        self.components.insert(NodeId(tree));
        self.by_node.entry((kind, NodeId(tree))).or_insert_with(|| name.clone());
        if self.taken.insert((kind, name.clone())) {
            self.in_order.push((kind, name));
        }
    }

    /// The names of one kind in the order in which they came.
    pub fn names_of(&self, kind: Kind) -> impl Iterator<Item = &Rc<str>> {
        self.in_order.iter().filter(move |(k, _)| *k == kind).map(|(_, name)| name)
    }

    /// Whether a component of this name exists.
    pub fn contains(&self, kind: Kind, name: &str) -> bool {
        self.taken.contains(&(kind, Rc::from(name)))
    }

    fn free_name(&self, kind: Kind, candidates: Vec<String>) -> Rc<str> {
        let mut last = String::new();
        for candidate in candidates {
            if !self.contains(kind, &candidate) {
                return candidate.into();
            }
            last = candidate;
        }
        let numbered = (2u64..).map(|number| format!("{last}_{number}"));
        numbered.into_iter().find(|name| !self.contains(kind, name)).unwrap_or(last).into()
    }
}

/// The component for the node, which becomes a component if necessary.
pub fn hoist<'t>(lowering: &mut Lowering<'t, '_>, kind: Kind, target: Target<'t>) -> Rc<str> {
    if let Some(name) = lowering.registry.name(kind, target.tree) {
        return name;
    }
    let candidates = names::candidates(lowering.files, &target);
    let name = lowering.registry.free_name(kind, candidates);
    lowering.registry.insert(kind, target.tree, name.clone());
    lowering.registry.queue.push_back(Pending { kind, name: name.clone(), target });
    name
}

/// The component that stands for a node which is referred to from elsewhere.
pub fn hoisted<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    tree: &'t Tree,
    at: &super::At<'_>,
) -> Option<Rc<str>> {
    if lowering.shared.is_empty() || !lowering.shared.contains(&NodeId(tree)) {
        return None;
    }
    let target = Target { file: at.file, pointer: at.pointer(), tree, resource: at.resource };
    Some(hoist(lowering, kind, target))
}

/// Finds the nodes outside of the components that references lead to.
pub fn find_shared(lowering: &mut Lowering<'_, '_>) {
    for (file, resource, reference) in std::mem::take(&mut lowering.scan.references) {
        if let Some(target) = refs::locate(lowering, file, resource, reference)
            && super::refs::lone_reference(Kind::Schema, target.tree).is_none()
            && !lowering.registry.is_component(target.tree)
        {
            lowering.shared.insert(NodeId(target.tree));
        }
    }
}
