//! The changes of one schema, and the corrections that make them.

use super::{Action, Correction, Dialect, path, schema, string, widen};
use crate::diagnostics::Location;
use crate::load::{Object, Tree};
use crate::verify::learn::Learned;

/// A schema of the document.
pub(super) struct Place<'d> {
    pub at: Location,
    /// The JSONPath of the schema.
    pub path: String,
    pub tree: &'d Tree,
    pub dialect: Dialect,
}

/// The changes of a schema.
#[derive(Default)]
pub(super) struct Edit {
    /// Names to remove from `required`, each with the reason.
    pub required: Vec<(String, String)>,
    /// Values to add to `enum` or `const`.
    pub values: Vec<Tree>,
    pub values_reasons: Vec<String>,
    /// Properties to add, each with the reason.
    pub properties: Vec<(String, Learned, String)>,
    /// Whether to allow `null`.
    pub null: bool,
    /// JSON types to allow, in addition to those of the schema.
    pub types: Learned,
    /// Whether to change `integer` to `number`.
    pub number: bool,
    /// Union branches to add.
    pub branches: Vec<Tree>,
    pub types_reasons: Vec<String>,
    /// Whether to remove the `format` of strings.
    pub any_text: bool,
    /// The smallest and the largest integer to allow.
    pub range: Option<(i128, i128)>,
    pub format_reasons: Vec<String>,
    /// The shortest and the longest tuple to allow, and what the elements look like.
    pub lengths: Option<(usize, usize)>,
    pub items: Learned,
    pub length_reasons: Vec<String>,
    /// Further actions, each with its reason.
    pub others: Vec<(Vec<Action>, String)>,
}

impl Edit {
    /// Whether it does more than allow other JSON types.
    pub fn does_more(&self) -> bool {
        !self.required.is_empty()
            || !self.values.is_empty()
            || !self.properties.is_empty()
            || self.any_text
            || self.range.is_some()
            || self.lengths.is_some()
            || !self.others.is_empty()
    }

    /// The corrections that make the changes.
    pub fn corrections(&self, place: &Place<'_>) -> Vec<Correction> {
        let mut found = self.without_required(place);
        let mut add = |reasons: &[String], actions: Vec<Action>| {
            if !actions.is_empty() {
                found.push(Correction { reasons: reasons.to_vec(), actions });
            }
        };
        add(&self.values_reasons, self.more_values(place));
        add(&self.format_reasons, self.other_format(place));
        add(&self.length_reasons, self.other_length(place));
        for (name, learned, reason) in &self.properties {
            let schema = schema::of(learned, place.dialect);
            let named = Tree::Object([(name.as_str().into(), schema)].into_iter().collect());
            let action = Action::update(place.path.clone(), vec![("properties", named)]);
            add(std::slice::from_ref(reason), vec![action]);
        }
        for (actions, reason) in &self.others {
            add(std::slice::from_ref(reason), actions.clone());
        }
        // This may move the schema: no other change may be made at the same time.
        if !(self.does_more() && widen::moves(self, place)) {
            add(&self.types_reasons, widen::actions(self, place));
        }
        found
    }

    fn without_required(&self, place: &Place<'_>) -> Vec<Correction> {
        let Some(names) = place.tree.get("required").and_then(Tree::as_array) else { return Vec::new() };
        let goes = |name: &Tree| self.required.iter().any(|(gone, _)| name.as_str() == Some(gone));
        if !self.required.is_empty() && names.iter().all(goes) {
            // `required` may be empty only since OpenAPI 3.1.
            let reasons = self.required.iter().map(|(_, reason)| reason.clone()).collect();
            let actions = vec![Action::remove(format!("{}.required", place.path))];
            return vec![Correction { reasons, actions }];
        }
        let each = self.required.iter().map(|(name, reason)| {
            let index = names.iter().position(|known| known.as_str() == Some(name)).unwrap_or_default();
            let target = format!("{}.required{}", place.path, path::element(name, index));
            Correction { reasons: vec![reason.clone()], actions: vec![Action::remove(target)] }
        });
        each.collect()
    }

    fn more_values(&self, place: &Place<'_>) -> Vec<Action> {
        if self.values.is_empty() {
            return Vec::new();
        }
        let mut values = self.values.clone();
        let mut actions = Vec::new();
        if let Some(constant) = place.tree.get("const") {
            actions.push(Action::remove(format!("{}.const", place.path)));
            if place.tree.get("enum").is_none() {
                values.insert(0, constant.clone());
            }
        }
        actions.push(Action::update(place.path.clone(), vec![("enum", Tree::Array(values))]));
        actions
    }

    fn other_format(&self, place: &Place<'_>) -> Vec<Action> {
        let format = place.tree.get("format");
        let removed = |key: &str| Action::remove(format!("{}.{key}", place.path));
        if self.any_text {
            return format.map(|_| removed("format")).into_iter().collect();
        }
        let Some((low, high)) = self.range else { return Vec::new() };
        let bound = |key: &str| place.tree.get(key).and_then(number_of);
        let mut actions = Vec::new();
        #[allow(clippy::cast_precision_loss, reason = "documents round such bounds as well")]
        let (low_bound, high_bound) = (low as f64, high as f64);
        for (key, is_beyond) in [
            ("minimum", bound("minimum").is_some_and(|least| least > low_bound || low < 0 && least >= 0.0)),
            ("maximum", bound("maximum").is_some_and(|most| most < high_bound)),
        ] {
            if is_beyond {
                actions.push(removed(key));
            }
        }
        match (schema::wide(Some((low, high))), format.and_then(Tree::as_str)) {
            (None, Some(_)) => actions.push(removed("format")),
            (None, None) => {}
            // The format is already there, so the settings ignore it. They do not ignore bounds.
            (Some(wanted), Some(known)) if wanted == known => {
                let bounds = [("minimum", low), ("maximum", high)];
                let bounds = bounds.map(|(key, value)| (key, tree_of(value)));
                actions.push(Action::update(place.path.clone(), bounds.to_vec()));
            }
            (Some(wanted), _) => {
                actions.push(Action::update(place.path.clone(), vec![("format", string(wanted))]));
            }
        }
        actions
    }

    fn other_length(&self, place: &Place<'_>) -> Vec<Action> {
        let Some((least, most)) = self.lengths else { return Vec::new() };
        let tree = place.tree;
        let mut actions = Vec::new();
        let mut members = Vec::new();
        let whole = |key: &str| tree.get(key).and_then(number_of);
        if whole("minItems").is_some_and(|known| known > least as f64) {
            members.push(("minItems", Tree::Number(least.into())));
        }
        if whole("maxItems").is_some_and(|known| known < most as f64) {
            members.push(("maxItems", Tree::Number(most.into())));
        }
        let (places, rest) = match (tree.get("prefixItems"), tree.get("items")) {
            (Some(places), _) => (Some(places), "items"),
            (None, Some(places @ Tree::Array(_))) => (Some(places), "additionalItems"),
            (None, _) => (None, "items"),
        };
        let count = places.and_then(Tree::as_array).map_or(0, <[Tree]>::len);
        if most > count && places.is_some() {
            if tree.get(rest).is_some_and(|rest| rest.as_bool() == Some(false)) {
                actions.push(Action::remove(format!("{}.{rest}", place.path)));
            }
            if tree.get(rest).and_then(Tree::as_object).is_none() {
                members.push((rest, schema::of(&self.items, place.dialect)));
            }
        }
        if !members.is_empty() {
            actions.push(Action::update(place.path.clone(), members));
        }
        actions
    }
}

fn number_of(tree: &Tree) -> Option<f64> {
    match tree {
        Tree::Number(number) => number.as_f64(),
        Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => None,
    }
}

/// An integer as a node of the tree.
fn tree_of(value: i128) -> Tree {
    tree(&crate::number::value(value))
}

/// A JSON value as a node of the tree.
pub(super) fn tree(value: &serde_json::Value) -> Tree {
    use serde_json::Value;
    match value {
        Value::Null => Tree::Null,
        Value::Bool(value) => Tree::Bool(*value),
        Value::Number(number) => Tree::Number(number.clone()),
        Value::String(text) => string(text),
        Value::Array(items) => Tree::Array(items.iter().map(tree).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.as_str().into(), tree(value)));
            Tree::Object(members.collect::<Object>())
        }
    }
}
