//! Whether `null` is a value of a schema.
//!
//! `lower` has turned every spelling of it into `nullable: true`; what is left is to look through references,
//! `allOf` and unions.

use openapiv3::Schema;

use super::site::{Components, Node, Site, keywords};

/// How deep references may nest; deeper schemas have no say.
const MAX_DEPTH: usize = 64;

/// Whether `null` is a value of all these schemas at once.
pub(super) fn nullable<'d>(components: &Components<'d>, sites: &[Site<'d>]) -> bool {
    all(sites.iter().map(|site| of_site(components, site, 0))) == Some(true)
}

/// `None`: the schema has no say (it does not look at the type).
fn of_site<'d>(components: &Components<'d>, site: &Site<'d>, depth: usize) -> Option<bool> {
    if depth > MAX_DEPTH {
        return None;
    }
    match site.node {
        Node::Reference(_) => {
            let (schema, at) = components.follow(site)?;
            of_site(components, &Site { node: Node::Schema(schema), at }, depth + 1)
        }
        Node::Schema(schema) => of_schema(components, schema, site, depth),
    }
}

fn of_schema<'d>(
    components: &Components<'d>,
    schema: &'d Schema,
    site: &Site<'d>,
    depth: usize,
) -> Option<bool> {
    if schema.schema_data.nullable {
        return Some(true);
    }
    let any = keywords(schema)?;
    let own = (any.typ.is_some() || !any.enumeration.is_empty()).then_some(false);
    let place = |branch| Site::new(branch, site.at.clone());
    let both = any.all_of.iter().map(|branch| of_site(components, &place(branch), depth + 1));
    let unions =
        [&any.one_of, &any.any_of].into_iter().filter(|branches| !branches.is_empty()).map(|branches| {
            let branches = branches.iter().map(|branch| of_site(components, &place(branch), depth + 1));
            branches.reduce(|a, b| match (a, b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), _) | (_, Some(false)) => Some(false),
                (None, None) => None,
            })?
        });
    all(std::iter::once(own).chain(both).chain(unions))
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
