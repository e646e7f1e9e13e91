//! Reads exchanges that are not HAR entries: one per line, or in an array.
//!
//! In the *flat* form, which modelsmith itself records, an exchange has the members `method`, `url` (or `path`) and
//! `status`. The bodies are `request` and `response`: JSON, or a string with the text of the body. `request_base64` and
//! `response_base64` are for bodies that are not text, `request_text` and `response_text` for bodies that are text and
//! not JSON. The headers are `request_headers` and `response_headers`. If `operation` names the operation, `method` and
//! `url` are optional.
//!
//! In the *nested* form `request` and `response` are objects with `method`, `url`, `status`, `headers`, and `body`,
//! `text` or `base64`.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Body, Exchange, Headers, Message, Text, har, status, wrong};

#[derive(Deserialize)]
struct Flat<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    path: Option<Text<'a>>,
    #[serde(borrow)]
    operation: Option<Text<'a>>,
    status: Option<i64>,
    #[serde(borrow)]
    request: Option<&'a RawValue>,
    #[serde(borrow)]
    request_text: Option<Text<'a>>,
    #[serde(borrow)]
    request_base64: Option<Text<'a>>,
    request_headers: Option<List>,
    #[serde(borrow)]
    response: Option<&'a RawValue>,
    #[serde(borrow)]
    response_text: Option<Text<'a>>,
    #[serde(borrow)]
    response_base64: Option<Text<'a>>,
    response_headers: Option<List>,
}

/// `request` or `response` of the nested form.
#[derive(Default, Deserialize)]
struct Nested<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    path: Option<Text<'a>>,
    status: Option<i64>,
    headers: Option<List>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    base64: Option<Text<'a>>,
    /// As in HAR.
    #[serde(borrow, rename = "postData")]
    post_data: Option<&'a RawValue>,
    #[serde(borrow)]
    content: Option<&'a RawValue>,
}

/// `request` in the nested form.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    path: Option<Text<'a>>,
}

/// The notations of headers.
#[derive(Deserialize)]
#[serde(untagged)]
enum List {
    ByName(Map<String, Value>),
    Pairs(Vec<(String, Value)>),
    Objects(Vec<Header>),
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: Value,
}

/// Reads an exchange.
pub(super) fn exchange(text: &str) -> Result<Exchange<'_>, String> {
    let flat: Flat<'_> = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    match flat.method {
        Some(_) => flat.exchange(),
        None if flat.operation.is_some() && !flat.is_nested() => flat.exchange(),
        None if flat.request.is_some() => flat.nested(text),
        None => Err("the value is not an exchange: `method` and `request` are missing".to_owned()),
    }
}

impl<'a> Flat<'a> {
    /// Whether `request` is an object of the nested form: in the flat form it is the body.
    fn is_nested(&self) -> bool {
        let request = self.request.and_then(|value| serde_json::from_str::<Line<'_>>(value.get()).ok());
        request.is_some_and(|line| line.method.is_some() && (line.url.is_some() || line.path.is_some()))
    }

    fn exchange(self) -> Result<Exchange<'a>, String> {
        let url = self.url.or(self.path);
        if url.is_none() && self.operation.is_none() {
            return Err("the exchange has neither `url` nor `path`".to_owned());
        }
        let text = |text: Option<Text<'a>>| text.map(|text| text.0).unwrap_or_default();
        let (method, url) = (text(self.method), text(url));
        let request_body = body(self.request, self.request_text, self.request_base64)?;
        let response_body = body(self.response, self.response_text, self.response_base64)?;
        Ok(Exchange {
            method,
            url,
            operation: self.operation.map(|text| text.0),
            request: Message { headers: headers(self.request_headers), media_type: None, body: request_body },
            status: status(self.status),
            response: Message {
                headers: headers(self.response_headers),
                media_type: None,
                body: response_body,
            },
        })
    }

    fn nested(self, text: &'a str) -> Result<Exchange<'a>, String> {
        let request = nested("request", self.request)?;
        let response = nested("response", self.response)?;
        if request.post_data.is_some() || response.content.is_some() {
            return har::entry(text);
        }
        let (Some(method), Some(url)) = (request.method, request.url.or(request.path)) else {
            return Err("`request` has no `method`, or neither `url` nor `path`".to_owned());
        };
        let request_body = body(request.body, request.text, request.base64)?;
        let response_body = body(response.body, response.text, response.base64)?;
        Ok(Exchange {
            method: method.0,
            url: url.0,
            operation: self.operation.map(|text| text.0),
            request: Message { headers: headers(request.headers), media_type: None, body: request_body },
            status: status(response.status.or(self.status)),
            response: Message { headers: headers(response.headers), media_type: None, body: response_body },
        })
    }
}

/// A request or a response of the nested form.
fn nested<'a>(name: &str, value: Option<&'a RawValue>) -> Result<Nested<'a>, String> {
    match value.map(RawValue::get) {
        None => Ok(Nested::default()),
        Some(text) if text.starts_with('{') => {
            serde_json::from_str(text).map_err(|error| format!("`{name}`: {}", wrong(&error)))
        }
        Some(_) => Err(format!("`{name}` is not an object, and the exchange has no `method`")),
    }
}

/// The body, from whichever of the three members is set.
fn body<'a>(
    json: Option<&'a RawValue>,
    text: Option<Text<'a>>,
    base64: Option<Text<'a>>,
) -> Result<Body<'a>, String> {
    if let Some(text) = text {
        return Ok(Body::of_text(text.0));
    }
    if let Some(text) = base64 {
        return Ok(Body::of_base64(text.0));
    }
    let Some(json) = json else { return Ok(Body::NotRecorded) };
    if !json.get().starts_with('"') {
        return Ok(Body::Json(json.get()));
    }
    let text: Text<'a> = serde_json::from_str(json.get()).map_err(|error| wrong(&error))?;
    Ok(if text.0.is_empty() { Body::Empty } else { Body::Either(text.0) })
}

fn headers<'a>(list: Option<List>) -> Headers<'a> {
    let mut found = Vec::new();
    match list? {
        List::ByName(map) => map.into_iter().for_each(|(name, value)| add(&mut found, name, value)),
        List::Pairs(pairs) => pairs.into_iter().for_each(|(name, value)| add(&mut found, name, value)),
        List::Objects(list) => list.into_iter().for_each(|header| add(&mut found, header.name, header.value)),
    }
    Some(found)
}

/// Adds a header. Several values of one header can be an array.
fn add<'a>(found: &mut Vec<(Cow<'a, str>, Cow<'a, str>)>, name: String, value: Value) {
    match value {
        Value::String(text) => found.push((name.into(), text.into())),
        Value::Array(values) => values.into_iter().for_each(|value| add(found, name.clone(), value)),
        Value::Null => {}
        other @ (Value::Bool(_) | Value::Number(_) | Value::Object(_)) => {
            found.push((name.into(), other.to_string().into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match exchange(text) {
            Ok(Exchange { method, url, operation, request, status, response }) => {
                let headers = |message: &Message<'_>| {
                    let all = message.headers.as_deref().unwrap_or_default();
                    all.iter().map(|(name, value)| format!(" {name}={value}")).collect::<String>()
                };
                format!(
                    "{method} {url} {operation:?}{} {:?} -> {status:?}{} {:?}",
                    headers(&request),
                    request.body,
                    headers(&response),
                    response.body
                )
            }
            Err(error) => error,
        }
    }

    #[test]
    fn exchanges_are_flat_or_nested() {
        for (text, expected) in [
            (
                r#"{"method":"GET","path":"/a?b=1","status":200,"request":null,"response":{"c":[1]}}"#,
                r#"GET /a?b=1 None NotRecorded -> Some(200) Json("{\"c\":[1]}")"#,
            ),
            (
                r#"{"method":"PUT","url":"http://x/a","operation":"putA","request":"a b","request_headers":{"A":["b","c"],"D":1},"response_base64":"AA=="}"#,
                r#"PUT http://x/a Some("putA") A=b A=c D=1 Either("a b") -> None Base64("AA==")"#,
            ),
            (
                r#"{"method":"PUT","url":"/a","request_text":"","response_text":"[]","response_headers":[["E","f"]]}"#,
                r#"PUT /a None Empty -> None E=f Text("[]")"#,
            ),
            (
                r#"{"request":{"method":"GET","url":"/a","headers":[{"name":"G","value":"h"}]},"response":{"status":204,"body":""}}"#,
                "GET /a None G=h NotRecorded -> Some(204) Empty",
            ),
            (
                r#"{"operation":"onPet","request":{"method":"none"}}"#,
                r#"  Some("onPet") Json("{\"method\":\"none\"}") -> None NotRecorded"#,
            ),
            (
                r#"{"operation":"onPet","request":{"method":"POST","path":"/hook","body":"x"},"status":204}"#,
                r#"POST /hook Some("onPet") Either("x") -> Some(204) NotRecorded"#,
            ),
            (
                r#"{"request":{"method":"GET","url":"/a"},"response":{"status":200,"content":{"text":"x"}}}"#,
                r#"GET /a None Empty -> Some(200) Text("x")"#,
            ),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn what_is_not_an_exchange_is_an_error() {
        for (text, expected) in [
            (r#"{"a":1}"#, "the value is not an exchange: `method` and `request` are missing"),
            (r#"{"method":"GET"}"#, "the exchange has neither `url` nor `path`"),
            (r#"{"request":{"url":"/"}}"#, "`request` has no `method`, or neither `url` nor `path`"),
            (r#"{"request":[]}"#, "`request` is not an object, and the exchange has no `method`"),
            ("{\n\"method\":1}", "expected a string, found an integer (line 2 of the value, column 10)"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }
}
