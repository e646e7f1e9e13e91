//! Where absent differs from `null` and from the default (RFC 7396): unless asked otherwise in what the body of a
//! PATCH reaches.

use crate::config::{Action, ThreeStates};
use crate::ir::{Body, Content, Method, Operation, OperationKind, Presence, PropertyKind, Shape, TypeId};
use crate::resolve::draft::DraftGraph;
use crate::resolve::rules::{Rules, Subject};

/// Settles the presence of properties that are not required.
///
/// In a change, absent means that the property stays as it is. So a default, which says what a server takes for it when
/// something is made, is none there: to write it would reset what nobody wanted to change.
pub(super) fn run(draft: &mut DraftGraph, three_states: ThreeStates, rules: &Rules<'_>) {
    let (reached, patched) = match three_states {
        ThreeStates::Nowhere => (vec![false; draft.types.len()], vec![false; draft.types.len()]),
        ThreeStates::Everywhere => (vec![true; draft.types.len()], reached_by_patches(draft)),
        ThreeStates::Patches => {
            let reached = reached_by_patches(draft);
            (reached.clone(), reached)
        }
    };
    for (index, ty) in draft.types.iter_mut().enumerate() {
        let Shape::Struct(shape) = &mut ty.shape else { continue };
        let subject = draft.subjects.get(&crate::resolve::convert::type_id(index));
        for property in &mut shape.properties {
            let PropertyKind::Field { ty, presence, .. } = &mut property.kind else { continue };
            let if_unasked = match presence {
                Presence::Optional if ty.nullable => reached[index],
                Presence::Default(_) if ty.nullable || patched[index] => patched[index],
                Presence::Optional | Presence::Default(_) | Presence::Required | Presence::ThreeState => {
                    continue;
                }
            };
            if asked(rules, subject, &property.wire).unwrap_or(if_unasked) {
                *presence = if ty.nullable { Presence::ThreeState } else { Presence::Optional };
            }
        }
    }
}

/// What the settings say of a property, or else of its schema.
fn asked(rules: &Rules<'_>, subject: Option<&Subject>, wire: &str) -> Option<bool> {
    let states = |action: &Action| if let Action::ThreeStates(asked) = action { Some(*asked) } else { None };
    let of_property = rules.last_of_property(subject, wire, states);
    of_property.or_else(|| rules.last(subject, |action, _| states(action)))
}

fn reached_by_patches(draft: &DraftGraph) -> Vec<bool> {
    let mut reached = vec![false; draft.types.len()];
    let mut todo: Vec<TypeId> = draft.operations.iter().flat_map(patch_bodies).collect();
    while let Some(id) = todo.pop() {
        let index = id.0 as usize;
        if !std::mem::replace(&mut reached[index], true) {
            todo.extend(draft.types[index].shape.mentions());
        }
    }
    reached
}

fn patch_bodies(operation: &Operation) -> impl Iterator<Item = TypeId> {
    let is_patch = operation.method == Method::Patch && operation.kind == OperationKind::Path;
    operation.body.iter().flat_map(Body::contents).filter_map(move |body| {
        let is_merge_patch = body.media_type.starts_with("application/merge-patch+json");
        match body.content {
            Content::Json(ty) if is_patch || is_merge_patch => Some(ty.id),
            Content::Json(_)
            | Content::Form(_)
            | Content::String
            | Content::Text
            | Content::Bytes
            | Content::Empty => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_change_tells_absent_from_null() {
        check!(
            "three_states",
            r#"
                paths:
                  /pets:
                    patch:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Change' } } } }
                      responses: { "204": { description: Done } }
                components:
                  schemas:
                    Change: { type: object, properties: { name: { type: [string, "null"] }, age: { type: integer, default: 1 } } }
                    Pet: { type: object, properties: { name: { type: [string, "null"] } } }
            "#,
            @r"
            three_states
              Change: struct
            -   name: string?, optional
            -   age: integer, default 1
            +   name: string?, absent, null or a value
            +   age: integer, optional
              Pet: struct
                name: string?, optional
              PATCH /pets
                body application/json: Change
                Code(204) : -
            "
        );
    }

    #[test]
    fn the_settings_say_otherwise() {
        check!(
            "three_states",
            r#"
                Pet: { type: object, properties: { name: { type: [string, "null"] }, nick: { type: [string, "null"] } } }
            "#,
            "
                [schema.Pet.property]
                name = { three-states = true }
            ",
            @r"
            three_states
              Pet: struct
            -   name: string?, optional
            +   name: string?, absent, null or a value
                nick: string?, optional
            "
        );
    }
}
