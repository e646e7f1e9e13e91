//! Headers of responses, with the types of the document.

use super::super::{Error, Read, from_str, from_value};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Implements reading for the headers of an operation's responses.
///
/// ```text
/// runtime::headers!(Headers {
///     required location: "Location";
///     optional limit: "X-Limit", tags: "X-Tags" (list), price: "X-Price" as serde;
/// });
/// ```
///
/// A value is text unless it is a `list`, an `object` or `json`; `as serde` is a type that only implements `serde`'s
/// traits.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no headers")]
macro_rules! headers {
    ($headers:ident {
        $($mode:ident $($field:ident: $name:literal $(($form:ident))? $(as $how:ident)?),+;)*
    }) => {
        impl $headers {
            /// Reads the headers of a response: an `http::HeaderMap`, or a closure that returns the value of a name.
            ///
            /// A missing header is `None`, or an error if every documented response has it. A value of another type is
            /// an error.
            pub fn read(headers: &dyn runtime::HeaderValues) -> Result<Self, runtime::Error> {
                Ok(Self {
                    $($($field: {
                        let form = runtime::headers_part!(form $($form)?);
                        let read = runtime::headers_part!(read $($how)?)(headers, $name, form)?;
                        runtime::headers_part!($mode read $name)
                    },)+)*
                })
            }
        }
    };
}
pub(crate) use headers;

/// The parts of [`headers!`] that depend on the kind of a header.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no headers")]
macro_rules! headers_part {
    (form) => {
        runtime::HeaderForm::Text
    };
    (form list) => {
        runtime::HeaderForm::List
    };
    (form object) => {
        runtime::HeaderForm::Object
    };
    (form json) => {
        runtime::HeaderForm::Json
    };
    (read) => {
        runtime::read_header
    };
    (read serde) => {
        runtime::read_foreign_header
    };
    (optional $read:ident $name:literal) => {
        $read
    };
    (required $read:ident $name:literal) => {
        match $read {
            Some(value) => value,
            None => return Err(runtime::missing_header($name)),
        }
    };
}
pub(crate) use headers_part;

/// The headers of a response.
pub trait HeaderValues {
    /// The value of a header, whatever the case of its name. Several lines are one value, with commas between them
    /// (RFC 9110 §5.3). `None` if the header is missing.
    fn value(&self, name: &str) -> Option<String>;
}

impl<F: Fn(&str) -> Option<String>> HeaderValues for F {
    fn value(&self, name: &str) -> Option<String> {
        self(name)
    }
}

/// How the value of a header is written (OpenAPI 3.1.1 §4.8.21, style `simple`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// The text itself.
    Text,
    /// `a,b`.
    List,
    /// `name,a,other,b` or `name=a,other=b`, whichever the value has.
    Object,
    /// JSON.
    Json,
}

/// Reads a header.
pub fn read_header<T: Read>(
    headers: &dyn HeaderValues,
    name: &str,
    form: HeaderForm,
) -> Result<Option<T>, Error> {
    read_with(headers, name, form, T::SECRET, &|text| from_str(text), &|value| from_value(value))
}

/// Reads a header of a type that implements `serde`'s traits only.
pub fn read_foreign_header<T: DeserializeOwned>(
    headers: &dyn HeaderValues,
    name: &str,
    form: HeaderForm,
) -> Result<Option<T>, Error> {
    let text = |text: &str| super::super::body(serde_json::from_str(text));
    read_with(headers, name, form, false, &text, &|value| super::super::body(T::deserialize(value)))
}

/// Reads a header: JSON as a text, anything else as a value.
fn read_with<T>(
    headers: &dyn HeaderValues,
    name: &str,
    form: HeaderForm,
    secret: bool,
    of_text: &dyn Fn(&str) -> Result<T, Error>,
    of_value: &dyn Fn(&Value) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let Some(text) = headers.value(name) else { return Ok(None) };
    let mut read = None;
    let outcome = match form {
        HeaderForm::Json => of_text(&text).map(|value| read = Some(value)),
        HeaderForm::Text | HeaderForm::List | HeaderForm::Object => {
            Candidates::of(&text, form).read(&mut |value| of_value(value).map(|value| read = Some(value)))
        }
    };
    outcome.map_err(|error| malformed(name, (!secret).then_some(error)))?;
    Ok(read)
}

/// The error that a header is missing that every documented response has.
#[cold]
pub fn missing_header(name: &str) -> Error {
    Error::new(format_args!("the header `{name}` is missing"))
}

#[cold]
fn malformed(name: &str, error: Option<Error>) -> Error {
    match error {
        Some(error) => Error::new(format_args!("the header `{name}` is malformed: {error}")),
        // The message of the error would show a secret.
        None => Error::new(format_args!("the header `{name}` is malformed")),
    }
}

/// The two readings of a text: with numbers and booleans, and with strings only.
struct Candidates {
    typed: Value,
    texts: Value,
}

impl Candidates {
    fn of(text: &str, form: HeaderForm) -> Self {
        let text = text.trim();
        let read = |plain: fn(&str) -> Value| match form {
            HeaderForm::Text | HeaderForm::Json => plain(text),
            HeaderForm::List => list(text, plain),
            HeaderForm::Object => object(text, plain),
        };
        Candidates { typed: read(plain), texts: read(string) }
    }

    /// Reads a value. A header does not say whether `1` is a number or a string: a part that cannot be read as one is
    /// read as the other. If both fail, the first error is returned.
    fn read(mut self, read: &mut dyn FnMut(&Value) -> Result<(), Error>) -> Result<(), Error> {
        /// After this many, all parts are read as strings, so that a server cannot make reading slow.
        const MOST: usize = 16;
        let mut first = None;
        for attempt in 0.. {
            let Err(error) = read(&self.typed) else { return Ok(()) };
            let is_changed = self.as_text(&error.path(), attempt < MOST);
            let error = first.get_or_insert(error);
            if !is_changed {
                return Err(error.clone());
            }
        }
        Ok(())
    }

    /// Reads the property at fault as a string, or all of them. `false` if they are already read as strings.
    fn as_text(&mut self, path: &str, one: bool) -> bool {
        if let (true, Value::Object(typed), Value::Object(texts)) = (one, &mut self.typed, &self.texts) {
            let mut changed = typed.iter_mut().filter(|(name, value)| texts.get(*name) != Some(*value));
            let is_at_fault = |name: &str| path == name || path == format!("[{name:?}]");
            if let Some((name, value)) = changed.find(|(name, _)| is_at_fault(name)) {
                *value = texts.get(name).cloned().unwrap_or_default();
                return true;
            }
        }
        let is_changed = self.typed != self.texts;
        self.typed.clone_from(&self.texts);
        is_changed
    }
}

fn string(text: &str) -> Value {
    Value::from(text)
}

/// A number or a boolean, if the text is one.
fn plain(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Bool(_) | Value::Number(_))) => value,
        Ok(Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_)) | Err(_) => string(text),
    }
}

fn items(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split(',').map(str::trim).collect() }
}

fn list(text: &str, read: fn(&str) -> Value) -> Value {
    items(text).into_iter().map(read).collect()
}

fn object(text: &str, read: fn(&str) -> Value) -> Value {
    let items = items(text);
    let pairs: Option<Vec<(&str, &str)>> = items.iter().map(|item| item.split_once('=')).collect();
    let pairs = pairs.or_else(|| {
        items
            .chunks(2)
            .map(|pair| if let [name, value] = pair { Some((*name, *value)) } else { None })
            .collect()
    });
    match pairs {
        Some(pairs) => Value::Object(
            pairs.into_iter().map(|(name, value)| (name.to_owned(), read(value))).collect::<Map<_, _>>(),
        ),
        None => string(text),
    }
}
