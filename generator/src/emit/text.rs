//! Writes small pieces of text: literals, lists, lines.

/// A string literal.
pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// The longest line.
pub(super) const WIDTH: usize = 100;

/// Items after a common keyword: `required a, b`.
pub(super) struct Group<'a> {
    pub(super) head: &'a str,
    pub(super) items: Vec<&'a str>,
}

/// Groups in braces, each followed by `end` unless it is `..name`: all on one line if they fit, otherwise as many per
/// line as fit.
pub(super) fn braced(open: &str, groups: &[Group<'_>], end: &str, close: &str) -> String {
    let texts: Vec<String> = groups.iter().map(|group| group_text(group, end)).collect();
    let inner = texts.join(" ");
    // The last comma is only for lists with one item per line.
    let inner = inner.strip_suffix(',').unwrap_or(&inner);
    let one_line =
        if inner.is_empty() { format!("{open}{close}") } else { format!("{open} {inner} {close}") };
    if one_line.chars().count() <= WIDTH && !one_line.contains('\n') {
        return one_line + "\n";
    }
    let mut out = format!("{open}\n");
    let mut column = 0;
    for (group, text) in groups.iter().zip(&texts) {
        let width = text.chars().count();
        if column > 0 && column + 1 + width <= WIDTH && !text.contains('\n') {
            out.push(' ');
            out.push_str(text);
            column += 1 + width;
            continue;
        }
        if column > 0 {
            out.push('\n');
        }
        let broken = broken(group, end);
        column = 4 + broken.rsplit('\n').next().map_or(0, |line| line.chars().count());
        out.push_str("    ");
        out.push_str(&broken);
    }
    out + "\n" + close + "\n"
}

fn group_text(group: &Group<'_>, end: &str) -> String {
    let space = if group.head.is_empty() { "" } else { " " };
    let end = if group.items.iter().any(|item| item.starts_with("..")) { "" } else { end };
    format!("{}{space}{}{end}", group.head, group.items.join(", "))
}

/// A group on several lines, with the further ones indented by one more step.
fn broken(group: &Group<'_>, end: &str) -> String {
    let text = group_text(group, end);
    if 4 + text.chars().count() <= WIDTH || text.contains('\n') {
        return text;
    }
    let mut out = String::from(group.head);
    let mut column = 4 + out.len();
    for (index, item) in group.items.iter().enumerate() {
        let end = if index + 1 == group.items.len() { end } else { "," };
        let width = item.chars().count() + end.len();
        if column > 8 && column + 1 + width > WIDTH {
            out.push_str("\n        ");
            column = 8;
        } else if !out.is_empty() {
            out.push(' ');
            column += 1;
        }
        out.push_str(item);
        out.push_str(end);
        column += width;
    }
    out
}

/// A line, broken between words if it is too long; further lines are indented by `depth` steps.
pub(super) fn wrapped(line: &str, depth: usize) -> String {
    if line.len() <= WIDTH {
        return line.to_owned();
    }
    let indent = "    ".repeat(depth);
    let (mut out, mut column) = (String::new(), 0);
    for (index, word) in line.split(' ').enumerate() {
        // An opening brace stays on the line of the word before it.
        if index > 0 && word != "{" && column + 3 + word.len() > WIDTH {
            out.push('\n');
            out.push_str(&indent);
            column = indent.len();
        } else if index > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out
}

/// The text on one line, without characters that could end the line or change its direction.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|char| if is_harmless(char) { char } else { '\u{fffd}' }).collect()
}

/// Whether a character has no hidden effect: it is not a control character, and does not change the direction of text
/// (rustc refuses those in comments).
pub(super) fn is_harmless(char: char) -> bool {
    let bidirectional = matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let separator = matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}');
    !char.is_control() && !bidirectional && !separator
}

/// A code span with this text.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
