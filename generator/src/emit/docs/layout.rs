//! Blocks of Markdown one below the other, inside quotes and list items.

/// A quote or a list item.
pub(super) struct Container {
    /// What its first line starts with, until that is written.
    first: Option<String>,
    /// What its other lines start with.
    rest: String,
    /// Whether an HTML tag opened it.
    html: bool,
}

impl Container {
    pub(super) fn quote() -> Self {
        Self { first: None, rest: "> ".to_owned(), html: false }
    }

    pub(super) fn item(marker: String, html: bool) -> Self {
        let rest = " ".repeat(marker.len());
        Self { first: Some(marker), rest, html }
    }
}

/// Quotes and lists deeper than this are written as if they were at this depth.
const DEEPEST: usize = 8;

/// The blocks so far.
#[derive(Default)]
pub(super) struct Layout {
    out: String,
    containers: Vec<Container>,
    /// Whether an empty line comes before the next block.
    gap: bool,
    /// Whether the last block was an item without a list around it.
    after_item: bool,
}

impl Layout {
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line before the next block.
    pub(super) fn gap(&mut self) {
        self.gap = true;
    }

    /// An empty line before the next block, unless it is another such item: after one without a list around it.
    pub(super) fn after_item(&mut self) {
        self.gap = true;
        self.after_item = true;
    }

    /// Before an item without a list around it.
    pub(super) fn before_item(&mut self) {
        self.gap = !self.after_item;
    }

    pub(super) fn push(&mut self, container: Container) {
        self.containers.push(container);
    }

    /// Ends the innermost container that was opened in this way, and with it those inside.
    pub(super) fn pop(&mut self, html: bool) {
        if html && self.containers.last().is_none_or(|last| !last.html) {
            return;
        }
        while let Some(last) = self.containers.pop() {
            if let Some(marker) = last.first.filter(|_| self.containers.len() < DEEPEST) {
                // An item without content is an item all the same.
                self.containers.push(Container { first: Some(marker), rest: String::new(), html: false });
                self.block("", false);
                self.containers.pop();
            }
            if last.html == html {
                return;
            }
        }
    }

    /// The width that the containers take from each line.
    pub(super) fn width(&self) -> usize {
        self.containers.iter().take(DEEPEST).map(|container| container.rest.len()).sum()
    }

    /// Writes a block, with an empty line after it if `gap` is true.
    pub(super) fn block(&mut self, text: &str, gap: bool) {
        if self.gap && !self.out.is_empty() {
            let prefix: String = self.started().iter().map(|container| container.rest.as_str()).collect();
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        self.gap = gap;
        self.after_item = false;
        let mut lines = text.lines();
        let first = lines.next().unwrap_or("");
        for line in std::iter::once(first).chain(lines) {
            let mut start = String::new();
            for container in self.containers.iter_mut().take(DEEPEST) {
                match container.first.take() {
                    Some(marker) => start.push_str(&marker),
                    None => start.push_str(&container.rest),
                }
            }
            start.push_str(line);
            self.out.push_str(start.trim_end());
            self.out.push('\n');
        }
    }

    /// The containers that have content already: an empty line belongs to these.
    fn started(&self) -> &[Container] {
        let containers = &self.containers[..self.containers.len().min(DEEPEST)];
        let count = containers.iter().take_while(|container| container.first.is_none()).count();
        &containers[..count]
    }
}
