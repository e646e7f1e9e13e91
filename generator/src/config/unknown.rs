//! Unknown names of keys and values, and the names that are valid in their place.

use super::keys::KEYS;

/// An unknown name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unknown {
    /// The name as written.
    pub name: String,
    /// The valid names.
    pub known: Vec<&'static str>,
}

impl Unknown {
    /// The unknown name at a place of the text that could not be read. `None` if the place is neither a key nor a
    /// string, or the name is valid.
    pub(super) fn at(text: &str, place: std::ops::Range<usize>) -> Option<Self> {
        let quotes: &[char] = &['"', '\''];
        let written = text.get(place.clone())?;
        let name = written.trim_matches(quotes);
        let before = text.get(..place.start)?;
        let is_text = written.starts_with(quotes) || before.ends_with(quotes);
        let before = before.trim_end_matches(quotes);
        let known = match before.trim_end().strip_suffix('=') {
            Some(key) if is_text => values_of(last_word(key)),
            Some(_) => return None,
            None => keys_of(&table(before)),
        };
        let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
        (is_name && !known.contains(&name)).then(|| Self { name: name.to_owned(), known })
    }
}

/// The string values that a key accepts.
fn values_of(key: &str) -> Vec<&'static str> {
    let takes = KEYS.iter().filter(|known| known.name() == key).map(|known| known.takes);
    let mut values: Vec<&str> = Vec::new();
    for value in takes.flat_map(|takes| takes.split('"').skip(1).step_by(2)) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// The last key of a dotted key or of an inline table.
fn last_word(text: &str) -> &str {
    let is_part = |char: char| char.is_alphanumeric() || char == '-' || char == '_';
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    text.rsplit(|char: char| !is_part(char)).next().unwrap_or(text)
}

/// The keys in the header of the table in which a text ends; none outside of tables.
fn table(text: &str) -> Vec<&str> {
    let header = text.lines().rfind(|line| line.trim_start().starts_with('['));
    let Some(header) = header else { return Vec::new() };
    let mut quote = None;
    let parts = header.trim().trim_matches(['[', ']']).split(|char: char| {
        match quote {
            Some(open) if char == open => quote = None,
            None if char == '"' || char == '\'' => quote = Some(char),
            Some(_) | None => {}
        }
        char == '.' && quote.is_none()
    });
    parts.collect()
}

/// The keys of a table; without a table, the keys and tables of the top level.
fn keys_of(table: &[&str]) -> Vec<&'static str> {
    let mut found: Vec<&str> = Vec::new();
    for path in KEYS.iter().map(|key| key.path) {
        let parts: Vec<&'static str> = path.split('.').collect();
        // After `schema` and `<schema>` comes a key, or else `property`, `value` or `variant`.
        let names = match (table, parts.as_slice()) {
            ([], [first, ..]) => [Some(*first), None],
            ([first, _], [own, _, key]) if first == own => [Some(*key), None],
            ([first, _], [own, _, inner, _, key]) if first == own => [Some(*inner), Some(*key)],
            ([first, _, kind, ..], [own, _, inner, _, key]) if first == own && kind == inner => {
                [Some(*key), None]
            }
            _ => [None, None],
        };
        for name in names.into_iter().flatten() {
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, name: &str) -> Option<Vec<&'static str>> {
        let start = text.find(name).expect("the name stands in the text");
        Unknown::at(text, start..start + name.len()).map(|found| found.known)
    }

    #[test]
    fn the_names_are_those_of_the_place() {
        assert_eq!(at("unions = \"opne\"", "\"opne\""), Some(vec!["open", "closed"]));
        assert_eq!(at("[schema.Pet]\nenums = \"clsoed\"", "clsoed"), Some(vec!["open", "closed"]));
        let top = at("tests = true\nunoins = 1", "unoins").expect("there is no such key");
        assert!(top.contains(&"unions") && top.contains(&"schema") && !top.contains(&"rename"), "{top:?}");
        let inner = at("[schema.Pet.property]\nkind = { renmae = \"x\" }", "renmae");
        assert!(inner.is_some_and(|known| known.contains(&"rename")));
        assert_eq!(
            at("[operation.\"GET /pets.json\"]\nname = \"x\"", "name"),
            Some(vec!["rename", "stream", "done", "pages"])
        );
        // A valid name, or a value that is not a string, is wrong for another reason.
        assert_eq!(at("unions = 1", "unions"), None);
        assert_eq!(at("integers = 64", "64"), None);
    }
}
