//! Lines whose breaks the author meant and Markdown would not show.
//!
//! Descriptions are often comments of the server's source code, written for people who read them as they stand. Markdown
//! takes `>>>` for three quotes in each other, and joins what is indented below `Args:` with that line.

use std::borrow::Cow;

/// How far a line is indented below the one before to be told from it.
const STEP: usize = 2;
/// From here on Markdown takes a line below a paragraph for a part of it, whatever it starts with.
const CODE: usize = 4;

/// The names of fields in comments of Python (Sphinx), Java, JavaScript and PHP.
const FIELDS: [&str; 14] = [
    "arg", "author", "example", "keyword", "param", "raises", "return", "returns", "rtype", "see", "since",
    "throws", "type", "version",
];

/// The text as Markdown in which such lines stay lines: samples as fenced code, indented lists as lists, fields and
/// bullets of other kinds on lines of their own.
pub(super) fn kept(text: &str) -> Cow<'_, str> {
    // In `<pre>` everything is as it stands already.
    if !text.contains('\n') || text.contains("<pre") {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut state = State::default();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if state.fence.is_none()
            && let Some(end) = state.block(&lines, at)
        {
            push_block(&mut out, &lines[at..end]);
            state.before = "";
            at = end;
            continue;
        }
        if !out.is_empty() {
            let breaks = state.fence.is_none()
                && !state.before.is_empty()
                && is_field(line)
                && !state.before.ends_with('\\');
            if breaks {
                // Markdown's own line break.
                out.push_str("  ");
            }
            out.push('\n');
        }
        out.push_str(line);
        state.pass(line);
        at += 1;
    }
    Cow::Owned(out)
}

/// What the lines so far say of the next one.
#[derive(Default)]
struct State<'a> {
    /// The line before, unless it is empty or a block ends there.
    before: &'a str,
    /// Whether the line before belongs to an item of a list, where indentation is Markdown's.
    in_list: bool,
    /// What ends the fenced code that is open.
    fence: Option<&'a str>,
}

impl<'a> State<'a> {
    /// Where the block ends that starts with this line, if one does.
    fn block(&self, lines: &[&str], start: usize) -> Option<usize> {
        let line = lines[start];
        let is_prompt = line.trim_start().starts_with(">>> ") && indentation(line) < CODE;
        let is_sample = !self.in_list
            && self.before.trim_end().ends_with(':')
            // What is indented as far is code already, in which more indentation is nothing new.
            && indentation(self.before) < CODE
            && indentation(line) >= indentation(self.before) + STEP
            // Markdown sees a list with less indentation for what it is.
            && (indentation(line) >= CODE || !is_item(line));
        if is_prompt {
            let end = lines[start..].iter().position(|line| line.trim().is_empty());
            return Some(end.map_or(lines.len(), |count| start + count));
        }
        if !is_sample || line.trim().is_empty() {
            return None;
        }
        let least = indentation(line);
        let inside = |line: &&str| line.trim().is_empty() || indentation(line) >= least;
        let length = lines[start..].iter().take_while(|line| inside(line)).count();
        let block = &lines[start..start + length];
        let blank = block.iter().rev().take_while(|line| line.trim().is_empty()).count();
        Some(start + length - blank)
    }

    fn pass(&mut self, line: &'a str) {
        let text = line.trim();
        match self.fence {
            Some(fence) if text.starts_with(fence) && text.trim_start_matches(&fence[..1]).is_empty() => {
                self.fence = None;
            }
            Some(_) => {}
            None => self.fence = fence(text),
        }
        if is_item(line) {
            self.in_list = true;
        } else if self.before.is_empty() && indentation(line) == 0 && !text.is_empty() {
            self.in_list = false;
        }
        self.before = if text.is_empty() { "" } else { line };
    }
}

/// Writes a block: a list without its indentation, anything else as code.
fn push_block(out: &mut String, block: &[&str]) {
    let least = block.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(line)).min();
    let least = least.unwrap_or(0);
    let inner = block.iter().map(|line| line.get(least..).unwrap_or_default().trim_end());
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    if block.first().is_some_and(|line| is_item(line)) {
        out.push_str(&inner.collect::<Vec<_>>().join("\n"));
        return;
    }
    let longest = block.iter().map(|line| longest_run(line)).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let is_python = block.first().is_some_and(|line| line.trim_start().starts_with(">>>"));
    out.push_str(&fence);
    out.push_str(if is_python { "python" } else { "text" });
    for line in inner {
        out.push('\n');
        out.push_str(line);
    }
    out.push('\n');
    out.push_str(&fence);
    // What comes next is a paragraph of its own.
    out.push('\n');
}

/// How many spaces the line starts with. `docs::clean` leaves no tabs.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn longest_run(line: &str) -> usize {
    line.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}

/// Whether the line starts an item of a list.
fn is_item(line: &str) -> bool {
    let text = line.trim_start();
    if text.starts_with("- ") || text.starts_with("* ") || text.starts_with("+ ") {
        return true;
    }
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    rest.len() < text.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Whether the line starts a field (`:param name:`, `@param name`) or an item with a bullet that Markdown does not know.
fn is_field(line: &str) -> bool {
    let text = line.trim_start();
    if text.starts_with(['•', '◦', '▪', '‣', '●']) {
        return true;
    }
    let named = |field: &str| {
        let name = field.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or_default();
        FIELDS.contains(&name)
    };
    match (text.strip_prefix(':'), text.strip_prefix('@')) {
        (Some(field), _) => named(field) && field.contains(':'),
        (None, Some(field)) => named(field),
        (None, None) => false,
    }
}

/// What ends the fenced code that this line starts, if it starts one.
fn fence(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|char| matches!(char, '`' | '~'))?;
    let length = text.chars().take_while(|char| *char == first).count();
    (length >= 3 && !(first == '`' && text[length..].contains('`'))).then(|| &text[..length])
}
