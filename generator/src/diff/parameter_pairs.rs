//! Matches the parameters of an operation with those of the other side.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::ir::{Operation, Parameter, ParameterPlace};

/// The old parameter of each new one, matched by what is sent, then by name.
pub(super) fn parameter_pairs(old: &Operation, new: &Operation) -> Vec<Option<usize>> {
    let (before, after) = (&old.parameters, &new.parameters);
    // Path parameters are matched by position if the rest of the path is the same.
    let is_same_path = old.path_texts() == new.path_texts();
    let places = if is_same_path { (old.path_names(), new.path_names()) } else { (Vec::new(), Vec::new()) };
    let by_key: HashMap<SentAs<'_>, usize> =
        before.iter().enumerate().map(|(index, it)| (sent_as(it, &places.0), index)).collect();
    let mut pairs: Vec<Option<usize>> =
        after.iter().map(|it| by_key.get(&sent_as(it, &places.1)).copied()).collect();
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut by_wire: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (index, parameter) in before.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
        by_wire.entry(parameter.wire.as_str()).or_default().push_back(index);
    }
    for (pair, parameter) in pairs.iter_mut().zip(after).filter(|(pair, _)| pair.is_none()) {
        *pair = by_wire.get_mut(parameter.wire.as_str()).and_then(VecDeque::pop_front);
    }
    pairs
}

/// What identifies a parameter to a server.
#[derive(PartialEq, Eq, Hash)]
enum SentAs<'p> {
    Named(ParameterPlace, &'p str),
    /// Header names are case-insensitive.
    Header(String),
    /// The position of a path parameter, whose name is not sent.
    At(usize),
}

/// What identifies a parameter. `places` contains the names in the path, in order.
fn sent_as<'p>(parameter: &'p Parameter, places: &[&str]) -> SentAs<'p> {
    let named = SentAs::Named(parameter.place, &parameter.wire);
    match parameter.place {
        ParameterPlace::Header => SentAs::Header(parameter.wire.to_ascii_lowercase()),
        ParameterPlace::Path => {
            places.iter().position(|name| *name == parameter.wire).map_or(named, SentAs::At)
        }
        ParameterPlace::Query | ParameterPlace::Cookie => named,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn other_names_of_what_is_sent_as_the_same() {
        check_diff!(
            "
                paths:
                  /pets/{id}/{part}:
                    get:
                      operationId: getPart
                      parameters:
                        - { name: id, in: path, required: true, schema: { type: string } }
                        - { name: part, in: path, required: true, schema: { type: string } }
                        - { name: x-trace, in: header, schema: { type: string } }
                      responses: {}
            ",
            "
                paths:
                  /pets/{petId}/{part}:
                    get:
                      operationId: getPart
                      parameters:
                        - { name: part, in: path, required: true, schema: { type: string } }
                        - { name: petId, in: path, required: true, schema: { type: string } }
                        - { name: X-Trace, in: header, schema: { type: string } }
                      responses: {}
            ",
            @"
            Test 1 -> 1: major (source major, wire none)
            1 change breaks something, 1 does not

            Breaks:
              operations::get_part
                parameter renamed: `id` -> `pet_id`
                  reading, writing: the name is different

            Breaks nothing:
              operations::get_part
                path changed: `/pets/{id}/{part}` -> `/pets/{petId}/{part}`
            "
        );
    }

    #[test]
    fn another_path_has_other_places() {
        check_diff!(
            "
                paths:
                  /pets/{id}:
                    get:
                      operationId: getPet
                      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                      responses: {}
            ",
            "
                paths:
                  /animals/{petId}:
                    get:
                      operationId: getPet
                      parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
                      responses: {}
            ",
            @"
            Test 1 -> 1: major (source major, wire major)
            3 changes break something, 0 do not

            Breaks:
              operations::get_pet
                path changed: `/pets/{id}` -> `/animals/{petId}`
                  old code with the new server, new code with the old server: the server does not have it
                parameter `pet_id` added: `String`
                  reading: patterns without `..` lack it
                  writing: literals lack it
                  old code with the new server: what is sent may lack it, which the server refuses
                parameter `id` removed: `String`
                  reading, writing: it is gone
                  new code with the old server: what is sent may lack it, which the server refuses
            "
        );
    }
}
