//! Newtypes from the settings.

use crate::config::Action;
use crate::ir::{Docs, Shape, Type, TypeId, TypeRef};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;
use crate::resolve::rules::Rules;

/// Puts a struct around what the components are other names for that the settings name.
pub(super) fn run(draft: &mut DraftGraph, rules: &Rules<'_>) {
    if rules.is_empty() {
        return;
    }
    let asked = |action: &Action| if let Action::Newtype(asked) = action { Some(*asked) } else { None };
    for id in (0..draft.components.len()).map(type_id) {
        // Asked only where it has an effect, so that the rule counts as used only there.
        let is_asked = is_spelled(draft, id)
            && rules.last(draft.subjects.get(&id), |action, _| asked(action)) == Some(true);
        if is_asked {
            // The constraints are those of the content.
            let inner = Type { name: None, docs: Docs::default(), ..draft.get(id).clone() };
            let content = type_id(draft.types.len());
            draft.types.push(inner);
            let ty = draft.get_mut(id);
            ty.shape = Shape::Newtype { content: TypeRef { id: content, nullable: false }, boxed: false };
            ty.constraints = Default::default();
        }
    }
}

/// Whether a type is spelled wherever it is used, and not secret: a `Secret` is a type of its own.
fn is_spelled(draft: &DraftGraph, id: TypeId) -> bool {
    let ty = draft.get(id);
    let has_name = match &draft.get(draft.unaliased(id)).shape {
        Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Tuple(_) => false,
        Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => true,
    };
    ty.name.is_some() && !has_name && !ty.secret && !matches!(ty.shape, Shape::Newtype { .. })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn another_name_for_a_string_or_a_list_is_a_type() {
        check!(
            "newtypes",
            "
                Slug: { type: string }
                Slugs: { type: array, items: { $ref: '#/components/schemas/Slug' } }
                Page: { type: object, properties: { slug: { $ref: '#/components/schemas/Slug' } } }
            ",
            "
                [schema.'*']
                newtype = true
            ",
            @r"
            newtypes
            - Slug: alias of string
            - Slugs: [Slug]
            + Slug: newtype of alias of string
            + Slugs: newtype of [Slug]
              Page: struct
                slug: Slug, optional
            "
        );
    }
}
