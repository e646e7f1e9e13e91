//! Decides which schema to change for each fault, and how.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::edit::{Edit, Place, tree};
use super::{Correction, Dialect, answers, path, tags, widen};
use crate::diagnostics::{FileId, Location};
use crate::load::Tree;
use crate::verify::fault::{Counted, Fault, FaultKind, Faults};
use crate::verify::faults::Checker;
use crate::verify::sites::Part;

/// Which faults to correct.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether to add what the models read although the document does not declare it: properties, values of open enums,
    /// tags of open unions.
    pub unnamed: bool,
}

impl Asked {
    /// Whether to correct a fault.
    pub fn includes(self, kind: &FaultKind) -> bool {
        self.unnamed || kind.is_refused()
    }
}

/// The corrections of all faults that an overlay can correct and that do not change each other's places. The caller
/// applies them and compares again, which finds the remaining faults. Statuses are corrected alone and first: until
/// then the models read an undeclared status as another response, which must not be changed because of it.
pub fn corrections(checker: &mut Checker<'_>, faults: &Faults, asked: Asked) -> Vec<Correction> {
    let Some(root) = checker.sites().documents().get(FileId(0)) else { return Vec::new() };
    let root = &root.tree;
    let all: Vec<&Counted> = faults.iter().filter(|counted| asked.includes(&counted.fault.kind)).collect();
    let is_status = |counted: &&Counted| matches!(counted.fault.kind, FaultKind::Status { .. });
    let statuses: Vec<&Counted> = all.iter().copied().filter(is_status).collect();
    let found = planned(checker, root, &statuses);
    if found.is_empty() { planned(checker, root, &all) } else { found }
}

fn planned<'p, 'd>(checker: &'p mut Checker<'d>, root: &'d Tree, wanted: &[&'p Counted]) -> Vec<Correction> {
    let mut plan = Plan {
        checker,
        root,
        dialect: Dialect::of(root),
        edits: Vec::new(),
        known: HashMap::new(),
        uses: HashMap::new(),
        statuses: answers::by_status(wanted),
    };
    wanted.iter().for_each(|counted| plan.note_use(&counted.fault));
    wanted.iter().for_each(|counted| plan.fault(counted));
    plan.corrections()
}

pub(super) struct Plan<'p, 'd> {
    pub checker: &'p mut Checker<'d>,
    pub root: &'d Tree,
    pub dialect: Dialect,
    /// By schema, in the order of the faults.
    edits: Vec<(Location, Edit)>,
    known: HashMap<String, usize>,
    /// By component: the uses of it where a value of another JSON type was recorded.
    uses: HashMap<String, HashSet<String>>,
    /// The faults of undeclared statuses that are not corrected yet.
    statuses: answers::Statuses<'p>,
}

impl<'p, 'd> Plan<'p, 'd> {
    fn corrections(self) -> Vec<Correction> {
        let Self { checker, root, dialect, edits, .. } = self;
        let documents = checker.sites().documents();
        let place = |(at, edit): (Location, Edit)| {
            let (path, tree) = (path::of(root, &at.pointer), documents.at(&at)?);
            Some((Place { at, path, tree, dialect }, edit))
        };
        let edits: Vec<(Place<'_>, Edit)> = edits.into_iter().filter_map(place).collect();
        let moved: Vec<Vec<String>> = edits
            .iter()
            .filter(|(place, edit)| !edit.does_more() && widen::moves(edit, place))
            .map(|(place, _)| place.at.pointer.tokens())
            .collect();
        let is_moved = |place: &Place<'_>| {
            let tokens = place.at.pointer.tokens();
            moved.iter().any(|outer| outer.len() < tokens.len() && tokens.starts_with(outer))
        };
        let edits = edits.iter().filter(|(place, _)| !is_moved(place));
        edits.flat_map(|(place, edit)| edit.corrections(place)).collect()
    }

    /// The edit of a schema. `None` for schemas in other files: an overlay changes only the root document.
    pub fn edit(&mut self, at: &Location) -> Option<&mut Edit> {
        if at.file != FileId(0) {
            return None;
        }
        let edits = &mut self.edits;
        let index = *self.known.entry(at.pointer.to_string()).or_insert_with(|| {
            edits.push((at.clone(), Edit::default()));
            edits.len() - 1
        });
        self.edits.get_mut(index).map(|(_, edit)| edit)
    }

    pub fn parts(&mut self, places: &[Location]) -> Vec<Part<'d>> {
        self.checker.sites().parts(places)
    }

    fn fault(&mut self, counted: &Counted) {
        let fault = &counted.fault;
        if fault.is_redacted {
            return;
        }
        let reason = reason(counted);
        match &fault.kind {
            FaultKind::Missing(name) => self.missing(fault, name, &reason),
            FaultKind::Null => self.null(fault, &reason),
            FaultKind::Type { expected: "an integer", found: "a number" } => self.number(counted, &reason),
            FaultKind::Type { .. } | FaultKind::NoBranch(_) => self.types(counted, &reason),
            FaultKind::Format(_) | FaultKind::Time => {
                for part in self.parts(&fault.schemas) {
                    if part.tree.get("format").is_some()
                        && let Some(edit) = self.edit(&part.at)
                    {
                        edit.any_text = true;
                        edit.format_reasons.push(reason.clone());
                    }
                }
            }
            FaultKind::OutOfRange => self.range(counted, &reason),
            FaultKind::Value(_) | FaultKind::Constant(_) | FaultKind::UnnamedValue(_) => {
                self.value(fault, &reason);
            }
            FaultKind::Tag { property, value } | FaultKind::UnnamedTag { property, value } => {
                tags::add(self, counted, (property, value), &reason);
            }
            FaultKind::Length { .. } => self.length(counted, &reason),
            FaultKind::UnknownProperty(name) | FaultKind::UnnamedProperty(name) => {
                self.property(counted, name, &reason);
            }
            FaultKind::Status { code, .. } => {
                let met = self.statuses.remove(&(fault.place.pointer.to_string(), *code));
                if let Some(met) = met {
                    answers::status(self, &met, *code);
                }
            }
            FaultKind::MediaType(name) => answers::media_type(self, counted, name, &reason),
            FaultKind::MissingParameter(_) | FaultKind::MissingHeader(_) | FaultKind::MissingBody => {
                answers::optional(self, &fault.place, &reason);
            }
            FaultKind::UnnamedParameter(name) => {
                answers::parameter(self, &fault.place, name, &reason);
            }
            FaultKind::TagType(_) | FaultKind::TooDeep | FaultKind::Loop | FaultKind::NotJson => {}
        }
    }

    fn missing(&mut self, fault: &Fault, name: &str, reason: &str) {
        for part in self.parts(&fault.schemas) {
            let names = part.tree.get("required").and_then(Tree::as_array).unwrap_or_default();
            if names.iter().any(|known| known.as_str() == Some(name))
                && let Some(edit) = self.edit(&part.at)
                && !edit.required.iter().any(|(known, _)| known == name)
            {
                edit.required.push((name.to_owned(), reason.to_owned()));
            }
        }
    }

    /// Lets all schemas that apply to the value allow `null`. The use of a component is changed, not the component: its
    /// other uses may never be `null`.
    fn null(&mut self, fault: &Fault, reason: &str) {
        for place in fault.schemas.iter() {
            if !self.allows_null(place)
                && let Some(edit) = self.edit(place)
            {
                edit.null = true;
                edit.types_reasons.push(reason.to_owned());
            }
        }
    }

    fn allows_null(&mut self, place: &Location) -> bool {
        let Some(tree) = self.checker.sites().documents().at(place) else { return true };
        let is_flagged = |key: &str| tree.get(key).and_then(Tree::as_bool) == Some(true);
        let names = tree.get("type").and_then(Tree::as_array).unwrap_or_default();
        is_flagged("nullable")
            || is_flagged("x-nullable")
            || names.iter().any(|name| name.as_str() == Some("null"))
    }

    fn number(&mut self, counted: &Counted, reason: &str) {
        let is_integer = |part: &Part<'_>| match part.tree.get("type") {
            Some(Tree::String(name)) => &**name == "integer",
            Some(Tree::Array(names)) => names.iter().any(|name| name.as_str() == Some("integer")),
            Some(Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Object(_)) | None => {
                part.tree.get("format").and_then(Tree::as_str).is_some_and(|it| it.contains("int"))
            }
        };
        let is_named = |part: &Part<'_>| part.tree.get("enum").is_some();
        let parts = self.parts(&counted.fault.schemas);
        let integers: Vec<Location> = parts
            .iter()
            .filter(|part| is_integer(part) && !is_named(part))
            .map(|part| part.at.clone())
            .collect();
        if integers.is_empty() {
            return self.types(counted, reason);
        }
        for at in integers {
            if let Some(edit) = self.edit(&at) {
                edit.number = true;
                edit.types_reasons.push(reason.to_owned());
            }
        }
    }

    fn types(&mut self, counted: &Counted, reason: &str) {
        for place in counted.fault.schemas.clone().iter() {
            let at = self.widened(place);
            if let Some(edit) = self.edit(&at) {
                edit.types.merge(counted.learned.clone());
                edit.types_reasons.push(reason.to_owned());
            }
        }
    }

    /// Notes a use of a component where a value of another JSON type was recorded.
    fn note_use(&mut self, fault: &Fault) {
        if !fault.kind.is_of_use() || fault.kind == FaultKind::Null {
            return;
        }
        for place in fault.schemas.iter() {
            let target = self.checker.sites().follow(place);
            let uses = self.uses.entry(target.pointer.to_string()).or_default();
            uses.insert(place.pointer.to_string());
        }
    }

    /// The schema to widen: the component, if it is a scalar and several of its uses have values of another type;
    /// otherwise the use.
    fn widened(&mut self, place: &Location) -> Location {
        let target = self.checker.sites().follow(place);
        let tree = self.checker.sites().documents().at(&target);
        let is_scalar = tree
            .and_then(|tree| tree.get("type"))
            .and_then(Tree::as_str)
            .is_some_and(|name| matches!(name, "string" | "integer" | "number" | "boolean"));
        let uses = self.uses.get(&target.pointer.to_string()).map_or(0, HashSet::len);
        if is_scalar && uses > 1 { target } else { place.clone() }
    }

    fn range(&mut self, counted: &Counted, reason: &str) {
        let Some((low, high)) = counted.learned.range else { return };
        for part in self.parts(&counted.fault.schemas) {
            let says = ["format", "type"].iter().any(|key| part.tree.get(key).is_some());
            if says && let Some(edit) = self.edit(&part.at) {
                let (least, most) = edit.range.unwrap_or((low, high));
                edit.range = Some((least.min(low), most.max(high)));
                edit.format_reasons.push(reason.to_owned());
            }
        }
    }

    fn value(&mut self, fault: &Fault, reason: &str) {
        let value = tree(&fault.value);
        let lists = self.value_lists(&fault.schemas, &fault.value);
        for at in lists {
            if let Some(edit) = self.edit(&at)
                && !edit.values.contains(&value)
            {
                edit.values.push(value.clone());
                edit.values_reasons.push(reason.to_owned());
            }
        }
    }

    /// The schemas whose `enum` or `const` lacks a value. If the values are branches of a union, the first such branch
    /// of each union.
    fn value_lists(&mut self, places: &[Location], value: &Value) -> Vec<Location> {
        let parts = self.parts(places);
        let mut found: Vec<Location> =
            parts.iter().filter(|part| lacks(part.tree, value)).map(|part| part.at.clone()).collect();
        if !found.is_empty() {
            return found;
        }
        for part in &parts {
            for key in ["oneOf", "anyOf"] {
                let Some(branches) = part.tree.get(key).and_then(Tree::as_array) else { continue };
                let list = part.at.key(key);
                let of_branch = (0..branches.len()).find_map(|index| {
                    let inner = self.parts(&[list.index(index)]);
                    inner.iter().find(|part| lacks(part.tree, value)).map(|part| part.at.clone())
                });
                found.extend(of_branch);
            }
        }
        found
    }

    fn length(&mut self, counted: &Counted, reason: &str) {
        let FaultKind::Length { found, .. } = counted.fault.kind else { return };
        for part in self.parts(&counted.fault.schemas) {
            let says = ["prefixItems", "items", "minItems", "maxItems"]
                .iter()
                .any(|key| part.tree.get(key).is_some());
            if says && let Some(edit) = self.edit(&part.at) {
                let (least, most) = edit.lengths.unwrap_or((found, found));
                edit.lengths = Some((least.min(found), most.max(found)));
                edit.items.merge(counted.learned.array.as_deref().cloned().unwrap_or_default());
                edit.length_reasons.push(reason.to_owned());
            }
        }
    }

    fn property(&mut self, counted: &Counted, name: &str, reason: &str) {
        let schemas: Arc<[Location]> = Arc::clone(&counted.fault.schemas);
        // The last schema is the branch of a union, if there is one.
        let branch = schemas.last().map(|last| self.parts(std::slice::from_ref(last))).unwrap_or_default();
        let all = self.parts(&schemas);
        let has_list = |part: &&Part<'_>| part.tree.get("properties").is_some();
        let part = branch.iter().find(has_list).or_else(|| all.iter().find(has_list));
        let Some(part) = part.or(all.first()) else { return };
        if let Some(edit) = self.edit(&part.at) {
            match edit.properties.iter_mut().find(|(known, ..)| known == name) {
                Some((_, learned, _)) => learned.merge(counted.learned.clone()),
                None => edit.properties.push((name.to_owned(), counted.learned.clone(), reason.to_owned())),
            }
        }
    }
}

/// Whether the `enum` or `const` of a schema lacks a value.
fn lacks(tree: &Tree, value: &Value) -> bool {
    let is = |known: &Tree| known.to_json() == *value;
    let list = tree.get("enum").and_then(Tree::as_array);
    let is_constant = tree.get("const").is_some_and(|known| !is(known));
    is_constant || list.is_some_and(|values| !values.iter().any(is))
}

/// The reason for a correction: what was wrong, and how often.
fn reason(counted: &Counted) -> String {
    reason_of(&counted.fault.kind, counted.count)
}

/// The reason for a correction of several faults of the same kind.
pub(super) fn reason_of(kind: &FaultKind, count: usize) -> String {
    let times = match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    format!("Recorded {times}: {kind}.")
}
