//! Formats tokens as text.
//!
//! Declarations are written line by line (see `file`), which is several times faster than quoting, parsing and printing
//! them. Expressions and functions are quoted, and printed by prettyplease, one item at a time.

use proc_macro2::TokenStream;
use quote::quote;

/// An expression at an indentation of `depth` steps.
pub(super) fn expression(tokens: TokenStream, depth: usize) -> String {
    let text = tokens.to_string();
    if is_plain(&text) {
        return text.replace(' ', "");
    }
    // `const _: () = …;` is printed for the expression in it.
    let Ok(item) = syn::parse2(quote!(const X: T = #tokens;)) else { return text };
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    let printed = prettyplease::unparse(&file);
    let expression = printed.trim_end().strip_prefix("const X: T =").and_then(|rest| rest.strip_suffix(';'));
    match expression {
        Some(expression) => indented(expression.trim(), depth),
        None => text,
    }
}

/// Items without indentation.
pub(super) fn items(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => {
            debug_assert!(false, "{error}: {tokens}");
            tokens.to_string()
        }
    }
}

/// Whether the text is a single literal or word, which needs no layout.
fn is_plain(text: &str) -> bool {
    let simple = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_');
    text.strip_prefix('-').unwrap_or(text).trim_start().chars().all(simple)
}

fn indented(text: &str, depth: usize) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    text.replace('\n', &format!("\n{}", "    ".repeat(depth)))
}
