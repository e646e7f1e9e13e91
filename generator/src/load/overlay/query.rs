//! JSONPath (RFC 9535): which nodes of a tree it selects.

use jsonpath_rust::parser::errors::JsonPathError;
use jsonpath_rust::parser::model::JpQuery;
use jsonpath_rust::parser::{Rule, parse_json_path};
use jsonpath_rust::query::js_path_process;
use jsonpath_rust::query::queryable::Queryable;
use serde_json::Number;

use super::super::Tree;
use super::super::reader::Step;

/// A JSONPath that was understood.
pub(super) struct Query(JpQuery);

/// The way from the top of a tree to one of its nodes.
pub(super) type Path = Vec<Step>;

impl Query {
    /// Reads a JSONPath.
    ///
    /// # Errors
    /// When it is none; the text says why, as the end of a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        parse_json_path(text).map(Self).map_err(|error| reason(&error))
    }

    /// The nodes that are selected, each once, in the order of the tree's positions.
    pub(super) fn select(&self, tree: &Tree) -> Vec<Path> {
        // A query can only fail on a value that is no node, which a JSONPath does not give.
        let nodes = js_path_process(&self.0, tree).unwrap_or_default();
        let mut paths: Vec<Path> = nodes.iter().filter_map(|node| steps(&node.path)).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

fn reason(error: &JsonPathError) -> String {
    match error {
        JsonPathError::PestError(error) => {
            let named = error.as_ref().clone().renamed_rules(|rule| match rule {
                Rule::jp_query | Rule::main => "`$`".to_owned(),
                Rule::EOI => "the end".to_owned(),
                Rule::ALPHA => "a letter".to_owned(),
                other => format!("{other:?}").replace('_', " "),
            });
            named.variant.message().into_owned()
        }
        other => other.to_string(),
    }
}

/// Reads a normalized path (RFC 9535, 2.7): `$['a'][0]`.
fn steps(path: &str) -> Option<Path> {
    let mut steps = Path::new();
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        rest = rest.strip_prefix('[')?;
        if let Some(name) = rest.strip_prefix('\'') {
            let (key, after) = key(name)?;
            steps.push(Step::Key(key.into()));
            rest = after.strip_prefix(']')?;
        } else {
            let (index, after) = rest.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        }
    }
    Some(steps)
}

/// The name up to its closing quote, and what follows the quote.
fn key(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut rest = text.chars();
    loop {
        key.push(match rest.next()? {
            '\'' => return Some((key, rest.as_str())),
            '\\' => match rest.next()? {
                'b' => '\u{8}',
                't' => '\t',
                'n' => '\n',
                'f' => '\u{c}',
                'r' => '\r',
                'u' => {
                    let (digits, after) = rest.as_str().split_at_checked(4)?;
                    rest = after.chars();
                    char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
                }
                itself => itself,
            },
            plain => plain,
        });
    }
}

// What the crate asks for to look into a tree as it is, without a copy that would lose the order of the keys.
impl Queryable for Tree {
    fn get(&self, key: &str) -> Option<&Self> {
        Tree::get(self, key)
    }

    fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Tree::Array(items) => Some(items),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Object(_) => None,
        }
    }

    fn as_object(&self) -> Option<Vec<(&str, &Self)>> {
        Tree::as_object(self).map(|object| object.iter().collect())
    }

    fn as_str(&self) -> Option<&str> {
        Tree::as_str(self)
    }

    fn as_i64(&self) -> Option<i64> {
        number(self)?.as_i64()
    }

    fn as_f64(&self) -> Option<f64> {
        number(self)?.as_f64()
    }

    fn as_bool(&self) -> Option<bool> {
        Tree::as_bool(self)
    }

    fn null() -> Self {
        Tree::Null
    }
}

fn number(tree: &Tree) -> Option<&Number> {
    match tree {
        Tree::Number(number) => Some(number),
        Tree::Null | Tree::Bool(_) | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => None,
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Tree::String(text.into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Tree::String(text.into())
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Tree::Bool(value)
    }
}

impl From<i64> for Tree {
    fn from(value: i64) -> Self {
        Tree::Number(value.into())
    }
}

impl From<f64> for Tree {
    /// `null` for what is no JSON number.
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Tree::Null, Tree::Number)
    }
}

impl From<Vec<Tree>> for Tree {
    fn from(items: Vec<Tree>) -> Self {
        Tree::Array(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(query: &str) -> String {
        let text = r#"{"z": {"k": 1}, "it's": {"\\\u0001\n": [1, 2]}, "a": [{"k": 1}, {"k": 2}], "x-y": {"k": "v"}}"#;
        let tree: Tree = serde_json::from_str(text).expect("it is JSON");
        match Query::parse(query) {
            Ok(query) => format!("{:?}", query.select(&tree)),
            Err(reason) => reason,
        }
    }

    #[test]
    fn paths_lead_back_to_their_nodes() {
        assert_eq!(selected("$"), "[[]]");
        assert_eq!(selected("$['it\\'s'].*"), r#"[[Key("it's"), Key("\\\u{1}\n")]]"#);
        assert_eq!(
            selected("$[\"it's\"].*[*]"),
            r#"[[Key("it's"), Key("\\\u{1}\n"), Index(0)], [Key("it's"), Key("\\\u{1}\n"), Index(1)]]"#
        );
        assert_eq!(selected("$.a[?@.k > 1]"), r#"[[Key("a"), Index(1)]]"#);
        assert_eq!(selected("$[?@.k == 'v']"), r#"[[Key("x-y")]]"#);
        assert_eq!(selected("$.a[0, 0, -2]"), r#"[[Key("a"), Index(0)]]"#);
        assert_eq!(selected("$.nothing[5].here"), "[]");
    }

    #[test]
    fn what_is_no_path_is_refused_with_a_reason() {
        assert_eq!(selected("a"), "expected `$`");
        assert_eq!(selected("$.a["), "expected selector");
        assert_eq!(selected("$.x-y"), "expected the end, segment, or a letter");
        assert_eq!(
            selected(&format!("$[?{}", "(".repeat(9999))),
            "JSONPath nesting depth exceeds the maximum of 128"
        );
    }
}
