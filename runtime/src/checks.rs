//! Checks values against the constraints of the document. Reading and writing a value do not check it.
//!
//! One function serves all types: it visits the same view of a value that is used for writing, and looks up the
//! constraints of each part in a table.

use super::decimal::Decimal;
use super::error::cut;
use super::rules::{Rule, Rules};
use super::scalar::Scalar;
use super::view::{Entries, Fields, Items, View, Viewed};
use super::violations::{Violation, Violations};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A value that can be checked against the constraints of its schema.
pub trait Check {
    /// Finds every constraint that the value, or a value inside it, violates.
    ///
    /// A document puts constraints on a property, on the items of a list, or on the values of a map. A plain `String`
    /// therefore has none. For a union, the variant that it holds is checked.
    ///
    /// # Errors
    /// [`Violations`] if a constraint is violated.
    fn check(&self) -> Result<(), Violations>;
}

impl<T: View> Check for T {
    fn check(&self) -> Result<(), Violations> {
        check(self, &Rules::NONE)
    }
}

/// Implements a constructor that checks for a struct with one unnamed field.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! checked_newtype {
    ($newtype:ident: $content:ty) => {
        impl $newtype {
            /// Creates the value if it satisfies the constraints of the document.
            ///
            /// # Errors
            /// The constraints that it violates.
            pub fn new(content: impl Into<$content>) -> Result<Self, runtime::Violations> {
                let made = Self(content.into());
                runtime::Check::check(&made).map(|()| made)
            }
        }

        impl TryFrom<$content> for $newtype {
            type Error = runtime::Violations;

            fn try_from(content: $content) -> Result<Self, Self::Error> {
                Self::new(content)
            }
        }
    };
}
pub(crate) use checked_newtype;

/// Checks a value of any type in a place that has these constraints.
pub fn check(value: &dyn View, rules: &'static Rules) -> Result<(), Violations> {
    let mut checker = Checker::default();
    checker.value(value, &[rules]);
    Violations::or_ok(checker.found)
}

/// Visits a value and its parts.
#[derive(Default)]
pub(super) struct Checker {
    /// The path to the value.
    pointer: String,
    /// Whether the value is part of a secret, which must not be shown.
    is_hidden: bool,
    pub(super) found: Vec<Violation>,
}

/// The tables for a value: of its place, and its own.
type Tables<'a> = &'a [&'static Rules];

impl Checker {
    /// Checks a value at this place.
    pub(super) fn within(&mut self, steps: &[&str], value: &dyn View, tables: Tables<'_>) {
        match steps {
            [] => self.value(value, tables),
            [step, steps @ ..] => self.step(step, &mut |checker| checker.within(steps, value, tables)),
        }
    }

    /// Checks a part of the value.
    fn part(&mut self, name: &str, value: &dyn View, tables: Tables<'_>) {
        self.step(name, &mut |checker| checker.value(value, tables));
    }

    fn step(&mut self, name: &str, check: &mut dyn FnMut(&mut Self)) {
        let end = self.pointer.len();
        if !self.is_hidden {
            self.pointer.push('/');
            for char in name.chars() {
                match char {
                    '~' => self.pointer.push_str("~0"),
                    '/' => self.pointer.push_str("~1"),
                    char => self.pointer.push(char),
                }
            }
        }
        check(self);
        self.pointer.truncate(end);
    }

    /// Checks a value.
    pub(super) fn value(&mut self, value: &dyn View, tables: Tables<'_>) {
        let outside = self.is_hidden;
        self.is_hidden |= tables.iter().any(|rules| rules.secret);
        match value.view() {
            Viewed::Scalar(scalar) => self.scalar(scalar, tables),
            Viewed::Single(float) => {
                self.number(Decimal::single(float), tables, || Scalar::Float(float.into()).to_string());
            }
            Viewed::Unsigned(int) => self.number(Some(Decimal::unsigned(int)), tables, || int.to_string()),
            Viewed::Text(text) => {
                let mut written = String::new();
                // The content of a file is not text.
                if text.file().is_none() && text.write(&mut written).is_ok() {
                    self.text(&written, tables);
                }
            }
            Viewed::Bytes(_) => {}
            Viewed::Value(value) => self.json(value, tables),
            Viewed::Map(map) => self.properties(map.len(), tables),
            Viewed::Items(items) => self.items(items, tables),
            Viewed::Entries(entries) => {
                self.properties(entries.len(), tables);
                self.entries(entries, tables);
            }
            Viewed::Object(object) => self.object(object, tables),
            Viewed::Ruled(own, value) => {
                let tables = with(tables, own);
                self.value(value, &tables);
            }
            Viewed::Foreign(foreign) => {
                // Writing the value reports that it cannot be written.
                let _ = foreign.content(true, &mut |content| self.value(content, tables));
            }
        }
        self.is_hidden = outside;
    }

    fn object(&mut self, object: &dyn Fields, tables: Tables<'_>) {
        object.fields(&mut |parts, fields, others| {
            let tables = with(tables, parts.rules);
            let present = parts.written(fields).count() + others.map_or(0, Entries::len);
            self.properties(parts.constants.len() + present, &tables);
            for (name, field) in parts.written(fields) {
                let named: Vec<&Rules> = tables.iter().filter_map(|rules| rules.named(name)).collect();
                self.part(name, field, &named);
            }
            if let Some(others) = others {
                self.entries(others, &tables);
            }
        });
    }

    fn entries(&mut self, entries: &dyn Entries, tables: Tables<'_>) {
        let each: Vec<&Rules> = tables.iter().flat_map(|rules| rules.each).collect();
        entries.each(&mut |name, value| {
            self.part(name, value, &each);
            true
        });
    }

    fn items(&mut self, items: &dyn Items, tables: Tables<'_>) {
        let count = items.len();
        self.judge(tables, |rule| rule.allows_items(count), || counted(count, "item"));
        let has_unique = |rules: &&Rules| rules.own.contains(&Rule::UniqueItems);
        if tables.iter().any(has_unique)
            && let Some((first, second)) = equal_items(items)
        {
            let found = || format!("items {first} and {second}");
            self.judge(tables, |rule| *rule != Rule::UniqueItems, found);
        }
        let each: Vec<&Rules> = tables.iter().flat_map(|rules| rules.each).collect();
        let has_places = tables.iter().any(|rules| !rules.named.is_empty());
        for index in 0..count {
            let Some(item) = items.at(index) else { break };
            let name = index.to_string();
            if has_places {
                let named: Vec<&Rules> = tables.iter().filter_map(|rules| rules.named(&name)).collect();
                self.part(&name, item, &named);
            } else {
                self.part(&name, item, &each);
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar<'_>, tables: Tables<'_>) {
        match scalar {
            Scalar::Str(text) => self.text(text, tables),
            Scalar::Int(_) | Scalar::Float(_) => {
                self.number(Decimal::of(scalar), tables, || scalar.to_string());
            }
            Scalar::Null | Scalar::Bool(_) => {}
        }
    }

    /// Checks a plain JSON value.
    fn json(&mut self, value: &Value, tables: Tables<'_>) {
        match value {
            Value::String(text) => self.text(text, tables),
            Value::Number(_) => self.number(decimal(value), tables, || value.to_string()),
            Value::Array(items) => self.items(items, tables),
            Value::Object(map) => self.properties(map.len(), tables),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn text(&mut self, text: &str, tables: Tables<'_>) {
        self.judge(tables, |rule| rule.allows_text(text), || Scalar::Str(&cut(text)).to_string());
    }

    fn number(&mut self, number: Option<Decimal>, tables: Tables<'_>, found: impl Fn() -> String) {
        // JSON has no numbers that are not finite.
        if let Some(number) = number {
            self.judge(tables, |rule| rule.allows_number(number), found);
        }
    }

    fn properties(&mut self, count: usize, tables: Tables<'_>) {
        self.judge(tables, |rule| rule.allows_properties(count), || counted(count, "property"));
    }

    /// Records the constraints that are violated, each of them once.
    fn judge(&mut self, tables: Tables<'_>, allows: impl Fn(&Rule) -> bool, found: impl Fn() -> String) {
        for (index, rules) in tables.iter().enumerate() {
            let is_new = |rule: &&Rule| !tables.iter().take(index).any(|before| before.own.contains(rule));
            for rule in rules.own.iter().filter(is_new).filter(|rule| !allows(rule)) {
                let found = if self.is_hidden { "a secret".to_owned() } else { found() };
                self.found.push(Violation { pointer: self.pointer.clone(), rule: *rule, found });
            }
        }
    }
}

/// The tables, with one added.
fn with(tables: Tables<'_>, own: &'static Rules) -> Vec<&'static Rules> {
    tables.iter().copied().chain([own]).filter(|rules| **rules != Rules::NONE).collect()
}

fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    }
}

/// The first two items that are the same JSON value.
fn equal_items(items: &dyn Items) -> Option<(usize, usize)> {
    let mut seen = HashMap::with_capacity(items.len());
    for index in 0..items.len() {
        let mut text = String::new();
        canonical(items.at(index)?, &mut text);
        if let Some(first) = seen.insert(text, index) {
            return Some((first, index));
        }
    }
    None
}

/// A text that is the same for values that are equal (JSON Schema core §4.2.2): numbers by what they are, objects
/// whatever the order of their properties.
fn canonical(value: &dyn View, out: &mut String) {
    match value.view() {
        Viewed::Scalar(scalar) => canonical_scalar(scalar, out),
        Viewed::Single(float) => canonical_number(Decimal::single(float), out),
        Viewed::Unsigned(int) => canonical_number(Some(Decimal::unsigned(int)), out),
        Viewed::Text(text) => {
            let mut written = String::new();
            // Bytes that are not text are not JSON either.
            let _ = text.write(&mut written);
            canonical_scalar(Scalar::Str(&written), out);
        }
        Viewed::Bytes(bytes) => out.push_str(&format!("{bytes:?}")),
        Viewed::Value(value) => canonical_json(value, out),
        Viewed::Map(map) => canonical_map(map, out),
        Viewed::Items(items) => {
            out.push('[');
            for item in (0..items.len()).filter_map(|index| items.at(index)) {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Viewed::Entries(entries) => {
            let mut texts = Vec::new();
            canonical_entries(entries, &mut texts);
            canonical_object(texts, out);
        }
        Viewed::Object(object) => object.fields(&mut |parts, fields, others| {
            let mut texts = Vec::new();
            for constant in parts.constants {
                let mut text = String::new();
                canonical_scalar(constant.value, &mut text);
                texts.push((constant.name.to_owned(), text));
            }
            for (name, field) in parts.written(fields) {
                let mut text = String::new();
                canonical(field, &mut text);
                texts.push((name.to_owned(), text));
            }
            if let Some(others) = others {
                canonical_entries(others, &mut texts);
            }
            canonical_object(texts, out);
        }),
        Viewed::Ruled(_, value) => canonical(value, out),
        Viewed::Foreign(foreign) => {
            let _ = foreign.content(true, &mut |content| canonical(content, out));
        }
    }
}

fn canonical_entries(entries: &dyn Entries, texts: &mut Vec<(String, String)>) {
    entries.each(&mut |name, value| {
        let mut text = String::new();
        canonical(value, &mut text);
        texts.push((name.to_owned(), text));
        true
    });
}

fn canonical_object(mut texts: Vec<(String, String)>, out: &mut String) {
    texts.sort();
    out.push('{');
    for (name, text) in texts {
        canonical_scalar(Scalar::Str(&name), out);
        out.push(':');
        out.push_str(&text);
        out.push(',');
    }
    out.push('}');
}

fn canonical_scalar(scalar: Scalar<'_>, out: &mut String) {
    match scalar {
        Scalar::Int(_) | Scalar::Float(_) => canonical_number(Decimal::of(scalar), out),
        Scalar::Null | Scalar::Bool(_) | Scalar::Str(_) => out.push_str(&scalar.to_string()),
    }
}

fn canonical_number(number: Option<Decimal>, out: &mut String) {
    match number {
        Some(number) => number.canonical(out),
        None => out.push_str("null"),
    }
}

fn canonical_json(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => canonical(items, out),
        Value::Object(map) => canonical_map(map, out),
        Value::Number(_) => canonical_number(decimal(value), out),
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
    }
}

fn canonical_map(map: &Map<String, Value>, out: &mut String) {
    let text = |value: &Value| {
        let mut text = String::new();
        canonical_json(value, &mut text);
        text
    };
    canonical_object(map.iter().map(|(name, value)| (name.clone(), text(value))).collect(), out);
}

fn decimal(value: &Value) -> Option<Decimal> {
    let int = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    int.map(Scalar::Int).or_else(|| value.as_f64().map(Scalar::Float)).and_then(Decimal::of)
}
