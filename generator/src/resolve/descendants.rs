//! Which components extend which by `allOf`.

use super::site::{Components, Node, Site};
use crate::limits;

/// Which components extend which by `allOf`.
pub(super) struct Descendants {
    children: Vec<Vec<usize>>,
}

impl Descendants {
    pub fn new(components: &Components<'_>) -> Self {
        let mut children = vec![Vec::new(); components.len()];
        for index in 0..components.len() {
            for parent in parents(components, components.site(index)) {
                if parent != index && !children[parent].contains(&index) {
                    children[parent].push(index);
                }
            }
        }
        Self { children }
    }

    /// All that extend `index`, directly or not, in document order.
    pub fn of(&self, index: usize) -> Vec<usize> {
        let mut found = vec![false; self.children.len()];
        let mut todo = vec![index];
        while let Some(at) = todo.pop() {
            for child in &self.children[at] {
                if !found[*child] && *child != index {
                    found[*child] = true;
                    todo.push(*child);
                }
            }
        }
        (0..found.len()).filter(|child| found[*child]).collect()
    }
}

/// The components among a schema's `allOf` branches, inline branches opened up.
fn parents<'d>(components: &Components<'d>, site: &Site<'d>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut todo = vec![(site.clone(), 0)];
    while let Some((site, depth)) = todo.pop() {
        let Node::Schema(schema) = site.node else { continue };
        for branch in &schema.keywords.all_of {
            let branch = Site::new(branch, site.at.clone());
            match branch.node {
                // Another name for the parent is the parent.
                Node::Reference(reference) => {
                    found.extend(components.find(reference).and_then(|index| components.end(index)));
                }
                Node::Schema(_) if components.is_beyond(&limits::PARENTS, depth, &branch.at) => {}
                Node::Schema(_) => todo.push((branch, depth + 1)),
            }
        }
    }
    found
}
