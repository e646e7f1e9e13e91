//! Parameters and headers.

use super::bodies::{self, query_style};
use super::dialect::Dialect;
use super::hoist::Kind;
use super::inline;
use super::operations;
use super::refs::{self, lone_reference};
use super::schema::{self, Draft, Moved};
use super::swagger2;
use super::{At, Lowering};
use crate::diagnostics::Diagnostic;
use crate::document::{
    Header, Holds, Parameter, ParameterPlace, PathStyle, QueryStyle, Ref, Schema, SchemaRef,
};
use crate::load::{Object, Tree};
use crate::lower::schema::draft;
use crate::lower::schema::keywords;

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
    holds: Option<Holds>,
}

/// What is done with an element of a list of parameters, its place and its index in its own list.
type Visit<'v, 't> = &'v mut dyn FnMut(&mut Lowering<'t, '_>, &'t Tree, &At<'_>, Moved, usize);

/// The `parameters` of the object at `at`; Swagger 2.0's bodies and form fields are left out.
pub fn parameters<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Vec<Ref<Parameter>> {
    let mut parameters = Vec::new();
    each_parameter(lowering, value, at, &mut |this, tree, place, there, index| {
        if this.dialect == Dialect::Swagger2 && swagger2::is_body_parameter(this, tree, place) {
            return;
        }
        let stays = moved == Moved::No && there == Moved::No && parameters.len() == index;
        let moved = Moved::when(!stays);
        parameters.extend(operations::reference_or(
            this,
            Kind::Parameter,
            tree,
            place,
            moved,
            parameter_body,
        ));
    });
    parameters
}

/// Visits the elements of a list of parameters. A reference to another list stands for its elements.
pub fn each_parameter<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    visit: Visit<'_, 't>,
) {
    inline::elements(lowering, value, at, "parameters", |this, elements, list, moved| {
        each_element(this, elements, list, moved, visit);
    });
}

fn each_element<'t>(
    lowering: &mut Lowering<'t, '_>,
    elements: &'t [Tree],
    list: &At<'_>,
    moved: Moved,
    visit: Visit<'_, 't>,
) {
    for (index, tree) in elements.iter().enumerate() {
        let place = list.index(index);
        if !refers_to_list(lowering, tree, &place) {
            visit(lowering, tree, &place, moved, index);
            continue;
        }
        inline::read_here(lowering, tree, &place, moved, |this, tree, list, moved| {
            each_element(this, tree.as_array().unwrap_or_default(), list, moved, visit);
        });
    }
}

fn refers_to_list<'t>(lowering: &mut Lowering<'t, '_>, tree: &'t Tree, at: &At<'_>) -> bool {
    let Some(reference) = lone_reference(Kind::Inline, tree) else { return false };
    let target = refs::follow(lowering, Kind::Inline, at.file, at.resource, reference);
    target.is_ok_and(|target| target.tree.as_array().is_some())
}

/// A parameter itself.
pub fn parameter_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<Parameter> {
    let members = bodies::object_here(lowering, tree, at, "a parameter")?;
    let common = common(lowering, members, at);
    let (Some(name), Some(location)) = (common.name, common.location) else {
        let message = "a parameter must have a `name` and an `in`; it is ignored";
        lowering.sink.push(Diagnostic::warning("unreadable-parameter", at.location(), message));
        return None;
    };
    let place = match location {
        "query" => ParameterPlace::Query {
            style: common.style.and_then(query_style).unwrap_or_default(),
            allow_reserved: common.allow_reserved,
            allow_empty_value: common.allow_empty_value,
        },
        "header" => ParameterPlace::Header,
        "path" => ParameterPlace::Path(path_style(common.style)),
        "cookie" => ParameterPlace::Cookie,
        "querystring" => {
            let message = "a parameter that is the whole query string is not supported; it is ignored";
            lowering.sink.push(Diagnostic::warning("unsupported-parameter", at.location(), message));
            return None;
        }
        other => {
            let message = format!("`in: {other}` is not a place for a parameter; it is ignored");
            let help = "parameters are in path, query, header or cookie";
            let found = Diagnostic::warning("unreadable-parameter", at.key("in").location(), message);
            lowering.sink.push(found.help(help));
            return None;
        }
    };
    Some(Parameter {
        source: (moved == Moved::Yes).then(|| at.location()),
        name,
        required: common.required || matches!(place, ParameterPlace::Path(_)),
        place,
        description: common.description,
        deprecated: common.deprecated,
        holds: common.holds.unwrap_or_else(|| anything(lowering)),
        explode: common.explode,
    })
}

/// A header itself.
pub fn header_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<Header> {
    let members = bodies::object_here(lowering, tree, at, "a header")?;
    let common = common(lowering, members, at);
    Some(Header {
        source: (moved == Moved::Yes).then(|| at.location()),
        description: common.description,
        required: common.required,
        deprecated: common.deprecated,
        holds: common.holds.unwrap_or_else(|| anything(lowering)),
    })
}

fn common<'t>(lowering: &mut Lowering<'t, '_>, members: &'t Object, at: &At<'_>) -> Common<'t> {
    let mut common = Common::default();
    for (key, value) in members.iter() {
        match key {
            "name" => common.name = lowering.text(value, at, key),
            "in" => common.location = value.as_str(),
            "description" => common.description = lowering.text(value, at, key),
            "required" => common.required = lowering.flag(value, at, key),
            "deprecated" => common.deprecated = lowering.boolean(value, at, key),
            "style" => common.style = value.as_str(),
            "explode" => common.explode = lowering.boolean(value, at, key),
            "allowReserved" => common.allow_reserved = lowering.flag(value, at, key),
            "allowEmptyValue" => common.allow_empty_value = lowering.boolean(value, at, key),
            "schema" => {
                let schema = schema::schema(lowering, value, &at.key(key), Moved::No);
                common.holds = Some(Holds::Schema(schema));
            }
            "content" if common.holds.is_none() => {
                common.holds = Some(Holds::Content(bodies::content(lowering, value, at)));
            }
            _ => {}
        }
    }
    if lowering.dialect == Dialect::Swagger2 {
        let (style, explode) = collection_format(members.get("collectionFormat").and_then(Tree::as_str));
        common.style = Some(style);
        common.explode = Some(explode);
    }
    if common.holds.is_none() && members.get("type").is_some() {
        common.holds = Some(Holds::Schema(flat_schema(lowering, members, at)));
    }
    common
}

/// The schema of a Swagger 2.0 parameter or header, whose keywords stand beside its name.
/// Some 3.x documents still write them so.
pub fn flat_schema<'t>(lowering: &mut Lowering<'t, '_>, members: &'t Object, at: &At<'_>) -> SchemaRef {
    let mut draft = Draft::new(schema::new_schema(lowering, at, Moved::Yes));
    for (key, value) in members.iter() {
        if !matches!(key, "name" | "in" | "description" | "required" | "deprecated" | "title") {
            keywords::keyword(lowering, &mut draft, key, value, at);
        }
    }
    draft::finish(lowering, draft, at)
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

/// What holds anything.
fn anything(lowering: &mut Lowering<'_, '_>) -> Holds {
    Holds::Schema(Schema::new(lowering.ids.next()).into())
}

/// A header of which nothing is known.
pub(super) fn unreadable_header(lowering: &mut Lowering<'_, '_>) -> Header {
    let holds = Holds::Schema(schema::unreadable(lowering).into());
    Header { source: None, description: None, required: false, deprecated: None, holds }
}

/// What stands for a component parameter that could not be read.
pub(super) fn unreadable_parameter(lowering: &mut Lowering<'_, '_>, name: &str) -> Parameter {
    let style = QueryStyle::Form;
    Parameter {
        source: None,
        name: name.to_owned(),
        place: ParameterPlace::Query { style, allow_reserved: false, allow_empty_value: None },
        description: None,
        required: false,
        deprecated: None,
        holds: Holds::Schema(schema::unreadable(lowering).into()),
        explode: None,
    }
}
