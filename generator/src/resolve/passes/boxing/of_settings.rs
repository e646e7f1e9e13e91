//! Boxes from the settings.

use super::cycles::set_boxed;
use crate::config::Action;
use crate::ir::{PropertyKind, Shape, TypeId};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;
use crate::resolve::rules::Rules;

/// Puts boxes where the settings say so. Runs before cycles are broken, which may then need no other box.
pub(in crate::resolve::passes) fn run(draft: &mut DraftGraph, rules: &Rules<'_>) {
    if rules.is_empty() {
        return;
    }
    let boxed = |action: &Action| if let Action::Boxed(boxed) = action { Some(*boxed) } else { None };
    let holds_boxed = |draft: &DraftGraph, id: TypeId| {
        let content = draft.unaliased(id);
        // Asked in each place, so that the rule counts as used only where it changes something.
        let asked = |id: TypeId| rules.last(draft.subjects.get(&id), |action, _| boxed(action));
        is_by_value(&draft.get(content).shape) && [content, id].into_iter().find_map(asked) == Some(true)
    };
    for index in 0..draft.types.len() {
        let places: Vec<bool> = match &draft.types[index].shape {
            Shape::Struct(shape) => {
                let subject = draft.subjects.get(&type_id(index));
                let fields = shape.properties.iter().map(|property| match &property.kind {
                    PropertyKind::Field { ty, .. } => rules
                        .last_of_property(subject, &property.wire, boxed)
                        .unwrap_or_else(|| holds_boxed(draft, ty.id)),
                    PropertyKind::Constant { .. } => false,
                });
                fields.collect()
            }
            Shape::Union(union) => {
                union.variants.iter().map(|variant| holds_boxed(draft, variant.ty.id)).collect()
            }
            Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => continue,
        };
        for (place, _) in places.iter().enumerate().filter(|(_, boxed)| **boxed) {
            set_boxed(&mut draft.types[index].shape, place);
        }
    }
}

/// Whether a value has its content in itself, and not behind a pointer.
fn is_by_value(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(_) | Shape::Union(_) | Shape::Newtype { .. } | Shape::Tuple(_) | Shape::External(_) => {
            true
        }
        Shape::Enum(_)
        | Shape::List(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Any(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_type_or_a_property_is_boxed() {
        check!(
            "boxes_of_settings",
            "
                Large: { type: object, properties: { text: { type: string } } }
                Holder:
                  type: object
                  properties: { one: { $ref: '#/components/schemas/Large' }, number: { type: integer }, small: { type: integer } }
                List: { type: array, items: { $ref: '#/components/schemas/Large' } }
            ",
            "
                [schema.Large]
                boxed = true
                [schema.Holder.property]
                number = { boxed = true }
            ",
            @r"
            boxes_of_settings
              Large: struct
                text: string, optional
              Holder: struct
            -   one: Large, optional
            -   number: integer, optional
            +   one: Large, optional, boxed
            +   number: integer, optional, boxed
                small: integer, optional
              List: [Large]
            "
        );
    }
}
