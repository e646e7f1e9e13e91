//! Tokens to text.
//!
//! Declarations are written line by line (see `file`), which is several times faster than to quote, parse and print
//! them; what has an inner structure of its own, expressions and functions, is quoted and printed by prettyplease, each
//! item by itself.

use proc_macro2::TokenStream;
use quote::quote;

/// An expression, as it stands `depth` steps in.
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

/// Items, as they stand at the start of a line.
pub(super) fn items(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => {
            debug_assert!(false, "{error}: {tokens}");
            tokens.to_string()
        }
    }
}

/// A single literal or word, on which there is nothing to lay out.
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
