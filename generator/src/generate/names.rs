//! Reports names in the settings that are already in use.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::{Action, Rule, Target};
use crate::diagnostics::{Diagnostic, FileId, Location, Sink};
use crate::ir::{Graph, TypeId};
use crate::naming;

/// Warns about names of types and of operations' modules that are already in use. `renames` has the offsets of type
/// names in the settings, and `file` is the text of the settings among the sources, if there is one.
pub(super) fn report(
    graph: &Graph,
    renames: &BTreeMap<TypeId, usize>,
    rules: &[Rule],
    file: Option<FileId>,
    sink: &mut Sink,
) {
    let found = of_types(graph, renames).into_iter().chain(of_operations(graph, rules));
    for (message, offset) in found {
        let finding = Diagnostic::warning("name-taken", Location::nowhere(), message);
        sink.push(finding.help("choose another name").in_settings(file, offset));
    }
}

/// A message, and the offset of the name in the settings.
type Taken = (String, Option<usize>);

fn of_types(graph: &Graph, renames: &BTreeMap<TypeId, usize>) -> Vec<Taken> {
    let mut found = Vec::new();
    let mut taken: HashSet<String> = HashSet::new();
    for (index, ty) in graph.types().iter().enumerate().filter(|(_, ty)| ty.name.is_some()) {
        let Some(name) = ty.overrides.name.as_deref().map(naming::given_name) else { continue };
        let message = if !taken.insert(name.clone()) {
            format!("two schemas are renamed to `{name}`: the second one gets a number")
        } else if naming::is_reserved_type(&name) {
            format!("emitted code uses the name `{name}` for something else: the name gets a number")
        } else if has_namesake(graph, &name) {
            format!("another schema is called `{name}`, and gets another name")
        } else {
            continue;
        };
        found.push((message, renames.get(&TypeId(index as u32)).copied()));
    }
    found
}

/// Whether another component has this name and is not renamed.
fn has_namesake(graph: &Graph, name: &str) -> bool {
    graph.components().iter().filter(|component| component.name == name).any(|component| {
        let ty = graph.get(component.ty.id);
        ty.name.is_some() && ty.overrides.name.is_none()
    })
}

fn of_operations(graph: &Graph, rules: &[Rule]) -> Vec<Taken> {
    let by_id: HashMap<&str, &str> = graph
        .operations()
        .iter()
        .filter(|operation| operation.rename.is_none())
        .filter_map(|operation| Some((operation.id.as_deref()?, operation.place.as_str())))
        .collect();
    let mut taken: HashMap<&str, &str> = HashMap::new();
    let mut found = Vec::new();
    for operation in graph.operations() {
        let Some(name) = operation.rename.as_deref() else { continue };
        let message = if let Some(other) = taken.get(name) {
            format!(
                "`{other}` and `{}` are both renamed to `{name}`: the second one gets a number",
                operation.place
            )
        } else if let Some(other) = by_id.get(name) {
            format!("`{name}` is also the `operationId` of `{other}`, which gets another name")
        } else {
            taken.insert(name, &operation.place);
            continue;
        };
        let action = Action::Rename(name.to_owned());
        let targets: Vec<Target> =
            operation.id.iter().chain([&operation.place]).cloned().map(Target::Operation).collect();
        let is_meant = |rule: &&Rule| rule.action == action && targets.contains(&rule.target);
        let place = rules.iter().rev().find(is_meant).and_then(|rule| rule.place);
        found.push((message, place.map(|place| place.key)));
    }
    found
}
