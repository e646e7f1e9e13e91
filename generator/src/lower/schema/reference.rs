//! `$ref` in a schema, alone or beside other keywords, and `$recursiveRef`.

use std::rc::Rc;

use super::{Draft, Moved};
use crate::document::SchemaRef;
use crate::load::{Object, Tree};
use crate::lower::hoist;
use crate::lower::refs;
use crate::lower::schema;
use crate::lower::{At, Kind, Lowering, Target};

/// The `$ref` of a schema.
pub(super) fn of(object: &Object) -> Option<&str> {
    object.get("$ref")?.as_str()
}

/// The reference, when nothing beside it counts.
pub(super) fn lone_reference<'t>(
    lowering: &mut Lowering<'t, '_>,
    reference: &'t str,
    object: &'t Object,
    at: &At<'_>,
    moved: Moved,
) -> Option<SchemaRef> {
    if object.len() > 1
        && object.iter().any(|(key, _)| key != "$ref" && has_effect_beside_reference(lowering, key))
    {
        return None;
    }
    Some(match refs::reference(lowering, Kind::Schema, reference, at) {
        Some(name) => schema::reference_to(lowering, name.to_string()),
        None => schema::unreadable_mark(lowering, at, moved).into(),
    })
}

fn has_effect_beside_reference(lowering: &Lowering<'_, '_>, key: &str) -> bool {
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
    !silent && counts_beside_reference(lowering, key)
}

/// Whether a keyword beside a `$ref` is read in this dialect.
pub(super) fn counts_beside_reference(lowering: &Lowering<'_, '_>, key: &str) -> bool {
    lowering.dialect.reads_siblings()
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
pub(super) fn add_reference<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    reference: &'t str,
    at: &At<'_>,
) {
    match refs::reference(lowering, Kind::Schema, reference, at) {
        // Last, so that the places of `allOf`'s own branches stay what they are.
        Some(name) => {
            let reference = schema::reference_to(lowering, name.to_string());
            draft.schema.keywords.all_of.push(reference);
        }
        None => draft.schema.is_unreadable = true,
    }
}

/// The component that `$recursiveRef: "#"` means: the outermost enclosing schema that says
/// `$recursiveAnchor: true`.
pub(super) fn recursive_anchor(lowering: &mut Lowering<'_, '_>, at: &At<'_>) -> Option<Rc<str>> {
    let mut target = refs::locate(lowering, at.file, None, "#")?;
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
    Some(hoist::hoist(lowering, Kind::Schema, target))
}
