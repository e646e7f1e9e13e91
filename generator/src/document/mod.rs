//! The lowered document: what `lower` gives and the stages after it take.
//!
//! It is an `openapiv3::OpenAPI`, which is what `modelsmith lower` prints. What that type has no field for stands in
//! extensions and in the keys of paths; this module is the one place that knows how. `lower` writes with it, and the stages
//! after it read schemas as [`Schema`] and paths as [`PathKey`].

mod paths;
mod schema;

use indexmap::IndexMap;
use serde_json::Value;

pub(crate) use paths::PathKey;
pub(crate) use schema::{Discriminator, Schema, SchemaId};

use crate::diagnostics::{FileId, Location, Pointer};
use crate::number;

/// The members of an object that `openapiv3` has no fields for.
pub(crate) type Extensions = IndexMap<String, Value>;

/// `"<file index>#<pointer>"`: the place in the source, where it is not the same as in the document.
const SOURCE: &str = "x-modelsmith-source";
/// `true` on what stands for something that could not be read.
const UNREADABLE: &str = "x-modelsmith-unreadable";
/// `true` on an array schema whose `properties` are the elements by position.
const TUPLE: &str = "x-tuple";
/// `true` on a schema whose further properties have to keep different things (`patternProperties`).
const VALUES_DIFFER: &str = "x-modelsmith-values-differ";
/// On a schema: the integers under keywords for numbers that a double only comes close to.
const EXACT: &str = "x-modelsmith-exact";
/// Of a discriminator: the schema for tags that no mapping names (OpenAPI 3.2 §4.25).
const DEFAULT_MAPPING: &str = "x-defaultMapping";
/// The names of the `enum` values.
const ENUM_NAMES: &str = "x-enum-varnames";
/// The descriptions of the `enum` values.
const ENUM_DESCRIPTIONS: &str = "x-enum-descriptions";

/// Of a media type whose schema is not that of its whole content: what it is the schema of.
const ITEMS: &str = "x-modelsmith-items";
/// The extensions of an operation that say how it answers in pages.
pub(crate) const PAGES: [&str; 3] = ["x-speakeasy-pagination", "x-ms-pageable", "x-dropshot-pagination"];

/// What the schema of a media type describes of each item of a sequence (OpenAPI 3.2 §4.14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Items {
    /// The item.
    Whole,
    /// The JSON in the data of an event.
    EventData,
}

impl Items {
    fn word(self) -> &'static str {
        match self {
            Items::Whole => "whole",
            Items::EventData => "event-data",
        }
    }
}

/// What the schema of a media type is the schema of, if not of its whole content.
pub(crate) fn items(extensions: &Extensions) -> Option<Items> {
    let word = extensions.get(ITEMS)?.as_str()?;
    [Items::Whole, Items::EventData].into_iter().find(|items| items.word() == word)
}

/// What `lower` marks in the extensions of an object.
pub(crate) trait Marks {
    /// Says where the object stands in the source.
    fn mark_source(&mut self, place: &Location);
    /// Says so where nothing says it yet.
    fn mark_source_once(&mut self, place: impl FnOnce() -> Location);
    /// Says that the object stands for one that could not be read.
    fn mark_unreadable(&mut self);
    /// Says that the properties of an array schema are its elements.
    fn mark_tuple(&mut self);
    /// Takes the mark of a tuple away. Whether there was one.
    fn take_tuple(&mut self) -> bool;
    /// Says that it depends on the names of further properties what they have to keep.
    fn mark_values_differ(&mut self);
    /// Says which integer a keyword has, of which the number is only close to it.
    fn mark_exact(&mut self, keyword: &str, integer: i128);
    /// Takes these marks away.
    fn take_exact(&mut self) -> Option<Value>;
    /// Puts the marks back that were taken away.
    fn put_exact(&mut self, marks: Option<Value>);
    /// Says which schema tags mean that no mapping names.
    fn mark_default_mapping(&mut self, target: String);
    /// Names the values of an `enum`.
    fn mark_value_names(&mut self, names: Value);
    /// Describes the values of an `enum`.
    fn mark_value_descriptions(&mut self, descriptions: Value);
    /// Says what the schema of a media type is the schema of.
    fn mark_items(&mut self, items: Items);
    /// The names and the descriptions of `enum` values, as far as they are lists.
    fn value_lists(&mut self) -> impl Iterator<Item = &mut Vec<Value>>;
}

impl Marks for Extensions {
    fn mark_source(&mut self, place: &Location) {
        self.insert(SOURCE.to_owned(), Value::String(format!("{}#{}", place.file.0, place.pointer)));
    }

    fn mark_source_once(&mut self, place: impl FnOnce() -> Location) {
        if !self.contains_key(SOURCE) {
            self.mark_source(&place());
        }
    }

    fn mark_unreadable(&mut self) {
        self.insert(UNREADABLE.to_owned(), Value::Bool(true));
    }

    fn mark_tuple(&mut self) {
        self.insert(TUPLE.to_owned(), Value::Bool(true));
    }

    fn take_tuple(&mut self) -> bool {
        self.shift_remove(TUPLE).is_some()
    }

    fn mark_values_differ(&mut self) {
        self.insert(VALUES_DIFFER.to_owned(), Value::Bool(true));
    }

    fn mark_exact(&mut self, keyword: &str, integer: i128) {
        let marks = self.entry(EXACT.to_owned()).or_insert_with(|| Value::Object(Default::default()));
        if let Value::Object(marks) = marks {
            marks.insert(keyword.to_owned(), number::value(integer));
        }
    }

    fn take_exact(&mut self) -> Option<Value> {
        self.shift_remove(EXACT)
    }

    fn put_exact(&mut self, marks: Option<Value>) {
        self.extend(marks.map(|marks| (EXACT.to_owned(), marks)));
    }

    fn mark_default_mapping(&mut self, target: String) {
        self.insert(DEFAULT_MAPPING.to_owned(), Value::String(target));
    }

    fn mark_value_names(&mut self, names: Value) {
        self.insert(ENUM_NAMES.to_owned(), names);
    }

    fn mark_value_descriptions(&mut self, descriptions: Value) {
        self.insert(ENUM_DESCRIPTIONS.to_owned(), descriptions);
    }

    fn mark_items(&mut self, items: Items) {
        self.insert(ITEMS.to_owned(), Value::String(items.word().to_owned()));
    }

    fn value_lists(&mut self) -> impl Iterator<Item = &mut Vec<Value>> {
        let lists =
            self.iter_mut().filter(|(key, _)| [ENUM_NAMES, ENUM_DESCRIPTIONS].contains(&key.as_str()));
        lists.filter_map(|(_, list)| list.as_array_mut())
    }
}

/// Where an object stands in the source: the marked place, or else the one in the document.
pub(crate) fn source(extensions: &Extensions, in_document: Location) -> Location {
    marked_source(extensions).unwrap_or(in_document)
}

fn marked_source(extensions: &Extensions) -> Option<Location> {
    let (file, pointer) = extensions.get(SOURCE)?.as_str()?.split_once('#')?;
    Some(Location::new(FileId(file.parse().ok()?), Pointer::parse(pointer)))
}

/// Whether a component schema is one only since `lower` found it referred to where it stands, in an operation or in
/// another file.
pub(crate) fn is_hoisted(extensions: &Extensions) -> bool {
    let source = extensions.get(SOURCE).and_then(Value::as_str);
    source.is_some_and(|source| {
        !["0#/components/schemas/", "0#/definitions/"].iter().any(|own| source.starts_with(own))
    })
}
