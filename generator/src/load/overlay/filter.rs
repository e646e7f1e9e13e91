//! The functions `match` and `search` of filters (RFC 9535, 2.4.6 and 2.4.7). The crate compiles a regular expression
//! for each node that it looks at; here it is compiled once.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use jsonpath_rust::parser::model::{
    Comparable, Comparison, Filter, FilterAtom, FnArg, Literal, Segment, Selector, SingularQuery, Test,
    TestFunction,
};
use regex::{Regex, RegexBuilder};

use crate::diagnostics::excerpt_of;
use crate::limits;
use crate::load::Tree;

const MATCH: &str = "match";
const SEARCH: &str = "search";

/// How many regular expressions are kept. More occur only where the document holds the expressions.
const MOST_KEPT: usize = 256;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
}

/// What the filters of a query do.
#[derive(Default)]
pub(super) struct Filters {
    /// Whether one of them begins a query at the top of the document.
    pub has_absolute: bool,
    /// How many `..` there are in them.
    descendants: usize,
}

/// Hands `match` and `search` in the filters of `segments` to [`call`].
///
/// # Errors
/// When a text is not a regular expression, a function is unknown, or the filters would look at each node as often as
/// the document has nodes, or more often.
pub(super) fn prepare(segments: &mut [Segment]) -> Result<Filters, String> {
    let mut filters = Filters::default();
    let outside = segments.iter().filter(|segment| matches!(segment, Segment::Descendant(_))).count();
    for segment in segments {
        // Only those in filters count here.
        let segment = if let Segment::Descendant(inner) = segment { &mut **inner } else { segment };
        filters.segment(segment)?;
    }
    if filters.descendants > 1 || filters.has_absolute && filters.descendants + outside > 1 {
        return Err("too many `..` in and around a filter".to_owned());
    }
    Ok(filters)
}

impl Filters {
    fn segment(&mut self, segment: &mut Segment) -> Result<(), String> {
        match segment {
            Segment::Descendant(inner) => {
                self.descendants += 1;
                self.segment(inner)
            }
            Segment::Selector(selector) => self.selector(selector),
            Segment::Selectors(selectors) => selectors.iter_mut().try_for_each(|one| self.selector(one)),
        }
    }

    fn selector(&mut self, selector: &mut Selector) -> Result<(), String> {
        match selector {
            Selector::Filter(filter) => self.filter(filter),
            Selector::Name(_) | Selector::Wildcard | Selector::Index(_) | Selector::Slice(..) => Ok(()),
        }
    }

    fn filter(&mut self, filter: &mut Filter) -> Result<(), String> {
        match filter {
            Filter::Or(parts) | Filter::And(parts) => parts.iter_mut().try_for_each(|part| self.filter(part)),
            Filter::Atom(FilterAtom::Filter { expr, .. }) => self.filter(expr),
            Filter::Atom(FilterAtom::Test { expr, .. }) => self.test(expr),
            Filter::Atom(FilterAtom::Comparison(comparison)) => match &mut **comparison {
                Comparison::Eq(left, right)
                | Comparison::Ne(left, right)
                | Comparison::Gt(left, right)
                | Comparison::Gte(left, right)
                | Comparison::Lt(left, right)
                | Comparison::Lte(left, right) => {
                    [left, right].into_iter().try_for_each(|side| self.comparable(side))
                }
            },
        }
    }

    fn comparable(&mut self, comparable: &mut Comparable) -> Result<(), String> {
        match comparable {
            Comparable::Function(function) => self.function(function),
            Comparable::SingularQuery(SingularQuery::Root(_)) => {
                self.has_absolute = true;
                Ok(())
            }
            Comparable::Literal(_) | Comparable::SingularQuery(SingularQuery::Current(_)) => Ok(()),
        }
    }

    fn test(&mut self, test: &mut Test) -> Result<(), String> {
        match test {
            Test::RelQuery(segments) => segments.iter_mut().try_for_each(|segment| self.segment(segment)),
            Test::AbsQuery(query) => {
                self.has_absolute = true;
                query.segments.iter_mut().try_for_each(|segment| self.segment(segment))
            }
            Test::Function(function) => self.function(function),
        }
    }

    fn function(&mut self, function: &mut TestFunction) -> Result<(), String> {
        let (name, text, pattern) = match function {
            TestFunction::Length(inner) => return self.argument(inner),
            TestFunction::Value(inner) | TestFunction::Count(inner) => return self.argument(inner),
            TestFunction::Custom(name, _) => {
                return Err(format!("`{}` is not a function of JSONPath", excerpt_of(name)));
            }
            TestFunction::Match(text, pattern) => (MATCH, text, pattern),
            TestFunction::Search(text, pattern) => (SEARCH, text, pattern),
        };
        self.argument(text)?;
        self.argument(pattern)?;
        if let FnArg::Literal(Literal::String(pattern)) = pattern
            && compile(pattern, name).is_none()
        {
            return Err(format!("`{}` is not a regular expression", excerpt_of(pattern)));
        }
        *function = TestFunction::Custom(name.to_owned(), vec![text.clone(), pattern.clone()]);
        Ok(())
    }

    fn argument(&mut self, argument: &mut FnArg) -> Result<(), String> {
        match argument {
            FnArg::Literal(_) => Ok(()),
            FnArg::Test(inner) => self.test(inner),
            FnArg::Filter(inner) => self.filter(inner),
        }
    }
}

/// The result of `match` or `search`, whose arguments are a text and a regular expression; false if they are not.
pub(super) fn call(name: &str, arguments: &[Cow<'_, Tree>]) -> bool {
    let [text, pattern] = arguments else { return false };
    let (Some(text), Some(pattern)) = (text.as_str(), pattern.as_str()) else { return false };
    COMPILED.with_borrow_mut(|compiled| {
        let key = format!("{name} {pattern}");
        if !compiled.contains_key(&key) {
            if compiled.len() == MOST_KEPT {
                compiled.clear();
            }
            compiled.insert(key.clone(), compile(pattern, name));
        }
        compiled.get(&key).and_then(Option::as_ref).is_some_and(|compiled| compiled.is_match(text))
    })
}

/// An I-Regexp (RFC 9485), whose `.` is neither of the line breaks; `match` holds the whole text to it.
fn compile(pattern: &str, name: &str) -> Option<Regex> {
    let whole = format!("^(?:{pattern})$");
    let pattern = if name == MATCH { &whole } else { pattern };
    RegexBuilder::new(pattern).crlf(true).size_limit(limits::EXPRESSION).build().ok()
}
