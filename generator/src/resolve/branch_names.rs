//! What the variants of a union are called: after their schema, their title, their tag, or what they are, and by a
//! number only where none of these distinguishes them.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::branches::Branch;
use super::merged_schema::{AllOf, Group, MergedSchema, merge_all_of};
use super::scalar::plain;
use super::site::{Components, Node, Site};
use super::wrapper::{lone_component, simplify};
use crate::config::TypeOptions;
use crate::diagnostics::Sink;
use crate::ir::{IntegerKind, Scalar, VariantName};
use crate::number;
use crate::words::name_of;

/// How deep arrays of arrays are described.
const MAX_DEPTH: usize = 4;

/// What is known of a branch that may name it.
struct Known<'d> {
    /// The component that it is.
    component: Option<&'d str>,
    /// The component or the title of a branch that was merged with what stands beside the union, or the branch's title.
    title: Option<String>,
    /// The properties of which it says the values, in order.
    constants: Vec<Constant<'d>>,
    /// The names to choose from when none of these is one, best first. What has no name at all gets a number.
    others: Vec<String>,
}

/// A property with one value, or with several of which this is the first.
struct Constant<'d> {
    property: &'d str,
    text: String,
    is_one_string: bool,
}

/// What a scalar is called: in general, and where there are several of the kind.
fn scalar_names(scalar: Scalar, format: Option<&str>) -> (&'static str, &'static str) {
    match scalar {
        Scalar::Boolean => ("boolean", "boolean"),
        Scalar::Integer(IntegerKind::I64) if format.is_none() => ("integer", "integer"),
        Scalar::Integer(kind) => ("integer", integer_name(kind)),
        Scalar::Float(_) => ("number", "number"),
        Scalar::String => ("string", "string"),
        Scalar::Secret => ("string", "secret"),
        Scalar::Uuid => ("uuid", "uuid"),
        Scalar::DateTime => ("date time", "date time"),
        Scalar::Date => ("date", "date"),
        Scalar::Base64 | Scalar::Binary => ("bytes", "bytes"),
        Scalar::Null => ("null", "null"),
    }
}

fn integer_name(kind: IntegerKind) -> &'static str {
    match kind {
        IntegerKind::I8 => "int8",
        IntegerKind::I16 => "int16",
        IntegerKind::I32 => "int32",
        IntegerKind::I64 => "int64",
        IntegerKind::I128 => "int128",
        IntegerKind::U8 => "uint8",
        IntegerKind::U16 => "uint16",
        IntegerKind::U32 => "uint32",
        IntegerKind::U64 => "uint64",
        IntegerKind::U128 => "uint128",
    }
}

/// The only property that an object branch requires: it says which branch it is, as in serde's externally tagged
/// enums. What is not required does not matter: it may be added later.
fn wrapped_name(merged: &MergedSchema<'_>) -> Option<String> {
    let mut required = merged.properties.keys().filter(|name| merged.required.contains(*name));
    let name = required.next().filter(|_| required.next().is_none() && merged.groups.is_empty())?;
    Some((*name).to_owned())
}

/// What a set of constants is called: one string by itself, others by their JSON type first.
fn enum_names(values: &[&Value]) -> Vec<String> {
    let general = match values.first() {
        Some(value) if number::wide(value).is_some() => "integer",
        Some(Value::String(text)) if values.len() == 1 && !text.is_empty() => return vec![text.clone()],
        Some(Value::String(_)) => "enum",
        Some(Value::Number(number)) if number.is_f64() => "number",
        Some(Value::Number(_)) => "integer",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => return Vec::new(),
    };
    let only = if values.len() == 1 { first_of(values) } else { None };
    [general.to_owned()].into_iter().chain(only).collect()
}

/// The first of several constants.
fn first_of(values: &[&Value]) -> Option<String> {
    match values.first()? {
        value if number::wide(value).is_some() => number::wide(value).map(|integer| integer.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        value @ (Value::Bool(_) | Value::Number(_)) => Some(value.to_string()),
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The first property for which several inline branches have constants, all of them different.
fn common_tag<'d>(known: &[Known<'d>]) -> Option<&'d str> {
    let inline = known.iter().filter(|known| known.component.is_none());
    let mut properties: IndexMap<&str, (usize, HashSet<&str>)> = IndexMap::new();
    for constant in inline.flat_map(|known| &known.constants) {
        let (uses, texts) = properties.entry(constant.property).or_default();
        *uses += 1;
        texts.insert(&constant.text);
    }
    let tells_apart = |(uses, texts): &(usize, HashSet<&str>)| *uses > 1 && texts.len() == *uses;
    properties.into_iter().find(|(_, found)| tells_apart(found)).map(|(property, _)| property)
}

fn constant_of<'k>(known: &'k Known<'_>, property: &str) -> Option<&'k String> {
    known.constants.iter().find(|constant| constant.property == property).map(|constant| &constant.text)
}

/// The names that a branch may have, best first.
fn choices(known: &Known<'_>, tag: Option<&str>) -> Vec<String> {
    if let Some(name) = known.component {
        return vec![name.to_owned()];
    }
    let tagged = tag.and_then(|tag| constant_of(known, tag)).cloned();
    let constant = known.constants.iter().find(|constant| constant.is_one_string);
    let constant = constant.map(|constant| constant.text.clone());
    known.title.iter().cloned().chain(tagged).chain(constant).chain(known.others.iter().cloned()).collect()
}

/// Which of its names each branch gets: the first that no other branch has. When all of its names are taken, it is the
/// first one after all, and naming adds a number.
fn choose(choices: &[Vec<String>]) -> Vec<usize> {
    let mut chosen = vec![0; choices.len()];
    let most = choices.iter().map(Vec::len).max().unwrap_or_default();
    let keys: Vec<Vec<String>> =
        choices.iter().map(|names| names.iter().map(|name| name_of(name)).collect()).collect();
    for _ in 0..most {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for (names, at) in keys.iter().zip(&chosen) {
            *uses.entry(names.get(*at).map_or("", String::as_str)).or_default() += 1;
        }
        let mut is_settled = true;
        for (names, at) in keys.iter().zip(&mut chosen) {
            let is_shared =
                names.get(*at).is_some_and(|name| uses.get(name.as_str()).is_some_and(|uses| *uses > 1));
            if is_shared && *at + 1 < names.len() {
                *at += 1;
                is_settled = false;
            }
        }
        if is_settled {
            break;
        }
    }
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (names, at) in keys.iter().zip(&chosen) {
        *uses.entry(names.get(*at).map_or("", String::as_str)).or_default() += 1;
    }
    let is_unique =
        |names: &[String], at: usize| names.get(at).is_some_and(|name| uses.get(name.as_str()) == Some(&1));
    keys.iter().zip(&chosen).map(|(names, at)| if is_unique(names, *at) { *at } else { 0 }).collect()
}

/// For each branch where its variant's name comes from, and the step that leads to what is written inside it.
pub(super) fn branch_names<'d>(
    components: &Components<'d>,
    options: &TypeOptions,
    group: &Group<'d>,
    branches: &[Branch<'d>],
) -> Vec<(VariantName, String)> {
    let known: Vec<_> = branches.iter().map(|branch| known(components, options, branch)).collect();
    let tag = match &group.discriminator {
        Some((discriminator, _)) => Some(discriminator.property.as_str()),
        None => common_tag(&known),
    };
    let choices: Vec<Vec<String>> = known.iter().map(|known| choices(known, tag)).collect();
    let chosen = choose(&choices);
    let named = branches.iter().zip(&known).zip(choices.iter().zip(chosen));
    let names = named.map(|((branch, known), (choices, chosen))| match known.component {
        Some(name) => (VariantName::OfType, name.to_owned()),
        None => {
            let words = choices.get(chosen).cloned();
            let words = words.unwrap_or_else(|| format!("variant {}", branch.index + 1));
            (VariantName::Words(words.clone()), words)
        }
    });
    names.collect()
}

fn known<'d>(components: &Components<'d>, options: &TypeOptions, branch: &Branch<'d>) -> Known<'d> {
    let component = branch.component.map(|index| components.name(index));
    let title = match component {
        Some(name) => Some(name.to_owned()),
        None => title_of(components, branch),
    };
    let constants = constants(components, &branch.merged);
    let others = wrapped_name(&branch.merged)
        .into_iter()
        .chain(kind_names(components, options, &branch.merged))
        .collect();
    Known { component, title, constants, others }
}

/// The title of an inline branch. For a branch that was merged with what stands beside the union also the name of
/// the component that was chosen.
fn title_of<'d>(components: &Components<'d>, branch: &Branch<'d>) -> Option<String> {
    match branch.site.node {
        Node::Schema(schema) => schema.title.clone().filter(|title| !title.trim().is_empty()),
        Node::Reference(reference) => {
            components.find(reference).map(|index| components.name(index).to_owned())
        }
    }
}

/// The constants of the properties of an object.
fn constants<'d>(components: &Components<'d>, merged: &MergedSchema<'d>) -> Vec<Constant<'d>> {
    let has_enum = |site: &Site<'d>| match site.node {
        Node::Schema(schema) => !schema.keywords.enumeration.is_empty(),
        Node::Reference(_) => false,
    };
    let mut found = Vec::new();
    for (name, sites) in &merged.properties {
        if !sites.iter().any(has_enum) {
            continue;
        }
        let all_of = AllOf::all(sites.clone());
        let property = merge_all_of(components, &mut Sink::default(), &all_of);
        let Some((values, _)) = &property.values else { continue };
        if let Some(text) = first_of(values) {
            let is_one_string =
                matches!(values[..], [value] if value.is_string() && number::wide(value).is_none());
            found.push(Constant { property: name, text, is_one_string });
        }
    }
    found
}

/// What the values of a branch are, first in the words of JSON, then more exactly.
fn kind_names<'d>(
    components: &Components<'d>,
    options: &TypeOptions,
    merged: &MergedSchema<'d>,
) -> Vec<String> {
    if let Some((values, _)) = &merged.values {
        return enum_names(values);
    }
    if let Some(scalar) = plain(merged, options) {
        let (general, exact) = scalar_names(scalar, merged.format);
        return vec![general.to_owned(), exact.to_owned()];
    }
    let contents = |sites: &[Site<'d>], suffix: &str| {
        content_name(components, options, sites, 0).map(|name| format!("{name} {suffix}"))
    };
    let (general, exact) = match merged.typ.as_ref().map(|(typ, _)| *typ) {
        Some(typ @ ("string" | "integer" | "number" | "boolean")) => (typ, None),
        Some("array") if merged.is_tuple => ("array", Some("tuple".to_owned())),
        Some("array") => ("array", contents(&merged.items, "list")),
        Some("object") if merged.properties.is_empty() => ("map", contents(&merged.additional, "map")),
        _ => return Vec::new(),
    };
    [general.to_owned()].into_iter().chain(exact).collect()
}

/// What items or values are called, if there is a word for them.
fn content_name<'d>(
    components: &Components<'d>,
    options: &TypeOptions,
    sites: &[Site<'d>],
    depth: usize,
) -> Option<String> {
    let simple = simplify(components, AllOf::all(sites.to_vec()));
    if let Some(index) = lone_component(components, &simple) {
        return Some(components.name(index).to_owned());
    }
    let merged = merge_all_of(components, &mut Sink::default(), &simple);
    if let Some(scalar) = plain(&merged, options) {
        return Some(scalar_names(scalar, merged.format).1.to_owned());
    }
    let is_array = merged.typ.as_ref().is_some_and(|(typ, _)| *typ == "array");
    let inner = (is_array && !merged.is_tuple && depth < MAX_DEPTH)
        .then(|| content_name(components, options, &merged.items, depth + 1))
        .flatten();
    inner.map(|inner| format!("{inner} list"))
}
