//! Whether `null` is a value of a schema.
//!
//! `lower` has turned every spelling of it into `nullable: true`; what is left is to look through references,
//! `allOf` and unions.

use std::collections::HashMap;

use super::site::{Components, Node, Site};
use crate::document::{Schema, SchemaId};
use crate::limits;

/// Whether `null` is a value of all these schemas at once.
pub(super) fn nullable<'d>(components: &Components<'d>, sites: &[Site<'d>]) -> bool {
    let mut known = HashMap::new();
    all(sites.iter().map(|site| of_site(components, site, 0, &mut known))) == Some(true)
}

/// What is known of the schemas behind references, by their ids: each is looked at once, however many ways lead to
/// it. One that is still looked at has no say in itself.
type Known = HashMap<SchemaId, Option<bool>>;

/// `None`: the schema has no say (it does not look at the type).
fn of_site<'d>(
    components: &Components<'d>,
    site: &Site<'d>,
    depth: usize,
    known: &mut Known,
) -> Option<bool> {
    if components.is_beyond(&limits::NULLABILITY, depth, &site.at) {
        return None;
    }
    match site.node {
        Node::Reference(_) => {
            let (schema, at) = components.follow(site)?;
            let identity = schema.id;
            if let Some(verdict) = known.get(&identity) {
                return *verdict;
            }
            known.insert(identity, None);
            let site = Site { node: Node::Schema(schema), at };
            let verdict = of_schema(components, schema, &site, depth + 1, known);
            known.insert(identity, verdict);
            verdict
        }
        Node::Schema(schema) => of_schema(components, schema, site, depth, known),
    }
}

fn of_schema<'d>(
    components: &Components<'d>,
    schema: &'d Schema,
    site: &Site<'d>,
    depth: usize,
    known: &mut Known,
) -> Option<bool> {
    if schema.is_nullable {
        return Some(true);
    }
    let any = &schema.keywords;
    let own = (any.typ.is_some() || !any.enumeration.is_empty()).then_some(false);
    let place = |branch| Site::new(branch, site.at.clone());
    let mut opinions = vec![own];
    for branch in &any.all_of {
        opinions.push(of_site(components, &place(branch), depth + 1, known));
    }
    for branches in [&any.one_of, &any.any_of] {
        let branches = branches.iter().map(|branch| of_site(components, &place(branch), depth + 1, known));
        opinions.push(branches.reduce(either).flatten());
    }
    all(opinions.into_iter())
}

/// One consent among the branches of a union is enough.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        (None, None) => None,
    }
}

/// One refusal is enough; without one, one consent is.
fn all(opinions: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut verdict = None;
    for opinion in opinions.flatten() {
        if !opinion {
            return Some(false);
        }
        verdict = Some(true);
    }
    verdict
}
