//! Forms: `application/x-www-form-urlencoded` (OpenAPI 3.1.1 §4.8.14.1) and `multipart/form-data` (§4.8.14.3).

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::{Map, Value};

use super::decode::{pairs, take_pairs};
use super::operation::{Body, Place, Style};
use super::percent::decoded;
use super::style::{Decoded, Shape, Written};

/// The fields of a form. `expected` says which of them are lists and objects.
pub(super) fn fields(
    content_type: &str,
    bytes: &[u8],
    body: &Body,
    expected: &Map<String, Value>,
) -> Result<Vec<(String, Decoded)>, String> {
    if content_type.starts_with("multipart/") {
        return parts(content_type, bytes, expected);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    check(text)?;
    let mut rest = pairs(text);
    let mut found = Vec::new();
    let encodings: Vec<&String> = body.encoding.keys().collect();
    // The parts of an exploded object have names of their own: it takes what is left.
    let (open, named): (Vec<_>, Vec<_>) = expected
        .iter()
        .partition(|(name, value)| is_open(&written(name, body.encoding.get(*name), shape(value)), value));
    for (name, value) in named.into_iter().chain(open) {
        let shape = shape(value);
        let encoding = body.encoding.get(name);
        let how = written(name, encoding, shape);
        let others: Vec<String> =
            encodings.iter().map(|name| (*name).clone()).chain(expected.keys().cloned()).collect();
        if let Some(value) = take_pairs(&mut rest, &others, shape, how)? {
            found.push((name.clone(), value));
        }
    }
    for (name, value) in rest {
        found.push((decoded(name)?, Decoded::Text(decoded(value)?)));
    }
    Ok(found)
}

/// What reads forms on the other side reads the same pairs.
fn check(text: &str) -> Result<(), String> {
    let theirs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let ours = pairs(text).into_iter().map(|(name, value)| Ok((decoded(name)?, decoded(value)?)));
    let ours = ours.collect::<Result<Vec<_>, String>>()?;
    if ours == theirs { Ok(()) } else { Err(format!("`{text}` is read as {theirs:?} by others")) }
}

pub(super) fn shape(value: &Value) -> Shape {
    match value {
        Value::Array(_) => Shape::List,
        Value::Object(_) => Shape::Object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::Text,
    }
}

/// Whether a field is an object whose parts have names of their own.
fn is_open(how: &Written<'_>, value: &Value) -> bool {
    value.is_object() && how.explode && how.style == Style::Form
}

fn has_style(encoding: Option<&Value>) -> bool {
    let said = |key: &str| encoding.is_some_and(|encoding| encoding.get(key).is_some());
    said("style") || said("explode") || said("allowReserved")
}

/// Without a style a list is repeated and an object is JSON.
fn written<'a>(name: &'a str, encoding: Option<&Value>, shape: Shape) -> Written<'a> {
    let style = encoding.and_then(|encoding| encoding.get("style")).and_then(Value::as_str);
    let explode = encoding.and_then(|encoding| encoding.get("explode")).and_then(Value::as_bool);
    let style = match shape {
        Shape::Object if !has_style(encoding) => Style::Json,
        Shape::Text | Shape::List | Shape::Object => Style::of(style, Place::Query),
    };
    Written { name, style, explode: explode.unwrap_or(style == Style::Form), plain: false }
}

/// The parts of a multipart body, of which those with one name are a list.
fn parts(
    content_type: &str,
    bytes: &[u8],
    expected: &Map<String, Value>,
) -> Result<Vec<(String, Decoded)>, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let whole = bytes::Bytes::copy_from_slice(bytes);
    let stream = futures_util::stream::once(async move { Ok::<_, std::convert::Infallible>(whole) });
    let mut multipart = multer::Multipart::new(stream, boundary);
    let mut all: Vec<(String, Vec<Decoded>)> = Vec::new();
    while let Some(field) = ready(multipart.next_field()).map_err(|error| error.to_string())? {
        // As browsers escape names.
        let name = field.name().unwrap_or_default();
        let name = name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        let content = ready(field.bytes()).map_err(|error| error.to_string())?;
        let content = String::from_utf8(content.to_vec()).map_err(|_| format!("`{name}` is not UTF-8"))?;
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(Decoded::Text(content)),
            None => all.push((name, vec![Decoded::Text(content)])),
        }
    }
    let value = |(name, mut values): (String, Vec<Decoded>)| {
        // A list may be one part, in JSON.
        let is_json = matches!(&values[..], [Decoded::Text(text)] if text.starts_with('[') && serde_json::from_str::<Value>(text).is_ok());
        let is_list = expected.get(&name).is_some_and(Value::is_array) && !is_json;
        let value = match values.len() {
            1 if !is_list => values.remove(0),
            _ => Decoded::List(values),
        };
        (name, value)
    };
    Ok(all.into_iter().map(value).collect())
}

/// Waits for a future that never has to wait, since everything is there.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
