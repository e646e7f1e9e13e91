//! Finds pointers in YAML text, through anchors, aliases and merge keys.

use std::collections::{BTreeSet, HashMap};

use granit_parser::{Event, Parser};

use super::trie::{NodeId, ROOT, Trie};

/// Notes the offset of each node of `trie` that the text has.
pub(super) fn walk(text: &str, trie: &mut Trie) {
    // An anchor stands before its aliases, so what is looked for behind an alias is found in a further walk. Aliases
    // in what an alias stands for take one more each; real documents need two or three in all.
    const WALKS: usize = 8;
    let mut anchors: HashMap<usize, Vec<Wanted>> = HashMap::new();
    let mut marks = HashMap::new();
    for _ in 0..WALKS {
        let mut walk = Walk { trie, anchors, marks, aliased: BTreeSet::new(), open: Vec::new() };
        walk.all(text);
        let aliased = walk.aliased;
        (anchors, marks) = (walk.anchors, walk.marks);
        let mut is_new = false;
        for (anchor, wanted) in aliased {
            let known = anchors.entry(anchor).or_default();
            if !known.contains(&wanted) {
                known.push(wanted);
                is_new = true;
            }
        }
        if !is_new {
            break;
        }
    }
    for (node, mark) in marks {
        trie.found(node, mark);
    }
}

/// A node of the trie that a node of the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Wanted {
    node: NodeId,
    /// Whether it is merged into the node (`<<`), so that what the node has itself takes precedence.
    merged: bool,
}

struct Walk<'a> {
    trie: &'a mut Trie,
    /// What is looked for in the node of an anchor besides.
    anchors: HashMap<usize, Vec<Wanted>>,
    /// What was found, and at which byte.
    marks: HashMap<NodeId, usize>,
    /// Aliases behind which something is looked for.
    aliased: BTreeSet<(usize, Wanted)>,
    open: Vec<Frame>,
}

/// An open collection.
enum Frame {
    Mapping { wanted: Vec<Wanted>, key: Key },
    Sequence { wanted: HashMap<usize, Vec<Wanted>>, index: usize, merged: Vec<Wanted> },
}

enum Key {
    /// A key comes next.
    Next,
    /// A key that is a collection is open.
    Open,
    /// The value of a key comes next; it is these.
    Value(Vec<Wanted>),
}

impl Walk<'_> {
    fn all(&mut self, text: &str) {
        // Deeper than anything that is read.
        const DEPTH: usize = 1_024;
        let options = granit_parser::options! { flow_nesting_limit: DEPTH, block_nesting_limit: DEPTH };
        for event in Parser::new_from_str_with_options(text, options) {
            // What cannot be read is not found.
            let Ok((event, span)) = event else { return };
            let mark = span.start.byte_offset().unwrap_or(0);
            match event {
                Event::DocumentEnd | Event::StreamEnd => return,
                Event::Scalar(value, _, anchor, _) => {
                    self.node(mark, Some(&value), anchor);
                }
                Event::Alias(anchor) => {
                    for wanted in self.node(mark, None, 0) {
                        if !self.trie.is_leaf(wanted.node) {
                            self.aliased.insert((anchor, wanted));
                        }
                    }
                }
                Event::MappingStart(_, anchor, _) => {
                    let wanted = self.node(mark, None, anchor);
                    self.open.push(Frame::Mapping { wanted, key: Key::Next });
                }
                Event::SequenceStart(_, anchor, _) => {
                    let wanted = self.node(mark, None, anchor);
                    self.open.push(self.sequence(&wanted));
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    self.open.pop();
                    if let Some(Frame::Mapping { key: key @ Key::Open, .. }) = self.open.last_mut() {
                        *key = Key::Value(Vec::new());
                    }
                }
                // The start of the stream and of the document, and what does not concern values.
                _ => {}
            }
        }
    }

    /// Takes note of a node that starts at `mark`; `text` is its text when it is a scalar. Returns what it is.
    fn node(&mut self, mark: usize, text: Option<&str>, anchor: usize) -> Vec<Wanted> {
        let mut is = self.place(mark, text);
        if anchor != 0
            && let Some(more) = self.anchors.get(&anchor)
        {
            is.extend(more.iter().filter(|more| !is.contains(more)).copied().collect::<Vec<_>>());
        }
        is
    }

    fn place(&mut self, mark: usize, text: Option<&str>) -> Vec<Wanted> {
        match self.open.last_mut() {
            None => {
                self.marks.insert(ROOT, mark);
                vec![Wanted { node: ROOT, merged: false }]
            }
            Some(Frame::Mapping { wanted, key }) => match (&mut *key, text) {
                (Key::Next, Some(text)) => {
                    *key = Key::Value(member(self.trie, &mut self.marks, wanted, mark, text));
                    Vec::new()
                }
                (Key::Next, None) => {
                    *key = Key::Open;
                    Vec::new()
                }
                (Key::Open, _) => Vec::new(),
                (Key::Value(value), _) => {
                    let value = std::mem::take(value);
                    *key = Key::Next;
                    value
                }
            },
            Some(Frame::Sequence { wanted, index, merged }) => {
                let mut is = wanted.remove(index).unwrap_or_default();
                *index += 1;
                is.iter().for_each(|element| {
                    self.marks.insert(element.node, mark);
                });
                is.extend(merged.iter().copied());
                is
            }
        }
    }

    fn sequence(&self, is: &[Wanted]) -> Frame {
        let mut wanted: HashMap<usize, Vec<Wanted>> = HashMap::new();
        for of in is.iter().filter(|of| !of.merged) {
            for (index, node) in self.trie.elements(of.node) {
                wanted.entry(index).or_default().push(Wanted { node, merged: false });
            }
        }
        let merged = is.iter().filter(|of| of.merged).copied().collect();
        Frame::Sequence { wanted, index: 0, merged }
    }
}

/// What the value of the key `text` is, which stands at `mark` in a mapping that is `wanted`.
fn member(
    trie: &Trie,
    marks: &mut HashMap<NodeId, usize>,
    wanted: &[Wanted],
    mark: usize,
    text: &str,
) -> Vec<Wanted> {
    let mut value = Vec::new();
    for of in wanted {
        match trie.child(of.node, text) {
            Some(child) if !of.merged || !marks.contains_key(&child) => {
                marks.insert(child, mark);
                value.push(Wanted { node: child, merged: false });
            }
            None if text == "<<" => value.push(Wanted { node: of.node, merged: true }),
            Some(_) | None => {}
        }
    }
    value
}
