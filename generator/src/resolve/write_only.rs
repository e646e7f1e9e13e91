//! Whether a value is only sent (`writeOnly`, JSON Schema validation §9.4).

use std::collections::HashSet;

use super::site::{Components, Node, Site};

/// More schemas than this are not looked at for one property.
const MOST: usize = 64;

/// Whether one of the schemas of a property says so: its own, those that it refers to, and their branches. A server
/// leaves out a value of such a branch as it leaves out the whole property.
pub(super) fn is_write_only<'d>(components: &Components<'d>, sites: &[Site<'d>]) -> bool {
    let mut seen = HashSet::new();
    let mut todo = sites.to_vec();
    while let Some(site) = todo.pop() {
        let schema = match site.node {
            Node::Schema(schema) => schema,
            Node::Reference(reference) => {
                let target = components.find(reference).and_then(|at| components.end(at));
                todo.extend(target.map(|index| components.site(index).clone()));
                continue;
            }
        };
        if schema.is_write_only() {
            return true;
        }
        if seen.len() >= MOST || !seen.insert(components.identity(&site)) {
            continue;
        }
        let Some(any) = schema.keywords() else { continue };
        let branches = [&any.all_of, &any.any_of, &any.one_of];
        todo.extend(branches.into_iter().flatten().map(|branch| Site::new(branch, site.at.clone())));
    }
    false
}
