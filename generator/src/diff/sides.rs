//! The sides of a pair (`X-Input`, `X-Output`) that were one type and are two now, or the other way round.

use std::collections::HashMap;

use super::side::Side;

/// Which way a side travels, seen from the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Sent,
    Read,
}

/// A type of one generation that is two in the other.
#[derive(Debug)]
pub(super) struct Split {
    /// The type, as an index into its side's names.
    pub(super) one: usize,
    /// The two, as indices into the other side's names.
    pub(super) two: [(usize, Role); 2],
}

impl Split {
    /// The names of the two with their roles, as in `PetInput (sent) and PetOutput (read)`.
    pub(super) fn roles(&self, of: &Side<'_>) -> String {
        let named = self.two.map(|(index, role)| {
            let role = match role {
                Role::Sent => "sent",
                Role::Read => "read",
            };
            format!("{} ({role})", of.named[index].path)
        });
        named.join(" and ")
    }
}

/// The types of `from` that are two types in `to`, found by the components that they were made from.
pub(super) fn splits(from: &Side<'_>, to: &Side<'_>) -> Vec<Split> {
    let in_to: HashMap<&str, usize> = to
        .graph
        .components
        .iter()
        .filter_map(|component| Some((component.name.as_str(), to.index_of(component.ty.id)?)))
        .collect();
    let mut found: HashMap<usize, (Option<usize>, Option<usize>)> = HashMap::new();
    let mut order = Vec::new();
    for component in &from.graph.components {
        let Some(one) = from.index_of(component.ty.id) else { continue };
        let name = component.name.as_str();
        let entry = found.entry(one).or_insert_with(|| {
            order.push(one);
            (None, None)
        });
        if name.ends_with("-Input") {
            entry.0 = in_to.get(name).copied();
        } else if name.ends_with("-Output") {
            entry.1 = in_to.get(name).copied();
        } else if !in_to.contains_key(name) {
            let side = |suffix| in_to.get(format!("{name}-{suffix}").as_str()).copied();
            *entry = (side("Input"), side("Output"));
        }
    }
    let splits = order.into_iter().filter_map(|one| {
        let (Some(sent), Some(read)) = found[&one] else { return None };
        let is_gone = to.find(&from.named[one].path).is_none();
        let two = [(sent, Role::Sent), (read, Role::Read)];
        (sent != read && is_gone).then_some(Split { one, two })
    });
    splits.collect()
}
