//! Which properties are left out when they are equal to their default: in what the body of a request reaches, unless the
//! settings say otherwise.
//!
//! Absent and the default mean the same to a server that follows its document. Real servers distinguish them: one looks for
//! a header where a property is absent, another refuses a parameter that a plan does not have, whatever its value.

use super::halves::tags;
use crate::config::{Action, WriteDefaults};
use crate::ir::{Body, OperationKind, Presence, PropertyKind, Shape, TypeId};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;
use crate::resolve::rules::Rules;

/// Settles which properties are left out. Properties that are required have no default that absence would mean, and those
/// of a change (`Presence::ThreeState`, `Presence::Optional`) have none either. A tag is always written: it says what the
/// object is.
pub(super) fn run(draft: &mut DraftGraph, everywhere: WriteDefaults, rules: &Rules<'_>) {
    let reached = reached_by_bodies(draft);
    let tags = tags(draft);
    for (index, ty) in draft.types.iter_mut().enumerate() {
        let Shape::Struct(shape) = &mut ty.shape else { continue };
        let id = type_id(index);
        let has_default = |property: &&mut crate::ir::Property| match &property.kind {
            PropertyKind::Field { presence: Presence::Default(_), .. } => true,
            PropertyKind::Field { .. } | PropertyKind::Constant { .. } => false,
        };
        let mut properties = shape
            .properties
            .iter_mut()
            .filter(has_default)
            .filter(|it| !tags.contains(&(id, it.wire.clone())))
            .peekable();
        // A rule counts as used when it is looked for.
        if properties.peek().is_none() {
            continue;
        }
        let own = rules.last(draft.subjects.get(&id), |action, _| {
            if let Action::WriteDefaults(places) = action { Some(*places) } else { None }
        });
        let omits = match own.unwrap_or(everywhere) {
            WriteDefaults::Always => false,
            WriteDefaults::Never => true,
            WriteDefaults::Responses => reached[index],
        };
        properties.for_each(|property| property.omits_default = omits);
    }
}

/// By type: whether the body of a request of the program leads to it.
fn reached_by_bodies(draft: &DraftGraph) -> Vec<bool> {
    let mut reached = vec![false; draft.types.len()];
    let calls = draft.operations.iter().filter(|operation| operation.kind == OperationKind::Path);
    let bodies = calls.flat_map(|operation| operation.body.iter().flat_map(Body::contents));
    let mut todo: Vec<TypeId> = bodies.filter_map(|body| Some(body.content.ty()?.id)).collect();
    while let Some(id) = todo.pop() {
        let index = id.0 as usize;
        if !std::mem::replace(&mut reached[index], true) {
            todo.extend(draft.types[index].shape.mentions());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    const DOCUMENT: &str = r#"
        paths:
          /jobs:
            post:
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } }
              responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Run' } } } } }
        components:
          schemas:
            Job:
              type: object
              required: [size]
              properties: { size: { type: integer, default: 1 }, fast: { type: boolean, default: true }, step: { $ref: '#/components/schemas/Step' } }
            Step:
              oneOf: [{ $ref: '#/components/schemas/Wait' }, { $ref: '#/components/schemas/Go' }]
              discriminator: { propertyName: kind }
            Wait: { type: object, properties: { kind: { type: string, default: Wait }, seconds: { type: integer, default: 5 } } }
            Go: { type: object, properties: { kind: { type: string, default: Go } } }
            Run: { type: object, properties: { tries: { type: integer, default: 3 } } }
    "#;

    #[test]
    fn what_is_sent_leaves_out_defaults_but_no_tag() {
        check!(
            "write_defaults",
            DOCUMENT,
            @r#"
            write_defaults
              Job: struct, has a default
                size: integer, required, at first 1
            -   fast: boolean, default true
            +   fast: boolean, default true, not written
                step: Step, optional
              Step: union
                | Wait
                | Go
                kind "Wait": Wait
                kind "Go": Go
                kind absent: Wait, Go
                kind unknown: kept
              Wait: struct, has a default
                kind: string, default "Wait"
            -   seconds: integer, default 5
            +   seconds: integer, default 5, not written
              Go: struct, has a default
                kind: string, default "Go"
              Run: struct, has a default
                tries: integer, default 3
              POST /jobs
                body application/json: Job
                Code(200) application/json: Run
            "#
        );
    }

    #[test]
    fn the_settings_say_otherwise() {
        check!(
            "write_defaults",
            DOCUMENT,
            r#"
                write-defaults = "never"
                [schema.Job]
                write-defaults = "always"
            "#,
            @r#"
            write_defaults
              Job: struct, has a default
                size: integer, required, at first 1
                fast: boolean, default true
                step: Step, optional
              Step: union
                | Wait
                | Go
                kind "Wait": Wait
                kind "Go": Go
                kind absent: Wait, Go
                kind unknown: kept
              Wait: struct, has a default
                kind: string, default "Wait"
            -   seconds: integer, default 5
            +   seconds: integer, default 5, not written
              Go: struct, has a default
                kind: string, default "Go"
              Run: struct, has a default
            -   tries: integer, default 3
            +   tries: integer, default 3, not written
              POST /jobs
                body application/json: Job
                Code(200) application/json: Run
            "#
        );
    }
}
