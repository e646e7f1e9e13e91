//! `items`, `prefixItems` and the array form of `items`.

use super::types::JsonType;
use super::{Draft, Moved};
use crate::diagnostics::Diagnostic;
use crate::document::Marks as _;
use crate::load::Tree;
use crate::lower::dialect::Dialect;
use crate::lower::{At, Lowering};

impl<'t> Lowering<'t, '_> {
    /// Settles the elements of an array.
    pub(super) fn tuples_and_items(&mut self, draft: &mut Draft<'t>, at: &At<'_>) {
        if self.is_choice(draft) {
            let message = "a list of `items` without `type: array` is read as `anyOf`";
            let found = Diagnostic::warning("items-as-choice", at.key("items").location(), message);
            self.sink.push(
                found.help("Swagger 2.0 has one schema for all items, and no keyword for alternatives"),
            );
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
            draft.any.items = Some(self.boxed_schema(tree, &at.key(key), Moved::when(key != "items")));
        }
        let Some((key, prefix)) = prefix else { return };
        self.elements(prefix, at, key, |this, elements, place, _| {
            if elements.is_empty() {
                return;
            }
            for (index, tree) in elements.iter().enumerate() {
                let schema = this.boxed_schema(tree, &place.index(index), Moved::Yes);
                draft.any.properties.insert(index.to_string(), schema);
            }
            draft.types.add_array_when_empty();
            draft.data.extensions.mark_tuple();
        });
    }

    /// Whether `items` is how Swagger 2.0, which has no unions, was made to say one: a list of schemas, and the value
    /// is no array.
    fn is_choice(&self, draft: &Draft<'t>) -> bool {
        self.dialect == Dialect::Swagger2
            && matches!(draft.items, Some(Tree::Array(_)))
            && draft.prefix_items.is_none()
            && draft.any_of.is_none()
            && !draft.types.has(JsonType::Array)
    }
}
