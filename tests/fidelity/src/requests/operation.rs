//! What a document says of its operations (OpenAPI 3.1.1 §4.8.10, §4.8.12, §4.8.13).

use serde_json::{Map, Value};

use crate::{Document, pointer};

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its pointer.
    pub at: String,
    /// Its method in upper case.
    pub method: String,
    /// Its path with templates.
    pub path: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its bodies by media type, and whether one must be sent.
    pub bodies: Vec<Body>,
    /// Whether a body must be sent.
    pub body_required: bool,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it is sent.
    pub place: Place,
    /// How it is written.
    pub style: Style,
    /// Whether its parts are written one by one.
    pub explode: bool,
    /// Whether reserved characters stand as they are.
    pub reserved: bool,
    /// Whether it must be there.
    pub required: bool,
    /// The pointer of its schema.
    pub schema: Option<String>,
    /// What its absence means.
    pub default: Option<Value>,
}

impl Parameter {
    /// What it is called among what is given.
    pub fn key(&self) -> String {
        format!("{} {}", self.place.word(), self.name)
    }
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Place {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "path" => Self::Path,
            "query" => Self::Query,
            "header" => Self::Header,
            "cookie" => Self::Cookie,
            _ => return None,
        })
    }

    /// The word of the document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How lists and objects are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Deep,
    /// `content` with JSON.
    Json,
}

impl Style {
    /// The style of this name, or what holds without one.
    pub fn of(word: Option<&str>, place: Place) -> Self {
        match (word, place) {
            (Some("simple"), _) => Self::Simple,
            (Some("label"), _) => Self::Label,
            (Some("matrix"), _) => Self::Matrix,
            (Some("form"), _) => Self::Form,
            (Some("spaceDelimited"), _) => Self::Space,
            (Some("pipeDelimited"), _) => Self::Pipe,
            (Some("deepObject"), _) => Self::Deep,
            (_, Place::Path | Place::Header) => Self::Simple,
            (_, Place::Query | Place::Cookie) => Self::Form,
        }
    }
}

/// A body of one media type.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its media type, as the document writes it.
    pub media_type: String,
    /// The pointer of its schema.
    pub schema: Option<String>,
    /// The encoding object.
    pub encoding: Map<String, Value>,
}

/// The operations of a document, except those of Swagger 2.0, which says all of this in other words.
pub fn operations(document: &Document) -> Vec<Operation> {
    let mut found = Vec::new();
    let paths = document.raw().get("paths").and_then(Value::as_object);
    if document.dialect() == crate::Dialect::Swagger2 {
        return found;
    }
    for (path, item) in paths.into_iter().flatten() {
        let at = pointer::join("/paths", path);
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
        for method in methods {
            if let Some(operation) = item.get(method) {
                found.push(read(document, path, (&at, item), (method, operation)));
            }
        }
    }
    found
}

fn read(
    document: &Document,
    path: &str,
    (item_at, item): (&str, &Value),
    (method, operation): (&str, &Value),
) -> Operation {
    let at = pointer::join(item_at, method);
    let mut parameters: Vec<Parameter> = Vec::new();
    for (holder, holder_at) in [(item, item_at), (operation, at.as_str())] {
        let list = holder.get("parameters").and_then(Value::as_array);
        for (index, parameter) in list.into_iter().flatten().enumerate() {
            let place = format!("{holder_at}/parameters/{index}");
            let Some(found) = self::parameter(document, parameter, place) else { continue };
            // An operation's parameter replaces that of its path.
            parameters.retain(|known| known.name != found.name || known.place != found.place);
            parameters.push(found);
        }
    }
    let (mut bodies, mut body_required) = (Vec::new(), false);
    if let Some(body) = operation.get("requestBody") {
        let (body, place) = followed(document, body, pointer::join(&at, "requestBody"));
        body_required = body.get("required").and_then(Value::as_bool).unwrap_or_default();
        for (media_type, media) in body.get("content").and_then(Value::as_object).into_iter().flatten() {
            let place = pointer::join(&format!("{place}/content"), media_type);
            let encoding = media.get("encoding").and_then(Value::as_object).cloned().unwrap_or_default();
            let schema = media.get("schema").map(|_| format!("{place}/schema"));
            bodies.push(Body { media_type: media_type.clone(), schema, encoding });
        }
    }
    Operation {
        at,
        method: method.to_ascii_uppercase(),
        // The fragment that distinguishes operations with the same path is not part of a request.
        path: path.split('#').next().unwrap_or_default().to_owned(),
        parameters,
        bodies,
        body_required,
    }
}

fn parameter(document: &Document, value: &Value, at: String) -> Option<Parameter> {
    let (value, at) = followed(document, value, at);
    let flag = |key: &str| value.get(key).and_then(Value::as_bool);
    let place = Place::of(value.get("in")?.as_str()?)?;
    let content = value.get("content").and_then(Value::as_object).and_then(|content| content.iter().next());
    let style = Style::of(value.get("style").and_then(Value::as_str), place);
    let schema_at = format!("{at}/schema");
    let (style, schema) = match content {
        Some((name, media)) if value.get("schema").is_none() => {
            let at = format!("{}/schema", pointer::join(&format!("{at}/content"), name));
            (Style::Json, media.get("schema").map(|_| at))
        }
        _ => (style, value.get("schema").map(|_| schema_at)),
    };
    let default = schema.as_ref().and_then(|at| document.raw().pointer(at)?.get("default").cloned());
    Some(Parameter {
        name: value.get("name")?.as_str()?.to_owned(),
        place,
        style,
        explode: flag("explode").unwrap_or(style == Style::Form),
        reserved: flag("allowReserved").unwrap_or_default(),
        required: flag("required").unwrap_or_default() || place == Place::Path,
        default: default.filter(|_| !flag("required").unwrap_or_default() && place != Place::Path),
        schema,
    })
}

/// What a reference leads to.
fn followed<'d>(document: &'d Document, mut value: &'d Value, mut at: String) -> (&'d Value, String) {
    for _ in 0..100 {
        let target = value.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference);
        let Some((target, found)) = target.and_then(|at| Some((at.clone(), document.raw().pointer(&at)?)))
        else {
            break;
        };
        (value, at) = (found, target);
    }
    (value, at)
}
