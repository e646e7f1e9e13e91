//! The strongly connected components of a graph: which nodes lead to each other.

/// By node: a number that it shares with the nodes that it leads to and that lead back to it; a node on no cycle has a number
/// of its own, and so has one that leads to nothing but itself. `to` says, by node, where it leads (Tarjan 1972).
pub(super) fn of(to: &[Vec<usize>]) -> Vec<usize> {
    let mut search = Search {
        index: vec![None; to.len()],
        lowest: vec![0; to.len()],
        component: vec![None; to.len()],
        stack: Vec::new(),
        next: 0,
    };
    for root in 0..to.len() {
        if search.index[root].is_none() {
            search.from(root, to);
        }
    }
    search.component.into_iter().map(Option::unwrap_or_default).collect()
}

struct Search {
    /// When a node was met.
    index: Vec<Option<usize>>,
    /// The earliest node of the stack that a node leads to.
    lowest: Vec<usize>,
    component: Vec<Option<usize>>,
    /// What is met and not yet in a component.
    stack: Vec<usize>,
    next: usize,
}

impl Search {
    /// Without recursion: chains of types are as long as documents.
    fn from(&mut self, root: usize, to: &[Vec<usize>]) {
        self.meet(root);
        let mut path = vec![(root, 0)];
        while let Some((at, edge)) = path.last_mut() {
            let at = *at;
            match to[at].get(*edge) {
                Some(&target) => {
                    *edge += 1;
                    match self.index[target] {
                        None => {
                            self.meet(target);
                            path.push((target, 0));
                        }
                        Some(met) if self.component[target].is_none() => {
                            self.lowest[at] = self.lowest[at].min(met);
                        }
                        Some(_) => {}
                    }
                }
                None => {
                    path.pop();
                    if let Some((before, _)) = path.last() {
                        self.lowest[*before] = self.lowest[*before].min(self.lowest[at]);
                    }
                    if self.index[at] == Some(self.lowest[at]) {
                        self.close(at);
                    }
                }
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.index[node] = Some(self.next);
        self.lowest[node] = self.next;
        self.next += 1;
        self.stack.push(node);
    }

    fn close(&mut self, first: usize) {
        while let Some(node) = self.stack.pop() {
            self.component[node] = Some(first);
            if node == first {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn nodes_that_lead_to_each_other_share_a_number() {
        let found = of(&[vec![1], vec![2, 3], vec![0], vec![4], vec![3, 5], vec![5]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_eq!(found[3], found[4]);
        let mut numbers = vec![found[0], found[3], found[5]];
        numbers.dedup();
        assert_eq!(numbers.len(), 3);
    }
}
