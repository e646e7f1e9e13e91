//! Which words a text consists of, and which texts say the same: what names are made of, in whatever language.
//!
//! Words are ASCII: other scripts are transliterated, so that neither lints about characters that look alike nor a file
//! system's normal form can make two names one.

mod operation_name;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

pub use operation_name::operation_name;

/// Names longer than this are cut; collisions that this makes are resolved like any other.
pub(crate) const LONGEST: usize = 120;

/// Whether two texts differ in nothing but case and separators.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b))
}

/// What a text is called when it is the name of a type: texts with the same words have the same name.
pub(crate) fn name_of(text: &str) -> String {
    if is_pascal(text) {
        return text.to_owned();
    }
    let name = pascal(&readable(text));
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        Some(_) => name,
    }
}

/// Whether the text is a name in `PascalCase` as its author wrote it.
pub(crate) fn is_pascal(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|char| char.is_ascii_alphanumeric())
}

/// The text as words between spaces, with every symbol spelled out.
pub(crate) fn spelled_out(raw: &str) -> String {
    ascii(raw).chars().map(symbol_or_self).collect()
}

/// What a media type is called in names: `csv` for `text/csv`, `star` for `application/vnd.github.v3.star+json`.
pub(crate) fn media_word(media_type: &str) -> String {
    let essence = modelsmith_runtime::essence(media_type);
    match essence.as_str() {
        "text/plain" => return "text".to_owned(),
        "application/octet-stream" => return "bytes".to_owned(),
        "" | "*/*" => return "any".to_owned(),
        _ => {}
    }
    let (family, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    if subtype == "*" {
        return family.to_owned();
    }
    let (name, suffix) = subtype.split_once('+').unwrap_or((subtype, ""));
    let last = name.rsplit('.').next().unwrap_or(name);
    let word = last.strip_prefix("x-").unwrap_or(last);
    if suffix.is_empty() || suffix == "json" { word.to_owned() } else { format!("{word} {suffix}") }
}

/// The text as words between spaces: symbols that carry meaning are spelled, the others separate.
pub(crate) fn readable(raw: &str) -> String {
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

/// `PascalCase`, with `_` only where two numbers would run into one (`1.0` is not `10`).
pub(crate) fn pascal(text: &str) -> String {
    let text = plural_acronyms(text);
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ').map(|word| word.to_upper_camel_case()) {
        let digits = |at: Option<char>| at.is_some_and(|char| char.is_ascii_digit());
        if digits(out.chars().next_back()) && digits(word.chars().next()) {
            out.push('_');
        }
        out.push_str(&word);
    }
    out.truncate(LONGEST);
    out
}

/// `snake_case`.
pub(crate) fn snake(text: &str) -> String {
    let mut name = plural_acronyms(text).to_snake_case();
    name.truncate(LONGEST);
    name
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_ask_for_one_name_have_the_same() {
        for same in [&["pet_store", "PetStore", "pet store"][..], &["", "empty"], &["1", "V1", "v1"]] {
            let names: Vec<String> = same.iter().map(|text| name_of(text)).collect();
            assert!(names.windows(2).all(|pair| pair[0] == pair[1]), "{names:?}");
        }
        assert_ne!(name_of("LLM"), name_of("llm"));
        assert_ne!(name_of("1.0"), name_of("10"));
    }
}
