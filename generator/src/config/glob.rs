//! Patterns in which `*` matches any text.

/// Whether the pattern matches the whole text. `*` also matches `/`.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    // The first occurrence of each part leaves the most text for the parts after it.
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The text that the only `*` of a matching pattern matches.
pub(crate) fn star<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    let (before, after) = pattern.split_once('*')?;
    text.strip_prefix(before)?.strip_suffix(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("/pets", "/pets"));
        assert!(!matches("/pets", "/pets/{id}"));
        assert!(matches("/pets*", "/pets"));
        assert!(matches("/pets/*", "/pets/{id}/owner"));
        assert!(!matches("/pets/*", "/pets"));
        assert!(matches("*", ""));
        assert!(matches("*/owner", "/pets/{id}/owner"));
        assert!(matches("/*/{id}/*", "/pets/{id}/owner"));
        assert!(matches("a*ab", "aab"));
        assert!(!matches("ab*ba", "aba"));
        assert!(!matches("", "a"));
    }

    #[test]
    fn what_the_star_stands_for() {
        assert_eq!(star("Legacy*", "LegacyPet"), Some("Pet"));
        assert_eq!(star("*V2", "PetV2"), Some("Pet"));
        assert_eq!(star("Pet", "Pet"), None);
        assert_eq!(star("ab*ba", "aba"), None);
    }
}
