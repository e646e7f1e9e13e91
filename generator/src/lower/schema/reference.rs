//! `$ref` in a schema, alone or beside other keywords, and `$recursiveRef`.

use openapiv3::{ReferenceOr, Schema};

use super::{Draft, Moved};
use crate::document::Marks as _;
use crate::load::{Object, Tree};
use crate::lower::{At, Kind, Lowering, Target};

/// The `$ref` of a schema.
pub(super) fn of(object: &Object) -> Option<&str> {
    object.get("$ref")?.as_str()
}

impl<'t> Lowering<'t, '_> {
    /// The reference, when nothing beside it counts.
    pub(super) fn lone_reference(
        &mut self,
        reference: &'t str,
        object: &'t Object,
        at: &At<'_>,
        moved: Moved,
    ) -> Option<ReferenceOr<Schema>> {
        if object.len() > 1
            && object.iter().any(|(key, _)| key != "$ref" && self.has_effect_beside_reference(key))
        {
            return None;
        }
        Some(match self.reference(Kind::Schema, reference, at) {
            Some(reference) => ReferenceOr::Reference { reference },
            None => ReferenceOr::Item(self.unreadable_mark(at, moved)),
        })
    }

    fn has_effect_beside_reference(&self, key: &str) -> bool {
        let silent = key.starts_with("x-") && key != "x-nullable"
            || key.starts_with('$') && !matches!(key, "$dynamicRef" | "$recursiveRef")
            || matches!(
                key,
                "example"
                    | "examples"
                    | "externalDocs"
                    | "xml"
                    | "summary"
                    | "definitions"
                    | "propertyNames"
                    | "contains"
                    | "minContains"
                    | "maxContains"
                    | "dependentRequired"
                    | "unevaluatedItems"
            );
        !silent && self.counts_beside_reference(key)
    }

    /// Whether a keyword beside a `$ref` is read in this dialect.
    pub(super) fn counts_beside_reference(&self, key: &str) -> bool {
        self.dialect.reads_siblings()
            || matches!(
                key,
                "title"
                    | "description"
                    | "default"
                    | "deprecated"
                    | "nullable"
                    | "x-nullable"
                    | "readOnly"
                    | "writeOnly"
            )
    }

    /// Adds the reference to what stands beside it.
    pub(super) fn add_reference(&mut self, draft: &mut Draft<'t>, reference: &'t str, at: &At<'_>) {
        match self.reference(Kind::Schema, reference, at) {
            // Last, so that the places of `allOf`'s own branches stay what they are.
            Some(reference) => draft.any.all_of.push(ReferenceOr::Reference { reference }),
            None => {
                draft.data.extensions.mark_unreadable();
            }
        }
    }

    /// The component that `$recursiveRef: "#"` means: the outermost enclosing schema that says
    /// `$recursiveAnchor: true`.
    pub(super) fn recursive_anchor(&mut self, at: &At<'_>) -> Option<String> {
        let mut target = self.locate(at.file, None, "#")?;
        let is_anchor = |tree: &Tree| tree.get("$recursiveAnchor").and_then(Tree::as_bool) == Some(true);
        for token in at.pointer().tokens() {
            if is_anchor(target.tree) {
                break;
            }
            let pointer = target.pointer.key(&token);
            let tree = match target.tree {
                Tree::Object(object) => object.get(&token)?,
                Tree::Array(items) => items.get(token.parse::<usize>().ok()?)?,
                Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => return None,
            };
            target = Target { file: at.file, pointer, tree, resource: at.resource };
        }
        if !is_anchor(target.tree) {
            return None;
        }
        let name = self.hoist(Kind::Schema, target);
        Some(Kind::Schema.reference_to(&name))
    }
}
