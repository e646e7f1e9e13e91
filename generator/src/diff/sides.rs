//! Finds types that were split into a pair (`X-Input`, `X-Output`), or pairs that were merged.

use std::collections::HashMap;

use super::side::Side;
use crate::ir::Owner;

/// The direction of a side, from the program's point of view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Sent,
    Read,
}

/// A type of one generation that is two types in the other.
#[derive(Debug)]
pub(super) struct Split {
    /// The type, as an index into its side's names.
    pub(super) one: usize,
    /// The two types, as indices into the other side's names.
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

/// The types of `from` that are two types in `to`, matched by their components.
pub(super) fn splits(from: &Side<'_>, to: &Side<'_>) -> Vec<Split> {
    let in_to: HashMap<&str, usize> = to
        .graph
        .components()
        .iter()
        .filter_map(|component| Some((component.name.as_str(), to.index_of(component.ty.id)?)))
        .collect();
    let mut found: HashMap<usize, (Option<usize>, Option<usize>)> = HashMap::new();
    let mut order = Vec::new();
    for component in from.graph.components() {
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
    let mut splits: Vec<Split> = splits.collect();
    splits.extend(inner_splits(from, to, &splits));
    splits
}

/// The inline types of a split type, which are split too if both sides have them.
fn inner_splits(from: &Side<'_>, to: &Side<'_>, outer: &[Split]) -> Vec<Split> {
    if outer.is_empty() {
        return Vec::new();
    }
    let mut inside: HashMap<Owner, Vec<usize>> = HashMap::new();
    for (index, named) in from.named.iter().enumerate().filter(|(_, named)| !named.steps.is_empty()) {
        inside.entry(named.owner).or_default().push(index);
    }
    let in_to = to.named.iter().enumerate().map(|(index, named)| ((named.owner, named.steps), index));
    let in_to: HashMap<(Owner, &[String]), usize> = in_to.collect();
    let mut found = Vec::new();
    for split in outer {
        for &one in inside.get(&from.named[split.one].owner).into_iter().flatten() {
            let steps = from.named[one].steps;
            let side = |(outer, role): (usize, Role)| {
                in_to.get(&(to.named[outer].owner, steps)).map(|index| (*index, role))
            };
            let [sent, read] = split.two.map(side);
            if let (Some(sent), Some(read)) = (sent, read)
                && sent.0 != read.0
                && to.find(&from.named[one].path).is_none()
            {
                found.push(Split { one, two: [sent, read] });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn sides_that_part() {
        check_diff!(
            "
                Pet-Input: { type: object, properties: { name: { type: string } } }
                Pet-Output: { type: object, properties: { name: { type: string } } }
            ",
            "
                Pet-Input: { type: object, properties: { name: { type: string } } }
                Pet-Output: { type: object, required: [name], properties: { name: { type: string } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire major)
            3 changes break something, 1 does not

            Breaks:
              Pet
                `Pet` is now `PetInput` (sent) and `PetOutput` (read)
                  reading, writing: the name is gone
              PetOutput (was Pet)
                field `name` made required: `Option<String>` -> `String`
                  reading, writing: the type is different
                  old code with the new server: what is sent may lack it, which the server refuses
                  new code with the old server: what the server sends may lack it, which is an error
                `Default` removed
                  writing: `Default` is no longer implemented

            Breaks nothing:
              PetInput (was Pet)
                conversion added: `From<PetOutput>`
            "
        );
    }

    #[test]
    fn a_schema_of_which_something_is_only_read_from_now_on() {
        check_diff!(
            "
                paths:
                  /pets:
                    post:
                      operationId: add
                      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                      responses: { \"200\": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
                components:
                  schemas:
                    Pet: { type: object, required: [id], properties: { id: { type: integer }, name: { type: string } } }
            ",
            "
                paths:
                  /pets:
                    post:
                      operationId: add
                      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                      responses: { \"200\": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
                components:
                  schemas:
                    Pet: { type: object, required: [id], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire major)
            2 changes break something, 1 does not

            Breaks:
              Pet
                `Pet` is now `Pet` (read) and `PetWrite` (sent)
                  writing: the type of what is sent is different
              operations::add
                body has another type: `Pet` -> `PetWrite`
                  reading, writing: the type is different
                  new code with the old server: what is sent may be of another type, which the server refuses

            New:
              PetWrite
            "
        );
    }

    #[test]
    fn a_schema_of_which_nothing_is_only_read_any_more() {
        check_diff!(
            "
                paths:
                  /pets:
                    post:
                      operationId: add
                      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                      responses: { \"200\": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
                components:
                  schemas:
                    Pet: { type: object, required: [id], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
            ",
            "
                paths:
                  /pets:
                    post:
                      operationId: add
                      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                      responses: { \"200\": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
                components:
                  schemas:
                    Pet: { type: object, required: [id], properties: { id: { type: integer }, name: { type: string } } }
            ",
            @r"
            Test 1 -> 1: major (source major, wire major)
            3 changes break something, 0 do not

            Gone:
              PetWrite

            Breaks:
              Pet
                `Pet` (read) and `PetWrite` (sent) are now `Pet`
                  writing: the type of what is sent is different
              operations::add
                body has another type: `PetWrite` -> `Pet`
                  reading, writing: the type is different
                  old code with the new server: what is sent may be of another type, which the server refuses
            "
        );
    }
}
