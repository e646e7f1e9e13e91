//! Finds the operation of a request by its method, the paths of the servers and the path templates, the most literal
//! one first (OpenAPI 3.1.1 §4.8.8.2). Some documents distinguish operations by a query in the path, such as
//! `/messages?action=send`: the request has to have the same query.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::url::{self, Url};
use crate::braces::first_name;
use crate::ir::{Graph, OperationKind, Server};

/// The operation of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found<'g, 'a> {
    /// The index of the operation.
    pub(super) operation: usize,
    /// The path parameters and their values.
    pub(super) path: Vec<(&'g str, &'a str)>,
}

/// Why a request does not match an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unmatched {
    /// Operations have this path, but other methods.
    Method,
    /// No operation has this path.
    Path,
    /// The document does not declare the server.
    Server,
}

/// The operations of a document, indexed by path.
pub(super) struct Routes<'g> {
    groups: Vec<Group<'g>>,
}

/// The operations that have the same servers.
struct Group<'g> {
    bases: Vec<Base>,
    /// By number of segments, the most literal routes first.
    routes: HashMap<usize, Vec<Route<'g>>>,
}

/// The host and base path of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Base {
    /// The host, with variables. `None` if any host matches.
    host: Option<Vec<Piece<String>>>,
    /// The segments of the path.
    path: Vec<Vec<Piece<String>>>,
}

struct Route<'g> {
    operation: usize,
    method: &'g str,
    segments: Vec<Vec<Piece<&'g str>>>,
    /// The query in the path: names and decoded values. `None` matches any value.
    query: Vec<(Cow<'g, str>, Option<Cow<'g, str>>)>,
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<T> {
    Literal(T),
    Variable(T),
}

impl<'g> Routes<'g> {
    /// The routes of a document. `servers`, if not empty, replace the servers of the document.
    pub(super) fn of(graph: &'g Graph, servers: &[String]) -> Self {
        let own = graph.api().servers.iter().map(|server: &Server| server.url.as_str());
        let named: Vec<Base> = match servers {
            [] => own.map(Base::of).collect(),
            _ => servers.iter().map(|url| Base::of(url)).collect(),
        };
        let mut groups: Vec<(Option<&str>, Group<'g>)> = Vec::new();
        for (index, operation) in graph.operations().iter().enumerate() {
            match operation.kind {
                OperationKind::Path => {}
                OperationKind::Webhook | OperationKind::Callback => continue,
            }
            let server = operation.server.as_deref().filter(|_| servers.is_empty());
            let at = match groups.iter().position(|(known, _)| *known == server) {
                Some(at) => at,
                None => {
                    let bases = server.map_or_else(|| named.clone(), |url| vec![Base::of(url)]);
                    groups.push((server, Group { bases: longest_first(bases), routes: HashMap::new() }));
                    groups.len() - 1
                }
            };
            let path = operation.path.split('#').next().unwrap_or_default();
            let (path, query) = path.split_once('?').unwrap_or((path, ""));
            let segments: Vec<_> = segments(path).map(pieces).collect();
            let is_free = |value: &str| value.starts_with('{') && value.ends_with('}');
            let fixed = |value| (!is_free(value)).then(|| url::decoded_query(value));
            let query = url::pairs(query).into_iter().map(|(name, value)| (name, fixed(value))).collect();
            let route = Route { operation: index, method: operation.method.as_str(), segments, query };
            groups[at].1.routes.entry(route.segments.len()).or_default().push(route);
        }
        let mut groups: Vec<Group<'g>> = groups.into_iter().map(|(_, group)| group).collect();
        for routes in groups.iter_mut().flat_map(|group| group.routes.values_mut()) {
            routes.sort_by_cached_key(|route| {
                let ranks: Vec<_> = route.segments.iter().map(|it| rank(it)).collect();
                Reverse((ranks, route.query.len()))
            });
        }
        Self { groups }
    }

    /// The operation of a request.
    pub(super) fn find<'a>(&self, method: &str, url: &Url<'a>) -> Result<Found<'g, 'a>, Unmatched> {
        let mut why = Unmatched::Server;
        for group in &self.groups {
            if group.names_host(url) {
                why = why.min(Unmatched::Path);
            }
            for base in group.starts(url) {
                match group.find(method, url, base) {
                    Ok(found) => return Ok(found),
                    Err(other) => why = why.min(other),
                }
            }
        }
        Err(why)
    }
}

impl<'g> Group<'g> {
    /// Whether a server has the host of a URL, whatever the paths are.
    fn names_host(&self, url: &Url<'_>) -> bool {
        let is_it = |base: &Base| match (&base.host, url.host) {
            (Some(host), Some(found)) => taken(host, &url::canonical(found)).is_some(),
            (None, _) | (_, None) => false,
        };
        self.bases.iter().any(is_it)
    }

    /// How many leading segments of the path may be the base path of a server, in the order in which to try them.
    fn starts(&self, url: &Url<'_>) -> Vec<usize> {
        let parts: Vec<&str> = segments(url.path).collect();
        let fits = |base: &&Base| {
            base.path.len() <= parts.len()
                && base.path.iter().zip(&parts).all(|(one, part)| taken(one, part).is_some())
        };
        let known = |base: &&Base| match (&base.host, url.host) {
            (Some(host), Some(found)) => taken(host, &url::canonical(found)).is_some(),
            (None, _) | (_, None) => true,
        };
        let lengths = |bases: &mut dyn Iterator<Item = &Base>| -> Vec<usize> {
            let mut lengths: Vec<usize> = bases.map(|base| base.path.len()).collect();
            lengths.dedup();
            lengths
        };
        if self.bases.is_empty() {
            return vec![0];
        }
        let of_known = lengths(&mut self.bases.iter().filter(known).filter(fits));
        let is_local = url.host.is_none_or(url::is_local);
        if !is_local || !of_known.is_empty() && url.host.is_some() {
            return of_known;
        }
        // Documents seldom declare development and test servers, which may have other base paths.
        let mut all = lengths(&mut self.bases.iter().filter(fits));
        if !all.contains(&0) {
            all.push(0);
        }
        all
    }

    fn find<'a>(&self, method: &str, url: &Url<'a>, base: usize) -> Result<Found<'g, 'a>, Unmatched> {
        let parts: Vec<&'a str> = segments(url.path).collect();
        let parts = match parts.get(base..).unwrap_or_default() {
            [] => &[""][..],
            rest => rest,
        };
        let mut why = Unmatched::Path;
        for route in self.routes.get(&parts.len()).into_iter().flatten() {
            let Some(path) = route.taken(parts).filter(|_| route.has_query_of(url)) else { continue };
            if route.method.eq_ignore_ascii_case(method) {
                return Ok(Found { operation: route.operation, path });
            }
            why = Unmatched::Method;
        }
        Err(why)
    }
}

impl<'g> Route<'g> {
    /// Whether a URL has the query of the path.
    fn has_query_of(&self, url: &Url<'_>) -> bool {
        if self.query.is_empty() {
            return true;
        }
        let found = url.pairs();
        self.query.iter().all(|(name, value)| {
            let fits = |text: &str| value.as_ref().is_none_or(|value| *value == url::decoded_query(text));
            found.iter().any(|(known, text)| known == name && fits(text))
        })
    }

    /// Matches the segments of a request's path, and returns the path parameters.
    fn taken<'a>(&self, parts: &[&'a str]) -> Option<Vec<(&'g str, &'a str)>> {
        let mut found = Vec::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            match segment[..] {
                [Piece::Literal(literal)] if literal == *part || literal == url::decoded(part) => {}
                [Piece::Literal(_)] => return None,
                _ => found.extend(taken(segment, part)?),
            }
        }
        Some(found)
    }
}

impl Base {
    fn of(url: &str) -> Self {
        let parts = Url::of(url);
        // A URL that is one variable may be any server.
        let is_free = parts.host.is_none() && parts.path.starts_with('{');
        let path = if is_free { parts.path.split_once('/').map_or("", |(_, path)| path) } else { parts.path };
        let own = |pieces: Vec<Piece<&str>>| pieces.into_iter().map(Piece::into_owned).collect();
        let host = parts.host.filter(|host| !host.is_empty()).map(|host| own(pieces(&url::canonical(host))));
        let path = path.trim_matches('/');
        let path =
            if path.is_empty() { Vec::new() } else { path.split('/').map(|it| own(pieces(it))).collect() };
        Self { host, path }
    }
}

impl Piece<&str> {
    fn into_owned(self) -> Piece<String> {
        match self {
            Piece::Literal(text) => Piece::Literal(text.to_owned()),
            Piece::Variable(name) => Piece::Variable(name.to_owned()),
        }
    }
}

fn longest_first(mut bases: Vec<Base>) -> Vec<Base> {
    bases.sort_by_key(|base| Reverse(base.path.len()));
    bases
}

/// The segments of a path. An empty path has one empty segment.
fn segments(path: &str) -> std::str::Split<'_, char> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The pieces of a segment. Unmatched braces are literal text.
fn pieces(segment: &str) -> Vec<Piece<&str>> {
    let mut found = Vec::new();
    let mut rest = segment;
    while let Some((before, name, after)) = first_name(rest) {
        if !before.is_empty() {
            found.push(Piece::Literal(before));
        }
        found.push(Piece::Variable(name));
        rest = after;
    }
    if !rest.is_empty() || found.is_empty() {
        found.push(Piece::Literal(rest));
    }
    found
}

/// How literal a segment is, for sorting: segments without a variable first, then by the length of the literal text.
fn rank<T: AsRef<str>>(segment: &[Piece<T>]) -> usize {
    match segment {
        [Piece::Literal(_)] => usize::MAX,
        _ => segment
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.as_ref().len(),
                Piece::Variable(_) => 0,
            })
            .sum(),
    }
}

/// The variables of a segment and their values, which have at least one character. The literal text after a variable
/// ends the value at its first occurrence.
fn taken<'a, T: AsRef<str> + Clone>(pieces: &[Piece<T>], text: &'a str) -> Option<Vec<(T, &'a str)>> {
    let (mut pieces, mut text) = (pieces, text);
    if let [Piece::Literal(literal), rest @ ..] = pieces {
        text = text.strip_prefix(literal.as_ref())?;
        pieces = rest;
    }
    if let [rest @ .., Piece::Literal(literal)] = pieces {
        text = text.strip_suffix(literal.as_ref())?;
        pieces = rest;
    }
    let mut found = Vec::new();
    while let [Piece::Variable(name), rest @ ..] = pieces {
        let first = text.chars().next()?.len_utf8();
        let (end, after, left) = match rest {
            [] => (text.len(), text.len(), rest),
            [Piece::Literal(literal), left @ ..] => {
                let end = first + text.get(first..)?.find(literal.as_ref())?;
                (end, end + literal.as_ref().len(), left)
            }
            [Piece::Variable(_), ..] => (first, first, rest),
        };
        found.push((name.clone(), text.get(..end)?));
        (text, pieces) = (text.get(after..)?, left);
    }
    text.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read;

    /// The operation of each request, or why there is none.
    fn found(document: &str, servers: &[&str], requests: &[&str]) -> String {
        let graph = read(document).graph;
        let servers: Vec<String> = servers.iter().map(|url| (*url).to_owned()).collect();
        let routes = Routes::of(&graph, &servers);
        let line = |request: &&str| {
            let (method, url) = request.split_once(' ').expect("a method and a URL");
            let found = match routes.find(method, &Url::of(url)) {
                Ok(Found { operation, path }) => {
                    let path: String = path.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                    format!("{}{path}", graph.operations()[operation].place)
                }
                Err(why) => format!("{why:?}"),
            };
            format!("{request}: {found}\n")
        };
        requests.iter().map(line).collect()
    }

    const PATHS: &str = "
        servers: [{ url: 'https://{region}.example.com/v1', variables: { region: { default: eu } } }, { url: /api }]
        paths:
          /pets/{id}: { get: { responses: {} }, delete: { responses: {} } }
          /pets/mine: { get: { responses: {} } }
          /{kind}/mine: { get: { responses: {} } }
          /compare/{base}...{head}: { get: { responses: {} } }
          /files/{name}.json: { get: { responses: {} } }
          /a%20b: { get: { responses: {} } }
          /: { get: { responses: {} } }
          /own: { servers: [{ url: 'https://own.example.com' }], get: { responses: {} } }
        webhooks:
          pets: { post: { responses: {} } }
    ";

    #[test]
    fn the_most_literal_path_comes_first() {
        insta::assert_snapshot!(found(PATHS, &[], &[
            "GET /pets/mine",
            "get /pets/7",
            "DELETE /pets/mine",
            "POST /pets/mine",
            "GET /cats/mine",
            "GET /pets/",
            "GET /compare/a.b...c...d",
            "GET /files/x.json.json",
            "GET /files/.json",
            "GET /a%20b",
            "GET /",
            "GET /pets/1/2",
            "POST /pets",
        ]), @r"
            GET /pets/mine: GET /pets/mine
            get /pets/7: GET /pets/{id} id=7
            DELETE /pets/mine: DELETE /pets/{id} id=mine
            POST /pets/mine: Method
            GET /cats/mine: GET /{kind}/mine kind=cats
            GET /pets/: Path
            GET /compare/a.b...c...d: GET /compare/{base}...{head} base=a.b head=c...d
            GET /files/x.json.json: GET /files/{name}.json name=x.json
            GET /files/.json: Path
            GET /a%20b: GET /a%20b
            GET /: GET /
            GET /pets/1/2: Path
            POST /pets: Path
            ");
    }

    #[test]
    fn servers_have_paths_and_hosts() {
        insta::assert_snapshot!(found(PATHS, &[], &[
            "GET https://us.EXAMPLE.com:443/v1/pets/1?x",
            "GET https://us.example.com/v1",
            "GET https://us.example.com/v2/pets/1",
            "GET https://other.com/api/pets/1",
            "GET https://other.com/pets/1",
            "GET http://localhost:8000/pets/1",
            "GET http://localhost:8000/v1/pets/1",
            "GET /v1/pets/1",
            "GET /api/pets/1",
            "GET https://own.example.com/own",
            "GET https://own.example.com/pets/1",
        ]), @r"
            GET https://us.EXAMPLE.com:443/v1/pets/1?x: GET /pets/{id} id=1
            GET https://us.example.com/v1: GET /
            GET https://us.example.com/v2/pets/1: Path
            GET https://other.com/api/pets/1: GET /pets/{id} id=1
            GET https://other.com/pets/1: Server
            GET http://localhost:8000/pets/1: GET /pets/{id} id=1
            GET http://localhost:8000/v1/pets/1: GET /pets/{id} id=1
            GET /v1/pets/1: GET /pets/{id} id=1
            GET /api/pets/1: GET /pets/{id} id=1
            GET https://own.example.com/own: GET /own
            GET https://own.example.com/pets/1: Path
            ");
        let named = found(
            PATHS,
            &["http://proxy.test/x/y"],
            &["GET http://proxy.test/x/y/own", "GET https://us.example.com/v1/pets/1"],
        );
        insta::assert_snapshot!(named, @r"
            GET http://proxy.test/x/y/own: GET /own
            GET https://us.example.com/v1/pets/1: Server
            ");
    }

    #[test]
    fn a_query_in_a_path_tells_operations_apart() {
        let document = "
            paths:
              /q: { get: { responses: {} } }
              /q?action=one: { get: { responses: {} } }
              /q?action=two%20words: { get: { responses: {} } }
              /q?action=one&id={id}: { get: { responses: {} } }
              /only?x=1: { get: { responses: {} } }
        ";
        insta::assert_snapshot!(found(document, &[], &[
            "GET /q",
            "GET /q?b=1&action=one",
            "GET /q?action=two+words",
            "GET /q?id=7&action=one",
            "GET /q?action=three",
            "GET /only?x=1",
            "GET /only",
        ]), @"
            GET /q: GET /q
            GET /q?b=1&action=one: GET /q?action=one
            GET /q?action=two+words: GET /q?action=two%20words
            GET /q?id=7&action=one: GET /q?action=one&id={id}
            GET /q?action=three: GET /q
            GET /only?x=1: GET /only?x=1
            GET /only: Path
            ");
    }

    #[test]
    fn a_document_without_servers_is_anywhere() {
        insta::assert_snapshot!(found("paths: { /a: { get: { responses: {} } } }", &[], &[
            "GET https://example.com/a",
            "GET /a#b",
            "GET /b",
        ]), @r"
            GET https://example.com/a: GET /a
            GET /a#b: GET /a
            GET /b: Path
            ");
    }
}
