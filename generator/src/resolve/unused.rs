//! Rules of the settings that name nothing or change nothing.

use std::collections::BTreeSet;

use super::draft::DraftGraph;
use super::passes::Context;
use super::rules::State;
use crate::config::{Action, Member, Rule, Target, is_place};
use crate::diagnostics::{Diagnostic, FileId, Location, closest};
use crate::document::Document;
use crate::ir::{Operation, OperationLabel};

/// Warns of each rule that has had no effect. Rules of one table that name nothing are one finding.
pub(super) fn report(
    draft: &DraftGraph,
    cx: &mut Context<'_>,
    document: &Document,
    left_out: &[OperationLabel],
    file: Option<FileId>,
) {
    let mut found = Vec::new();
    let mut reported = BTreeSet::new();
    for (index, rule) in cx.rules.rules.iter().enumerate() {
        let table = rule.place.map_or((index, true), |place| (place.target, false));
        let is_needed = needs_operation(rule);
        let table = (table.0, table.1, is_needed);
        let finding = match cx.rules.state(index) {
            State::Used => continue,
            State::Unmatched if !reported.insert(table) => continue,
            State::WithoutMember if !reported.insert(table) => continue,
            State::Unmatched => unmatched(rule, document, (&draft.operations, left_out)),
            State::WithoutMember => without_member(rule, &cx.rules.known_members(index), cx.options.calls),
            State::WithoutEffect => without_effect(rule, cx.options.calls),
        };
        let offset = rule.place.map(|place| match cx.rules.state(index) {
            State::Unmatched | State::WithoutMember => place.target,
            State::WithoutEffect | State::Used => place.key,
        });
        found.push(finding.in_settings(file, offset));
    }
    for (index, fault) in cx.rules.faults() {
        found.push(fault.in_settings(file, cx.rules.rules[index].place.map(|place| place.key)));
    }
    found.into_iter().for_each(|finding| cx.sink.push(finding));
}

/// Whether a rule cannot do without the operation that it names. What is only renamed may be missing.
fn needs_operation(rule: &Rule) -> bool {
    matches!(rule.action, Action::Stream(_) | Action::Done(_) | Action::Pages(_))
}

fn warning(message: String) -> Diagnostic {
    Diagnostic::warning("unused-setting", Location::nowhere(), message)
}

fn unmatched(
    rule: &Rule,
    document: &Document,
    (operations, left_out): (&[Operation], &[OperationLabel]),
) -> Diagnostic {
    let components = document.components.schemas.keys();
    match &rule.target {
        Target::Format(format) => warning(format!("no value without parts has the format `{format}`")),
        Target::Operation(name) => no_operation(name, needs_operation(rule), operations, left_out),
        Target::Schema(pattern) | Target::Member { schema: pattern, .. } => {
            let finding = warning(format!("`{pattern}` names no schema that is emitted"));
            if is_place(pattern) {
                return finding.help(
                    "a place is `#` and the pointer of a schema, as in messages, with `~1` for `/` in a key; before the \
                     `#` stands the path of another file from the root document's folder",
                );
            }
            match closest(pattern, components.map(String::as_str)) {
                Some(other) if other != pattern => finding.help(format!("did you mean `{other}`?")),
                Some(_) => finding.help("`include` and `exclude` leave nothing of it"),
                None => finding,
            }
        }
    }
}

fn no_operation(
    name: &str,
    is_needed: bool,
    operations: &[Operation],
    left_out: &[OperationLabel],
) -> Diagnostic {
    let message = format!("`{name}` does not name an operation that is emitted");
    let texts = |label: OperationLabel| label.id.into_iter().chain([label.place]);
    if left_out.iter().cloned().flat_map(texts).any(|text| text == name) {
        return warning(message).help("`include` and `exclude` leave nothing of it");
    }
    let finding = match is_needed {
        true => Diagnostic::error("unfit-setting", Location::nowhere(), message),
        false => warning(message),
    };
    let known: Vec<String> = operations.iter().map(Operation::label).flat_map(texts).collect();
    match closest(name, known.iter().map(String::as_str)) {
        Some(other) => finding.help(format!("did you mean `{other}`?")),
        None => {
            finding.help("an operation is named by its `operationId`, or by its method and path: `GET /pets`")
        }
    }
}

fn without_member(rule: &Rule, known: &BTreeSet<String>, calls: bool) -> Diagnostic {
    let Target::Member { schema, kind, name } = &rule.target else { return without_effect(rule, calls) };
    if known.is_empty() {
        let what = match kind {
            Member::Property => "an object with properties",
            Member::Value => "an enum",
            Member::Variant => "a union",
        };
        return warning(format!("nothing that `{schema}` names is {what}"));
    }
    let finding = warning(format!("nothing that `{schema}` names has a {} `{name}`", kind.key()));
    match closest(name, known.iter().map(String::as_str)) {
        Some(other) => finding.help(format!("did you mean `{other}`?")),
        None => finding,
    }
}

fn without_effect(rule: &Rule, calls: bool) -> Diagnostic {
    let key = rule.action.key();
    let what = match &rule.target {
        Target::Format(format) => format!("what has the format `{format}`"),
        Target::Operation(name) => format!("the operation `{name}`"),
        Target::Schema(pattern) => format!("what `{pattern}` names"),
        Target::Member { schema, kind, name } => {
            format!("the {} `{name}` of what `{schema}` names", kind.key())
        }
    };
    let finding = warning(format!("`{key}` changes nothing about {what}"));
    finding.help(match &rule.action {
        Action::Type(_) => "another rule comes first",
        Action::Rename(_) => "it has no name of its own: it is a constant, or spelled where it is used",
        Action::Derives(_) | Action::Attributes(_) => {
            "they are for structs, enums, unions and fields; an alias and a constant cannot have them"
        }
        Action::Unions(_) => "it is for unions with a tag",
        Action::Enums(_) => "it is for enums",
        Action::UnknownFields(_) => {
            "it is for structs whose schema does not say itself what further properties are"
        }
        Action::ThreeStates(_) => {
            "it is for properties that are nullable, not required and without a default"
        }
        Action::WriteDefaults(_) => {
            "it is for structs with properties that have a default and are not required"
        }
        Action::Discriminator(_) => "it is for `oneOf`, `anyOf` and parents with a discriminator",
        Action::Boxed(_) => "no struct and no union holds it by value",
        Action::Newtype(_) => {
            "it is for components that are strings, numbers, lists or maps and are not secret"
        }
        Action::Docs(_) => "nothing is emitted that could be described",
        Action::Exclude => "it is for properties of structs",
        Action::Done(_) | Action::Pages(_) if !calls => WITHOUT_CALLS,
        Action::Stream(_) | Action::Done(_) => "it is for operations of the API with a stream as a success",
        Action::Pages(_) => "it is for operations of the API",
    })
}

/// The help for settings of calls, if calls are not emitted.
pub(crate) const WITHOUT_CALLS: &str =
    "it is for operations that can be called, which `client = true` emits the code for";
