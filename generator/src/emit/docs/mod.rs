//! Descriptions as rustdoc: what the document says, in Markdown that neither rustdoc nor clippy complains about.
//!
//! What is not plain prose is read with the parser that rustdoc itself uses and written anew in one canonical form:
//! code of whatever kind becomes a fence marked `text` (never a doctest), HTML becomes Markdown or code, brackets that
//! are not links are escaped, bare addresses are linked. Nothing is left out.

mod escape;
mod html;
mod layout;
mod lines;
mod markdown;
mod wrap;

use super::text::is_harmless;
use crate::ir::Docs;

/// Documentation, in lines without the `///`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(String);

impl Text {
    /// The lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

/// Documentation that is ours: one paragraph of Markdown.
pub(super) fn note(text: &str) -> Text {
    Text(wrap::wrapped(text, 0))
}

/// The document's documentation, then our notes. That something is deprecated is said by its attribute.
pub(super) fn render(docs: &Docs, notes: &[String]) -> Text {
    let mut out = String::new();
    let mut paragraph = |text: &str| {
        let text = text.trim_matches('\n');
        if !text.is_empty() {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(text);
        }
    };
    if let Some(title) = docs.title.as_ref().filter(|title| docs.description.as_ref() != Some(*title)) {
        paragraph(&markdown::plain(&clean(title)));
    }
    let mut notes = notes;
    if let Some(description) = &docs.description {
        let text = markdown::render(&clean(description));
        if !notes.is_empty() && is_one_paragraph(&text) {
            // What is short goes on in the same line.
            paragraph(&wrap::wrapped(&sentences(&text, notes), 0));
            notes = &[];
        } else {
            paragraph(&text);
        }
    }
    if !notes.is_empty() {
        paragraph(&wrap::wrapped(&notes.join(" "), 0));
    }
    Text(out)
}

/// Whether the Markdown is one paragraph of prose: no list, quote, heading, table, code block or broken line.
fn is_one_paragraph(text: &str) -> bool {
    let starts_prose = |line: &str| line.starts_with(|first: char| first.is_alphanumeric() || first == '`');
    let is_numbered =
        text.split_once(['.', ')']).is_some_and(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    starts_prose(text)
        && !text.starts_with("```")
        && !is_numbered
        && !text.contains("\n\n")
        && !text.contains("\\\n")
        && text.lines().all(|line| !line.starts_with([' ', '|', '>', '#', '-', '*', '+']))
}

/// The paragraph and the notes as sentences one after the other.
fn sentences(text: &str, notes: &[String]) -> String {
    let text = text.trim_end();
    let end = if text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{}{end} {}", text.replace('\n', " "), notes.join(" "))
}

/// Without what does other than it looks like: control characters, and marks that turn the direction of text around.
/// Those that mean something are named.
fn clean(text: &str) -> String {
    if text.bytes().all(|byte| byte == b'\n' || (0x20..0x7f).contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\n' => out.push('\n'),
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\t' => out.push_str("    "),
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{feff}' => {}
            char if is_harmless(char) => out.push(char),
            char => out.push_str(&format!("U+{:04X}", char as u32)),
        }
    }
    out
}

#[cfg(test)]
mod tests;
