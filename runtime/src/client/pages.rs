//! Pages: finds the page after a page from its content and from the request. Does no I/O.

use super::super::{Answers, Call, Error, Operation, Read, View, Viewed, from_value, serialize};
use super::wire::Wire;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A path to a part of a page: names of properties, and indices of lists, from 0 or, at the end, from -1.
pub type Way = &'static [&'static str];

/// How the pages of an operation follow each other.
#[derive(Debug, PartialEq, Eq)]
pub enum Paging {
    /// A page has the cursor of the next page, in a property or a header.
    Cursor {
        /// Where the cursor is.
        next: Turn,
        /// The property that is `false` on the last page.
        more: Option<Way>,
    },
    /// Pages have numbers.
    Number {
        /// The number of the first page.
        first: u64,
        /// The list of a page, if known: a page with an empty or a short list is the last one.
        items: Option<Way>,
        /// The property with the number of pages.
        pages: Option<Way>,
        /// The property that is `false` on the last page.
        more: Option<Way>,
    },
    /// A page begins after a number of items.
    Offset {
        /// The list of a page: a page with an empty or a short list is the last one.
        items: Way,
        /// The property with the number of all items.
        total: Option<Way>,
        /// The property that is `false` on the last page.
        more: Option<Way>,
    },
    /// A page has the URL of the next page, in a property or in the header `Link` (RFC 8288).
    Link(Turn),
}

/// Where a page says what comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    /// In a property.
    Property(Way),
    /// In a header; for `Link`, the link `next`.
    Header(&'static str),
}

/// What was requested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The parameter that moves.
    pub at: Option<String>,
    /// The length of a page.
    pub size: Option<String>,
}

/// The headers of a response: returns the value for a name.
pub type Headers<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What the next page is requested with.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// This value of the parameter that moves.
    To(Value),
    /// This URL, which may be relative to that of the page.
    Link(String),
}

impl Paging {
    /// The step from a page to the next one. `None` for the last page, and if nothing moves.
    pub fn step(&self, asked: &Asked, page: &dyn View, headers: &Headers<'_>) -> Option<Step> {
        let is_last =
            |more: &Option<Way>| more.is_some_and(|way| text_at(page, way).as_deref() == Some("false"));
        let number = asked.at.as_ref().and_then(|text| text.parse::<u64>().ok());
        match self {
            Paging::Cursor { more, .. } if is_last(more) => None,
            Paging::Cursor { next, .. } => {
                let next = next.find(page, headers)?;
                (text(&next) != asked.at).then_some(Step::To(next))
            }
            Paging::Number { more, .. } | Paging::Offset { more, .. } if is_last(more) => None,
            Paging::Number { first, items, pages, more, .. } => {
                let is_told = [more, pages].into_iter().flatten().any(|way| text_at(page, way).is_some());
                let is_last = match items {
                    Some(way) => follows(page, way, asked, is_told).is_none(),
                    // Nothing says that another page follows.
                    None => !is_told,
                };
                if is_last {
                    return None;
                }
                let number = number.unwrap_or(*first);
                let seen = number.checked_add(1)?.checked_sub(*first)?;
                let all = pages.and_then(|way| text_at(page, way)?.parse::<u64>().ok());
                (all.is_none_or(|all| seen < all)).then(|| Step::To(Value::from(number + 1)))
            }
            Paging::Offset { items, total, more, .. } => {
                let is_told = [more, total].into_iter().flatten().any(|way| text_at(page, way).is_some());
                let seen = number.unwrap_or(0).checked_add(follows(page, items, asked, is_told)?)?;
                let all = total.and_then(|way| text_at(page, way)?.parse::<u64>().ok());
                (all.is_none_or(|all| seen < all)).then(|| Step::To(Value::from(seen)))
            }
            Paging::Link(place) => match place.find(page, headers)? {
                Value::String(url) => Some(Step::Link(url)),
                _ => None,
            },
        }
    }
}

/// How many items a page has, if another page may follow. A short page is the last one, unless the server says whether
/// more pages follow: it may return fewer items than requested.
fn follows(page: &dyn View, items: Way, asked: &Asked, is_told: bool) -> Option<u64> {
    let mut length = 0;
    look(page, items, &mut |found| length = length_of(found));
    let size = asked.size.as_ref().and_then(|text| text.parse::<u64>().ok());
    (length > 0 && (is_told || size.is_none_or(|size| length >= size))).then_some(length)
}

impl Turn {
    /// The value at the path, if it is not empty.
    fn find(&self, page: &dyn View, headers: &Headers<'_>) -> Option<Value> {
        let found = match self {
            Turn::Property(way) => {
                let mut found = None;
                look(page, way, &mut |value| found = serde_json::to_value(Shown(value)).ok());
                found?
            }
            Turn::Header(name) if name.eq_ignore_ascii_case("link") => {
                Value::String(next_link(&headers(name)?)?)
            }
            Turn::Header(name) => Value::String(headers(name)?),
        };
        match &found {
            Value::String(text) if text.is_empty() => None,
            Value::String(_) | Value::Number(_) => Some(found),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// A value that `serde` writes.
struct Shown<'a>(&'a dyn View);

impl Serialize for Shown<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// A value as a text. `None` if it is absent, a list or an object.
pub fn text_of(value: &dyn View) -> Option<String> {
    match Wire::of(value).ok()? {
        Wire::Text(text) | Wire::Plain(text) => Some(text),
        Wire::Absent | Wire::Many(_) | Wire::Fields(_) => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    }
}

fn text_at(page: &dyn View, way: &[&str]) -> Option<String> {
    let mut found = None;
    look(page, way, &mut |value| found = text_of(value));
    found
}

fn length_of(value: &dyn View) -> u64 {
    match value.view() {
        Viewed::Items(items) => items.len() as u64,
        Viewed::Value(Value::Array(items)) => items.len() as u64,
        Viewed::Ruled(_, value) => length_of(value),
        Viewed::Foreign(foreign) => {
            let mut length = 0;
            // The parts of a value that cannot be written are not known.
            let _ = foreign.content(true, &mut |content| length = length_of(content));
            length
        }
        Viewed::Scalar(_)
        | Viewed::Single(_)
        | Viewed::Unsigned(_)
        | Viewed::Text(_)
        | Viewed::Bytes(_)
        | Viewed::Value(_)
        | Viewed::Map(_)
        | Viewed::Entries(_)
        | Viewed::Object(_) => 0,
    }
}

/// Shows the part of a value at a path, if it exists.
fn look(value: &dyn View, way: &[&str], see: &mut dyn FnMut(&dyn View)) {
    let Some((first, rest)) = way.split_first() else { return see(value) };
    match value.view() {
        Viewed::Object(object) => object.fields(&mut |parts, fields, others| {
            let at = parts.names.iter().position(|name| name == first);
            match at {
                Some(at) => {
                    fields.get(at).copied().flatten().into_iter().for_each(|found| look(found, rest, see))
                }
                None => others.into_iter().for_each(|others| {
                    others.each(&mut |name, found| entry(name == *first, found, rest, see));
                }),
            }
        }),
        Viewed::Entries(entries) => entries.each(&mut |name, found| entry(name == *first, found, rest, see)),
        Viewed::Items(items) => {
            let at = place(first, items.len());
            at.and_then(|at| items.at(at)).into_iter().for_each(|found| look(found, rest, see));
        }
        Viewed::Map(map) => map.get(*first).into_iter().for_each(|found| look(found, rest, see)),
        Viewed::Value(Value::Object(map)) => {
            map.get(*first).into_iter().for_each(|found| look(found, rest, see));
        }
        Viewed::Value(Value::Array(items)) => {
            let at = place(first, items.len());
            at.and_then(|at| items.get(at)).into_iter().for_each(|found| look(found, rest, see));
        }
        Viewed::Ruled(_, value) => look(value, way, see),
        Viewed::Foreign(foreign) => {
            // The parts of a value that cannot be written are not known.
            let _ = foreign.content(true, &mut |content| look(content, way, see));
        }
        Viewed::Scalar(_)
        | Viewed::Single(_)
        | Viewed::Unsigned(_)
        | Viewed::Text(_)
        | Viewed::Bytes(_)
        | Viewed::Value(_) => {}
    }
}

/// Visits an entry, if it is the wanted one. Returns whether to go on with the next entry.
fn entry(is_meant: bool, found: &dyn View, rest: &[&str], see: &mut dyn FnMut(&dyn View)) -> bool {
    if is_meant {
        look(found, rest, see);
    }
    !is_meant
}

/// An index of a list of this length.
fn place(text: &str, length: usize) -> Option<usize> {
    match text.strip_prefix('-') {
        Some(from_end) => length.checked_sub(from_end.parse().ok()?),
        None => text.parse().ok(),
    }
}

/// The link `next` of the header `Link` (RFC 8288 §3).
fn next_link(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((url, parameters)) = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
        let (own, behind) = split_parameters(parameters);
        let is_next = own.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("rel")
                && value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(url.to_owned());
        }
        rest = behind;
    }
    None
}

/// The parameters of a link, and the text after the comma that ends them. A comma in quotes does not end them.
fn split_parameters(text: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let (mut current, mut quoted, mut escaped) = (String::new(), false, false);
    let mut add = |text: &str| {
        if let Some((name, value)) = text.split_once('=') {
            found.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    };
    for (at, char) in text.char_indices() {
        match char {
            _ if escaped => {
                escaped = false;
                current.push(char);
            }
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => add(&std::mem::take(&mut current)),
            ',' if !quoted => {
                add(&current);
                return (found, text.get(at + 1..).unwrap_or_default());
            }
            _ => current.push(char),
        }
    }
    add(&current);
    (found, "")
}

/// An operation that answers in pages.
pub trait Paged: Operation {
    /// How the pages follow each other.
    const PAGING: &'static Paging;

    /// The current request.
    fn asked(params: &Self::Params, body: &Self::Body) -> Asked;

    /// Shows a page.
    fn show(page: &<Self::Response as Answers>::Success, see: &mut dyn FnMut(&dyn View));

    /// Sets the parameter that moves.
    fn set(params: &mut Self::Params, body: &mut Self::Body, value: &Value) -> Result<(), Error>;
}

/// The pages of an operation, in their order.
///
/// With the client, it sends requests. Without the client, [`call`](Self::call) makes the request for the next page,
/// and [`turn`](Self::turn) takes the response.
pub struct Pages<O: Paged> {
    params: O::Params,
    body: O::Body,
    link: Option<String>,
    /// The cursors or the links that led to the pages so far.
    seen: Seen,
    /// The error for the caller who requests the next page, if the last page names a page that cannot be requested.
    pub(super) error: Option<Error>,
    is_over: bool,
}

impl<O: Paged> Pages<O> {
    /// The pages, starting at the page that the parameters and the body request.
    pub fn new(params: O::Params, body: O::Body) -> Self {
        Pages { params, body, link: None, seen: Seen::default(), error: None, is_over: false }
    }

    /// The request for the next page, if any. If the page has a [`link`](Self::link), that is the URL of the request.
    pub fn call(&self) -> Option<Result<Call<O::Response>, Error>> {
        (!self.is_over).then(|| O::call(&self.params, &self.body))
    }

    /// The URL of the next page, if the last page has one. It may be relative to the URL of the last page.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    /// What the next page is requested with.
    pub fn params(&self) -> &O::Params {
        &self.params
    }

    /// Moves on to the page after this one. A page that names itself is the last one. Fails if the page names a page
    /// that cannot be requested, or a page that was already read: such a circle would never end.
    ///
    /// Links are compared as texts.
    pub fn turn(
        &mut self,
        page: &<O::Response as Answers>::Success,
        headers: &Headers<'_>,
    ) -> Result<(), Error> {
        let here = self.link.clone();
        self.turn_from(here.as_deref(), page, headers, &|link| Ok(link.to_owned()))
    }

    /// The same for a page at this link; `follow` turns the next link into one that can be followed and compared.
    pub(super) fn turn_from(
        &mut self,
        here: Option<&str>,
        page: &<O::Response as Answers>::Success,
        headers: &Headers<'_>,
        follow: &dyn Fn(&str) -> Result<String, Error>,
    ) -> Result<(), Error> {
        let asked = O::asked(&self.params, &self.body);
        let mut step = None;
        O::show(page, &mut |page| step = O::PAGING.step(&asked, page, headers));
        // Until it is known that another page follows.
        self.is_over = true;
        match step {
            Some(Step::To(value)) => {
                // Numbers and offsets only grow.
                if let (Paging::Cursor { .. }, Some(next)) = (O::PAGING, text(&value)) {
                    self.seen.step(asked.at.as_deref(), &next)?;
                }
                O::set(&mut self.params, &mut self.body, &value)?;
            }
            Some(Step::Link(link)) => {
                let link = follow(&link)?;
                if here == Some(link.as_str()) {
                    return Ok(());
                }
                self.seen.step(here, &link)?;
                self.link = Some(link);
            }
            None => return Ok(()),
        }
        self.is_over = false;
        Ok(())
    }

    /// Ends the pages.
    pub(super) fn finish(&mut self) {
        self.is_over = true;
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::ENDPOINT.id).finish_non_exhaustive()
    }
}

/// The cursors and links so far: a hash of 128 bits for each, so that a million pages need 16 MB.
#[derive(Default)]
struct Seen(HashSet<[u64; 2]>);

impl Seen {
    /// Goes from a page to the next one. Fails if that page was already read.
    fn step(&mut self, here: Option<&str>, next: &str) -> Result<(), Error> {
        let number = |text: &str| {
            [0_u8, 1].map(|salt| {
                let mut hasher = DefaultHasher::new();
                (salt, text).hash(&mut hasher);
                hasher.finish()
            })
        };
        self.0.extend(here.map(number));
        if self.0.contains(&number(next)) {
            return Err(Error::new("the pages lead in a circle: the next page was already read"));
        }
        Ok(())
    }
}

/// A value of a page as a parameter. A number can become a text, and a text with a number a number.
pub fn moved<T: Read>(value: &Value) -> Result<T, Error> {
    let other = match value {
        Value::String(text) => serde_json::from_str::<Value>(text).ok().filter(Value::is_number),
        Value::Number(number) => Some(Value::String(number.to_string())),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    from_value(value).or_else(|error| match other {
        Some(other) => from_value(&other).map_err(|_| error),
        None => Err(error),
    })
}

/// A body with another value of a property. An absent body is created.
pub fn with_property<T: Read + View>(body: &T, property: &str, value: &Value) -> Result<T, Error> {
    let mut changed = serde_json::to_value(Shown(body)).map_err(Error::new)?;
    if changed.is_null() {
        changed = Value::Object(serde_json::Map::new());
    }
    if let Some(object) = changed.as_object_mut() {
        object.insert(property.to_owned(), value.clone());
    }
    from_value(&changed)
}

/// A property of a body as a text.
pub fn property_of(body: &dyn View, name: &str) -> Option<String> {
    text_at(body, &[name])
}
