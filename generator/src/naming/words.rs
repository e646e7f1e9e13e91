//! Turns any text into an identifier: with the case of each kind of name, and within the rules of Rust.
//! [`crate::words`] splits texts into words.

use heck::ToSnakeCase as _;

use crate::words::{LONGEST, is_pascal, pascal, readable, snake, spelled_out};

/// The purpose of a name, which decides its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// A type: `PascalCase`; the capitals of the author are kept (`LLM`).
    Type,
    /// A variant: `PascalCase`; capitals are kept unless the whole name is in capitals (`MCPTool`, but `Low`).
    Variant,
    /// A field: `snake_case`.
    Field,
    /// A module, and therefore a file: `snake_case`, never a raw identifier.
    Module,
}

/// Makes a name from the text.
pub(super) fn spell(raw: &str, case: Case) -> String {
    if keeps_capitals(raw, case) || is_snake(raw, case) {
        return guard(raw.to_owned(), case);
    }
    guard(cased(&readable(raw), case), case)
}

/// The same with every symbol spelled out, for a text whose first name is taken.
pub(super) fn spell_out(raw: &str, case: Case) -> String {
    guard(cased(&spelled_out(raw), case), case)
}

/// The name with a number, the last resort.
pub(super) fn numbered(name: &str, number: usize, case: Case) -> String {
    let bare = name.trim_end_matches('_').trim_start_matches("r#");
    match case {
        Case::Field | Case::Module => format!("{bare}_{number}"),
        Case::Type | Case::Variant if bare.ends_with(|last: char| last.is_ascii_digit()) => {
            format!("{bare}_{number}")
        }
        Case::Type | Case::Variant => format!("{bare}{number}"),
    }
}

/// Joins type names. The underscore of `Self_` is dropped in the middle of a name, where rustc would warn about it.
pub(super) fn joined<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let all: String = names.into_iter().map(|name| name.strip_suffix('_').unwrap_or(name)).collect();
    guard(all, Case::Type)
}

/// Whether the name is the text, apart from escaping (`type` and `r#type`, `self` and `self_`).
pub(super) fn is_exact(raw: &str, name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    bare == raw || bare.strip_suffix('_') == Some(raw)
}

/// The words of a name, in lower case.
pub(super) fn words_of(name: &str) -> Vec<String> {
    name.to_snake_case().split('_').map(str::to_owned).collect()
}

/// Whether the text is already an identifier of this case.
fn keeps_capitals(raw: &str, case: Case) -> bool {
    match case {
        Case::Type => is_pascal(raw),
        Case::Variant => is_pascal(raw) && raw.contains(|char: char| char.is_ascii_lowercase()),
        Case::Field | Case::Module => false,
    }
}

/// Whether the text is already in `snake_case`. Most texts are, and need not be split into words.
fn is_snake(raw: &str, case: Case) -> bool {
    let bytes = raw.as_bytes();
    matches!(case, Case::Field | Case::Module)
        && raw.len() <= LONGEST
        && bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.last() != Some(&b'_')
        && bytes.windows(2).all(|pair| pair != b"__")
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_')
}

fn cased(text: &str, case: Case) -> String {
    match case {
        Case::Type | Case::Variant => pascal(text),
        Case::Field | Case::Module => snake(text),
    }
}

/// Makes an identifier from a text that already has the right case.
fn guard(name: String, case: Case) -> String {
    let name = match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    };
    match case {
        Case::Type | Case::Variant => {
            let mut name = name;
            if name.starts_with('n') && name[1..].starts_with(|digit: char| digit.is_ascii_digit()) {
                name.replace_range(..1, "V");
            } else if name == "empty" {
                name = "Empty".to_owned();
            }
            if name == "Self" { "Self_".to_owned() } else { name }
        }
        Case::Field if matches!(name.as_str(), "self" | "super" | "crate") => format!("{name}_"),
        Case::Field if is_keyword(&name) => format!("r#{name}"),
        Case::Module if is_keyword(&name) => format!("{name}_"),
        Case::Field | Case::Module => name,
    }
}

/// The keywords of every edition, in lower case (the Reference, "Keywords").
fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}
