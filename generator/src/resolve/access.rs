//! Which ways a value travels (`readOnly` and `writeOnly`, JSON Schema validation §9.4).

use std::collections::HashSet;

use super::site::{Components, Node, Site};
use crate::document::Schema;
use crate::ir::Access;

/// More schemas than this are not looked at for one property.
const MOST: usize = 64;

/// Which ways a property travels, as its own schema says it, those that it refers to, and the parts of their `allOf`. A
/// single branch of a union does not say it: values of the other branches travel both ways. What is both `readOnly` and
/// `writeOnly` is taken for neither.
pub(super) fn access<'d>(components: &Components<'d>, sites: &[Site<'d>]) -> Access {
    let is_read_only = says(components, sites, |schema| schema.is_read_only, false);
    let is_write_only = says(components, sites, |schema| schema.is_write_only, false);
    match (is_read_only, is_write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::Both,
    }
}

/// Whether a server may leave out the property: one of its schemas is `writeOnly`, branches included. A server leaves out
/// a value of such a branch as it leaves out the whole property.
pub(super) fn may_be_withheld<'d>(components: &Components<'d>, sites: &[Site<'d>]) -> bool {
    says(components, sites, |schema| schema.is_write_only, true)
}

fn says<'d>(
    components: &Components<'d>,
    sites: &[Site<'d>],
    says_so: impl Fn(&'d Schema) -> bool,
    in_branches: bool,
) -> bool {
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
        if says_so(schema) {
            return true;
        }
        if seen.len() >= MOST || !seen.insert(components.identity(&site)) {
            continue;
        }
        let any = &schema.keywords;
        let branches: &[_] = if in_branches { &[&any.any_of, &any.one_of] } else { &[] };
        let parts = [&any.all_of].into_iter().chain(branches.iter().copied()).flatten();
        todo.extend(parts.map(|part| Site::new(part, site.at.clone())));
    }
    false
}
