//! Parses parameters and headers by their styles (OpenAPI 3.1.1 §4.8.12.4).

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::tree::Tree;
use super::{Kind, Types, json};
use crate::ir::{
    HeaderForm, Parameter, ParameterForm, ParameterPlace, ParameterStyle, ResponseHeader, TypeRef,
};
use crate::verify::url::{decoded, decoded_query};

/// The texts of a request that contain parameters.
pub(in crate::verify) struct Given<'g, 'a> {
    /// The path parameters and their texts.
    pub(in crate::verify) path: &'a [(&'g str, &'a str)],
    /// The names and values of the query.
    pub(in crate::verify) query: &'a [(Cow<'a, str>, &'a str)],
    /// The names and values of the header `Cookie`.
    pub(in crate::verify) cookies: &'a [(&'a str, &'a str)],
    /// The headers.
    pub(in crate::verify) headers: &'a [(Cow<'a, str>, Cow<'a, str>)],
    /// The names of all query parameters of the operation.
    pub(in crate::verify) names: &'a [&'g str],
}

/// A raw text, and whether it is percent-encoded.
#[derive(Clone, Copy)]
enum Raw<'a> {
    Path(&'a str),
    Query(&'a str),
    Plain(&'a str),
}

impl<'a> Raw<'a> {
    fn decoded(self) -> Cow<'a, str> {
        match self {
            Self::Path(text) => decoded(text),
            Self::Query(text) => decoded_query(text),
            Self::Plain(text) => Cow::Borrowed(text.trim()),
        }
    }

    fn text(self) -> &'a str {
        match self {
            Self::Path(text) | Self::Query(text) | Self::Plain(text) => text,
        }
    }

    fn with(self, text: &'a str) -> Self {
        match self {
            Self::Path(_) => Self::Path(text),
            Self::Query(_) => Self::Query(text),
            Self::Plain(_) => Self::Plain(text),
        }
    }

    fn split(self, between: &'a str) -> Vec<Self> {
        self.text().split(between).map(|part| self.with(part)).collect()
    }
}

/// The value of a parameter in a request. `None` if it is absent.
///
/// # Errors
/// If the parameter is declared as JSON and its text is not JSON: the text.
pub(in crate::verify) fn parameter(
    types: &mut Types<'_>,
    parameter: &Parameter,
    given: &Given<'_, '_>,
) -> Result<Option<Value>, String> {
    let name = parameter.wire.as_str();
    match parameter.place {
        ParameterPlace::Path => match given.path.iter().find(|(found, _)| *found == name) {
            Some((_, text)) => of_one(types, parameter.ty, (name, parameter.form), Raw::Path(text)).map(Some),
            None => Ok(None),
        },
        ParameterPlace::Header => {
            let found = given.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
            let values: Vec<&str> = found.map(|(_, value)| &**value).collect();
            // A repeated header is a list (RFC 9110 §5.3).
            let joined = values.join(",");
            if values.is_empty() {
                return Ok(None);
            }
            of_one(types, parameter.ty, (name, parameter.form), Raw::Plain(&joined)).map(Some)
        }
        ParameterPlace::Query => of_pairs(types, parameter, given.query, given.names),
        ParameterPlace::Cookie => {
            let pairs: Vec<(Cow<'_, str>, &str)> =
                given.cookies.iter().map(|(name, value)| (Cow::Borrowed(*name), *value)).collect();
            of_pairs(types, parameter, &pairs, &[])
        }
    }
}

/// The value of a response header.
///
/// # Errors
/// If the header is declared as JSON and its text is not JSON: the text.
pub(in crate::verify) fn header(
    types: &mut Types<'_>,
    header: &ResponseHeader,
    text: &str,
) -> Result<Value, String> {
    let style = match header.form {
        HeaderForm::Json => ParameterStyle::Json,
        HeaderForm::Text => return Ok(types.text(Some(header.ty), text.trim())),
        HeaderForm::List | HeaderForm::Object => ParameterStyle::Simple,
    };
    let form = ParameterForm { style, explode: text.contains('='), reserved: false };
    of_one(types, header.ty, (&header.wire, form), Raw::Plain(text))
}

/// Parses a value that is one text.
fn of_one(
    types: &mut Types<'_>,
    ty: TypeRef,
    (name, form): (&str, ParameterForm),
    raw: Raw<'_>,
) -> Result<Value, String> {
    let (raw, between) = match form.style {
        ParameterStyle::Json => {
            let text = raw.decoded();
            return json(&text).ok_or_else(|| text.into_owned());
        }
        ParameterStyle::Simple | ParameterStyle::Form | ParameterStyle::DeepObject => (raw, ","),
        ParameterStyle::SpaceDelimited if raw.text().contains("%20") => (raw, "%20"),
        ParameterStyle::SpaceDelimited => (raw, "+"),
        ParameterStyle::PipeDelimited if raw.text().contains('|') => (raw, "|"),
        ParameterStyle::PipeDelimited => (raw, "%7C"),
        ParameterStyle::Label => {
            let text = raw.text();
            (raw.with(text.strip_prefix('.').unwrap_or(text)), if form.explode { "." } else { "," })
        }
        ParameterStyle::Matrix => {
            let text = raw.text();
            let text = text.strip_prefix(';').unwrap_or(text);
            let text = if form.explode {
                text
            } else {
                text.strip_prefix(name).map_or(text, |rest| rest.strip_prefix('=').unwrap_or(rest))
            };
            (raw.with(text), if form.explode { ";" } else { "," })
        }
    };
    // `;name=a;name=b`
    let named = match form.style {
        ParameterStyle::Matrix if form.explode => Some(name),
        ParameterStyle::Matrix
        | ParameterStyle::Simple
        | ParameterStyle::Label
        | ParameterStyle::Form
        | ParameterStyle::SpaceDelimited
        | ParameterStyle::PipeDelimited
        | ParameterStyle::DeepObject
        | ParameterStyle::Json => None,
    };
    Ok(split(types, ty, raw, &How { between, explode: form.explode, named }))
}

/// The delimiters of a text.
struct How<'a> {
    between: &'a str,
    /// Whether objects are written as `key=value`.
    explode: bool,
    /// The name before each element.
    named: Option<&'a str>,
}

impl How<'_> {
    fn without_name<'t>(&self, text: &'t str) -> &'t str {
        let rest =
            self.named.and_then(|name| text.strip_prefix(name)).and_then(|rest| rest.strip_prefix('='));
        rest.unwrap_or(text)
    }
}

fn split(types: &mut Types<'_>, ty: TypeRef, raw: Raw<'_>, how: &How<'_>) -> Value {
    match types.kind(ty) {
        Kind::Text => {
            let raw = raw.with(how.without_name(raw.text()));
            types.text(Some(ty), &raw.decoded())
        }
        Kind::Union(variants) => {
            let values = variants.into_iter().map(|variant| split(types, variant, raw, how)).collect();
            let taken = types.first_taken(ty, values);
            taken.unwrap_or_else(|| raw.decoded().into())
        }
        Kind::List(item) => {
            let parts = parts(raw, how.between);
            let values = parts.into_iter().map(|part| types.text(Some(item), how.without_name(&part)));
            let exact = Value::Array(values.collect());
            if types.takes(ty, &exact) {
                return exact;
            }
            // Some clients also encode the delimiters.
            let text = raw.decoded();
            let values = text.split(',').map(|part| types.text(Some(item), part.trim()));
            let lenient = Value::Array(values.collect());
            if types.takes(ty, &lenient) { lenient } else { exact }
        }
        Kind::Tuple(places) => {
            let parts = parts(raw, how.between);
            let parts = parts.iter().enumerate();
            parts.map(|(at, part)| types.text(places.get(at).copied(), how.without_name(part))).collect()
        }
        Kind::Object => {
            let parts = raw.split(how.between);
            let mut members = Map::new();
            let mut add = |key: Raw<'_>, value: Raw<'_>| {
                let (key, value) = (key.decoded(), value.decoded());
                let of_member = types.member(ty, &key);
                members.insert(key.into_owned(), types.text(of_member, &value));
            };
            if how.explode {
                for part in parts {
                    let (key, value) = part.text().split_once('=').unwrap_or((part.text(), ""));
                    add(part.with(key), part.with(value));
                }
            } else {
                parts.chunks(2).for_each(|pair| {
                    if let [key, rest @ ..] = pair {
                        add(*key, rest.first().copied().unwrap_or(key.with("")));
                    }
                });
            }
            Value::Object(members)
        }
    }
}

/// The elements of a text. An empty text has none.
fn parts<'a>(raw: Raw<'a>, between: &'a str) -> Vec<Cow<'a, str>> {
    if raw.text().is_empty() {
        Vec::new()
    } else {
        raw.split(between).into_iter().map(Raw::decoded).collect()
    }
}

/// Parses a value that is spread over the pairs of a query or of cookies.
fn of_pairs(
    types: &mut Types<'_>,
    parameter: &Parameter,
    pairs: &[(Cow<'_, str>, &str)],
    names: &[&str],
) -> Result<Option<Value>, String> {
    let (name, form, ty) = (parameter.wire.as_str(), parameter.form, parameter.ty);
    let own: Vec<&str> = pairs.iter().filter(|(found, _)| found == name).map(|(_, value)| *value).collect();
    if form.style == ParameterStyle::DeepObject || own.is_empty() {
        let deep = pairs.iter().filter(|(found, _)| !names.contains(&&**found) || found == name);
        let tree = Tree::of(name, deep.map(|(name, value)| (&**name, decoded_query(value))));
        if let Some(tree) = tree.filter(|_| own.is_empty() || form.style == ParameterStyle::DeepObject) {
            return Ok(Some(tree.value(types, Some(ty))));
        }
    }
    let is_exploded = form.explode && form.style != ParameterStyle::Json;
    if is_exploded && let Some(value) = exploded(types, ty, &own, (pairs, names)) {
        return Ok(Some(value));
    }
    match own.last() {
        // An exploded parameter that was sent as one text is parsed as one text.
        Some(text) => of_one(types, ty, (name, form), Raw::Query(text)).map(Some),
        None => Ok(None),
    }
}

/// Parses an exploded list or object. `None` if none of its parts is there, or the type is a scalar.
fn exploded(
    types: &mut Types<'_>,
    ty: TypeRef,
    own: &[&str],
    (pairs, names): (&[(Cow<'_, str>, &str)], &[&str]),
) -> Option<Value> {
    match types.kind(ty) {
        Kind::Text => None,
        Kind::List(item) if !own.is_empty() => {
            Some(own.iter().map(|text| types.text(Some(item), &decoded_query(text))).collect())
        }
        Kind::Tuple(places) if !own.is_empty() => {
            let texts = own.iter().enumerate();
            Some(texts.map(|(at, text)| types.text(places.get(at).copied(), &decoded_query(text))).collect())
        }
        Kind::List(_) | Kind::Tuple(_) => None,
        Kind::Union(variants) => {
            let values: Vec<Value> = variants
                .into_iter()
                .filter_map(|variant| {
                    exploded(types, variant, own, (pairs, names)).or_else(|| match own {
                        // A repeated name is not a single text.
                        [only] => Some(types.text(Some(variant), &decoded_query(only))),
                        _ => None,
                    })
                })
                .collect();
            types.first_taken(ty, values)
        }
        Kind::Object => {
            let mut members = Map::new();
            for (key, value) in pairs.iter().filter(|(key, _)| !names.contains(&&**key)) {
                let Some(of_member) = types.member(ty, key) else { continue };
                let text = decoded_query(value);
                // Each item of a list in the object has the name of the list.
                if let Kind::List(item) = types.kind(of_member) {
                    let list = members.entry(key.to_string()).or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(items) = list {
                        items.push(types.text(Some(item), &text));
                    }
                } else {
                    members.insert(key.to_string(), types.text(Some(of_member), &text));
                }
            }
            (!members.is_empty()).then_some(Value::Object(members))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::accept::Interpreter;
    use crate::testing::read;
    use crate::verify::url::Url;

    const DOCUMENT: &str = "
        paths:
          /a/{simple}/{exploded}/{label}/{labels}/{matrix}/{matrices}/{object}/{objects}:
            get:
              parameters:
                - { name: simple, in: path, required: true, schema: { $ref: '#/components/schemas/List' } }
                - { name: exploded, in: path, required: true, explode: true, schema: { $ref: '#/components/schemas/Object' } }
                - { name: label, in: path, required: true, style: label, schema: { $ref: '#/components/schemas/List' } }
                - { name: labels, in: path, required: true, style: label, explode: true, schema: { $ref: '#/components/schemas/List' } }
                - { name: matrix, in: path, required: true, style: matrix, schema: { $ref: '#/components/schemas/List' } }
                - { name: matrices, in: path, required: true, style: matrix, explode: true, schema: { $ref: '#/components/schemas/List' } }
                - { name: object, in: path, required: true, style: matrix, schema: { $ref: '#/components/schemas/Object' } }
                - { name: objects, in: path, required: true, style: matrix, explode: true, schema: { $ref: '#/components/schemas/Object' } }
                - { name: form, in: query, schema: { $ref: '#/components/schemas/List' } }
                - { name: flat, in: query, explode: false, schema: { $ref: '#/components/schemas/List' } }
                - { name: space, in: query, style: spaceDelimited, explode: false, schema: { $ref: '#/components/schemas/List' } }
                - { name: pipe, in: query, style: pipeDelimited, explode: false, schema: { $ref: '#/components/schemas/List' } }
                - { name: spread, in: query, schema: { $ref: '#/components/schemas/Object' } }
                - { name: pageable, in: query, schema: { type: object, properties: { size: { type: integer }, sort: { type: array, items: { type: string } } } } }
                - { name: pairs, in: query, explode: false, schema: { $ref: '#/components/schemas/Object' } }
                - { name: deep, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Deep' } }
                - { name: json, in: query, content: { application/json: { schema: { $ref: '#/components/schemas/Object' } } } }
                - { name: either, in: query, schema: { anyOf: [{ type: integer }, { type: array, items: { type: integer } }] } }
                - { name: text, in: query, schema: { type: string } }
                - { name: flag, in: query, schema: { type: boolean } }
                - { name: nothing, in: query, schema: { type: [integer, 'null'] } }
                - { name: X-List, in: header, schema: { $ref: '#/components/schemas/List' } }
                - { name: c, in: cookie, schema: { type: integer } }
              responses: { '200': { description: It } }
        components:
          schemas:
            List: { type: array, items: { type: integer } }
            Object: { type: object, properties: { R: { type: integer }, G: { type: string } } }
            Deep:
              type: object
              properties:
                a: { type: integer }
                list: { type: array, items: { type: integer } }
                o: { $ref: '#/components/schemas/Object' }
    ";

    /// The values of the parameters that a request has.
    fn given(url: &str, headers: &[(&str, &str)], cookies: &[(&str, &str)]) -> String {
        let document = read(DOCUMENT);
        let graph = &document.graph;
        let interpreter = Interpreter::new(graph.types(), graph.libraries().dates);
        let mut types = Types { graph, interpreter };
        let operation = &graph.operations()[0];
        let url = Url::of(url);
        let path_names: Vec<&str> = operation
            .parameters
            .iter()
            .filter(|it| it.place == ParameterPlace::Path)
            .map(|it| it.wire.as_str())
            .collect();
        let texts = url.path.split('/').skip(2);
        let path: Vec<(&str, &str)> =
            path_names.into_iter().zip(texts).filter(|(_, text)| *text != "-").collect();
        let in_query = operation.parameters.iter().filter(|it| it.place == ParameterPlace::Query);
        let names: Vec<&str> = in_query.map(|it| it.wire.as_str()).collect();
        let query = url.pairs();
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let given = Given { path: &path, query: &query, cookies, headers: &headers, names: &names };
        let mut lines = Vec::new();
        for one in &operation.parameters {
            match parameter(&mut types, one, &given) {
                Ok(Some(value)) => lines.push(format!("{} = {value}", one.wire)),
                Ok(None) => {}
                Err(text) => lines.push(format!("{}: not JSON: {text}", one.wire)),
            }
        }
        lines.join("\n")
    }

    #[test]
    fn paths_are_read_by_their_styles() {
        let url = "/a/1,2/R=1,G=a%2Cb/.1,2/.1.2/;matrix=1,2/;matrices=1;matrices=2/;object=R,1,G,x/;R=1;G=x";
        insta::assert_snapshot!(given(url, &[], &[]), @r#"
            simple = [1,2]
            exploded = {"G":"a,b","R":1}
            label = [1,2]
            labels = [1,2]
            matrix = [1,2]
            matrices = [1,2]
            object = {"G":"x","R":1}
            objects = {"G":"x","R":1}
            "#);
    }

    #[test]
    fn queries_are_read_by_their_styles() {
        insta::assert_snapshot!(given("/?form=1&form=2&flat=1,2&space=1%202&pipe=1|2&R=1&G=a+b&pairs=R,1,G,x&size=9&sort=name,asc&sort=7", &[], &[]), @r#"
            form = [1,2]
            flat = [1,2]
            space = [1,2]
            pipe = [1,2]
            spread = {"G":"a b","R":1}
            pageable = {"size":9,"sort":["name,asc","7"]}
            pairs = {"G":"x","R":1}
            "#);
        insta::assert_snapshot!(given("/?flat=1%2C2&space=1+2&pipe=1%7C2&form=3&json=%7B%22R%22:1%7D", &[], &[]), @r#"
            form = [3]
            flat = [1,2]
            space = [1,2]
            pipe = [1,2]
            json = {"R":1}
            "#);
        insta::assert_snapshot!(given("/?deep[a]=1&deep[list][]=1&deep%5Blist%5D%5B%5D=2&deep[o][R]=5&deep[o][G]=7&json={", &[], &[]), @r#"
            deep = {"a":1,"list":[1,2],"o":{"G":"7","R":5}}
            json: not JSON: {
            "#);
        insta::assert_snapshot!(given("/?either=1&text=1&flag=true&nothing=&form=x&deep[list][0]=1&deep[list][1]=2", &[], &[]), @r#"
            form = ["x"]
            deep = {"list":[1,2]}
            either = 1
            text = "1"
            flag = true
            nothing = null
            "#);
        insta::assert_snapshot!(given("/?either=1&either=2&text=null&flag=yes&nothing=null", &[], &[]), @r#"
            either = [1,2]
            text = "null"
            flag = "yes"
            nothing = null
            "#);
        insta::assert_snapshot!(given("/?form&flat=&unknown=1", &[], &[]), @r#"
            form = [""]
            flat = []
            "#);
    }

    #[test]
    fn headers_and_cookies_are_plain() {
        insta::assert_snapshot!(given("/", &[("x-list", "1, 2"), ("X-List", "3")], &[("c", "4"), ("d", "5")]), @r"
            X-List = [1,2,3]
            c = 4
            ");
    }
}
