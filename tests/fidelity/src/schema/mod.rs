//! An OpenAPI document as JSON Schema: translated once, compiled once, asked by JSON pointer.

pub(crate) mod places;
mod sanitize;
mod translate;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::{pointer, relaxed};
pub use places::Places;

/// Which language a document's schemas are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1 and 3.2: JSON Schema 2020-12.
    JsonSchema,
}

/// The value is not an OpenAPI document, or its schemas cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOpenApi(String);

impl fmt::Display for NotOpenApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotOpenApi {}

/// A document whose schemas can be asked what they allow. Every place keeps the JSON pointer that it has in the source.
pub struct Document {
    dialect: Dialect,
    raw: Value,
    translated: Value,
    places: Places,
    dangling: Vec<(String, String)>,
    strict: Validator,
    formats: OnceCell<Option<Validator>>,
    relaxed: OnceCell<Option<Validator>>,
    /// Schemas by address, for walks that come along with a reference into `translated`.
    addresses: HashMap<usize, String>,
}

impl Document {
    /// Reads `raw`, a whole document.
    pub fn new(raw: Value) -> Result<Self, NotOpenApi> {
        let dialect = dialect_of(&raw)?;
        let mut translated = raw.clone();
        let places = places::translate(&mut translated, dialect);
        let mut dangling = Vec::new();
        for at in &places.all {
            settle_reference(&mut translated, at, &mut dangling);
        }
        let judged: Map<String, Value> =
            places.judged().map(|at| (at.to_owned(), json!({"$ref": pointer::to_reference(at)}))).collect();
        if let Some(root) = translated.as_object_mut() {
            root.insert("properties".into(), Value::Object(judged));
        }
        let strict =
            jsonschema::draft202012::options().should_validate_formats(false).build(&translated).map_err(
                |error| NotOpenApi(format!("schemas do not compile: {error} at {}", error.schema_path())),
            )?;
        let addresses =
            places.all.iter().filter_map(|at| Some((address(translated.pointer(at)?), at.clone()))).collect();
        Ok(Self {
            dialect,
            raw,
            translated,
            places,
            dangling,
            strict,
            formats: OnceCell::new(),
            relaxed: OnceCell::new(),
            addresses,
        })
    }

    /// The language of the document's schemas.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The document as it was given.
    pub fn raw(&self) -> &Value {
        &self.raw
    }

    /// Where schemas stand.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Names and pointers of the component schemas (or definitions).
    pub fn components(&self) -> impl Iterator<Item = (String, &str)> {
        self.places.components.iter().map(|at| (pointer::last(at), at.as_str()))
    }

    /// The pointer of component schema `name`.
    pub fn component(&self, name: &str) -> Option<&str> {
        self.places.components.iter().find(|at| pointer::last(at) == name).map(String::as_str)
    }

    /// References that lead nowhere, with their places. What they should have said is taken as "anything".
    pub fn dangling(&self) -> &[(String, String)] {
        &self.dangling
    }

    /// The schema at `pointer`, in JSON Schema 2020-12.
    pub fn schema(&self, pointer: &str) -> Option<&Value> {
        self.translated.pointer(pointer)
    }

    /// What a reference within the document leads to.
    pub fn target(&self, reference: &str) -> Option<&Value> {
        self.translated.pointer(&pointer::of_reference(reference)?)
    }

    /// The pointer of a schema that was handed out by this document.
    pub fn place_of(&self, schema: &Value) -> Option<&str> {
        self.addresses.get(&address(schema)).map(String::as_str)
    }

    /// Whether the schema at `pointer` (a component, an operation's schema, a branch of a union or one with an example or default) allows `value`.
    pub fn allows(&self, pointer: &str, value: &Value) -> bool {
        self.strict.is_valid(&asked(pointer, value))
    }

    /// Why the schema at `pointer` refuses `value`.
    pub fn complaint(&self, pointer: &str, value: &Value) -> Option<String> {
        let asked = asked(pointer, value);
        let error = self.strict.iter_errors(&asked).next()?;
        let at = error.instance_path().to_string();
        Some(format!("{at}: {}", shortened(&error.to_string())))
    }

    /// Whether the schema at `pointer` allows `value`, formats included.
    pub fn allows_formats(&self, pointer: &str, value: &Value) -> bool {
        let validator = self.formats.get_or_init(|| {
            jsonschema::draft202012::options()
                .should_validate_formats(true)
                .with_format("byte", is_base64)
                .should_ignore_unknown_formats(true)
                .build(&self.translated)
                .ok()
        });
        validator.as_ref().is_none_or(|validator| validator.is_valid(&asked(pointer, value)))
    }

    /// Whether a reader that checks no more than what types can hold would have to refuse `value`.
    pub fn must_refuse(&self, pointer: &str, value: &Value) -> bool {
        let validator = self.relaxed.get_or_init(|| {
            let schemas = relaxed::relax(self);
            jsonschema::draft202012::options().should_validate_formats(false).build(&schemas).ok()
        });
        validator.as_ref().is_some_and(|validator| !validator.is_valid(&asked(pointer, value)))
    }

    pub(crate) fn translated(&self) -> &Value {
        &self.translated
    }
}

/// Where a schema is, as a number: documents go from thread to thread.
fn address(schema: &Value) -> usize {
    std::ptr::from_ref(schema).addr()
}

/// All schemas are compiled as one, whose properties are the pointers of those that can be asked.
fn asked(pointer: &str, value: &Value) -> Value {
    let mut asked = Map::new();
    asked.insert(pointer.to_owned(), value.clone());
    Value::Object(asked)
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn dialect_of(raw: &Value) -> Result<Dialect, NotOpenApi> {
    let version = |key: &str| match raw.get(key) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    match (version("openapi"), version("swagger")) {
        (Some(text), _) if text.starts_with("3.0") => Ok(Dialect::OpenApi30),
        (Some(text), _) if text.starts_with('3') => Ok(Dialect::JsonSchema),
        (_, Some(text)) if text.starts_with('2') => Ok(Dialect::Swagger2),
        _ => Err(NotOpenApi("neither `openapi: 3…` nor `swagger: 2…`".into())),
    }
}

/// Makes the reference of the schema at `at` one that the compiler accepts, or takes it away.
fn settle_reference(translated: &mut Value, at: &str, dangling: &mut Vec<(String, String)>) {
    let reference = translated.pointer(at).and_then(|schema| schema.get("$ref")).and_then(Value::as_str);
    let Some(reference) = reference.map(str::to_owned) else { return };
    let target =
        pointer::of_reference(&reference).filter(|target| translated.pointer(target).is_some_and(is_schema));
    let Some(Value::Object(schema)) = translated.pointer_mut(at) else { return };
    match target {
        Some(target) => {
            schema.insert("$ref".into(), Value::String(pointer::to_reference(&target)));
        }
        None => {
            schema.remove("$ref");
            dangling.push((at.to_owned(), reference));
        }
    }
}

fn is_schema(value: &Value) -> bool {
    value.is_object() || value.is_boolean()
}

#[cfg(test)]
mod tests;
