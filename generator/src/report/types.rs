//! The table of component schemas in `modelsmith types`.

use std::fmt;

use serde::Serialize;

use crate::ir::{
    AnyReason, Enum, Graph, PlainLiteral, PropertyKind, Scalar, Shape, Struct, TypeId, TypeRef, Union,
    VariantSelection,
};
use crate::naming::{self, Names};

/// What a component schema became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeRow {
    /// The schema's JSON pointer in the document.
    pub pointer: String,
    /// The type's path from the root of the emitted crate.
    pub rust_path: String,
    /// Whether uses of it are `Option<…>` because the schema itself allows `null`.
    pub nullable: bool,
    /// The path of the type that is sent, if it is not the type that is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_as: Option<String>,
    /// What it became.
    #[serde(flatten)]
    pub became: Became,
}

/// What a schema became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Became {
    /// A struct with this many fields and these constants (`name = value`).
    Struct {
        /// How many fields it has.
        fields: usize,
        /// Properties with one possible value.
        constants: Vec<String>,
    },
    /// An enum of constants.
    Enum {
        /// How many values the schema lists.
        values: usize,
        /// Whether other values are kept.
        open: bool,
    },
    /// A union whose variant is selected by a property.
    TaggedUnion {
        /// The tag property.
        tag: String,
        /// The tag values, each with the Rust names of the variants it can mean.
        values: Vec<(String, Vec<String>)>,
        /// Whether objects with other tag values are kept.
        open: bool,
    },
    /// A union whose variant is selected by the JSON type or by the shape of the object.
    Union {
        /// How the variant of an object is selected: `none`, `one`, `shape`.
        objects: &'static str,
        /// The Rust names of the variants.
        variants: Vec<String>,
    },
    /// An alias.
    Alias {
        /// The type, in abbreviated Rust syntax.
        target: String,
    },
    /// A map from strings.
    Map {
        /// The type of its values.
        values: String,
    },
    /// Any JSON value.
    Any {
        /// The reason.
        reason: &'static str,
    },
}

/// One row per component schema, in document order.
pub fn type_rows(graph: &Graph, names: &Names) -> Vec<TypeRow> {
    let rows = graph.components().iter().enumerate().map(|(index, component)| {
        let own = names.component_ident(index).map(str::to_owned);
        let rust_path = own
            .or_else(|| names.type_path(component.ty.id))
            .unwrap_or_else(|| spell(graph, names, component.ty));
        TypeRow {
            pointer: format!("#{}", component.location.pointer),
            rust_path,
            nullable: component.ty.nullable,
            sent_as: sent_as(graph, names, component.ty.id),
            became: became(graph, names, component.ty),
        }
    });
    rows.collect()
}

/// The type that is sent for a schema, if it is not the type that is read.
fn sent_as(graph: &Graph, names: &Names, read: TypeId) -> Option<String> {
    let sent = graph.sent_as(read)?;
    Some(names.type_path(sent).unwrap_or_else(|| spell_structure(graph, names, sent)))
}

fn became(graph: &Graph, names: &Names, ty: TypeRef) -> Became {
    match &graph.get(ty.id).shape {
        Shape::Struct(shape) => of_struct(shape),
        Shape::Enum(Enum { values, open, .. }) => Became::Enum { values: values.len(), open: *open },
        Shape::Union(union) => of_union(names, ty, union),
        Shape::Map(values) => Became::Map { values: spell(graph, names, *values) },
        Shape::Any(reason) => Became::Any { reason: reason_text(*reason) },
        Shape::Newtype { content, .. } => Became::Alias { target: spell(graph, names, *content) },
        Shape::Alias(_) | Shape::List(_) | Shape::Tuple(_) | Shape::Scalar(_) | Shape::External(_) => {
            Became::Alias { target: spell_structure(graph, names, ty.id) }
        }
    }
}

fn of_struct(shape: &Struct) -> Became {
    let mut constants = Vec::new();
    let mut fields = 0;
    for property in &shape.properties {
        match &property.kind {
            PropertyKind::Constant { value, .. } => {
                constants.push(format!("{} = {}", property.wire, Shown(value)))
            }
            PropertyKind::Field { .. } => fields += 1,
        }
    }
    Became::Struct { fields, constants }
}

fn of_union(names: &Names, ty: TypeRef, union: &Union) -> Became {
    let variant = |index: usize| names.member(ty.id, index).to_owned();
    let all = || (0..union.variants.len()).map(variant).collect();
    match &union.reading.object {
        VariantSelection::Tagged(tagged) => Became::TaggedUnion {
            tag: tagged.property.clone(),
            values: tagged
                .arms
                .iter()
                .map(|arm| {
                    let value = arm.value.to_string();
                    (value, arm.variants.iter().map(|candidate| variant(candidate.variant)).collect())
                })
                .collect(),
            open: tagged.otherwise == crate::ir::Otherwise::Unknown,
        },
        VariantSelection::None => Became::Union { objects: "none", variants: all() },
        VariantSelection::Single(_) => Became::Union { objects: "one", variants: all() },
        VariantSelection::BestMatch(_) => Became::Union { objects: "shape", variants: all() },
    }
}

/// The reason, as a phrase.
pub(crate) fn reason_text(reason: AnyReason) -> &'static str {
    match reason {
        AnyReason::Unconstrained => "the schema allows any value",
        AnyReason::Nothing => "the schema allows no value",
        AnyReason::Unreadable => "the schema could not be read",
        AnyReason::TooManyBranches => "the union has too many branches",
        AnyReason::ReferenceLoop => "the reference only leads back to itself",
    }
}

/// A type in abbreviated Rust syntax, without paths and boxes.
pub(crate) fn spell(graph: &Graph, names: &Names, ty: TypeRef) -> String {
    let plain = match names.type_path(ty.id) {
        Some(path) => path,
        None => spell_structure(graph, names, ty.id),
    };
    if ty.nullable { format!("Option<{plain}>") } else { plain }
}

/// The structure of a type, even if the type has a name.
pub(crate) fn spell_structure(graph: &Graph, names: &Names, id: TypeId) -> String {
    let ty = graph.get(id);
    let text = spell_shape(graph, names, &ty.shape);
    if ty.secret { format!("Secret<{text}>") } else { text }
}

fn spell_shape(graph: &Graph, names: &Names, shape: &Shape) -> String {
    match shape {
        Shape::List(item) => format!("Vec<{}>", spell(graph, names, *item)),
        Shape::Map(values) => {
            format!("{}<String, {}>", last(naming::map_type(graph.libraries())), spell(graph, names, *values))
        }
        Shape::Tuple(tuple) => {
            let items: Vec<_> = tuple.places.iter().map(|item| spell(graph, names, *item)).collect();
            format!("({})", items.join(", "))
        }
        Shape::Alias(target) | Shape::Newtype { content: target, .. } => spell(graph, names, *target),
        Shape::External(found) => found.path.clone(),
        Shape::Scalar(scalar) => scalar_text(graph, *scalar).to_owned(),
        Shape::Any(_) => "Value".to_owned(),
        Shape::Struct(_) => "struct".to_owned(),
        Shape::Union(_) => "union".to_owned(),
        Shape::Enum(_) => "enum".to_owned(),
    }
}

/// The type without the path to it.
fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn scalar_text(graph: &Graph, scalar: Scalar) -> &'static str {
    use crate::ir::DateLibrary;
    match scalar {
        Scalar::Boolean => "bool",
        Scalar::Integer(kind) => naming::integer_type(kind),
        Scalar::Float(kind) => naming::float_type(kind),
        Scalar::String => "String",
        Scalar::Secret => "Secret<String>",
        Scalar::Uuid => "Uuid",
        Scalar::DateTime => match graph.libraries().dates {
            DateLibrary::Chrono => "DateTime<FixedOffset>",
            DateLibrary::Time => "DateTime",
            DateLibrary::Jiff => "Timestamp",
        },
        Scalar::Date => match graph.libraries().dates {
            DateLibrary::Chrono => "NaiveDate",
            DateLibrary::Time | DateLibrary::Jiff => "Date",
        },
        Scalar::Base64 => "Base64",
        Scalar::Binary => "File",
        Scalar::Null => "()",
    }
}

/// A constant, as shown in the tables.
pub(super) struct Shown<'l>(pub(super) &'l crate::ir::Literal);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.plain() {
            Some(PlainLiteral::String(text)) => write!(f, "{text:?}"),
            Some(PlainLiteral::Integer(value)) => write!(f, "{value}"),
            Some(PlainLiteral::Float(value)) => write!(f, "{value}"),
            Some(PlainLiteral::Bool(value)) => write!(f, "{value}"),
            // Constants are scalars.
            None => f.write_str("…"),
        }
    }
}

impl fmt::Display for Became {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = |open: &bool| if *open { ", others kept" } else { "" };
        match self {
            Became::Struct { fields, constants } => {
                write!(f, "struct, {fields} field{}", if *fields == 1 { "" } else { "s" })?;
                if constants.is_empty() { Ok(()) } else { write!(f, ", {}", constants.join(", ")) }
            }
            Became::Enum { values, open } => write!(f, "enum, {values} values{}", kept(open)),
            Became::TaggedUnion { tag, values, open } => {
                let values: Vec<_> = values
                    .iter()
                    .map(|(value, variants)| {
                        if *variants == [value.clone()] {
                            value.clone()
                        } else {
                            format!("{value} => {}", variants.join(" | "))
                        }
                    })
                    .collect();
                write!(f, "tagged union by `{tag}`: {}{}", values.join(", "), kept(open))
            }
            Became::Union { objects, variants } => match *objects {
                "shape" => write!(f, "union by shape: {}", variants.join(", ")),
                _ => write!(f, "union by type: {}", variants.join(", ")),
            },
            Became::Alias { target } => write!(f, "alias of {target}"),
            Became::Map { values } => write!(f, "map of {values}"),
            Became::Any { reason } => write!(f, "any value: {reason}"),
        }
    }
}
