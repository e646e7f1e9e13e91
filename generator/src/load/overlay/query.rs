//! JSONPath (RFC 9535): which nodes of a tree it selects.

use std::borrow::Cow;
use std::collections::HashSet;

use jsonpath_rust::parser::errors::JsonPathError;
use jsonpath_rust::parser::model::{JpQuery, Segment};
use jsonpath_rust::parser::{Rule, parse_json_path};
use jsonpath_rust::query::js_path_process;
use jsonpath_rust::query::queryable::Queryable;
use serde_json::Number;

use super::super::Tree;
use super::super::reader::Step;
use super::filter;

/// A JSONPath that was understood.
pub(super) struct Query {
    /// Each is applied to the nodes that the one before it selects.
    steps: Vec<JpQuery>,
}

/// A node, and its normalized path.
struct Found<'t> {
    node: &'t Tree,
    path: String,
}

/// The way from the top of a tree to one of its nodes.
pub(super) type Path = Vec<Step>;

impl Query {
    /// Reads a JSONPath.
    ///
    /// # Errors
    /// If it is not a query; the text says why, as the end of a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut query = parse_json_path(text).map_err(|error| reason(&error))?;
        let filters = filter::prepare(&mut query.segments)?;
        // What `$` means in a filter would be lost.
        let steps = match filters.has_absolute {
            true => vec![query],
            false => query.segments.into_iter().map(|segment| JpQuery::new(vec![segment])).collect(),
        };
        Ok(Self { steps })
    }

    /// The nodes that are selected, each once, in the order of the tree's positions.
    pub(super) fn select(&self, tree: &Tree) -> Vec<Path> {
        let mut nodes = vec![Found { node: tree, path: "$".to_owned() }];
        for step in &self.steps {
            nodes = match step.segments.first() {
                Some(Segment::Descendant(_)) => topmost(nodes),
                Some(Segment::Selector(_) | Segment::Selectors(_)) | None => distinct(nodes),
            };
            nodes = nodes.iter().flat_map(|found| below(step, found)).collect();
        }
        let mut paths: Vec<Path> = nodes.iter().filter_map(|found| steps(&found.path)).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

/// What `step` selects in one node.
fn below<'t>(step: &JpQuery, from: &Found<'t>) -> Vec<Found<'t>> {
    // A query can only fail on a value that is not a node, which a JSONPath does not give.
    let found = js_path_process(step, from.node).unwrap_or_default().into_iter();
    found
        .map(|found| {
            let within = found.path.strip_prefix('$').unwrap_or_default();
            Found { path: format!("{}{within}", from.path), node: found.val }
        })
        .collect()
}

/// The same nodes, each once: every segment that follows would look at them again.
fn distinct(mut nodes: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let mut known = HashSet::new();
    nodes.retain(|found| known.insert(std::ptr::from_ref(found.node)));
    nodes
}

/// The nodes that do not lie in others of them: `..` finds all that lies in these.
fn topmost(mut nodes: Vec<Found<'_>>) -> Vec<Found<'_>> {
    // What lies in a node has a path that begins with the node's, and is sorted right behind it.
    nodes.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    nodes.dedup_by(|later, earlier| later.path.starts_with(&earlier.path));
    nodes
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

// What the crate needs to query a tree as it is, without a copy that would lose the order of the keys.
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

    fn extension_custom(name: &str, arguments: Vec<Cow<'_, Self>>) -> Self {
        Tree::Bool(filter::call(name, &arguments))
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
    /// `null` for what is not a JSON number.
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
    fn descendants_of_descendants_are_found_once() {
        let tree: Tree =
            serde_json::from_str(r#"{"a": {"b": {"c": {"d": 1}}}, "a2": [[2]]}"#).expect("it is JSON");
        let select = |query: &str| Query::parse(query).expect("it is a JSONPath").select(&tree);
        assert_eq!(select("$..*").len(), 7);
        assert_eq!(select("$..*..*").len(), 5);
        assert_eq!(format!("{:?}", select("$..*..*..*")), format!("{:?}", select("$.*.*..*")));
        assert_eq!(select("$..['a', 'b'].*..d").len(), 1);
        assert_eq!(select("$..*..*..*..*..*"), Vec::<Path>::new());
    }

    #[test]
    fn regular_expressions_are_those_of_rfc_9485() {
        assert_eq!(selected("$[?match(@.k, 'v|w')]"), r#"[[Key("x-y")]]"#);
        assert_eq!(selected("$[?search(@.k, '^v$')]"), r#"[[Key("x-y")]]"#);
        assert_eq!(selected("$[?!match(@.k, 'u')].k"), r#"[[Key("x-y"), Key("k")], [Key("z"), Key("k")]]"#);
        assert_eq!(selected("$[?match(@.k, 'v.')]"), "[]");
        assert_eq!(selected("$[?match(@.k, '(')]"), "`(` is not a regular expression");
    }

    #[test]
    fn filters_may_look_around_but_not_everywhere() {
        assert_eq!(selected("$[?@.k == $['x-y'].k]"), r#"[[Key("x-y")]]"#);
        assert_eq!(selected("$.z[?@ == $.a[0].k]"), r#"[[Key("z"), Key("k")]]"#);
        let refusal = "too many `..` in and around a filter";
        assert_eq!(selected("$..[?@..*..k]"), refusal);
        assert_eq!(selected("$..*..[?@ == $.k]"), refusal);
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
