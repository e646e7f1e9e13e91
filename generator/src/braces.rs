//! Names in braces in paths and URLs (OpenAPI 3.1.1 §4.8.2, "Path Templating", and §4.8.5, "Server Object").

/// The first name in braces: what stands before it, the name, and what stands behind it. Braces that do not close are text.
pub(crate) fn first_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn braces_that_close_have_a_name() {
        assert_eq!(first_name("/a/{b}/{c}"), Some(("/a/", "b", "/{c}")));
        assert_eq!(first_name("{}"), Some(("", "", "")));
        for text in ["", "/a", "/a/{b", "/a}"] {
            assert_eq!(first_name(text), None, "{text}");
        }
    }
}
