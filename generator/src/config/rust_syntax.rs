//! Checks that texts of the settings are valid Rust. Otherwise the error would appear only when the emitted code is
//! compiled.

use syn::parse::Parser as _;

/// Checks a type, which has to mean the same in every file of the output.
pub(super) fn check_type(text: &str) -> Result<(), String> {
    let parsed = syn::parse_str::<syn::Type>(text);
    let found = parsed.map_err(|error| format!("`{text}` is not a Rust type: {error}"))?;
    check_in_place(text, &format!("struct X {{ x: {text}, }}"))?;
    if is_relative(text) {
        return Err(format!(
            "`{text}` has a different meaning in each file: write a path that starts with `crate::` or with the name of a crate"
        ));
    }
    match found {
        syn::Type::Path(_) | syn::Type::Tuple(_) | syn::Type::Array(_) => Ok(()),
        _ => Err(format!("`{text}` is not a type that values can be read as")),
    }
}

fn is_relative(text: &str) -> bool {
    let words = text.split(|char: char| !(char.is_alphanumeric() || char == '_'));
    words.into_iter().any(|word| matches!(word, "self" | "super" | "Self"))
}

/// Checks a map type without type arguments.
pub(super) fn check_path(text: &str) -> Result<(), String> {
    let parsed = syn::Path::parse_mod_style.parse_str(text);
    parsed.map_err(|error| format!("`{text}` is not a path: {error}"))?;
    check_in_place(text, &format!("struct X {{ x: {text}<u8, u8>, }}"))?;
    if is_relative(text) {
        return Err(format!(
            "`{text}` has a different meaning in each file: write a path that starts with `crate::` or with the name of a crate"
        ));
    }
    Ok(())
}

/// Checks the text where it is emitted, on one line: a comment in it would hide the rest of the line.
fn check_in_place(text: &str, line: &str) -> Result<(), String> {
    let is_one_item = syn::parse_str::<syn::ItemStruct>(line).is_ok() && !text.contains(['\n', '\r']);
    if is_one_item { Ok(()) } else { Err(format!("`{text}` does not fit on one line of Rust")) }
}

/// Checks a trait to derive.
pub(super) fn check_derive(text: &str) -> Result<(), String> {
    let path = syn::Path::parse_mod_style.parse_str(text);
    let path = path.map_err(|error| format!("`{text}` is not a trait: {error}"))?;
    check_in_place(text, &format!("#[derive({text})] struct X;"))?;
    let last = path.segments.last().map(|segment| segment.ident.to_string());
    match last.as_deref() {
        Some("Serialize" | "Deserialize") => {
            Err(format!("`{text}` is already implemented for every type and cannot be derived"))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether an attribute is `deprecated`, with or without a reason.
pub(crate) fn is_deprecation(attribute: &str) -> bool {
    let rest = attribute.trim_start().strip_prefix("deprecated");
    rest.is_some_and(|rest| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_'))
}

/// Checks the text between `#[` and `]`.
pub(super) fn check_attribute(text: &str) -> Result<(), String> {
    let parsed = syn::parse_str::<syn::Meta>(text);
    parsed.map_err(|error| {
        format!("`{text}` is not an attribute: {error}; write the text between `#[` and `]`")
    })?;
    check_in_place(text, &format!("#[{text}] struct X;"))
}

/// Checks a name. `*` is replaced by what a pattern matched.
pub(super) fn check_name(text: &str) -> Result<(), String> {
    if text.contains('*') {
        let rest = text.replacen('*', "", 1);
        let is_plain = rest.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
        return if is_plain { Ok(()) } else { Err(format!("`{text}` is not a name with one `*` in it")) };
    }
    let is_ascii = text.is_ascii();
    match syn::parse_str::<syn::Ident>(text) {
        Ok(_) if is_ascii && text != "_" => Ok(()),
        Ok(_) | Err(_) => Err(format!("`{text}` is not a Rust name, or is a reserved word")),
    }
}

/// Checks the name of a module, which is also a file name.
pub(super) fn check_module_name(text: &str) -> Result<(), String> {
    let is_snake = text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('_')
        && !text.contains("__")
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    match syn::parse_str::<syn::Ident>(text) {
        Ok(_) if is_snake && text != "mod" => Ok(()),
        Ok(_) | Err(_) => Err(format!("`{text}` is not a module name in `snake_case`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_paths_that_mean_the_same_everywhere() {
        for right in ["money::Money", "jiff::Timestamp", "Vec<u8>", "::time::Date", "(i64, String)", "String"]
        {
            assert_eq!(check_type(right), Ok(()), "{right}");
        }
        for wrong in [
            "super::Money",
            "&str",
            "money::Money;",
            "",
            "impl Clone",
            "Vec<self::A>",
            "fn()",
            "u8 // x",
            "u8,\n y: u8",
        ] {
            assert!(check_type(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_identifiers() {
        for right in ["Pet", "pet_name", "*", "New*", "r#type"] {
            assert_eq!(check_name(right), Ok(()), "{right}");
        }
        for wrong in ["", "type", "a-b", "1st", "_", "**", "*-x", "Ünit"] {
            assert!(check_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn modules_are_in_snake_case() {
        for right in ["pets", "list_pets_2"] {
            assert_eq!(check_module_name(right), Ok(()), "{right}");
        }
        for wrong in
            ["", "listPets", "type", "_pets", "pets_", "list__pets", "r#type", "../pets", "mod", "a*"]
        {
            assert!(check_module_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn attributes_have_no_brackets() {
        assert_eq!(check_attribute("cfg_attr(test, derive(arbitrary::Arbitrary))"), Ok(()));
        assert_eq!(check_attribute("doc = \"x\""), Ok(()));
        for wrong in ["#[non_exhaustive]", "a b", "", "a)] struct X; #[b(", "doc // x", "doc =\n\"x\""] {
            assert!(check_attribute(wrong).is_err(), "{wrong}");
        }
    }
}
