//! Which component schemas a cut document needs.
//!
//! References say too much: a child that extends its parent by `allOf` takes the parent's fields but does not mention
//! it, and a parent with a discriminator mentions children that it does not refer to. So what a component mentions is
//! asked of `resolve`, which converts it on trial.

use std::collections::{BTreeSet, HashMap};

/// The components to convert, by index, in document order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reached {
    /// By component: whether it is kept for its own sake.
    pub roots: Vec<bool>,
    /// The roots, and what they and the operations reach.
    pub kept: Vec<usize>,
    /// The other sides (`X-Input` of `X-Output`) of what is kept, and what those reach: only with both sides is it
    /// known whether they are one type, which has another name. They are pruned again where they are not.
    pub partners: Vec<usize>,
}

impl Reached {
    /// All of the components, when nothing is cut.
    pub fn everything(count: usize) -> Self {
        Self { roots: vec![true; count], kept: (0..count).collect(), partners: Vec::new() }
    }
}

/// Whose mentions are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mentioning {
    /// The operations of the document.
    Operations,
    /// The component with this index.
    Component(usize),
}

/// What the operations and the components with the names `roots` reach. `names` are those of all components, and
/// `mentions` gives the components that operations or a component mention, by index.
pub fn reach(
    names: &[&str],
    roots: &BTreeSet<String>,
    mentions: &mut dyn FnMut(Mentioning) -> Vec<usize>,
) -> Reached {
    let roots: Vec<bool> = names.iter().map(|name| roots.contains(*name)).collect();
    let mut found = vec![false; names.len()];
    let mut todo: Vec<usize> = (0..names.len()).filter(|index| roots[*index]).collect();
    todo.extend(mentions(Mentioning::Operations));
    follow(todo, &mut found, mentions);
    let kept = found.clone();
    follow(other_sides(names, &kept), &mut found, mentions);
    Reached {
        roots,
        partners: (0..names.len()).filter(|index| found[*index] && !kept[*index]).collect(),
        kept: (0..names.len()).filter(|index| kept[*index]).collect(),
    }
}

/// Asks every component that is mentioned, once.
fn follow(mut todo: Vec<usize>, found: &mut [bool], mentions: &mut dyn FnMut(Mentioning) -> Vec<usize>) {
    while let Some(index) = todo.pop() {
        if !std::mem::replace(&mut found[index], true) {
            todo.extend(mentions(Mentioning::Component(index)));
        }
    }
}

/// The other sides of what was found.
fn other_sides(names: &[&str], found: &[bool]) -> Vec<usize> {
    let by_name: HashMap<&str, usize> =
        names.iter().enumerate().map(|(index, name)| (*name, index)).collect();
    let other_side = |name: &str| {
        let other = match (name.strip_suffix("-Input"), name.strip_suffix("-Output")) {
            (Some(stem), _) => format!("{stem}-Output"),
            (None, Some(stem)) => format!("{stem}-Input"),
            (None, None) => return None,
        };
        by_name.get(other.as_str()).copied()
    };
    names.iter().zip(found).filter(|(_, found)| **found).filter_map(|(name, _)| other_side(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_brings_what_it_mentions_and_then_the_other_sides() {
        let names = ["Pet-Input", "Pet-Output", "Tag", "Owner", "Unused"];
        let mut asked = Vec::new();
        let mut mentions = |of: Mentioning| {
            asked.push(of);
            match of {
                Mentioning::Operations => vec![1],
                Mentioning::Component(1) => vec![2, 2],
                Mentioning::Component(0) => vec![2, 3],
                Mentioning::Component(_) => Vec::new(),
            }
        };
        let found = reach(&names, &BTreeSet::from(["Tag".to_owned()]), &mut mentions);
        let roots = vec![false, false, true, false, false];
        assert_eq!(found, Reached { roots, kept: vec![1, 2], partners: vec![0, 3] });
        assert_eq!(asked.len(), 5, "each is asked once: {asked:?}");
    }
}
