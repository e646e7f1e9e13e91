//! Names the modules of operations. Code that uses a module must not call another operation after the document has
//! grown, so a name that several operations could have is used by none of them.

use std::collections::{HashMap, HashSet};

use super::reserved;
use super::scope::Scope;
use super::words::{self, Case};
use crate::ir::OperationLabel;

/// The module of each operation. Names are claimed in this order:
///
/// 1. the settings' names,
/// 2. an `operationId` that is a name as it stands,
/// 3. the method and path, if they are a name by themselves and `operationId` is missing,
/// 4. the first of these that no other operation could have: the short name, the whole `operationId`, the place, the place
///    with its symbols spelled out,
/// 5. the short name with a number.
pub fn operation_modules(labels: &[OperationLabel]) -> Vec<String> {
    let mut modules = Modules {
        labels,
        scope: Scope::new(Case::Module, &[reserved::MODULES]),
        contested: HashSet::new(),
        found: vec![None; labels.len()],
        own_ids: vec![false; labels.len()],
    };
    modules.renamed();
    modules.exact_ids();
    modules.exact_places();
    let steps: [fn(&OperationLabel) -> Option<String>; 4] = [
        |label| Some(short(label)),
        |label| label.id.as_deref().map(|id| words::spell(id, Case::Module)),
        |label| Some(words::spell(&label.place, Case::Module)),
        |label| Some(spelled_out(&label.place)),
    ];
    for has_id in [true, false] {
        for (number, step) in steps.iter().enumerate() {
            modules.uncontested(number == WHOLE_ID, |label| step(label).filter(|_| label.has_id() == has_id));
        }
    }
    modules.finish()
}

/// The step at which an operation claims its whole `operationId`.
const WHOLE_ID: usize = 1;

struct Modules<'l> {
    labels: &'l [OperationLabel],
    scope: Scope,
    /// Names that several operations could have.
    contested: HashSet<String>,
    found: Vec<Option<String>>,
    /// Whether the operation has claimed its whole `operationId`.
    own_ids: Vec<bool>,
}

impl Modules<'_> {
    fn renamed(&mut self) {
        for (label, found) in self.labels.iter().zip(&mut self.found) {
            *found =
                label.rename.as_ref().map(|name| self.scope.claim_first([words::spell(name, Case::Module)]));
        }
    }

    /// An `operationId` that is a valid name belongs to its operation, even if the operation has a shorter name.
    fn exact_ids(&mut self) {
        let exact = self.unique(|label| label.id.clone().filter(|id| words::spell(id, Case::Module) == *id));
        for (index, id) in exact {
            self.own_ids[index] = self.scope.claim(&id);
            if self.own_ids[index] && self.labels[index].name == id {
                self.found[index] = Some(id);
            }
        }
    }

    fn exact_places(&mut self) {
        let is_exact = |name: &String| words::spell(name, Case::Module) == *name;
        let exact =
            self.unique(|label| (!label.has_id()).then(|| label.name.clone()).filter(|name| is_exact(name)));
        for (index, name) in exact {
            if self.scope.claim(&name) {
                self.found[index] = Some(name);
            }
        }
    }

    /// Assigns candidates that no other operation could have.
    fn uncontested(&mut self, by_id: bool, candidate: impl Fn(&OperationLabel) -> Option<String>) {
        for (index, name) in self.unique(candidate) {
            if by_id && self.own_ids[index] || self.scope.claim(&name) {
                self.found[index] = Some(name);
            }
        }
    }

    /// The candidates that only one operation without a module has. The others are contested from now on.
    fn unique(&mut self, candidate: impl Fn(&OperationLabel) -> Option<String>) -> Vec<(usize, String)> {
        let open = self.labels.iter().enumerate().filter(|(index, _)| self.found[*index].is_none());
        let all: Vec<(usize, String)> =
            open.filter_map(|(index, label)| Some((index, candidate(label)?))).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (_, name) in &all {
            *counts.entry(name).or_default() += 1;
        }
        let contested = counts.iter().filter(|(_, count)| **count > 1).map(|(name, _)| (*name).to_owned());
        self.contested.extend(contested);
        all.into_iter().filter(|(_, name)| !self.contested.contains(name)).collect()
    }

    fn finish(mut self) -> Vec<String> {
        let labels = self.labels;
        let found = self.found.into_iter().zip(labels);
        found.map(|(name, label)| name.unwrap_or_else(|| self.scope.claim_first([short(label)]))).collect()
    }
}

fn spelled_out(place: &str) -> String {
    let parts: Vec<String> = place.split(' ').map(|part| words::spell_out(part, Case::Module)).collect();
    words::spell(&parts.join("_"), Case::Module)
}

fn short(label: &OperationLabel) -> String {
    let name = words::spell(&label.name, Case::Module);
    if reserved::MODULES.contains(&name.as_str()) { format!("{name}_operation") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::operation_name;

    /// Operations as `METHOD path` or `METHOD path id`, with `=name` at the end for a name in the settings.
    fn modules(operations: &[&str]) -> Vec<String> {
        let label = |text: &&str| {
            let (text, rename) =
                text.split_once(" =").map_or((*text, None), |(text, name)| (text, Some(name)));
            let words: Vec<&str> = text.split(' ').collect();
            let id = words.get(2).map(|id| (*id).to_owned());
            OperationLabel {
                name: operation_name(id.as_deref(), words[0], words[1]),
                id,
                rename: rename.map(str::to_owned),
                place: format!("{} {}", words[0], words[1]),
            }
        };
        operation_modules(&operations.iter().map(label).collect::<Vec<_>>())
    }

    #[test]
    fn an_identifier_that_is_a_name_keeps_it() {
        let exact = "GET /pets list";
        for other in ["GET /a list_a_get", "GET /a List", "GET /list", "GET /a a =lists"] {
            let before = modules(&[other, exact]);
            assert_eq!(before[1], "list", "{other}");
            assert_eq!(modules(&[exact, other]), [before[1].clone(), before[0].clone()], "{other}");
        }
    }

    #[test]
    fn what_several_could_have_none_has() {
        let (bash, talk) = ("DELETE /bash clear_bash_delete", "DELETE /talk clear_talk_delete");
        assert_eq!(modules(&[bash]), ["clear"]);
        assert_eq!(modules(&[bash, talk]), ["clear_bash_delete", "clear_talk_delete"]);
        assert_eq!(modules(&[talk, bash]), ["clear_talk_delete", "clear_bash_delete"]);
        assert_eq!(modules(&["GET /a getPet", "GET /b GetPet"]), ["get_a", "get_b"]);
        // An identifier that is not unique does not identify an operation.
        assert_eq!(modules(&["GET /a list", "GET /b list"]), ["get_a", "get_b"]);
        // A third operation does not get it either.
        assert_eq!(modules(&["GET /a getC", "GET /b GetC", "GET /c x-y"]), ["get_a", "get_b", "x_y"]);
        assert_eq!(
            modules(&["GET /a getC", "GET /b GetC", "GET /C"]),
            ["get_a", "get_b", "get_slash_c"],
            "`get_c` is contested"
        );
    }

    #[test]
    fn the_settings_come_first() {
        let operations = ["GET /a list", "GET /b list_b_get =list"];
        assert_eq!(modules(&operations), ["get_a", "list"]);
        assert_eq!(modules(&["GET /a a =x", "GET /b b =x"]), ["x", "x_2"]);
    }

    #[test]
    fn symbols_tell_paths_apart() {
        assert_eq!(modules(&["GET /a-b", "GET /a_b"]), ["get_slash_a_minus_b", "get_slash_a_underscore_b"]);
    }

    #[test]
    fn words_of_rust_are_not_modules() {
        assert_eq!(modules(&["GET /a mod", "GET /b type"]), ["mod_", "type_"]);
    }
}
