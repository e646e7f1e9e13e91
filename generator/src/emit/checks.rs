//! Emits the constraints of values as tables, for the sections `checks` of the macros.

use super::literal::float_text;
use super::spelling::is_read_by_serde;
use super::text::{Group, braced, quoted};
use crate::ir::{
    BodyContent, Constrained, Constraint, Graph, IntegerKind, Number, Operation, ParameterPlace,
    PropertyKind, Rest, Scalar, Shape, Struct, TypeId, TypeRef,
};
use crate::limits::SPELLED_DEPTH;

/// The constraints of a value and of its parts.
#[derive(Debug, Default, PartialEq)]
struct Table {
    secret: bool,
    own: Vec<String>,
    /// The constraints of named parts.
    named: Vec<(String, Table)>,
    each: Option<Box<Table>>,
}

impl Table {
    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.named.is_empty() && self.each.is_none()
    }

    /// The table, on one line.
    fn text(&self) -> String {
        let secret = if self.secret { "[secret] " } else { "" };
        let own = self.own.join(", ");
        let parts = self.parts();
        if parts.is_empty() {
            return format!("{{ {secret}{own} }}");
        }
        let own = if own.is_empty() { own } else { format!("{own}; ") };
        let parts: Vec<String> =
            parts.iter().map(|(names, text)| format!("{}: {text};", names.join(", "))).collect();
        format!("{{ {secret}{own}{} }}", parts.join(" "))
    }

    /// The parts, grouped by equal constraints.
    fn parts(&self) -> Vec<(Vec<String>, String)> {
        let mut parts: Vec<(Vec<String>, String)> = Vec::new();
        for (name, table) in &self.named {
            let text = table.text();
            match parts.iter_mut().find(|(_, known)| *known == text) {
                Some((names, _)) => names.push(quoted(name)),
                None => parts.push((vec![quoted(name)], text)),
            }
        }
        parts.extend(self.each.as_ref().map(|each| (vec!["*".to_owned()], each.text())));
        parts
    }
}

/// The section of a struct: ` checks { … }`, or nothing.
pub(super) fn of_struct(graph: &Graph, id: TypeId, shape: &Struct) -> Option<String> {
    let own = graph.get(id).constraints.iter().filter(|found| found.about() == Constrained::Objects);
    let mut table = Table { own: own.map(text).collect(), ..Table::default() };
    for property in &shape.properties {
        match &property.kind {
            PropertyKind::Field { ty, .. } => {
                let of_field = of_use(graph, *ty, 0);
                if !of_field.is_empty() {
                    table.named.push((property.wire.clone(), of_field));
                }
            }
            PropertyKind::Constant { .. } => {}
        }
    }
    table.each = match shape.rest {
        Rest::Keep(_) if graph.get(id).constraints.values_differ => None,
        Rest::Keep(ty) => each(graph, ty, 0),
        Rest::Ignore | Rest::Deny => None,
    };
    section(&table)
}

/// The lines of a table, without its braces.
fn section(table: &Table) -> Option<String> {
    if table.is_empty() {
        return None;
    }
    let own: Vec<&str> = table.own.iter().map(String::as_str).collect();
    let parts = table.parts();
    let lists: Vec<Vec<String>> = parts
        .into_iter()
        .map(|(mut names, text)| {
            if let Some(last) = names.last_mut() {
                *last = format!("{last}: {text}");
            }
            names
        })
        .collect();
    let own = (!own.is_empty()).then_some(Group { head: "", items: own });
    let parts =
        lists.iter().map(|items| Group { head: "", items: items.iter().map(String::as_str).collect() });
    Some(
        braced("checks {", &own.into_iter().chain(parts).collect::<Vec<_>>(), ";", "}").trim_end().to_owned(),
    )
}

/// The section of a type with a single value: ` checks { … }`, or nothing. The parts of a type that only `serde` can
/// write are not known.
pub(super) fn of_content(graph: &Graph, ty: TypeRef) -> String {
    let table = of_use(graph, ty, 0);
    match table.is_empty() || is_read_by_serde(graph, ty) {
        true => String::new(),
        false => format!(" checks {}", table.text()),
    }
}

/// Whether a variant of a union has constraints that its type does not have.
pub(super) fn has_some(graph: &Graph, ty: TypeRef) -> bool {
    !of_content(graph, ty).is_empty()
}

/// The attribute of an operation: the constraints of its parameters and its body.
pub(super) fn of_operation(graph: &Graph, operation: &Operation) -> Option<String> {
    let mut table = Table::default();
    for parameter in &operation.parameters {
        let found = of_use(graph, parameter.ty, 0);
        if !found.is_empty() {
            let place = match parameter.place {
                ParameterPlace::Path => "path",
                ParameterPlace::Query => "query",
                ParameterPlace::Header => "header",
                ParameterPlace::Cookie => "cookie",
            };
            table.named.push((format!("{place}/{}", parameter.wire), found));
        }
    }
    let body = operation.body.as_ref().filter(|body| !body.is_choice());
    if let Some(BodyContent { content, .. }) = body.map(|body| &body.main)
        && let Some(ty) = content.ty()
    {
        let found = of_use(graph, ty, 0);
        if !found.is_empty() {
            table.named.push(("body".to_owned(), found));
        }
    }
    section(&table)
}

fn each(graph: &Graph, ty: TypeRef, depth: usize) -> Option<Box<Table>> {
    let table = of_use(graph, ty, depth + 1);
    (!table.is_empty()).then(|| Box::new(table))
}

/// The constraints of a use of a type. A type with its own macro call has its table there.
fn of_use(graph: &Graph, ty: TypeRef, depth: usize) -> Table {
    let mut table = Table::default();
    if depth > SPELLED_DEPTH {
        return table;
    }
    let mut found: Vec<&Constraint> = Vec::new();
    let mut at = ty.id;
    // A frozen graph has no loops of aliases.
    while let Shape::Alias(target) = graph.get(at).shape {
        table.secret |= graph.get(at).secret;
        found.extend(&graph.get(at).constraints);
        at = target.id;
    }
    let ty = graph.get(at);
    let about = match &ty.shape {
        Shape::Struct(_) | Shape::Union(_) | Shape::Newtype { .. } | Shape::External(_) => {
            return Table::default();
        }
        Shape::List(item) => {
            table.each = each(graph, *item, depth);
            Some(Constrained::Arrays)
        }
        Shape::Map(value) => {
            if !ty.constraints.values_differ {
                table.each = each(graph, *value, depth);
            }
            Some(Constrained::Objects)
        }
        Shape::Tuple(tuple) => {
            for (index, place) in tuple.places.iter().enumerate() {
                let of_place = of_use(graph, *place, depth + 1);
                if !of_place.is_empty() {
                    table.named.push((index.to_string(), of_place));
                }
            }
            Some(Constrained::Arrays)
        }
        Shape::Scalar(scalar) => {
            table.secret |= *scalar == Scalar::Secret;
            match about_scalar(*scalar) {
                Some(about) => Some(about),
                None => return Table::default(),
            }
        }
        // The values of closed enums are those of the document; an open enum can keep any value of its type.
        Shape::Enum(shape) if shape.open => None,
        Shape::Enum(_) => return Table::default(),
        Shape::Any(_) => None,
        Shape::Alias(_) => None,
    };
    found.extend(&ty.constraints);
    for constraint in found {
        let is_meant = about.is_none_or(|about| constraint.about() == about);
        if is_meant && !is_implied(constraint, &ty.shape) {
            let text = text(constraint);
            if !table.own.contains(&text) {
                table.own.push(text);
            }
        }
    }
    table
}

/// The JSON type of a scalar, if constraints apply to it. The content of a file is not a JSON string.
fn about_scalar(scalar: Scalar) -> Option<Constrained> {
    match scalar {
        Scalar::Integer(_) | Scalar::Float(_) => Some(Constrained::Numbers),
        Scalar::String | Scalar::Secret | Scalar::Uuid | Scalar::DateTime | Scalar::Date | Scalar::Base64 => {
            Some(Constrained::Strings)
        }
        Scalar::Boolean | Scalar::Binary | Scalar::Null => None,
    }
}

/// Whether every value of the Rust type satisfies a constraint.
fn is_implied(constraint: &Constraint, shape: &Shape) -> bool {
    let integer = if let Shape::Scalar(Scalar::Integer(kind)) = shape { Some(*kind) } else { None };
    let tuple = if let Shape::Tuple(tuple) = shape { Some(tuple) } else { None };
    match constraint {
        Constraint::Minimum { bound: Number::Integer(bound), exclusive } => {
            integer.and_then(least).is_some_and(|least| *bound < least || *bound == least && !exclusive)
        }
        Constraint::Maximum { bound: Number::Integer(bound), exclusive } => {
            integer.and_then(most).is_some_and(|most| *bound > most || *bound == most && !exclusive)
        }
        Constraint::MultipleOf(step) => integer.is_some() && *step == Number::Integer(1),
        Constraint::MinItems(least) => tuple.is_some_and(|tuple| *least <= tuple.required),
        Constraint::MaxItems(most) => tuple.is_some_and(|tuple| *most >= tuple.places.len()),
        Constraint::Minimum { bound: Number::Decimal(_), .. }
        | Constraint::Maximum { bound: Number::Decimal(_), .. }
        | Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => false,
    }
}

fn least(kind: IntegerKind) -> Option<i128> {
    Some(match kind {
        IntegerKind::I8 => i8::MIN.into(),
        IntegerKind::I16 => i16::MIN.into(),
        IntegerKind::I32 => i32::MIN.into(),
        IntegerKind::I64 => i64::MIN.into(),
        IntegerKind::I128 => i128::MIN,
        IntegerKind::U8 | IntegerKind::U16 | IntegerKind::U32 | IntegerKind::U64 | IntegerKind::U128 => 0,
    })
}

fn most(kind: IntegerKind) -> Option<i128> {
    Some(match kind {
        IntegerKind::I8 => i8::MAX.into(),
        IntegerKind::I16 => i16::MAX.into(),
        IntegerKind::I32 => i32::MAX.into(),
        IntegerKind::I64 => i64::MAX.into(),
        IntegerKind::I128 => i128::MAX,
        IntegerKind::U8 => u8::MAX.into(),
        IntegerKind::U16 => u16::MAX.into(),
        IntegerKind::U32 => u32::MAX.into(),
        IntegerKind::U64 => u64::MAX.into(),
        IntegerKind::U128 => return None,
    })
}

/// A constraint as an entry of a table.
fn text(constraint: &Constraint) -> String {
    let number = |number: &Number| match number {
        Number::Integer(int) => int.to_string(),
        Number::Decimal(float) => float_text(*float),
    };
    match constraint {
        Constraint::Minimum { bound, exclusive: false } => format!("minimum: {}", number(bound)),
        Constraint::Minimum { bound, exclusive: true } => format!("exclusiveMinimum: {}", number(bound)),
        Constraint::Maximum { bound, exclusive: false } => format!("maximum: {}", number(bound)),
        Constraint::Maximum { bound, exclusive: true } => format!("exclusiveMaximum: {}", number(bound)),
        Constraint::MultipleOf(step) => format!("multipleOf: {}", number(step)),
        Constraint::MinLength(least) => format!("minLength: {least}"),
        Constraint::MaxLength(most) => format!("maxLength: {most}"),
        Constraint::Pattern(pattern) => format!("pattern: {}", quoted(pattern)),
        Constraint::MinItems(least) => format!("minItems: {least}"),
        Constraint::MaxItems(most) => format!("maxItems: {most}"),
        Constraint::UniqueItems => "uniqueItems".to_owned(),
        Constraint::MinProperties(least) => format!("minProperties: {least}"),
        Constraint::MaxProperties(most) => format!("maxProperties: {most}"),
    }
}
