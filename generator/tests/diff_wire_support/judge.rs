//! Compares what `diff` says of the wire with what becomes of values.

use std::collections::HashSet;

use modelsmith::diff::{Change, Item, Kind, On, Severity};
use serde_json::{Map, Value};

use super::harness::{Answer, Harness};
use super::versions::{Part, Root, Side, Versions};

/// What was asked and what was wrong.
#[derive(Debug, Default)]
pub struct Tally {
    /// Schemas that both versions have.
    pub pairs: usize,
    /// Values that were read.
    pub values: usize,
    /// What was called breaking and shown to be so.
    pub witnesses: usize,
    pub faults: Vec<String>,
}

/// One schema in both versions.
struct Pair<'v, 'h> {
    versions: &'v Versions<'v>,
    news: &'v News<'v>,
    old: &'v Root,
    new: &'v Root,
    harness: &'h mut Harness,
    values: usize,
}

impl Tally {
    /// Adds that of other documents.
    pub fn add(&mut self, other: Self) {
        let Self { pairs, values, witnesses, faults } = other;
        self.pairs += pairs;
        self.values += values;
        self.witnesses += witnesses;
        self.faults.extend(faults);
    }

    pub fn judge(&mut self, versions: &Versions, harness: &mut Harness) {
        // The sides of a pair that are one type are told of as one.
        let mut groups: Vec<Vec<(&Root, &Root)>> = Vec::new();
        for (old, new) in versions.pairs() {
            let is_same = |group: &&mut Vec<(&Root, &Root)>| {
                let (_, first) = group[0];
                first.item == new.item && first.part == new.part
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.push((old, new)),
                None => groups.push(vec![(old, new)]),
            }
        }
        let news = News::of(versions);
        for group in groups {
            for code in [Side::Old, Side::New] {
                self.judge_group(versions, &news, harness, code, &group);
            }
        }
    }

    fn judge_group(
        &mut self,
        versions: &Versions,
        news: &News,
        harness: &mut Harness,
        code: Side,
        group: &[(&Root, &Root)],
    ) {
        let course = if versions.first == Side::Old { "" } else { " backward" };
        let who = |root: &Root| format!("{}{course}, {}, {} code", versions.name, root.key, code.name());
        let (mut claims, mut is_shown) = (Vec::new(), false);
        for &(old, new) in group {
            let mut pair = Pair { versions, news, old, new, harness, values: 0 };
            let own = pair.claims(code, &HashSet::from([new.item.as_str(), old.item.as_str()]), true);
            let (reached, before) = (versions.new.reached(new.ty), versions.old.reached(old.ty));
            let below =
                pair.claims(code, &reached.iter().chain(&before).map(String::as_str).collect(), false);
            let failure = pair.failure(code);
            is_shown |= failure.is_some();
            if let Some(failure) = failure.filter(|_| own.is_empty() && below.is_empty()) {
                self.faults.push(format!("{} is said to be fine: {failure}", who(new)));
            }
            claims.extend(own);
            self.pairs += usize::from(code == Side::Old);
            self.values += pair.values;
            if pair.values == 0 {
                self.faults.push(format!("{}: no values were made", who(new)));
            }
        }
        match claims.first() {
            Some(_) if is_shown => self.witnesses += 1,
            Some(claim) => {
                let named = who(group[0].1);
                self.faults.push(format!("{named}, nothing shows that it breaks: {claim}"));
            }
            None => {}
        }
    }
}

impl<'v> Pair<'v, '_> {
    /// What is said to break code of one version: of the pair itself, or of what it reaches.
    fn claims(&self, code: Side, paths: &HashSet<&str>, own: bool) -> Vec<String> {
        let is_meant = |item: &Item, change: &Change| match &self.new.part {
            Part::Whole => true,
            // Of an operation's other parts other pairs tell.
            Part::Body if own => change.on == On::Body,
            Part::Response(name) if own => change.on == On::Response && change.name.as_ref() == Some(name),
            Part::Body | Part::Response(_) => item.path != self.new.item,
        };
        let items = self.versions.found.items.iter();
        let items = items.filter(|item| {
            paths.contains(item.path.as_str())
                // Of a type that is two now each has what is told of it.
                || !own && item.was.as_ref().is_some_and(|was| paths.contains(was.as_str()))
        });
        let claims = items.flat_map(|item| {
            item.changes.iter().filter(|change| is_meant(item, change)).filter_map(|change| {
                let effect = match code {
                    Side::Old => change.wire.old_code,
                    Side::New => change.wire.new_code,
                }?;
                (effect.severity == Severity::Breaks).then(|| {
                    let Change { on, name, change, .. } = change;
                    format!("{} {on:?} {name:?} {change:?}: {}", item.path, effect.why)
                })
            })
        });
        claims.collect()
    }

    fn root(&self, side: Side) -> &'v Root {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// Values that a version's document allows.
    fn allowed(&mut self, side: Side) -> &'v [Value] {
        let values = side.of(self.versions).values(self.root(side));
        self.values += values.len();
        values
    }

    fn answer(&mut self, side: Side, value: &Value) -> Answer {
        self.harness.ask(side.of(self.versions), self.root(side), value)
    }

    fn again(&mut self, side: Side, value: &Value) -> Result<Value, String> {
        match self.answer(side, value) {
            Answer::Known(written) | Answer::Kept(written) => Ok(written),
            Answer::Refused(error) => Err(error),
        }
    }

    /// Whether a server of this version takes it. The schemas' judge knows nothing of integers' ranges and of tags that a
    /// mapping names; the models do. A server ignores what only the settings of the models refuse.
    fn is_taken(&mut self, side: Side, value: &Value) -> bool {
        side.of(self.versions).document.allows_formats(&self.root(side).place, value)
            && match self.answer(side, value) {
                Answer::Known(_) => true,
                Answer::Kept(_) => false,
                Answer::Refused(error) => error.contains("unknown field"),
            }
    }

    /// What goes wrong for code of one version with a server of the other.
    fn failure(&mut self, code: Side) -> Option<String> {
        let server = code.other();
        let flow = self.old.flow.or(self.new.flow).or_both();
        let reading = if flow.read { self.reading(code, server, flow.written) } else { None };
        let writing = || if flow.written { self.writing(code, server) } else { None };
        reading.or_else(writing)
    }

    /// What the server sends is read, and where it is sent back, taken.
    fn reading(&mut self, code: Side, server: Side, sent_back: bool) -> Option<String> {
        for sent in self.allowed(server) {
            match self.again(code, sent) {
                Err(error) => return Some(format!("{sent} is refused: {error}")),
                Ok(written) if sent_back && !self.is_taken(server, &written) => {
                    return Some(format!("{sent} is written as {written}, which is refused"));
                }
                Ok(written) if self.loses(sent, &written) => {
                    return Some(format!("{sent} loses something: {written}"));
                }
                Ok(_) => {}
            }
        }
        None
    }

    /// What the code sends is taken. New code uses nothing that is new.
    fn writing(&mut self, code: Side, server: Side) -> Option<String> {
        let mut owns: Vec<&Value> = self.allowed(code).iter().collect();
        let shorter;
        if code == Side::New {
            let more = self.has_more_variants();
            owns.retain(|own| !more && !self.news.are_in(own));
            // Of what both had before.
            let before = self.allowed(Side::Old);
            shorter = self.shortened(before);
            owns.extend(shorter.iter().chain(before));
        }
        for own in owns {
            let Ok(written) = self.again(code, own) else { continue };
            if !self.is_taken(server, &written) {
                return Some(format!("{own} is sent as {written}, which is refused"));
            }
        }
        None
    }

    /// Old values without what the new document no longer requires.
    fn shortened(&self, values: &[Value]) -> Vec<Value> {
        let (document, place) = (&Side::New.of(self.versions).document, &self.root(Side::New).place);
        let objects = values.iter().filter_map(Value::as_object);
        let shorter = objects.flat_map(|members| {
            members.keys().map(|key| {
                let mut rest = members.clone();
                rest.remove(key);
                Value::Object(rest)
            })
        });
        shorter.filter(|value| document.allows_formats(place, value)).collect()
    }

    /// Whether a union has a variant more; which values are of it cannot be told.
    fn has_more_variants(&self) -> bool {
        let reached: HashSet<String> = self.versions.new.reached(self.new.ty).into_iter().collect();
        let mut items = self.versions.found.items.iter().filter(|item| reached.contains(&item.path));
        items.any(|item| {
            item.changes.iter().any(|change| change.change == Kind::Added && change.on == On::Variant)
        })
    }

    /// Whether a field is lost because its name on the wire is another, although it has the same in Rust.
    fn loses(&self, sent: &Value, written: &Value) -> bool {
        let item = self.versions.found.items.iter().find(|item| item.path == self.new.item);
        let mut changes = item.into_iter().flat_map(|item| &item.changes);
        let renamed = changes.any(|change| change.on == On::Field && change.change == Kind::ValueChanged);
        let count = |value: &Value| value.as_object().map_or(0, Map::len);
        renamed && count(written) < count(sent)
    }
}

/// What a program may write that was not there before.
struct News<'v> {
    /// Names of properties of both documents.
    names: (HashSet<&'v str>, HashSet<&'v str>),
    /// Values of enums that both have, as JSON.
    values: HashSet<&'v str>,
    /// Whether the old document describes properties that it does not name.
    extras: bool,
}

impl<'v> News<'v> {
    fn of(versions: &'v Versions<'v>) -> Self {
        let mut names = (HashSet::new(), HashSet::new());
        property_names(versions.old.document.raw(), &mut names.0);
        property_names(versions.new.document.raw(), &mut names.1);
        let changes = versions.found.items.iter().flat_map(|item| &item.changes);
        let added = changes.filter(|change| change.on == On::Value && change.change == Kind::Added);
        let values = added.filter_map(|change| change.after.as_deref()).collect();
        Self { names, values, extras: describes_extras(versions.old.document.raw()) }
    }

    /// Whether there is any of it in a value.
    fn are_in(&self, value: &Value) -> bool {
        let is_new = |name: &str| {
            // As `instances` calls them.
            let is_extra = name.starts_with("extra key");
            if is_extra { !self.extras } else { self.names.1.contains(name) && !self.names.0.contains(name) }
        };
        match value {
            Value::Object(members) => members.iter().any(|(name, value)| is_new(name) || self.are_in(value)),
            Value::Array(items) => items.iter().any(|item| self.are_in(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.values.contains(value.to_string().as_str())
            }
        }
    }
}

fn describes_extras(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => {
            members.get("additionalProperties").is_some_and(|extras| *extras != false)
                || members.values().any(describes_extras)
        }
        Value::Array(items) => items.iter().any(describes_extras),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn property_names<'v>(schema: &'v Value, names: &mut HashSet<&'v str>) {
    match schema {
        Value::Object(members) => {
            let properties = members.get("properties").and_then(Value::as_object);
            names.extend(properties.into_iter().flatten().map(|(name, _)| name.as_str()));
            members.values().for_each(|member| property_names(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| property_names(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
