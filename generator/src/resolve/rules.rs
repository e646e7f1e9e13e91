//! The rules of the settings while the document is converted: which schemas and properties they name, and which of them
//! have had an effect.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::{Action, Member, OperationRules, OperationSetting, PagesRule, Rule, Target, is_place};
use crate::diagnostics::{Diagnostic, FileId, Location};

/// What rules are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// The names of the components that the schema is.
    pub names: Vec<String>,
    /// Where the schema stands, as `#/components/schemas/Pet`, in another file `parts.yaml#/Pet`.
    pub places: Vec<String>,
    /// Whether it is the struct of a parent's own fields, beside the union that has the parent's name.
    pub is_base: bool,
}

impl Subject {
    /// Whether a target names this schema.
    pub fn is_named_by(&self, target: &Target) -> bool {
        self.is(|name, places| target.names_schema(name, places))
    }

    fn is(&self, named: impl Fn(Option<&str>, &[String]) -> bool) -> bool {
        named(None, &self.places) || self.names.iter().any(|name| named(Some(name), &self.places))
    }
}

/// The rules, and what became of them.
pub(super) struct Rules<'a> {
    pub rules: &'a [Rule],
    /// The names of the files other than the root document, by which places in them are named.
    files: &'a BTreeMap<FileId, String>,
    /// Which rules may name a subject, so that not each rule is compared with each schema.
    index: Index<'a>,
    /// By rule: how far it has come.
    state: Vec<Cell<State>>,
    /// By rule: the members of the schemas that it names, as far as it names none of them.
    members: RefCell<Vec<BTreeSet<String>>>,
    /// What rules name and the document does not have, by rule.
    faults: RefCell<Vec<(usize, Diagnostic)>>,
}

/// What rules set for an operation, and which rule does.
#[derive(Default)]
pub(super) struct OperationAsked<'a> {
    pub rename: Option<&'a str>,
    pub stream: Option<(usize, &'a str)>,
    pub done: Option<(usize, &'a str)>,
    pub pages: Option<(usize, &'a PagesRule)>,
}

/// Rules, by index, by what they name schemas with.
#[derive(Default)]
struct Index<'a> {
    /// By the name of a component.
    names: HashMap<&'a str, Vec<usize>>,
    /// By a pattern of names.
    patterns: Vec<usize>,
    /// By a place or a pattern of places.
    places: Vec<usize>,
    /// Not at all, but values by their format.
    formats: Vec<usize>,
    /// Not at all, but operations.
    operations: OperationRules<'a>,
}

impl<'a> Index<'a> {
    fn new(rules: &'a [Rule]) -> Self {
        let mut index = Self { operations: OperationRules::new(rules), ..Self::default() };
        for (at, rule) in rules.iter().enumerate() {
            match &rule.target {
                Target::Format(_) => index.formats.push(at),
                Target::Operation(_) => {}
                Target::Schema(pattern) | Target::Member { schema: pattern, .. } => {
                    if is_place(pattern) {
                        index.places.push(at);
                    } else if pattern.contains('*') {
                        index.patterns.push(at);
                    } else {
                        index.names.entry(pattern).or_default().push(at);
                    }
                }
            }
        }
        index
    }
}

/// How far a rule has come. Later is further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// It names nothing.
    Unmatched,
    /// It names a schema, but no member of it.
    WithoutMember,
    /// What it names cannot have the setting.
    WithoutEffect,
    /// It has had an effect.
    Used,
}

impl<'a> Rules<'a> {
    pub fn new(rules: &'a [Rule], files: &'a BTreeMap<FileId, String>) -> Self {
        let state = rules.iter().map(|_| Cell::new(State::Unmatched)).collect();
        Self {
            rules,
            files,
            index: Index::new(rules),
            state,
            members: RefCell::new(vec![BTreeSet::new(); rules.len()]),
            faults: RefCell::default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// A component.
    pub fn component(&self, name: &str, places: &[&Location]) -> Subject {
        let names = vec![name.to_owned()];
        Subject { names, ..self.at(places.iter().copied()) }
    }

    /// The inline schemas in these places.
    pub fn at<'l>(&self, places: impl Iterator<Item = &'l Location>) -> Subject {
        let named = |place: &Location| {
            let file = self.files.get(&place.file).map_or("", String::as_str);
            let is_named = place.file == FileId(0) || !file.is_empty();
            is_named.then(|| format!("{file}#{}", place.pointer))
        };
        Subject { names: Vec::new(), places: places.filter_map(named).collect(), is_base: false }
    }

    pub fn state(&self, index: usize) -> State {
        self.state[index].get()
    }

    /// The members that a rule which names none of them could have named.
    pub fn known_members(&self, index: usize) -> BTreeSet<String> {
        self.members.borrow()[index].clone()
    }

    fn reach(&self, index: usize, state: State) {
        self.state[index].set(self.state[index].get().max(state));
    }

    /// Takes note of a schema that there is.
    pub fn see(&self, subject: &Subject) {
        for (index, rule) in self.candidates(subject) {
            if subject.is_named_by(&rule.target) {
                self.reach(index, State::WithoutEffect);
            } else if subject.is(|name, places| rule.target.names_owner(name, places)) {
                self.reach(index, State::WithoutMember);
            }
        }
    }

    /// Takes note of a member that a schema has, and of the texts that stand for it.
    pub fn see_member(&self, subject: &Subject, kind: Member, texts: &[&str]) {
        for (index, rule) in self.candidates(subject) {
            let is_meant = rule.target.member() == Some(kind);
            if !is_meant || !subject.is(|name, places| rule.target.names_owner(name, places)) {
                continue;
            }
            if rule.target.names_member(kind, texts) {
                self.reach(index, State::WithoutEffect);
            } else {
                self.members.borrow_mut()[index].extend(texts.iter().map(|text| (*text).to_owned()));
            }
        }
    }

    /// All settings of a kind for a schema, in order. Each counts as used.
    pub fn all<T>(&self, subject: &Subject, pick: impl Fn(&'a Action, &'a Rule) -> Option<T>) -> Vec<T> {
        self.pick(self.candidates(subject), |target| subject.is_named_by(target), pick)
    }

    /// The last setting of a kind for a schema, which is the one that applies.
    pub fn last<T>(
        &self,
        subject: Option<&Subject>,
        pick: impl Fn(&'a Action, &'a Rule) -> Option<T>,
    ) -> Option<T> {
        self.all(subject.filter(|_| !self.is_empty())?, pick).pop()
    }

    /// All settings of a kind for a property.
    pub fn all_of_property<T>(
        &self,
        subject: &Subject,
        wire: &str,
        pick: impl Fn(&'a Action) -> Option<T>,
    ) -> Vec<T> {
        self.all_of_member(subject, Member::Property, &[wire], pick)
    }

    /// All settings of a kind for a member that any of the texts names.
    pub fn all_of_member<T>(
        &self,
        subject: &Subject,
        kind: Member,
        texts: &[&str],
        pick: impl Fn(&'a Action) -> Option<T>,
    ) -> Vec<T> {
        let is_named = |target: &Target| {
            target.names_member(kind, texts) && subject.is(|name, places| target.names_owner(name, places))
        };
        self.pick(self.candidates(subject), is_named, |action, _| pick(action))
    }

    /// The last setting of a kind for a property.
    pub fn last_of_property<T>(
        &self,
        subject: Option<&Subject>,
        wire: &str,
        pick: impl Fn(&'a Action) -> Option<T>,
    ) -> Option<T> {
        self.all_of_property(subject.filter(|_| !self.is_empty())?, wire, pick).pop()
    }

    /// The type that stands for a format.
    pub fn format(&self, format: &str) -> Option<&'a str> {
        let is_named = |target: &Target| match target {
            Target::Format(wanted) => crate::config::glob_matches(wanted, format),
            Target::Schema(_) | Target::Member { .. } | Target::Operation(_) => false,
        };
        let formats = self.index.formats.iter().map(|index| (*index, &self.rules[*index]));
        self.pick(formats, is_named, |action, _| type_of(action)).pop()
    }

    /// The settings of an operation. A name counts as used; the user of any other setting marks it as used.
    pub fn operation(&self, id: Option<&str>, line: &str) -> OperationAsked<'a> {
        let mut asked = OperationAsked::default();
        let rules = self.rules;
        for index in self.index.operations.of(id, line) {
            self.reach(index, State::WithoutEffect);
            match rules[index].action.of_operation() {
                Some(OperationSetting::Rename(name)) => {
                    self.reach(index, State::Used);
                    asked.rename = Some(name);
                }
                Some(OperationSetting::Stream(schema)) => asked.stream = Some((index, schema)),
                Some(OperationSetting::Done(marker)) => asked.done = Some((index, marker)),
                Some(OperationSetting::Pages(rule)) => asked.pages = Some((index, rule)),
                None => {}
            }
        }
        asked
    }

    /// Says that a rule has had an effect.
    pub fn used(&self, index: usize) {
        self.reach(index, State::Used);
    }

    /// Reports that a rule names something that the document does not have.
    pub fn fault(&self, index: usize, message: String, help: String) {
        self.reach(index, State::Used);
        let fault = Diagnostic::error("unfit-setting", Location::nowhere(), message);
        let fault = if help.is_empty() { fault } else { fault.help(help) };
        self.faults.borrow_mut().push((index, fault));
    }

    /// What was said by [`Rules::fault`].
    pub fn faults(&self) -> Vec<(usize, Diagnostic)> {
        self.faults.borrow().clone()
    }

    /// The rules that may name a subject, in order.
    fn candidates(&self, subject: &Subject) -> impl Iterator<Item = (usize, &'a Rule)> + use<'a> {
        let mut found = Vec::new();
        if !subject.places.is_empty() {
            found.extend_from_slice(&self.index.places);
        }
        if !subject.names.is_empty() {
            found.extend_from_slice(&self.index.patterns);
        }
        found.extend(subject.names.iter().filter_map(|name| self.index.names.get(name.as_str())).flatten());
        found.sort_unstable();
        found.dedup();
        let rules = self.rules;
        found.into_iter().map(move |index| (index, &rules[index]))
    }

    fn pick<T>(
        &self,
        candidates: impl Iterator<Item = (usize, &'a Rule)>,
        is_named: impl Fn(&Target) -> bool,
        pick: impl Fn(&'a Action, &'a Rule) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (index, rule) in candidates {
            if is_named(&rule.target)
                && let Some(value) = pick(&rule.action, rule)
            {
                self.reach(index, State::Used);
                found.push(value);
            }
        }
        found
    }
}

/// The type that a rule sets.
pub(super) fn type_of(action: &Action) -> Option<&str> {
    if let Action::Type(path) = action { Some(path) } else { None }
}
