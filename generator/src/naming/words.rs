//! Turns any text into an identifier: which characters are words, which symbols are spelled out, and in which case
//! each kind of name is written. Identifiers are ASCII: other scripts are transliterated, so that neither rustc's
//! confusable lints nor a file system's normal form can make two names one.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// What a name is for, which decides its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// A type: `PascalCase`, the author's capitals kept (`LLM`).
    Type,
    /// A variant: `PascalCase`; capitals are kept where they do not fill the whole name (`MCPTool`, but `Low`).
    Variant,
    /// A field: `snake_case`.
    Field,
    /// A module, and so a file: `snake_case`, never a raw identifier.
    Module,
}

/// Names longer than this are cut; collisions that this makes are resolved like any other.
const LONGEST: usize = 120;

/// The name that the text asks for.
pub(super) fn spell(raw: &str, case: Case) -> String {
    if keeps_capitals(raw, case) || is_snake(raw, case) {
        return guard(raw.to_owned(), case);
    }
    let text = readable(raw);
    guard(cased(&text, case), case)
}

/// The same with every symbol spelled out, for a name whose first choice is taken.
pub(super) fn spell_out(raw: &str, case: Case) -> String {
    let text: String = ascii(raw).chars().map(symbol_or_self).collect();
    guard(cased(&text, case), case)
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

/// Names of types as one. The underscore of `Self_` is for a name that nothing follows: in the middle of a name rustc
/// warns of it.
pub(super) fn joined<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let all: String = names.into_iter().map(|name| name.strip_suffix('_').unwrap_or(name)).collect();
    guard(all, Case::Type)
}

/// Whether the name says the text as it stands (`type` and `r#type`, `self` and `self_`).
pub(super) fn is_exact(raw: &str, name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    bare == raw || bare.strip_suffix('_') == Some(raw)
}

/// The words of a name, in lower case.
pub(super) fn words_of(name: &str) -> Vec<String> {
    name.to_snake_case().split('_').map(str::to_owned).collect()
}

/// Whether the text is a good identifier of this case as its author wrote it.
fn keeps_capitals(raw: &str, case: Case) -> bool {
    let pascal = raw.len() <= LONGEST
        && raw.starts_with(|first: char| first.is_ascii_uppercase())
        && raw.chars().all(|char| char.is_ascii_alphanumeric());
    match case {
        Case::Type => pascal,
        Case::Variant => pascal && raw.contains(|char: char| char.is_ascii_lowercase()),
        Case::Field | Case::Module => false,
    }
}

/// Whether the text is in `snake_case` already: most are, and need not be taken apart.
fn is_snake(raw: &str, case: Case) -> bool {
    let bytes = raw.as_bytes();
    matches!(case, Case::Field | Case::Module)
        && raw.len() <= LONGEST
        && bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.last() != Some(&b'_')
        && bytes.windows(2).all(|pair| pair != b"__")
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_')
}

/// The text as words between spaces: symbols that carry meaning are spelled, the others separate.
fn readable(raw: &str) -> String {
    let text = ascii(raw);
    if !text.contains(|char: char| char.is_ascii_alphanumeric()) {
        let spelled: String = text.chars().map(symbol_or_self).collect();
        return if spelled.trim().is_empty() { nothing(raw) } else { spelled };
    }
    let start = text.find(|char: char| char.is_ascii_alphanumeric()).unwrap_or(0);
    let end = text.rfind(|char: char| char.is_ascii_alphanumeric()).map_or(text.len(), |last| last + 1);
    let mut out: String = text[..start].chars().map(leading).collect();
    out.extend(text[start..end].chars().map(|char| if char.is_ascii_alphanumeric() { char } else { ' ' }));
    out.extend(text[end..].chars().map(trailing));
    out
}

/// What a text without any readable character is called.
fn nothing(raw: &str) -> String {
    if raw.is_empty() {
        return "empty".to_owned();
    }
    let codes = raw.chars().take(4).map(|char| format!("u{:x}", char as u32));
    codes.collect::<Vec<_>>().join(" ")
}

/// The text in ASCII, no longer than anybody reads.
fn ascii(raw: &str) -> String {
    let short = match raw.char_indices().nth(LONGEST) {
        Some((end, _)) => &raw[..end],
        None => raw,
    };
    if short.is_ascii() {
        return short.to_owned();
    }
    deunicode::deunicode_with_tofu(short, "")
}

/// A symbol before the first letter: a sign or a comparison means something, `$` and `@` are decoration.
fn leading(symbol: char) -> &'static str {
    match symbol {
        '+' | '-' | '!' | '<' | '>' | '=' => symbol_name(symbol),
        _ => " ",
    }
}

/// A symbol after the last letter: `A+`, `C#`, `100%`.
fn trailing(symbol: char) -> &'static str {
    match symbol {
        '+' | '-' | '#' | '%' | '*' => symbol_name(symbol),
        _ => " ",
    }
}

/// A letter or digit as it is, a symbol by its name.
fn symbol_or_self(char: char) -> String {
    if char.is_ascii_alphanumeric() { char.to_string() } else { symbol_name(char).to_owned() }
}

fn symbol_name(symbol: char) -> &'static str {
    match symbol {
        '+' => " plus ",
        '-' => " minus ",
        '*' => " star ",
        '/' => " slash ",
        '\\' => " backslash ",
        '=' => " eq ",
        '<' => " lt ",
        '>' => " gt ",
        '!' => " not ",
        '%' => " percent ",
        '&' => " and ",
        '|' => " or ",
        '@' => " at ",
        '#' => " hash ",
        '$' => " dollar ",
        '^' => " caret ",
        '~' => " tilde ",
        '?' => " question ",
        '.' => " dot ",
        ',' => " comma ",
        ':' => " colon ",
        ';' => " semicolon ",
        '_' => " underscore ",
        '\'' => " quote ",
        '"' => " double quote ",
        '`' => " backtick ",
        '(' | ')' => " paren ",
        '[' | ']' => " bracket ",
        '{' | '}' => " brace ",
        ' ' => " space ",
        '\t' => " tab ",
        '\n' | '\r' => " newline ",
        _ => " ",
    }
}

fn cased(text: &str, case: Case) -> String {
    let text = plural_acronyms(text);
    let mut name = match case {
        Case::Type | Case::Variant => pascal(&text),
        Case::Field | Case::Module => text.to_snake_case(),
    };
    name.truncate(LONGEST);
    name
}

/// `PascalCase`, with `_` only where two numbers would run into one (`1.0` is not `10`).
fn pascal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ').map(|word| word.to_upper_camel_case()) {
        let digits = |at: Option<char>| at.is_some_and(|char| char.is_ascii_digit());
        if digits(out.chars().next_back()) && digits(word.chars().next()) {
            out.push('_');
        }
        out.push_str(&word);
    }
    out
}

/// `userIDs` is the words `user`, `ids`.
fn plural_acronyms(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = chars.clone();
    for at in 2..chars.len() {
        let ends = chars.get(at + 1).is_none_or(|next| !next.is_ascii_lowercase());
        if chars[at] == 's'
            && ends
            && chars[at - 1].is_ascii_uppercase()
            && chars[at - 2].is_ascii_uppercase()
        {
            let run = chars[..at].iter().rev().take_while(|char| char.is_ascii_uppercase()).count();
            for lower in &mut out[at - run + 1..at] {
                lower.make_ascii_lowercase();
            }
        }
    }
    out.into_iter().collect()
}

/// Makes an identifier of what has the right case already.
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
