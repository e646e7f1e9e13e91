//! Finds the schemas of the document that apply to a part of a value. The graph is not enough, since it deduplicates
//! equal types: corrections need the place in the document.
//!
//! A set of schemas that apply at the same time has an id, so that each step from one set to the next is computed once,
//! however many values take it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{FileId, Location, Pointer};
use crate::ir::Component;
use crate::load::{Documents, Tree};

/// The id of a set of schemas that apply to a part of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SiteId(u32);

/// The longest chain of references that is followed.
const REFERENCES: usize = 256;

/// Elements of an array from this index on share one site: no tuple has that many element schemas.
const PLACES: usize = 256;

/// Finds the schemas of a document.
pub struct Sites<'d> {
    documents: &'d Documents,
    reads_siblings: bool,
    sites: Vec<Arc<[Location]>>,
    known: HashMap<String, SiteId>,
    steps: HashMap<(SiteId, Step), SiteId>,
    anchors: HashMap<FileId, HashMap<String, Pointer>>,
}

/// A step from a value to a part of it, or from a union to a variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Step {
    Property(String),
    Item(usize),
    Variant(String, String),
}

/// A schema, without the schemas that it refers to.
#[derive(Debug, Clone)]
pub struct Part<'d> {
    /// The place of the schema.
    pub at: Location,
    /// The content of the schema.
    pub tree: &'d Tree,
}

impl Part<'_> {
    /// Whether the schema is a reference. In OpenAPI 3.0 and Swagger 2.0 the siblings of `$ref` are ignored.
    fn has_reference(&self) -> bool {
        self.tree.get("$ref").is_some()
    }
}

impl<'d> Sites<'d> {
    /// For the documents that the types were made from.
    pub fn new(documents: &'d Documents) -> Self {
        let root = documents.get(FileId(0)).map(|root| &root.tree);
        let version = root.and_then(|root| root.get("openapi")).map(|version| match version {
            Tree::String(text) => text.to_string(),
            Tree::Number(number) => number.to_string(),
            Tree::Null | Tree::Bool(_) | Tree::Array(_) | Tree::Object(_) => String::new(),
        });
        let version = version.unwrap_or_default();
        let reads_siblings = version.trim().starts_with("3.") && !version.trim().starts_with("3.0");
        Self {
            documents,
            reads_siblings,
            sites: Vec::new(),
            known: HashMap::new(),
            steps: HashMap::new(),
            anchors: HashMap::new(),
        }
    }

    /// The documents.
    pub fn documents(&self) -> &'d Documents {
        self.documents
    }

    /// The site of the schemas at these places.
    pub fn at(&mut self, places: Vec<Location>) -> SiteId {
        let mut key = String::new();
        for place in &places {
            key.push_str(&format!("{}#{}\n", place.file.0, place.pointer));
        }
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let id = SiteId(u32::try_from(self.sites.len()).unwrap_or(u32::MAX));
        self.sites.push(places.into());
        self.known.insert(key, id);
        id
    }

    /// The place of a component. The graph knows a component that only refers to another one by its place in OpenAPI 3,
    /// even if the document is Swagger 2.0.
    pub fn component(&self, component: &Component) -> Location {
        let own = Location::new(FileId(0), Pointer::root()).keyword("definitions").key(&component.name);
        let is_there = |place: &Location| self.documents.at(place).is_some();
        if is_there(&component.location) || !is_there(&own) { component.location.clone() } else { own }
    }

    /// The places of the schemas of a site, before references are followed.
    pub fn places(&self, site: SiteId) -> Arc<[Location]> {
        self.sites.get(site.0 as usize).cloned().unwrap_or_else(|| Arc::from([]))
    }

    /// The site of a property. `named` is the place that the graph has for it, `None` if the graph does not declare it.
    pub fn property(&mut self, site: SiteId, name: &str, named: Option<&Location>) -> SiteId {
        let Some(named) = named else {
            // There can be any number of such names: the step is not cached.
            let parts = self.parts(&self.places(site));
            let places = self.named(&parts, name);
            return self.at(places);
        };
        self.step(site, Step::Property(name.to_owned()), |this, parts| {
            let found = this.named(parts, name);
            if found.is_empty() { vec![named.clone()] } else { found }
        })
    }

    /// The site of an array element.
    pub fn item(&mut self, site: SiteId, index: usize) -> SiteId {
        let index = index.min(PLACES);
        self.step(site, Step::Item(index), |_, parts| {
            parts.iter().filter_map(|part| item(part, index)).collect()
        })
    }

    /// The site of a variant: the schemas of the union and the branch. `union` and `branch` are the places that the
    /// graph has, which may be those of an equal union elsewhere.
    pub fn variant(&mut self, site: SiteId, union: &Location, branch: &Location) -> SiteId {
        let step = Step::Variant(text(union), text(branch));
        let mut whole = self.places(site).to_vec();
        self.step(site, step, move |this, parts| {
            let own = this.branch(parts, union, branch);
            if !whole.contains(&own) {
                whole.push(own);
            }
            whole
        })
    }

    fn step(
        &mut self,
        site: SiteId,
        step: Step,
        go: impl FnOnce(&mut Self, &[Part<'d>]) -> Vec<Location>,
    ) -> SiteId {
        if let Some(known) = self.steps.get(&(site, step.clone())) {
            return *known;
        }
        let parts = self.parts(&self.places(site));
        let places = go(self, &parts);
        let id = self.at(places);
        self.steps.insert((site, step), id);
        id
    }

    /// The schemas at these places and all schemas that apply with them: through references, `allOf`, and unions of one
    /// branch and `null`.
    pub fn parts(&mut self, places: &[Location]) -> Vec<Part<'d>> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut todo: Vec<Location> = places.iter().rev().cloned().collect();
        while let Some(at) = todo.pop() {
            if !seen.insert(text(&at)) {
                continue;
            }
            let Some(tree) = self.documents.at(&at) else { continue };
            let part = Part { at, tree };
            if let Some(branches) = tree.get("allOf").and_then(Tree::as_array)
                && (self.reads_siblings || !part.has_reference())
            {
                let list = part.at.keyword("allOf");
                todo.extend((0..branches.len()).rev().map(|index| list.index(index)));
            }
            if let Some((key, index)) = only_branch(tree)
                && (self.reads_siblings || !part.has_reference())
            {
                todo.push(part.at.keyword(key).index(index));
            }
            if let Some(reference) = tree.get("$ref").and_then(Tree::as_str)
                && let Some(target) = self.resolve(part.at.file, reference)
            {
                todo.push(target);
            }
            if self.reads_siblings || !part.has_reference() {
                found.push(part);
            }
        }
        found
    }

    /// The target of a reference.
    pub fn resolve(&mut self, from: FileId, reference: &str) -> Option<Location> {
        let target = self.documents.resolve(from, reference)?;
        let (file, fragment) = (target.file, target.fragment.to_string());
        if fragment.is_empty() || fragment.starts_with('/') {
            let tokens = Pointer::parse(&fragment).tokens();
            let pointer = tokens.iter().fold(target.resource, |pointer, token| pointer.key(token));
            return Some(Location::new(file, pointer));
        }
        let documents = self.documents;
        let anchors = self.anchors.entry(file).or_insert_with(|| {
            let mut found = HashMap::new();
            if let Some(document) = documents.get(file) {
                anchors(&document.tree, &Pointer::root(), &mut found);
            }
            found
        });
        Some(Location::new(file, anchors.get(&fragment)?.clone()))
    }

    /// The place at the end of a chain of references.
    pub fn follow(&mut self, place: &Location) -> Location {
        let mut at = place.clone();
        for _ in 0..REFERENCES {
            let reference = self.documents.at(&at).and_then(|tree| tree.get("$ref")).and_then(Tree::as_str);
            match reference.and_then(|reference| self.resolve(at.file, reference)) {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    fn named(&mut self, parts: &[Part<'d>], name: &str) -> Vec<Location> {
        let own = |part: &Part<'d>| {
            part.tree.get("properties")?.get(name)?;
            Some(part.at.keyword("properties").key(name))
        };
        let found: Vec<Location> = parts.iter().filter_map(own).collect();
        if !found.is_empty() {
            return found;
        }
        let mut others = Vec::new();
        for part in parts {
            if let Some(patterns) = part.tree.get("patternProperties").and_then(Tree::as_object) {
                let list = part.at.keyword("patternProperties");
                others.extend(patterns.iter().map(|(pattern, _)| list.key(pattern)));
            }
            for key in ["additionalProperties", "unevaluatedProperties"] {
                if part.tree.get(key).and_then(Tree::as_object).is_some() {
                    others.push(part.at.keyword(key));
                }
            }
        }
        others
    }

    /// The branch of a union among the schemas: the one that the graph knows, or the corresponding one of an equal
    /// union.
    fn branch(&mut self, parts: &[Part<'d>], union: &Location, branch: &Location) -> Location {
        let lies_in = |part: &Part<'d>| relative(&part.at, branch).is_some();
        if parts.iter().any(lies_in) {
            return branch.clone();
        }
        // An equal union: the same path leads to its branch.
        let steps = relative(union, branch).or_else(|| {
            let union = self.follow(union);
            relative(&union, branch)
        });
        if let Some(steps) = steps {
            for part in parts {
                let place = steps.iter().fold(part.at.clone(), |place, token| place.key(token));
                if self.documents.at(&place).is_some() {
                    return place;
                }
            }
        }
        branch.clone()
    }
}

/// The keyword and index of the only branch besides `null`: every other value has to match it.
pub(super) fn only_branch(tree: &Tree) -> Option<(&'static str, usize)> {
    ["oneOf", "anyOf"].into_iter().find_map(|key| {
        let branches = tree.get(key)?.as_array()?;
        let mut others = branches.iter().enumerate().filter(|(_, branch)| !is_null(branch));
        let (only, _) = others.next()?;
        others.next().is_none().then_some((key, only))
    })
}

/// Whether a schema accepts only `null`.
fn is_null(tree: &Tree) -> bool {
    let is_name = |name: &Tree| name.as_str() == Some("null");
    let is_only = |list: &Tree, is: &dyn Fn(&Tree) -> bool| {
        list.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is))
    };
    let is_value = |value: &Tree| *value == Tree::Null;
    tree.get("type").is_some_and(|name| is_name(name) || is_only(name, &is_name))
        || tree.get("const").is_some_and(is_value)
        || tree.get("enum").is_some_and(|list| is_only(list, &is_value))
}

fn text(place: &Location) -> String {
    format!("{}#{}", place.file.0, place.pointer)
}

/// The pointer tokens from a place to another one inside of it.
fn relative(outer: &Location, inner: &Location) -> Option<Vec<String>> {
    if outer.file != inner.file {
        return None;
    }
    let (outer, inner) = (outer.pointer.tokens(), inner.pointer.tokens());
    inner.strip_prefix(&outer[..]).map(<[String]>::to_vec)
}

fn item(part: &Part<'_>, index: usize) -> Option<Location> {
    let has = |list: &str| part.tree.get(list).and_then(Tree::as_array).map(<[Tree]>::len);
    if has("prefixItems").is_some_and(|count| index < count) {
        return Some(part.at.keyword("prefixItems").index(index));
    }
    match has("items") {
        Some(count) if index < count => return Some(part.at.keyword("items").index(index)),
        Some(_) => {
            part.tree.get("additionalItems")?.as_object()?;
            return Some(part.at.keyword("additionalItems"));
        }
        None => {}
    }
    part.tree.get("items")?.as_object()?;
    Some(part.at.keyword("items"))
}

fn anchors(tree: &Tree, at: &Pointer, found: &mut HashMap<String, Pointer>) {
    match tree {
        Tree::Object(members) => {
            for key in ["$anchor", "$dynamicAnchor"] {
                if let Some(name) = members.get(key).and_then(Tree::as_str) {
                    found.entry(name.to_owned()).or_insert_with(|| at.clone());
                }
            }
            members.iter().for_each(|(key, value)| anchors(value, &at.key(key), found));
        }
        Tree::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                anchors(item, &at.index(index), found);
            }
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
    }
}
