//! Which types can be made from nothing.

use std::collections::HashSet;

use crate::resolve::draft::DraftGraph;

/// Settles `has_default`: the least set that holds, so that a struct which needs itself has none.
pub(super) fn run(draft: &mut DraftGraph) {
    let mut mentioned_by: Vec<Vec<usize>> = vec![Vec::new(); draft.types.len()];
    for (index, ty) in draft.types.iter().enumerate() {
        ty.shape.mentions().iter().for_each(|id| mentioned_by[id.0 as usize].push(index));
    }
    let mut todo: Vec<usize> = (0..draft.types.len()).collect();
    while let Some(index) = todo.pop() {
        let ty = &draft.types[index];
        let is_made = ty.shape.as_struct().is_some_and(|shape| shape.fills_itself(&draft.types));
        if is_made && !ty.has_default {
            draft.types[index].has_default = true;
            todo.extend(users(draft, &mentioned_by, index));
        }
    }
}

/// The types that may be made when this one may be: those that mention it, also through aliases.
fn users(draft: &DraftGraph, mentioned_by: &[Vec<usize>], index: usize) -> Vec<usize> {
    let (mut found, mut todo, mut seen) = (Vec::new(), vec![index], HashSet::new());
    while let Some(at) = todo.pop() {
        for &user in &mentioned_by[at] {
            found.push(user);
            if draft.types[user].shape.as_alias().is_some() && seen.insert(user) {
                todo.push(user);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_needs_nothing_that_has_no_default_has_one() {
        check!(
            "default_trait",
            "
                Free: { type: object, properties: { text: { type: string } } }
                Needs: { type: object, required: [free], properties: { free: { $ref: '#/components/schemas/Free' } } }
                Kind: { type: string, enum: [a, b] }
                Picky: { type: object, required: [kind], properties: { kind: { $ref: '#/components/schemas/Kind' } } }
                Itself: { type: object, required: [inner], properties: { inner: { $ref: '#/components/schemas/Itself' } } }
                Named: { type: object, required: [name], properties: { name: { type: string } } }
                Counted: { type: object, required: [count], properties: { count: { type: integer, default: 0 } } }
                Other: { $ref: '#/components/schemas/Free' }
                Both:
                  type: object
                  required: [other, counted]
                  properties:
                    other: { $ref: '#/components/schemas/Other' }
                    counted: { $ref: '#/components/schemas/Counted' }
                Maybe:
                  type: object
                  required: [free]
                  properties: { free: { anyOf: [{ $ref: '#/components/schemas/Free' }, { type: 'null' }] } }
            ",
            @r#"
            default_trait
            - Free: struct
            + Free: struct, has a default
                text: string, optional
            - Needs: struct
            + Needs: struct, has a default
                free: Free, required
              Kind: enum of string
                "a"
                "b"
                and unknown ones
              Picky: struct
                kind: Kind, required
              Itself: struct
                inner: Itself, required, boxed
              Named: struct
                name: string, required
            - Counted: struct
            + Counted: struct, has a default
                count: integer, required, at first 0
              Other: alias of Free
            - Both: struct
            + Both: struct, has a default
                other: Other, required
                counted: Counted, required
              Maybe: struct
                free: Free?, required
            "#
        );
    }
}
