//! Finds all faults of a value: the misfits of `ir::accept`, with their places in the document.

use serde_json::Value;

use super::fault::{Fault, FaultKind};
use super::secrets::REDACTED;
use super::sites::{Part, SiteId, Sites};
use crate::diagnostics::{Location, Pointer};
use crate::ir::accept::{Found, Interpreter, Reason, Unnamed, Way, What};
use crate::ir::{Body, Graph, Response, TypeId, TypeRef, VariantSelection};
use crate::load::{Documents, Tree};
use crate::number;

/// Finds the faults of values. Caches what it learns about types and schemas.
///
/// The recursion is as deep as the value: callers provide a stack of 64 MiB.
pub struct Checker<'a> {
    graph: &'a Graph,
    interpreter: Interpreter<'a>,
    sites: Sites<'a>,
}

impl<'a> Checker<'a> {
    /// A checker for a graph and the documents that it was made from.
    pub fn new(graph: &'a Graph, documents: &'a Documents) -> Self {
        let interpreter = Interpreter::new(graph.types(), graph.libraries().dates);
        Self { graph, interpreter, sites: Sites::new(documents) }
    }

    /// The types.
    pub fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// The schemas of the document.
    pub fn sites(&mut self) -> &mut Sites<'a> {
        &mut self.sites
    }

    /// All faults of a value, in the order of the value; at most 10,000. The models refuse none of them exactly if
    /// `ir::accept` accepts the value. `schema` is the place of its schema in the document. Integers beyond 64 bits
    /// have the form of `number`. Secrets that the recording replaced have no faults, since nothing is known about
    /// them.
    pub fn faults(&mut self, ty: TypeRef, schema: &Location, value: &Value) -> Vec<Fault> {
        let found = self.interpreter.misfits(ty, value);
        let mut faults = Vec::with_capacity(found.len());
        for found in found {
            let there = value.pointer(&found.at.to_string()).unwrap_or(&Value::Null);
            if self.is_left_out(found.ty, there) {
                continue;
            }
            let fault = self.fault(found, schema, (value, there));
            if !self.is_named(&fault) {
                faults.push(fault);
            }
        }
        faults
    }

    /// Whether the recording replaced a value, or the tag that selects its variant.
    fn is_left_out(&self, ty: TypeId, there: &Value) -> bool {
        let is_mark = |value: &Value| value.as_str() == Some(REDACTED);
        is_mark(there) || there.get(self.tag_of(ty)).is_some_and(is_mark)
    }

    /// The place of the schema of a body, for a media type in the document.
    pub fn schema_of_body(&mut self, body: &Body, media_type: &str) -> Location {
        let place = self.sites.follow(&body.location);
        self.schema_in(&place, media_type)
    }

    /// The place of the schema of a response, for a media type in the document.
    pub fn schema_of_response(&mut self, response: &Response, media_type: &str) -> Location {
        let place = self.sites.follow(&response.location);
        self.schema_in(&place, media_type)
    }

    /// The place of the schema of a parameter or a header.
    pub fn schema_of_parameter(&mut self, place: &Location) -> Location {
        let place = self.sites.follow(place);
        let tree = self.sites.documents().at(&place);
        let content = tree.and_then(|tree| tree.get("content")).and_then(Tree::as_object);
        match content.and_then(|content| content.at(0)) {
            Some((media_type, _)) => place.keyword("content").key(media_type).keyword("schema"),
            None if tree.is_some_and(|tree| tree.get("schema").is_some()) => place.keyword("schema"),
            // In Swagger 2.0 the parameter itself is the schema.
            None => place,
        }
    }

    /// The place of the schema of a stream's items: if the schema of the content is an array, that of its elements.
    pub fn schema_of_item(&mut self, schema: &Location) -> Location {
        let place = self.sites.follow(schema);
        let tree = self.sites.documents().at(&place);
        let is_list = tree.is_some_and(|tree| {
            tree.get("type").and_then(Tree::as_str) == Some("array") && tree.get("items").is_some()
        });
        if is_list { place.keyword("items") } else { schema.clone() }
    }

    fn schema_in(&mut self, place: &Location, media_type: &str) -> Location {
        let tree = self.sites.documents().at(place);
        let media = tree.and_then(|tree| tree.get("content")).and_then(|content| content.get(media_type));
        let Some(media) = media else { return place.keyword("schema") };
        let at = place.keyword("content").key(media_type);
        // In OpenAPI 3.2 a media type can be a reference to a component.
        let at = if media.get("$ref").is_some() { self.sites.follow(&at) } else { at };
        let key = if media.get("schema").is_none() && media.get("itemSchema").is_some() {
            "itemSchema"
        } else {
            "schema"
        };
        at.keyword(key)
    }

    /// The fault of a part of a value: the whole value, and the part.
    fn fault(&mut self, found: Found, schema: &Location, (value, there): (&Value, &Value)) -> Fault {
        let kind = self.kind(&found, there);
        let mut way = &found.way[..];
        if let (FaultKind::UnknownProperty(_) | FaultKind::UnnamedProperty(_), [before @ .., _]) =
            (&kind, way)
        {
            // The schemas of the fault are those of the object.
            way = before;
        }
        let site = self.site(schema, way);
        let there = there_of(&kind, &found.at, value, there);
        let place = self.place(site, &kind, found.ty);
        let schemas = self.sites.places(site);
        Fault { place, schemas, at: found.at, value: there, kind, is_redacted: false }
    }

    /// Whether a value that an enum does not list is accepted by a branch beside the enum that takes any string or
    /// number.
    fn is_named(&mut self, fault: &Fault) -> bool {
        let FaultKind::UnnamedValue(_) = fault.kind else { return false };
        let is_of_type = |name: &Tree| match &fault.value {
            Value::String(_) => name.as_str() == Some("string"),
            Value::Number(number) => match name.as_str() {
                Some("integer") => number.is_i64() || number.is_u64(),
                name => name == Some("number"),
            },
            Value::Bool(_) => name.as_str() == Some("boolean"),
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        let takes = |part: &Part<'_>| match part.tree.get("type") {
            Some(Tree::Array(names)) => names.iter().any(is_of_type),
            name => name.is_some_and(is_of_type),
        };
        let says_more = |part: &Part<'_>| {
            ["enum", "const", "format", "oneOf", "anyOf"].iter().any(|key| part.tree.get(key).is_some())
        };
        for part in self.sites.parts(&fault.schemas) {
            for key in ["oneOf", "anyOf"] {
                let count = part.tree.get(key).and_then(Tree::as_array).map_or(0, <[Tree]>::len);
                for index in 0..count {
                    let branch = self.sites.parts(&[part.at.keyword(key).index(index)]);
                    if branch.iter().any(takes) && !branch.iter().any(says_more) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn site(&mut self, schema: &Location, way: &[Way]) -> SiteId {
        let mut site = self.sites.at(vec![schema.clone()]);
        for step in way {
            site = match step {
                Way::Item(index) => self.sites.item(site, *index),
                Way::Property(name, of) => {
                    let property = of
                        .and_then(|(id, index)| self.graph.get(id).shape.as_struct()?.properties.get(index));
                    self.sites.property(site, name, property.map(|property| &property.location))
                }
                Way::Variant(id, index) => {
                    let ty = self.graph.get(*id);
                    match ty.shape.as_union().and_then(|union| union.variants.get(*index)) {
                        Some(variant) => self.sites.variant(site, &ty.location, &variant.location),
                        None => site,
                    }
                }
            };
        }
        site
    }

    fn kind(&self, found: &Found, there: &Value) -> FaultKind {
        let reason = match &found.what {
            What::Unnamed(Unnamed::Property) => return FaultKind::UnnamedProperty(last(&found.way)),
            What::Unnamed(Unnamed::Value) => return FaultKind::UnnamedValue(number::text(there)),
            What::Unnamed(Unnamed::Tag) => {
                let property = self.tag_of(found.ty);
                let value = there.get(&property).map(number::text).unwrap_or_default();
                return FaultKind::UnnamedTag { property, value };
            }
            What::Refused(reason) => reason,
        };
        match reason {
            Reason::Missing(name) => FaultKind::Missing(name.clone()),
            Reason::UnknownTag => {
                let property = self.tag_of(found.ty);
                FaultKind::Tag { property, value: number::text(there) }
            }
            Reason::Expected { what: "a string, a number or a boolean", found } => FaultKind::TagType(found),
            Reason::Expected { .. } | Reason::NoBranch { .. } | Reason::OtherConstant if there.is_null() => {
                FaultKind::Null
            }
            Reason::Expected { what, found: "a string" } if is_form(what) => FaultKind::Format(what),
            Reason::Expected { what, found } => FaultKind::Type { expected: what, found },
            Reason::NoBranch { found } => FaultKind::NoBranch(found),
            Reason::UnknownProperty => FaultKind::UnknownProperty(last(&found.way)),
            Reason::UnknownValue => FaultKind::Value(number::text(there)),
            Reason::OtherConstant => FaultKind::Constant(number::text(there)),
            Reason::Length { expected, found } => FaultKind::Length { expected: *expected, found: *found },
            Reason::OutOfRange => FaultKind::OutOfRange,
            Reason::OutOfReach => FaultKind::Time,
            Reason::Loop => FaultKind::Loop,
            Reason::TooDeep => FaultKind::TooDeep,
        }
    }

    /// The discriminator property of a union.
    fn tag_of(&self, id: TypeId) -> String {
        let union = self.graph.get(self.graph.definition(id)).shape.as_union();
        match union.map(|union| &union.reading.object) {
            Some(VariantSelection::Tagged(tagged)) => tagged.property.clone(),
            Some(VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_))
            | None => String::new(),
        }
    }

    /// The place of the keyword that refuses the value, or else of the schema.
    fn place(&mut self, site: SiteId, kind: &FaultKind, ty: TypeId) -> Location {
        let places = self.sites.places(site);
        let parts = self.sites.parts(&places);
        if *kind == FaultKind::Null {
            return places.last().cloned().unwrap_or_else(|| self.graph.get(ty).location.clone());
        }
        let found = if let FaultKind::Missing(name) = kind {
            parts.iter().find_map(|part| {
                let names = part.tree.get("required")?.as_array()?;
                let index = names.iter().position(|known| known.as_str() == Some(name))?;
                Some(part.at.keyword("required").index(index))
            })
        } else {
            kind.keywords().iter().find_map(|key| {
                let part = parts.iter().find(|part| part.tree.get(key).is_some())?;
                Some(part.at.keyword(key))
            })
        };
        let first = || parts.first().map(|part| part.at.clone()).or_else(|| places.first().cloned());
        found.or_else(first).unwrap_or_else(|| self.graph.get(ty).location.clone())
    }
}

/// The value that a fault keeps.
fn there_of(kind: &FaultKind, at: &Pointer, whole: &Value, there: &Value) -> Value {
    if let FaultKind::Missing(_) = kind {
        return Value::Object(serde_json::Map::new());
    }
    if let FaultKind::Tag { .. } = kind {
        // The object that has the tag.
        let text = at.to_string();
        let outer = text.rsplit_once('/').map_or("", |(outer, _)| outer);
        return whole.pointer(outer).unwrap_or(there).clone();
    }
    there.clone()
}

fn last(way: &[Way]) -> String {
    match way.last() {
        Some(Way::Property(name, _)) => name.clone(),
        Some(Way::Item(_) | Way::Variant(..)) | None => String::new(),
    }
}

/// Whether this expectation is a format of strings: then the format is wrong, not the type.
fn is_form(what: &str) -> bool {
    matches!(what, "a UUID" | "a date-time (RFC 3339)" | "a date")
}
