//! `items`, `prefixItems` and the array form of `items`.

use super::types::JsonType;
use super::{Draft, Moved};
use crate::diagnostics::Diagnostic;
use crate::load::Tree;
use crate::lower::dialect::Dialect;
use crate::lower::inline;
use crate::lower::schema;
use crate::lower::{At, Lowering};

/// Settles the elements of an array.
pub(super) fn tuples_and_items<'t>(lowering: &mut Lowering<'t, '_>, draft: &mut Draft<'t>, at: &At<'_>) {
    if is_choice(lowering, draft) {
        let message = "a list of `items` without `type: array` is read as `anyOf`";
        let found = Diagnostic::warning("items-as-choice", at.key("items").location(), message);
        lowering
            .sink
            .push(found.help("Swagger 2.0 has one schema for all items, and no keyword for alternatives"));
        draft.choice = draft.items.take();
    }
    let (prefix, rest) = match (draft.prefix_items, draft.items) {
        (Some(prefix), rest) => (Some(("prefixItems", prefix)), rest.map(|tree| ("items", tree))),
        (None, Some(prefix @ Tree::Array(_))) => {
            (Some(("items", prefix)), draft.additional_items.map(|tree| ("additionalItems", tree)))
        }
        (None, rest) => (None, rest.map(|tree| ("items", tree))),
    };
    if let Some((key, tree)) = rest {
        let items = schema::schema(lowering, tree, &at.key(key), Moved::when(key != "items"));
        draft.schema.keywords.items = Some(items);
    }
    let Some((key, prefix)) = prefix else { return };
    inline::elements(lowering, prefix, at, key, |this, elements, place, _| {
        if elements.is_empty() {
            return;
        }
        for (index, tree) in elements.iter().enumerate() {
            let schema = schema::schema(this, tree, &place.index(index), Moved::Yes);
            draft.schema.keywords.properties.insert(index.to_string(), schema);
        }
        draft.types.add_array_when_empty();
        draft.schema.is_tuple = true;
    });
}

/// Whether `items` is how Swagger 2.0, which has no unions, was made to say one: a list of schemas, and the value
/// is not an array.
fn is_choice<'t>(lowering: &Lowering<'t, '_>, draft: &Draft<'t>) -> bool {
    lowering.dialect == Dialect::Swagger2
        && matches!(draft.items, Some(Tree::Array(_)))
        && draft.prefix_items.is_none()
        && draft.any_of.is_none()
        && !draft.types.has(JsonType::Array)
}
