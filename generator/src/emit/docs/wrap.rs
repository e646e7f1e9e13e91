//! Breaks paragraphs into lines.

/// Where lines end, not counting the `///`.
const WIDTH: usize = 106;

/// Stands for a space at which no line may end. `docs::clean` leaves none in the text.
pub(super) const HARD_SPACE: char = '\u{1}';
/// Stands for a line break of the author's.
pub(super) const LINE_BREAK: char = '\u{2}';

/// A paragraph in lines, each so that it starts nothing else than a line of a paragraph. `used` is the width that is
/// taken by indentation.
pub(super) fn wrapped(text: &str, used: usize) -> String {
    let width = WIDTH.saturating_sub(used).max(40);
    let mut out = String::with_capacity(text.len() + text.len() / 50);
    for (index, part) in text.split(LINE_BREAK).enumerate() {
        if index > 0 {
            while out.ends_with(' ') {
                out.pop();
            }
            // A backslash and not two spaces, which editors and rustfmt take away.
            out.push_str("\\\n");
        }
        let mut column = 0;
        for word in part.split([' ', '\n']).filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                out.push('\n');
                column = 0;
            }
            if column == 0 {
                column = push_first(&mut out, word);
            } else {
                out.push(' ');
                out.push_str(word);
                column += 1;
            }
            column += length;
        }
    }
    if out.contains(HARD_SPACE) { out.replace(HARD_SPACE, " ") } else { out }
}

/// Writes the first word of a line, escaped if it would start a heading, a list, a quote, a rule or a table there.
/// Says how much longer that made it.
fn push_first(out: &mut String, word: &str) -> usize {
    let bytes = word.as_bytes();
    let only = |set: &[u8]| bytes.iter().all(|byte| set.contains(byte));
    let marker = match bytes[0] {
        b'>' | b'|' => true,
        b'#' => only(b"#"),
        b'=' => only(b"="),
        b'-' | b'+' | b':' => only(b"-+:|="),
        _ => false,
    };
    if marker {
        out.push('\\');
        out.push_str(word);
        return 1;
    }
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && matches!(&bytes[digits..], [b'.' | b')']) {
        out.push_str(&word[..digits]);
        out.push('\\');
        out.push_str(&word[digits..]);
        return 1;
    }
    out.push_str(word);
    0
}

/// A text that must stay on one line.
pub(super) fn one_line(text: &str) -> String {
    let spaced = text.replace([LINE_BREAK, HARD_SPACE], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ")
}
