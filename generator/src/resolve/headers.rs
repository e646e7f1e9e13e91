//! Headers of responses (OpenAPI 3.0.4 §4.7.21): one of each name for an operation.

use indexmap::IndexMap;

use super::convert::{Converter, Naming};
use super::form;
use super::json_types::JsonTypes;
use super::operations::{docs, found_responses, look_up};
use super::site::Site;
use crate::diagnostics::Location;
use crate::document::{self, Content, Document, Header, Holds};
use crate::ir::{HeaderForm, ResponseHeader, Scalar, Status, TypeRef};

/// A header of one name, in the responses that have it.
struct Found<'d> {
    wire: &'d str,
    header: &'d Header,
    location: Location,
    /// What its schema says, whatever the order of the keys.
    schema: String,
    statuses: Vec<Status>,
    required: bool,
    /// Whether another response has a header of this name with another schema.
    differs: bool,
}

/// The headers that the responses of an operation declare, in document order. `Content-Type` is not among them
/// (OpenAPI 3.0.4 §4.7.17).
pub(super) fn of_operation<'d>(
    converter: &mut Converter<'_, 'd>,
    document: &'d Document,
    operation: &'d document::Operation,
    at: &Location,
    naming: &Naming,
) -> Vec<ResponseHeader> {
    let responses = found_responses(document, operation, at);
    let mut headers: IndexMap<String, Found<'d>> = IndexMap::new();
    for (status, _, response, at) in &responses {
        for (name, header) in &response.headers {
            let place = at.keyword("headers").key(name);
            let Some((header, place)) = look_up(header, place, "headers", &document.components.headers)
            else {
                continue;
            };
            let place = header.source.clone().unwrap_or(place);
            // Names of headers have no case (RFC 9110 §5.1).
            let key = name.to_ascii_lowercase();
            if key != "content-type" {
                add(&mut headers, key, (name, header, place), *status);
            }
        }
    }
    let count = responses.len();
    headers.into_values().map(|found| converted(converter, found, count, naming)).collect()
}

fn add<'d>(
    headers: &mut IndexMap<String, Found<'d>>,
    key: String,
    (wire, header, location): (&'d str, &'d Header, Location),
    status: Status,
) {
    let schema = document::holds_text(&header.holds);
    let known = headers.entry(key).or_insert_with(|| Found {
        wire,
        header,
        location,
        schema: schema.clone(),
        statuses: Vec::new(),
        required: true,
        differs: false,
    });
    known.differs |= known.schema != schema;
    known.required &= header.required;
    // Names that differ in case only are one header.
    if known.statuses.last() != Some(&status) {
        known.statuses.push(status);
    }
}

fn converted<'d>(
    converter: &mut Converter<'_, 'd>,
    found: Found<'d>,
    responses: usize,
    naming: &Naming,
) -> ResponseHeader {
    let Found { wire, header, location, statuses, required, differs, .. } = found;
    let naming = naming.step("header").step(wire);
    let schema = match &header.holds {
        _ if differs => None,
        Holds::Schema(schema) => {
            let site = Site::new(schema, location.keyword("schema"));
            // A header of which nothing is known is text.
            let is_free = converter.components.allows_all(&site, JsonTypes::all());
            (!is_free).then(|| (simple(converter.components.json_types(&site)), site))
        }
        Holds::Content(content) => of_content(content, &location).map(|site| (HeaderForm::Json, site)),
    };
    let (form, ty) = match schema {
        Some((form, site)) => (form, converter.site(site, &naming)),
        None => (HeaderForm::Text, TypeRef { id: converter.scalar(Scalar::String), nullable: false }),
    };
    ResponseHeader {
        wire: wire.to_owned(),
        required: required && statuses.len() == responses,
        statuses,
        docs: docs(None, header.description.as_deref(), header.deprecated.unwrap_or_default()),
        ty,
        form,
        location,
    }
}

/// How a value of these types is written.
fn simple(types: JsonTypes) -> HeaderForm {
    match types.without_null() {
        types if types.is_empty() => HeaderForm::Text,
        types if JsonTypes::ARRAY.contains(types) => HeaderForm::List,
        types if JsonTypes::OBJECT.contains(types) => HeaderForm::Object,
        _ => HeaderForm::Text,
    }
}

/// The schema of the first media type if that is JSON; what else a header may hold is text.
fn of_content<'d>(content: &'d Content, at: &Location) -> Option<Site<'d>> {
    let (name, media) = content.first()?;
    let schema = media.schema.as_ref().filter(|_| form::is_json(name))?;
    Some(Site::new(schema, at.keyword("content").key(name).keyword("schema")))
}
