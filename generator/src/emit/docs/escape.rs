//! Inline Markdown: escapes, spans, links, fences.

use super::super::text::is_harmless;
use super::wrap::{HARD_SPACE, LINE_BREAK};

/// Text as it is to be read, with what would mean something to Markdown escaped. In a link no other link may start.
pub(super) fn text(out: &mut String, text: &str, in_link: bool) {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if !in_link && (rest.starts_with("http://") || rest.starts_with("https://")) {
            let url = address(rest);
            if url.len() > "https://".len() {
                out.push('<');
                out.push_str(url);
                out.push('>');
                at += url.len();
                continue;
            }
        }
        let Some(char) = rest.chars().next() else { break };
        let next = rest[char.len_utf8()..].chars().next();
        let before = text[..at].chars().next_back();
        push_char(out, char, before, next, &rest[char.len_utf8()..], in_link);
        at += char.len_utf8();
    }
}

fn push_char(
    out: &mut String,
    char: char,
    before: Option<char>,
    next: Option<char>,
    rest: &str,
    in_link: bool,
) {
    let is_word = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
    let escaped = match char {
        '\\' | '`' | '*' | '[' | '~' => true,
        ']' => in_link,
        '_' => !(is_word(before) && is_word(next)),
        // What comes behind the text may go on with it.
        '<' => next.is_none_or(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?')),
        '&' => rest.is_empty() || is_entity(rest),
        _ => false,
    };
    if escaped {
        out.push('\\');
    }
    match char {
        '\n' | '\t' => out.push(' '),
        // An entity can stand for what `docs::clean` took out.
        char if !is_harmless(char) => out.push_str(&format!("U+{:04X}", char as u32)),
        char => out.push(char),
    }
}

/// Whether what follows an ampersand makes it an entity.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches('#');
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name[length..].starts_with(';')
}

/// The address that the text starts with: up to a space or a bracket, without the sentence's punctuation.
fn address(text: &str) -> &str {
    let end = text.find(|char: char| {
        char.is_whitespace() || matches!(char, '<' | '>' | '"' | '`' | '\\' | '|') || !is_harmless(char)
    });
    let url = &text[..end.unwrap_or(text.len())];
    let count = |char: char| url.matches(char).count();
    let mut extra = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    url.trim_end_matches(|last: char| {
        if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~') {
            return true;
        }
        match extra.iter_mut().find(|(close, _)| *close == last) {
            Some((_, unmatched)) if *unmatched > 0 => {
                *unmatched -= 1;
                true
            }
            _ => false,
        }
    })
}

/// A code span, which no line break enters.
pub(super) fn code_span(code: &str) -> String {
    let words: Vec<&str> = code.split([' ', '\n', LINE_BREAK]).filter(|word| !word.is_empty()).collect();
    let code = words.join(" ");
    if code.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    let span: String = format!("{fence}{pad}{code}{pad}{fence}");
    span.chars()
        .map(|char| if char == ' ' { HARD_SPACE } else { char })
        .filter(|char| allowed(*char))
        .collect()
}

fn allowed(char: char) -> bool {
    char == HARD_SPACE || is_harmless(char)
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|char| char != of).map(str::len).max().unwrap_or(0)
}

/// Content between marks, with the spaces at its ends outside, where the marks need them.
pub(super) fn marked(inner: &str, mark: &str) -> String {
    let content = inner.trim_matches([' ', LINE_BREAK]);
    if content.is_empty() {
        return inner.to_owned();
    }
    let start = inner.len() - inner.trim_start_matches([' ', LINE_BREAK]).len();
    let end = start + content.len();
    format!("{}{mark}{content}{mark}{}", &inner[..start], &inner[end..])
}

/// Whether an address leads anywhere from here, and does nothing but lead there: other schemes run scripts or open
/// programs, and rustdoc takes an address without a scheme for a Rust path.
pub(super) fn leads(to: &str) -> bool {
    let to = to.trim();
    let Some((scheme, rest)) = to.split_once(':') else { return false };
    let is_known = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.starts_with("//"),
        "mailto" => rest.contains('@'),
        _ => false,
    };
    is_known && !to.contains(['<', '>', '\\'])
}

/// A link, when it leads anywhere from here; where it leads is said in any case.
pub(super) fn link(inner: &str, to: &str, in_link: bool) -> String {
    let to = to.trim();
    let inner = inner.trim();
    let to_clean: String = to.chars().filter(|char| is_harmless(*char)).collect();
    if !leads(to) || in_link {
        return match (inner.is_empty(), to_clean.is_empty()) {
            (_, true) => inner.to_owned(),
            (true, false) => code_span(&to_clean),
            (false, false) if inner == to_clean && to.contains(':') => code_span(&to_clean),
            (false, false) => format!("{inner} ({})", code_span(&to_clean)),
        };
    }
    let to = to_clean.replace(' ', "%20");
    let same = inner.is_empty() || inner == to || Some(inner) == to.strip_prefix("mailto:");
    match (same, to.contains(['(', ')'])) {
        (true, _) => format!("<{}>", to.strip_prefix("mailto:").unwrap_or(&to)),
        (false, true) => format!("[{inner}](<{to}>)"),
        (false, false) => format!("[{inner}]({to})"),
    }
}

/// Languages that a fence may name. Everything else is `text`: to rustdoc a fence without a language, or with one of
/// the words that it knows, is a test.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "dockerfile",
    "go",
    "graphql",
    "hcl",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "jsx",
    "kotlin",
    "lua",
    "markdown",
    "md",
    "perl",
    "php",
    "powershell",
    "proto",
    "protobuf",
    "py",
    "python",
    "rb",
    "ruby",
    "scala",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "tsx",
    "typescript",
    "xml",
    "yaml",
    "yml",
    "zsh",
];

/// The language for a fence with this info string.
pub(super) fn language(info: &str) -> String {
    let word = info.split([' ', ',', '{', '\t']).next().unwrap_or("").to_ascii_lowercase();
    if LANGUAGES.contains(&word.as_str()) { word } else { "text".to_owned() }
}

/// A code block.
pub(super) fn fenced(code: &str, language: &str) -> String {
    let fence = "`".repeat((longest_run(code, '`') + 1).max(3));
    let lines: Vec<&str> = code.trim_end_matches('\n').split('\n').collect();
    format!("{fence}{language}\n{}\n{fence}", lines.join("\n"))
}
