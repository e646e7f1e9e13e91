//! Reads entries of HAR 1.2 as browsers and proxies write them.

use serde::Deserialize;

use super::{Body, Exchange, Field, Message, Text, status, wrong};

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    request: Request<'a>,
    #[serde(borrow)]
    response: Option<Response<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(borrow)]
    method: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    headers: Option<Vec<Pair<'a>>>,
    #[serde(borrow)]
    post_data: Option<PostData<'a>>,
    body_size: Option<i64>,
}

#[derive(Deserialize)]
struct Response<'a> {
    status: Option<i64>,
    #[serde(borrow)]
    headers: Option<Vec<Pair<'a>>>,
    #[serde(borrow)]
    content: Option<Content<'a>>,
}

#[derive(Deserialize)]
struct Pair<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    value: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    #[serde(borrow)]
    mime_type: Option<Text<'a>>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    encoding: Option<Text<'a>>,
    #[serde(borrow)]
    params: Option<Vec<Param<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Param<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    value: Option<Text<'a>>,
    #[serde(borrow)]
    file_name: Option<Text<'a>>,
    #[serde(borrow)]
    content_type: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    size: Option<i64>,
    #[serde(borrow)]
    mime_type: Option<Text<'a>>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    encoding: Option<Text<'a>>,
}

/// Reads an entry.
pub(super) fn entry(text: &str) -> Result<Exchange<'_>, String> {
    let Entry { request, response } = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    let Request { method, url, headers, post_data, body_size } = request;
    let mut request = Message { headers: pairs(headers), ..Message::default() };
    match post_data {
        Some(data) => {
            request.media_type = data.mime_type.map(|text| text.0);
            request.body = match (data.text, data.params) {
                // For multipart forms browsers record either the text or the fields, and leave the other one empty.
                (Some(text), Some(fields)) if text.0.is_empty() && !fields.is_empty() => form(fields),
                (Some(text), _) if is_base64(data.encoding.as_ref()) => Body::of_base64(text.0),
                (Some(text), _) => Body::of_text(text.0),
                (None, Some(fields)) if !fields.is_empty() => form(fields),
                (None, _) => Body::NotRecorded,
            };
        }
        // A missing body was not sent, unless its size says otherwise.
        None if body_size.is_none_or(|size| size <= 0) => request.body = Body::Empty,
        None => {}
    }
    let mut exchange = Exchange { method: method.0, url: url.0, request, ..Exchange::default() };
    if let Some(Response { status: found, headers, content }) = response {
        exchange.status = status(found);
        exchange.response.headers = pairs(headers);
        if let Some(content) = content {
            exchange.response.media_type = content.mime_type.map(|text| text.0);
            exchange.response.body = match content.text {
                // Browsers do not keep large bodies and bodies of redirects.
                Some(text) if text.0.is_empty() && content.size.is_some_and(|size| size > 0) => {
                    Body::NotRecorded
                }
                Some(text) if is_base64(content.encoding.as_ref()) => Body::of_base64(text.0),
                Some(text) => Body::of_text(text.0),
                None if content.size == Some(0) => Body::Empty,
                None => Body::NotRecorded,
            };
        }
    }
    Ok(exchange)
}

fn pairs<'a>(found: Option<Vec<Pair<'a>>>) -> super::Headers<'a> {
    let found = found.filter(|found| !found.is_empty())?;
    Some(found.into_iter().map(|pair| (pair.name.0, pair.value.0)).collect())
}

fn is_base64(encoding: Option<&Text<'_>>) -> bool {
    encoding.is_some_and(|encoding| encoding.0.eq_ignore_ascii_case("base64"))
}

fn form(fields: Vec<Param<'_>>) -> Body<'_> {
    Body::Fields(fields.into_iter().map(field).collect())
}

fn field(found: Param<'_>) -> Field<'_> {
    Field {
        name: found.name.0,
        value: found.value.map(|text| text.0).unwrap_or_default(),
        is_file: found.file_name.is_some(),
        media_type: found.content_type.map(|text| text.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_what_browsers_write() {
        let text = r#"{
            "startedDateTime": "2026-01-01T00:00:00Z", "_initiator": {"type": "script"},
            "request": {
                "method": "POST", "url": "https://api.example.com/pets?x=1", "httpVersion": "h2", "bodySize": 14,
                "headers": [{"name": ":authority", "value": "api.example.com"}, {"name": "Accept", "value": "*/*"}],
                "postData": {"mimeType": "application/json", "text": "{\"name\":\"Tom\"}"}
            },
            "response": {
                "status": 201, "statusText": "", "headers": [],
                "content": {"size": 2, "mimeType": "application/json", "text": "e30=", "encoding": "base64"}
            },
            "time": 12.5
        }"#;
        let found = entry(text).expect("it is an entry");
        assert_eq!((&*found.method, &*found.url), ("POST", "https://api.example.com/pets?x=1"));
        assert_eq!(found.status, Some(201));
        assert_eq!(found.request.header("accept"), Some("*/*"));
        assert_eq!(found.request.content_type(), Some("application/json"));
        assert_eq!(found.request.body, Body::Text("{\"name\":\"Tom\"}".into()));
        assert_eq!(found.response.headers, None);
        assert_eq!(found.response.body, Body::Base64("e30=".into()));
    }

    #[test]
    fn what_a_browser_did_not_keep_is_not_known() {
        let of = |request: &str, response: &str| {
            let text =
                format!(r#"{{"request":{{"method":"GET","url":"/"{request}}},"response":{response}}}"#);
            let found = entry(&text).expect("it is an entry");
            format!("{:?} {:?} {:?}", found.request.body, found.status, found.response.body)
        };
        assert_eq!(of("", "{}"), "Empty None NotRecorded");
        assert_eq!(of(r#","bodySize":9"#, r#"{"status":0}"#), "NotRecorded None NotRecorded");
        assert_eq!(of("", r#"{"status":200,"content":{"size":5}}"#), "Empty Some(200) NotRecorded");
        assert_eq!(of("", r#"{"status":200,"content":{"size":5,"text":""}}"#), "Empty Some(200) NotRecorded");
        assert_eq!(of("", r#"{"status":200,"content":{"size":0}}"#), "Empty Some(200) Empty");
        let form =
            r#","postData":{"text":"","params":[{"name":"a","value":"b"},{"name":"f","fileName":"x.png"}]}"#;
        let field = |name: &'static str, value: &'static str, is_file| Field {
            name: name.into(),
            value: value.into(),
            is_file,
            media_type: None,
        };
        let expected = Body::Fields(vec![field("a", "b", false), field("f", "", true)]);
        assert_eq!(of(form, "{}"), format!("{expected:?} None NotRecorded"));
    }

    #[test]
    fn what_is_not_an_entry_is_an_error() {
        let error = entry(r#"{"request":{"method":"GET"}}"#).expect_err("there is no URL");
        assert_eq!(error, "`url` is missing (byte 27 of the value)");
    }
}
