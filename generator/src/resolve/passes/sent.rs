//! What is only sent: a required `writeOnly` property is missing in what is read, and required in what is sent.

use crate::ir::flow::{Flow, flows};
use crate::ir::{Presence, Property, PropertyKind, Shape};
use crate::resolve::draft::DraftGraph;

/// Requires such properties where a type is sent and never read. Elsewhere they are not required, so that answers
/// without them are read (OpenAPI 3.0.4 §4.7.24.2).
pub(super) fn run(draft: &mut DraftGraph) {
    let flows = flows(&draft.types, &draft.operations);
    let sent = draft.types.iter_mut().zip(flows).filter(|(_, flow)| *flow == Flow::WRITTEN);
    for (ty, _) in sent {
        let Shape::Struct(shape) = &mut ty.shape else { continue };
        shape.properties.iter_mut().for_each(require);
    }
}

/// Requires a property that is required when it is sent.
pub(super) fn require(property: &mut Property) {
    if !property.required_when_sent {
        return;
    }
    let PropertyKind::Field { presence, .. } = &mut property.kind else { return };
    if let Presence::Default(value) = std::mem::replace(presence, Presence::Required) {
        property.initial = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_is_only_sent_requires_what_is_write_only() {
        check!(
            "sent",
            r#"
                paths:
                  /users:
                    post:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewUser' } } } }
                      responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } } }
                components:
                  schemas:
                    NewUser: { type: object, required: [pin], properties: { pin: { type: integer, writeOnly: true } } }
                    User: { type: object, required: [pin], properties: { pin: { type: integer, writeOnly: true } } }
            "#,
            @r"
            sent
              NewUser: struct
            -   pin: secret alias of integer, optional, required when sent
            +   pin: secret alias of integer, required, required when sent
              User: struct
                pin: secret alias of integer, optional, required when sent
              POST /users
                body application/json: NewUser
                Code(200) application/json: User
            "
        );
    }
}
