//! Which properties all variants of a union share, so that the union has a method for them.

use crate::ir;
use crate::resolve::draft::DraftGraph;

/// Settles the accessors of all unions.
pub(super) fn run(draft: &mut DraftGraph) {
    draft.accessors = ir::accessors(&draft.types);
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    const DOCUMENT: &str = "
        Event:
          oneOf: [{ $ref: '#/components/schemas/Started' }, { $ref: '#/components/schemas/Ended' }, { $ref: '#/components/schemas/Step' }]
          discriminator: { propertyName: kind }
        Started:
          type: object
          required: [kind, id, count]
          properties: { kind: { const: Started }, id: { type: string }, note: { type: string }, count: { type: integer }, by: { type: string } }
        Ended:
          type: object
          required: [kind, id, by, count]
          properties: { kind: { const: Ended }, id: { type: string }, note: { type: string }, count: { type: number }, by: { type: string } }
        Step:
          oneOf: [{ $ref: '#/components/schemas/Up' }, { $ref: '#/components/schemas/Down' }]
        Up:
          type: object
          required: [kind, id, count, up]
          properties: { kind: { const: Up }, id: { type: string }, note: { type: string, nullable: true }, count: { type: integer }, up: { type: string } }
        Down:
          type: object
          required: [kind, id, count, note, down]
          properties: { kind: { const: Down }, id: { type: string }, note: { type: string, nullable: true }, count: { type: integer }, down: { type: string } }
    ";

    #[test]
    fn what_all_variants_share_is_found_through_unions_in_unions() {
        check!("accessors", DOCUMENT, @r#"
        accessors
          Event: union
            | Started
            | Ended
            | Step
            kind "Started": Started
            kind "Ended": Ended
            kind "Up": Step
            kind "Down": Step
            kind unknown: kept
          Started: struct
            kind = "Started"
            id: string, required
            note: string, optional
            count: integer, required
            by: string, optional
          Ended: struct
            kind = "Ended"
            id: string, required
            note: string, optional
            count: number, required
            by: string, required
          Step: union
            | Up
            | Down
            kind "Up": Up
            kind "Down": Down
            kind unknown: kept
          Up: struct
            kind = "Up"
            id: string, required
            note: string?, optional
            count: integer, required
            up: string, required
          Down: struct
            kind = "Down"
            id: string, required
            note: string?, required
            count: integer, required
            down: string, required
        + Event.id: Known
        + Event.note: Maybe
        + Step.id: Known
        + Step.note: Maybe
        + Step.count: Known
        "#);
    }
}
