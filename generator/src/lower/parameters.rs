//! Parameters and headers.

use openapiv3::{
    CookieStyle, Header, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::bodies::query_style;
use super::components::ParameterOr;
use super::dialect::Dialect;
use super::hoist::Kind;
use super::schema::{Draft, Moved, source_of};
use super::{At, Lowering, SOURCE, UNREADABLE};
use crate::diagnostics::Diagnostic;
use crate::load::{Object, Tree};

/// What a parameter and a header have in common.
#[derive(Default)]
struct Common<'t> {
    name: Option<String>,
    location: Option<&'t str>,
    description: Option<String>,
    required: bool,
    deprecated: Option<bool>,
    style: Option<&'t str>,
    explode: Option<bool>,
    allow_reserved: bool,
    allow_empty_value: Option<bool>,
    format: Option<ParameterSchemaOrContent>,
}

impl<'t> Lowering<'t, '_> {
    /// A list of parameters; Swagger 2.0's bodies and form fields are left out.
    pub fn parameters(&mut self, value: &'t Tree, at: &At<'_>, moved: Moved) -> Vec<ParameterOr> {
        let Some(elements) = value.as_array() else {
            let message = "`parameters` must be an array; it is ignored";
            self.sink.push(Diagnostic::warning("unreadable-keyword", at.location(), message));
            return Vec::new();
        };
        let mut parameters = Vec::with_capacity(elements.len());
        for (index, tree) in elements.iter().enumerate() {
            let place = at.index(index);
            if self.dialect == Dialect::Swagger2 && self.is_body_parameter(tree, &place) {
                continue;
            }
            let moved = Moved::when(moved == Moved::Yes || parameters.len() != index);
            let parameter = self.reference_or(Kind::Parameter, tree, &place, moved, Self::parameter_body);
            parameters.extend(parameter);
        }
        parameters
    }

    /// A parameter itself.
    pub fn parameter_body(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<Parameter> {
        let members = self.object_here(tree, at, "a parameter")?;
        let common = self.common(members, at);
        let (Some(name), Some(location)) = (common.name, common.location) else {
            let message = "a parameter must have a `name` and an `in`; it is ignored";
            self.sink.push(Diagnostic::warning("unreadable-parameter", at.location(), message));
            return None;
        };
        let mut parameter_data = ParameterData {
            name,
            description: common.description,
            required: common.required,
            deprecated: common.deprecated,
            format: common.format.unwrap_or_else(|| {
                anything(ReferenceOr::Item(super::schema::schema_of(Default::default(), Default::default())))
            }),
            example: None,
            examples: Default::default(),
            explode: common.explode,
            extensions: Default::default(),
        };
        if moved == Moved::Yes {
            parameter_data.extensions.insert(SOURCE.to_owned(), source_of(at));
        }
        Some(match location {
            "query" => Parameter::Query {
                parameter_data,
                allow_reserved: common.allow_reserved,
                style: common.style.and_then(query_style).unwrap_or_default(),
                allow_empty_value: common.allow_empty_value,
            },
            "header" => Parameter::Header { parameter_data, style: HeaderStyle::Simple },
            "path" => {
                parameter_data.required = true;
                Parameter::Path { parameter_data, style: path_style(common.style) }
            }
            "cookie" => Parameter::Cookie { parameter_data, style: CookieStyle::Form },
            "querystring" => {
                let message = "a parameter that is the whole query string is not supported; it is ignored";
                self.sink.push(Diagnostic::warning("unsupported-parameter", at.location(), message));
                return None;
            }
            other => {
                let message = format!("`in: {other}` is not a place for a parameter; it is ignored");
                let help = "parameters are in path, query, header or cookie";
                let found = Diagnostic::warning("unreadable-parameter", at.key("in").location(), message);
                self.sink.push(found.help(help));
                return None;
            }
        })
    }

    /// A header itself.
    pub fn header_body(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<Header> {
        let members = self.object_here(tree, at, "a header")?;
        let common = self.common(members, at);
        let mut header = header_of(common.format.unwrap_or_else(|| {
            anything(ReferenceOr::Item(super::schema::schema_of(Default::default(), Default::default())))
        }));
        header.description = common.description;
        header.required = common.required;
        header.deprecated = common.deprecated;
        if moved == Moved::Yes {
            header.extensions.insert(SOURCE.to_owned(), source_of(at));
        }
        Some(header)
    }

    fn common(&mut self, members: &'t Object, at: &At<'_>) -> Common<'t> {
        let mut common = Common::default();
        for (key, value) in members.iter() {
            match key {
                "name" => common.name = self.text(value, at, key),
                "in" => common.location = value.as_str(),
                "description" => common.description = self.text(value, at, key),
                "required" => common.required = self.flag(value, at, key),
                "deprecated" => common.deprecated = self.boolean(value, at, key),
                "style" => common.style = value.as_str(),
                "explode" => common.explode = self.boolean(value, at, key),
                "allowReserved" => common.allow_reserved = self.flag(value, at, key),
                "allowEmptyValue" => common.allow_empty_value = self.boolean(value, at, key),
                "schema" => {
                    common.format = Some(anything(self.schema(value, &at.key(key), Moved::No)));
                }
                "content" if common.format.is_none() => {
                    common.format = Some(ParameterSchemaOrContent::Content(self.content(value, at)));
                }
                _ => {}
            }
        }
        if self.dialect == Dialect::Swagger2 {
            let (style, explode) = collection_format(members.get("collectionFormat").and_then(Tree::as_str));
            common.style = Some(style);
            common.explode = Some(explode);
        }
        if common.format.is_none() && members.get("type").is_some() {
            common.format = Some(anything(self.flat_schema(members, at)));
        }
        common
    }

    /// The schema of a Swagger 2.0 parameter or header, whose keywords stand beside its name.
    /// Some 3.x documents still write them so.
    pub fn flat_schema(&mut self, members: &'t Object, at: &At<'_>) -> ReferenceOr<openapiv3::Schema> {
        let mut draft = Draft { data: self.new_data(at, Moved::Yes), ..Draft::default() };
        for (key, value) in members.iter() {
            if !matches!(key, "name" | "in" | "description" | "required" | "deprecated" | "title") {
                self.keyword(&mut draft, key, value, at);
            }
        }
        self.finish(draft, at)
    }
}

/// What `collectionFormat` says in the words of OpenAPI 3.
fn collection_format(word: Option<&str>) -> (&'static str, bool) {
    match word {
        Some("multi") => ("form", true),
        Some("ssv") => ("spaceDelimited", false),
        Some("pipes") => ("pipeDelimited", false),
        _ => ("form", false),
    }
}

fn path_style(word: Option<&str>) -> PathStyle {
    match word {
        Some("matrix") => PathStyle::Matrix,
        Some("label") => PathStyle::Label,
        _ => PathStyle::Simple,
    }
}

fn anything(schema: ReferenceOr<openapiv3::Schema>) -> ParameterSchemaOrContent {
    ParameterSchemaOrContent::Schema(schema)
}

/// A header with nothing but its schema.
pub(super) fn header_of(format: ParameterSchemaOrContent) -> Header {
    Header {
        description: None,
        style: HeaderStyle::Simple,
        required: false,
        deprecated: None,
        format,
        example: None,
        examples: Default::default(),
        extensions: Default::default(),
    }
}

/// What stands for a component parameter that could not be read.
pub(super) fn unreadable_parameter(name: &str) -> Parameter {
    let mut schema = super::schema::schema_of(Default::default(), Default::default());
    schema.schema_data.extensions.insert(UNREADABLE.to_owned(), serde_json::Value::Bool(true));
    let parameter_data = ParameterData {
        name: name.to_owned(),
        description: None,
        required: false,
        deprecated: None,
        format: anything(ReferenceOr::Item(schema)),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    };
    Parameter::Query {
        parameter_data,
        allow_reserved: false,
        style: QueryStyle::Form,
        allow_empty_value: None,
    }
}
