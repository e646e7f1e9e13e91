//! Tables with what a document says about an operation. One function makes requests from them.

use super::super::{Answer, Rules};

/// What a document says about an operation.
#[derive(Debug, PartialEq)]
pub struct Endpoint {
    /// `operationId`, or the method and the path.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path with its templates.
    pub path: &'static str,
    /// The parameters.
    pub parameters: &'static [Place],
    /// The responses.
    pub answers: &'static [Answer],
    /// The required security schemes: a list of alternatives, of each of which all schemes are required.
    pub security: &'static [&'static [&'static str]],
    /// The URL of the operation's own server, if it has one.
    pub server: Option<&'static str>,
    /// The variant that a success is read into, if it is the only one.
    pub success: Option<&'static str>,
    /// The constraints of the parameters, by place and name (`query/limit`), and of the body.
    pub rules: &'static Rules,
}

/// The place of a parameter or of a form's field, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its place in the request.
    pub to: Target,
    /// How lists and objects are written.
    pub style: Style,
    /// Whether their parts are written one by one.
    pub explode: bool,
    /// Whether reserved characters are written as they are (`allowReserved`).
    pub reserved: bool,
    /// For a field of a form: the media type that the document gives it.
    pub media_type: Option<&'static str>,
    /// For a header: whether its value may be or contain a secret.
    pub secret: bool,
}

/// The place of a value in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// In place of `{name}` in the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the header `Cookie`.
    Cookie,
    /// Into the body.
    Field,
}

/// How lists and objects are written (OpenAPI 3.1.1 §4.8.12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`.
    Simple,
    /// `.a.b`.
    Label,
    /// `;name=a;name=b`.
    Matrix,
    /// `name=a&name=b`.
    Form,
    /// `name=a%20b`.
    Space,
    /// `name=a%7Cb`.
    Pipe,
    /// `name[a]=b`, with the places of lists as numbers: `name[a][0]=b`.
    Deep,
    /// `name[a]=b`, with lists without numbers: `name[a][]=b`.
    Brackets,
    /// One JSON text: a parameter with `content`, an object in a form.
    Json,
}

impl Place {
    const fn new(name: &'static str, to: Target, style: Style, explode: bool) -> Self {
        Place { name, to, style, explode, reserved: false, media_type: None, secret: false }
    }

    /// A parameter in the path, as it is written by default.
    pub const fn path(name: &'static str) -> Self {
        Place::new(name, Target::Path, Style::Simple, false)
    }

    /// A parameter in the query, as it is written by default.
    pub const fn query(name: &'static str) -> Self {
        Place::new(name, Target::Query, Style::Form, true)
    }

    /// A header, as it is written by default.
    pub const fn header(name: &'static str) -> Self {
        Place::new(name, Target::Header, Style::Simple, false)
    }

    /// A cookie, as it is written by default.
    pub const fn cookie(name: &'static str) -> Self {
        Place::new(name, Target::Cookie, Style::Form, true)
    }

    /// A field of a form, as it is written by default: of a list each item, objects as JSON.
    pub const fn field(name: &'static str) -> Self {
        Place::new(name, Target::Field, Style::Json, true)
    }

    /// With another style.
    pub const fn simple(self) -> Self {
        Place { style: Style::Simple, ..self }
    }

    /// With another style.
    pub const fn form(self) -> Self {
        Place { style: Style::Form, ..self }
    }

    /// With another style.
    pub const fn label(self) -> Self {
        Place { style: Style::Label, ..self }
    }

    /// With another style.
    pub const fn matrix(self) -> Self {
        Place { style: Style::Matrix, ..self }
    }

    /// With another style.
    pub const fn space(self) -> Self {
        Place { style: Style::Space, ..self }
    }

    /// With another style.
    pub const fn pipe(self) -> Self {
        Place { style: Style::Pipe, ..self }
    }

    /// With another style.
    pub const fn deep(self) -> Self {
        Place { style: Style::Deep, ..self }
    }

    /// With another style.
    pub const fn brackets(self) -> Self {
        Place { style: Style::Brackets, ..self }
    }

    /// As one JSON text.
    pub const fn json(self) -> Self {
        Place { style: Style::Json, ..self }
    }

    /// With the parts of lists and objects one by one.
    pub const fn exploded(self) -> Self {
        Place { explode: true, ..self }
    }

    /// With the parts of lists and objects in one value.
    pub const fn joined(self) -> Self {
        Place { explode: false, ..self }
    }

    /// With reserved characters as they are.
    pub const fn reserved(self) -> Self {
        Place { reserved: true, ..self }
    }

    /// With a value that may be a secret.
    pub const fn secret(self) -> Self {
        Place { secret: true, ..self }
    }

    /// With the media type that the document gives a field.
    pub const fn typed(self, media_type: &'static str) -> Self {
        Place { media_type: Some(media_type), ..self }
    }
}
