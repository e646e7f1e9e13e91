//! Names the members of types: fields, variants, values.

use super::Names;
use super::scope::Scope;
use super::words::{self, Case};
use crate::ir::{
    EnumValue, FloatKind, Graph, Literal, Otherwise, PropertyKind, Rest, Scalar, Shape, Struct, TypeId,
    TypeRef, Union, Variant, VariantName, VariantSelection,
};

/// The names of the members, by index, and the name of the member for undeclared properties, tags or values.
pub(super) fn assign(graph: &Graph, names: &Names, id: TypeId) -> (Vec<String>, Option<String>) {
    match &graph.get(id).shape {
        Shape::Struct(shape) => fields(shape),
        Shape::Union(shape) => {
            // The type that is sent for a schema has the variant names of the type that is read.
            let read = graph.read_as(id).map(|read| graph.definition(read));
            let read = read.and_then(|read| Some((read, graph.get(read).shape.as_union()?)));
            let (id, shape) = read.unwrap_or((id, shape));
            variants(graph, names, shape, names.type_ident(id))
        }
        Shape::Enum(shape) => {
            let mut scope = Scope::new(Case::Variant, &[]);
            let members = shape.values.iter().map(|value| (value.asked.as_deref(), Some(value_text(value))));
            let members = claim(&mut scope, &members.collect::<Vec<_>>());
            (members, shape.open.then(|| fallback(&mut scope)))
        }
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => (Vec::new(), None),
    }
}

/// Claims a name for each member: the configured name, or a name made from the text. A member without a text gets no
/// name. Configured names are claimed first.
fn claim(scope: &mut Scope, members: &[(Option<&str>, Option<String>)]) -> Vec<String> {
    let asked: Vec<Option<String>> =
        members.iter().map(|(asked, _)| Some(scope.claim_first([(*asked)?.to_owned()]))).collect();
    let others = members.iter().zip(&asked).filter(|(_, asked)| asked.is_none());
    let mut claimed = scope.claim_all(others.filter_map(|((_, text), _)| text.as_deref())).into_iter();
    let named = members.iter().zip(asked).map(|((_, text), asked)| match (asked, text) {
        (Some(name), _) => name,
        (None, Some(_)) => claimed.next().unwrap_or_default(),
        (None, None) => String::new(),
    });
    named.collect()
}

/// Constants are not fields and claim no name.
fn fields(shape: &Struct) -> (Vec<String>, Option<String>) {
    let mut scope = Scope::new(Case::Field, &[]);
    let members = shape.properties.iter().map(|property| match property.kind {
        PropertyKind::Field { .. } => (property.overrides.name.as_deref(), Some(property.wire.clone())),
        PropertyKind::Constant { .. } => (None, None),
    });
    let members = claim(&mut scope, &members.collect::<Vec<_>>());
    let rest = match shape.rest {
        Rest::Keep(_) => {
            let choices = ["additional_properties", "other_properties"];
            Some(scope.claim_first(choices.map(str::to_owned)))
        }
        Rest::Ignore | Rest::Deny => None,
    };
    (members, rest)
}

fn variants(graph: &Graph, names: &Names, shape: &Union, own: Option<&str>) -> (Vec<String>, Option<String>) {
    let mut scope = Scope::new(Case::Variant, &[]);
    let members = shape
        .variants
        .iter()
        .map(|variant| (variant.asked.as_deref(), Some(variant_text(graph, names, variant, own))));
    let members = claim(&mut scope, &members.collect::<Vec<_>>());
    let open = match &shape.reading.object {
        VariantSelection::Tagged(tagged) => tagged.otherwise == Otherwise::Unknown,
        VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => false,
    };
    (members, open.then(|| fallback(&mut scope)))
}

fn fallback(scope: &mut Scope) -> String {
    scope.claim_first(["Unknown", "Unrecognized", "UnknownValue"].map(str::to_owned))
}

fn variant_text(graph: &Graph, names: &Names, variant: &Variant, own: Option<&str>) -> String {
    match &variant.name {
        VariantName::OfType => {
            let text = content_text(graph, names, variant.ty, 0);
            // The name of a type inside the union starts with the name of the union, which the variant need not repeat.
            let inline = graph.get(variant.ty.id).name.as_ref().is_some_and(|hint| !hint.path.is_empty());
            match own.and_then(|own| text.strip_prefix(own)) {
                Some(rest) if inline && rest.starts_with(|first: char| first.is_ascii_uppercase()) => {
                    rest.to_owned()
                }
                _ => text,
            }
        }
        VariantName::Words(words) => words.clone(),
    }
}

/// The text for the name of a content: the name of its type, or a word for its structure.
fn content_text(graph: &Graph, names: &Names, ty: TypeRef, depth: usize) -> String {
    if let Some(ident) = names.type_ident(ty.id) {
        return ident.to_owned();
    }
    // A longer name would not help the reader.
    if depth > 4 {
        return "Value".to_owned();
    }
    match &graph.get(ty.id).shape {
        Shape::List(item) => content_text(graph, names, *item, depth + 1) + "List",
        Shape::Map(value) => content_text(graph, names, *value, depth + 1) + "Map",
        Shape::Alias(target) => content_text(graph, names, *target, depth + 1),
        Shape::Tuple(_) => "Tuple".to_owned(),
        Shape::Scalar(scalar) => scalar_text(*scalar).to_owned(),
        Shape::External(found) => external_text(&found.path),
        Shape::Any(_) => "Value".to_owned(),
        Shape::Struct(_) | Shape::Newtype { .. } => "Object".to_owned(),
        Shape::Union(_) => "Union".to_owned(),
        Shape::Enum(_) => "Constant".to_owned(),
    }
}

/// The last segment of the path, without type arguments.
fn external_text(path: &str) -> String {
    let plain = path.split('<').next().unwrap_or(path).trim();
    plain.rsplit("::").next().unwrap_or(plain).to_owned()
}

fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Boolean => "Boolean",
        Scalar::Integer(_) => "Integer",
        Scalar::Float(FloatKind::F32 | FloatKind::F64) => "Number",
        Scalar::String => "String",
        Scalar::Secret => "Secret",
        Scalar::Uuid => "Uuid",
        Scalar::DateTime => "DateTime",
        Scalar::Date => "Date",
        Scalar::Base64 => "Bytes",
        Scalar::Binary => "File",
        Scalar::Null => "Null",
    }
}

/// The name in the document, or the value as text.
fn value_text(value: &EnumValue) -> String {
    if let Some(name) = &value.name {
        return name.clone();
    }
    literal_text(&value.wire)
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Null => "Null".to_owned(),
        Literal::Bool(value) => words::spell(&value.to_string(), Case::Variant),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(value) => value.clone(),
        Literal::UnknownEnumValue(_, value) | Literal::Variant(_, _, value) => literal_text(value),
        Literal::UnknownVariant(_, value) | Literal::Any(value) => value.to_string(),
        Literal::EnumValue(..) | Literal::List(_) | Literal::Map(_) | Literal::Struct(..) => {
            "Value".to_owned()
        }
    }
}
