//! `anyOf` and `oneOf`, from which branches that are only null become nullability.

use serde_json::Value;

use super::{Draft, Moved};
use crate::document::{Schema, SchemaRef};
use crate::load::Tree;
use crate::lower::inline;
use crate::lower::schema;
use crate::lower::{At, Lowering};

/// Whether a schema allows `null` and nothing else.
fn is_null(tree: &Tree) -> bool {
    let Some(object) = tree.as_object() else { return false };
    let lone_null = |key: &str| match object.get(key) {
        Some(Tree::Array(items)) => matches!(items.as_slice(), [item] if is_null_word(key, item)),
        Some(item) => key != "enum" && is_null_word(key, item),
        None => false,
    };
    lone_null("type") || lone_null("enum") || lone_null("const")
}

/// `{nullable: true}` would allow anything, but beside other branches it can only be meant to add `null` to them.
fn says_only_nullable(tree: &Tree) -> bool {
    let Some(object) = tree.as_object() else { return false };
    let is_nullable =
        |key: &str, value: &Tree| matches!(key, "nullable" | "x-nullable") && value.as_bool() == Some(true);
    let is_annotation = |key: &str| matches!(key, "title" | "description") || key.starts_with("x-");
    object.iter().any(|(key, value)| is_nullable(key, value))
        && object.iter().all(|(key, value)| is_nullable(key, value) || is_annotation(key))
}

fn is_null_word(key: &str, item: &Tree) -> bool {
    match item {
        Tree::Null => key != "type",
        Tree::String(text) => key == "type" && &**text == "null",
        Tree::Bool(_) | Tree::Number(_) | Tree::Array(_) | Tree::Object(_) => false,
    }
}

/// Lowers `anyOf` and `oneOf`. Gives the whole schema when all that is left is one branch.
pub(super) fn combiners<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    at: &At<'_>,
) -> Option<SchemaRef> {
    for (key, branches) in [("anyOf", draft.any_of), ("items", draft.choice), ("oneOf", draft.one_of)] {
        let Some(branches) = branches else { continue };
        let only = inline::elements(lowering, branches, at, key, |this, branches, list, moved| {
            let moved = Moved::when(moved == Moved::Yes || key == "items");
            nullable_branches(this, draft, key, branches, list, moved)
        });
        if let Some(Some(only)) = only {
            return Some(only);
        }
    }
    None
}

fn nullable_branches<'t>(
    lowering: &mut Lowering<'t, '_>,
    draft: &mut Draft<'t>,
    key: &str,
    branches: &'t [Tree],
    list: &At<'_>,
    moved: Moved,
) -> Option<SchemaRef> {
    let is_other = |branch: &Tree| !is_null(branch) && !says_only_nullable(branch);
    let has_others = branches.iter().any(is_other);
    let is_kept = |branch: &Tree| if has_others { is_other(branch) } else { !is_null(branch) };
    let kept: Vec<_> = branches.iter().enumerate().filter(|(_, branch)| is_kept(branch)).collect();
    let had_null = kept.len() < branches.len();
    draft.schema.is_nullable |= had_null;
    match kept.as_slice() {
        [] if had_null => only_null(draft),
        [(index, branch)] if had_null && draft.is_bare(key) => {
            let branch = schema::schema(lowering, branch, &list.index(*index), Moved::Yes);
            return Some(only_branch(&mut draft.schema, branch));
        }
        _ => {
            let lowered = kept.iter().enumerate().map(|(new, (index, branch))| {
                let moved = Moved::when(moved == Moved::Yes || new != *index);
                schema::schema(lowering, branch, &list.index(*index), moved)
            });
            let lowered = lowered.collect();
            match key {
                "oneOf" => draft.schema.keywords.one_of = lowered,
                _ => draft.schema.keywords.any_of = lowered,
            }
        }
    }
    None
}

fn only_null(draft: &mut Draft<'_>) {
    if draft.schema.keywords.is_empty() {
        draft.schema.keywords.enumeration = vec![Value::Null];
    }
}

impl Draft<'_> {
    /// Whether nothing but the list `key` says what the values look like.
    fn is_bare(&self, key: &str) -> bool {
        let other = if key == "oneOf" { self.any_of.or(self.choice) } else { self.one_of };
        other.is_none() && self.types.is_empty() && self.schema.keywords.is_empty()
    }
}

/// A nullable schema that is what its only branch is. `outer` is what stands around it, of which it takes what it needs.
fn only_branch(outer: &mut Schema, branch: SchemaRef) -> SchemaRef {
    let mut inner = match branch {
        SchemaRef::Reference(_) => {
            let mut schema = std::mem::replace(outer, Schema::new(outer.id));
            schema.keywords.all_of = vec![branch];
            // A tag cannot choose from one branch.
            schema.discriminator = None;
            return schema.into();
        }
        SchemaRef::Schema(schema) => schema,
    };
    inner.is_nullable = true;
    inner.is_read_only |= outer.is_read_only;
    inner.is_write_only |= outer.is_write_only;
    inner.is_deprecated |= outer.is_deprecated;
    inner.title = outer.title.take().or(inner.title.take());
    inner.description = outer.description.take().or(inner.description.take());
    inner.default = outer.default.take().or(inner.default.take());
    if !inner.keywords.one_of.is_empty() || !inner.keywords.any_of.is_empty() {
        inner.discriminator = inner.discriminator.take().or(outer.discriminator.take());
    }
    SchemaRef::Schema(inner)
}
