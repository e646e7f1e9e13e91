//! Emits `From` between the types of a pair: the one that is read and the one that is sent for a schema.

use super::file::File;
use super::literal::{self, NUMBERS, has_float};
use super::text::code;
use crate::ir::{
    Otherwise, Presence, Property, PropertyKind, Rest, Shape, Struct, Tagged, TypeId, TypeRef, Union,
    VariantSelection,
};

/// Emits the conversions into a type.
pub(super) fn conversions(file: &mut File<'_>, to: TypeId) {
    let graph = file.cx.graph;
    for conversion in graph.conversions_into(to) {
        let (Some(from), Some(ident)) = (file.path(conversion.from), file.cx.names.type_ident(to)) else {
            continue;
        };
        let shapes = (&graph.get(conversion.from).shape, &graph.get(to).shape);
        let (given, lines) = match shapes {
            (Shape::Struct(source), Shape::Struct(shape)) => {
                let lines = fields_from(file, (conversion.from, source), (to, shape));
                let given = if lines.iter().any(|line| line.contains("value.")) { "value" } else { "_" };
                (given, around("Self {", lines, "}"))
            }
            (Shape::Union(source), Shape::Union(shape)) => {
                let arms = arms_from(file, (conversion.from, source), (to, shape), &from);
                ("value", around("match value {", arms, "}"))
            }
            (Shape::Newtype { content: source, boxed: was_boxed }, Shape::Newtype { content, boxed }) => {
                let value = converted(file, "value.0", (*source, *was_boxed), (*content, *boxed));
                ("value", vec![format!("Self({value})")])
            }
            _ => continue,
        };
        file.gap();
        if lines.iter().any(|line| has_float(line)) {
            file.line(0, NUMBERS);
        }
        file.line(0, format!("impl From<{from}> for {ident} {{"));
        file.line(1, format!("fn from({given}: {from}) -> Self {{"));
        lines.iter().for_each(|line| file.line(2, line));
        file.line(1, "}");
        file.line(0, "}");
    }
}

/// The note on a type that is sent if another type is read.
pub(super) fn sent_note(file: &File<'_>, id: TypeId) -> Option<String> {
    let (graph, names) = (file.cx.graph, file.cx.names);
    let read = graph.read_as(id)?;
    let name = names.type_ident(read)?;
    let (Some(was), Some(is)) = (graph.get(read).shape.as_struct(), graph.get(id).shape.as_struct()) else {
        return Some(format!("[`{name}`] as it is sent."));
    };
    let is_left_out = |property: &&Property| is.properties.iter().all(|other| other.wire != property.wire);
    let left_out: Vec<String> =
        was.properties.iter().filter(is_left_out).map(|property| code(&property.wire)).collect();
    Some(match left_out.is_empty() {
        true => format!("[`{name}`] as it is sent."),
        false => format!("[`{name}`] as it is sent: without {}.", left_out.join(", ")),
    })
}

/// The fields of a struct, converted from those of the other one.
fn fields_from(
    file: &mut File<'_>,
    (from, source): (TypeId, &Struct),
    (to, shape): (TypeId, &Struct),
) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, property) in shape.properties.iter().enumerate() {
        let PropertyKind::Field { ty, presence, boxed } = &property.kind else { continue };
        let field = file.cx.names.member(to, index);
        let given = source.properties.iter().position(|other| other.wire == property.wire);
        let value = match (given, presence) {
            (Some(index), _) => {
                let given = format!("value.{}", file.cx.names.member(from, index));
                field_from(file, &given, &source.properties[index], property)
            }
            (None, Presence::Default(value)) => literal::expression(file, value, *ty, *boxed, 3),
            (None, Presence::Required | Presence::Optional | Presence::ThreeState) => {
                "Default::default()".to_owned()
            }
        };
        lines.push(format!("{field}: {value},"));
    }
    if let (Rest::Keep(_), rest) = (shape.rest, source.rest) {
        let field = file.cx.names.extra(to);
        let value = match rest {
            Rest::Keep(_) => format!("value.{}", file.cx.names.extra(from)),
            Rest::Ignore | Rest::Deny => "Default::default()".to_owned(),
        };
        lines.push(format!("{field}: {value},"));
    }
    lines
}

/// A field, converted from that of the other side.
fn field_from(file: &File<'_>, value: &str, source: &Property, property: &Property) -> String {
    let (
        PropertyKind::Field { ty: was, presence: was_present, boxed: was_boxed },
        PropertyKind::Field { ty, presence, boxed },
    ) = (&source.kind, &property.kind)
    else {
        return value.to_owned();
    };
    if *presence == Presence::ThreeState {
        return value.to_owned();
    }
    let is_optional = |presence: &Presence| *presence == Presence::Optional;
    if is_optional(was_present) {
        return in_option(file, value, (*was, *was_boxed), (*ty, *boxed));
    }
    let converted = converted(file, value, (*was, *was_boxed), (*ty, *boxed));
    // A field that is always present on the other side can be absent here.
    let wraps = is_optional(presence) && !ty.nullable;
    if wraps { format!("Some({converted})") } else { converted }
}

/// The variants of a union, converted from those of the other one.
fn arms_from(
    file: &mut File<'_>,
    (from, source): (TypeId, &Union),
    (to, shape): (TypeId, &Union),
    path: &str,
) -> Vec<String> {
    let names = file.cx.names;
    let variants = source.variants.iter().zip(&shape.variants).enumerate();
    let mut arms: Vec<String> = variants
        .map(|(index, (was, is))| {
            let value = converted(file, "value", (was.ty, was.boxed), (is.ty, is.boxed));
            let (name, made) = (names.member(from, index), names.member(to, index));
            format!("{path}::{name}(value) => Self::{made}({value}),")
        })
        .collect();
    if let VariantSelection::Tagged(Tagged { otherwise: Otherwise::Unknown, .. }) = &source.reading.object {
        let (name, made) = (names.extra(from), names.extra(to));
        arms.push(format!("{path}::{name}(value) => Self::{made}(value),"));
    }
    arms
}

/// The expression that converts a use of one type, boxed or not, into a use of the other.
fn converted(file: &File<'_>, value: &str, was: (TypeRef, bool), is: (TypeRef, bool)) -> String {
    if is_option(file, was.0) {
        return in_option(file, value, was, is);
    }
    unwrapped(file, value, was, is)
}

/// The same for the content of an `Option`.
fn in_option(file: &File<'_>, value: &str, was: (TypeRef, bool), is: (TypeRef, bool)) -> String {
    match closure(&|value| unwrapped(file, value, was, is)) {
        Some(closure) => format!("{value}.map({closure})"),
        None => value.to_owned(),
    }
}

/// The same for a value that cannot be `null`.
fn unwrapped(
    file: &File<'_>,
    value: &str,
    (was, was_boxed): (TypeRef, bool),
    (is, boxed): (TypeRef, bool),
) -> String {
    let held = if was_boxed { format!("(*{value})") } else { value.to_owned() };
    let converted = inner(file, &held, was, is);
    match (was_boxed, boxed) {
        _ if was_boxed == boxed && converted == held => value.to_owned(),
        (true, false) if converted == held => format!("*{value}"),
        (_, true) => format!("Box::new({converted})"),
        (_, false) => converted,
    }
}

fn inner(file: &File<'_>, value: &str, was: TypeRef, is: TypeRef) -> String {
    let graph = file.cx.graph;
    let (was, is) = (graph.definition(was.id), graph.definition(is.id));
    if was == is {
        return value.to_owned();
    }
    let each =
        |was: TypeRef, is: TypeRef| closure(&|value| converted(file, value, (was, false), (is, false)));
    match (&graph.get(was).shape, &graph.get(is).shape) {
        (Shape::List(was), Shape::List(is)) => match each(*was, *is) {
            Some(closure) => format!("{value}.into_iter().map({closure}).collect()"),
            None => value.to_owned(),
        },
        (Shape::Map(was), Shape::Map(is)) => {
            let converted = converted(file, "value", (*was, false), (*is, false));
            format!("{value}.into_iter().map(|(name, value)| (name, {converted})).collect()")
        }
        (Shape::Tuple(was), Shape::Tuple(is)) => {
            let places = was.places.iter().zip(&is.places).enumerate();
            let places = places.map(|(index, (was, is))| {
                converted(file, &format!("{value}.{index}"), (*was, false), (*is, false))
            });
            match &places.collect::<Vec<_>>()[..] {
                [only] => format!("({only},)"),
                several => format!("({})", several.join(", ")),
            }
        }
        _ => format!("{value}.into()"),
    }
}

/// The closure for each of several values. `None` if it would change nothing.
fn closure(convert: &dyn Fn(&str) -> String) -> Option<String> {
    let body = convert("value");
    match body.as_str() {
        "value" => None,
        "value.into()" => Some("Into::into".to_owned()),
        _ => Some(format!("|value| {body}")),
    }
}

/// Whether a use of a type is an `Option`.
fn is_option(file: &File<'_>, ty: TypeRef) -> bool {
    file.cx.graph.unaliased(ty).nullable
}

/// Lines in a block, indented.
fn around(open: &str, lines: Vec<String>, close: &str) -> Vec<String> {
    let indented = lines.into_iter().map(|line| format!("    {line}"));
    [open.to_owned()].into_iter().chain(indented).chain([close.to_owned()]).collect()
}
