//! Operations, webhooks and callbacks: their parameters, bodies and responses.

use std::fmt;

use super::{
    Body, Content, Docs, Graph, Literal, Method, Pages, Presence, ResponseHeader, Shape, Stream, TypeId,
    TypeRef,
};
use crate::braces::first_name;
use crate::diagnostics::Location;

/// One operation (OpenAPI 3.0.4 §4.7.10).
#[derive(Debug, Clone)]
pub struct Operation {
    /// The name to make the module's name from: the `operationId` without what its path and method repeat, or the
    /// method and the path.
    pub name: String,
    /// `operationId`, as written.
    pub id: Option<String>,
    /// The name that the settings give its module.
    pub rename: Option<String>,
    /// What distinguishes it from all others (see [`OperationLabel::place`]).
    pub place: String,
    /// Whether the user calls it or is called.
    pub kind: OperationKind,
    /// The HTTP method.
    pub method: Method,
    /// The path template (`/pets/{id}`); for a webhook its name, for a callback its expression.
    pub path: String,
    /// `summary`, `description`, `deprecated`.
    pub docs: Docs,
    /// `tags`. Nothing is emitted from them.
    pub tags: Vec<String>,
    /// Path, query, header and cookie parameters, in document order, those of the path item first.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, in document order, `default` last.
    pub responses: Vec<Response>,
    /// The headers that its responses declare. Empty unless operations can be called.
    pub headers: Vec<ResponseHeader>,
    /// The stream of items that a success is, if it can be one.
    pub stream: Option<Stream>,
    /// How it answers in pages, if it does.
    pub pages: Option<Pages>,
    /// The security schemes that it requires: one of the alternatives, with all its schemes.
    pub security: Vec<Vec<String>>,
    /// Whether it may be called without any secret.
    pub is_open: bool,
    /// The URL of its own server, if it has one.
    pub server: Option<String>,
    /// Where it is defined.
    pub location: Location,
}

impl Operation {
    /// What its module is named from.
    pub fn label(&self) -> OperationLabel {
        OperationLabel {
            name: self.name.clone(),
            id: self.id.clone(),
            rename: self.rename.clone(),
            place: self.place.clone(),
        }
    }

    /// The names between braces in its path, in order.
    pub fn path_names(&self) -> Vec<&str> {
        self.path_parts().1
    }

    /// The texts around the names in its path. A server cannot tell paths apart in which these are the same.
    pub fn path_texts(&self) -> Vec<&str> {
        self.path_parts().0
    }

    fn path_parts(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut texts, mut names, mut rest) = (Vec::new(), Vec::new(), self.path.as_str());
        while let Some((text, name, behind)) = first_name(rest) {
            texts.push(text);
            names.push(name);
            rest = behind;
        }
        texts.push(rest);
        (texts, names)
    }

    /// The types that its parameters, its body, its responses, their headers and the items of its stream are of, in order.
    pub fn mentions(&self) -> Vec<TypeId> {
        let body = self.body.iter().flat_map(Body::contents).map(|body| body.content);
        let responses = self.responses.iter().flat_map(|response| &response.contents);
        let contents = body.chain(responses.map(|response| response.content));
        let contents = contents.filter_map(|content| Some(content.ty()?.id));
        let headers = self.headers.iter().map(|header| header.ty.id);
        let item = self.stream.iter().filter_map(|stream| Some(stream.item.ty()?.id));
        self.parameters
            .iter()
            .map(|parameter| parameter.ty.id)
            .chain(contents)
            .chain(headers)
            .chain(item)
            .collect()
    }
}

impl Operation {
    /// What a success gives if the document names only one: the index of the response, and of what it holds. Streams of
    /// values and JSON of which nothing is known do not count beside something else.
    pub fn success(&self, graph: &Graph) -> Option<(usize, usize)> {
        let is_success =
            |response: &Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
        let mut successes = self.responses.iter().enumerate().filter(|(_, response)| is_success(response));
        let (at, response) = successes.next().filter(|_| successes.next().is_none())?;
        if let [_] = response.contents[..] {
            return Some((at, 0));
        }
        let is_any = |found: &ResponseContent| match found.content {
            Content::Json(ty) => matches!(graph.get(graph.unaliased(ty).id).shape, Shape::Any(_)),
            Content::Form(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => false,
        };
        let all = response.contents.iter().enumerate();
        let mut plain = all.filter(|(_, found)| !found.is_sequence() && !is_any(found));
        plain.next().filter(|_| plain.next().is_none()).map(|(only, _)| (at, only))
    }
}

/// What an operation's module is named from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationLabel {
    /// As [`Operation::name`].
    pub name: String,
    /// As [`Operation::id`].
    pub id: Option<String>,
    /// As [`Operation::rename`].
    pub rename: Option<String>,
    /// The method and the path; of a webhook its name after `webhook:` instead of the path; of a callback its method and
    /// expression, after the place of its operation and the callback's name.
    pub place: String,
}

impl OperationLabel {
    /// Whether the document gives the operation an identifier.
    pub fn has_id(&self) -> bool {
        self.id.as_deref().is_some_and(|id| id.chars().any(char::is_alphanumeric))
    }
}

/// Whether the user calls an operation or is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// An operation of the API.
    Path,
    /// A webhook: the server calls.
    Webhook,
    /// A callback of another operation: the server calls.
    Callback,
}

impl Parameter {
    /// What it is in `Default`, where the document says it.
    pub fn default_value(&self) -> Option<&Literal> {
        self.presence.default_value().or(self.initial.as_ref())
    }
}

/// One parameter (OpenAPI 3.0.4 §4.7.12).
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// How it is written.
    pub form: ParameterForm,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it must be there. Never `ThreeState`.
    pub presence: Presence,
    /// What it is in `Default` when it is required, where the document says it (`default`).
    pub initial: Option<Literal>,
    /// Where it is defined.
    pub location: Location,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ParameterPlace {
    /// `in: path`: in place of `{name}` in the path.
    Path,
    /// `in: query`.
    Query,
    /// `in: header`.
    Header,
    /// `in: cookie`.
    Cookie,
}

/// How a parameter or a field of a form is written (OpenAPI 3.1.1 §4.8.12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ParameterForm {
    /// How lists and objects are written.
    pub style: ParameterStyle,
    /// Whether their parts are written one by one.
    pub explode: bool,
    /// Whether reserved characters are written as they are (`allowReserved`).
    pub reserved: bool,
}

impl ParameterForm {
    /// How a parameter is written of which the document does not say it.
    pub fn of_place(place: ParameterPlace) -> Self {
        let style = match place {
            ParameterPlace::Path | ParameterPlace::Header => ParameterStyle::Simple,
            ParameterPlace::Query | ParameterPlace::Cookie => ParameterStyle::Form,
        };
        Self { style, explode: style == ParameterStyle::Form, reserved: false }
    }
}

/// A style of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum ParameterStyle {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// One JSON text: the parameter has `content`.
    Json,
}

/// One response (OpenAPI 3.0.4 §4.7.17).
#[derive(Debug, Clone)]
pub struct Response {
    /// Which status codes it is for.
    pub status: Status,
    /// Its documentation.
    pub docs: Docs,
    /// What its body may hold, at least one thing, in the order of the document; what says nothing of the body comes last.
    pub contents: Vec<ResponseContent>,
    /// Where it is defined.
    pub location: Location,
}

/// One of the things that the body of a response may hold.
#[derive(Debug, Clone)]
pub struct ResponseContent {
    /// What it holds.
    pub content: Content,
    /// The media types that it comes as, as the document writes them. None where the document names none.
    pub media_types: Vec<String>,
    /// Whether its variant is named after the status alone. Those of the others are named after a media type, too.
    pub is_main: bool,
    /// Whether it is so much larger than the others of the operation that it is boxed.
    pub boxed: bool,
}

impl ResponseContent {
    /// Whether it is many values, one after the other: an event stream, JSON lines.
    pub fn is_sequence(&self) -> bool {
        !self.media_types.is_empty() && self.media_types.iter().all(|name| is_sequence(name))
    }
}

/// Whether a media type stands for many values, one after the other.
pub fn is_sequence(media_type: &str) -> bool {
    modelsmith_runtime::is_sequence(&modelsmith_runtime::essence(media_type))
}

/// Which status codes a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code.
    Code(u16),
    /// A hundred codes: `4` for `4XX`.
    Range(u8),
    /// Every code that no other response names.
    Default,
}

/// As the document writes it.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Range(hundreds) => write!(f, "{hundreds}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}
