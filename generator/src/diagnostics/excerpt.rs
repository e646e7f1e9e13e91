//! The line of text that a diagnostic points at, fit to be shown.

use std::borrow::Cow;
use std::ops::Range;

/// A line of text, or what is shown of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// What is shown.
    pub text: String,
    /// What the caret marks in it.
    pub span: Range<usize>,
    /// Whether something before the caret was left out, so that columns cannot be counted in it.
    pub is_cut: bool,
}

/// How many bytes are shown before and from the caret on of a line that is too long to be shown whole.
const BEFORE: usize = 60;
const FROM: usize = 70;

/// How many bytes are marked at most.
const MARKED: usize = 60;

impl Excerpt {
    /// What is shown for `offset`; `whole` marks the token there and not only its first character.
    pub(super) fn new(text: &str, offset: usize, whole: bool) -> Self {
        let offset = floor(text, offset);
        let (before, after) = text.split_at(offset);
        let before = before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
        let after = after.get(..after.find('\n').unwrap_or(after.len())).unwrap_or_default();
        let after = after.strip_suffix('\r').unwrap_or(after);
        let marked = if whole { token(after) } else { after.chars().next().map_or(0, char::len_utf8) };

        let (mut shown, mut is_cut) = (String::new(), false);
        let mut end = "";
        let (mut before, mut after) = (before, after);
        if before.len() + after.len() > BEFORE + FROM {
            if before.len() > BEFORE {
                before = before.split_at(floor(before, before.len() - BEFORE)).1;
                shown.push('…');
                is_cut = true;
            }
            if after.len() > FROM {
                after = after.split_at(floor(after, FROM)).0;
                end = "…";
            }
        }
        shown.push_str(&harmless(before));
        let start = shown.len();
        let (marked, rest) = after.split_at(floor(after, marked.min(MARKED)));
        shown.push_str(&harmless(marked));
        let span = start..shown.len();
        shown.push_str(&harmless(rest));
        shown.push_str(end);
        Self { text: shown, span, is_cut }
    }
}

/// The nearest character boundary at or before `offset`. (That of `str` is newer than the oldest supported Rust.)
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The length of the string, plain word or bracket at the start of `text`.
fn token(text: &str) -> usize {
    let mut characters = text.char_indices();
    match characters.next() {
        None => 0,
        Some((_, quote @ ('"' | '\''))) => {
            let mut escaped = false;
            let end = characters.find(|&(_, c)| {
                let is_end = c == quote && !escaped;
                escaped = c == '\\' && !escaped;
                is_end
            });
            end.map_or(text.trim_end().len(), |(at, _)| at + 1)
        }
        Some((_, bracket @ ('{' | '[' | '|' | '>' | '*' | '&' | '-'))) => bracket.len_utf8(),
        Some((_, first)) => {
            let end = text.find([':', ',', '}', ']', '#', '\t']).unwrap_or(text.len());
            text.get(..end).unwrap_or_default().trim_end().len().max(first.len_utf8())
        }
    }
}

/// A line without what would change how a terminal shows it, each character replaced by one.
fn harmless(line: &str) -> Cow<'_, str> {
    let is_fine = |c: char| c == '\t' || !is_invisible(c);
    if line.chars().all(is_fine) {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.chars().map(|c| if is_fine(c) { c } else { '\u{fffd}' }).collect())
}

/// Text without control characters and the like: they are written as escapes.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) { visible.extend(c.escape_default()) } else { visible.push(c) }
    }
    Cow::Owned(visible)
}

/// Control characters, and characters that change the direction of text or are not seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
