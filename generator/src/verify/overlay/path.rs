//! JSONPaths (RFC 9535) of places in a document.

use crate::diagnostics::Pointer;
use crate::load::Tree;

/// The JSONPath of a place in the document.
pub(super) fn of(root: &Tree, pointer: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut at = Some(root);
    for token in pointer.tokens() {
        let is_array = at.is_some_and(|tree| tree.as_array().is_some());
        path.push_str(&if is_array { format!("[{token}]") } else { member(&token) });
        at = match at {
            Some(Tree::Object(members)) => members.get(&token),
            Some(Tree::Array(items)) => token.parse().ok().and_then(|index: usize| items.get(index)),
            Some(Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_)) | None => None,
        };
    }
    path
}

/// The segment that selects a member.
pub(super) fn member(name: &str) -> String {
    let is_start = |char: char| char.is_ascii_alphabetic() || char == '_';
    let is_plain =
        name.starts_with(is_start) && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
    if is_plain { format!(".{name}") } else { format!("[{}]", quoted(name)) }
}

/// The segment that selects several members.
pub(super) fn members(names: &[&str]) -> String {
    match names {
        [one] => member(one),
        several => {
            let quoted: Vec<String> = several.iter().map(|name| quoted(name)).collect();
            format!("[{}]", quoted.join(", "))
        }
    }
}

/// The segment that selects the elements of an array that are equal to a text.
pub(super) fn element(text: &str, index: usize) -> String {
    let is_plain = |char: char| char.is_ascii_graphic() && !matches!(char, '\'' | '"' | '\\') || char == ' ';
    // A text that a filter would have to escape is selected by its index.
    if text.chars().all(is_plain) { format!("[?@ == '{text}']") } else { format!("[{index}]") }
}

fn quoted(name: &str) -> String {
    let mut out = "'".to_owned();
    for char in name.chars() {
        match char {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('\'');
    out
}
