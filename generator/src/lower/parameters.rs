//! Parameters and headers.

use openapiv3::{
    CookieStyle, Header, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::bodies::query_style;
use super::components::ParameterOr;
use super::dialect::Dialect;
use super::hoist::Kind;
use super::refs::lone_reference;
use super::schema::{Draft, Moved};
use super::{At, Lowering};
use crate::diagnostics::Diagnostic;
use crate::document::Marks as _;
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

/// What is done with an element of a list of parameters, its place and its index in its own list.
type Visit<'v, 't, L> = &'v mut dyn FnMut(&mut L, &'t Tree, &At<'_>, Moved, usize);

impl<'t> Lowering<'t, '_> {
    /// The `parameters` of the object at `at`; Swagger 2.0's bodies and form fields are left out.
    pub fn parameters(&mut self, value: &'t Tree, at: &At<'_>, moved: Moved) -> Vec<ParameterOr> {
        let mut parameters = Vec::new();
        self.each_parameter(value, at, &mut |this, tree, place, there, index| {
            if this.dialect == Dialect::Swagger2 && this.is_body_parameter(tree, place) {
                return;
            }
            let stays = moved == Moved::No && there == Moved::No && parameters.len() == index;
            let moved = Moved::when(!stays);
            parameters.extend(this.reference_or(Kind::Parameter, tree, place, moved, Self::parameter_body));
        });
        parameters
    }

    /// Visits the elements of a list of parameters. A reference to another list stands for its elements.
    pub fn each_parameter(&mut self, value: &'t Tree, at: &At<'_>, visit: Visit<'_, 't, Self>) {
        self.elements(value, at, "parameters", |this, elements, list, moved| {
            this.each_element(elements, list, moved, visit);
        });
    }

    fn each_element(
        &mut self,
        elements: &'t [Tree],
        list: &At<'_>,
        moved: Moved,
        visit: Visit<'_, 't, Self>,
    ) {
        for (index, tree) in elements.iter().enumerate() {
            let place = list.index(index);
            if !self.refers_to_list(tree, &place) {
                visit(self, tree, &place, moved, index);
                continue;
            }
            self.here(tree, &place, moved, |this, tree, list, moved| {
                this.each_element(tree.as_array().unwrap_or_default(), list, moved, visit);
            });
        }
    }

    fn refers_to_list(&mut self, tree: &'t Tree, at: &At<'_>) -> bool {
        let Some(reference) = lone_reference(Kind::Inline, tree) else { return false };
        let target = self.follow(Kind::Inline, at.file, at.resource, reference);
        target.is_ok_and(|target| target.tree.as_array().is_some())
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
            parameter_data.extensions.mark_source(&at.location());
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
            header.extensions.mark_source(&at.location());
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
    schema.schema_data.extensions.mark_unreadable();
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
